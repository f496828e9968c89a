"""Model files of linear.so that are wrong, pipelines that cannot be exported, and models of liblinear."""

import copy
import json
import os
import resource
import shutil
import subprocess
import sys
import time

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import LinearSVC

from linear_helpers import ROOT, FlatModel, Refusal, corpus, export, export_sklearn, opened
from plugin_abi import PluginError, asking

GOOD = {
    "format": "textexplain-linear/1", "tokens": {"runs_of": "[a-z]", "at_least": 2}, "lowercase": True,
    "vocabulary": ["bad", "good"], "idf": [1.5, 2], "norm": "l2", "labels": ["no", "yes"], "link": "logistic",
    "members": [{"weights": [[-1, 2]], "intercepts": [0.5]}],
}
TWO = {"weights": [[1, 2], [3, 4]], "intercepts": [0, 0]}
ROW = {"weights": [[1, 2]], "intercepts": [0]}
WRONG = [
    (dict(format="textexplain-linear/2"), "format"),
    (dict(tokens=None), '"tokens" is null, not an object'),
    (dict(tokens={}), "either"),
    (dict(tokens={"runs_of": "[a-z"}), '"tokens.runs_of" is no set'),
    (dict(tokens={"runs_of": "[a{bc}]"}), "string among"),
    (dict(tokens={"runs_of": "[a]", "at_least": 0}), '"tokens.at_least" is 0'),
    (dict(tokens={"pattern": "(a"}), '"tokens.pattern" is no regular expression'),
    (dict(tokens={"pattern": "a", "group": 1}), "has no group 1"),
    (dict(lowercase="yes"), '"lowercase" is a string'),
    (dict(strip_accents="all"), "known are ascii, unicode"),
    (dict(stop_words=["a", 1]), '"stop_words[1]" is a number'),
    (dict(ngram_range=[1]), "ngram_range"),
    (dict(ngram_range=[2, 1]), '"ngram_range[1]" is 1'),
    (dict(ngram_range=[1, 1.5]), '"ngram_range[1]" is 1.5'),
    (dict(vocabulary="bad good"), '"vocabulary" is a string'),
    (dict(vocabulary=[]), '"vocabulary" is empty'),
    (dict(vocabulary=["bad", "bad"]), '"vocabulary[1]" has been there before'),
    (dict(vocabulary=["bad", 7]), '"vocabulary[1]" is a number'),
    (dict(vocabulary=["a", "b", "c"]), '"idf" has 2 numbers; the number of terms is 3'),
    (dict(idf=[1]), '"idf" has 1 numbers'),
    (dict(idf=[1, "2"]), '"idf[1]" is a string'),
    (dict(norm="max"), '"norm" is "max"; known are l1, l2'),
    (dict(labels=["no"]), "labels"),
    (dict(labels=["no", "no"]), '"labels[1]" has been there before'),
    (dict(labels=["no", ""]), '"labels[1]" is empty'),
    (dict(labels=["no", "yes", "perhaps"]), '"labels" has 3 labels'),
    (dict(link="probit"), "known are calibrated, logistic"),
    (dict(link="softmax"), '"members[0].weights" has 1 rows; labels and link want 2'),
    (dict(members=[]), "has 0 members"),
    (dict(members=[ROW, ROW]), "has 2 members"),
    (dict(members=[TWO]), "has 2 rows"),
    (dict(members=[{"weights": [[1]], "intercepts": [0]}]), '"members[0].weights[0]" has 1 numbers; the number of terms is 2'),
    (dict(members=[{"weights": [[1, None]], "intercepts": [0]}]), '"members[0].weights[0][1]" is null'),
    (dict(members=[{"weights": [[1, 1e308]], "intercepts": [0]}]), '"members[0].weights[0][1]" is 1e+308'),
    (dict(members=[{"weights": [[1, 2]], "intercepts": []}]), '"members[0].intercepts" has 0 numbers'),
    (dict(members=[{"weights": [[1, 2]]}]), 'lacks the field "members[0].intercepts"'),
    (dict(members=[ROW | {"platt": [[1, 2]]}]), "calibrated"),
    (dict(link="calibrated"), 'lacks "platt"'),
    (dict(link="calibrated", members=[ROW | {"platt": [[1]]}]), '"members[0].platt[0]" has 1 numbers'),
    (dict(weights=[1]), 'unknown field "weights"'),
]


