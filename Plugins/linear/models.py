#!/usr/bin/env python3
"""Makes the plugin's example models:  models.py OUTDIR  writes OUTDIR/linear/*.json

profanity.json is exported from the package alt-profanity-check; the others are trained on corpora/.
"""

import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from packages import profanity_files

CORPORA = HERE.parents[1] / "corpora"


def inputs_digest():
    """SHA-256 over what the models are made from and by: when it is the same, they are."""
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), *CORPORA.glob("*.tsv"), HERE.parent / "packages.py",
                        HERE.parent / "requirements.txt"]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def profanity(out):
    import joblib

    from export_sklearn import export

    classifier, vectorizer = map(joblib.load, profanity_files())
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
    profanity(out)
    trained(out)
    stamp.write_text(digest)


if __name__ == "__main__":
    main()
