// ngram_work.hpp - what n-grams of characters cost libfasttext.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace textexplain {

// libfasttext puts together n-grams of up to maxn characters from each character of a word on, hashes those of at least
// minn from their first byte on, and remembers them. Counted in steps of about a nanosecond.
class NgramWork {
public:
    NgramWork() = default;
    NgramWork(int minn, int maxn)
    {
        for (int n = 1; n <= maxn; n++) {
            per_byte_ += n < minn ? 1 : 1 + static_cast<std::uint64_t>(n);
            per_character_ += n < minn ? 0 : remembered;
        }
    }

    std::uint64_t of(std::string_view word) const
    {
        const auto begins_character = [](char byte) { return (byte & 0xC0) != 0x80; };
        const auto characters = std::count_if(word.begin(), word.end(), begins_character);
        return word.size() * per_byte_ + static_cast<std::uint64_t>(characters) * per_character_;
    }
    // The most that a byte may cost.
    std::uint64_t of_byte() const { return per_byte_ + per_character_; }

private:
    static constexpr std::uint64_t remembered = 16;

    std::uint64_t per_byte_ = 0, per_character_ = 0;
};

} // namespace textexplain