def refused(bytes_, folder, **options):
    """What the plugin says about a file of these bytes."""
    (folder / "model").write_bytes(bytes_)
    with pytest.raises(PluginError) as error:
        with opened(model=folder / "model", **options):
            pass
    assert error.value.args[0] == -4, error.value
    return error.value.args[1]


@pytest.mark.parametrize("change, said", WRONG, ids=[said for _, said in WRONG])
def test_a_wrong_field_is_named_with_its_file(change, said, tmp_path):
    message = refused(json.dumps(GOOD | change).encode(), tmp_path)
    assert said in message and str(tmp_path / "model") in message


@pytest.mark.parametrize("field", ["format", "tokens", "vocabulary", "labels", "link", "members"])
def test_a_missing_field_is_named(field, tmp_path):
    model = {name: value for name, value in GOOD.items() if name != field}
    assert field in refused(json.dumps(model).encode(), tmp_path)


def test_a_good_file_is_good(tmp_path):
    (tmp_path / "model").write_text(json.dumps(GOOD))
    with opened(model=tmp_path / "model") as model:
        sum_ = 0.5 + (1.5 * -1 + 2 * 2 * 2) / np.hypot(1.5, 4)
        assert model.predict(["Bad, good, GOOD"])[0] == pytest.approx([1 / (1 + np.exp(sum_)), 1 / (1 + np.exp(-sum_))])


def test_what_is_no_json_is_said_to_be_none(tmp_path):
    good = json.dumps(GOOD).encode()
    for cut in range(1, len(good) - 1, 7):
        assert "truncated JSON" in refused(good[:cut], tmp_path)
    for text in (b'{"format": NaN}', good.replace(b"1.5", b"NaN"), good.replace(b"1.5", b"1e999"), good + b"}", b"{\xff}"):
        assert "JSON" in refused(text, tmp_path)
    assert "nested" in refused(b'{"a":' * 100_000, tmp_path)
    assert "nested" in refused(b'{"format":' + b"[" * 1_000_000, tmp_path)
    for text in (b"[1]", b"\0" * 100, b"model", os.urandom(4096) + b"x"):
        assert "neither" in refused(text, tmp_path)
    assert "empty" in refused(b"", tmp_path)
    draw = np.random.default_rng(3)
    for _ in range(300):
        broken = bytearray(good)
        for place in draw.integers(0, len(good), 3):
            broken[place] = draw.integers(0, 256)
        (tmp_path / "model").write_bytes(broken)
        try:
            with opened(model=tmp_path / "model") as model:
                assert np.all(np.isfinite(model.predict(["good bad", ""])))
        except PluginError as error:
            assert error.args[0] == -4, error


def test_the_command_says_what_is_wrong_with_a_file(tmp_path, textexplain):
    (tmp_path / "cut.json").write_text(json.dumps(GOOD)[:60])
    options = ["--plugin", "linear", "--option"]
    assert "cut.json is broken or truncated JSON" in textexplain.refusal(*options, f"model={tmp_path}/cut.json", code=65)
    assert "No such file" in textexplain.refusal(*options, f"model={tmp_path}/absent.json", code=65)
    assert "not a file" in textexplain.refusal(*options, f"model={tmp_path}", code=65)


def test_the_command_says_where_models_come_from(textexplain):
    said = textexplain.run("plugin", "info", "linear").stdout
    assert "export_sklearn.py" in said and "liblinear" in said and "bundled" in said


def test_no_sum_overflows(tmp_path):
    extreme = copy.deepcopy(GOOD) | {"norm": None, "idf": [1e100, -1e100], "members": [{"weights": [[1e100, 1e100]], "intercepts": [0]}]}
    for link, platt in (("none", {}), ("logistic", {}), ("calibrated", {"platt": [[1e100, -1e100]]})):
        extreme["link"], extreme["members"] = link, [extreme["members"][0] | platt]
        (tmp_path / "model").write_text(json.dumps(extreme))
        with opened(model=tmp_path / "model") as model:
            assert np.all(np.isfinite(model.predict(["", "bad " * 200_000, "good " * 9, "good bad"])))


def test_a_small_file_does_not_take_much_memory(tmp_path):
    """Room for weights is there only where the weights are: 20,000 rows of 20,000 terms would be 3 GB."""
    names = [f"n{i}" for i in range(20_000)]
    model = GOOD | {"vocabulary": names, "idf": None, "labels": names, "link": "softmax"}
    held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    for rows, said in (([[]] * 20_000, '"members[0].weights[0]" has 0 numbers; the number of terms is 20000'),
                       ([[0] * 20_000] + [[]] * 19_999, '"members[0].weights[1]" has 0 numbers'),
                       ([0] * 20_000, '"members[0].weights[0]" is a number, not an array')):
        text = json.dumps(model | {"members": [{"weights": rows, "intercepts": [0] * 20_000}]}).encode()
        resource.setrlimit(resource.RLIMIT_AS, (held + (1 << 29), before[1]))
        try:
            assert said in refused(text, tmp_path)
        finally:
            resource.setrlimit(resource.RLIMIT_AS, before)


