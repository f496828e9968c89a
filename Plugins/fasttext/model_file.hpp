// model_file.hpp - looks through a model file before libfasttext loads it.
#pragma once

#include "model_reader.hpp"
#include "ngram_work.hpp"

#include <fasttext/args.h>
#include <fasttext/dictionary.h>

namespace textexplain {

// libfasttext believes a model file: it makes room for any number that it reads, loops over it and takes it for an
// index. This walks through the file in the same order and refuses what would make it crash, hang or ask for absurd
// memory.
class ModelFile {
public:
    // Throws TX_E_MODEL, naming the file and what is wrong with it.
    ModelFile(const std::string &path, Call call) : in_(path, call)
    {
        read_arguments();
        read_dictionary();
        const bool quantized = read_flag("the input matrix");
        // A pruned dictionary has renumbered the n-grams that were kept.
        const std::int64_t ngrams = pruned_ >= 0 ? pruned_ : uses_ngrams() ? bucket_ : 0;
        if (!quantized && pruned_ >= 0)
            in_.refuse("from a version of fastText that pruned without quantizing; train it anew");
        read_matrix(quantized, "the input matrix", words_ + ngrams);
        const bool quantized_output = read_flag("the output matrix") && quantized;
        if (read_matrix(quantized_output, "the output matrix", labels_) != labels_)
            in_.refuse("damaged: the output matrix has another number of rows than there are labels");
        if (in_.left() != 0) in_.refuse("damaged: it goes on behind its output matrix");
    }

    std::string id() { return in_.id(); }

private:
    void read_arguments()
    {
        const char *what = "the arguments of training";
        constexpr std::int32_t magic = 793712314;
        if (in_.left() < sizeof magic || in_.number<std::int32_t>(what) != magic)
            in_.refuse("not a fastText model (.bin or .ftz)");
        const std::int32_t version = in_.number<std::int32_t>(what);
        if (version != 11 && version != 12)
            in_.refuse("a fastText model of format " + std::to_string(version) + ", where 11 and 12 can be read");
        std::int32_t field[12];
        for (auto &value : field) value = in_.number<std::int32_t>(what);
        in_.number<double>(what);

        dimension_ = between(field[0], 1, 1 << 20, "dim");
        ngram_words_ = between(field[5], 1, 255, "wordNgrams");
        between(field[6], 1, 4, "loss");
        if (between(field[7], 1, 3, "model") != static_cast<int>(fasttext::model_name::sup))
            in_.refuse("word vectors (skipgram or cbow), not a classifier: it has no labels; train with "
                       "`fasttext supervised`");
        bucket_ = between(field[8], 0, INT32_MAX, "bucket");
        shortest_ngram_ = between(field[9], 0, 255, "minn");
        // Supervised models of format 11 had no n-grams of characters; libfasttext ignores what they say.
        longest_ngram_ = version == 11 ? 0 : between(field[10], 0, 255, "maxn");
        if (uses_ngrams() && bucket_ == 0) in_.refuse("damaged: it has n-grams, but bucket is 0");
    }

