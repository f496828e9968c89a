"""Models for textexplain-sklearn: one trained on corpora/reviews.tsv, in one file and in two, and a package's.

usage: models.py FOLDER
"""

import csv
import pathlib
import shutil
import sys

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from packages import profanity_files

CORPUS = HERE.parents[1] / "corpora" / "reviews.tsv"


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
    """The two files of the package alt-profanity-check."""
    folder.mkdir(exist_ok=True)
    for file in profanity_files():
        shutil.copyfile(file, folder / file.name)


main(pathlib.Path(sys.argv[1]) / "program")
