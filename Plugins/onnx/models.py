#!/usr/bin/env python3
"""Makes the plugin's example models:  models.py OUTDIR  writes OUTDIR/onnx/{magika,profanity,tiny}/

magika/     a file-type model that reads bytes, taken out of the package magika
profanity/  a scikit-learn pipeline that reads strings, converted from the package alt-profanity-check
tiny/       a small transformer that reads tokens, trained on corpora/ by tiny_transformer.py

and, beside them, libonnxruntime.so: a link to the library in the package onnxruntime.
"""

import hashlib
import importlib.util
import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
from packages import profanity_files, wheel_members

CORPORA = HERE.parents[1] / "corpora"
MAGIKA = "magika==1.0.3"
MAGIKA_SHA256 = {
    "magika/models/standard_v3_3/model.onnx": "fe2d2eb49c5f88a9e0a6c048e15d6ffdf86235519c2afc535044de433169ec8c",
    "magika/models/standard_v3_3/config.min.json": "ae24c742205358f6ff6dfd5facb6743fb69743dbba8373e73da58ff0cbd695db",
}


def describe(folder, input, output, **more):
    document = {"format": "textexplain-onnx/1", **more, "input": input, "output": output}
    (folder / "textexplain.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def magika(folder):
    model, config = wheel_members(MAGIKA, MAGIKA_SHA256)
    config = json.loads(config)
    (folder / "model.onnx").write_bytes(model)
    describe(
        folder,
        {"kind": "bytes", "first": config["beg_size"], "last": config["end_size"], "padding": config["padding_token"],
         "strip": True, "block": config["block_size"], "minimum": config["min_file_size_for_dl"], "below": "txt"},
        {"activation": "none", "kind": "probability", "labels": config["target_labels_space"]},
        microseconds=6000,
    )


def profanity(folder):
    import joblib
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import StringTensorType
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    classifier, vectorizer = map(joblib.load, profanity_files())
    pipeline = make_pipeline(vectorizer, classifier)
    # The tokenizer of ONNX Runtime knows no \b, and its \w is of ASCII: this is what Python's \b\w\w+\b finds. The
    # locale decides what lower-casing knows, and "C.UTF-8" is the one that every Debian has.
    options = {TfidfVectorizer: {"locale": "C.UTF-8", "tokenexp": r"[\p{L}\p{N}_]{2,}"},
               type(pipeline[-1]): {"zipmap": False}}
    model = to_onnx(pipeline, initial_types=[("text", StringTensorType([None, 1]))], options=options, target_opset=17)
    model.producer_version = model.doc_string = ""
    # skl2onnx lists them in the order of a set, another in each process.
    operators = sorted(model.opset_import, key=lambda entry: entry.domain)
    del model.opset_import[:]
    model.opset_import.extend(operators)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    describe(folder, {"kind": "string"},
             {"name": "probabilities", "activation": "none", "kind": "probability", "labels": ["clean", "profane"]},
             microseconds=100, batch=64)


def tiny(folder):
    import tiny_transformer

    tiny_transformer.make(CORPORA / "reviews.tsv", folder)
    describe(folder, {"kind": "tokens", "vocabulary": "vocab.txt", "maximumTokens": tiny_transformer.MAXIMUM},
             {"activation": "softmax", "labels": tiny_transformer.LABELS}, microseconds=50)


def link_runtime(out):
    """ONNX Runtime's library out of the Python package, under a name that does not tell its version."""
    package = pathlib.Path(importlib.util.find_spec("onnxruntime").origin).parent
    out.mkdir(parents=True, exist_ok=True)
    link = out / "libonnxruntime.so"
    link.unlink(missing_ok=True)
    link.symlink_to(next((package / "capi").glob("libonnxruntime.so*")))


def main():
    out = pathlib.Path(sys.argv[1]) / "onnx"
    digest = hashlib.sha256()
    for path in [*sorted(HERE.glob("*.py")), CORPORA / "reviews.tsv", HERE.parent / "packages.py",
                 HERE.parent / "requirements.txt"]:
        digest.update(path.read_bytes())
    link_runtime(out)
    for make in (magika, profanity, tiny):
        folder = out / make.__name__
        stamp = folder / ".made-from"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            continue
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder)
        stamp.write_text(digest.hexdigest())


if __name__ == "__main__":
    main()
