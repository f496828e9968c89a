// features.hpp - from tokens to the numbers that a linear model weighs.
#pragma once

#include "tokens.hpp"

#include <cmath>
#include <deque>
#include <optional>
#include <unordered_map>

namespace linear {

// The columns of the model, by term.
class Vocabulary {
public:
    // Returns false where the term is there already.
    bool add(std::string term)
    {
        terms_.push_back(std::move(term));
        return columns_.emplace(terms_.back(), static_cast<std::uint32_t>(terms_.size() - 1)).second;
    }
    std::optional<std::uint32_t> column(std::string_view term) const
    {
        const auto found = columns_.find(term);
        return found == columns_.end() ? std::nullopt : std::optional(found->second);
    }
    const std::string &term(std::size_t column) const { return terms_[column]; }
    std::size_t size() const { return terms_.size(); }

private:
    std::deque<std::string> terms_; // which stay where they are, because the keys point to them
    std::unordered_map<std::string_view, std::uint32_t> columns_;
};

// How often each column occurs in one text.
class Counts {
public:
    explicit Counts(std::size_t columns) : counts_(columns) {}

    void clear()
    {
        for (const std::uint32_t column : found_) counts_[column] = 0;
        found_.clear();
    }
    void add(std::uint32_t column)
    {
        if (counts_[column]++ == 0) found_.push_back(column);
    }
    std::uint32_t operator[](std::uint32_t column) const { return counts_[column]; }

    // The columns that occur, ascending: whatever is summed over them is summed in one order.
    const std::vector<std::uint32_t> &columns()
    {
        std::sort(found_.begin(), found_.end());
        return found_;
    }

private:
    std::vector<std::uint32_t> counts_;
    std::vector<std::uint32_t> found_;
};

enum class Norm { none, l1, l2 };

// A column and its number.
struct Feature {
    std::uint32_t column;
    double value;
};

// What a model counts, and what it makes of the counts.
struct Features {
    std::unique_ptr<Tokenizer> tokenizer;
    Vocabulary vocabulary;
    std::size_t least_ngram = 1, most_ngram = 1; // tokens of an n-gram
    bool binary = false;                         // a term is there or not
    bool sublinear = false;                      // 1 + ln(count)
    std::vector<double> idf;                     // empty, or a factor for each column
    Norm norm = Norm::none;

    // Calls found(column, first token, tokens) for each n-gram of at least `shortest` tokens that has a column.
    // Complexity: n-grams, each with its bytes.
    template <typename Found>
    void ngrams(const Tokens &tokens, std::size_t shortest, const textexplain::Call &call, Found found) const
    {
        Pace pace(call);
        for (std::size_t n = std::max(least_ngram, shortest); n <= std::min(most_ngram, tokens.list.size()); n++)
            for (std::size_t i = 0; i + n <= tokens.list.size(); i++) {
                const std::string_view ngram = tokens.ngram(i, n);
                if (const auto column = vocabulary.column(ngram)) found(*column, i, n);
                pace.worked(8 + ngram.size());
            }
    }

    // Replaces `out` by the features of a text, in the order of columns. Equal counts make equal bits.
    void values(Counts &counts, std::vector<Feature> &out) const
    {
        out.clear();
        double size = 0;
        for (const std::uint32_t column : counts.columns()) {
            double value = binary ? 1.0 : counts[column];
            if (sublinear) value = std::log(value) + 1;
            if (!idf.empty()) value *= idf[column];
            size += norm == Norm::l1 ? std::abs(value) : value * value;
            out.push_back({column, value});
        }
        if (norm == Norm::none || size == 0) return;
        if (norm == Norm::l2) size = std::sqrt(size);
        for (Feature &feature : out) feature.value /= size;
    }
};

} // namespace linear
