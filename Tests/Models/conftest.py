"""What the tests of real models share: the program, the plugins beside it, and the models that `make models` made."""

import json
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / ".build" / "release"
MODELS = ROOT / ".models"


class Program:
    """The command `textexplain`."""

    binary = BIN / "textexplain"

    def run(self, *arguments, stdin="", code=0, timeout=120):
        """Runs the command and returns the finished process; fails where its exit code is not `code`."""
        done = subprocess.run(
            [self.binary, *map(str, arguments)],
            input=stdin, capture_output=True, text=True, timeout=timeout, cwd=ROOT,
        )
        assert done.returncode == code, f"exit code {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}"
        return done

    def explain(self, text, *arguments):
        """The JSON document of an explanation."""
        return json.loads(self.run("--format", "json", *arguments, "--", text).stdout)

    def refusal(self, *arguments, code):
        """What the command says where it fails with `code`: an error and, mostly, a help line; never a crash."""
        said = self.run("a text", *arguments, code=code).stderr
        assert said.startswith("error: "), said
        assert "signal" not in said and "crashed" not in said, said
        return said

    def values(self, document, method="shapley"):
        """The attributions of one method, by position."""
        return [
            attribution["value"]
            for explanation in document["explanations"] if explanation["method"] == method
            for attribution in explanation["attributions"]
        ]


@pytest.fixture(scope="session")
def textexplain():
    return Program()


@pytest.fixture(scope="session")
def models():
    return MODELS


@pytest.fixture(scope="session")
def root():
    return ROOT
