#!/usr/bin/env python3
import json
import math
import sys

weights = {"good": 1.5, "great": 2.0, "bad": -1.5, "awful": -2.5}


def probability(text):
    words = text.lower().split()
    return 1 / (1 + math.exp(-sum(weights.get(word, 0) for word in words)))


print(json.dumps({"textexplain": 1, "labels": ["negative", "positive"], "outputKind": "probability"}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    scores = [[1 - p, p] for p in map(probability, question["texts"])]
    print(json.dumps({"id": question["id"], "scores": scores}), flush=True)
