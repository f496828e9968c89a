#include "wordpiece.hpp"

#include <unicode/utf8.h>

namespace textexplain {

void Vocabulary::add(std::string piece, std::int64_t id)
{
    longest_ = std::max(longest_, piece.size());
    names_.push_back(std::move(piece));
    ids_[names_.back()] = id;
}

std::optional<std::int64_t> Vocabulary::find(std::string_view piece) const
{
    const auto found = ids_.find(piece);
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Token> WordPiece::tokens(std::string_view text, std::size_t most, const Call &call) const
{
    const auto unknown_id = vocabulary.find(unknown);
    if (!unknown_id) throw Failure{TX_E_MODEL, "the vocabulary has no " + unknown};
    std::vector<Token> tokens;
    // Bit by bit, since the rest of a long text may not be wanted; nothing that normalization does crosses a blank.
    for (std::size_t begin = 0; begin < text.size() && tokens.size() <= most;) {
        const std::size_t end = std::min(text.find_first_of(" \t\n\r", begin), text.size());
        for (const auto &word : normalizer.words(text.substr(begin, end - begin), begin, call))
            split(word, *unknown_id, call, tokens);
        begin = end + 1;
    }
    return tokens;
}

void WordPiece::split(const std::vector<Character> &word, std::int64_t unknown_id, const Call &call,
                      std::vector<Token> &tokens) const
{
    const auto give_up = [&] { tokens.push_back({unknown_id, word.front().begin, word.back().end, TX_TOKEN_UNKNOWN}); };
    if (word.size() > longest_word) return give_up();

    // The word behind the prefix, and where its characters begin.
    std::string spelt = prefix;
    std::vector<std::size_t> starts;
    for (const Character &character : word) {
        starts.push_back(spelt.size());
        char units[U8_MAX_LENGTH];
        int length = 0;
        U8_APPEND_UNSAFE(units, length, static_cast<UChar32>(character.code));
        spelt.append(units, static_cast<std::size_t>(length));
    }
    starts.push_back(spelt.size());

    const std::size_t first = tokens.size();
    std::string piece;
    for (std::size_t begin = 0; begin < word.size();) {
        call.poll(); // at each piece: a word of 1000 characters may have as many, with 1000 tries for each
        const std::string_view before = begin ? std::string_view(prefix) : std::string_view();
        std::size_t end = word.size();
        std::optional<std::int64_t> id;
        for (; end > begin; end--) {
            const std::size_t length = starts[end] - starts[begin];
            if (before.size() + length > vocabulary.longest()) continue;
            piece.assign(before).append(spelt, starts[begin], length);
            if ((id = vocabulary.find(piece))) break;
        }
        if (!id) {
            tokens.resize(first);
            return give_up();
        }
        const std::uint32_t flags = begin ? TX_TOKEN_CONTINUES_WORD : 0;
        tokens.push_back({*id, word[begin].begin, word[end - 1].end, flags});
        begin = end;
    }
}

std::vector<Token> ByteTokens::tokens(std::string_view text, std::size_t most, const Call &call) const
{
    std::vector<Token> tokens;
    const auto *const bytes = reinterpret_cast<const std::uint8_t *>(text.data());
    for (std::size_t i = 0; i < text.size() && tokens.size() <= most;) {
        const std::size_t begin = i;
        if (tokens.size() % 65536 == 0) call.poll();
        U8_FWD_1(bytes, i, text.size());
        // Tokens lie on character boundaries, so that the bytes of one character have its range in common.
        for (std::size_t at = begin; at < i; at++)
            tokens.push_back({offset_ + bytes[at], begin, i, at > begin ? std::uint32_t{TX_TOKEN_CONTINUES_WORD} : 0});
    }
    return tokens;
}

} // namespace textexplain
