// cld2.cpp - libcld2 without textexplain:  cld2 [ROUNDS] < TEXTS   prints each text's three languages and their per
// cent
//
// A score is language × 1000 + per cent; `cld2 names` prints which code belongs to which number.
#include "lines.hpp"

#include <cstring>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

int main(int count, char **arguments)
{
    if (count > 1 && !std::strcmp(arguments[1], "names")) {
        for (int i = 0; i < CLD2::NUM_LANGUAGES; i++)
            std::printf("%d\t%s\n", i, CLD2::LanguageCode(static_cast<CLD2::Language>(i)));
        return 0;
    }
    const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    std::vector<double> row(3);
    return run(count > 1 ? std::atoi(arguments[1]) : 0, [&](const std::string &text) -> const std::vector<double> & {
        CLD2::Language language[3];
        int percent[3], bytes;
        double closeness[3];
        bool reliable;
        CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &hints, 0, language, percent,
                                       closeness, nullptr, &bytes, &reliable);
        for (std::size_t i = 0; i < 3; i++) row[i] = language[i] * 1000.0 + percent[i];
        return row;
    });
}
