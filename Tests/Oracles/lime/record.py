"""Records what the Python package lime answers, as the fixture of the Swift tests.

    python3.11 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python record.py            # writes the fixture
    .venv/bin/python record.py --check    # records anew, exit 1 if the fixture differs by more than 1e-12

The classifier: tokens are the longest runs of bytes that are ASCII letters, digits, apostrophes or at least 0x80.
z = bias + weight(first token) + weight(second token) + ..., added from left to right, where a token without weight
adds nothing. P(positive) = 1 / (1 + exp(-z)). Labels: 0 negative, 1 positive.
"""

import importlib.metadata
import json
import math
import pathlib
import re
import sys

import numpy as np
from lime.lime_text import IndexedString, LimeTextExplainer

FIXTURE = pathlib.Path(__file__).parents[2] / "AttributionTests" / "Fixtures" / "lime.json"
TOKEN = re.compile("[A-Za-z0-9'\u0080-\U0010ffff]+")

BIAS = -0.15
WEIGHTS = {
    "good": 0.9, "great": 1.4, "Great": 1.1, "lovely": 1.2, "warm": 0.45, "bad": -1.1, "dull": -1.3,
    "awful": -1.9, "not": -0.8, "didn't": -0.75, "never": -0.6, "but": 0.2, "very": 0.25, "really": 0.3,
    "café": 0.35, "schön": 1.3, "crêpes": 0.55, "naïve": -0.4, "the": 0.02, "The": -0.03, "a": 0.01,
    "of": -0.015, "and": 0.04, "slow": -0.7, "late": -0.5, "cold": -0.65, "fresh": 0.8, "kind": 0.7,
    "forgot": -0.85, "smiled": 0.6, "again": 0.1, "2019": -0.2, "7": 0.15, "music": 0.22, "rain": -0.12,
    "loud": -0.33, "bright": 0.48, "broke": -1.05, "refund": -0.27, "thanks": 0.95, "NEVER": -1.2,
    "gripping": 1.15, "ending": -0.05, "book": 0.07, "chapters": -0.09, "too": -0.18, "long": -0.42,
    "train": 0.03, "window": 0.11, "clean": 0.52, "staff": 0.06, "it's": 0.08, "won't": -0.28,
}

TEXTS = [
    "The soup was good, really good!",
    "I didn't love the first hour, but the music was great and the ending warm.",
    "Awful service: the waiter forgot us, the coffee came late and cold, and nobody smiled.",
    "A lovely café near the river; fresh crêpes, kind staff... schön, very schön!",
    "Not bad, not bad at all.",
    "The train left late in the rain, yet the seats were clean, the window was bright and a stranger smiled at me "
    "again and again until the grey towns outside looked almost kind, and I never opened my book.",
    "NEVER again! The blender broke after 7 days, the shop won't answer, and the refund from 2019 is still missing.",
    "Great cast, dull plot.",
    "It's a gripping book of short chapters, naïve in places and too long by a third, but the author knows her "
    "harbour, the gulls, the ropes, the cold mornings, and of course the people who never leave.",
    "Thanks to the neighbours, whose loud music kept me awake, I finished the whole report before dawn; really, "
    "thanks.",
]

# Selection, number of features, samples, kernel width, label. Five players of a short text are fewer than ten features.
PLANS = [
    ("none", None, 5000, 25.0, 1),
    ("highest", 4, 5000, 25.0, 1),
    ("forward", 4, 2000, 25.0, 1),
    ("auto", 10, 5000, 25.0, 0),
    ("lasso", 6, 2000, 25.0, 1),
]
VARIANTS = {  # (text, plan): what differs
    (0, 3): {"features": 3},
    (1, 0): {"samples": 400},
    (1, 1): {"features": 8, "kernelWidth": 10.0},
    (2, 0): {"kernelWidth": 50.0, "label": 0},
    (3, 3): {"features": 6, "samples": 1000},
    (4, 0): {"samples": 50},
    (5, 0): {"samples": 20},
    (5, 2): {"features": 6, "samples": 1500},
    (6, 1): {"features": 12, "kernelWidth": 75.0},
    (7, 0): {"samples": 2, "kernelWidth": 5.0},
    (7, 2): {"features": 2, "samples": 100},
    (8, 0): {"kernelWidth": 12.5},
    (8, 1): {"features": 20, "samples": 300},
    (9, 3): {"features": 5, "samples": 3000},
    (0, 4): {"features": 3},
    (1, 4): {"features": 1, "label": 0},
    (2, 4): {"features": 10, "kernelWidth": 50.0},
    (4, 4): {"features": 2, "samples": 300},
    (5, 4): {"features": 25, "samples": 5000},
    (6, 4): {"features": None, "samples": 1000},
    (7, 4): {"features": 4, "samples": 100},
    (8, 4): {"features": 12, "samples": 30, "kernelWidth": 75.0},
}
LIME_NAMES = {"none": "none", "highest": "highest_weights", "forward": "forward_selection", "auto": "auto",
              "lasso": "lasso_path"}
