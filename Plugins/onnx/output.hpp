// output.hpp - how a tensor becomes scores: the part of a model's description that says so.
#pragma once

#include "input.hpp"

#include <textexplain/plugin.hpp>

namespace textexplain {

class Output {
public:
    // Reads the field "output" of a description.
    explicit Output(Fields fields);

    // Finds its port among the outputs, and says what of the description does not fit it.
    void bind(const Session &session);

    const std::string &name() const { return port_.name; }
    int kind() const { return kind_; }
    const std::vector<std::string> &labels() const { return labels_; }

    // Writes the scores of one result: its row i belongs to the text `texts[i]`; rows beyond are padding. Throws
    // TX_E_MODEL where the model answers in another shape than was described.
    void write(const Tensor &result, std::size_t rows, const std::vector<std::size_t> &texts,
               const Scores &scores) const;
    // Writes the scores of a text that a rule has decided.
    void write_rule(std::size_t output, double *row) const;

private:
    enum class Activation { none, softmax, sigmoid };

    bool activate(const double *values, std::size_t count, double *row) const;

    std::optional<std::string> name_;
    std::vector<std::string> labels_;
    Activation activation_ = Activation::none;
    bool pair_ = false; // one number, which is the logit of the second of two labels
    int kind_ = 0;
    Port port_;
};

} // namespace textexplain
