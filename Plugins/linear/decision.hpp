// decision.hpp - from features to scores.
#pragma once

#include "features.hpp"

namespace linear {

// What is made of the sums.
enum class Link {
    none,           // margins; with one row for two labels, that of the second label, and its negative for the first
    logistic,       // one row for two labels: the log-odds of the second
    softmax,        // a row a label
    one_vs_rest,    // a row a label: logistic functions, divided by their sum
    modified_huber, // (clip(sum, -1, 1) + 1) / 2, divided by their sum where there are more than two labels
    calibrated,     // Platt's logistic functions, divided by their sum where more than two, averaged over the members
    multilabel,     // a row a label: logistic functions, each for itself
};

// Weights for every column and row, and what is added to the rows' sums.
struct Member {
    std::vector<double> weights; // the rows of column 0, then of column 1, ...
    std::vector<double> intercepts;
    std::vector<std::pair<double, double>> platt; // (a, b) of 1 / (1 + exp(a * sum + b)) for each row
};

// How many rows a link wants for so many labels; 0 where it is not for so many.
std::size_t rows_of(Link link, std::size_t labels);

class Decision {
public:
    // Throws TX_E_INTERNAL where the members have not the shape that link, labels and columns want: one row for two
    // labels where rows_of says so (`none` takes two rows as well), a row a label otherwise.
    Decision(Link link, std::vector<std::string> labels, std::vector<Member> members, std::size_t columns);

    const std::vector<std::string> &labels() const { return labels_; }
    int output_kind() const;

    // Writes a score for each label. Complexity: features * rows * members, summed in the order of the features.
    void scores(const std::vector<Feature> &features, const textexplain::Call &call, double *out);

    // Whether the logits, as linear/1 has them, are sums over the features.
    bool is_linear() const;
    // What one unit of a feature adds to the logit of an output. For decisions that are linear.
    double weight(std::uint32_t column, std::size_t output) const;
    double intercept(std::size_t output) const;

private:
    // The row and the sign of an output's logit; two rows where it is a difference.
    template <typename Row> double logit(std::size_t output, Row row) const;
    void sum(const Member &member, const std::vector<Feature> &features, const textexplain::Call &call);
    void normalise(double *out) const;

    Link link_;
    std::vector<std::string> labels_;
    std::vector<Member> members_;
    std::size_t rows_;
    std::vector<double> sums_, rests_, chances_;
};

} // namespace linear
