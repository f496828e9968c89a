// fasttext.cpp - any supervised fastText model as a classifier, by Debian's libfasttext.
#include "labels.hpp"
#include "masked_line.hpp"
#include "model_file.hpp"
#include "network.hpp"

#include "textexplain/plugin.hpp"

#include <numeric>

using namespace textexplain;

namespace {

constexpr std::size_t longest = std::size_t{1} << 18;

// What fastText adds to each probability of a softmax: with more labels than this, a row would no longer add up to 1
// within the 0.001 that textexplain accepts.
constexpr std::size_t most_labels_as_given = 99;

const tx_option_spec model_option = {
    sizeof model_option, TX_OPTION_FILE, "model",
    "a supervised model, .bin or .ftz: `fasttext supervised` trains one, and lid.176.ftz of fasttext.cc knows "
    "languages",
    nullptr, nullptr};

const tx_option_spec k_option = {
    sizeof k_option, TX_OPTION_STRING, "k",
    "all labels, or a number: those most frequent in training, and \"(other)\" for the rest", "all", nullptr};

const tx_option_spec prefix_option = {sizeof prefix_option, TX_OPTION_STRING, "label-prefix",
                                      "what marked labels in training, and is left out of their names", "__label__",
                                      nullptr};

const char *const score_choices[] = {"given", "exact", nullptr};
const tx_option_spec scores_option = {
    sizeof scores_option, TX_OPTION_CHOICE, "scores",
    "given: as `fasttext predict-prob` prints them; exact: in double precision, without the 0.00001 that fastText adds "
    "to each; unless said, given, but exact for a softmax of more than 99 labels",
    "", score_choices};

class FastTextModel {
public:
    FastTextModel(const Options &options, Log, Call call)
    {
        const std::string path = options.required("model");
        std::string id = ModelFile(path, call).id();
        network_ = open(path);
        all_.resize(network_->label_count());
        choose_scores(options);

        kept_ = how_many(options);
        const std::string prefix = options.text("label-prefix").value_or(prefix_option.default_value);
        auto names = label_names(*network_, kept_, prefix);
        has_rest_ = kept_ < all_.size() && network_->is_distribution();
        if (has_rest_) {
            if (std::find(names.begin(), names.end(), "(other)") != names.end())
                throw Failure{TX_E_OPTION, "the option k cannot be a number, for the model has a label \"(other)\""};
            names.push_back("(other)");
        }
        info_ = std::make_unique<Info>(network_->is_distribution() ? TX_OUT_PROBABILITY : TX_OUT_MULTILABEL,
                                       std::move(names));
        info_->table.flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT;
        info_->table.max_text_bytes = longest;
        // A nanosecond for each weight of the output layer.
        const std::size_t cost = 10 + all_.size() * network_->dimension() / 1000;
        info_->table.typical_cost_us = static_cast<std::uint32_t>(std::min<std::size_t>(cost, 1'000'000));
        info_->set_model_id(std::move(id));
    }

    const Info &info() const { return *info_; }

    void predict(Call call, const tx_text *texts, std::size_t count, Scores scores)
    {
        for (std::size_t i = 0; i < count; i++) {
            call.poll();
            if (texts[i].len > longest) throw Failure{TX_E_TOO_LONG, "a text of more than 256 KiB"};
            fill(network_->features(view(texts[i]), call), call, scores.row(i));
        }
    }

    using Masked = MaskedLine;

    std::unique_ptr<Masked> prepare(Call call, const tx_masking &what)
    {
        const std::size_t filler = what.absent == TX_ABSENT_REPLACE ? what.filler.len : 0;
        if (!network_->reads_word_by_word() || what.text.len > longest ||
            filler > (longest - what.text.len) / (what.piece_count + 1))
            throw Failure{TX_E_UNSUPPORTED, "words have n-grams, or the text is too long"};
        return std::make_unique<Masked>(*network_, what, call);
    }

    void score(Masked &masked, Call call, const std::uint64_t *masks, std::size_t rows, std::size_t words,
               Scores scores)
    {
        for (std::size_t i = 0; i < rows; i++) {
            call.poll();
            fill(masked.features(masks + i * words, call), call, scores.row(i));
        }
    }

    const void *extension(std::string_view id) const
    {
        if (id != TX_EXT_MASKED || !network_->reads_word_by_word()) return nullptr;
        return masked_table<FastTextModel, 1u << TX_ABSENT_REMOVE | 1u << TX_ABSENT_REPLACE>();
    }

private:
    // What libfasttext throws is about the file: nothing of ours runs in there.
    static std::unique_ptr<Network> open(const std::string &path)
    {
        try {
            return std::make_unique<Network>(path);
        } catch (const std::bad_alloc &) {
            throw;
        } catch (const std::exception &exception) {
            throw Failure{TX_E_MODEL, path + ": libfasttext refuses it: " + exception.what()};
        }
    }

    void fill(const Features &features, Call call, double *row)
    {
        if (exact_)
            network_->predict_exactly(features, call, all_);
        else
            network_->predict(features, call, all_);
        const auto rest = all_.begin() + static_cast<std::ptrdiff_t>(kept_);
        std::copy(all_.begin(), rest, row);
        if (has_rest_) row[kept_] = std::accumulate(rest, all_.end(), 0.0);
    }

    void choose_scores(const Options &options)
    {
        const bool sums_to_one = !network_->is_softmax() || all_.size() <= most_labels_as_given;
        exact_ = options.text("scores").value_or("").empty() ? !sums_to_one
                                                             : options.choice("scores", scores_option) == "exact";
        if (!exact_ && !sums_to_one)
            throw Failure{TX_E_OPTION, "the option scores cannot be \"given\": with " + std::to_string(all_.size()) +
                                           " labels and 0.00001 added to each, probabilities do not add up to 1; "
                                           "\"exact\" leaves that out"};
    }

    std::size_t how_many(const Options &options) const
    {
        const std::string k = options.text("k").value_or("all");
        if (k == "all") return all_.size();
        if (k.empty() || k.size() > 9 || k.find_first_not_of("0123456789") != std::string::npos || std::stoul(k) == 0)
            throw Failure{TX_E_OPTION, "the option k is \"" + k + "\", which is neither all nor a number of labels"};
        return std::min<std::size_t>(std::stoul(k), all_.size());
    }

    std::unique_ptr<Network> network_;
    std::unique_ptr<Info> info_;
    std::vector<double> all_; // a row with all labels
    std::size_t kept_ = 0;    // how many of them are outputs
    bool has_rest_ = false, exact_ = false;
};

} // namespace

extern "C" TX_EXPORT const tx_library *textexplain_plugin_v1(std::uint32_t)
{
    static const Library<FastTextModel> library = [] {
        tx_classifier table = {};
        table.id = "org.textexplain.fasttext";
        table.name = "fasttext";
        table.version = "1.0.0";
        table.license = "Apache-2.0";
        table.description = "any supervised fastText model: languages, topics, sentiment, whatever it was trained on";
        table.url = "https://fasttext.cc";
        return Library<FastTextModel>(table, {&model_option, &k_option, &prefix_option, &scores_option});
    }();
    return library.table();
}
