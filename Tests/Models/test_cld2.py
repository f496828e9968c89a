"""cld2.so beside libcld2 called directly."""

import pathlib
import re
import subprocess

import pytest

import direct

UNITTEST_DATA = pathlib.Path("/usr/include/cld2/internal/unittest_data.h")


@pytest.fixture(scope="session")
def libcld2(tmp_path_factory):
    """The languages of texts and their per cent, by CLD2's own codes."""
    program = direct.build("cld2", tmp_path_factory.mktemp("direct"))
    listed = subprocess.run([program, "names"], capture_output=True, text=True, check=True).stdout
    code = dict(line.split("\t") for line in listed.splitlines())

    def detect(texts):
        for row in direct.scores(program, texts):
            yield [(code[str(int(score) // 1000)], int(score) % 1000) for score in row]

    return detect


def prediction(textexplain, text, *options):
    return textexplain.explain(text, "--plugin", "cld2", *options, "--method", "loo")["prediction"]


def shares(textexplain, text, *options):
    """What the plugin answers, without the languages that have nothing."""
    given = prediction(textexplain, text, *options)
    return {label: score for label, score in zip(given["labels"], given["scores"]) if score}


def tag(code):
    """BCP 47 for a code of CLD2; what is no language is undetermined."""
    return {"iw": "he", "jw": "jv", "un": "und", "xxx": "und"}.get(code, "und" if code.startswith("xx-") else code)


@pytest.fixture(scope="session")
def texts(root):
    rows = [line.split("\t") for line in (root / "corpora/languages.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    first = {language: text for language, text in reversed(rows)}
    # Languages that are known by their script alone, and mixtures.
    return [
        *first.values(),
        "ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ",
        "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ",
        "ᚠᚢᚦᚨᚱᚲ",
        "hello",
        "",
        "Les enfants jouent dans le jardin de leurs grands-parents. " + first["ru"],
        first["ja"] + first["de"] + first["tr"],
    ]


def test_per_cents_are_those_of_libcld2(textexplain, libcld2, texts):
    named = set()
    for text, found in zip(texts, libcld2(texts), strict=True):
        expected = {"und": 100 - sum(percent for _, percent in found)}
        for code, percent in found:
            expected[tag(code)] = expected.get(tag(code), 0) + percent
        assert shares(textexplain, text) == {label: percent for label, percent in expected.items() if percent}, text
        named |= set(expected)
    assert len(named) > 20


def test_there_is_a_label_for_whatever_libcld2_answers(textexplain, libcld2):
    labels = prediction(textexplain, "x")["labels"]
    assert len(labels) == len(set(labels)) and labels[0] == "und"
    # The library's own test texts, in 169 languages, as far as they are written without escapes.
    texts = re.findall(r'= "((?:[^"\\])*)";', UNITTEST_DATA.read_text(encoding="utf-8"))
    assert len(texts) > 200
    answered = {tag(code) for found in libcld2(texts) for code, percent in found if percent}
    assert answered <= set(labels)
    assert len(answered) > 80


def test_the_numbers_are_per_cent_and_no_probabilities(textexplain):
    given = prediction(textexplain, "The dog sleeps on the kitchen floor, and the cat on the roof.")
    assert given["outputKind"] == "regression"
    assert sum(given["scores"]) == 100 and all(score == int(score) for score in given["scores"])
    said = textexplain.refusal("--plugin", "cld2", "--space", "probability", code=64)
    assert "probability" in said


def test_shapley_values_add_up_to_the_per_cents(textexplain):
    document = textexplain.explain(
        "The dog sleeps on the kitchen floor", "--plugin", "cld2", "--method", "shapley", "--label", "en"
    )
    (explanation,) = document["explanations"]
    assert explanation["exact"]
    assert sum(textexplain.values(document)) == pytest.approx(
        explanation["value"] - explanation["baseValue"], abs=1e-9
    )
    assert explanation["value"] > 90 and explanation["baseValue"] == 0


def test_best_effort_names_a_language_for_short_texts(textexplain):
    assert shares(textexplain, "le chat") == {"und": 100}
    assert shares(textexplain, "le chat", "--option", "best-effort=true") == {"fr": 88, "und": 12}
    assert shares(textexplain, "", "--option", "best-effort=true") == {"und": 100}


@pytest.mark.parametrize("between", ["\0", "\x01\x1b", "\ufffe", "\U0001ffff", "\u007f"])
def test_what_cld2_does_not_take_counts_as_blanks(between, textexplain, tmp_path):
    words = "the dog sleeps on the kitchen floor".split()
    file = tmp_path / "text"
    file.write_text(between.join(words))
    document = textexplain.run("--plugin", "cld2", "--method", "loo", "--format", "json", "--file", file).stdout
    scores = re.search(r'"scores":\s*(\[[^]]*\])', document).group(1)
    blanks = " " * len(between.encode())
    assert scores == re.search(
        r'"scores":\s*(\[[^]]*\])',
        textexplain.run("--plugin", "cld2", "--method", "loo", "--format", "json", "--", blanks.join(words)).stdout,
    ).group(1)


def test_markup_is_text(textexplain):
    # With is_plain_text off, CLD2 would skip this and answer nothing.
    assert shares(textexplain, "<p the dog sleeps on the kitchen floor>")["en"] > 90


def test_the_end_of_the_longest_text_still_counts(textexplain, tmp_path):
    file = tmp_path / "text"
    arguments = ["--plugin", "cld2", "--unit", "line", "--method", "loo", "--file", file]
    english = "the dog sleeps on the floor while it rains and nobody goes out to look for the cat; " * 800
    russian = "Собака спит на полу, а кошка сидит у окна и смотрит на улицу, где идёт дождь. " * 500
    text = (english.encode() + russian.encode())[: 2**17].decode(errors="ignore")
    file.write_text(text.ljust(2**17 - len(text.encode()) + len(text)))
    said = textexplain.run(*arguments).stdout
    assert " ru " in said.splitlines()[0]
    file.write_bytes(file.read_bytes() + b" ")
    assert "131072" in textexplain.run(*arguments, code=65).stderr


def test_options(textexplain):
    assert "best-effort" in textexplain.run("plugin", "info", "cld2").stdout
    assert "best-effort" in textexplain.refusal("--plugin", "cld2", "--option", "best-effort=perhaps", code=64)
    assert "hints" in textexplain.refusal("--plugin", "cld2", "--option", "hints=en", code=64)


def test_the_plugin_conforms(textexplain):
    textexplain.run("plugin", "check", "cld2", "--level", "4", timeout=300)
