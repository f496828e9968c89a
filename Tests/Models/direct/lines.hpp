// lines.hpp - what the programs beside it share: texts from standard input, one a line, and a clock.
//
// Without a number of rounds a program prints the scores of each text on a line; with one it prints the seconds of the
// fastest round over all texts.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

inline std::vector<std::string> lines()
{
    std::vector<std::string> texts;
    for (std::string text; std::getline(std::cin, text);) texts.push_back(text);
    return texts;
}

// `score(text)` returns the scores by output.
template <typename Score> int run(int rounds, Score score)
{
    const auto texts = lines();
    if (rounds == 0) {
        for (const auto &text : texts) {
            for (const double value : score(text)) std::printf("%.17g\t", value);
            std::puts("");
        }
        return 0;
    }
    double best = std::numeric_limits<double>::infinity(), sum = 0;
    for (int round = 0; round < rounds; round++) {
        const auto start = std::chrono::steady_clock::now();
        for (const auto &text : texts) sum += score(text)[0];
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    std::printf("%.9f\n", best);
    return sum == 0.123456789; // so that nothing is optimised away
}
