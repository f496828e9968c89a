// linear_model.hpp - an open model, as the plugin's kit wants it.
#pragma once

#include "masked_text.hpp"
#include "model_file.hpp"

#include "textexplain/plugin.hpp"

namespace linear {

class LinearModel {
public:
    using Masked = MaskedText;

    LinearModel(const textexplain::Options &options, textexplain::Log log, textexplain::Call call);

    const textexplain::Info &info() const { return *info_; }
    void predict(textexplain::Call call, const tx_text *texts, std::size_t count, textexplain::Scores out);
    const void *extension(std::string_view id) const;

    // masked/1. The scores have the same bits as those of the rendered text: equal counts are summed in one order.
    std::unique_ptr<Masked> prepare(textexplain::Call call, const tx_masking &what);
    void score(Masked &masked, textexplain::Call call, const std::uint64_t *masks, std::size_t rows,
               std::size_t words_per_mask, textexplain::Scores out);

    // tokens/1. The tokens that are counted, stop words passed over, with their columns.
    void tokenize(std::string_view text, textexplain::Sink<tx_token> sink);

    // linear/1. Where a feature's number is not a multiple of its count, its occurrences share it equally.
    double terms(std::string_view text, std::uint32_t output, textexplain::Sink<tx_term> sink);

private:
    void read(std::string_view text, const textexplain::Call &call);
    void write_scores(const textexplain::Call &call, double *row);
    bool terms_are_independent() const;

    ModelFile model_;
    std::unique_ptr<textexplain::Info> info_;
    bool is_independent_ = false;
    std::unique_ptr<Counts> counts_;
    Tokens tokens_;
    std::vector<Feature> values_;
};

} // namespace linear
