#!/usr/bin/env python3
"""Makes the plugin's example models:  models.py OUTDIR  writes OUTDIR/linear/*.json

profanity.json is exported from the package alt-profanity-check; the others are trained on corpora/.
"""

import hashlib
import importlib.util
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
CORPORA = HERE.parents[1] / "corpora"
PROFANITY = {
    "model.joblib": "aeafc04849d4d93db4721cf30a86ebf22085595294b8a07d51918e7fa98f538b",
    "vectorizer.joblib": "19c5200dc6a41f026e0558e2f164f5fe8d8f58e502b46b37e4385037fcfa4831",
}


def inputs_digest():
    """SHA-256 over what the models are made from and by: when it is the same, they are."""
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), *CORPORA.glob("*.tsv"), HERE.parent / "requirements.txt"]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def profanity(out):
    import joblib

    from export_sklearn import export

    # Found without importing, for the package loads its joblib files as soon as it is.
    folder = pathlib.Path(importlib.util.find_spec("profanity_check").origin).parent / "data"
    for name, expected in PROFANITY.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            sys.exit(f"error: {folder / name} is not the file that was looked at; it is not loaded")
    classifier, vectorizer = (joblib.load(folder / name) for name in PROFANITY)
    export((vectorizer, classifier), out / "profanity.json", labels=["clean", "profane"],
           about="alt-profanity-check 1.9.1 (MIT)")


def trained(out):
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from bundled import reviews
    from export_sklearn import export

    texts, labels = reviews()
    pipelines = {
        "reviews-tfidf": make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(C=10)),
        "reviews-counts": make_pipeline(CountVectorizer(), LogisticRegression()),
    }
    for name, pipeline in pipelines.items():
        export(pipeline.fit(texts, labels), out / f"{name}.json", about="trained on corpora/reviews.tsv (CC0-1.0)")

    tickets = CORPORA / "tickets.tsv"
    if not tickets.exists():
        return
    head, *lines = [line.split("\t") for line in tickets.read_text(encoding="utf-8").splitlines()]
    texts, labels = ([line[head.index(name)] for line in lines] for name in ("text", "topic"))
    pipeline = make_pipeline(TfidfVectorizer(sublinear_tf=True, stop_words="english"), LogisticRegression(C=10))
    export(pipeline.fit(texts, labels), out / "topics.json", about="trained on corpora/tickets.tsv (CC0-1.0)")


def main():
    out = pathlib.Path(sys.argv[1]) / "linear"
    stamp, digest = out / ".made-from", inputs_digest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    out.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(HERE))
    profanity(out)
    trained(out)
    stamp.write_text(digest)


if __name__ == "__main__":
    main()
