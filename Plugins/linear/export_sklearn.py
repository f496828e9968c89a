#!/usr/bin/env python3
"""Writes a fitted scikit-learn text classifier as a JSON file for the plugin `linear`.

    export_sklearn.py model.joblib model.json [--vectorizer vectorizer.joblib] [--labels no,yes] [--sample texts.txt]

or, from the program that trains it, `export(pipeline, "model.json")`. What the format cannot express is refused, and
predictions on sample texts are compared before anything is written.
"""

import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from flat_model import FlatModel  # noqa: E402
from token_pattern import Refusal, translate  # noqa: E402

FORMAT = "textexplain-linear/1"
CLOSE = 1e-12
MARGINS = ("LinearSVC", "SGDClassifier", "Perceptron", "RidgeClassifier")

# Texts that tell readings of Unicode apart.
NASTY = [
    "", " ", "a", "I didn't love this movie, but the acting was great!", "state-of-the-art e-mail, don't_stop x_1 _ __",
    "ΟΔΥΣΣΕΥΣ ΣΑΣ Σ Α'Σ ΑΣ'Α ΑΣ.",
    "İstanbul ISPARTA ısırgan Iğdır", "STRASSE straße Ǆ ǅ ﬁne", "这部电影非常好看 映画が 영화",
    "हिन्दी क्षत्रिय ไทยดี שָׁלוֹם عربيّ", "👍🏽 good👍bad 1️⃣ ½ ² Ⅷ x²y",
    "e\u0301te\u0301 été naïve café", "zero\u200bwidth\u200djoiner soft\u00adhyphen",
    "tab\tline\nline\r\nvt\x0bfs\x1cnbsp\u00a0ideo\u3000end", "12 3.5 1e9 42nd №7 ٣٤٥", "\ufeffbom nul\0nul", "𝔘𝔫𝔦 𐐀𐐨 𝟘𝟙",
]


def export(pipeline, path, samples=None, labels=None, about=None, check_with=None):
    """Writes a fitted pipeline (vectorizer, perhaps a TfidfTransformer, classifier) to `path`.

    samples: more texts to compare predictions on. labels: other names for `classes_`, in their order.
    check_with: the program `textexplain`, to compare the plugin's predictions too.
    Returns the number of texts compared. Raises Refusal where the file could not say what the pipeline does.
    """
    model = flatten(pipeline, labels, about)
    texts = NASTY + texts_of(model["vocabulary"]) + list(samples or ())
    expected = predictions(pipeline, texts)
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    require_equal(FlatModel(json.loads(text)).scores(texts), expected, texts, "this file")
    path = pathlib.Path(path)
    with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".export-") as folder:
        file = pathlib.Path(folder) / path.name
        file.write_text(text + "\n", encoding="utf-8")
        if check_with:
            require_equal(ask(check_with, file, texts), expected, texts, "the plugin")
        os.replace(file, path)
    return len(texts)


def flatten(pipeline, labels=None, about=None):
    """The pipeline as an object of the format."""
    vectorizer, transformer, classifier = steps_of(pipeline)
    model = {"format": FORMAT}
    if about:
        model["about"] = about
    model |= read_vectorizer(vectorizer)
    if transformer is not None:
        if type(vectorizer).__name__ == "TfidfVectorizer":
            raise Refusal("a TfidfTransformer after a TfidfVectorizer weighs twice, which cannot be expressed")
        model |= read_transformer(transformer)
    if model["idf"] is not None and len(model["idf"]) != len(model["vocabulary"]):
        raise Refusal("the idf vector is not as long as the vocabulary")
    if not hasattr(classifier, "classes_"):
        raise Refusal(f"{type(classifier).__name__} is no fitted classifier: it has no classes_")
    classes = [str(label) for label in np.asarray(classifier.classes_).tolist()]
    if labels is not None and len(labels) != len(classes):
        raise Refusal(f"{len(labels)} labels given, and the classifier has {len(classes)} classes: {', '.join(classes)}")
    model["labels"] = list(labels) if labels is not None else classes
    if len(classes) < 2 or len(set(model["labels"])) != len(classes) or not all(model["labels"]):
        raise Refusal(f"labels have to be two or more, different and not empty: {model['labels']}")
    model["link"], model["members"] = read_classifier(classifier)
    for member in model["members"]:
        for name, values in member.items():
            if not np.all(np.isfinite(values)) or np.any(np.abs(values) > 1e100):
                raise Refusal(f"{name} of the classifier are not all finite (a smoothing of 0, perhaps)")
            if name == "weights" and np.shape(values)[1] != len(model["vocabulary"]):
                raise Refusal(f"the classifier has {np.shape(values)[1]} features, the vocabulary "
                              f"{len(model['vocabulary'])} terms")
    return model


