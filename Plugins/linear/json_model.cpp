#include "json_field.hpp"
#include "model_file.hpp"

#include <map>
#include <set>

namespace linear {

namespace {

using textexplain::Call;
using textexplain::Failure;

constexpr const char *format = "textexplain-linear/1";
const std::vector<std::string_view> feature_fields = {"format",     "about",       "tokens", "lowercase",
                                                      "strip_accents", "stop_words", "ngram_range", "vocabulary",
                                                      "binary",     "sublinear_tf", "idf",    "norm"};

void require_format(const JsonField &file)
{
    if (!file.has("format") || file.at("format").text() != format)
        file.refuse("is no model of this plugin: \"format\" is not \"" + std::string(format) +
                    "\"; make one with Plugins/linear/export_sklearn.py");
}

// One of the names, and its meaning.
template <typename Value> Value choice(const JsonField &field, const std::map<std::string, Value> &values)
{
    const auto found = values.find(field.text());
    if (found != values.end()) return found->second;
    std::string known;
    for (const auto &[name, value] : values) known += (known.empty() ? "" : ", ") + name;
    field.refuse("is \"" + field.text() + "\"; known are " + known);
}

std::unique_ptr<TokenRule> token_rule(const JsonField &tokens)
{
    tokens.require_fields({"runs_of", "at_least", "pattern", "group"});
    const bool is_runs = tokens.has("runs_of");
    if (is_runs == tokens.has("pattern")) tokens.refuse("has to have either \"runs_of\" or \"pattern\"");
    const JsonField rule = tokens.at(is_runs ? "runs_of" : "pattern");
    const std::string text = rule.text();
    try {
        if (is_runs) return runs(text, tokens.has("at_least") ? tokens.at("at_least").whole(1, 1000) : 1);
        return matches(text, tokens.has("group") ? static_cast<int>(tokens.at("group").whole(0, 1)) : 0);
    } catch (const Failure &failure) {
        if (failure.code == TX_E_MODEL && failure.message.find('"') == std::string::npos) rule.refuse(failure.message);
        throw;
    }
}

std::unique_ptr<Tokenizer> tokenizer(const JsonField &file)
{
    const bool lowercase = !file.has("lowercase") || file.at("lowercase").boolean();
    const Accents accents =
        file.has("strip_accents")
            ? choice<Accents>(file.at("strip_accents"), {{"ascii", Accents::ascii_only}, {"unicode", Accents::strip}})
            : Accents::keep;
    std::unordered_set<std::string> stop_words;
    if (file.has("stop_words"))
        for (std::string &word : file.at("stop_words").texts()) stop_words.insert(std::move(word));
    return std::make_unique<Tokenizer>(Normaliser(lowercase, accents), token_rule(file.at("tokens")),
                                       std::move(stop_words));
}

Features features(const JsonField &file)
{
    Features features;
    features.tokenizer = tokenizer(file);
    if (file.has("ngram_range")) {
        const JsonField range = file.at("ngram_range");
        if (range.count() != 2) range.refuse("has not two numbers, the least and the most tokens of an n-gram");
        features.least_ngram = range[0].whole(1, 20);
        features.most_ngram = range[1].whole(features.least_ngram, 20);
    }
    const JsonField vocabulary = file.at("vocabulary");
    if (vocabulary.count() == 0) vocabulary.refuse("is empty");
    for (std::size_t i = 0; i < vocabulary.count(); i++)
        if (!features.vocabulary.add(vocabulary[i].text()))
            vocabulary[i].refuse("has been there before: \"" + vocabulary[i].text() + "\"");
    features.binary = file.has("binary") && file.at("binary").boolean();
    features.sublinear = file.has("sublinear_tf") && file.at("sublinear_tf").boolean();
    if (file.has("idf")) features.idf = file.at("idf").numbers(features.vocabulary.size(), "the number of terms is");
    if (file.has("norm")) features.norm = choice<Norm>(file.at("norm"), {{"l1", Norm::l1}, {"l2", Norm::l2}});
    return features;
}

std::vector<std::string> labels(const JsonField &field)
{
    std::vector<std::string> labels = field.texts();
    std::set<std::string> seen;
    for (std::size_t i = 0; i < labels.size(); i++) {
        if (labels[i].empty() || labels[i].find('\0') != std::string::npos) field[i].refuse("is empty or has a NUL");
        if (!seen.insert(labels[i]).second) field[i].refuse("has been there before: \"" + labels[i] + "\"");
    }
    return labels;
}

// How many rows of weights the link wants.
std::size_t expected_rows(const JsonField &file, Link link, std::size_t labels)
{
    if (link == Link::logistic && labels != 2)
        file.at("labels").refuse("has " + std::to_string(labels) + " labels; the link \"logistic\" is for two");
    if (labels < (link == Link::multilabel ? 1u : 2u)) file.at("labels").refuse("has too few labels");
    return rows_of(link, labels);
}

Member member(const JsonField &field, std::size_t rows, std::size_t columns, bool calibrated)
{
    field.require_fields({"weights", "intercepts", "platt"});
    const JsonField weights = field.at("weights");
    if (weights.count() != rows)
        weights.refuse("has " + std::to_string(weights.count()) + " rows; labels and link want " +
                       std::to_string(rows));
    // Before there is room for them: two long lists of names and empty rows are a small file.
    for (std::size_t row = 0; row < rows; row++) weights[row].require_count(columns, "the number of terms is");
    Member member;
    member.weights.resize(rows * columns);
    for (std::size_t row = 0; row < rows; row++) {
        const std::vector<double> numbers = weights[row].numbers(columns, "the number of terms is");
        for (std::size_t column = 0; column < columns; column++) member.weights[column * rows + row] = numbers[column];
    }
    member.intercepts = field.at("intercepts").numbers(rows, "the number of rows is");
    if (field.has("platt") != calibrated)
        field.refuse(calibrated ? "lacks \"platt\", which the link \"calibrated\" wants"
                                : "has \"platt\", which is for the link \"calibrated\" alone");
    if (!calibrated) return member;
    const JsonField platt = field.at("platt");
    if (platt.count() != rows) platt.refuse("has not one pair for each of " + std::to_string(rows) + " rows");
    for (std::size_t row = 0; row < rows; row++) {
        const std::vector<double> pair = platt[row].numbers(2, "a pair has");
        member.platt.emplace_back(pair[0], pair[1]);
    }
    return member;
}

} // namespace

Features read_features_json(std::string_view bytes, const std::string &name, const Call &call)
{
    const Json json = parse_json(bytes, name, call);
    const JsonField file(json, name, "");
    file.require_fields(feature_fields);
    require_format(file);
    return features(file);
}

ModelFile read_json(std::string_view bytes, const std::string &name, const Call &call)
{
    const Json json = parse_json(bytes, name, call);
    const JsonField file(json, name, "");
    if (json.is_object()) require_format(file);
    std::vector<std::string_view> fields = feature_fields;
    fields.insert(fields.end(), {"labels", "members", "link"});
    file.require_fields(fields);

    ModelFile model;
    model.features = features(file);
    const Link link = choice<Link>(file.at("link"), {{"none", Link::none},
                                                     {"logistic", Link::logistic},
                                                     {"softmax", Link::softmax},
                                                     {"one-vs-rest", Link::one_vs_rest},
                                                     {"modified-huber", Link::modified_huber},
                                                     {"calibrated", Link::calibrated},
                                                     {"multilabel", Link::multilabel}});
    std::vector<std::string> names = labels(file.at("labels"));
    const std::size_t rows = expected_rows(file, link, names.size());
    const JsonField members = file.at("members");
    const bool calibrated = link == Link::calibrated;
    if (members.count() == 0 || (!calibrated && members.count() > 1))
        members.refuse("has " + std::to_string(members.count()) +
                       " members; only the link \"calibrated\" averages over several");
    std::vector<Member> read;
    for (std::size_t i = 0; i < members.count(); i++)
        read.push_back(member(members[i], rows, model.features.vocabulary.size(), calibrated));
    const std::size_t columns = model.features.vocabulary.size();
    model.decision = std::make_unique<Decision>(link, std::move(names), std::move(read), columns);
    return model;
}

} // namespace linear
