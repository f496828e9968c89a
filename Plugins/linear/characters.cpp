#include "characters.hpp"

#include "textexplain/failure.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

namespace linear {

namespace {

constexpr char32_t capital_sigma = 0x3A3, sigma = 0x3C3, final_sigma = 0x3C2, capital_i_with_dot = 0x130;

bool is_ignorable(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_CASE_IGNORABLE); }
bool is_cased(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_CASED); }

} // namespace

void append_utf8(char32_t character, std::string &out)
{
    char bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, character);
    out.append(bytes, static_cast<std::size_t>(length));
}

void Normaliser::normalise(std::string_view text, const textexplain::Call &call, std::vector<Character> &out)
{
    out.clear();
    bool is_ascii = true;
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < length;) {
        const std::int32_t begin = at;
        UChar32 value;
        U8_NEXT(text.data(), at, length, value);
        if (value < 0)
            throw textexplain::Failure{TX_E_ENCODING, "the text is not UTF-8 at byte " + std::to_string(begin)};
        is_ascii &= value < 0x80;
        // Whether a neighbour is a capital makes no difference to a sigma.
        if (lowercase_ && value >= 'A' && value <= 'Z') value += 'a' - 'A';
        out.push_back(
            {static_cast<char32_t>(value), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    }
    if (is_ascii || (!lowercase_ && accents_ == Accents::keep)) return;

    given_.swap(out);
    out.clear();
    Pace pace(call);
    for (std::size_t i = 0; i < given_.size(); i++) {
        Character character = given_[i];
        if (lowercase_ && character.value == capital_sigma && is_final(given_, i)) character.value = final_sigma;
        append(character, out);
        pace.worked(8);
    }
}

// The condition Final_Sigma of the Unicode standard, section 3.13.
bool Normaliser::is_final(const std::vector<Character> &characters, std::size_t sigma_index) const
{
    std::size_t before = sigma_index;
    while (before > 0 && is_ignorable(characters[before - 1].value)) before--;
    if (before == 0 || !is_cased(characters[before - 1].value)) return false;
    std::size_t after = sigma_index + 1;
    while (after < characters.size() && is_ignorable(characters[after].value)) after++;
    return after == characters.size() || !is_cased(characters[after].value);
}

void Normaliser::append(Character character, std::vector<Character> &out) const
{
    for (const char32_t value : alone(character.value)) out.push_back({value, character.begin, character.end});
}

std::u32string Normaliser::alone(char32_t character) const
{
    std::u32string lowered(1, character);
    if (lowercase_) {
        // The only character whose lower case is two (SpecialCasing.txt, without conditions).
        if (character == capital_i_with_dot)
            lowered = U"i\u0307";
        else
            lowered[0] = static_cast<char32_t>(u_tolower(static_cast<UChar32>(character)));
    }
    if (accents_ == Accents::keep) return lowered;

    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *decomposition = unorm2_getNFKDInstance(&status);
    if (U_FAILURE(status)) throw textexplain::Failure{TX_E_INTERNAL, std::string("ICU: ") + u_errorName(status)};
    // Normalising a whole text also sorts what combines, but none of that is kept.
    std::u32string kept;
    for (const char32_t value : lowered) {
        UChar units[32];
        std::int32_t count =
            unorm2_getDecomposition(decomposition, static_cast<UChar32>(value), units, 32, &status);
        if (count < 0 || U_FAILURE(status)) {
            status = U_ZERO_ERROR;
            count = 0;
            U16_APPEND_UNSAFE(units, count, value);
        }
        for (std::int32_t at = 0; at < count;) {
            UChar32 part;
            U16_NEXT(units, at, count, part);
            const bool is_kept = accents_ == Accents::strip ? u_getCombiningClass(part) == 0 : part < 0x80;
            if (is_kept) kept.push_back(static_cast<char32_t>(part));
        }
    }
    return kept;
}

bool Normaliser::separates(char32_t character) const
{
    return !lowercase_ || !(is_cased(character) || is_ignorable(character));
}

} // namespace linear
