"""onnx.so against ONNX Runtime called from Python, with models that nobody here trained and one that is made here."""

import itertools
import json
import re

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto

import bert
from onnx_helpers import (CONTINUES, CUT, FAILED, RUNTIME, SPECIAL, TRUNCATED, UNKNOWN, OnnxModel, bag, describe,
                          read_vocabulary, softmax, vocabulary)
from plugin_abi import PluginError

TEXTS = [
    "", " ", "You are a damn idiot and I love this film.", "a great film", "What the hell?!", "naïve café", "x" * 300,
    "def main():\n    print('hello')\n", "SELECT name, count(*) FROM users WHERE age > 3 GROUP BY name;", "good\0bad",
    "#include <stdio.h>\nint main(void) { printf(\"hello\\n\"); return 0; }\n", "  padded \n\t", "这部电影非常好看 😀",
]


@pytest.fixture(scope="session")
def folder(models):
    return models / "onnx"


def session(folder):
    return onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])


@pytest.fixture(scope="session")
def tiny(folder):
    return OnnxModel(folder / "tiny")


# ---------------------------------------------------------------------------------------------- strings and bytes

def test_strings_score_as_in_python(folder):
    model, python = OnnxModel(folder / "profanity"), session(folder / "profanity")
    expected = python.run(["probabilities"], {"text": np.array(TEXTS, dtype=object)[:, None]})[0]
    assert np.abs(model.predict(TEXTS) - expected).max() <= 1e-6
    assert model.labels == ["clean", "profane"]


def magika_window(text):
    """The 2,048 numbers that magika reads of a text, by its documentation: None where a rule answers."""
    data = text.encode()
    block = min(4096, len(data))
    first, last = data[:block].lstrip()[:1024], data[len(data) - block:].rstrip()
    last = last[max(0, len(last) - 1024):]
    if len(first) < 8:
        return None
    return list(first) + [256] * (1024 - len(first)) + [256] * (1024 - len(last)) + list(last)


def test_bytes_score_as_in_python(folder):
    model, python = OnnxModel(folder / "magika"), session(folder / "magika")
    texts = TEXTS + ["\n" * 30 + TEXTS[7] + " " * 30, TEXTS[8] * 40, " " * 5000 + TEXTS[8], TEXTS[10] * 20 + " " * 5000]
    scores = model.predict(texts)
    for text, row in zip(texts, scores):
        window = magika_window(text)
        if window is None:
            assert row[model.labels.index("txt")] == 1 and row.sum() == 1, text
        else:
            expected = python.run(None, {python.get_inputs()[0].name: np.array([window], dtype=np.int32)})[0][0]
            assert np.abs(row - expected).max() <= 1e-6, text
    for text, label in ((TEXTS[7], "python"), (TEXTS[10], "c"), (TEXTS[8], "sql")):
        assert model.labels[scores[texts.index(text)].argmax()] == label


def test_a_byte_window_says_what_it_leaves_out(folder):
    model = OnnxModel(folder / "magika")
    assert model.flags(["x" * 2048, "x" * 2049, " " * 3000 + "x" * 100, "x" * 5000]) == [0, TRUNCATED, 0, TRUNCATED]


# --------------------------------------------------------------------------------------------------------- tokens

def test_tokens_score_as_in_python(folder, tiny):
    python, ids = session(folder / "tiny"), read_vocabulary(folder / "tiny" / "vocab.txt")
    for text in TEXTS + bert.NASTY:
        tokens = [ids["[CLS]"], *bert.ids(text, ids)[:62], ids["[SEP]"]]
        row = np.array([tokens])
        logits = python.run(None, {"input_ids": row, "attention_mask": np.ones_like(row),
                                   "token_type_ids": np.zeros_like(row)})[0]
        assert np.abs(tiny.predict([text]) - softmax(logits.astype(float))).max() <= 1e-6, text


SETTINGS = [
    {}, {"lower": False}, {"accents": False}, {"lower": False, "accents": True}, {"ideographs": False},
    {"clean": False},
]
NAMES = {"lower": "lowercase", "accents": "stripAccents", "ideographs": "spaceIdeographs", "clean": "cleanText"}
IN_TOKENIZER = {"lower": "lowercase", "accents": "strip_accents", "ideographs": "handle_chinese_chars",
                "clean": "clean_text"}


