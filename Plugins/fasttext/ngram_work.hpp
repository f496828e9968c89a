// ngram_work.hpp - what n-grams of characters cost libfasttext.
#pragma once

#include <algorithm>
#include <cstdint>

namespace textexplain {

// About how many steps libfasttext takes for each byte of a word: from every character on, it puts together n-grams of
// up to maxn characters, hashes those of at least minn from their first byte on, and keeps four bytes of each.
inline std::uint64_t ngram_work(int minn, int maxn)
{
    std::uint64_t work = 0;
    for (int n = 1; n <= maxn; n++) work += n < minn ? 1 : 1 + static_cast<std::uint64_t>(n);
    return work;
}

} // namespace textexplain
