#include "model_file.hpp"

#include "textexplain/failure.hpp"

#include <unicode/utf8.h>

#include <charconv>
#include <map>
#include <set>
#include <unordered_set>

namespace linear {

namespace {

using textexplain::Call;
using textexplain::Failure;

// The words of a file, one after the other.
class Words {
public:
    Words(std::string_view bytes, const std::string &name, const Call &call) : rest_(bytes), name_(name), call_(call) {}

    [[noreturn]] void refuse(const std::string &wrong) const { throw Failure{TX_E_MODEL, name_ + ": " + wrong}; }

    bool is_at_end()
    {
        rest_.remove_prefix(std::min(rest_.size(), rest_.find_first_not_of(" \t\r\n")));
        return rest_.empty();
    }
    std::string_view next(const std::string &what)
    {
        if (++words_ % 4096 == 0) call_.poll();
        if (is_at_end()) refuse("ends before " + what + "; the file is truncated");
        const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t\r\n"));
        rest_.remove_prefix(word.size());
        return word;
    }
    template <typename Number> Number number(const std::string &what)
    {
        const std::string_view word = next(what);
        Number number{};
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error != std::errc() || end != word.data() + word.size())
            refuse(what + " is " + quoted(word) + ", not a number");
        return number;
    }
    double weight(const std::string &what)
    {
        const double weight = number<double>(what);
        if (!(std::abs(weight) <= greatest)) refuse(what + " is not finite or beyond ±1e100");
        return weight;
    }

private:
    std::string_view rest_;
    const std::string &name_;
    const Call &call_;
    std::size_t words_ = 0;
};

struct Header {
    std::string solver;
    long classes = 0, features = 0;
    double bias = 0;
    std::vector<std::string> labels;
};

Header header(Words &words)
{
    Header header;
    std::set<std::string_view> seen;
    for (;;) {
        const std::string_view key = words.next("\"w\"");
        if (key == "w") break;
        // Of two nr_class, one would count the labels and the other the weights.
        if (!seen.insert(key).second) words.refuse("the field " + quoted(key) + " is there twice");
        if (key == "solver_type") {
            header.solver = words.next("solver_type");
        } else if (key == "nr_class") {
            header.classes = words.number<long>("nr_class");
            if (header.classes < 2 || header.classes > 100000) words.refuse("nr_class is no number from 2 to 100000");
        } else if (key == "nr_feature") {
            header.features = words.number<long>("nr_feature");
        } else if (key == "bias") {
            header.bias = words.weight("bias");
        } else if (key == "label") {
            if (header.classes == 0) words.refuse("label comes before nr_class, or nr_class is missing");
            for (long i = 0; i < header.classes; i++)
                header.labels.push_back(std::to_string(words.number<long>("label " + std::to_string(i + 1))));
        } else {
            words.refuse("unknown field " + quoted(key));
        }
    }
    return header;
}

// What each of liblinear's solvers for classification trains.
const std::map<std::string, bool> gives_probabilities = {
    {"L2R_LR", true},         {"L2R_LR_DUAL", true},          {"L1R_LR", true},
    {"L2R_L2LOSS_SVC", false}, {"L2R_L2LOSS_SVC_DUAL", false}, {"L2R_L1LOSS_SVC_DUAL", false},
    {"L1R_L2LOSS_SVC", false}, {"MCSVM_CS", false}};

} // namespace

std::string quoted(std::string_view text)
{
    std::string shown = "\"";
    const auto length = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 40));
    for (std::int32_t at = 0; at < length;) {
        UChar32 character;
        U8_NEXT(text.data(), at, length, character);
        append_utf8(character < 0x20 ? U'?' : static_cast<char32_t>(character), shown);
    }
    return shown + "\"";
}

std::unique_ptr<Decision> read_liblinear(std::string_view bytes, const std::string &name, const Features &features,
                                         const std::string &features_name, const Call &call)
{
    Words words(bytes, name, call);
    Header header = linear::header(words);
    const auto solver = gives_probabilities.find(header.solver);
    if (solver == gives_probabilities.end())
        words.refuse("solver_type " + quoted(header.solver) + " is none of liblinear's classifiers");
    if (header.classes == 0) words.refuse("nr_class is missing");
    if (header.labels.empty()) words.refuse("label is missing");
    if (header.labels.size() != static_cast<std::size_t>(header.classes))
        words.refuse("nr_class is " + std::to_string(header.classes) + ", and label has " +
                     std::to_string(header.labels.size()) + " labels");
    const std::size_t columns = features.vocabulary.size();
    if (header.features != static_cast<long>(columns))
        words.refuse("nr_feature is " + std::to_string(header.features) + ", and " + features_name + " has " +
                     std::to_string(columns) + " terms");
    std::unordered_set<std::string_view> labels;
    for (const std::string &label : header.labels)
        if (!labels.insert(label).second) words.refuse("label " + label + " is there twice");

    // Of two labels liblinear keeps the row of the first (but for MCSVM_CS), and this plugin that of the second.
    const bool is_one_row = header.classes == 2 && header.solver != "MCSVM_CS";
    const std::size_t rows = is_one_row ? 1 : static_cast<std::size_t>(header.classes);
    Member member;
    const auto read_row_of_weights = [&](const std::string &what, double factor, std::vector<double> &out) {
        for (std::size_t row = 0; row < rows; row++) {
            const double weight = factor * words.weight(what);
            out.push_back(is_one_row ? -weight : weight);
        }
    };
    for (std::size_t column = 0; column < columns; column++)
        read_row_of_weights("the weight of feature " + std::to_string(column + 1), 1, member.weights);
    if (header.bias >= 0) {
        read_row_of_weights("the weight of the bias", header.bias, member.intercepts);
        for (const double intercept : member.intercepts)
            if (std::abs(intercept) > greatest) words.refuse("bias times its weight is beyond ±1e100");
    } else {
        member.intercepts.assign(rows, 0);
    }
    if (!words.is_at_end()) words.refuse("more weights than nr_class and nr_feature make");

    const Link link = !solver->second ? Link::none : is_one_row ? Link::logistic : Link::one_vs_rest;
    std::vector<Member> members;
    members.push_back(std::move(member));
    return std::make_unique<Decision>(link, std::move(header.labels), std::move(members), columns);
}

Features read_terms(std::string_view bytes, const std::string &name)
{
    Features features;
    std::size_t line = 0;
    while (!bytes.empty()) {
        line++;
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        std::string_view term = bytes.substr(0, end);
        bytes.remove_prefix(std::min(bytes.size(), end + 1));
        if (!term.empty() && term.back() == '\r') term.remove_suffix(1);
        const auto where = [&] { return name + ", line " + std::to_string(line) + ": "; };
        if (term.empty()) throw Failure{TX_E_MODEL, where() + "an empty term; the vocabulary has one term a line"};
        if (!features.vocabulary.add(std::string(term)))
            throw Failure{TX_E_MODEL, where() + quoted(term) + " has been there before"};
        const auto blanks = static_cast<std::size_t>(std::count(term.begin(), term.end(), ' '));
        features.most_ngram = std::max(features.most_ngram, std::min<std::size_t>(blanks + 1, 20));
    }
    if (features.vocabulary.size() == 0)
        throw Failure{TX_E_MODEL, name + " is empty; the vocabulary has one term a line"};
    features.tokenizer = std::make_unique<Tokenizer>(Normaliser(true, Accents::keep), runs("[\\p{L}\\p{N}_]", 2),
                                                     std::unordered_set<std::string>());
    return features;
}

} // namespace linear