    void read_dictionary()
    {
        const char *what = "the dictionary";
        const std::int32_t size = in_.number<std::int32_t>(what);
        words_ = between(in_.number<std::int32_t>(what), 0, INT32_MAX, "number of words");
        labels_ = between(in_.number<std::int32_t>(what), 1, INT32_MAX, "number of labels");
        if (words_ + labels_ != size) in_.refuse("damaged: words and labels are not all that the dictionary has");
        in_.number<std::int64_t>(what);
        pruned_ = in_.number<std::int64_t>(what);
        in_.need(static_cast<std::uint64_t>(size), 10, what);
        const NgramWork ngrams(shortest_ngram_, longest_ngram_);
        std::uint64_t work = 0;
        for (std::int64_t i = 0; i < size; i++) {
            work += ngrams.of(in_.string(what, longest_word));
            if (work > most_work)
                in_.refuse("the words of its dictionary are too many or too long for n-grams of up to " +
                           std::to_string(longest_ngram_) + " characters, which libfasttext would be busy with too long; "
                           "train it with a smaller -maxn or a larger -minCount");
            const std::int64_t count = in_.number<std::int64_t>(what);
            const auto type = in_.number<fasttext::entry_type>(what);
            if (type != (i < words_ ? fasttext::entry_type::word : fasttext::entry_type::label))
                in_.refuse("damaged: in the dictionary, words do not come before labels");
            // The tree of the hierarchical softmax takes 1e15 for infinity.
            if (count < 0 || count >= 1'000'000'000'000'000)
                in_.refuse("damaged: a word or label was never seen that often");
        }
        if (pruned_ > 0) in_.need(static_cast<std::uint64_t>(pruned_), 8, what);
        for (std::int64_t i = 0; i < pruned_; i++) {
            in_.number<std::int32_t>(what);
            const std::int32_t kept = in_.number<std::int32_t>(what);
            if (kept < 0 || kept >= pruned_) in_.refuse("damaged: an n-gram that was kept has no vector");
        }
    }

    // The number of rows, at least `least`.
    std::int64_t read_matrix(bool quantized, const char *what, std::int64_t least)
    {
        const std::string in_matrix = std::string("damaged: in ") + what;
        const bool with_norms = quantized && read_flag(what);
        const auto rows = in_.number<std::int64_t>(what), columns = in_.number<std::int64_t>(what);
        if (rows < least || columns != dimension_)
            in_.refuse(in_matrix + ", the shape does not fit the dictionary and dim");
        if (!quantized) {
            in_.need(static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(columns) * sizeof(float), what);
            in_.weights(static_cast<std::uint64_t>(rows * columns), what);
            return rows;
        }
        const std::int64_t codes = in_.number<std::int32_t>(what);
        if (codes < rows) in_.refuse(in_matrix + ", there are fewer codes than rows");
        in_.skip(static_cast<std::uint64_t>(codes), what);
        if (read_quantizer(what, columns) * rows != codes) in_.refuse(in_matrix + ", the codes do not fit the rows");
        if (with_norms) {
            in_.skip(static_cast<std::uint64_t>(rows), what);
            read_quantizer(what, 1);
        }
        return rows;
    }

    // The number of codes for each row of a product quantizer.
    std::int64_t read_quantizer(const char *what, std::int64_t columns)
    {
        const std::int64_t dim = in_.number<std::int32_t>(what), parts = in_.number<std::int32_t>(what),
                           part = in_.number<std::int32_t>(what), last = in_.number<std::int32_t>(what);
        if (dim != columns || part < 1 || last < 1 || last > part || parts < 1 || (parts - 1) * part + last != dim)
            in_.refuse(std::string("damaged: in ") + what + ", the quantizer does not fit dim");
        in_.weights(static_cast<std::uint64_t>(dim) * 256, what);
        return parts;
    }

    bool read_flag(const char *what)
    {
        const auto flag = in_.number<std::uint8_t>(what);
        if (flag > 1) in_.refuse(std::string("damaged: before ") + what + ", neither yes nor no");
        return flag == 1;
    }

    std::int32_t between(std::int32_t value, std::int32_t least, std::int32_t most, const char *field) const
    {
        if (value < least || value > most)
            in_.refuse(std::string("damaged: ") + field + " is " + std::to_string(value));
        return value;
    }

    bool uses_ngrams() const { return longest_ngram_ > 0 || ngram_words_ > 1; }

    // As long as a text may be.
    static constexpr std::size_t longest_word = std::size_t{1} << 18;
    // libfasttext makes the n-grams of all words as it opens a file, and asks nobody whether to go on: for seconds, not
    // minutes. Two million words of 10 letters with minn 3 and maxn 6 come to 1.8 billion, or 2.2 if they are Cyrillic.
    static constexpr std::uint64_t most_work = 3'000'000'000;

    ModelReader in_;
    std::int32_t dimension_ = 0, ngram_words_ = 1, shortest_ngram_ = 0, longest_ngram_ = 0, bucket_ = 0;
    std::int64_t words_ = 0, labels_ = 0, pruned_ = -1;
};

} // namespace textexplain