def steps_of(pipeline):
    """Vectorizer, transformer or None, classifier. A pair of vectorizer and classifier will do for a pipeline."""
    steps = list(pipeline) if isinstance(pipeline, (tuple, list)) else [step for _, step in getattr(pipeline, "steps", ())]
    steps = [step for step in steps if step is not None and step != "passthrough"]
    names = [type(step).__name__ for step in steps]
    if len(steps) not in (2, 3) or (len(steps) == 3 and names[1] != "TfidfTransformer"):
        raise Refusal("a pipeline of a CountVectorizer or TfidfVectorizer, perhaps a TfidfTransformer, and a classifier is "
                      f"wanted, not {', '.join(names) or type(pipeline).__name__}")
    if names[0] not in ("CountVectorizer", "TfidfVectorizer"):
        why = {"HashingVectorizer": "; it keeps no vocabulary", "FeatureUnion": "; the format has one vectorizer"}
        raise Refusal(f"{names[0]} cannot be expressed{why.get(names[0], '')}; use CountVectorizer or TfidfVectorizer")
    return steps[0], steps[1] if len(steps) == 3 else None, steps[-1]


def require_own(step, package):
    """Refuses classes that override what scikit-learn's do."""
    if not type(step).__module__.startswith(package):
        raise Refusal(f"{type(step).__name__} is not scikit-learn's own and may do anything")


def read_vectorizer(vectorizer):
    require_own(vectorizer, "sklearn.feature_extraction")
    if not hasattr(vectorizer, "vocabulary_"):
        raise Refusal(f"{type(vectorizer).__name__} is not fitted: it has no vocabulary_")
    for name in ("tokenizer", "preprocessor"):
        if getattr(vectorizer, name) is not None:
            raise Refusal(f"{name} is a function, which a file cannot hold; use token_pattern, lowercase and strip_accents")
    if vectorizer.analyzer != "word":
        raise Refusal(f"analyzer {vectorizer.analyzer!r} cannot be expressed; only \"word\" can")
    if callable(vectorizer.strip_accents):
        raise Refusal("strip_accents is a function, which a file cannot hold; \"unicode\" and \"ascii\" can be expressed")
    if vectorizer.input != "content":
        raise Refusal(f"input {vectorizer.input!r}: the plugin is given texts, not files")
    if np.dtype(vectorizer.dtype) == np.float32:
        raise Refusal("dtype float32 rounds the features; fit with float64")
    terms = sorted(vectorizer.vocabulary_.items(), key=lambda item: item[1])
    if [column for _, column in terms] != list(range(len(terms))):
        raise Refusal("the vocabulary's columns are not 0, 1, 2, ...")
    if not all(isinstance(term, str) for term, _ in terms):
        raise Refusal("the vocabulary has terms that are no strings")
    stop_words = vectorizer.get_stop_words()
    return {
        "tokens": translate(vectorizer.token_pattern),
        "lowercase": bool(vectorizer.lowercase),
        "strip_accents": vectorizer.strip_accents,
        "stop_words": sorted(stop_words) if stop_words else [],
        "ngram_range": [int(n) for n in vectorizer.ngram_range],
        "binary": bool(vectorizer.binary),
        "vocabulary": [term for term, _ in terms],
    } | read_transformer(getattr(vectorizer, "_tfidf", None))


def read_transformer(transformer):
    if transformer is None:
        return {"sublinear_tf": False, "idf": None, "norm": None}
    require_own(transformer, "sklearn.feature_extraction")
    idf = getattr(transformer, "idf_", None)
    if transformer.use_idf and idf is None:
        raise Refusal("the TfidfTransformer is not fitted: it has no idf_")
    return {
        "sublinear_tf": bool(transformer.sublinear_tf),
        "idf": np.asarray(idf, dtype=float).tolist() if transformer.use_idf else None,
        "norm": transformer.norm,
    }


def read_classifier(classifier):
    """The link and the members."""
    kind = type(classifier).__name__
    require_own(classifier, "sklearn.")
    if kind == "CalibratedClassifierCV":
        return "calibrated", [calibrated(fold, classifier) for fold in classifier.calibrated_classifiers_]
    if kind == "MultinomialNB":
        return "softmax", [rows(classifier.feature_log_prob_, classifier.class_log_prior_)]
    if kind == "ComplementNB":
        return "softmax", [rows(classifier.feature_log_prob_, np.zeros(len(classifier.classes_)))]
    if kind == "LogisticRegression":
        multinomial = len(classifier.classes_) > 2
        if multinomial and (classifier.solver == "liblinear" or getattr(classifier, "multi_class", None) == "ovr"):
            return "one-vs-rest", [of_linear(classifier)]
        return "softmax" if multinomial else "logistic", [of_linear(classifier)]
    if kind == "SGDClassifier" and classifier.loss in ("log_loss", "log"):
        return "logistic" if len(classifier.classes_) == 2 else "one-vs-rest", [of_linear(classifier)]
    if kind == "SGDClassifier" and classifier.loss == "modified_huber":
        return "modified-huber", [of_linear(classifier)]
    if kind in MARGINS:
        return "none", [of_linear(classifier)]
    raise Refusal(f"the classifier {kind} cannot be expressed; known are LogisticRegression, {', '.join(MARGINS)}, "
                  "MultinomialNB, ComplementNB, and CalibratedClassifierCV of those with a decision function")


