// plugin.cpp - the descriptor.
#include "linear_model.hpp"

namespace {

const tx_option_spec model = {
    sizeof model, TX_OPTION_FILE, "model",
    "a JSON file that Plugins/linear/export_sklearn.py wrote from a fitted scikit-learn pipeline, or a text model of "
    "liblinear (with vocabulary=); without it, a small bundled model of English reviews",
    "", nullptr};

const tx_option_spec vocabulary = {
    sizeof vocabulary, TX_OPTION_FILE, "vocabulary",
    "for a model of liblinear: its features, one term a line in the order of their numbers, or a JSON file as "
    "export_sklearn.py writes it, less labels, members and link",
    "", nullptr};

tx_classifier descriptor() noexcept
{
    tx_classifier table = {};
    table.id = "org.textexplain.linear";
    table.name = "linear";
    table.version = "1.0.0";
    table.vendor = "textexplain";
    table.license = "Apache-2.0";
    table.description = "bag-of-n-grams linear models, from scikit-learn or liblinear";
    return table;
}

} // namespace

extern "C" TX_EXPORT const tx_library *textexplain_plugin_v1(std::uint32_t)
{
    static const textexplain::Library<linear::LinearModel> library(descriptor(), {&model, &vocabulary});
    return library.table();
}
