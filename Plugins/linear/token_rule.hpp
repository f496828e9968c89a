// token_rule.hpp - where the tokens of a text begin and end.
#pragma once

#include "characters.hpp"

#include "textexplain/call.hpp"

#include <memory>

namespace linear {

// Characters [begin, end) of a text.
struct CharacterRange {
    std::size_t begin, end;
};

class TokenRule {
public:
    virtual ~TokenRule() = default;

    // Replaces `out` by the tokens, in order. Stops as `call` says.
    virtual void find(const std::vector<Character> &text, const textexplain::Call &call,
                      std::vector<CharacterRange> &out) = 0;

    // Whether no token contains this character or depends on what lies on its other side.
    virtual bool separates(char32_t character) const = 0;

    // Whether tokens are runs of characters whichever way a sigma at their end is lower-cased.
    virtual bool is_runs() const = 0;
};

// The longest runs of characters of a set, `least` characters or more: scikit-learn's \b\w\w+\b is that.
// `set` is a UnicodeSet pattern of ICU. Throws TX_E_MODEL, without the file's name.
std::unique_ptr<TokenRule> runs(const std::string &set, std::size_t least);

// The matches of a regular expression of ICU, or of its first group. Throws TX_E_MODEL, without the file's name.
std::unique_ptr<TokenRule> matches(const std::string &pattern, int group);

} // namespace linear
