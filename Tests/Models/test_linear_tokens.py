"""How linear.so reads texts, against Python's `re`, `str.lower` and `unicodedata`: over all of Unicode where that can be."""

import json
import re
import sys
import time
import unicodedata

import numpy as np
import pytest

from linear_helpers import NASTY, FlatModel, Refusal, corpus, opened, translate, wild
from plugin_abi import PluginError, asking

# Assigned in this Python's Unicode; the plugin's may be newer. Surrogates are no characters of UTF-8.
CHARACTERS = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) not in ("Cn", "Cs")]
ANYTHING = {"runs_of": r"[\x{0}-\x{10FFFF}]"}


def margins(folder, tokens, terms, texts, weights=None, **fields):
    """The margins of a model that adds up the weights (1, 2, 3, ... unless given) of the terms it finds."""
    weights = list(range(1, len(terms) + 1)) if weights is None else weights
    model = {"format": "textexplain-linear/1", "tokens": tokens, "lowercase": False, "vocabulary": terms,
             "labels": ["no", "yes"], "link": "none", "members": [{"weights": [weights], "intercepts": [0]}]} | fields
    (folder / "model.json").write_text(json.dumps(model))
    with opened(model=folder / "model.json") as opened_model:
        return opened_model.predict(texts)[:, 1]


@pytest.mark.parametrize("pattern", [r"\w+", r"\d+", r"\s+"])
def test_categories_hold_the_characters_that_they_hold_for_python(pattern, tmp_path):
    inside = re.compile(pattern).fullmatch
    found = margins(tmp_path, translate(pattern), CHARACTERS, CHARACTERS)
    expected = [index + 1 if inside(c) else 0 for index, c in enumerate(CHARACTERS)]
    assert [(hex(ord(c)), f) for c, f, e in zip(CHARACTERS, found, expected) if f != e] == []


