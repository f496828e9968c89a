#include "decision.hpp"

#include "textexplain/failure.hpp"

namespace linear {

namespace {

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

double huber(double x) { return (std::min(std::max(x, -1.0), 1.0) + 1) / 2; }

} // namespace

std::size_t rows_of(Link link, std::size_t labels)
{
    if (link == Link::multilabel) return labels;
    if (labels < 2 || (link == Link::logistic && labels != 2)) return 0;
    const bool is_one_for_two = link == Link::none || link == Link::logistic || link == Link::modified_huber ||
                                link == Link::calibrated;
    return labels == 2 && is_one_for_two ? 1 : labels;
}

// Those that read files have refused such members before, with the place in the file. Scores are written without
// looking again, so this stands between a reader that forgets something and memory that is not ours.
Decision::Decision(Link link, std::vector<std::string> labels, std::vector<Member> members, std::size_t columns)
    : link_(link), labels_(std::move(labels)), members_(std::move(members)),
      rows_(members_.empty() ? 0 : members_[0].intercepts.size())
{
    const auto require = [](bool holds, const char *what) {
        if (!holds) throw textexplain::Failure{TX_E_INTERNAL, std::string("a linear model of another shape: ") + what};
    };
    require(!members_.empty() && (link == Link::calibrated || members_.size() == 1), "members and link");
    const bool has_row_a_label = link == Link::none && labels_.size() >= 2 && rows_ == labels_.size();
    require(rows_ > 0 && (rows_ == rows_of(link, labels_.size()) || has_row_a_label), "rows, labels and link");
    for (const Member &member : members_) {
        require(member.intercepts.size() == rows_, "intercepts and rows");
        require(member.weights.size() % rows_ == 0 && member.weights.size() / rows_ == columns, "weights and columns");
        require(member.platt.size() == (link == Link::calibrated ? rows_ : 0), "pairs of Platt's and rows");
    }
}

int Decision::output_kind() const
{
    if (link_ == Link::none) return TX_OUT_MARGIN;
    return link_ == Link::multilabel ? TX_OUT_MULTILABEL : TX_OUT_PROBABILITY;
}

// Neumaier's compensated summation: the sums are right to the last digits, whatever their terms.
void Decision::sum(const Member &member, const std::vector<Feature> &features, const textexplain::Call &call)
{
    Pace pace(call);
    sums_ = member.intercepts;
    rests_.assign(rows_, 0);
    for (const Feature &feature : features) {
        pace.worked(rows_);
        const double *weights = member.weights.data() + feature.column * rows_;
        for (std::size_t row = 0; row < rows_; row++) {
            const double term = feature.value * weights[row], before = sums_[row], after = before + term;
            rests_[row] += std::abs(before) >= std::abs(term) ? (before - after) + term : (term - after) + before;
            sums_[row] = after;
        }
    }
    for (std::size_t row = 0; row < rows_; row++) sums_[row] += rests_[row];
}

// Divides by the sum; where nothing is left, all labels are equally likely.
void Decision::normalise(double *out) const
{
    double total = 0;
    for (std::size_t i = 0; i < rows_; i++) total += out[i];
    for (std::size_t i = 0; i < rows_; i++) out[i] = total > 0 ? out[i] / total : 1 / static_cast<double>(rows_);
}

void Decision::scores(const std::vector<Feature> &features, const textexplain::Call &call, double *out)
{
    const std::size_t outputs = labels_.size();
    if (link_ == Link::calibrated) {
        std::fill(out, out + outputs, 0.0);
        chances_.resize(outputs);
        for (const Member &member : members_) {
            sum(member, features, call);
            const auto platt = [&](std::size_t row) {
                return -(member.platt[row].first * sums_[row] + member.platt[row].second);
            };
            if (rows_ == 1) {
                chances_[0] = logistic(-platt(0));
                chances_[1] = logistic(platt(0));
            } else {
                for (std::size_t row = 0; row < rows_; row++) chances_[row] = logistic(platt(row));
                normalise(chances_.data());
            }
            for (std::size_t i = 0; i < outputs; i++) out[i] += chances_[i];
        }
        for (std::size_t i = 0; i < outputs; i++) out[i] /= static_cast<double>(members_.size());
        return;
    }

    sum(members_[0], features, call);
    if (rows_ == 1 && outputs == 2) {
        const auto of = [this](double x) {
            return link_ == Link::none ? x : link_ == Link::logistic ? logistic(x) : huber(x);
        };
        out[0] = of(-sums_[0]);
        out[1] = of(sums_[0]);
        return;
    }
    const double most = *std::max_element(sums_.begin(), sums_.end());
    for (std::size_t row = 0; row < rows_; row++) {
        const double x = sums_[row];
        switch (link_) {
        case Link::none: out[row] = x; break;
        case Link::softmax: out[row] = std::exp(x - most); break;
        case Link::modified_huber: out[row] = huber(x); break;
        default: out[row] = logistic(x);
        }
    }
    if (link_ != Link::none && link_ != Link::multilabel) normalise(out);
}

bool Decision::is_linear() const
{
    return link_ == Link::none || link_ == Link::logistic || link_ == Link::softmax || link_ == Link::multilabel;
}

template <typename Row> double Decision::logit(std::size_t output, Row row) const
{
    if (rows_ == 1 && labels_.size() == 2) return output == 1 ? row(0) : -row(0);
    if (link_ == Link::softmax && rows_ == 2) return row(output) - row(1 - output);
    return row(output);
}

double Decision::weight(std::uint32_t column, std::size_t output) const
{
    return logit(output, [&](std::size_t row) { return members_[0].weights[column * rows_ + row]; });
}

double Decision::intercept(std::size_t output) const
{
    return logit(output, [&](std::size_t row) { return members_[0].intercepts[row]; });
}

} // namespace linear
