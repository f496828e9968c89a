"""linear.so against scikit-learn, on the very models, and against what is known of linear models."""

import random

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Perceptron, RidgeClassifier, SGDClassifier
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from linear_helpers import NASTY, ROOT, corpus, cut, export, opened, predictions, texts_of, wild
from plugin_abi import Linear, rendered

CLOSE = 1e-12
CLASSIFIERS = {
    "LogisticRegression": lambda: LogisticRegression(C=5, max_iter=40),
    "LinearSVC": lambda: LinearSVC(),
    "SGDClassifier, hinge": lambda: SGDClassifier(random_state=1),
    "SGDClassifier, log_loss": lambda: SGDClassifier(loss="log_loss", random_state=1),
    "SGDClassifier, modified_huber": lambda: SGDClassifier(loss="modified_huber", random_state=1),
    "Perceptron": lambda: Perceptron(random_state=1),
    "RidgeClassifier": lambda: RidgeClassifier(),
    "MultinomialNB": lambda: MultinomialNB(),
    "ComplementNB": lambda: ComplementNB(),
    "ComplementNB, norm": lambda: ComplementNB(norm=True),
    "CalibratedClassifierCV": lambda: CalibratedClassifierCV(LinearSVC(), cv=3),
    "CalibratedClassifierCV, one": lambda: CalibratedClassifierCV(LogisticRegression(), cv=3, ensemble=False),
}
VECTORIZERS = {
    "counts": lambda: [CountVectorizer()],
    "tf-idf of pairs": lambda: [TfidfVectorizer(ngram_range=(1, 2), stop_words="english")],
    "l1, sublinear": lambda: [CountVectorizer(ngram_range=(2, 3), lowercase=False, token_pattern=r"(?u)\b\w+\b"),
                              TfidfTransformer(norm="l1", sublinear_tf=True)],
    "binary, pattern, accents": lambda: [TfidfVectorizer(binary=True, use_idf=False, strip_accents="unicode",
                                                         token_pattern=r"\w+|[^\w\s]", norm=None)],
}


@pytest.fixture(scope="module")
def reviews():
    return corpus()


def every_text(texts, vocabulary):
    return NASTY + wild(60, seed=1) + texts_of(vocabulary, 40) + texts[::3] + [" ".join(texts[:40])]


@pytest.mark.parametrize("classifier", CLASSIFIERS)
@pytest.mark.parametrize("many", [False, True], ids=["two labels", "four labels"])
def test_scores_are_those_of_scikit_learn(classifier, many, reviews, tmp_path):
    texts, opinions, topics = reviews
    for vectorizer in list(VECTORIZERS.values())[1 if many else 0:3 if many else 4]:
        pipeline = make_pipeline(*vectorizer(), CLASSIFIERS[classifier]())
        pipeline.fit(texts, topics if many else opinions)
        export(pipeline, tmp_path / "model.json")
        asked = every_text(texts, sorted(pipeline[0].vocabulary_))
        expected = predictions(pipeline, asked)
        with opened(model=tmp_path / "model.json") as model:
            assert model.labels == sorted(set(topics if many else opinions))
            scores = model.predict(asked)
            assert np.max(np.abs(scores - expected) / np.maximum(1, np.abs(expected))) <= CLOSE
            assert np.array_equal(scores[7:9], model.predict(asked[7:9])), "a row depends on its batch"


@pytest.mark.parametrize("vectorizer", VECTORIZERS)
def test_a_mask_scores_like_its_text_to_the_bit(vectorizer, reviews, tmp_path):
    texts, opinions, _ = reviews
    pipeline = make_pipeline(*VECTORIZERS[vectorizer](), LogisticRegression()).fit(texts, opinions)
    export(pipeline, tmp_path / "model.json")
    draw = random.Random(2)
    with opened(model=tmp_path / "model.json") as model:
        changed = 0
        for text in NASTY[3:] + wild(25, seed=3) + texts[:6] + [" ".join(texts[:20])]:
            text = text.encode()
            pieces = cut(text, draw)
            masks = [[draw.random() < 0.6 for _ in pieces] for _ in range(24)]
            for filler in (None, b"_", b"", b" great ", "Σ’".encode()):
                expected = model.predict([rendered(text, pieces, mask, filler or b"") for mask in masks])
                assert np.array_equal(model.masked(text, pieces, masks, filler), expected), (text, pieces, filler)
                changed += len(np.unique(expected[:, 0])) > 1
        assert changed > 25, "masks that change nothing show nothing"