ROWS_RECORDED = {(1, 0), (5, 1)}


def tokens(text):
    return TOKEN.findall(text)


def classify(texts):
    scores = []
    for text in texts:
        z = BIAS
        for token in tokens(text):
            z += WEIGHTS.get(token, 0.0)
        positive = 1 / (1 + math.exp(-z))
        scores.append([1 - positive, positive])
    return np.array(scores)


def hexadecimal(row):
    """A row of zeros and ones as a hexadecimal number whose bit i is player i."""
    return format(sum(1 << i for i, present in enumerate(row) if present), "x")


def record_case(text_index, plan_index):
    selection, features, samples, width, label = PLANS[plan_index]
    case = {
        "text": TEXTS[text_index],
        "seed": [0, 1, 42, 2**32 - 1, 7][plan_index] if text_index < 2 else 100 * text_index + plan_index,
        "samples": samples,
        "kernelWidth": width,
        "selection": selection,
        "features": features,
        "label": label,
    }
    case.update(VARIANTS.get((text_index, plan_index), {}))
    players = list(dict.fromkeys(tokens(case["text"])))
    case["players"] = players

    def explainer():
        return LimeTextExplainer(
            kernel_width=case["kernelWidth"], feature_selection=LIME_NAMES[selection], split_expression=tokens,
            bow=True, random_state=case["seed"])

    explanation = explainer().explain_instance(
        case["text"], classify, labels=(case["label"],), num_features=case["features"] or len(players),
        num_samples=case["samples"])
    assert explanation.domain_mapper.indexed_string.inverse_vocab == players
    chosen = {int(player): float(value) for player, value in explanation.local_exp[case["label"]]}
    case["selected"] = sorted(chosen)
    case["coefficients"] = [chosen.get(player, 0.0) for player in range(len(players))]
    case["intercept"] = float(explanation.intercept[case["label"]])
    case["score"] = float(explanation.score)
    case["localPrediction"] = float(explanation.local_pred[0])
    if (text_index, plan_index) in ROWS_RECORDED:
        data, _, _ = explainer()._LimeTextExplainer__data_labels_distances(
            IndexedString(case["text"], split_expression=tokens), classify, case["samples"])
        case["rows"] = [hexadecimal(row) for row in data[:50]]
    return case


def state(seed):
    return np.random.RandomState(seed if seed < 2**32 else [seed % 2**32, seed // 2**32])


def record_words(seed):
    """Words of the raw stream at the borders of its blocks of 624."""
    words = state(seed)._bit_generator.random_raw(2000)
    positions = [0, 1, 2, 226, 227, 396, 397, 622, 623, 624, 625, 1247, 1248, 1999]
    return {"seed": seed, "positions": positions, "words": [int(words[p]) for p in positions]}


def record_draws(seed, players, samples):
    """The rows of lime's neighbourhood, drawn as lime_text.py draws them."""
    generator = state(seed)
    sizes = generator.randint(1, players + 1, samples - 1)
    rows = np.ones((samples, players))
    for row, size in zip(rows[1:], sizes):
        row[generator.choice(range(players), size, replace=False)] = 0
    return {"seed": seed, "players": players, "samples": samples, "rows": [hexadecimal(row) for row in rows]}


def record():
    return {
        "packages": {name: importlib.metadata.version(name) for name in ("lime", "numpy", "scikit-learn")},
        "bias": BIAS,
        "weights": WEIGHTS,
        "words": [record_words(seed) for seed in (0, 1, 123456789, 2**32 - 1, 2**32, 0xFEDCBA9876543210)],
        "draws": [
            record_draws(seed, players, 40)
            for seed, players in
            ((0, 1), (1, 2), (2, 3), (3, 7), (4, 31), (5, 32), (6, 64), (7, 65), (8, 200), (2**40 + 9, 513))
        ],
        "cases": [record_case(text, plan) for text in range(len(TEXTS)) for plan in range(len(PLANS))],
    }


def differences(old, new, path="$"):
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        for key in old:
            yield from differences(old[key], new[key], f"{path}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (left, right) in enumerate(zip(old, new)):
            yield from differences(left, right, f"{path}[{index}]")
    elif isinstance(old, float) and isinstance(new, float):
        if not abs(old - new) <= 1e-12 * max(1, abs(old)):
            yield f"{path}: {old!r} recorded, {new!r} now"
    elif old != new:
        yield f"{path}: {old!r} recorded, {new!r} now"


def main():
    fixture = record()
    if sys.argv[1:] == ["--check"]:
        found = list(differences(json.loads(FIXTURE.read_text(encoding="utf-8")), fixture))
        print("\n".join(found) or f"{len(fixture['cases'])} cases agree")
        return 1 if found else 0
    if sys.argv[1:]:
        print("usage: record.py [--check]", file=sys.stderr)
        return 64
    text = json.dumps(fixture, ensure_ascii=False, indent=1)
    # One line an array of scalars.
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\n\s+", " ", m[1]) + "]", text)
    FIXTURE.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
