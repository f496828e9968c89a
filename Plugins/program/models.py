"""Models for textexplain-sklearn: one trained on corpora/reviews.tsv, in one file and in two, and a package's.

usage: models.py FOLDER
"""

import csv
import hashlib
import importlib.util
import pathlib
import shutil
import sys

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

CORPUS = pathlib.Path(__file__).resolve().parents[2] / "corpora" / "reviews.tsv"
# What the files of alt-profanity-check 1.9.1 hold; they are loaded by joblib, which runs code.
PROFANITY = {
    "model.joblib": "aeafc04849d4d93db4721cf30a86ebf22085595294b8a07d51918e7fa98f538b",
    "vectorizer.joblib": "19c5200dc6a41f026e0558e2f164f5fe8d8f58e502b46b37e4385037fcfa4831",
}


def main(folder):
    with open(CORPUS, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pipeline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(C=10))
    pipeline.fit([row["text"] for row in rows], [row["label"] for row in rows])
    folder.mkdir(parents=True, exist_ok=True)
    joblib.dump(pipeline, folder / "reviews.joblib")
    joblib.dump(pipeline[0], folder / "vectorizer.joblib")
    joblib.dump(pipeline[1], folder / "classifier.joblib")
    copy_profanity(folder / "profanity")


def copy_profanity(folder):
    """The two files of the package alt-profanity-check; finding the package does not run its code."""
    folder.mkdir(exist_ok=True)
    package = pathlib.Path(importlib.util.find_spec("profanity_check").origin).parent
    for name, sha256 in PROFANITY.items():
        file = package / "data" / name
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != sha256:
            sys.exit(f"error: {file} has SHA-256 {found}, not {sha256}")
        shutil.copyfile(file, folder / name)


main(pathlib.Path(sys.argv[1]) / "program")
