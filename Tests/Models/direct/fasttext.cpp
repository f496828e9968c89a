// fasttext.cpp - libfasttext without textexplain:  fasttext MODEL [ROUNDS] < TEXTS
#include "lines.hpp"

#include <cmath>
#include <sstream>

#include <fasttext/fasttext.h>

int main(int count, char **arguments)
{
    fasttext::FastText model;
    model.loadModel(std::string(arguments[1]));
    const auto dictionary = model.getDictionary();
    std::vector<double> row(static_cast<std::size_t>(dictionary->nlabels()));
    std::vector<std::int32_t> words, labels;
    fasttext::Predictions predictions;
    std::istringstream in;
    return run(count > 2 ? std::atoi(arguments[2]) : 0, [&](const std::string &text) -> const std::vector<double> & {
        in.clear();
        in.str(text + "\n");
        dictionary->getLine(in, words, labels);
        predictions.clear();
        model.predict(-1, words, predictions, -1);
        for (const auto &[score, label] : predictions) row[static_cast<std::size_t>(label)] = std::exp(score);
        return row;
    });
}