def rows(weights, intercepts):
    return {"weights": np.asarray(weights, dtype=float).tolist(), "intercepts": np.asarray(intercepts, dtype=float).tolist()}


def of_linear(classifier):
    weights = np.atleast_2d(np.asarray(dense(classifier.coef_), dtype=float))
    return rows(weights, np.broadcast_to(np.ravel(classifier.intercept_).astype(float), len(weights)))


def dense(weights):
    return weights.toarray() if hasattr(weights, "toarray") else weights


def calibrated(fold, whole):
    if fold.method != "sigmoid":
        raise Refusal(f"calibration by {fold.method!r} is no logistic function of a sum for each label; use method=\"sigmoid\"")
    base = fold.estimator
    if type(base).__name__ == "FrozenEstimator":
        base = base.estimator
    require_own(base, "sklearn.")
    if type(base).__name__ not in ("LogisticRegression", *MARGINS):
        raise Refusal(f"calibration of {type(base).__name__} cannot be expressed; known are LogisticRegression, "
                      + ", ".join(MARGINS))
    if list(base.classes_) != list(whole.classes_):
        raise Refusal("a fold of the calibration was trained on other classes than the whole")
    return of_linear(base) | {"platt": [[float(one.a_), float(one.b_)] for one in fold.calibrators]}


def predictions(pipeline, texts):
    """What scikit-learn says, in the plugin's shape: probabilities, or margins with their negatives for a pair."""
    vectorizer, transformer, classifier = steps_of(pipeline)
    features = vectorizer.transform(texts)
    features = transformer.transform(features) if transformer is not None else features
    if hasattr(classifier, "predict_proba"):
        return classifier.predict_proba(features)
    margins = classifier.decision_function(features)
    return np.column_stack([-margins, margins]) if margins.ndim == 1 else margins


def texts_of(vocabulary, count=24):
    """Texts of the model's own words and what may stand between them, drawn with a fixed seed."""
    draw = random.Random(5)
    between = [" "] * 12 + [", ", " a ", " 7 ", "-", "_", "'s ", ". ", "\n", " the ", " zzz "]
    return ["".join(draw.choice(vocabulary) + draw.choice(between) for _ in range(draw.randint(1, 30)))
            for _ in range(count)]


def require_equal(scores, expected, texts, who):
    if scores.shape != expected.shape:
        raise Refusal(f"{who} gives {scores.shape[1]} scores a text, scikit-learn {expected.shape[1]}")
    away = np.abs(scores - expected) / np.maximum(1, np.abs(expected))
    away[np.isnan(away)] = np.inf
    worst = int(away.max(axis=1).argmax())
    if away[worst].max() > CLOSE:
        raise Refusal(f"{who} and scikit-learn differ by {away[worst].max():.2g} on {texts[worst]!r}: "
                      f"{scores[worst].tolist()} and {expected[worst].tolist()}; nothing was written")


def ask(program, file, texts):
    """The plugin's scores for texts."""
    scores = []
    for text in texts:
        command = [program, "--plugin", "linear", "--option", f"model={file}", "--method", "loo", "--format", "json"]
        done = subprocess.run(command, input=text + "\n", capture_output=True, text=True)
        if done.returncode:
            raise Refusal(f"{program} fails on {text!r}: {done.stderr.strip()}")
        scores.append(json.loads(done.stdout)["prediction"]["scores"])
    return np.array(scores)


def read_lines(path):
    try:
        return pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise Refusal(f"{path} is not UTF-8 from byte {error.start} on") from error


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a fitted pipeline, or with --vectorizer a classifier, as joblib saved it")
    parser.add_argument("out", help="the JSON file to write")
    parser.add_argument("--vectorizer", help="the fitted vectorizer, where it is not in the pipeline")
    parser.add_argument("--labels", help="names for the classes in their order, separated by commas")
    parser.add_argument("--sample", help="a file with a text a line, to compare predictions on")
    parser.add_argument("--check-with", metavar="PROGRAM", help="compare the plugin's predictions too: the program textexplain")
    arguments = parser.parse_args()

    import joblib

    def load(path):
        print(f"loading {path}: a joblib file can run any code; load only what you trust", file=sys.stderr)
        try:
            return joblib.load(path)
        except OSError:
            raise
        except Exception as error:  # What unpickling runs may raise anything.
            raise Refusal(f"joblib cannot load {path}: {type(error).__name__}: {error}") from error

    try:
        pipeline = load(arguments.model)
        if arguments.vectorizer:
            pipeline = (load(arguments.vectorizer), pipeline)
        samples = read_lines(arguments.sample) if arguments.sample else None
        labels = arguments.labels.split(",") if arguments.labels else None
        count = export(pipeline, arguments.out, samples, labels, check_with=arguments.check_with)
    except (Refusal, OSError, re.error) as error:
        sys.exit(f"error: {error}")
    print(f"{arguments.out}: equal to scikit-learn on {count} texts")


if __name__ == "__main__":
    main()
