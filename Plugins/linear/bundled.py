#!/usr/bin/env python3
"""Trains the model that the plugin has built in, and writes it as `bundled_model.hpp` (or to the path given).

    bundled.py [PATH]

Words counted, a logistic function of their sum, weights of four decimals: small, and the same bytes on every machine.
"""

import json
import pathlib
import sys

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from export_sklearn import flatten  # noqa: E402

WIDTH = 116
ABOUT = "English reviews, negative or positive; trained on corpora/reviews.tsv (CC0-1.0) by Plugins/linear/bundled.py"


def reviews():
    """The texts and labels of corpora/reviews.tsv."""
    lines = (HERE.parents[1] / "corpora" / "reviews.tsv").read_text(encoding="utf-8").splitlines()[1:]
    labels, _, texts = zip(*(line.split("\t") for line in lines))
    return list(texts), list(labels)


def train():
    """A pipeline whose weights are rounded."""
    texts, labels = reviews()
    vectorizer = CountVectorizer()
    # Newton's method ends so near the optimum that rounding hides what differs between machines.
    classifier = LogisticRegression(solver="newton-cholesky", tol=1e-12, C=0.3)
    classifier.fit(vectorizer.fit_transform(texts), labels)
    classifier.coef_ = np.round(classifier.coef_, 4)
    classifier.intercept_ = np.round(classifier.intercept_, 4)
    return vectorizer, classifier


def header(model):
    """The model as a string literal of C++, in lines of bearable length."""
    lines = [""]
    for item in json.dumps(model, ensure_ascii=True, separators=(",\n", ":")).split("\n"):
        if len(lines[-1]) + len(item) > WIDTH and lines[-1]:
            lines.append("")
        lines[-1] += item
    body = "\n".join(lines)
    return ("// bundled_model.hpp - made by bundled.py; not to be edited.\n"
            f'constexpr char bundled_model[] = R"json({body})json";\n')


if __name__ == "__main__":
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "bundled_model.hpp"
    path.write_text(header(flatten(train(), about=ABOUT)), encoding="utf-8")
