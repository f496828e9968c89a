#!/usr/bin/env python3
"""Writes textexplain.json for a Hugging Face text classifier that was exported to ONNX:  describe.py FOLDER

FOLDER holds model.onnx (or onnx/model.onnx), config.json, and tokenizer.json or vocab.txt. Needs Python alone.
"""

import argparse
import json
import pathlib
import sys

# Where the weights of a large model may lie beside it.
DATA = ("model.onnx_data", "model.onnx.data")


def fail(problem, remedy):
    sys.exit(f"error: {problem}\nhelp: {remedy}")


def load(path):
    """The JSON object in a file; an empty one where there is no file."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        fail(f"{path} cannot be read: {error}", "export the model anew")
    if not isinstance(document, dict):
        fail(f"{path} is no JSON object", "export the model anew")
    return document


def find_model(folder):
    for name in ("model.onnx", "onnx/model.onnx"):
        if (folder / name).is_file():
            return name
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.onnx"))
    if len(names) == 1:
        return names[0]
    fail(f"{folder} has {'several models: ' + ', '.join(names) if names else 'no model.onnx'}",
         "name one with --model FILE, or export it: optimum-cli export onnx --model NAME FOLDER")


def labels_of(config):
    names = config.get("id2label")
    if not isinstance(names, dict) or not names:
        fail("config.json has no id2label", "is this a model for text classification?")
    try:
        ordered = [str(names[str(i)]) for i in range(len(names))]
    except KeyError:
        fail("id2label does not count from 0", "correct config.json")
    if len(set(ordered)) < len(ordered):
        fail("id2label names a label twice", "correct config.json")
    return ordered


def maximum_of(config, tokenizer_config, truncation):
    """How many tokens the model reads: the least of what the files say; "no limit" is written as a huge number."""
    said = [config.get("max_position_embeddings"), tokenizer_config.get("model_max_length"),
            truncation.get("max_length") if isinstance(truncation, dict) else None]
    said = [int(number) for number in said if isinstance(number, (int, float)) and 0 < number < 1 << 20]
    if not said:
        fail("no file says how many tokens the model reads", "give it: --maximum-tokens N")
    return min(said)


def describe(folder, model=None, maximum=None):
    config, tokenizer = load(folder / "config.json"), load(folder / "tokenizer.json")
    settings = load(folder / "tokenizer_config.json")
    if not (folder / "config.json").exists():
        fail(f"{folder} has no config.json", "export the model together with it: optimum-cli export onnx --model NAME FOLDER")
    labels = labels_of(config)
    tokens = {"kind": "tokens"}
    if tokenizer:
        kind = tokenizer.get("model", {}).get("type", "WordPiece")
        if kind != "WordPiece":
            fail(f"tokenizer.json is of type {kind}, and the plugin reads WordPiece",
                 "take a model of the families BERT, DistilBERT, ELECTRA or MobileBERT, or explain the Python pipeline "
                 "with --program")
        tokens["vocabulary"] = "tokenizer.json"
    elif (folder / "vocab.txt").is_file():
        tokens["vocabulary"] = "vocab.txt"
        tokens["lowercase"] = bool(settings.get("do_lower_case", True))
        if isinstance(settings.get("strip_accents"), bool):
            tokens["stripAccents"] = settings["strip_accents"]
        tokens["spaceIdeographs"] = bool(settings.get("tokenize_chinese_chars", True))
    else:
        fail(f"{folder} has neither tokenizer.json nor vocab.txt", "export the tokenizer into the same folder")
    tokens["maximumTokens"] = maximum or maximum_of(config, settings, tokenizer.get("truncation"))

    special = {}
    for ours, theirs in (("begin", "cls_token"), ("end", "sep_token"), ("padding", "pad_token"),
                         ("unknown", "unk_token"), ("mask", "mask_token")):
        token = settings.get(theirs)
        token = token.get("content") if isinstance(token, dict) else token
        if isinstance(token, str):
            special[ours] = token
    if special:
        tokens["special"] = special

    several = config.get("problem_type") == "multi_label_classification"
    output = {"name": "logits", "activation": "sigmoid" if several else "softmax", "labels": labels}
    if config.get("problem_type") == "regression" or len(labels) == 1 and not several:
        output.update(activation="none", kind="regression")
    model = model or find_model(folder)
    document = {"format": "textexplain-onnx/1", "model": model}
    data = [name for name in DATA if (folder / model).with_name(name).is_file()]
    if data:
        document["data"] = [str(pathlib.PurePosixPath(model).with_name(name)) for name in data]
    return {**document, "input": tokens, "output": output}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--model", help="the model's file in the folder, where it is not model.onnx")
    arguments.add_argument("--maximum-tokens", type=int, help="how many tokens the model reads, special ones included")
    given = arguments.parse_args()
    if not given.folder.is_dir():
        fail(f"{given.folder} is no folder", "name the folder that the model was exported into")
    document = describe(given.folder, given.model, given.maximum_tokens)
    path = given.folder / "textexplain.json"
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{path}: {len(document['output']['labels'])} labels, {document['input']['maximumTokens']} tokens")


if __name__ == "__main__":
    main()
