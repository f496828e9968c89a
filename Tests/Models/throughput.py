#!/usr/bin/env python3
"""Texts a second through each plugin's worker, and through the same runtime called directly, as a table in Markdown.

usage: throughput.py [--rounds N] [--only PLUGIN]     (make bench-models)

An explanation of n words by exact Shapley values scores the 2^n texts in which words are missing; `--timings` says
how long that took, with all that the worker costs: texts to it through a socket, scores back. Plugins with masked/1
are sent masks instead of texts, as in every explanation, and may so be faster than their runtime, which has to read
each text. The same texts are then scored by the runtime itself in one thread: libfasttext and libcld2 by small
programs in C++ (direct/), scikit-learn and ONNX Runtime from Python in batches of the best of some sizes. Both take
turns, and the fastest round of each counts. Start-up and loading are left out on both sides. A row is left out, and
that is said, where its plugin or model has not been made.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import direct

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN, MODELS = ROOT / ".build/release", ROOT / ".models"
SENTENCE = "The train was late again, so we missed the first half of the concert and most of the dinner.".split()


def worker(row, words):
    """Seconds for a text, how many texts, and the texts, by the plugin in its worker."""
    arguments = [
        BIN / "textexplain",
        "--plugin",
        row.plugin,
        "--method",
        "shapley",
        "--estimator",
        "exact",
        "--budget",
        str(2**words),
        "--threads",
        "1",
        "--timings",
        "--format",
        "json",
    ]
    for option in row.options:
        arguments += ["--option", option]
    done = subprocess.run([*arguments, "--", " ".join(SENTENCE[:words])], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"error: {row.name}: {done.stderr}")
    document = json.loads(done.stdout)
    count = document["evaluations"]["distinct"]
    assert count == 2**words
    return document["timings"]["modelSeconds"] / count, document


def rendered(document):
    """The texts of all subsets of a document's words."""
    text = document["text"].encode()
    words = [
        document["tokens"][attribution["tokens"][0]]["utf8"]
        for attribution in document["explanations"][0]["attributions"]
    ]
    for mask in range(2 ** len(words)):
        kept, at = b"", 0
        for i, (begin, end) in enumerate(words):
            kept += text[at : end if mask >> i & 1 else begin]
            at = end
        yield (kept + text[at:]).decode()


class Compiled:
    """A runtime behind a program in C++."""

    def __init__(self, name, *arguments):
        self.folder = tempfile.TemporaryDirectory()
        self.program, self.arguments = direct.build(name, self.folder.name), arguments

    def seconds(self, texts):
        return direct.seconds(self.program, texts, 1, *self.arguments)


class Batches:
    """A runtime called from Python: the fastest of some sizes of a batch, the first time, and then always that."""

    def __init__(self, score, sizes=(1, 16, 256, 1 << 20)):
        self.score, self.sizes = score, sizes

    def seconds(self, texts):
        times = {}
        for size in self.sizes:
            start = time.perf_counter()
            for at in range(0, len(texts), size):
                self.score(texts[at : at + size])
            times[size] = time.perf_counter() - start
        self.sizes = (min(times, key=times.get),)
        return min(times.values())


class Row:
    def __init__(self, plugin, name, words, runtime, make, model=None, options=()):
        self.plugin, self.name, self.words, self.runtime, self.make, self.model = (
            plugin,
            name,
            words,
            runtime,
            make,
            model,
        )
        self.options = [*([f"model={model}"] if model else []), *options]

    def missing(self):
        needed = [BIN / f"{self.plugin}.so", *([self.model] if self.model else [])]
        return next((str(path.relative_to(ROOT)) for path in needed if not path.exists()), None)

    def measure(self, rounds):
        through, itself = [], []
        runtime = self.make()
        _, document = worker(self, self.words)
        texts = list(rendered(document))
        for _ in range(rounds):
            through.append(worker(self, self.words)[0])
            itself.append(runtime.seconds(texts) / len(texts))
        return min(through), min(itself)


def profanity():
    """The model of alt-profanity-check, by scikit-learn."""
    from profanity_check import predict_prob

    return Batches(predict_prob, (64, 4096))


def onnx_session(name):
    """A model of the plugin onnx in onnxruntime, in one thread, as the plugin has it, and the name of its input."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    file = str(MODELS / f"onnx/{name}/model.onnx")
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    return session, session.get_inputs()[0].name


def magika():
    import numpy

    session, name = onnx_session("magika")

    def score(texts):
        # Shorter ones a rule decides, not the model.
        texts = [text for text in (text.encode().strip() for text in texts) if len(text) >= 8]
        windows = numpy.full((len(texts), 2048), 256, numpy.int32)
        for window, text in zip(windows, texts):
            window[: len(text)] = window[2048 - len(text) :] = list(text)
        return session.run(None, {name: windows}) if texts else None

    return Batches(score, (1, 8, 64))


def onnx_profanity():
    import numpy

    session, name = onnx_session("profanity")
    return Batches(lambda texts: session.run(None, {name: numpy.array(texts, dtype=object).reshape(-1, 1)}))


ONNX_RUNTIME = f"runtime={MODELS / 'onnx/libonnxruntime.so'}"
LID, TICKETS = MODELS / "fasttext/lid.176.ftz", MODELS / "fasttext/tickets.bin"
ROWS = [
    Row("fasttext", "fasttext, lid.176.ftz", 15, "libfasttext", lambda: Compiled("fasttext", LID), LID),
    Row("fasttext", "fasttext, tickets.bin", 15, "libfasttext", lambda: Compiled("fasttext", TICKETS), TICKETS),
    Row("onnx", "onnx, magika", 8, "onnxruntime", magika, MODELS / "onnx/magika", [ONNX_RUNTIME]),
    Row("onnx", "onnx, profanity", 12, "onnxruntime", onnx_profanity, MODELS / "onnx/profanity", [ONNX_RUNTIME]),
    Row("linear", "linear, profanity.json", 12, "scikit-learn", profanity, MODELS / "linear/profanity.json"),
    Row("cld2", "cld2", 15, "libcld2", lambda: Compiled("cld2")),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", metavar="PLUGIN")
    arguments = parser.parse_args()
    print("| plugin | texts/s through the worker | texts/s directly | by | overhead |\n|---|---:|---:|---|---:|")
    for row in ROWS:
        if arguments.only not in (None, row.plugin):
            continue
        if missing := row.missing():
            print(f"note: {row.name} is left out: there is no {missing}", file=sys.stderr)
            continue
        through, itself = row.measure(arguments.rounds)
        print(
            f"| {row.name} | {1 / through:,.0f} | {1 / itself:,.0f} | {row.runtime} | {through / itself:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
