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
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
CORPORA = HERE.parents[1] / "corpora"
MAGIKA = "magika==1.0.3"
SHA256 = {
    "model.onnx": "fe2d2eb49c5f88a9e0a6c048e15d6ffdf86235519c2afc535044de433169ec8c",
    "model.joblib": "aeafc04849d4d93db4721cf30a86ebf22085595294b8a07d51918e7fa98f538b",
    "vectorizer.joblib": "19c5200dc6a41f026e0558e2f164f5fe8d8f58e502b46b37e4385037fcfa4831",
}


def describe(folder, input, output, **more):
    document = {"format": "textexplain-onnx/1", **more, "input": input, "output": output}
    (folder / "textexplain.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def checked(content, name):
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        sys.exit(f"error: {name} is not the file that was looked at; it is not used")
    return content


def magika(folder):
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                        "--only-binary", ":all:", "--dest", scratch, MAGIKA], check=True)
        with zipfile.ZipFile(next(pathlib.Path(scratch).glob("*.whl"))) as wheel:
            inside = "magika/models/standard_v3_3/"
            model = checked(wheel.read(inside + "model.onnx"), "model.onnx")
            config = json.loads(wheel.read(inside + "config.min.json"))
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

    # Found without importing, for the package loads its joblib files as soon as it is.
    data = pathlib.Path(importlib.util.find_spec("profanity_check").origin).parent / "data"
    for name in ("vectorizer.joblib", "model.joblib"):
        checked((data / name).read_bytes(), name)
    pipeline = make_pipeline(joblib.load(data / "vectorizer.joblib"), joblib.load(data / "model.joblib"))
    # The tokenizer of ONNX Runtime knows no \b, and its \w is of ASCII: this is what Python's \b\w\w+\b finds. The
    # locale decides what lower-casing knows, and "C.UTF-8" is the one that every Debian has.
    options = {TfidfVectorizer: {"locale": "C.UTF-8", "tokenexp": r"[\p{L}\p{N}_]{2,}"},
               type(pipeline[-1]): {"zipmap": False}}
    model = to_onnx(pipeline, initial_types=[("text", StringTensorType([None, 1]))], options=options, target_opset=17)
    model.producer_version = model.doc_string = ""
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
    for path in [*sorted(HERE.glob("*.py")), CORPORA / "reviews.tsv", HERE.parent / "requirements.txt"]:
        digest.update(path.read_bytes())
    sys.path.insert(0, str(HERE))
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
