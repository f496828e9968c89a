// tokens.hpp - from a text to its tokens.
#pragma once

#include "token_rule.hpp"

#include <unordered_set>

namespace linear {

// A token: its bytes in Tokens::joined, and the bytes of the text that it comes from.
struct Token {
    std::uint32_t begin, end;
    std::uint32_t text_begin, text_end;
};

// Tokens with a blank between each two, so that every n-gram is a piece of the string.
struct Tokens {
    std::string joined;
    std::vector<Token> list;

    void clear()
    {
        joined.clear();
        list.clear();
    }
    void append(std::string_view token, std::uint32_t text_begin, std::uint32_t text_end)
    {
        if (!list.empty()) joined += ' ';
        const auto begin = static_cast<std::uint32_t>(joined.size());
        joined += token;
        list.push_back({begin, static_cast<std::uint32_t>(joined.size()), text_begin, text_end});
    }
    std::string_view ngram(std::size_t first, std::size_t length) const
    {
        const std::uint32_t begin = list[first].begin;
        return std::string_view(joined).substr(begin, list[first + length - 1].end - begin);
    }
};

// How a model reads texts: normalising, cutting, and words it passes over. Its methods are not for several threads.
class Tokenizer {
public:
    Tokenizer(Normaliser normaliser, std::unique_ptr<TokenRule> rule, std::unordered_set<std::string> stop_words)
        : normaliser_(std::move(normaliser)), rule_(std::move(rule)), stop_words_(std::move(stop_words))
    {
    }

    // Appends the tokens of a text. Complexity: linear in its bytes, but for patterns that go back much.
    void append(std::string_view text, const textexplain::Call &call, Tokens &out)
    {
        normaliser_.normalise(text, call, characters_);
        rule_->find(characters_, call, ranges_);
        Pace pace(call);
        for (const CharacterRange &range : ranges_) {
            pace.worked(8 + range.end - range.begin);
            token_.clear();
            for (std::size_t i = range.begin; i < range.end; i++) append_utf8(characters_[i].value, token_);
            if (!stop_words_.empty() && stop_words_.count(token_)) continue;
            const bool is_empty = range.begin == range.end;
            out.append(token_, is_empty ? 0 : characters_[range.begin].begin,
                       is_empty ? 0 : characters_[range.end - 1].end);
        }
    }

    // Whether the tokens before and after this character are the same whatever is on the other side of it.
    bool separates(char32_t character) const
    {
        if (!normaliser_.separates(character)) return false;
        const std::u32string made = normaliser_.alone(character);
        for (const char32_t value : made)
            if (!rule_->separates(value)) return false;
        return !made.empty();
    }

    // Whether tokens are runs of characters, none of which was made by stripping another.
    bool cuts_runs_of_unstripped_text() const { return rule_->is_runs() && !normaliser_.strips(); }

private:
    Normaliser normaliser_;
    std::unique_ptr<TokenRule> rule_;
    std::unordered_set<std::string> stop_words_;
    std::vector<Character> characters_;
    std::vector<CharacterRange> ranges_;
    std::string token_;
};

} // namespace linear
