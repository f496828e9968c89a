"""Runs the Python peers on games that the calling process owns; started by AccuracyBenchmark.

Speaks over standard input and output, lines of JSON but for the values:

    -> {"peers": {name: version}}                               once, at the start
    <- {"players": n, "runs": [{"peer", "budget", "seed"}]}     a game and what to do with it
    -> values COUNT, then COUNT coalitions as words of 64 bits  any number of times
    <- COUNT doubles
    -> {"values", "evaluations", "seconds"}                     for each run, in order
       or {"reason", "evaluations"}

All numbers are little-endian. Seconds are the peer's own, without the game's.
"""

import importlib
import json
import os
import re
import signal
import sys
import time
import warnings
from importlib.metadata import version

import numpy

warnings.simplefilter("ignore")

# Seconds of CPU time after which a run is given up; with another number, delete the tables in Record that it changes,
# and .build-accuracy, which keeps the answers of LIME and the times.
PATIENCE = 5

# What runs import, which takes seconds of its own.
PACKAGES = ["lightgbm", "xgboost", "shapiq.approximator", "shap", "lime.lime_text"]


class OutOfPatience(Exception):
    pass


class Channel:
    """The two ends of the pipe; what libraries print goes to standard error."""

    def __init__(self):
        self.input = sys.stdin.buffer
        self.output = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)

    def send(self, message):
        self.output.write(json.dumps(message).encode() + b"\n")
        self.output.flush()

    def tasks(self):
        for line in self.input:
            yield json.loads(line)

    def values(self, words):
        self.output.write(b"values %d\n" % len(words) + words.tobytes())
        self.output.flush()
        return numpy.frombuffer(self.input.read(8 * len(words)), dtype="<f8").copy()


class Game:
    """A game behind the channel that counts the different coalitions it is asked for."""

    def __init__(self, channel, players):
        self.channel = channel
        self.players = players
        self.words = max(1, (players + 63) // 64)
        self.seen = set()
        self.seconds = 0.0

    def __call__(self, coalitions):
        # A signal in the middle of a message would leave the channel in disorder.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
        start = time.perf_counter()
        rows = numpy.atleast_2d(numpy.asarray(coalitions)) > 0.5
        packed = numpy.zeros((len(rows), 8 * self.words), dtype=numpy.uint8)
        bits = numpy.packbits(rows, axis=1, bitorder="little")
        packed[:, : bits.shape[1]] = bits
        self.seen.update(row.tobytes() for row in packed)
        values = self.channel.values(packed)
        self.seconds += time.perf_counter() - start
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPROF})
        return values


