// wordpiece.hpp - the second half of BERT's tokenizer: from words to the pieces of a vocabulary.
//
// The longest piece of the vocabulary that a word begins with, then the longest of the rest, and so on; a word that
// does not come out even is unknown. M. Schuster, K. Nakajima: Japanese and Korean Voice Search, ICASSP 2012; Y. Wu et al.:
// Google's Neural Machine Translation System, arXiv:1609.08144.
#pragma once

#include "normalizer.hpp"

#include <textexplain/call.hpp>

#include <deque>
#include <unordered_map>

namespace textexplain {

// A token of a text: its id, the bytes that it stands for, and TX_TOKEN_ bits.
struct Token {
    std::int64_t id;
    std::size_t begin, end;
    std::uint32_t flags;
};

// The pieces by name. Ids are as the vocabulary gives them, not necessarily dense.
class Vocabulary {
public:
    void add(std::string piece, std::int64_t id);
    std::optional<std::int64_t> find(std::string_view piece) const;
    std::size_t size() const { return ids_.size(); }
    std::size_t longest() const { return longest_; } // in bytes

private:
    std::deque<std::string> names_; // what the keys point to
    std::unordered_map<std::string_view, std::int64_t> ids_;
    std::size_t longest_ = 0;
};

// A way of cutting texts into tokens.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;
    // The tokens of a text, without special ones; stops once there are more than `most`. May throw TX_E_ENCODING, and
    // asks the host at each word whether to go on.
    virtual std::vector<Token> tokens(std::string_view text, std::size_t most, const Call &call) const = 0;
    // The id of a piece by name.
    virtual std::optional<std::int64_t> find(const std::string &piece) const = 0;
};

class WordPiece : public Tokenizer {
public:
    Normalizer normalizer;
    Vocabulary vocabulary;
    std::string unknown = "[UNK]";
    std::string prefix = "##"; // of a piece that continues a word
    std::size_t longest_word = 100; // in characters; a longer one is unknown

    // What a word may cost grows with the square of its length, times that of a piece: no tokenizer says more.
    static constexpr std::int64_t most_characters = 1000; // that `longest_word` may be
    static constexpr std::size_t longest_piece = 1024;    // in bytes, of the vocabulary and the prefix

    std::vector<Token> tokens(std::string_view text, std::size_t most, const Call &call) const override;
    std::optional<std::int64_t> find(const std::string &piece) const override { return vocabulary.find(piece); }

private:
    void split(const std::vector<Character> &word, std::int64_t unknown_id, const Call &call,
               std::vector<Token> &tokens) const;
};

// Each byte of UTF-8 is a token: its value plus an offset, as in ByT5. L. Xue et al.: ByT5: Towards a Token-Free Future
// with Pre-trained Byte-to-Byte Models, TACL 10, 2022.
class ByteTokens : public Tokenizer {
public:
    explicit ByteTokens(std::int64_t offset) : offset_(offset) {}
    std::vector<Token> tokens(std::string_view text, std::size_t most, const Call &call) const override;
    std::optional<std::int64_t> find(const std::string &) const override { return std::nullopt; }

private:
    std::int64_t offset_;
};

} // namespace textexplain
