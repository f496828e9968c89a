"""fasttext.so beside libfasttext, Debian's command fasttext, and the model's own arithmetic."""

import hashlib
import math
import os
import pathlib
import random
import struct
import subprocess

import pytest

import direct
from conftest import BIN
from plugin_abi import Model, PluginError

TEXTS = [
    "I was charged twice for my subscription last month",
    "The app crashes when I open the settings page!",
    "Où est la bibliothèque ?",
    "これは日本語です。 ok",
    "naïve café 👍🏽 __label__billing x",
    "word",
    "  two   blanks\tand a tab ",
    "",
]
# Small models of each kind, trained as the plugin's own example models are.
KINDS = {
    "softmax": "-loss softmax -dim 8 -minn 0 -maxn 0",
    "ngrams": "-loss softmax -dim 8 -wordNgrams 3 -minn 2 -maxn 4 -bucket 3000",
    "hs": "-loss hs -dim 8 -minn 2 -maxn 3 -bucket 2000",
    "ova": "-loss ova -dim 8 -minn 2 -maxn 3 -bucket 2000",
    "ns": "-loss ns -dim 8",
}


def train(path, lines, flags, command="supervised"):
    data = path.with_suffix(".txt")
    data.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    subprocess.run(
        [
            "fasttext",
            command,
            "-input",
            data,
            "-output",
            path.with_suffix(""),
            "-thread",
            "1",
            "-seed",
            "7",
            "-epoch",
            "30",
            "-lr",
            "0.5",
            "-verbose",
            "0",
            *flags.split(),
        ],
        check=True,
    )
    return path


