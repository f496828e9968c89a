"""describe.py, which writes textexplain.json for an exported Hugging Face model, on folders like such exports."""

import json
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT
from onnx_helpers import OnnxModel, read_vocabulary

SCRIPT = ROOT / "Plugins" / "onnx" / "describe.py"
CONFIG = {"model_type": "bert", "max_position_embeddings": 64, "id2label": {"0": "NEGATIVE", "1": "POSITIVE"}}


@pytest.fixture
def export(tmp_path, models):
    """A folder as an exporter leaves it, with the tiny transformer inside."""
    tiny = models / "onnx" / "tiny"
    shutil.copy(tiny / "model.onnx", tmp_path)
    shutil.copy(tiny / "vocab.txt", tmp_path)
    (tmp_path / "config.json").write_text(json.dumps(CONFIG))
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(
        {"do_lower_case": True, "model_max_length": 10 ** 30, "cls_token": "[CLS]", "sep_token": {"content": "[SEP]"},
         "mask_token": "[MASK]", "strip_accents": None}))
    return tmp_path


def tokenizer(folder, **changes):
    vocabulary = read_vocabulary(folder / "vocab.txt")
    return {"version": "1.0", "truncation": None, "normalizer": {"type": "BertNormalizer", "lowercase": True},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "model": {"type": "WordPiece", "vocab": vocabulary},
            **changes}


def run(folder, *flags, code=0):
    done = subprocess.run([sys.executable, "-I", SCRIPT, folder, *flags], capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.mark.parametrize("has_tokenizer", [True, False])
@pytest.mark.parametrize("place", ["model.onnx", "onnx/model.onnx"])
def test_an_export_scores_as_the_model(export, models, has_tokenizer, place):
    if has_tokenizer:
        (export / "tokenizer.json").write_text(json.dumps(tokenizer(export)))
        (export / "vocab.txt").unlink()
    if "/" in place:
        (export / "onnx").mkdir()
        (export / "model.onnx").rename(export / place)
    assert "2 labels, 64 tokens" in run(export)
    described = OnnxModel(export)
    assert described.labels == ["NEGATIVE", "POSITIVE"]
    texts = ["", "A great film!", "Naïve, and bad.", "word " * 100]
    assert (described.predict(texts) == OnnxModel(models / "onnx" / "tiny").predict(texts)).all()


@pytest.mark.parametrize("changes, output", [
    ({"problem_type": "multi_label_classification"}, {"activation": "sigmoid", "labels": ["NEGATIVE", "POSITIVE"]}),
    ({"problem_type": "regression", "id2label": {"0": "score"}},
     {"activation": "none", "kind": "regression", "labels": ["score"]}),
    ({"id2label": {"1": "ja", "0": "nein"}}, {"activation": "softmax", "labels": ["nein", "ja"]}),
], ids=str)
def test_the_configuration_decides_on_the_output(export, changes, output):
    (export / "config.json").write_text(json.dumps({**CONFIG, **changes}))
    run(export)
    document = json.loads((export / "textexplain.json").read_text())
    assert document["output"] == {"name": "logits", **output}
    assert document["input"]["special"] == {"begin": "[CLS]", "end": "[SEP]", "mask": "[MASK]"}


def test_weights_beside_the_model_are_listed(export):
    (export / "model.onnx_data").write_bytes(b"0")
    run(export)
    assert json.loads((export / "textexplain.json").read_text())["data"] == ["model.onnx_data"]


@pytest.mark.parametrize("spoil, words", [
    (lambda f: (f / "config.json").unlink(), ["has no config.json"]),
    (lambda f: (f / "config.json").write_text("{"), ["config.json", "cannot be read"]),
    (lambda f: (f / "config.json").write_text("[" * 100000), ["config.json"]),
    (lambda f: (f / "config.json").write_text("[]"), ["no JSON object"]),
    (lambda f: (f / "config.json").write_text(json.dumps({**CONFIG, "id2label": {"0": "a", "2": "b"}})),
     ["count from 0"]),
    (lambda f: (f / "config.json").write_text(json.dumps({**CONFIG, "id2label": {"0": "a", "1": "a"}})), ["twice"]),
    (lambda f: (f / "config.json").write_text(json.dumps({"id2label": CONFIG["id2label"]})), ["--maximum-tokens"]),
    (lambda f: (f / "model.onnx").unlink(), ["no model.onnx", "optimum-cli"]),
    (lambda f: (f / "vocab.txt").unlink(), ["neither tokenizer.json nor vocab.txt"]),
    (lambda f: (f / "tokenizer.json").write_text(json.dumps(tokenizer(f, model={"type": "BPE"}))),
     ["BPE", "--program"]),
], ids=range(10))
def test_what_cannot_be_described_is_refused(export, spoil, words):
    spoil(export)
    said = run(export, code=1)
    assert said.startswith("error: ") and "\nhelp: " in said
    for word in words:
        assert word in said, said


def test_the_maximum_may_be_given(export):
    assert "2 labels, 16 tokens" in run(export, "--maximum-tokens", "16")
    assert OnnxModel(export).flags(["the " * 14, "the " * 15]) == [0, 1]