@pytest.mark.parametrize("fields, change", [
    ({"lowercase": True}, str.lower),
    ({"strip_accents": "unicode"},
     lambda text: "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))),
    ({"strip_accents": "ascii"}, lambda text: unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()),
], ids=["lowercase", "unicode", "ascii"])
def test_characters_become_what_they_become_in_python(fields, change, tmp_path):
    texts = [c for c in CHARACTERS if change(c) != c] + wild(2000, seed=9)
    terms = sorted({change(text) for text in texts} - {""})
    column = {term: index + 1 for index, term in enumerate(terms)}
    found = margins(tmp_path, ANYTHING, terms, texts, **fields)
    wrong = [(text, f) for text, f in zip(texts, found) if f != column.get(change(text), 0)]
    assert wrong == []


PATTERNS = [
    r"(?u)\b\w\w+\b", r"\w+", r"\b\w+\b", r"(?u)\b\w{3,}\b", r"[a-z]{3,}", r"\S+", r"[^\W\d_]+", r"\b[^\d\W]+\b", r"(?a)\w+",
    r"\b\w{2,5}\b", r"(?u)\b(\w\w+)'s\b", r"(?:(x)|\w)\w*", r"[A-Za-z]+(?:['’-][A-Za-z]+)*", r"\w+|[^\w\s]", r"[\W_]\w",
    r"(?<!\w)[a-z]+?(?=\W|$)", r"(?s).\w", r"^\w+|\w+$", r"(?x) \w+  # words", r"\d+(?:[.,]\d+)*|\w+", "[^-.]+?\\b",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_find_the_tokens_that_python_finds(pattern, tmp_path):
    texts = NASTY + wild(400, seed=4) + corpus()[0]
    tokens = [re.findall(pattern, text) for text in texts]
    terms = sorted(set(sum(tokens, [])))
    assert terms
    weights = [float(weight) for weight in np.random.default_rng(1).integers(1, 10**9, len(terms))]
    of = dict(zip(terms, weights))
    found = margins(tmp_path, translate(pattern), terms, texts, weights)
    assert [(text, f) for text, f, ts in zip(texts, found, tokens) if f != sum(of[t] for t in ts)] == []
    # The exporter's own reading, by which it finds wrong translations.
    flat = FlatModel(json.loads((tmp_path / "model.json").read_text()))
    assert [sorted(flat.ngrams(text)) for text in texts] == [sorted(ts) for ts in tokens]


@pytest.mark.parametrize("pattern, why", [
    (r"(\w+)\1", "GROUPREF"), (r"(?i)[a-z]+", "flags"), (r"(?m)^\w+", "flags"), (r"\w*", "empty string"), (r"(a)(b)", "group"),
    (r"\B\w+", "BOUNDARY"), (r"(?i:a)\w", "flags"), (r"(a)?(?(1)b|c)", "GROUPREF_EXISTS")])
def test_patterns_that_cannot_be_translated_are_refused(pattern, why):
    with pytest.raises(Refusal, match=why):
        translate(pattern)


def test_ngrams_pass_over_stop_words_and_unknown_words(tmp_path):
    terms = ["not good", "good film", "not", "a b c"]
    texts = ["not very good", "not the good", "not good film", "a the b c", "a b x c"]
    found = margins(tmp_path, {"runs_of": "[a-z]"}, terms, texts, [1, 10, 100, 1000], ngram_range=[1, 3], stop_words=["the"])
    assert found.tolist() == [100, 101, 111, 1000, 0]


def test_a_pattern_that_goes_back_for_ever_can_be_stopped(tmp_path, textexplain):
    (tmp_path / "model.json").write_text(json.dumps(
        {"format": "textexplain-linear/1", "tokens": {"pattern": "(?:a+)+b"}, "vocabulary": ["ab"], "labels": ["no", "yes"],
         "link": "none", "members": [{"weights": [[1]], "intercepts": [0]}]}))
    done = textexplain.run("a" * 60, "--plugin", "linear", "--option", f"model={tmp_path / 'model.json'}", "--timeout", "1",
                           code=70)
    assert "signal" not in done.stderr, done.stderr


@pytest.mark.parametrize("fields", [
    {"ngram_range": [1, 20]}, {}, {"stop_words": ["b"], "strip_accents": "unicode"}], ids=str)
def test_the_host_is_asked_often_whatever_the_text(fields, tmp_path):
    """At least every 50 ms of work, with the longest texts there are."""
    (tmp_path / "model").write_text(json.dumps(
        {"format": "textexplain-linear/1", "tokens": {"runs_of": r"[\p{L}]"}, "vocabulary": ["a", "b a"], "labels": ["no", "yes"],
         "link": "none", "members": [{"weights": [[1, 2]], "intercepts": [0]}]} | fields))
    times = []
    call = asking(lambda: times.append(time.thread_time()) or 0)
    with opened(model=tmp_path / "model") as model:
        for text in ("a b " * (1 << 18), "ab" * (1 << 19), "é" * (1 << 19), "éa " * (1 << 18)):
            times.clear()
            model.predict([text], call)
            times.append(time.thread_time())
            assert max(np.diff(times)) < 0.05, text[:4]
        # The second row, so that there is a poll after the first one's n-grams.
        times.clear()
        text = b"a b " * (1 << 18)
        model.masked(text, [(0, 1), (2000, 2001)], [[1, 0], [0, 1]], None, call)
        assert max(np.diff(times)) < 0.05


def test_ngrams_can_be_stopped(tmp_path):
    (tmp_path / "model").write_text(json.dumps(
        {"format": "textexplain-linear/1", "tokens": {"runs_of": "[a-z]"}, "vocabulary": ["a"], "labels": ["no", "yes"],
         "ngram_range": [1, 20], "link": "none", "members": [{"weights": [[1]], "intercepts": [0]}]}))
    text = "a b " * (1 << 18)
    with opened(model=tmp_path / "model") as model:
        for last in (0, 100, 1000):
            left = iter(range(last, -1, -1))
            with pytest.raises(PluginError) as error:
                model.predict([text], asking(lambda: next(left) == 0))
            assert error.value.args[0] == -7 and next(left, None) is None
        assert model.predict(["a b a"])[0][1] == 2, "the instance stays usable"


def test_texts_that_are_not_utf8_are_refused(tmp_path):
    with opened() as model:
        for text in (b"good \xff bad", b"\xed\xa0\x80", b"\xc3", b"\xc0\xaf"):
            with pytest.raises(PluginError, match="not UTF-8 at byte"):
                model.predict([text])
