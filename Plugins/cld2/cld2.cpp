// cld2.cpp - which languages a text is in, and how much of it in each, by the Compact Language Detector 2.
#include "languages.hpp"

#include "textexplain/plugin.hpp"

#include <cld2/internal/compact_lang_det_impl.h>
#include <cld2/public/encodings.h>

using namespace textexplain;

namespace {

// CLD2 reads 160 KiB of letters and then stops without a word; below this, it always reads everything.
constexpr std::size_t longest = std::size_t{128} << 10;

const tx_option_spec best_effort = {sizeof best_effort, TX_OPTION_BOOLEAN, "best-effort",
                                    "name a language also where CLD2 is not sure, as in most short texts", "false",
                                    nullptr};

// What the numbers are: per cent of a text's letters, so neither probabilities nor anything else that the host may
// convert. They add up to 100, because what no language gets goes to "und".
class Detector {
public:
    Detector(const Options &options, Log, Call)
        : flags_(options.boolean("best-effort", false) ? CLD2::kCLDFlagBestEffort : 0),
          info_(TX_OUT_REGRESSION, languages_.tags())
    {
        info_.table.flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT;
        info_.table.max_text_bytes = longest;
        info_.set_model_id(std::string("CLD2 ") + CLD2::DetectLanguageVersion());
    }

    const Info &info() const { return info_; }

    void predict(Call call, const tx_text *texts, std::size_t count, Scores scores) const
    {
        for (std::size_t i = 0; i < count; i++) {
            call.poll();
            if (texts[i].len > longest) throw Failure{TX_E_TOO_LONG, "a text of more than 128 KiB"};
            detect(readable(view(texts[i])), scores.row(i));
        }
    }

    const void *extension(std::string_view) const { return nullptr; }

private:
    // The text with a blank for each byte that CLD2 would refuse the whole text for: control characters and
    // noncharacters, and what is not UTF-8, should a host send such.
    static std::string readable(std::string_view text)
    {
        std::string copy(text);
        for (std::size_t at = 0;; copy[at++] = ' ') {
            at += static_cast<std::size_t>(
                CLD2::SpanInterchangeValid(copy.data() + at, static_cast<int>(copy.size() - at)));
            if (at >= copy.size()) return copy;
        }
    }

    void detect(const std::string &text, double *row) const
    {
        const CLD2::CLDHints no_hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
        CLD2::Language language[3];
        int percent[3], letters;
        double closeness[3];
        bool reliable;
        CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), /* is_plain_text */ true, &no_hints,
                                       flags_, language, percent, closeness, /* chunks */ nullptr, &letters, &reliable);
        std::fill_n(row, info_.table.outputs, 0.0);
        row[Languages::unknown] = 100;
        for (int i = 0; i < 3; i++) {
            row[Languages::unknown] -= percent[i];
            row[languages_.output(language[i])] += percent[i];
        }
    }

    const Languages languages_;
    const int flags_;
    Info info_;
};

} // namespace

extern "C" TX_EXPORT const tx_library *textexplain_plugin_v1(std::uint32_t)
{
    static const Library<Detector> library = [] {
        tx_classifier table = {};
        table.id = "org.textexplain.cld2";
        table.name = "cld2";
        table.version = "1.0.0";
        table.license = "Apache-2.0";
        table.description = "per cent of a text in each language, by the Compact Language Detector 2";
        table.url = "https://github.com/CLD2Owners/cld2";
        return Library<Detector>(table, {&best_effort});
    }();
    return library.table();
}