def every_character(texts):
    """A vocabulary that spells all that the settings make of the texts, but for every seventh character."""
    seen = sorted({c for text in texts for settings in SETTINGS for word in bert.words(text, **settings) for c in word})
    kept = [c for i, c in enumerate(seen) if i % 7]
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ab", "##ef", "wor", "##ld", "hel", "##lo"] + kept + [
        f"##{c}" for i, c in enumerate(kept) if i % 5]


@pytest.mark.parametrize("source", ["vocab.txt", "tokenizer.json"])
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_wordpiece_equals_the_publication(tmp_path, settings, source):
    texts = [text for text in bert.NASTY if settings.get("clean", True) or "\x7f" not in text]
    pieces = every_character(texts)
    ids = vocabulary(tmp_path, pieces)
    bag(tmp_path, len(pieces))
    tokens = {"kind": "tokens", "vocabulary": source, "maximumTokens": 4096}
    if source == "vocab.txt":
        tokens |= {NAMES[key]: value for key, value in settings.items()}
    else:
        normalizer = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None,
                      "lowercase": True} | {IN_TOKENIZER[key]: value for key, value in settings.items()}
        (tmp_path / source).write_text(json.dumps({
            "normalizer": normalizer, "pre_tokenizer": {"type": "BertPreTokenizer"},
            "added_tokens": [{"id": ids["[MASK]"], "content": "[MASK]", "special": True}],
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": 100, "vocab": {p: i for p, i in ids.items() if p != "[MASK]"}}}))
    model = OnnxModel(describe(tmp_path, tokens))
    table = None
    for text in texts:
        expected = bert.ids(text, ids, **settings)
        # Pieces of one character share its bytes, and only the first of them can be told; sums show all.
        if not any(len(bert.unicodedata.normalize("NFD", c)) > 1 for c in text):
            assert model.ids(text) == expected, text
        table = bag(tmp_path, len(pieces)) if table is None else table
        logits = table[[ids["[CLS]"], *expected, ids["[SEP]"]]].astype(float).sum(0)
        assert np.abs(model.predict([text])[0] - softmax(logits)).max() <= 2e-5, text


def test_tokens_lie_where_the_text_says(tmp_path):
    pieces = ["[UNK]", "[CLS]", "[SEP]", "didn", "'", "t", "play", "##ing", "cafe", "的", "!"]
    vocabulary(tmp_path, pieces)
    bag(tmp_path, len(pieces))
    model = OnnxModel(describe(tmp_path, {"kind": "tokens", "vocabulary": "vocab.txt", "maximumTokens": 12}))

    def told(text):
        return [(text.encode()[begin:end].decode(), pieces[id], flags) for begin, end, id, flags in model.tokens(text)]

    assert told("Didn't  playing!") == [
        ("", "[CLS]", SPECIAL), ("Didn", "didn", 0), ("'", "'", 0), ("t", "t", 0), ("play", "play", 0),
        ("ing", "##ing", CONTINUES), ("!", "!", 0), ("", "[SEP]", SPECIAL)]
    # A mark belongs to the letter that it stands on, and an unknown word is one token.
    assert told("Cafe\u0301, 的的 xyz") == [
        ("", "[CLS]", SPECIAL), ("Cafe\u0301", "cafe", 0), (",", "[UNK]", UNKNOWN), ("的", "的", 0), ("的", "的", 0),
        ("xyz", "[UNK]", UNKNOWN), ("", "[SEP]", SPECIAL)]
    assert told("t " * 12)[10:] == [("t", "t", 0), ("", "[SEP]", SPECIAL), ("t", "t", CUT), ("t", "t", CUT)]
    assert told("") == [("", "[CLS]", SPECIAL), ("", "[SEP]", SPECIAL)]
    assert model.flags(["t " * 10, "t " * 11]) == [0, TRUNCATED]
    assert (model.predict(["t " * 10]) == model.predict(["t " * 40])).all()


def test_the_host_is_asked_while_a_text_becomes_tokens(tmp_path):
    pieces = ["[UNK]", "[CLS]", "[SEP]", "a", "##a", "b" * 1024]
    ids = {piece: i for i, piece in enumerate(pieces)}
    (tmp_path / "tokenizer.json").write_text(json.dumps({
        "normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"},
        "model": {"type": "WordPiece", "max_input_chars_per_word": 1000, "vocab": ids}}))
    bag(tmp_path, len(pieces))
    model = OnnxModel(describe(tmp_path, {"kind": "tokens", "vocabulary": "tokenizer.json", "maximumTokens": 4096}))
    assert model.ids("a" * 1000) == [3] + [4] * 999 and model.ids("a" * 1001) == [0]
    # Each word, each piece of one, and each 8192 characters of what has no blank.
    assert 300 <= model.polls("a " * 300) <= 400
    assert 1000 <= model.polls("a" * 1000) <= 1100
    assert 2**20 / 8192 <= model.polls("a" * 2**20) <= 2000
    assert 2**19 / 8192 <= model.polls("\u0316\u0301" * 2**18) <= 4000
    for text in ("a " * 300, "a" * 1000, "a" * 2**20, "\u0316\u0301" * 2**18):
        with pytest.raises(PluginError) as raised:
            model.polls(text, most=50)
        assert raised.value.args[0] == -7


def test_ranges_are_ascending_and_disjoint_on_character_boundaries(tiny):
    for text in bert.NASTY:
        data, end = text.encode(), 0
        for token in tiny.tokens(data):
            assert end <= token[0] <= token[1] <= len(data), text
            end = token[1]
            data[token[0]:token[1]].decode()  # raises within a character


def test_tokens_are_bytes(tmp_path):
    table = bag(tmp_path, 259)
    model = OnnxModel(describe(tmp_path, {"kind": "tokens", "byteOffset": 3, "maximumTokens": 30,
                                          "special": {"end": 1, "padding": 0}}))
    for text in ("", "a", "é😀", "x" * 29, "x" * 40):
        tokens = [byte + 3 for byte in text.encode()][:29] + [1]
        assert np.abs(model.predict([text])[0] - softmax(table[tokens].astype(float).sum(0))).max() <= 1e-5
    assert [token[:2] for token in model.tokens("aé")] == [(0, 1), (1, 3), (3, 3)]


# ---------------------------------------------------------------------------------------------------- shapes, types

@pytest.mark.parametrize("kind", [TensorProto.INT64, TensorProto.INT32])
@pytest.mark.parametrize("mask", [TensorProto.INT64, TensorProto.FLOAT])
@pytest.mark.parametrize("shape", [("n", "l"), (1, "l"), (3, 16), ("n", 16), (1, 16)], ids=str)
def test_fixed_and_free_dimensions(tmp_path, kind, mask, shape):
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c"]
    ids = vocabulary(tmp_path, pieces)
    table = bag(tmp_path, len(pieces), kind, shape, mask)
    model = OnnxModel(describe(tmp_path, {"kind": "tokens", "vocabulary": "vocab.txt", "maximumTokens": 16}))
    texts = ["", "a", "a b c", "c c c c", "b", "a a a a a a a a a a a a a a a a a a a", "c b"]
    expected = [softmax(table[[2, *bert.ids(text, ids)[:14], 3]].astype(float).sum(0)) for text in texts]
    assert np.abs(model.predict(texts) - expected).max() <= 1e-5


def test_padding_counts_where_there_is_no_mask(tmp_path):
    pieces = ["[PAD]", "[UNK]", "a", "b"]
    vocabulary(tmp_path, pieces)
    table = bag(tmp_path, len(pieces), shape=("n", 5))
    model = OnnxModel(describe(tmp_path, {"kind": "tokens", "vocabulary": "vocab.txt"}))
    for text, row in (("", [0] * 5), ("a b", [2, 3, 0, 0, 0]), ("b b b b b b", [3] * 5)):
        assert np.abs(model.predict([text])[0] - softmax(table[row].astype(float).sum(0))).max() <= 1e-5


def test_texts_together_score_as_alone(folder):
    alone, together = OnnxModel(folder / "tiny"), OnnxModel(folder / "tiny", batch=8)
    texts = TEXTS + bert.NASTY + ["a good film", "a bad film", "no good film"]
    assert np.abs(alone.predict(texts) - together.predict(texts)).max() <= 1e-5
    assert (alone.predict(texts) == np.concatenate([alone.predict([text]) for text in texts])).all()
    assert alone.info.flags & 2 and not together.info.flags & 2 and together.info.preferred_batch == 8


def test_threads_change_nothing(folder, tiny):
    assert np.abs(OnnxModel(folder / "tiny", threads=2).predict(TEXTS) - tiny.predict(TEXTS)).max() <= 1e-6


LOGITS = np.array([[0, 0], [2.0, -1.0], [0.5, 3.0], [0, 0]], dtype=np.float32)


@pytest.mark.parametrize("output, expected", [
    ({"activation": "sigmoid", "labels": ["x", "y"]}, lambda z: 1 / (1 + np.exp(-z))),
    ({"activation": "none", "kind": "logit", "labels": ["x", "y"]}, lambda z: z),
    ({"activation": "none", "kind": "margin", "labels": ["x", "y"], "name": "logits"}, lambda z: z),
    ({"activation": "softmax", "labels": ["x", "y"]}, softmax),
], ids=str)
def test_activations(tmp_path, output, expected):
    vocabulary(tmp_path, ["[UNK]", "good", "bad", "x"])
    bag(tmp_path, 4, table=LOGITS)
    model = OnnxModel(describe(tmp_path, {"kind": "tokens", "vocabulary": "vocab.txt", "maximumTokens": 9}, output))
    for text, z in (("good", LOGITS[1]), ("good bad bad", LOGITS[1] + 2 * LOGITS[2]), ("", np.zeros(2))):
        assert np.abs(model.predict([text])[0] - expected(z.astype(float))).max() <= 1e-6


def test_one_logit_may_be_a_pair_of_labels(tmp_path):
    vocabulary(tmp_path, ["[UNK]", "good", "bad"])
    bag(tmp_path, 3, classes=1, table=np.array([[0], [2], [-3]], dtype=np.float32))
    model = OnnxModel(describe(tmp_path, {"kind": "tokens", "vocabulary": "vocab.txt", "maximumTokens": 9},
                               {"activation": "sigmoid", "labels": ["no", "yes"], "pair": True}))
    assert model.info.output_kind == 1
    p = 1 / (1 + np.exp(-2.0))
    assert np.abs(model.predict(["good"])[0] - [1 - p, p]).max() <= 1e-6


# ------------------------------------------------------------------------------------------------------------ masks

def test_absent_tokens_are_mask_tokens(folder, tiny):
    python, ids = session(folder / "tiny"), read_vocabulary(folder / "tiny" / "vocab.txt")
    text = "The food was delightfully good, but not cheap."
    data = text.encode()
    tokens = [token for token in tiny.tokens(text) if not token[3] & SPECIAL]
    words = [(0, 3), (4, 8), (9, 12), (13, 25), (26, 30), (32, 35), (36, 39), (40, 45)]
    assert [data[b:e].decode() for b, e in words][3] == "delightfully"
    masks = list(itertools.product([True, False], repeat=len(words)))[::7]
    rows = []
    for mask in masks:
        absent = [word for word, present in zip(words, mask) if not present]
        rows.append([ids["[CLS]"]] + [
            ids["[MASK]"] if any(b < e2 and b2 < e for b2, e2 in absent) else id for b, e, id, _ in tokens
        ] + [ids["[SEP]"]])
    expected = [softmax(python.run(None, {"input_ids": np.array([row]), "attention_mask": np.ones((1, len(row)), int),
                                          "token_type_ids": np.zeros((1, len(row)), int)})[0].astype(float))[0]
                for row in rows]
    scores = tiny.model_masked(text, words, masks)
    assert np.abs(scores - expected).max() <= 1e-6
    assert (scores[0] == tiny.predict([text])[0]).all()
    assert len({tuple(row) for row in scores}) > len(masks) / 2


def test_pieces_of_tokens_mask_the_whole(tiny):
    text = "delightful"
    assert (tiny.model_masked(text, [(0, 1), (1, 10)], [[True, True]])[0] == tiny.predict([text])[0]).all()
    both = tiny.model_masked(text, [(0, 10)], [[False]])[0]
    assert (tiny.model_masked(text, [(0, 5), (5, 10)], [[False, False]])[0] == both).all()
    assert (tiny.model_masked(text, [], [[]])[0] == tiny.predict([text])[0]).all()


def test_the_tiny_transformer_reads_reviews(folder, tiny, root):
    lines = [line.split("\t") for line in (root / "corpora" / "reviews.tsv").read_text().splitlines()[1:]]
    kept = [(label, text) for label, tags, text in lines if "irony" not in tags.split(",")]
    scores = tiny.predict([text for _, text in kept])
    assert np.mean([tiny.labels[row.argmax()] == label for row, (label, _) in zip(scores, kept)]) > 0.9


# ---------------------------------------------------------------------------------------------------- explanations

ARGUMENTS = ("--plugin", "onnx", "--option", f"runtime={RUNTIME}", "--method", "shapley")


@pytest.mark.parametrize("flags", [
    (), ("--unit", "model"), ("--absent", "model"), ("--unit", "model", "--absent", "model")], ids=str)
def test_shapley_values_add_up(textexplain, folder, flags):
    document = textexplain.explain("I didn't love it, but great acting!", *ARGUMENTS, "--option",
                                   f"model={folder / 'tiny'}", "--estimator", "exact", *flags)
    explanation = document["explanations"][0]
    total = sum(textexplain.values(document))
    assert abs(total - (explanation["value"] - explanation["baseValue"])) <= 1e-9
    assert max(map(abs, textexplain.values(document))) > 0.01


def test_model_tokens_are_the_players(textexplain, folder, tiny):
    text = "delightfully good"
    document = textexplain.explain(text, *ARGUMENTS, "--option", f"model={folder / 'tiny'}", "--unit", "model")
    own = [[b, e] for b, e, _, flags in tiny.tokens(text) if not flags & SPECIAL]
    assert [token["utf8"] for token in document["tokens"]] == own and len(own) > 2


def test_truncation_is_told(textexplain, folder):
    document = textexplain.explain("word " * 200, "--option", f"model={folder / 'tiny'}", *ARGUMENTS, "--budget", "450")
    assert "truncated" in [diagnostic["code"] for diagnostic in document["explanations"][0]["diagnostics"]]


def test_two_runs_are_equal_to_the_byte(textexplain, folder):
    runs = [textexplain.run("a good film with bad sound", *ARGUMENTS, "--option", f"model={folder / name}", "--format",
                            "json").stdout for name in ("tiny", "tiny", "profanity", "profanity")]
    assert runs[0] == runs[1] and runs[2] == runs[3]


@pytest.mark.parametrize("name", ["magika", "profanity", "tiny"])
def test_the_plugin_conforms(textexplain, folder, root, name):
    said = textexplain.run("plugin", "check", root / ".build" / "release" / "onnx.so", "--level", "4", "--option",
                           f"model={folder / name}", "--option", f"runtime={RUNTIME}", timeout=600).stdout
    assert not re.search(r"^\d  \S+ +(fail|warn)", said, re.MULTILINE), said


def test_information_explains_the_options(textexplain):
    said = textexplain.run("plugin", "info", "onnx").stdout
    for word in ("model", "runtime", "threads", "batch", "textexplain.json", "pip install onnxruntime"):
        assert word in said


def test_nothing_is_written_and_nothing_said(textexplain, folder, tmp_path, monkeypatch):
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    done = textexplain.run("a text", "--in-process", *ARGUMENTS, "--option", f"model={folder / 'tiny'}")
    assert done.stderr == "" and not list(tmp_path.rglob("*"))


def test_rows_of_nan_have_failed(tmp_path):
    vocabulary(tmp_path, ["[UNK]", "good", "bad"])
    bag(tmp_path, 3, table=np.array([[0, 0], [1, 2], [np.nan, 1]], dtype=np.float32))
    model = OnnxModel(describe(tmp_path, {"kind": "tokens", "vocabulary": "vocab.txt", "maximumTokens": 9}))
    assert model.flags(["good", "bad", ""]) == [0, FAILED, 0]
    assert np.isnan(model.predict(["bad"])).all()
