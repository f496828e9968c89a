"""`--program` with the wrappers in Plugins/program: real scikit-learn, and a stand-in for transformers."""

import csv
import json
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys

import joblib
import numpy
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

REVIEW = "Not a bad film, but the ending is far too long"
BIN = pathlib.Path(__file__).resolve().parents[2] / ".build" / "release"
TEXTS = ["good film", "bad film", "dull plot", "great plot", "a good end", "a bad end"]


@pytest.fixture
def sklearn(root):
    """Makes the command of a model, with the wrapper's further arguments."""

    def command(*arguments):
        return shlex.join([sys.executable, str(root / "Plugins/program/textexplain-sklearn"), *map(str, arguments)])

    return command


def ask(command, *batches, environment=None):
    """What a wrapper says to batches of texts, without textexplain: the greeting, the answers, and standard error."""
    lines = "".join(json.dumps({"id": id, "texts": texts}) + "\n" for id, texts in enumerate(batches))
    done = subprocess.run(
        shlex.split(command), input=lines, capture_output=True, text=True, timeout=120,
        env=os.environ | (environment or {}))
    assert done.returncode == 0, done.stderr
    greeting, *answers = map(json.loads, done.stdout.splitlines())
    assert [answer["id"] for answer in answers] == list(range(len(batches)))
    return greeting, answers, done.stderr


def dump(model, folder, name="model.joblib"):
    joblib.dump(model, folder / name)
    return folder / name


def test_scores_are_those_of_predict_proba(textexplain, models, sklearn):
    file = models / "program/reviews.joblib"
    pipeline = joblib.load(file)
    document = textexplain.explain(REVIEW, "--program", sklearn(file), "--label", "all")
    assert document["program"]["name"] == "textexplain-sklearn"
    assert re.fullmatch("sha256:[0-9a-f]{64}", document["program"]["modelID"])
    assert document["prediction"]["labels"] == list(pipeline.classes_)
    assert document["prediction"]["outputKind"] == "probability"
    assert numpy.allclose(document["prediction"]["scores"], pipeline.predict_proba([REVIEW])[0], rtol=0, atol=1e-12)


