"""Makes a Python function a classifier of `textexplain --program`.

    from textexplain_program import reserve_output, serve

    channel = reserve_output()                    # before anything is imported that might print
    model = load()
    serve(channel, ["negative", "positive"], "probability", model.probabilities)

The protocol: one line of JSON that says what the classifier is, then a line for each line of standard input.
"""

import argparse
import json
import math
import os
import sys
import traceback


def reserve_output():
    """Keeps standard output for answers, and sends to standard error what anything else prints there.

    Libraries print where they like, some of them from C: so it is the descriptor that is redirected.
    """
    sys.stdout.flush()
    # Half a pair of surrogates, which UTF-8 cannot say, leaves as JSON's own escape and does not end the program.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    os.dup2(2, 1)
    return channel


def serve(channel, labels, output_kind, predict, **more):
    """Answers questions until standard input ends.

    channel      what reserve_output() returned
    labels       names of the scores, in their order
    output_kind  probability, multilabel, logProbability, logit, regression or margin
    predict      list of texts -> rows of scores, or (rows of scores, list of bool: which texts were cut)
    more         maxBatch=, typicalMilliseconds=, modelID=, deterministic=; what is None is left out

    What predict raises is answered as an error, and the next question is served all the same.
    """
    greeting = {"textexplain": 1, "labels": list(labels), "outputKind": output_kind}
    greeting |= {key: value for key, value in more.items() if value is not None}
    for key, value in greeting.items():
        try:
            json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
        except (TypeError, ValueError) as error:
            fail(f"{key}, which the first line has to give, cannot be written as JSON: {_sayable(str(error))}")
    _write(channel, greeting)
    for line in sys.stdin.buffer:
        question = json.loads(line)
        answer = {"id": question["id"]}
        try:
            scores = predict(question["texts"])
            if isinstance(scores, tuple):
                scores, answer["truncated"] = scores
            answer["scores"] = [[float(score) for score in row] for row in scores]
        except Exception as error:  # whatever a model may raise
            traceback.print_exc()
            answer = {"id": question["id"], "error": _sayable(f"{type(error).__name__}: {error}")}
        _write(channel, answer)


def positive(text):
    """A positive integer, as a type of argparse."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else 0
    if not 1 <= number < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is no integer from 1 to {2**31 - 1}")
    return number


def milliseconds(text):
    """A cost, as a type of argparse."""
    try:
        cost = float(text)
    except ValueError:
        cost = math.nan
    if not 0 <= cost <= 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1e9")
    return cost


def fail(message, code=65):
    """Ends the program before it has said what it is."""
    print("error:", *message.split(), file=sys.stderr)
    sys.exit(code)


def _sayable(text):
    """A text with half pairs of surrogates spelt out: the reader takes no escape for one either."""
    return text.encode("utf-8", "backslashreplace").decode()


def _write(channel, value):
    channel.write(json.dumps(value, ensure_ascii=False) + "\n")
    channel.flush()