def test_an_unnormalised_model_explains_itself(reviews, tmp_path, textexplain):
    """Margins are weight x count: so are Shapley values and LIME's weights, and linear/1 says the same."""
    texts, opinions, _ = reviews
    pipeline = make_pipeline(CountVectorizer(), LinearSVC()).fit(texts, opinions)
    export(pipeline, tmp_path / "model.json")
    weights = dict(zip(pipeline[0].get_feature_names_out(), pipeline[1].coef_[0]))
    text = "The film was great, great fun and not bad at all"
    words = text.replace(",", "").split()
    of_word = [weights.get(word.lower(), 0) for word in words]
    assert sum(weight != 0 for weight in of_word) > 5

    common = ["--plugin", "linear", "--option", f"model={tmp_path / 'model.json'}", "--space", "raw", "--label", "positive"]
    document = textexplain.explain(text, *common)
    assert document["prediction"]["outputKind"] == "margin"
    assert textexplain.values(document) == pytest.approx(of_word, abs=1e-9)
    assert document["explanations"][0]["baseValue"] == pytest.approx(pipeline[1].intercept_[0], abs=1e-12)

    of_type = {word: words.count(word) * weight for word, weight in zip(words, of_word)}
    stable = textexplain.explain(text, *common, "--method", "lime", "--lime-mode", "stable")["explanations"][0]
    assert stable["fidelity"] == pytest.approx(1, abs=1e-12)
    assert [a["value"] for a in stable["attributions"]] == pytest.approx(list(of_type.values()), abs=1e-9)
    # lime's own regression has a ridge, which takes a few thousandths off.
    lime = document["explanations"][1]
    assert lime["fidelity"] == pytest.approx(1, abs=1e-4)
    assert [a["value"] for a in lime["attributions"]] == pytest.approx(list(of_type.values()), abs=5e-3)

    with opened(model=tmp_path / "model.json") as model:
        assert model.extension("textexplain.linear/1", Linear).terms_are_independent
        for output, sign in ((0, -1), (1, 1)):
            bias, terms = model.terms(text, output)
            found = {text.encode()[begin:end].decode(): value for begin, end, value, _ in terms}
            assert found == {word: pytest.approx(sign * weight) for word, weight in zip(words, of_word) if weight}
            assert bias == pytest.approx(sign * pipeline[1].intercept_[0])


def test_the_logit_of_the_bundled_model_is_a_sum_too(textexplain):
    text = "A warm and clever film, but the ending was terrible, terrible."
    document = textexplain.explain(text, "--plugin", "linear", "--space", "logit", "--label", "positive", "--method", "shapley")
    with opened() as model:
        bias, terms = model.terms(text, 1)
        assert model.extension("textexplain.linear/1", Linear).terms_are_independent
    explanation = document["explanations"][0]
    by_begin = {begin: value for begin, _, value, _ in terms}
    expected = [by_begin.get(token["utf8"][0], 0) for token in document["tokens"] if token["kind"] == "word"]
    assert [a["value"] for a in explanation["attributions"]] == pytest.approx(expected, abs=1e-9)
    assert explanation["baseValue"] == pytest.approx(bias, abs=1e-9)


@pytest.mark.parametrize("text, tokens, terms, sums, shapley", [
    # Less the smiley, two words are a third: v = 1, 2, 9 without it, 1, 2, 3 with it.
    ("good👍bad", "words", {"good": 1, "bad": 2, "goodbad": 9}, [1, 0, 2], [2, -2, 3]),
    ("good-bad", "all", {"good": 1, "bad": 2, "goodbad": 9}, [1, 0, 2], [2, -2, 3]),
    # Where the hyphen is no player, it stays, and the values are the terms.
    ("good-bad", "words", {"good": 1, "bad": 2, "goodbad": 9}, [1, 2], [1, 2]),
    # ICU cuts 电影|很好|看, three players in one run of letters: v = 3 for the last two without the first, 0 otherwise.
    ("电影很好看", "words", {"很好看": 3}, [0, 0, 0], [-1, 0.5, 0.5]),
], ids=lambda value: value if isinstance(value, str) else "")
def test_shapley_values_are_sums_of_terms_unless_taking_words_away_joins_others(text, tokens, terms, sums, shapley, tmp_path,
                                                                                textexplain):
    import json
    (tmp_path / "model").write_text(json.dumps(
        {"format": "textexplain-linear/1", "tokens": {"runs_of": r"[\p{L}]"}, "vocabulary": list(terms), "labels": ["no", "yes"],
         "link": "logistic", "members": [{"weights": [list(terms.values())], "intercepts": [0]}]}))
    document = textexplain.explain(text, "--plugin", "linear", "--option", f"model={tmp_path / 'model'}", "--space", "logit",
                                   "--label", "yes", "--method", "shapley", "--tokens", tokens)
    with opened(model=tmp_path / "model") as model:
        _, found = model.terms(text, 1)
    players = [document["tokens"][p["tokens"][0]]["utf8"] for p in document["explanations"][0]["attributions"]]
    assert [sum(value for b, e, value, _ in found if begin <= b and e <= end) for begin, end in players] == sums
    assert textexplain.values(document) == pytest.approx(shapley, abs=1e-9)


