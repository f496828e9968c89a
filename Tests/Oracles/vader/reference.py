"""The reference: the compound score of the vaderSentiment package, as it gives it and unrounded."""

import functools
import operator

from vaderSentiment import vaderSentiment as vader

analyzer = vader.SentimentIntensityAnalyzer()


def compound(text):
    """Rounded to 4 digits by the package."""
    return analyzer.polarity_scores(text)["compound"]


def unrounded_compound(text):
    """The same computation without its last step.

    The sum is taken from left to right, as Python did before 3.12 began to compensate it: the
    result is then the same with every Python.
    """
    vader.round = lambda value, digits: value
    vader.sum = lambda values: functools.reduce(operator.add, values, 0)
    try:
        return analyzer.polarity_scores(text)["compound"]
    finally:
        del vader.round, vader.sum
