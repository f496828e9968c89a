"""Checks real output of textexplain against the schema that it prints, with the validator from PyPI.

usage: validate.py PATH-OF-TEXTEXPLAIN
"""

import json
import pathlib
import subprocess
import sys

from jsonschema import Draft202012Validator

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]

# Each line is one way of asking; every text is asked in every way.
OPTIONS = [
    [],
    ["--method", "lime", "--lime-features", "3"],
    ["--label", "all", "--space", "logit", "--timings"],
    ["--estimator", "kernel", "--budget", "200", "--tokens", "all"],
    ["--estimator", "permutation", "--budget", "200", "--absent", "replace:_"],
    ["--unit", "grapheme", "--method", "shapley", "--budget", "400"],
]
TEXTS = ["", "!!!", "good", "bad\x1b[31m \u202ework\u202c", "我不喜欢这部电影 😀", "ไม่ดี แต่ ok"]


def run(tool, *arguments, text=""):
    return subprocess.run([tool, *arguments], input=text.encode(), capture_output=True, check=False)


def main(tool):
    schema = json.loads(run(tool, "schema").stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    reviews = (REPOSITORY / "corpora" / "reviews.tsv").read_text(encoding="utf-8").splitlines()
    texts = TEXTS + [line.split("\t")[-1] for line in reviews[:12]]
    passed = failed = 0
    for text in texts:
        for options in OPTIONS:
            done = run(tool, "-", "--plugin", "sentiment.so", "--format", "ndjson", *options, text=text)
            minimum = b'"budget-too-small"' in done.stdout
            errors = [error.message for error in validator.iter_errors(json.loads(done.stdout))]
            if done.returncode != (64 if minimum else 0):
                errors.append(f"exit status {done.returncode}: {done.stderr.decode()}")
            if errors:
                failed += 1
                print(f"FAILED {options} {text!r}: {errors[:3]}")
            else:
                passed += 1
    print(f"schema: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
