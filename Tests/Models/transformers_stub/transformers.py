"""Stands in for the package transformers, which needs PyTorch and is far too large for these tests.

It does what the documentation of pipeline("text-classification") says: one list of {"label", "score"} a text, the highest
score first, with top_k=None all of them; function_to_apply softmax, sigmoid or none; truncation and max_length as the
tokenizer's. The model is a sum of words' weights, one token a word between two special ones.
"""

import json
import math
import os
import pathlib
import types

for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
    assert os.environ[name] == "1", f"{name} was not set before transformers was imported"

print("a stray line on standard output, as libraries print them")
os.system("echo another one, from a process of its own")


class Tokenizer:
    model_max_length = int(1e30)

    def __call__(self, text, truncation, max_length=None, verbose=True):
        ids = ["[CLS]", *text.split(), "[SEP]"]
        if truncation and max_length is not None:
            ids = ids[: max_length - 1] + ["[SEP]"] if len(ids) > max_length else ids
        return {"input_ids": ids}


class Pipeline:
    def __init__(self, folder, device):
        config = json.loads((pathlib.Path(folder) / "config.json").read_text())
        config["id2label"] = {int(index): label for index, label in config["id2label"].items()}
        config["num_labels"] = len(config["id2label"])
        self.weights = config.pop("weights")
        self.model = types.SimpleNamespace(config=types.SimpleNamespace(**{"problem_type": None, **config}))
        self.tokenizer = Tokenizer()
        assert device == "cpu"

    def __call__(self, texts, top_k=1, function_to_apply=None, batch_size=1, truncation=False, max_length=None):
        assert top_k is None and isinstance(texts, list) and batch_size >= len(texts)
        return [self.row(self.tokenizer(text, truncation, max_length)["input_ids"], function_to_apply) for text in texts]

    def row(self, tokens, function):
        labels = self.model.config.id2label
        logits = [sum(self.weights.get(token, [0] * len(labels))[index] for token in tokens) for index in labels]
        if function == "softmax":
            powers = [math.exp(logit) for logit in logits]
            scores = [power / sum(powers) for power in powers]
        else:
            assert function in ("sigmoid", "none")
            scores = [1 / (1 + math.exp(-logit)) if function == "sigmoid" else logit for logit in logits]
        row = [{"label": labels[index], "score": score} for index, score in enumerate(scores)]
        return sorted(row, key=lambda entry: entry["score"], reverse=True)


def pipeline(task, model, tokenizer, device, trust_remote_code, model_kwargs):
    assert task == "text-classification" and model == tokenizer and trust_remote_code is False
    weights = list(pathlib.Path(model).glob("*.safetensors"))
    if not weights and model_kwargs.get("use_safetensors"):
        raise OSError(f"Error no file named model.safetensors found in directory {model}.")
    # The package takes safetensors where it has them, and may or may not be told to; the tests see which.
    print("loading", "safetensors" if model_kwargs == {"use_safetensors": True} else "whatever is there")
    return Pipeline(model, device)
