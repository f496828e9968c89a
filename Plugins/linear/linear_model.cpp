#include "linear_model.hpp"

#include "bundled_model.hpp"

#include "textexplain/file.hpp"

namespace linear {

namespace {

using namespace textexplain;

// So that what is held for each character and token stays small beside the model.
constexpr std::uint32_t longest = 1 << 20;
constexpr std::size_t largest_file = std::size_t{1} << 30;

constexpr std::string_view bundled(bundled_model, sizeof bundled_model - 1);

bool is_liblinear(std::string_view bytes) { return bytes.substr(0, 12) == "solver_type "; }

bool is_json(std::string_view bytes)
{
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && bytes[first] == '{';
}

Features read_vocabulary(const Options &options, const std::string &model, ModelHash &hash, const Call &call)
{
    const auto path = options.text("vocabulary");
    if (!path || path->empty())
        throw Failure{TX_E_OPTION, model + " is a model of liblinear, which knows its features by number; give their "
                                           "terms with the option vocabulary"};
    const std::string bytes = contents(*path, largest_file);
    hash.add(bytes);
    return is_json(bytes) ? read_features_json(bytes, *path, call) : read_terms(bytes, *path);
}

} // namespace

LinearModel::LinearModel(const Options &options, Log log, Call call)
{
    ModelHash hash;
    const std::string path = options.text("model").value_or("");
    const std::string bytes = path.empty() ? std::string(bundled) : contents(path, largest_file);
    hash.add(bytes);
    if (bytes.empty()) throw Failure{TX_E_MODEL, path + " is empty"};
    if (is_liblinear(bytes)) {
        model_.features = read_vocabulary(options, path, hash, call);
        model_.decision = read_liblinear(bytes, path, model_.features, *options.text("vocabulary"), call);
    } else if (!options.text("vocabulary").value_or("").empty()) {
        throw Failure{TX_E_MODEL, *options.text("vocabulary") + " is given as the vocabulary of a model that has its "
                                                                "own; the option is for models of liblinear"};
    } else if (is_json(bytes)) {
        model_ = read_json(bytes, path.empty() ? "the bundled model" : path, call);
    } else {
        throw Failure{TX_E_MODEL, path + " is neither a textexplain-linear/1 file, as Plugins/linear/export_sklearn.py "
                                         "writes it, nor a text model of liblinear"};
    }
    if (path.empty()) log(TX_LOG_INFO, "the bundled model: English reviews, negative or positive");

    counts_ = std::make_unique<Counts>(model_.features.vocabulary.size());
    is_independent_ = terms_are_independent();
    info_ = std::make_unique<Info>(model_.decision->output_kind(), model_.decision->labels());
    info_->table.flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT;
    info_->table.max_text_bytes = longest;
    info_->table.typical_cost_us = 5;
    info_->set_model_id(hash.id());
}

void LinearModel::read(std::string_view text, const Call &call)
{
    if (text.size() > longest) throw Failure{TX_E_TOO_LONG, "a text of more than 1 MiB"};
    tokens_.clear();
    model_.features.tokenizer->append(text, call, tokens_);
    counts_->clear();
    const auto count = [this](std::uint32_t column, std::size_t, std::size_t) { counts_->add(column); };
    model_.features.ngrams(tokens_, 1, call, count);
}

void LinearModel::write_scores(const Call &call, double *row)
{
    model_.features.values(*counts_, values_);
    model_.decision->scores(values_, call, row);
}

void LinearModel::predict(Call call, const tx_text *texts, std::size_t count, Scores out)
{
    for (std::size_t i = 0; i < count; i++) {
        call.poll();
        read(view(texts[i]), call);
        write_scores(call, out.row(i));
    }
}

const void *LinearModel::extension(std::string_view id) const
{
    if (id == TX_EXT_TOKENS) return tokens_table<LinearModel>();
    if (id == TX_EXT_MASKED)
        return masked_table<LinearModel, 1u << TX_ABSENT_REMOVE | 1u << TX_ABSENT_REPLACE>();
    if (id == TX_EXT_LINEAR && model_.decision->is_linear())
        return is_independent_ ? linear_table<LinearModel, true>() : linear_table<LinearModel, false>();
    return nullptr;
}

std::unique_ptr<MaskedText> LinearModel::prepare(Call call, const tx_masking &what)
{
    call.poll();
    const std::size_t fillers = what.absent == TX_ABSENT_REPLACE ? what.piece_count * what.filler.len : 0;
    if (what.text.len > longest || fillers > longest - what.text.len)
        throw Failure{TX_E_UNSUPPORTED, "a text that may have more than 1 MiB"};
    return std::make_unique<MaskedText>(model_.features, call, what);
}

void LinearModel::score(MaskedText &masked, Call call, const std::uint64_t *masks, std::size_t rows, std::size_t words,
                        Scores out)
{
    for (std::size_t i = 0; i < rows; i++) {
        if (i % 16 == 0) call.poll();
        counts_->clear();
        masked.count(masks + i * words, call, *counts_);
        write_scores(call, out.row(i));
    }
}

void LinearModel::tokenize(std::string_view text, Sink<tx_token> sink)
{
    read(text, Call(nullptr));
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < tokens_.list.size(); i++) {
        const Token &token = tokens_.list[i];
        // Two tokens may come from one character, as from "½" without its stroke: the first gets it.
        const std::uint32_t begin = std::max(token.text_begin, end);
        if (begin >= token.text_end) continue;
        end = token.text_end;
        const auto column = model_.features.vocabulary.column(tokens_.ngram(i, 1));
        sink.put({begin, end, column ? static_cast<std::int64_t>(*column) : -1,
                  column ? 0u : static_cast<std::uint32_t>(TX_TOKEN_UNKNOWN), 0});
    }
}

double LinearModel::terms(std::string_view text, std::uint32_t output, Sink<tx_term> sink)
{
    read(text, Call(nullptr));
    model_.features.values(*counts_, values_);
    std::unordered_map<std::uint32_t, double> shares; // of one occurrence
    for (const Feature &feature : values_)
        shares[feature.column] =
            feature.value * model_.decision->weight(feature.column, output) / (*counts_)[feature.column];
    const Call call(nullptr);
    model_.features.ngrams(tokens_, 1, call, [&](std::uint32_t column, std::size_t first, std::size_t length) {
        sink.put({tokens_.list[first].text_begin, tokens_.list[first + length - 1].text_end, shares[column],
                  static_cast<std::int64_t>(column)});
    });
    return model_.decision->intercept(output);
}

// Whether taking away the bytes of a term takes away that term and changes no other: single words, counted, each a run
// of letters. A run ends at characters that are in no term, and these stay where it goes; who takes them away as well,
// or a part of a run, may join its neighbours to another term, of which no model knows beforehand. A capital sigma is
// lower-cased by what follows, so that words with sigmas are not independent; pieces of stripped characters ("½" is 1,
// a stroke and 2) may become words of their own.
bool LinearModel::terms_are_independent() const
{
    const Features &features = model_.features;
    if (features.most_ngram > 1 || features.binary || features.sublinear || features.norm != Norm::none) return false;
    if (!features.tokenizer->cuts_runs_of_unstripped_text()) return false;
    for (std::size_t column = 0; column < features.vocabulary.size(); column++) {
        const std::string &term = features.vocabulary.term(column);
        if (term.find("\u03c3") != std::string::npos || term.find("\u03c2") != std::string::npos) return false;
    }
    return true;
}

} // namespace linear
