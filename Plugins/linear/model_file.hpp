// model_file.hpp - what the files of a model say.
#pragma once

#include "decision.hpp"

#include "textexplain/call.hpp"

namespace linear {

// A model of either format. All numbers are finite and at most `greatest` in size, so that no sum can overflow.
struct ModelFile {
    Features features;
    std::unique_ptr<Decision> decision;
};

constexpr double greatest = 1e100;

// The beginning of what a file says, in quotes, for messages: files may hold anything, messages are UTF-8.
std::string quoted(std::string_view text);

// The format textexplain-linear/1, which README.md describes. `name` is the file's, for messages; throws TX_E_MODEL.
ModelFile read_json(std::string_view bytes, const std::string &name, const textexplain::Call &call);

// The part of that format that says how texts become features: all but labels, members and link.
Features read_features_json(std::string_view bytes, const std::string &name, const textexplain::Call &call);

// A list of terms, one a line in the order of columns: runs of two or more letters, digits and underscores, lower-cased
// and counted, in n-grams of as many tokens as the longest term has.
Features read_terms(std::string_view bytes, const std::string &name);

// A text model as liblinear saves it, for features read from elsewhere. Throws TX_E_MODEL.
std::unique_ptr<Decision> read_liblinear(std::string_view bytes, const std::string &name, const Features &features,
                                         const std::string &features_name, const textexplain::Call &call);

} // namespace linear