@pytest.mark.parametrize("classifier, many, offered", [
    ("LogisticRegression", False, True), ("LogisticRegression", True, True), ("MultinomialNB", False, True),
    ("LinearSVC", True, True), ("SGDClassifier, log_loss", True, False), ("SGDClassifier, modified_huber", False, False),
    ("CalibratedClassifierCV", False, False)])
def test_terms_add_up_to_the_logit_where_there_is_one(classifier, many, offered, reviews, tmp_path):
    texts, opinions, topics = reviews
    pipeline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), CLASSIFIERS[classifier]())
    export(pipeline.fit(texts, topics if many else opinions), tmp_path / "model.json")
    with opened(model=tmp_path / "model.json") as model:
        linear = model.extension("textexplain.linear/1", Linear)
        assert bool(linear) == offered
        if not offered:
            return
        assert not linear.terms_are_independent
        for text in texts[:10]:
            sums = np.array([bias + sum(term[2] for term in terms)
                             for bias, terms in (model.terms(text, k) for k in range(len(model.labels)))])
            row = model.predict([text])[0]
            if classifier == "LinearSVC":
                made = sums
            elif len(sums) == 2:
                made = 1 / (1 + np.exp(-sums))
            else:
                made = np.exp(sums - sums.max()) / np.exp(sums - sums.max()).sum()
            assert made == pytest.approx(row, abs=1e-12)


def test_profanity_is_what_the_package_says(models, reviews):
    import joblib

    import importlib.util
    import pathlib
    folder = pathlib.Path(importlib.util.find_spec("profanity_check").origin).parent / "data"
    pair = joblib.load(folder / "vectorizer.joblib"), joblib.load(folder / "model.joblib")
    texts = every_text(reviews[0], sorted(pair[0].vocabulary_)[::50]) + ["you are a fool", "damn this stupid crap"]
    with opened(model=models / "linear" / "profanity.json") as model:
        assert model.labels == ["clean", "profane"]
        scores = model.predict(texts)
    assert np.max(np.abs(scores - predictions(pair, texts))) <= CLOSE
    assert scores[-1][1] > 0.8 > 0.2 > scores[0][1]


@pytest.mark.parametrize("name", [None, "profanity", "reviews-tfidf"])
def test_plugin_check(name, models, textexplain):
    options = ["--option", f"model={models / 'linear' / name}.json"] if name else []
    said = textexplain.run("plugin", "check", "linear", "--level", "4", *options, timeout=300).stdout
    lines = [line for line in said.splitlines() if line[:1].isdigit() and line[1:2] == " "]
    # On a busy machine loading may be called slow. Where a model is no sum, there is no linear/1.
    odd = [line for line in lines if line.split()[2] != "pass" and "loading takes" not in line and "times as long" not in line]
    assert len(lines) >= 44 and all("skip    no linear/1" in line for line in odd), said
    assert len(odd) == (name == "profanity"), said


def test_the_bundled_model_is_made_again_to_the_byte(tmp_path):
    import subprocess
    import sys
    subprocess.run([sys.executable, ROOT / "Plugins/linear/bundled.py", tmp_path / "again.hpp"], check=True)
    assert (tmp_path / "again.hpp").read_bytes() == (ROOT / "Plugins/linear/bundled_model.hpp").read_bytes()


def test_the_bundled_model_knows_reviews(reviews):
    texts, opinions, _ = reviews
    with opened() as model:
        guesses = [model.labels[k] for k in model.predict(texts).argmax(axis=1)]
    assert np.mean([guess == opinion for guess, opinion in zip(guesses, opinions)]) > 0.9
