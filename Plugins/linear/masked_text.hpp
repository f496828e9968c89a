// masked_text.hpp - one text, many subsets of its pieces: the tokens of each without reading the text again.
#pragma once

#include "features.hpp"

#include "textexplain/plugin.hpp"

namespace linear {

// A text is cut into zones at characters that always stay and that no token crosses (blanks, mostly). The tokens of a
// zone depend on the pieces inside it alone and are found once for each subset of these; a word between blanks is a
// zone of one piece, and words that touch each other share one. Stop words and n-grams see the zones' tokens in a row,
// as they would in the rendered text.
class MaskedText {
public:
    MaskedText(const Features &features, const textexplain::Call &call, const tx_masking &what);

    // Adds what the text has, with the pieces whose bits are set, to `counts`.
    void count(const std::uint64_t *mask, const textexplain::Call &call, Counts &counts);

private:
    // Bytes that always stay, or a piece.
    struct Atom {
        std::uint32_t begin, end;
        bool is_piece;
    };
    // What a zone gives in one state: its tokens, and the columns of the single ones.
    struct Part {
        Tokens tokens;
        std::vector<std::uint32_t> columns;
    };
    struct Zone {
        std::size_t first_atom, atoms;
        std::size_t first_piece, pieces;
        std::vector<std::unique_ptr<Part>> known; // by the bits of its pieces; empty where there are too many
    };

    void add(Zone &open, Atom atom);
    void close(Zone &open);
    const Part &part(Zone &zone, const std::uint64_t *mask, const textexplain::Call &call);
    void read(const Zone &zone, const std::uint64_t *mask, const textexplain::Call &call, Part &out);

    const Features &features_;
    std::string text_, filler_;
    std::vector<Atom> atoms_;
    std::vector<Zone> zones_;
    Part unknown_;
    Tokens tokens_;
    std::string rendered_;
    std::size_t work_ = 0; // since the host was last asked
};

} // namespace linear
