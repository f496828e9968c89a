"""One model three ways: exported to linear.so, converted to ONNX, and in Python behind --program."""

import importlib.util
import pathlib
import shlex
import sys

import numpy as np
import pytest

from onnx_helpers import RUNTIME

DATA = pathlib.Path(importlib.util.find_spec("profanity_check").origin).parent / "data"
TEXTS = [
    "You are a damn idiot and I love this film.",
    "What the hell is this crap?!",
    "Have a lovely day, dear friend.",
    "shut up, you stupid FOOL - it's a fool's game",
    "Naïve café: ça va, Äpfel? 这部电影 don't can't",
]


@pytest.fixture(scope="session")
def ways(models, root):
    program = shlex.join([sys.executable, str(root / "Plugins" / "program" / "textexplain-sklearn"),
                          str(DATA / "model.joblib"), "--vectorizer", str(DATA / "vectorizer.joblib"),
                          "--labels", "clean,profane", "--trusted"])
    return {
        "linear": ("--plugin", "linear", "--option", f"model={models / 'linear' / 'profanity.json'}"),
        "onnx": ("--plugin", "onnx", "--option", f"model={models / 'onnx' / 'profanity'}", "--option",
                 f"runtime={RUNTIME}"),
        "program": ("--program", program),
    }


@pytest.mark.parametrize("text", TEXTS)
def test_three_ways_agree(textexplain, ways, text):
    flags = ("--method", "shapley", "--label", "profane", "--estimator", "exact")
    documents = {name: textexplain.explain(text, *way, *flags) for name, way in ways.items()}
    expected = documents.pop("program")
    labels, scores = (expected["prediction"][field] for field in ("labels", "scores"))
    values = textexplain.values(expected)
    assert labels == ["clean", "profane"] and max(map(abs, values)) > 1e-3
    for name, document in documents.items():
        assert document["prediction"]["labels"] == labels
        assert np.abs(np.subtract(document["prediction"]["scores"], scores)).max() <= 1e-6, name
        assert np.abs(np.subtract(textexplain.values(document), values)).max() <= 1e-5, name