def polyshap(approximators, n, budget, seed):
    """Terms of up to three players, as many as half the budget determines."""
    terms = 1 + n + n * (n - 1) // 2 + n * (n - 1) * (n - 2) // 6
    terms = min(terms, max(n + 1, budget // 2))
    return approximators.PolySHAP(n, max_order=3, max_terms=terms, pairing_trick=True, random_state=seed)


# Makers of approximators, given shapiq's module of them, players, budget and seed.
SHAPIQ = {
    "shapiq KernelSHAP, paired": lambda a, n, m, s: a.KernelSHAP(n, pairing_trick=True, random_state=s),
    "shapiq LeverageSHAP": lambda a, n, m, s: a.LeverageSHAP(n, random_state=s),
    "shapiq kADDSHAP, paired": lambda a, n, m, s: a.kADDSHAP(n, max_order=2, pairing_trick=True, random_state=s),
    "shapiq PolySHAP of order 3, paired": polyshap,
    "shapiq OddSHAP": lambda a, n, m, s: a.OddSHAP(n, random_state=s),
    "shapiq RegressionMSR": lambda a, n, m, s: a.RegressionMSR(n, index="SV", random_state=s),
    "shapiq ProxySHAP": lambda a, n, m, s: a.ProxySHAP(n=n, max_order=1, index="SV", random_state=s),
    "shapiq ProxySPEX, no grid search": lambda a, n, m, s: a.ProxySPEX(
        n=n, max_order=1, index="SV", hpo=False, random_state=s
    ),
    "shapiq permutation": lambda a, n, m, s: a.PermutationSamplingSV(n, random_state=s),
}


def shapiq_runner(make):
    def run(game, budget, seed):
        from shapiq import approximator

        result = make(approximator, game.players, budget, seed).approximate(budget, game)
        return [float(result[(player,)]) for player in range(game.players)]

    return run


def kernel_explainer(regularization):
    def run(game, budget, seed):
        import shap

        numpy.random.seed(seed)
        explainer = shap.KernelExplainer(game, numpy.zeros((1, game.players)))
        # v(∅) and v(N) come on top of its samples.
        values = explainer.shap_values(
            numpy.ones((1, game.players)), nsamples=budget - 2, l1_reg=regularization, silent=True
        )
        return [float(value) for value in numpy.asarray(values).reshape(-1)]

    return run


def permutation_explainer(game, budget, seed):
    import shap

    masker = shap.maskers.Independent(numpy.zeros((1, game.players)), max_samples=1)
    explainer = shap.explainers.Permutation(game, masker, seed=seed)
    result = explainer(numpy.ones((1, game.players)), max_evals=budget, silent=True)
    return [float(value) for value in numpy.asarray(result.values).reshape(-1)]


def lime_coefficients(game, samples, seed):
    """The package's own coefficients for a text whose words are all different."""
    from lime.lime_text import LimeTextExplainer

    def probabilities(texts):
        rows = numpy.zeros((len(texts), game.players))
        for row, text in enumerate(texts):
            rows[row, [int(word) for word in re.findall(r"\d+", text)]] = 1
        positive = game(rows)
        return numpy.stack([1 - positive, positive], axis=1)

    text = " ".join(f"w{player}" for player in range(game.players))
    explanation = LimeTextExplainer(random_state=seed).explain_instance(
        text, probabilities, labels=(1,), num_features=game.players, num_samples=samples
    )
    coefficients = [0.0] * game.players
    for word, weight in explanation.as_list(label=1):
        coefficients[int(word[1:])] = float(weight)
    return coefficients


def peers():
    """Every peer as (version, run).

    Errors are recorded by name and version: a peer that is configured in another way needs another name.
    """
    found = {name: (version("shapiq"), shapiq_runner(make)) for name, make in SHAPIQ.items()}
    found["shap KernelExplainer"] = (version("shap"), kernel_explainer("num_features(10)"))
    found["shap KernelExplainer, l1_reg=False"] = (version("shap"), kernel_explainer(False))
    found["shap Permutation"] = (version("shap"), permutation_explainer)
    found["lime"] = (version("lime"), lime_coefficients)
    return found


def measure(run, game, budget, seed):
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    start = time.perf_counter()
    try:
        values = run(game, budget, seed)
        seconds = time.perf_counter() - start - game.seconds
        outcome = {"values": values, "seconds": seconds}
        if not all(map(numpy.isfinite, values)):
            outcome = {"reason": "gives NaN or infinities"}
    except OutOfPatience:
        outcome = {"reason": f"takes more than {PATIENCE} s of CPU time"}
    except Exception as error:  # Whatever a peer raises is its answer.
        message = " ".join(f"{type(error).__name__}: {error}".splitlines()[0].split())
        outcome = {"reason": re.sub(r"\d+(\.\d+)?", "…", message)[:160]}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return outcome | {"evaluations": len(game.seen)}


def main():
    # One core a process: LightGBM starts a thread for each core that there is, whatever the environment says.
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[int(os.environ.get("PEER_CORE", "0")) % len(cores)]})
    channel = Channel()

    def give_up(*_):
        raise OutOfPatience

    signal.signal(signal.SIGPROF, give_up)
    known = peers()
    channel.send({"peers": {name: version for name, (version, _) in known.items()}})
    for task in channel.tasks():
        for package in PACKAGES:
            importlib.import_module(package)
        for job in task["runs"]:
            game = Game(channel, task["players"])
            channel.send(measure(known[job["peer"]][1], game, job["budget"], job["seed"]))


if __name__ == "__main__":
    main()
