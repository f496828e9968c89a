#include "output.hpp"

#include <limits>

namespace textexplain {

Output::Output(Fields fields)
{
    name_ = fields.text("name");
    labels_ = fields.texts("labels");
    if (labels_.empty()) throw fields.wrong("labels", "is missing: the names of the model's classes, in their order");
    if (std::set<std::string>(labels_.begin(), labels_.end()).size() != labels_.size())
        throw fields.wrong("labels", "names a label twice");

    const auto activation = fields.choice("activation", {"softmax", "sigmoid", "none"});
    if (!activation)
        throw fields.wrong("activation", "is missing: softmax, sigmoid, or none where the model applies its own");
    const std::vector<std::string> kinds = {"probability", "multilabel", "logProbability",
                                            "logit",       "regression", "margin"};
    const auto kind = fields.choice("kind", kinds);
    if ((*activation == "none") != kind.has_value())
        throw fields.wrong("kind", "goes with the activation none: probability, multilabel, logProbability, logit, "
                                   "regression or margin");
    pair_ = *activation == "sigmoid" && labels_.size() == 2 && fields.boolean("pair").value_or(false);
    if (fields.has("pair") && *fields.boolean("pair") && !pair_)
        throw fields.wrong("pair", "goes with the activation sigmoid and two labels");
    if (kind)
        for (std::size_t i = 0; i < kinds.size(); i++)
            if (*kind == kinds[i]) kind_ = static_cast<int>(i) + TX_OUT_PROBABILITY;
    if (*activation == "softmax") activation_ = Activation::softmax, kind_ = TX_OUT_PROBABILITY;
    if (*activation == "sigmoid")
        activation_ = Activation::sigmoid, kind_ = pair_ ? TX_OUT_PROBABILITY : TX_OUT_MULTILABEL;
    fields.finish();
}

void Output::bind(const Session &session)
{
    const auto wrong = [&session](const std::string &what) {
        return Failure{TX_E_MODEL, what + "; " + session.ports()};
    };
    const auto &outputs = session.outputs();
    if (name_) {
        for (const Port &port : outputs)
            if (port.name == *name_) port_ = port;
        if (port_.name.empty()) throw wrong("the model has no output \"" + *name_ + "\"");
    } else if (outputs.size() == 1) {
        port_ = outputs[0];
    } else {
        throw wrong("which of the model's outputs is meant has to be named in textexplain.json");
    }
    if (port_.type != ort::type_float && port_.type != ort::type_double)
        throw wrong("the output \"" + port_.name + "\" is of type " + type_name(port_.type) +
                    " and not of float or double");
    const std::size_t columns = pair_ ? 1 : labels_.size();
    const std::size_t rank = port_.dimensions.size();
    const bool fits = rank == 2 ? port_.dimensions[1] < 0 || port_.dimensions[1] == static_cast<std::int64_t>(columns)
                                : rank == 1 && columns == 1;
    if (!fits)
        throw wrong("textexplain.json names " + std::to_string(labels_.size()) + " labels, which the output \"" +
                    port_.name + "\" does not fit");
}

void Output::write(const Tensor &result, std::size_t rows, const std::vector<std::size_t> &texts,
                   const Scores &scores) const
{
    const std::size_t columns = pair_ ? 1 : labels_.size();
    const auto dimensions = result.is_tensor() ? result.dimensions() : std::vector<std::int64_t>();
    const bool fits = !dimensions.empty() && dimensions.size() <= 2 &&
                      dimensions[0] == static_cast<std::int64_t>(rows) &&
                      (dimensions.size() == 1 ? 1 : dimensions[1]) == static_cast<std::int64_t>(columns) &&
                      result.type() == port_.type;
    if (!fits) {
        std::string shape;
        for (const auto size : dimensions) shape += (shape.empty() ? "" : ", ") + std::to_string(size);
        throw Failure{TX_E_MODEL, "the model answers " + std::to_string(rows) + " texts with a tensor [" + shape +
                                      "] in \"" + port_.name + "\", which does not fit " +
                                      std::to_string(labels_.size()) + " labels"};
    }
    const void *const data = result.data();
    std::vector<double> values(columns);
    for (std::size_t i = 0; i < texts.size(); i++) {
        for (std::size_t j = 0; j < columns; j++)
            values[j] = port_.type == ort::type_float ? static_cast<const float *>(data)[i * columns + j]
                                                      : static_cast<const double *>(data)[i * columns + j];
        double *const row = scores.row(texts[i]);
        if (activate(values.data(), columns, row)) continue;
        std::fill(row, row + labels_.size(), std::numeric_limits<double>::quiet_NaN());
        scores.flag(texts[i], TX_ROW_FAILED);
    }
}

// False where the model's numbers are none.
bool Output::activate(const double *values, std::size_t count, double *row) const
{
    for (std::size_t j = 0; j < count; j++)
        if (!std::isfinite(values[j])) return false;
    const auto logistic = [](double z) { return z >= 0 ? 1 / (1 + std::exp(-z)) : std::exp(z) / (1 + std::exp(z)); };
    switch (activation_) {
    case Activation::none: std::copy(values, values + count, row); break;
    case Activation::sigmoid:
        if (pair_) {
            row[0] = logistic(-values[0]);
            row[1] = logistic(values[0]);
            break;
        }
        for (std::size_t j = 0; j < count; j++) row[j] = logistic(values[j]);
        break;
    case Activation::softmax: {
        const double most = *std::max_element(values, values + count);
        double sum = 0;
        for (std::size_t j = 0; j < count; j++) sum += row[j] = std::exp(values[j] - most);
        for (std::size_t j = 0; j < count; j++) row[j] /= sum;
    }
    }
    return true;
}

void Output::write_rule(std::size_t output, double *row) const
{
    std::fill(row, row + labels_.size(), 0.0);
    row[output] = 1;
}

} // namespace textexplain
