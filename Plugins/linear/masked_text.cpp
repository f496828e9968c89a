#include "masked_text.hpp"

#include <unicode/utf8.h>

namespace linear {

namespace {

using textexplain::Call;

// Zones of more pieces are read again for each mask.
constexpr std::size_t most_known_pieces = 6;
// About a millisecond.
constexpr std::size_t work_between_polls = 1 << 14;

bool is_present(const std::uint64_t *mask, std::size_t piece) { return mask[piece / 64] >> (piece % 64) & 1; }

} // namespace

MaskedText::MaskedText(const Features &features, const Call &call, const tx_masking &what)
    : features_(features), text_(textexplain::view(what.text)),
      filler_(what.absent == TX_ABSENT_REPLACE ? textexplain::view(what.filler) : std::string_view())
{
    Zone open{0, 0, 0, 0, {}};
    Pace pace(call);
    std::size_t piece = 0;
    const auto length = static_cast<std::int32_t>(text_.size());
    for (std::int32_t at = 0; at < length;) {
        pace.worked(16);
        const auto begin = static_cast<std::uint32_t>(at);
        if (piece < what.piece_count && what.pieces[piece].begin == begin) {
            at = static_cast<std::int32_t>(what.pieces[piece].end);
            add(open, {begin, static_cast<std::uint32_t>(at), true});
            piece++;
            continue;
        }
        UChar32 character;
        U8_NEXT(text_.data(), at, length, character);
        // What is not UTF-8 is met again where the zone is read.
        if (character >= 0 && features.tokenizer->separates(static_cast<char32_t>(character)))
            close(open);
        else
            add(open, {begin, static_cast<std::uint32_t>(at), false});
    }
    close(open);
}

void MaskedText::add(Zone &open, Atom atom)
{
    if (!open.atoms++) open.first_atom = atoms_.size();
    open.pieces += atom.is_piece;
    Atom *last = open.atoms > 1 ? &atoms_.back() : nullptr;
    if (last && !last->is_piece && !atom.is_piece) {
        last->end = atom.end;
        open.atoms--;
    } else {
        atoms_.push_back(atom);
    }
}

void MaskedText::close(Zone &open)
{
    const std::size_t next = open.first_piece + open.pieces;
    if (open.atoms) {
        if (open.pieces <= most_known_pieces) open.known.resize(std::size_t{1} << open.pieces);
        zones_.push_back(std::move(open));
    }
    open = Zone{0, 0, next, 0, {}};
}

void MaskedText::read(const Zone &zone, const std::uint64_t *mask, const Call &call, Part &out)
{
    rendered_.clear();
    std::size_t piece = zone.first_piece;
    for (std::size_t i = zone.first_atom; i < zone.first_atom + zone.atoms; i++) {
        const Atom &atom = atoms_[i];
        if (!atom.is_piece || is_present(mask, piece))
            rendered_.append(text_, atom.begin, atom.end - atom.begin);
        else
            rendered_ += filler_;
        piece += atom.is_piece;
    }
    out.tokens.clear();
    out.columns.clear();
    features_.tokenizer->append(rendered_, call, out.tokens);
    if (features_.least_ngram == 1)
        for (std::size_t i = 0; i < out.tokens.list.size(); i++)
            if (const auto column = features_.vocabulary.column(out.tokens.ngram(i, 1))) out.columns.push_back(*column);
    work_ += rendered_.size();
}

const MaskedText::Part &MaskedText::part(Zone &zone, const std::uint64_t *mask, const Call &call)
{
    if (zone.known.empty()) {
        read(zone, mask, call, unknown_);
        return unknown_;
    }
    std::size_t state = 0;
    for (std::size_t i = 0; i < zone.pieces; i++)
        state |= static_cast<std::size_t>(is_present(mask, zone.first_piece + i)) << i;
    auto &known = zone.known[state];
    if (!known) {
        auto made = std::make_unique<Part>();
        read(zone, mask, call, *made);
        known = std::move(made);
    }
    return *known;
}

void MaskedText::count(const std::uint64_t *mask, const Call &call, Counts &counts)
{
    const bool needs_tokens = features_.most_ngram > 1;
    tokens_.clear();
    for (Zone &zone : zones_) {
        const Part &found = part(zone, mask, call);
        for (const std::uint32_t column : found.columns) counts.add(column);
        if (needs_tokens)
            for (std::size_t i = 0; i < found.tokens.list.size(); i++) tokens_.append(found.tokens.ngram(i, 1), 0, 0);
        work_ += 1 + found.columns.size() + (needs_tokens ? found.tokens.list.size() : 0);
        if (work_ < work_between_polls) continue;
        call.poll();
        work_ = 0;
    }
    if (needs_tokens)
        features_.ngrams(tokens_, 2, call, [&](std::uint32_t column, std::size_t, std::size_t) { counts.add(column); });
}

} // namespace linear
