// network.hpp - a loaded fastText model and the scores of its labels.
#pragma once

#include "line.hpp"
#include "ngram_work.hpp"

#include <istream>

#include <fasttext/fasttext.h>
#include <fasttext/loss.h>

namespace textexplain {

// Rows of the input matrix: words and n-grams, in the order of the text.
using Features = std::vector<std::int32_t>;

// fastText's logarithm, which never sees 0.
inline float smoothed_log(float probability) { return static_cast<float>(std::log(probability + 1e-5)); }

// The hierarchical softmax with a way to its tree. Labels are its first nodes, and each other node comes behind its
// children; a label's probability is the product of the turns from the last node, the root, down to it.
class Tree : public fasttext::HierarchicalSoftmaxLoss {
public:
    using HierarchicalSoftmaxLoss::HierarchicalSoftmaxLoss;

    // What `predict` of the base class finds for all labels, in the same arithmetic of floats, but not sorted.
    void smoothed(const fasttext::Vector &hidden, std::vector<double> &row)
    {
        logs_.resize(tree_.size());
        logs_.back() = 0;
        for (std::size_t node = tree_.size(); node-- > row.size();) {
            const float right = static_cast<float>(1. / (1 + std::exp(-turn(hidden, node))));
            logs_[child(tree_[node].left)] = logs_[node] + smoothed_log(static_cast<float>(1. - right));
            logs_[child(tree_[node].right)] = logs_[node] + smoothed_log(right);
        }
        for (std::size_t label = 0; label < row.size(); label++) row[label] = std::exp(logs_[label]);
    }

    void exact(const fasttext::Vector &hidden, std::vector<double> &row)
    {
        products_.resize(tree_.size());
        products_.back() = 1;
        for (std::size_t node = tree_.size(); node-- > row.size();) {
            const double score = turn(hidden, node);
            products_[child(tree_[node].left)] = products_[node] / (1 + std::exp(score));
            products_[child(tree_[node].right)] = products_[node] / (1 + std::exp(-score));
        }
        std::copy_n(products_.begin(), row.size(), row.begin());
    }

private:
    float turn(const fasttext::Vector &hidden, std::size_t node) const
    {
        return wo_->dotRow(hidden, static_cast<std::int64_t>(node) - osz_);
    }
    static std::size_t child(std::int32_t node) { return static_cast<std::size_t>(node); }

    std::vector<float> logs_;
    std::vector<double> products_;
};

// libfasttext's own classes, called where `FastText::predict` calls them, with three differences: the host is asked
// now and then whether to go on; nothing is sorted by score; and a text without any known word or n-gram, to which
// fastText gives no answer, has the zero vector.
class Network : fasttext::FastText {
public:
    explicit Network(const std::string &path)
    {
        loadModel(path);
        work_per_byte_ = NgramWork(args_->minn, args_->maxn).of_byte();
        state_ = std::make_unique<fasttext::Model::State>(args_->dim, dict_->nlabels(), 0);
        switch (args_->loss) {
        case fasttext::loss_name::softmax: loss_ = std::make_unique<fasttext::SoftmaxLoss>(output_); break;
        case fasttext::loss_name::hs: {
            auto tree = std::make_unique<Tree>(output_, dict_->getCounts(fasttext::entry_type::label));
            tree_ = tree.get();
            loss_ = std::move(tree);
            break;
        }
        // Trained differently, read alike: a logistic function for each label.
        case fasttext::loss_name::ova:
        case fasttext::loss_name::ns: loss_ = std::make_unique<fasttext::OneVsAllLoss>(output_);
        }
    }
    Network(const Network &) = delete;
    Network &operator=(const Network &) = delete;

    bool is_softmax() const { return args_->loss == fasttext::loss_name::softmax; }
    bool is_distribution() const { return is_softmax() || tree_; }
    std::size_t label_count() const { return static_cast<std::size_t>(dict_->nlabels()); }
    std::size_t dimension() const { return static_cast<std::size_t>(args_->dim); }
    std::string label(std::size_t i) const { return dict_->getLabel(static_cast<std::int32_t>(i)); }

    // Whether the features of some words in a row are those of each, in a row.
    bool reads_word_by_word() const { return args_->wordNgrams == 1; }

    // What fastText reads of a text as a line, the line end included; may be changed, and lasts until the next call.
    // Throws TX_E_TOO_LONG for a word whose n-grams would take libfasttext longer than a host has to wait in silence.
    Features &features(std::string_view text, Call call)
    {
        line_.set(text, call);
        if (line_.longest_word() * work_per_byte_ > most_work)
            throw Failure{TX_E_TOO_LONG, "a word of " + std::to_string(line_.longest_word()) +
                                             " bytes, where the model's n-grams of up to " +
                                             std::to_string(args_->maxn) + " characters allow for " +
                                             std::to_string(most_work / work_per_byte_)};
        in_.clear();
        dict_->getLine(in_, features_, labels_in_text_);
        return features_;
    }

    // What `fasttext predict-prob MODEL - -1 -1` prints for a text with these features, by label.
    void predict(const Features &features, Call call, std::vector<double> &row)
    {
        average(features, call);
        if (tree_) return tree_->smoothed(state_->hidden, row);
        loss_->computeOutput(*state_);
        for (std::size_t i = 0; i < row.size(); i++)
            row[i] = std::exp(smoothed_log(state_->output[static_cast<std::int64_t>(i)]));
    }

    // The same in double precision, by the formula and not by fastText's tables, and without the 0.00001 that
    // fastText adds to a probability before it takes the logarithm.
    void predict_exactly(const Features &features, Call call, std::vector<double> &row)
    {
        average(features, call);
        if (tree_) return tree_->exact(state_->hidden, row);
        for (std::size_t i = 0; i < row.size(); i++)
            row[i] = output_->dotRow(state_->hidden, static_cast<std::int64_t>(i));
        if (!is_softmax()) {
            for (auto &score : row) score = 1 / (1 + std::exp(-score));
            return;
        }
        const double most = *std::max_element(row.begin(), row.end());
        double sum = 0;
        for (auto &score : row) sum += score = std::exp(score - most);
        for (auto &score : row) score /= sum;
    }

private:
    // Fills in the hidden layer: the mean of the features' vectors.
    void average(const Features &features, Call call)
    {
        fasttext::Vector &hidden = state_->hidden;
        hidden.zero();
        for (std::size_t i = 0; i < features.size(); i++) {
            if (i % 4096 == 4095) call.poll();
            hidden.addRow(*input_, features[i]);
        }
        if (!features.empty()) hidden.mul(static_cast<float>(1.0 / static_cast<double>(features.size())));
    }

    static constexpr std::uint64_t most_work = 50'000'000; // 50 ms

    std::uint64_t work_per_byte_ = 0;
    std::unique_ptr<fasttext::Model::State> state_;
    std::unique_ptr<fasttext::Loss> loss_; // refers to output_
    Tree *tree_ = nullptr;                 // loss_, if it is one
    Line line_;
    std::istream in_{&line_};
    Features features_, labels_in_text_;
};

} // namespace textexplain
