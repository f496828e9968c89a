#include "normalizer.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

namespace textexplain {

namespace {

// Below these no character decomposes, and none is a mark.
constexpr char32_t first_decomposed = 0xC0, first_mark = 0x300;

// Asks the host now and then whether to go on: a text without a blank is one word of a million characters.
class Pace {
public:
    explicit Pace(const Call &call) : call_(call) {}
    void step()
    {
        if (++steps_ % 8192 == 0) call_.poll();
    }

private:
    const Call &call_;
    std::size_t steps_ = 0;
};

UChar32 wide(char32_t code) { return static_cast<UChar32>(code); }

bool is_white_space(char32_t code)
{
    if (code < 128) return code == ' ' || (code >= '\t' && code <= '\r');
    return u_isUWhiteSpace(wide(code)) || u_charType(wide(code)) == U_SPACE_SEPARATOR;
}

// What has no look of its own; tabs and line ends count as white space.
bool is_control(char32_t code)
{
    if (code < 128) return (code < ' ' && code != '\t' && code != '\n' && code != '\r') || code == 127;
    return (U_GC_C_MASK & U_MASK(u_charType(wide(code)))) != 0;
}

// Unicode's punctuation, and every ASCII sign that is neither letter nor digit, such as "$".
bool is_punctuation(char32_t code)
{
    if (code < 128) return code > ' ' && code < 127 && !u_isalnum(wide(code));
    return (U_GC_P_MASK & U_MASK(u_charType(wide(code)))) != 0;
}

// The blocks of ideographs that BERT's vocabularies hold one by one; kana and hangul are not among them.
bool is_ideograph(char32_t code)
{
    static const char32_t blocks[][2] = {
        {0x4E00, 0x9FFF},   {0x3400, 0x4DBF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
        {0x2B740, 0x2B81F}, {0x2B820, 0x2CEAF}, {0xF900, 0xFAFF},   {0x2F800, 0x2FA1F}};
    for (const auto &block : blocks)
        if (code >= block[0] && code <= block[1]) return true;
    return false;
}

// Canonical decomposition with the marks in canonical order, which moves characters but not what they stand for.
std::vector<Character> decomposed(const std::vector<Character> &characters, Pace &pace)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *const nfd = unorm2_getNFDInstance(&error);
    if (U_FAILURE(error))
        throw Failure{TX_E_INTERNAL, std::string("ICU has no normalization data: ") + u_errorName(error)};
    std::vector<Character> result;
    result.reserve(characters.size());
    for (const Character &character : characters) {
        pace.step();
        if (character.code < first_decomposed) {
            result.push_back(character);
            continue;
        }
        UChar units[32];
        const int length = unorm2_getDecomposition(nfd, wide(character.code), units, 32, &error);
        if (length < 0) { // it is its own decomposition
            result.push_back(character);
            continue;
        }
        for (int i = 0; i < length;) {
            UChar32 code;
            U16_NEXT(units, i, length, code);
            result.push_back({static_cast<char32_t>(code), character.begin, character.end});
        }
    }
    const auto order = [](const Character &character) {
        return character.code < first_mark ? 0 : u_getCombiningClass(wide(character.code));
    };
    for (std::size_t i = 0; i < result.size();) {
        pace.step();
        if (order(result[i]) == 0) {
            i++;
            continue;
        }
        std::size_t end = i;
        while (end < result.size() && order(result[end]) != 0) end++;
        std::stable_sort(&result[i], &result[i] + (end - i), [&](const Character &a, const Character &b) {
            pace.step();
            return order(a) < order(b);
        });
        i = end;
    }
    return result;
}

// Drops marks; the character before takes their bytes, so that taking it out of the text leaves no accent behind.
std::vector<Character> without_marks(const std::vector<Character> &characters, Pace &pace)
{
    std::vector<Character> result;
    result.reserve(characters.size());
    for (const Character &character : characters) {
        pace.step();
        if (character.code < first_mark || u_charType(wide(character.code)) != U_NON_SPACING_MARK)
            result.push_back(character);
        else if (!result.empty() && result.back().end == character.begin)
            result.back().end = character.end;
    }
    return result;
}

// Character by character: a capital sigma at the end of a word becomes the same letter as in its middle.
std::vector<Character> lowercased(const std::vector<Character> &characters, Pace &pace)
{
    std::vector<Character> result;
    result.reserve(characters.size());
    for (const Character &character : characters) {
        pace.step();
        result.push_back({static_cast<char32_t>(u_tolower(wide(character.code))), character.begin, character.end});
        // The one letter whose lower case is two characters: the dot of a capital I.
        if (character.code == 0x130) {
            result.back().code = 'i';
            result.push_back({0x307, character.begin, character.end});
        }
    }
    return result;
}

} // namespace

std::vector<Character> Normalizer::normalized(std::string_view text, std::size_t base, const Call &call) const
{
    Pace pace(call);
    std::vector<Character> characters;
    characters.reserve(text.size());
    const auto *const bytes = reinterpret_cast<const std::uint8_t *>(text.data());
    for (std::size_t i = 0; i < text.size();) {
        pace.step();
        const std::size_t begin = i;
        UChar32 code;
        U8_NEXT(bytes, i, text.size(), code);
        if (code < 0) throw Failure{TX_E_ENCODING, "the text is not UTF-8 at byte " + std::to_string(base + begin)};
        char32_t character = static_cast<char32_t>(code);
        if (cleans) {
            if (character == 0 || character == 0xFFFD || is_control(character)) continue;
            if (is_white_space(character)) character = ' ';
        }
        const bool apart = spaces_ideographs && is_ideograph(character);
        if (apart) characters.push_back({' ', base + begin, base + begin});
        characters.push_back({character, base + begin, base + i});
        if (apart) characters.push_back({' ', base + i, base + i});
    }
    if (strips_accents.value_or(lowercases)) characters = without_marks(decomposed(characters, pace), pace);
    return lowercases ? lowercased(characters, pace) : characters;
}

std::vector<std::vector<Character>> Normalizer::words(std::string_view text, std::size_t base, const Call &call) const
{
    Pace pace(call);
    std::vector<std::vector<Character>> words;
    bool open = false;
    for (const Character &character : normalized(text, base, call)) {
        pace.step();
        if (is_white_space(character.code)) {
            open = false;
            continue;
        }
        const bool alone = is_punctuation(character.code);
        if (!open || alone) words.emplace_back();
        words.back().push_back(character);
        open = !alone;
    }
    return words;
}

} // namespace textexplain
