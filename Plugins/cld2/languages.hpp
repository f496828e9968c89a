// languages.hpp - what CLD2 can answer, with the tables that it was linked with.
#pragma once

#include <array>
#include <cstdio> // CLD2's headers forget it
#include <cstring>
#include <string>
#include <vector>

#include <cld2/internal/cld2tablesummary.h>
#include <cld2/public/compact_lang_det.h>

namespace CLD2 { // exported by the library, but declared in none of its headers
extern const CLD2TableSummary kQuad_obj, kCjkDeltaBi_obj;
}

namespace textexplain {

// The languages that CLD2 knows by their words and those that it knows by their script, each an output named by its
// BCP 47 tag, behind "und" for everything else. The other two thirds of CLD2's list of languages are for larger
// tables.
class Languages {
public:
    static constexpr std::size_t unknown = 0; // the output of "und"

    Languages()
    {
        for (int i = 0; i < CLD2::NUM_LANGUAGES; i++) {
            const auto language = static_cast<CLD2::Language>(i);
            if (!in(CLD2::kQuad_obj, language) && !in(CLD2::kCjkDeltaBi_obj, language) && !has_own_script(language))
                continue;
            outputs_[i] = tags_.size();
            tags_.push_back(tag(language));
        }
    }

    const std::vector<std::string> &tags() const { return tags_; }
    std::size_t output(CLD2::Language language) const { return outputs_[language]; }

private:
    // The table lists its languages as "af-Latn ar-Arab "; Traditional Chinese, whose code is zh-Hant, as "zh-Hant ".
    static bool in(const CLD2::CLD2TableSummary &table, CLD2::Language language)
    {
        const std::string known = std::string(" ") + table.kRecognizedLangScripts, code = CLD2::LanguageCode(language);
        return known.find(" " + code + "-") != std::string::npos || known.find(" " + code + " ") != std::string::npos;
    }

    static bool has_own_script(CLD2::Language language)
    {
        for (int i = 0; i < 4; i++) {
            const CLD2::ULScript script = CLD2::LanguageRecognizedScript(language, i);
            if (CLD2::ULScriptRecognitionType(script) == CLD2::RTypeOne && CLD2::DefaultLanguage(script) == language)
                return true;
        }
        return false;
    }

    static std::string tag(CLD2::Language language)
    {
        if (language == CLD2::HEBREW) return "he"; // CLD2 has the codes of before 1989
        if (language == CLD2::JAVANESE) return "jv";
        return CLD2::LanguageCode(language);
    }

    std::vector<std::string> tags_ = {"und"};
    std::array<std::size_t, CLD2::NUM_LANGUAGES> outputs_ = {};
};

} // namespace textexplain