@pytest.fixture(scope="session")
def lines(root):
    rows = [line.split("\t") for line in (root / "corpora/tickets.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return [f"__label__{topic} {text}" for topic, text in rows]


@pytest.fixture(scope="session")
def trained(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("fasttext")
    made = {kind: train(folder / f"{kind}.bin", lines, flags) for kind, flags in KINDS.items()}
    for kind, flags in {"softmax": "-dsub 2", "hs": "-qnorm -cutoff 700 -dsub 2"}.items():
        subprocess.run(
            [
                "fasttext",
                "quantize",
                "-input",
                folder / f"{kind}.txt",
                "-output",
                folder / kind,
                "-thread",
                "1",
                "-verbose",
                "0",
                *flags.split(),
            ],
            check=True,
        )
        made[f"{kind} quantized"] = folder / f"{kind}.ftz"
    return made


@pytest.fixture(scope="session")
def lid(models):
    return models / "fasttext/lid.176.ftz"


@pytest.fixture(scope="session")
def libfasttext(tmp_path_factory):
    program = direct.build("fasttext", tmp_path_factory.mktemp("direct"))
    return lambda model, texts: direct.scores(program, texts, model)


def options(model, **others):
    return [part for key, value in {"model": model, **others}.items() for part in ("--option", f"{key}={value}")]


def prediction(textexplain, text, model, **others):
    return textexplain.explain(text, "--plugin", "fasttext", *options(model, **others), "--method", "loo")[
        "prediction"
    ]


ALL = [*KINDS, "softmax quantized", "hs quantized"]


@pytest.mark.parametrize("kind", ["lid", *ALL])
def test_scores_are_those_of_libfasttext(kind, textexplain, trained, lid, libfasttext):
    model = lid if kind == "lid" else trained[kind]
    expected = libfasttext(model, TEXTS)
    for text, row in zip(TEXTS, expected):
        given = prediction(textexplain, text, model)
        assert given["scores"] == row, text
        assert given["outputKind"] == ("multilabel" if kind in ("ova", "ns") else "probability")


@pytest.mark.parametrize("kind", ["lid", "ngrams", "hs", "ova"])
def test_labels_and_probabilities_are_those_that_the_command_prints(kind, textexplain, trained, lid):
    model = lid if kind == "lid" else trained[kind]
    said = subprocess.run(
        ["fasttext", "predict-prob", model, "-", "-1", "-1"],
        input="".join(t + "\n" for t in TEXTS),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for text, line in zip(TEXTS, said.splitlines(), strict=True):
        words = line.split()
        expected = {label.removeprefix("__label__"): float(p) for label, p in zip(words[::2], words[1::2])}
        given = prediction(textexplain, text, model)
        assert dict(zip(given["labels"], given["scores"])) == pytest.approx(expected, rel=1e-5)


def parsed(path):
    """Words, labels and the two matrices of a dense model without n-grams."""
    data = path.read_bytes()
    at = 8 + 12 * 4 + 8
    size, words, _, _, _ = struct.unpack_from("<iiiqq", data, at)
    at += 28
    entries = []
    for _ in range(size):
        end = data.index(b"\0", at)
        entries.append(data[at:end].decode())
        at = end + 1 + 8 + 1
    matrices = []
    for _ in range(2):
        rows, columns = struct.unpack_from("<qq", data, at + 1)
        values = struct.unpack_from(f"<{rows * columns}f", data, at + 17)
        matrices.append([values[i * columns : (i + 1) * columns] for i in range(rows)])
        at += 17 + 4 * rows * columns
    assert at == len(data)
    return entries[:words], entries[words:], *matrices


def test_exact_scores_are_the_softmax_of_the_file(textexplain, trained):
    words, labels, vectors, outputs = parsed(trained["softmax"])
    index = {word: i for i, word in enumerate(words)}
    for text in TEXTS:
        used = [vectors[index[word]] for word in [*text.split(), "</s>"] if word in index]
        hidden = [sum(column) / len(used) for column in zip(*used)]
        scores = [math.exp(sum(map(math.prod, zip(hidden, row)))) for row in outputs]
        given = prediction(textexplain, text, trained["softmax"], scores="exact")
        assert given["labels"] == [label.removeprefix("__label__") for label in labels]
        assert given["scores"] == pytest.approx([score / sum(scores) for score in scores], rel=1e-5)
        assert sum(given["scores"]) == pytest.approx(1, abs=1e-14)


@pytest.mark.parametrize(
    "kind, within",
    [
        ("softmax", 1e-5 + 1e-6),
        ("hs", 1e-4),  # 0.00001 at each turn of a path
        ("ova", 16 / 512 / 4 + 2e-5),  # fastText's table of the logistic function: steps of 16/512, slope at most 1/4
        ("ns", 16 / 512 / 4 + 2e-5),
    ],
)
def test_exact_and_given_scores_differ_by_what_fasttext_adds(kind, within, textexplain, trained):
    for text in TEXTS:
        given, exact = (
            prediction(textexplain, text, trained[kind], scores=scores)["scores"] for scores in ("given", "exact")
        )
        assert given == pytest.approx(exact, abs=within) and given != exact
        if kind in ("softmax", "hs"):
            assert sum(exact) == pytest.approx(1, abs=1e-14)
            assert 1 < sum(given) < 1 + 1e-3


def test_half_french_half_english(textexplain, lid):
    text = "Les enfants jouent dans le jardin while their parents are cooking"
    french, english = text.split()[:6], text.split()[6:]
    for space in ("probability", "logit"):
        document = textexplain.explain(
            text,
            "--plugin",
            "fasttext",
            *options(lid, scores="exact"),
            "--method",
            "shapley",
            "--estimator",
            "exact",
            "--label",
            "all",
            "--space",
            space,
        )
        explained = {explanation["label"]: explanation for explanation in document["explanations"]}
        for label, own in {"fr": french, "en": english}.items():
            assert explained[label]["exact"] and explained[label]["evaluations"]["distinct"] == 2**11
            values = {a["text"]: a["value"] for a in explained[label]["attributions"]}
            assert list(values) == french + english
            assert all(values[word] > 0 for word in own), values
            others = [word for word in values if word not in own]
            assert sum(values[word] for word in others) < 0
            assert sum(values.values()) == pytest.approx(
                explained[label]["value"] - explained[label]["baseValue"], abs=1e-9
            )


def subsets(text, tokens):
    """The text for each mask of tokens, by their byte ranges; absent ones are cut out."""
    data = text.encode()
    for mask in range(2 ** len(tokens)):
        kept, at = b"", 0
        for i, (begin, end) in enumerate(tokens):
            kept += data[at : end if mask >> i & 1 else begin]
            at = end
        yield (kept + data[at:]).decode()


@pytest.mark.parametrize("kind", ["lid", "ngrams", "softmax", "ova", "hs quantized"])
def test_shapley_values_are_those_of_libfasttext_on_every_subset(kind, textexplain, trained, lid, libfasttext):
    model = lid if kind == "lid" else trained[kind]
    text = "My semi-detached app crashes, и 日本語 twice!"  # words that touch, which masks have to read together
    document = textexplain.explain(
        text, "--plugin", "fasttext", *options(model), "--method", "shapley", "--estimator", "exact"
    )
    (explanation,) = document["explanations"]
    tokens = [document["tokens"][a["tokens"][0]]["utf8"] for a in explanation["attributions"]]
    n = len(tokens)
    assert n >= 8
    value = [row[explanation["labelIndex"]] for row in libfasttext(model, list(subsets(text, tokens)))]
    assert explanation["baseValue"] == value[0] and explanation["value"] == value[-1]
    for i, attribution in enumerate(explanation["attributions"]):
        phi = sum(
            (value[mask | 1 << i] - value[mask]) / (n * math.comb(n - 1, bin(mask).count("1")))
            for mask in range(2**n)
            if not mask >> i & 1
        )
        assert attribution["value"] == pytest.approx(phi, abs=1e-12)


def test_the_base_value_is_what_the_model_says_of_the_empty_text(textexplain, lid):
    empty = prediction(textexplain, "", lid)
    document = textexplain.explain(
        "bonjour", "--plugin", "fasttext", *options(lid), "--label", "en", "--method", "shapley"
    )
    base = document["explanations"][0]["baseValue"]
    assert base == dict(zip(empty["labels"], empty["scores"]))["en"] == pytest.approx(0.1245, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "the app\ncrashes",
        "the app\r\n\ncrashes\n",
        "the app </s> crashes",
        "</s> the app crashes </s>",
        "the\0app\0crashes",
    ],
)
def test_line_ends_and_nul_are_blanks(text, textexplain, trained, tmp_path):
    file = tmp_path / "text"
    file.write_text(text, newline="")
    plain, given = (
        textexplain.run(
            "--plugin", "fasttext", *options(trained["ngrams"]), "--format", "json", "--method", "loo", *source
        ).stdout
        for source in (["--", "the app crashes"], ["--file", file])
    )
    scores = '"scores":'
    assert plain[plain.index(scores) :].split("]")[0] == given[given.index(scores) :].split("]")[0]


def test_a_text_without_any_known_word_has_the_zero_vector(textexplain, tmp_path, lines):
    # Line ends are too rare to be in this dictionary, and the command prints nothing for such a text.
    model = train(tmp_path / "few.bin", [*lines, "__label__billing" + " bill" * 999], "-minCount 900 -dim 4")
    assert parsed(model)[0] == ["bill"]
    said = subprocess.run(
        ["fasttext", "predict-prob", model, "-"], input="zzzz\n", capture_output=True, text=True, check=True
    )
    assert said.stdout == "\n"
    assert prediction(textexplain, "zzzz", model, scores="exact")["scores"] == [1 / 7] * 7


def test_k_keeps_the_most_frequent_labels_and_adds_up_the_others(textexplain, trained, lid, lines):
    everything, few = (prediction(textexplain, "bonjour le monde", lid, k=k) for k in ("all", 3))
    assert few["labels"] == [*everything["labels"][:3], "(other)"]
    assert few["scores"] == [*everything["scores"][:3], pytest.approx(sum(everything["scores"][3:]), abs=1e-15)]
    several = prediction(textexplain, "charged twice", trained["ova"], k=2)
    assert several["scores"] == prediction(textexplain, "charged twice", trained["ova"])["scores"][:2]
    assert prediction(textexplain, "bonjour", lid, k=999) == prediction(textexplain, "bonjour", lid)
    for wrong in ("0", "-1", "some", "1.5", "99999999999999999999"):
        assert "k is" in textexplain.refusal("--plugin", "fasttext", *options(lid, k=wrong), code=64)


def test_another_prefix(textexplain, tmp_path, lines):
    model = train(
        tmp_path / "topic.bin", [line.replace("__label__", "topic:") for line in lines], "-label topic: -dim 4"
    )
    assert prediction(textexplain, "x", model)["labels"][0].startswith("topic:")
    assert set(prediction(textexplain, "x", model, **{"label-prefix": "topic:"})["labels"]) == {
        line.split()[0].removeprefix("__label__") for line in lines
    }


def test_a_softmax_of_many_labels_is_exact(textexplain, tmp_path):
    model = train(
        tmp_path / "many.bin", [f"__label__{i} w{i} w{i % 7}" for i in range(150)] * 3, "-loss softmax -dim 8"
    )
    given = prediction(textexplain, "w3 w9", model)
    assert len(given["labels"]) == 150 and sum(given["scores"]) == pytest.approx(1, abs=1e-14)
    said = textexplain.refusal("--plugin", "fasttext", *options(model, scores="given"), code=64)
    assert "150 labels" in said and '"exact"' in said


def test_the_model_is_named_by_its_hash_and_found_by_relative_paths(textexplain, lid, root):
    document = textexplain.explain(
        "x", "--plugin", "fasttext", *options(os.path.relpath(lid, root)), "--method", "loo"
    )
    assert document["plugin"]["modelID"] == "sha256:" + hashlib.sha256(lid.read_bytes()).hexdigest()


def test_info_explains_every_option_and_where_models_come_from(textexplain):
    said = textexplain.run("plugin", "info", "fasttext").stdout
    for key in ("model=", "k=", "label-prefix=", "scores="):
        assert key in said
    missing = textexplain.refusal("--plugin", "fasttext", code=64)
    assert '"model"' in missing and "fasttext supervised" in missing and "lid.176.ftz" in missing


def damaged(path):
    """Files that are no model, by what is wrong with them."""
    good = path.read_bytes()
    yield "empty", b""
    yield "one byte", good[:1]
    yield "text", b"__label__a this is a training file\n" * 100
    yield "random bytes", random.Random(5).randbytes(4000)
    yield "random bytes behind the magic number", good[:8] + random.Random(6).randbytes(4000)
    for length in (4, 8, 40, 64, 92, 100, 500, len(good) // 2, len(good) - 1):
        yield f"the first {length} bytes", good[:length]
    yield "more behind it", good + b"\0"
    yield "of a later format", good[:4] + struct.pack("<i", 13) + good[8:]
    for field in range(12):  # the integers of training: dim, epochs, n-grams, loss, buckets ...
        for value in (0, -1, 2**31 - 1):
            at = 8 + 4 * field
            yield f"argument {field} is {value}", good[:at] + struct.pack("<i", value) + good[at + 4 :]
    for at, form in ((64, "<i"), (68, "<i"), (72, "<i"), (84, "<q")):  # sizes of the dictionary
        for value in (0, 2**30, 2**31 - 1):
            yield f"at {at} is {value}", good[:at] + struct.pack(form, value) + good[at + struct.calcsize(form) :]
    yield "NaN weights", good[:-64] + struct.pack("<f", math.nan) * 16
    yield "huge weights", good[:-64] + struct.pack("<f", 1e38) * 16


@pytest.mark.parametrize("kind", ["ngrams", "hs quantized"])
def test_damaged_models_are_refused_or_served_but_never_crash(kind, textexplain, trained, tmp_path):
    refused = 0
    for number, (what, content) in enumerate(damaged(trained[kind])):
        model = tmp_path / f"{number}.bin"
        model.write_bytes(content)
        done = subprocess.run(
            [textexplain.binary, "good or bad", "--plugin", "fasttext", *options(model), "--method", "loo"],
            capture_output=True,
            text=True,
            timeout=60,
        )
        # Some arguments of training do not matter any more, such as the epochs.
        assert done.returncode in (0, 65), f"{what}: {done.returncode} {done.stderr}"
        if done.returncode == 65:
            refused += 1
            assert done.stderr.startswith("error: ") and str(model) in done.stderr, what
            assert "signal" not in done.stderr and "crash" not in done.stderr, done.stderr
    assert refused >= 40


@pytest.mark.parametrize("command", ["skipgram", "cbow"])
def test_word_vectors_are_no_classifier(command, textexplain, tmp_path, lines):
    model = train(tmp_path / "vectors.bin", lines, "-dim 4 -bucket 100 -minCount 3", command)
    assert "word vectors" in textexplain.refusal("--plugin", "fasttext", *options(model), code=65)


def test_what_is_no_file(textexplain, tmp_path):
    for path in (tmp_path / "missing.bin", tmp_path, pathlib.Path("/dev/null")):
        said = textexplain.refusal("--plugin", "fasttext", *options(path), code=65)
        assert str(path) in said


def test_a_text_may_be_256_kib_long(textexplain, lid, tmp_path):
    longest = tmp_path / "longest"
    longest.write_text("a" * 2**18)
    arguments = ["--plugin", "fasttext", *options(lid), "--unit", "line", "--method", "loo", "--file"]
    textexplain.run(*arguments, longest)
    longest.write_text("a" * (2**18 + 1))
    assert "262144" in textexplain.run(*arguments, longest, code=65).stderr


@pytest.mark.parametrize("model", ["lid.176.ftz", "tickets.bin"])
def test_the_plugin_conforms(model, textexplain, models):
    textexplain.run("plugin", "check", "fasttext", *options(models / "fasttext" / model), "--level", "4", timeout=300)


def untrained(path, words, minn, maxn):
    """A model whose weights are all 0, with a dictionary of one's own."""
    labels, dim, bucket = [b"__label__a", b"__label__b"], 1, 7
    ngrams = bucket if maxn else 0
    parts = [struct.pack("<ii12id", 793712314, 12, dim, 5, 5, 1, 5, 1, 3, 3, bucket, minn, maxn, 100, 1e-4)]
    parts.append(struct.pack("<iiiqq", len(words) + 2, len(words), 2, 1, -1))
    for kind, entries in ((0, words), (1, labels)):
        parts += [entry + b"\0" + struct.pack("<qb", 1, kind) for entry in entries]
    for rows in (len(words) + ngrams, 2):
        parts.append(b"\0" + struct.pack("<qq", rows, dim) + bytes(4 * rows * dim))
    path.write_bytes(b"".join(parts))
    return path


@pytest.mark.parametrize(
    "words, minn, maxn, refused",
    [
        ([b"a" * 2**18], 0, 0, None),
        ([b"a" * (2**18 + 1)], 0, 0, "a word has more than 262144 bytes"),
        ([b"a" * 400_000], 1, 255, "a word has more than 262144 bytes"),
        ([b"a" * 10_000], 1, 255, None),
        ([b"a" * 90_000], 1, 255, "n-grams of up to 255 characters"),
        ([b"%05d" % i + b"a" * 95 for i in range(900)], 1, 255, "n-grams of up to 255 characters"),
        (["ж{:09}".format(i).encode() for i in range(90_000)], 3, 6, None),
        ([b"a" * 200_000], 3, 6, None),
    ],
    ids=lambda value: f"{len(value)}x{len(value[0])}" if isinstance(value, list) else None,
)
def test_opening_a_model_is_quick_or_refused(words, minn, maxn, refused, textexplain, tmp_path):
    model = untrained(tmp_path / "made.bin", words, minn, maxn)
    arguments = ["--plugin", "fasttext", *options(model), "--quiet", "--method", "loo"]
    if refused:
        said = textexplain.refusal(*arguments, code=65)
        assert refused in said and str(model) in said
    else:
        textexplain.run("a text", *arguments, timeout=20)


def test_a_word_of_too_many_ngrams_cannot_be_scored(tmp_path):
    model = Model(BIN / "fasttext.so", model=untrained(tmp_path / "made.bin", [b"a"], 1, 255))
    assert model.predict(["b" * 1352, ("b" * 1352 + " ") * 3]) == pytest.approx(0.5, abs=2e-5)
    with pytest.raises(PluginError) as raised:
        model.predict(["a " + "b" * 1353])
    code, message = raised.value.args
    assert code == -10 and "1353 bytes" in message and "255 characters allow for 1352" in message
