"""Small programs that call a plugin's runtime directly, without textexplain, for tests and benchmarks to compare with."""

import os
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


def build(name, folder):
    """Compiles NAME.cpp, which is linked with libNAME."""
    program = pathlib.Path(folder) / name
    subprocess.run(
        [os.environ.get("CXX", "c++"), "-std=c++17", "-O2", HERE / f"{name}.cpp", f"-l{name}", "-o", program],
        check=True,
    )
    return program


def scores(program, texts, *arguments):
    """A list of scores for each text; texts are single lines."""
    done = subprocess.run(
        [program, *arguments], input="".join(text + "\n" for text in texts), capture_output=True, text=True, check=True
    )
    return [[float(score) for score in line.split("\t") if score] for line in done.stdout.split("\n")[:-1]]


def seconds(program, texts, rounds, *arguments):
    """The time of the fastest of some rounds over all texts."""
    done = subprocess.run(
        [program, *arguments, str(rounds)],
        input="".join(text + "\n" for text in texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