def test_a_decision_takes_members_of_the_right_shape_alone(tmp_path):
    """Whatever a reader forgets: no scores are written where there is no room, and none is left out."""
    subprocess.run([os.environ.get("CXX", "c++"), "-std=c++17", "-O0", "-fsanitize=address,undefined", "-D_GLIBCXX_ASSERTIONS",
                    "-I", ROOT / "Plugins/cxx", "-I", ROOT / "Plugins/linear", "-I", ROOT / "Sources/CTextExplain/include",
                    ROOT / "Tests/Models/linear_shapes.cpp", ROOT / "Plugins/linear/decision.cpp", "-o", tmp_path / "shapes"],
                   check=True)
    said = subprocess.run([tmp_path / "shapes"], check=True, capture_output=True, text=True).stdout.splitlines()
    right = {"none": ["2 1", "2 2", "3 3", "4 4"], "logistic": ["2 1"], "softmax": ["2 2", "3 3", "4 4"],
             "one-vs-rest": ["2 2", "3 3", "4 4"], "modified-huber": ["2 1", "3 3", "4 4"],
             "calibrated": ["2 1", "3 3", "4 4"], "multilabel": ["1 1", "2 2", "3 3", "4 4"]}
    assert said == [f"{link} {shape}" for link, shapes in right.items() for shape in shapes]


# What the exporter refuses.

@pytest.fixture(scope="module")
def reviews():
    return corpus()[:2]


def double(text):
    return text.split()


class Shouting(CountVectorizer):
    pass