def test_shapley_values_are_those_of_all_subsets(textexplain, models, sklearn):
    file = models / "program/reviews.joblib"
    pipeline = joblib.load(file)
    document = textexplain.explain("bad but good film", "--program", sklearn(file), "--label", "positive", "-m", "shapley")
    pieces = re.split("(bad|but|good|film)", "bad but good film")
    texts = [
        "".join(piece for index, piece in enumerate(pieces) if index % 2 == 0 or mask >> index // 2 & 1)
        for mask in range(16)]
    worth = pipeline.predict_proba(texts)[:, list(pipeline.classes_).index("positive")]
    expected = [
        sum(
            math.factorial(mask.bit_count()) * math.factorial(3 - mask.bit_count()) / 24
            * (worth[mask | 1 << player] - worth[mask])
            for mask in range(16) if not mask >> player & 1)
        for player in range(4)]
    assert numpy.allclose(textexplain.values(document), expected, rtol=0, atol=1e-12)


def test_two_files_are_as_good_as_one(textexplain, models, sklearn):
    folder = models / "program"
    whole, parts = (
        textexplain.explain(REVIEW, "--program", command) for command in [
            sklearn(folder / "reviews.joblib"),
            sklearn("--vectorizer", folder / "vectorizer.joblib", folder / "classifier.joblib")])
    del whole["program"], parts["program"]
    assert whole == parts


def test_a_model_that_nobody_here_trained(textexplain, models, sklearn):
    folder = models / "program/profanity"
    document = textexplain.explain(
        "You are a damn fool and I love you", "-m", "shapley", "--program",
        sklearn("--vectorizer", folder / "vectorizer.joblib", "--labels", "clean,profane", folder / "model.joblib"))
    [explanation] = document["explanations"]
    assert explanation["label"] == "profane"
    strongest = sorted(explanation["attributions"], key=lambda attribution: -attribution["value"])
    assert {attribution["text"] for attribution in strongest[:2]} == {"damn", "fool"}
    vectorizer, model = (joblib.load(folder / name) for name in ["vectorizer.joblib", "model.joblib"])
    scores = model.predict_proba(vectorizer.transform([document["text"]]))[0]
    assert numpy.allclose(document["prediction"]["scores"], scores, rtol=0, atol=1e-12)


def test_each_kind_of_model_gives_its_kind_of_scores(tmp_path, sklearn):
    def check(model, targets, labels, kind, scores, *arguments):
        pipeline = make_pipeline(CountVectorizer(), model).fit(TEXTS, targets)
        greeting, [answer], _ = ask(sklearn(dump(pipeline, tmp_path), "--trusted", *arguments), TEXTS)
        assert (greeting["labels"], greeting["outputKind"]) == (labels, kind)
        assert numpy.array_equal(numpy.array(answer["scores"]).squeeze(), scores(pipeline))

    two, three = [1, 0, 0, 1, 1, 0], ["a", "b", "c", "a", "b", "c"]
    both = numpy.array([[1, 0], [0, 1], [1, 1], [0, 0], [1, 0], [0, 1]])
    check(LogisticRegression(), two, ["0", "1"], "probability", lambda m: m.predict_proba(TEXTS))
    check(LinearSVC(), two, ["1"], "margin", lambda m: m.decision_function(TEXTS))
    check(LinearSVC(), three, ["a", "b", "c"], "margin", lambda m: m.decision_function(TEXTS))
    check(LogisticRegression(), two, ["1"], "margin", lambda m: m.decision_function(TEXTS), "--function", "decision_function")
    check(OneVsRestClassifier(LogisticRegression()), both, ["0", "1"], "multilabel", lambda m: m.predict_proba(TEXTS))
    check(Ridge(), [1.5, -2, 0, 1, 2, -1], ["value"], "regression", lambda m: m.predict(TEXTS))


def test_loading_warns_that_it_runs_code(textexplain, models, sklearn):
    file = models / "program/reviews.joblib"
    said = textexplain.run("x", "-m", "loo", "--program", sklearn(file)).stderr
    assert said == (
        f'warning: program "textexplain-sklearn": joblib files are code, which loading runs: {file} '
        "(--trusted leaves this out)\n")
    assert textexplain.run("x", "-m", "loo", "--program", sklearn("--trusted", file)).stderr == ""


def test_what_cannot_be_a_classifier_is_refused(textexplain, tmp_path, root, sklearn):
    def refusal(*arguments):
        return textexplain.run("x", "--quiet", "--program", sklearn("--trusted", *arguments), code=70).stderr

    (tmp_path / "noise.joblib").write_bytes(bytes(range(256)) * 8)
    for path in [tmp_path / "absent.joblib", tmp_path / "noise.joblib", root / "README.md"]:
        assert f"error: {path} cannot be loaded by joblib: " in refusal(path)
    assert "dict has no predict_proba and no decision_function" in refusal(dump({"a": 1}, tmp_path))
    assert "cannot score a text: NotFittedError: " in refusal(dump(make_pipeline(CountVectorizer(), LogisticRegression()), tmp_path))
    pipeline = make_pipeline(CountVectorizer(), LogisticRegression()).fit(TEXTS, [0, 1] * 3)
    assert "--labels has 3 names for 2 classes: 0, 1" in refusal(dump(pipeline, tmp_path), "--labels", "a,b,c")


def test_what_a_model_raises_is_its_answer(tmp_path, sklearn):
    pipeline = make_pipeline(CountVectorizer(), LogisticRegression()).fit(TEXTS, [0, 1] * 3)
    _, answers, said = ask(sklearn("--trusted", dump(pipeline, tmp_path)), ["good"], [None], ["good"])
    assert answers[1]["error"].startswith("AttributeError: ") and "Traceback" in said
    assert answers[0]["scores"] == answers[2]["scores"]


WEIGHTS = {"good": [-1.0, 1.5], "bad": [1.0, -0.5], "but": [0.25, 0.0]}


@pytest.fixture
def transformers(root, tmp_path):
    """Makes the command for a model with some configuration, and the environment that has the stand-in."""

    def command(*arguments, labels=("bad", "good"), pickled=False, **config):
        weights = {word: values[: len(labels)] for word, values in WEIGHTS.items()}
        names = {str(index): label for index, label in enumerate(labels)}
        (tmp_path / "config.json").write_text(json.dumps({"id2label": names, "weights": weights, **config}))
        if not pickled and not (tmp_path / "model.safetensors").exists():
            (tmp_path / "model.safetensors").write_bytes(b"0")
        wrapper = root / "Plugins/program/textexplain-transformers"
        return shlex.join([sys.executable, str(wrapper), str(tmp_path), *arguments])

    return command


@pytest.fixture
def stub(root, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(root / "Tests/Models/transformers_stub"))


def test_transformers_are_explained(textexplain, stub, transformers):
    # On the logit of two classes the values are the differences of the words' weights.
    done = textexplain.run(
        "good but bad", "--space", "logit", "--label", "good", "-m", "shapley", "--format", "json", "--program", transformers())
    document = json.loads(done.stdout)
    assert document["program"]["name"] == "textexplain-transformers"
    assert document["prediction"]["labels"] == ["bad", "good"]
    assert numpy.allclose(textexplain.values(document), [2.5, -0.25, -1.5], rtol=0, atol=1e-12)
    assert document["explanations"][0]["evaluations"]["budget"] == 8
    # What libraries print does not reach the protocol.
    assert "a stray line" in done.stderr and "another one" in done.stderr


def test_transformers_give_their_kind_of_scores(stub, transformers):
    def check(kind, scores, *arguments, **config):
        greeting, [answer], _ = ask(transformers(*arguments, **config), ["good", ""])
        assert greeting["outputKind"] == kind and greeting["typicalMilliseconds"] == 10
        assert numpy.allclose(answer["scores"], scores, rtol=0, atol=1e-15)

    def sigmoid(x):
        return 1 / (1 + math.exp(-x))

    check("probability", [[sigmoid(-2.5), sigmoid(2.5)], [0.5, 0.5]])
    check("logit", [[-1, 1.5], [0, 0]], "--logits")
    check("multilabel", [[sigmoid(-1), sigmoid(1.5)], [0.5, 0.5]], problem_type="multi_label_classification")
    check("margin", [[-1, 1.5], [0, 0]], "--logits", problem_type="multi_label_classification")
    check("multilabel", [[sigmoid(-1)], [0.5]], labels=["toxic"])
    check("regression", [[-1], [0]], labels=["stars"], problem_type="regression")


def test_transformers_say_what_they_did_not_read(stub, transformers):
    texts = ["one two three", "one two three good", "a " * 30]
    for arguments, config in [(["--max-length", "5"], {}), ([], {"max_position_embeddings": 5})]:
        _, [answer], _ = ask(transformers(*arguments, **config), texts)
        assert answer["truncated"] == [False, True, True]
        assert answer["scores"][1] == [0.5, 0.5]
    _, [answer], _ = ask(transformers(), texts)
    assert answer["truncated"] == [False] * 3 and answer["scores"][1] != [0.5, 0.5]


def test_transformers_want_a_folder(textexplain, stub, transformers, root):
    wrapper = root / "Plugins/program/textexplain-transformers"
    said = textexplain.run("x", "--quiet", "--program", f"{sys.executable} {wrapper} someone/some-model", code=70).stderr
    assert "someone/some-model is no folder of a model" in said and "hf download" in said
    assert "not all different: a, a" in textexplain.run(
        "x", "--quiet", "--program", transformers(labels=("a", "a")), code=70).stderr


def test_pickles_are_loaded_only_if_they_are_trusted(textexplain, stub, transformers, tmp_path):
    def refusal(*arguments):
        return textexplain.run("x", "--quiet", "--program", transformers(*arguments, pickled=True), code=70).stderr

    assert "has no weights" in refusal()
    (tmp_path / "pytorch_model.bin").write_bytes(b"0")
    said = refusal()
    assert "pytorch_model.bin" in said and "pickles" in said and "--trusted" in said and ".safetensors" in said
    _, [answer], said = ask(transformers("--trusted", pickled=True), ["good"])
    assert answer["scores"][0][1] > 0.9 and "loading whatever is there" in said
    (tmp_path / "model.safetensors").write_bytes(b"0")
    assert "loading safetensors" in ask(transformers(), ["good"])[2]
    (tmp_path / "adapter_model.bin").write_bytes(b"0")
    assert "adapter_model.bin" in refusal()


@pytest.mark.parametrize("flag, values", [
    ("--max-batch", ["0", "-1", "1.5", "", "x", "²", "2147483648", "9" * 5000]),
    ("--typical-milliseconds", ["-1", "nan", "inf", "1e999", "", "x"]),
])
def test_flags_of_the_wrappers_are_checked(flag, values, root, stub, sklearn, transformers):
    for value in values:
        commands = [sklearn(f"{flag}={value}", "absent.joblib"), transformers(f"{flag.replace('max-', '')}={value}")]
        commands += [transformers(f"--max-length={value}")] if flag == "--max-batch" else []
        for command in commands:
            done = subprocess.run(shlex.split(command), capture_output=True, text=True, timeout=60)
            assert done.returncode == 2 and done.stdout == "", value[:20]
            assert f"is no {'integer' if 'batch' in flag else 'number'} from" in done.stderr, done.stderr[:300]


SERVER = """
from textexplain_program import reserve_output, serve

channel = reserve_output()

def predict(texts):
    if texts[0] == "bad":
        raise ValueError("half a pair: \\ud83d")
    return [[0.5, 0.5]]

serve(channel, {labels!r}, "probability", predict, typicalMilliseconds=float({cost!r}))
"""


def test_half_a_pair_of_surrogates_is_answered(textexplain, root, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(root / "Plugins/program"))
    script = tmp_path / "server.py"
    script.write_text(SERVER.format(labels=["a", "b"], cost="1"))
    _, answers, _ = ask(f"{sys.executable} {script}", ["bad"], ["good"])
    assert answers[0]["error"] == "ValueError: half a pair: \\ud83d" and answers[1]["scores"] == [[0.5, 0.5]]
    said = textexplain.run("bad", "-m", "loo", "--program", f"{sys.executable} {script}", code=70).stderr
    assert "says that it cannot score: ValueError: half a pair" in said


@pytest.mark.parametrize("labels, cost, words", [
    (["a", "b"], "nan", ["typicalMilliseconds", "JSON"]), (["a", "b"], "inf", ["typicalMilliseconds", "JSON"]),
    (["a", "\ud83d"], "1", ["labels", "JSON", "surrogates"]),
])
def test_a_first_line_that_cannot_be_written(labels, cost, words, root, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(root / "Plugins/program"))
    script = tmp_path / "server.py"
    script.write_text(SERVER.format(labels=labels, cost=cost))
    done = subprocess.run([sys.executable, script], input="", capture_output=True, text=True, timeout=60)
    assert done.returncode == 65 and done.stdout == "" and done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr and all(word in done.stderr for word in words), done.stderr


def test_the_model_id_is_that_of_the_files(stub, transformers, tmp_path):
    ids = set()
    for weights in [b"1", b"2"]:
        (tmp_path / "model.safetensors").write_bytes(weights)
        ids |= {ask(transformers(), [])[0]["modelID"] for _ in range(2)}
    assert len(ids) == 2


def blocks(page, language):
    """The contents of a page's code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.S | re.M)


def shell(command, folder, **environment):
    """What bash makes of a command with textexplain and this Python in reach; both streams together."""
    path = os.pathsep.join([str(BIN), os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=120, cwd=folder,
        env=os.environ | {"PATH": path} | environment)
    assert done.returncode == 0, done.stderr
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines()).rstrip()


def test_the_guide_shows_what_scikit_learn_gives(root):
    """The commands with real models; ReadmeTests runs the others."""
    shown = [block for block in blocks(root / "Plugins/program/README.md", "console") if ".models/" in block]
    assert len(shown) == 1
    for block in shown:
        lines = block.removeprefix("$ ").splitlines()
        length = 1 + next(index for index, line in enumerate(lines) if not line.endswith("\\"))
        assert shell("\n".join(lines[:length]), root) == "\n".join(lines[length:])


def test_the_guide_names_a_command_for_transformers(root, stub, transformers, tmp_path):
    [block] = [block for block in blocks(root / "Plugins/program/README.md", "sh") if "textexplain-transformers" in block]
    # The first line downloads a model, which no test does.
    _, command = block.splitlines()
    transformers()
    assert "0.50 (no words)" in shell(command.replace("FOLDER", str(tmp_path)), root)
