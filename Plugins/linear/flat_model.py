"""What a file of the format textexplain-linear/1 says about texts, in a few lines of numpy.

The second reading of the format beside the plugin's, and independent of scikit-learn: the exporter compares the three.
"""

import json
import unicodedata

import numpy as np

from token_pattern import for_python


class FlatModel:
    """A model as read from its JSON object."""

    def __init__(self, model):
        self.model = model
        self.find_tokens = for_python(model["tokens"]).findall
        self.stop_words = frozenset(model.get("stop_words") or ())
        self.columns = {term: column for column, term in enumerate(model["vocabulary"])}
        self.members = [
            (np.array(member["weights"]), np.array(member["intercepts"]), np.array(member.get("platt") or []))
            for member in model["members"]
        ]

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))

    def ngrams(self, text):
        """The n-grams of a text, in no particular order."""
        if self.model.get("lowercase", True):
            text = text.lower()
        if kind := self.model.get("strip_accents"):
            decomposed = unicodedata.normalize("NFKD", text)
            text = "".join(
                c for c in decomposed if (c.isascii() if kind == "ascii" else not unicodedata.combining(c)))
        tokens = [token for token in self.find_tokens(text) if token not in self.stop_words]
        least, most = self.model.get("ngram_range", (1, 1))
        return [" ".join(tokens[i:i + n])
                for n in range(least, most + 1) for i in range(len(tokens) - n + 1)]

    def features(self, text):
        """The numbers that the weights belong to, a dense row."""
        row = np.zeros(len(self.columns))
        for ngram in self.ngrams(text):
            if ngram in self.columns:
                row[self.columns[ngram]] += 1
        present = row > 0
        if self.model.get("binary"):
            row[present] = 1
        if self.model.get("sublinear_tf"):
            row[present] = 1 + np.log(row[present])
        if self.model.get("idf") is not None:
            row *= self.model["idf"]
        norms = {"l1": lambda: np.abs(row).sum(), "l2": lambda: np.sqrt((row**2).sum())}
        size = norms[self.model["norm"]]() if self.model.get("norm") else 0
        return row / size if size > 0 else row

    def scores(self, texts):
        """A row of scores for each text, as the plugin gives them."""
        return np.vstack([self.scores_of(text) for text in texts])

    def scores_of(self, text):
        features = self.features(text)
        outputs = [self.link((features @ weights.T + intercepts)[None], platt)
                   for weights, intercepts, platt in self.members]
        return sum(outputs) / len(outputs)

    def link(self, sums, platt):
        """From the sums of one member, a column a row of weights, to scores."""
        link, is_pair = self.model["link"], sums.shape[1] < len(self.model["labels"])
        if link == "none":
            return np.hstack([-sums, sums]) if is_pair else sums
        if link == "softmax":
            chances = np.exp(sums - sums.max(axis=1, keepdims=True))
        elif link == "modified-huber":
            chances = (np.clip(sums, -1, 1) + 1) / 2
        else:
            if link == "calibrated":
                sums = -(platt[:, 0] * sums + platt[:, 1])
            with np.errstate(over="ignore"):
                chances = 1 / (1 + np.exp(-sums))
        if is_pair:
            return np.hstack([1 - chances, chances])
        if link == "multilabel":
            return chances
        total = chances.sum(axis=1, keepdims=True)
        return np.where(total > 0, chances / np.where(total > 0, total, 1), 1 / chances.shape[1])
