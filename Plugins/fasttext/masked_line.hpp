// masked_line.hpp - one text, many subsets of its pieces: the features of each without reading the text again.
#pragma once

#include "network.hpp"

#include "textexplain/plugin.hpp"

namespace textexplain {

// The text is cut into zones behind blanks outside the pieces. These are in every rendering, so that no word reaches
// from one zone into the next, and a zone's features depend on its own pieces alone: they are found once for each
// subset of these. A rendering's features are those of its zones in a row, and the line end's: the very list that
// fastText makes of its text. That needs a model without n-grams of words.
class MaskedLine {
public:
    MaskedLine(Network &network, const tx_masking &what, Call call)
        : network_(network), text_(view(what.text)), filler_(what.absent == TX_ABSENT_REPLACE ? view(what.filler) : ""),
          pieces_(what.pieces, what.pieces + what.piece_count), line_end_(network.features("", call))
    {
        std::size_t begin = 0, first = 0;
        for (std::size_t i = 1; i < pieces_.size(); i++) {
            std::size_t cut = pieces_[i].begin;
            while (cut > pieces_[i - 1].end && !Line::is_blank(text_[cut - 1])) cut--;
            if (cut == pieces_[i - 1].end) continue;
            add_zone(begin, cut, first, i);
            begin = cut, first = i;
        }
        add_zone(begin, text_.size(), first, pieces_.size());
    }

    // The features of the rendering with the pieces whose bits are set.
    const Features &features(const std::uint64_t *mask, Call call)
    {
        all_.clear();
        for (auto &zone : zones_) {
            if (zone.known.empty()) {
                const Features &found = read(zone, mask, call);
                all_.insert(all_.end(), found.begin(), found.end());
                continue;
            }
            std::size_t subset = 0;
            for (std::size_t i = zone.first; i < zone.last; i++)
                subset |= std::size_t{has(mask, i)} << (i - zone.first);
            auto &known = zone.known[subset];
            if (!known) known = std::make_unique<Features>(read(zone, mask, call));
            all_.insert(all_.end(), known->begin(), known->end());
        }
        all_.insert(all_.end(), line_end_.begin(), line_end_.end());
        return all_;
    }

private:
    struct Zone {
        std::size_t begin, end;                       // bytes
        std::size_t first, last;                      // pieces
        std::vector<std::unique_ptr<Features>> known; // by subset; empty where there are too many
    };
    // Each subset is remembered: at most 16 times the features of the text.
    static constexpr std::size_t remembered_pieces = 4;

    void add_zone(std::size_t begin, std::size_t end, std::size_t first, std::size_t last)
    {
        Zone zone{begin, end, first, last, {}};
        if (last - first <= remembered_pieces) zone.known.resize(std::size_t{1} << (last - first));
        zones_.push_back(std::move(zone));
    }

    static bool has(const std::uint64_t *mask, std::size_t piece) { return mask[piece / 64] >> (piece % 64) & 1; }

    const Features &read(const Zone &zone, const std::uint64_t *mask, Call call)
    {
        rendered_.clear();
        std::size_t at = zone.begin;
        for (std::size_t i = zone.first; i < zone.last; i++) {
            const bool present = has(mask, i);
            rendered_.append(text_, at, (present ? pieces_[i].end : pieces_[i].begin) - at);
            if (!present) rendered_ += filler_;
            at = pieces_[i].end;
        }
        rendered_.append(text_, at, zone.end - at);
        Features &found = network_.features(rendered_, call);
        found.resize(found.size() - line_end_.size());
        return found;
    }

    Network &network_;
    const std::string text_, filler_;
    const std::vector<tx_piece> pieces_;
    const Features line_end_;
    std::vector<Zone> zones_;
    Features all_;
    std::string rendered_;
};

} // namespace textexplain
