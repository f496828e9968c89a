// characters.hpp - a text as the tokens see it: lower-cased, perhaps without accents, every character with its bytes.
#pragma once

#include "pace.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linear {

// A character after normalising, and the bytes [begin, end) of the text that it was made from. Some are made of the
// same bytes: the lower-cased "İ" is two.
struct Character {
    char32_t value;
    std::uint32_t begin, end;
};

enum class Accents {
    keep,
    strip,      // compatibility decomposition, less what combines
    ascii_only, // compatibility decomposition, less what is not ASCII
};

// Lower-casing and stripping as Python's str.lower() and scikit-learn's strip_accents do it.
class Normaliser {
public:
    Normaliser(bool lowercase, Accents accents) : lowercase_(lowercase), accents_(accents) {}

    // Replaces `out` by the characters of a text. Throws TX_E_ENCODING, and what `call` says.
    void normalise(std::string_view text, const textexplain::Call &call, std::vector<Character> &out);

    // What becomes of one character where no other is near.
    std::u32string alone(char32_t character) const;

    // Whether characters before and after this one cannot see each other: what lower-casing makes of a sigma depends
    // on the letters around it, across apostrophes and the like.
    bool separates(char32_t character) const;

    bool strips() const { return accents_ != Accents::keep; }

private:
    bool is_final(const std::vector<Character> &characters, std::size_t sigma) const;
    void append(Character character, std::vector<Character> &out) const;

    bool lowercase_;
    Accents accents_;
    std::vector<Character> given_;
};

void append_utf8(char32_t character, std::string &out);

} // namespace linear