REFUSED = {
    "tokenizer is a function": lambda: make_pipeline(CountVectorizer(tokenizer=double, token_pattern=None), LogisticRegression()),
    "preprocessor is a function": lambda: make_pipeline(CountVectorizer(preprocessor=str.upper), LogisticRegression()),
    "strip_accents is a function": lambda: make_pipeline(CountVectorizer(strip_accents=str.strip), LogisticRegression()),
    "analyzer 'char_wb'": lambda: make_pipeline(CountVectorizer(analyzer="char_wb"), LogisticRegression()),
    "analyzer <function": lambda: make_pipeline(CountVectorizer(analyzer=double), LogisticRegression()),
    "HashingVectorizer": lambda: make_pipeline(HashingVectorizer(n_features=64), LogisticRegression()),
    "FeatureUnion": lambda: make_pipeline(FeatureUnion([("a", CountVectorizer()), ("b", TfidfVectorizer())]), LogisticRegression()),
    "SelectKBest": lambda: make_pipeline(CountVectorizer(), SelectKBest(k=20), LogisticRegression()),
    "weighs twice": lambda: make_pipeline(TfidfVectorizer(), TfidfTransformer(), LogisticRegression()),
    "float32": lambda: make_pipeline(TfidfVectorizer(dtype=np.float32), LogisticRegression()),
    "RandomForestClassifier": lambda: make_pipeline(CountVectorizer(), RandomForestClassifier(n_estimators=2)),
    "calibration by 'isotonic'": lambda: make_pipeline(CountVectorizer(), CalibratedClassifierCV(LinearSVC(), method="isotonic", cv=2)),
    "calibration of MultinomialNB": lambda: make_pipeline(CountVectorizer(), CalibratedClassifierCV(MultinomialNB(), cv=2)),
    "not all finite": lambda: make_pipeline(CountVectorizer(), MultinomialNB(alpha=0, force_alpha=True)),
    "empty string": lambda: make_pipeline(CountVectorizer(token_pattern=r"\w*"), LogisticRegression()),
    "Shouting": lambda: make_pipeline(Shouting(), LogisticRegression()),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("why", REFUSED)
def test_pipelines_that_cannot_be_expressed_are_refused(why, reviews, tmp_path):
    with pytest.raises(Refusal, match=why):
        export(REFUSED[why]().fit(*reviews), tmp_path / "model.json")
    assert not list(tmp_path.iterdir())


def test_a_pipeline_that_is_not_fitted_is_refused(reviews, tmp_path):
    with pytest.raises(Refusal, match="not fitted"):
        export(make_pipeline(CountVectorizer(), LogisticRegression()), tmp_path / "model.json")
    vectorizer = CountVectorizer().fit(reviews[0])
    for classifier in [LogisticRegression(), "a classifier"]:
        with pytest.raises(Refusal, match="no fitted classifier"):
            export((vectorizer, classifier), tmp_path / "model.json")


def test_labels_have_to_match(reviews, tmp_path):
    pipeline = make_pipeline(CountVectorizer(), LogisticRegression()).fit(*reviews)
    with pytest.raises(Refusal, match="3 labels given"):
        export(pipeline, tmp_path / "model.json", labels=["a", "b", "c"])
    with pytest.raises(Refusal, match="different"):
        export(pipeline, tmp_path / "model.json", labels=["a", "a"])
    export(pipeline, tmp_path / "model.json", labels=["nay", "yea"])
    with opened(model=tmp_path / "model.json") as model:
        assert model.labels == ["nay", "yea"]


@pytest.mark.parametrize("wrong", [r"[^\W\d_]{2,}", r"\w+", r"\w\w"])
def test_a_wrong_translation_is_found_before_anything_is_written(wrong, reviews, tmp_path, monkeypatch):
    pipeline = make_pipeline(CountVectorizer(ngram_range=(1, 2)), LogisticRegression())
    pipeline.fit(reviews[0] + ["see a film", "see 12 films"] * 2, reviews[1] + ["negative", "positive"] * 2)
    right = export_sklearn.translate
    monkeypatch.setattr(export_sklearn, "translate", lambda pattern: right(wrong))
    with pytest.raises(Refusal, match="differ by"):
        export(pipeline, tmp_path / "model.json")
    assert not list(tmp_path.iterdir())


def test_the_exporters_command(reviews, tmp_path, textexplain):
    import joblib
    pipeline = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(*reviews)
    joblib.dump(pipeline[1], tmp_path / "classifier.joblib")
    joblib.dump(pipeline[0], tmp_path / "vectorizer.joblib")
    (tmp_path / "texts.txt").write_text("\n".join(reviews[0][:5]))
    command = [sys.executable, ROOT / "Plugins/linear/export_sklearn.py", tmp_path / "classifier.joblib", tmp_path / "out.json"]
    more = ["--vectorizer", tmp_path / "vectorizer.joblib", "--labels", "bad,good", "--sample", tmp_path / "texts.txt",
            "--check-with", ROOT / ".build/release/textexplain"]
    done = subprocess.run(command + more, capture_output=True, text=True, check=True)
    assert "can run any code" in done.stderr and "equal to scikit-learn on" in done.stdout
    document = textexplain.explain("A lovely film", "--plugin", "linear", "--option", f"model={tmp_path / 'out.json'}")
    expected = pipeline.predict_proba(["A lovely film"])[0]
    assert document["prediction"]["labels"] == ["bad", "good"]
    assert document["prediction"]["scores"] == pytest.approx(expected, abs=1e-12)
    failed = subprocess.run(command, capture_output=True, text=True)
    assert failed.returncode == 1 and "error: a pipeline of" in failed.stderr
    (tmp_path / "latin.txt").write_bytes("caf\u00e9".encode("latin-1"))
    wrong = [(["--vectorizer", tmp_path / "texts.txt"], "error: joblib cannot load"),
             (more[:2] + ["--sample", tmp_path / "latin.txt"], "latin.txt is not UTF-8 from byte 3 on"),
             (["--vectorizer", tmp_path / "absent"], "error: [Errno 2] No such file")]
    for options, why in wrong:
        failed = subprocess.run(command + options, capture_output=True, text=True)
        assert failed.returncode == 1 and why in failed.stderr and "Traceback" not in failed.stderr


def test_the_example_of_the_page_works(tmp_path, textexplain, monkeypatch):
    page = (ROOT / "Plugins/linear/README.md").read_text(encoding="utf-8")
    code = page.split("```python\n")[1].split("```")[0].replace("Plugins/linear", str(ROOT / "Plugins/linear"))
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    document = textexplain.explain("A refund for my login", "--plugin", "linear", "--option", f"model={tmp_path}/tickets.json")
    assert document["prediction"]["labels"] == ["billing", "login"]


# liblinear

TERMS = ["awful", "bad", "fine", "good", "not bad"]
SENTENCES = ["good", "a good, good film", "fine", "not bad", "awful", "bad", "bad and awful", "fine but bad", "not good", ""]


def columns(text):
    return FlatModel(GOOD | {"vocabulary": TERMS, "idf": None, "norm": None, "ngram_range": [1, 2]}).features(text)


@pytest.fixture(scope="module")
def liblinear(tmp_path_factory):
    """Trains with Debian's liblinear: a function from solver, number of classes and bias to the files."""
    folder = tmp_path_factory.mktemp("liblinear")
    (folder / "terms.txt").write_text("\n".join(TERMS) + "\n")

    def train(solver, classes, bias):
        rows = [f"{7 + 3 * (i * classes // len(SENTENCES))} "
                + " ".join(f"{k + 1}:{x:g}" for k, x in enumerate(columns(text)) if x) + " "
                for i, text in enumerate(SENTENCES)]
        # A row that names the last feature, for liblinear counts as far as it is told.
        (folder / "data").write_text("\n".join([*rows, f"7 {len(TERMS)}:0"]) + "\n")
        subprocess.run(["liblinear-train", "-q", "-s", str(solver), "-B", str(bias), folder / "data", folder / "model"],
                       check=True, capture_output=True)
        return folder

    return train


@pytest.mark.skipif(not shutil.which("liblinear-train"), reason="needs Debian's liblinear-tools")
@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("solver", range(8))
def test_models_of_liblinear_score_as_liblinear_does(solver, classes, liblinear):
    for bias in (-1, 2):
        folder = liblinear(solver, classes, bias)
        (folder / "texts").write_text("\n".join(
            "7 " + " ".join(f"{k + 1}:{x:g}" for k, x in enumerate(columns(text)) if x) for text in SENTENCES) + "\n")
        gives_probabilities = solver in (0, 6, 7)
        subprocess.run(["liblinear-predict", *(["-b", "1"] if gives_probabilities else []), folder / "texts", folder / "model",
                        folder / "answers"], check=True, capture_output=True)
        answers = [line.split() for line in (folder / "answers").read_text().splitlines()]
        with opened(model=folder / "model", vocabulary=folder / "terms.txt") as model:
            scores = model.predict(SENTENCES)
            assert model.info.output_kind == (1 if gives_probabilities else 6)
            if gives_probabilities:
                assert model.labels == answers.pop(0)[1:]
                # liblinear prints six digits.
                assert scores == pytest.approx(np.array([list(map(float, row[1:])) for row in answers]), abs=2e-6)
            for row, answer in zip(scores, answers):
                if np.ptp(row) > 1e-9:
                    assert model.labels[row.argmax()] == answer[0]


LIBLINEAR = """solver_type L2R_LR
nr_class 2
label 1 -1
nr_feature 5
bias 1
w
0.1
-2
0.3
1.5
-0.25
0.125
"""


def test_the_first_label_of_liblinear_is_the_positive_one(tmp_path):
    (tmp_path / "model").write_text(LIBLINEAR)
    (tmp_path / "terms").write_text("\n".join(TERMS))
    with opened(model=tmp_path / "model", vocabulary=tmp_path / "terms") as model:
        assert model.labels == ["1", "-1"]
        expected = 1 / (1 + np.exp(-(0.125 - 2 - 0.25 + 1.5)))
        assert model.predict(["Not bad, good"])[0] == pytest.approx([expected, 1 - expected], abs=1e-15)


def test_features_of_liblinear_may_be_described_in_json(tmp_path):
    (tmp_path / "model").write_text(LIBLINEAR)
    features = {"format": "textexplain-linear/1", "tokens": {"runs_of": r"[a-z\x20]"}, "vocabulary": TERMS, "binary": True}
    (tmp_path / "features.json").write_text(json.dumps(features))
    with opened(model=tmp_path / "model", vocabulary=tmp_path / "features.json") as model:
        expected = 1 / (1 + np.exp(-(0.125 - 0.25 + 1.5)))
        assert model.predict(["not bad,good,good"])[0][0] == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize("change, said", [
    (("L2R_LR", "L2R_L2LOSS_SVR"), 'solver_type "L2R_L2LOSS_SVR" is none'),
    (("nr_class 2", "nr_class 1"), "nr_class"),
    (("nr_class 2\n", ""), "label comes before nr_class"),
    (("label 1 -1", "label 1 1"), "label 1 is there twice"),
    (("label 1 -1", "label 1"), 'label 2 is "nr_feature", not a number'),
    (("label 1 -1", "label 1 -1 3"), 'unknown field "3"'),
    (("label 1 -1\n", ""), "label is missing"),
    (("label 1 -1", "label 1 -1\nnr_class 2"), 'the field "nr_class" is there twice'),
    (("label 1 -1", "label 1 -1\nnr_class 60000"), 'the field "nr_class" is there twice'),
    (("label 1 -1", "label 1 -1\nlabel 3 4"), 'the field "label" is there twice'),
    (("bias 1", "bias 1\nbias 2"), 'the field "bias" is there twice'),
    (("nr_feature 5", "nr_feature 5\nnr_feature 5"), 'the field "nr_feature" is there twice'),
    (("nr_class 2", "solver_type MCSVM_CS\nnr_class 2"), 'the field "solver_type" is there twice'),
    (("nr_feature 5", "nr_feature 4"), "nr_feature is 4, and"),
    (("nr_feature 5", "nr_feature 99999999999"), "nr_feature is 99999999999"),
    (("0.3", "abc"), 'the weight of feature 3 is "abc"'),
    (("0.3", "nan"), "the weight of feature 3 is not finite"),
    (("0.3", "1e308"), "the weight of feature 3 is not finite or beyond"),
    (("0.125\n", ""), "ends before the weight of the bias; the file is truncated"),
    (("0.125\n", "0.125\n7\n"), "more weights"),
    (("bias 1", "bies 1"), 'unknown field "bies"'),
    (("w\n", ""), "unknown field"),
], ids=lambda value: value if isinstance(value, str) else value[1].strip())
def test_a_wrong_model_of_liblinear_is_refused(change, said, tmp_path):
    (tmp_path / "terms").write_text("\n".join(TERMS))
    message = refused(LIBLINEAR.replace(*change, 1).encode(), tmp_path, vocabulary=tmp_path / "terms")
    assert said in message and str(tmp_path / "model") in message


@pytest.mark.parametrize("header, weights", [
    ("nr_class 3\nlabel 1 2 3\nnr_class 60000", 2 * 60_000), ("nr_class 2\nlabel 1 2\nlabel 3 4", 2),
    ("nr_class 2\nlabel 1 2\nnr_class 3\nlabel 3 4 5", 6)])
def test_labels_and_rows_of_liblinear_stay_in_step(header, weights, tmp_path):
    """With as many weights as the last line wants: more scores than labels, or labels without a score."""
    (tmp_path / "terms").write_text("bad\ngood\n")
    text = f"solver_type L2R_LR\n{header}\nnr_feature 2\nbias -1\nw\n" + "1 " * weights
    assert "is there twice" in refused(text.encode(), tmp_path, vocabulary=tmp_path / "terms")


def test_many_labels_of_liblinear_take_no_long_time_and_can_be_stopped(tmp_path):
    count = 100_000
    (tmp_path / "terms").write_text("good\n")
    head = f"solver_type MCSVM_CS\nnr_class {count}\nlabel {' '.join(map(str, range(count)))}\nnr_feature 1\nbias -1\nw\n"
    (tmp_path / "model").write_text(head + " ".join(map(str, range(count))))
    files = {"model": tmp_path / "model", "vocabulary": tmp_path / "terms"}
    begin = time.process_time()
    with opened(**files) as model:
        assert time.process_time() - begin < 5, "quadratic: it was 27 s"
        assert np.array_equal(model.predict(["good good"])[0], 2.0 * np.arange(count))
    # A few polls while it reads labels, and as many while it reads weights; at each it can be stopped.
    asked = []
    with opened(call=asking(lambda: asked.append(0) or 0), **files):
        assert len(asked) > 40
    for last in (1, len(asked) // 4, len(asked) - 1):
        left = iter(range(last, -1, -1))
        with pytest.raises(PluginError) as error:
            with opened(call=asking(lambda: next(left) == 0), **files):
                pass
        assert error.value.args[0] == -7 and next(left, None) is None


def test_a_wrong_vocabulary_is_refused(tmp_path):
    model, terms = LIBLINEAR.encode(), tmp_path / "terms"
    for text, said in (("", "is empty"), ("a\nb\n", "has 2 terms"), ("a\n\nb", "line 2: an empty term"), ("a\na\n", "line 2"),
                       ("{}", "format"), ("{", "truncated")):
        terms.write_text(text)
        assert said in refused(model, tmp_path, vocabulary=terms)
    terms.write_text("\n".join(TERMS))
    with pytest.raises(PluginError, match="by number; give their terms"):
        with opened(model=tmp_path / "model"):
            pass
    assert "that has its own" in refused(json.dumps(GOOD).encode(), tmp_path, vocabulary=terms)
