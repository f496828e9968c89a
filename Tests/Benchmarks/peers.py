"""Times the Python peers on this machine and prints one JSON object; run by `make bench`.

usage: peers.py                 all figures
       peers.py lime|shap TEXT  one explanation of TEXT, for timing the whole process
"""

import json
import resource
import subprocess
import sys
import time


def best(repetitions, action):
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()

    def probabilities(texts):
        import numpy

        positive = [(analyzer.polarity_scores(str(text))["compound"] + 1) / 2 for text in texts]
        return numpy.array([[1 - p, p] for p in positive])

    return probabilities


def explain_with_lime(text, classifier, samples=5000):
    from lime.lime_text import LimeTextExplainer

    explainer = LimeTextExplainer(random_state=0)
    explainer.explain_instance(text, classifier, num_features=10**6, num_samples=samples)


def explain_with_shap(text, classifier):
    import shap

    explainer = shap.Explainer(classifier, shap.maskers.Text(r"\W+"), output_names=["neg", "pos"])
    explainer([text])


def lime_overhead(words):
    """Nanoseconds a sample that lime needs around a model that costs nothing."""
    import numpy

    text = " ".join(f"word{index}" for index in range(words))

    def nothing(texts):
        positive = numpy.linspace(0, 1, len(texts))
        return numpy.stack([1 - positive, positive], axis=1)

    return best(3, lambda: explain_with_lime(text, nothing)) / 5000 * 1e9


def shap_exact(players):
    """Milliseconds of shap's exact enumeration around a model that costs next to nothing."""
    import numpy
    import shap

    explainer = shap.explainers.Exact(
        lambda rows: rows[:, 0] * rows[:, 1] + rows.sum(1),
        shap.maskers.Independent(numpy.zeros((1, players))),
    )
    return best(3, lambda: explainer(numpy.ones((1, players)))) * 1e3


def whole_process(method, text):
    """CPU milliseconds and peak MiB of one explanation in a process of its own, the best of five runs."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, __file__, method, text], check=True, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"cpuMilliseconds": min(times) * 1e3, "peakMiB": after.ru_maxrss / 1024}


def main(arguments):
    if arguments and arguments[0] in ("lime", "shap"):
        explain = explain_with_lime if arguments[0] == "lime" else explain_with_shap
        explain(arguments[1], vader())
        return
    text = arguments[0]
    # Smallest first: the peak of finished children only ever rises.
    processes = {"lime": whole_process("lime", text), "shap": whole_process("shap", text)}
    score = vader()
    figures = {
        "wholeProcess": processes,
        "limeNanosecondsPerSample": {str(n): lime_overhead(n) for n in (20, 100, 500)},
        "shapExactMilliseconds": shap_exact(16),
        "vaderMicrosecondsPerText": best(5, lambda: score([text] * 1000)) * 1e3,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
