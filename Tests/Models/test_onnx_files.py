"""What onnx.so says to files that are wrong: an error that names the file and the remedy, never a crash."""

import json
import subprocess

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from conftest import BIN, ROOT
from onnx_helpers import RUNTIME, OnnxModel, bag, describe, port, save, vocabulary

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "text", "##s"]
TOKENS = {"kind": "tokens", "vocabulary": "vocab.txt", "maximumTokens": 16}


@pytest.fixture
def model(tmp_path):
    """A folder with a model that works, for a test to break."""
    vocabulary(tmp_path, PIECES)
    bag(tmp_path, len(PIECES), mask=TensorProto.INT64)
    return describe(tmp_path, TOKENS)


@pytest.fixture
def refused(textexplain, model):
    """What is said to the folder."""
    def refusal(*words, code=65, options=(), runtime=RUNTIME):
        given = [f"model={model}", *options] + ([f"runtime={runtime}"] if runtime else [])
        said = textexplain.refusal("--plugin", "onnx", *(part for option in given for part in ("--option", option)),
                                   code=code)
        for word in words:
            assert word in said, said
        return said
    return refusal


def test_the_unbroken_folder_works(textexplain, model):
    assert textexplain.explain("a text", "--plugin", "onnx", "--option", f"model={model}", "--option",
                               f"runtime={RUNTIME}")["prediction"]["labels"] == ["a", "b"]


# ------------------------------------------------------------------------------------------------- the description

@pytest.mark.parametrize("content, words", [
    ("", ["not JSON"]),
    ("{", ["not JSON"]),
    ("[]", ["not an object"]),
    ("\0" * 40, ["not JSON"]),
    (b"\xff\xfe{}", ["not JSON"]),
    ("[" * 200000, ["64 levels"]),
    ('{"a":' * 100000 + "1" + "}" * 100000, ["64 levels"]),
    ("{}", ['"format"', "textexplain-onnx/1"]),
    ('{"format": "textexplain-onnx/2"}', ['"format"']),
    ('{"format": "textexplain-onnx/1"}', ['"input"', "missing"]),
    ('{"format": "textexplain-onnx/1", "input": {}}', ['"output"', "missing"]),
    (" " * (5 << 20), ["more than"]),
], ids=lambda value: repr(value)[:30] if not isinstance(value, list) else "")
def test_the_description_is_no_description(model, refused, content, words):
    (model / "textexplain.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    refused("textexplain.json", *words)


@pytest.mark.parametrize("changes, words", [
    ({"input": {**TOKENS, "kind": "images"}}, ["images", "string, bytes, tokens"]),
    ({"input": {**TOKENS, "maximumtokens": 3}}, ["maximumtokens", "not known"]),
    ({"input": {**TOKENS, "maximumTokens": 0}}, ["maximumTokens", "integer from 1"]),
    ({"input": {**TOKENS, "maximumTokens": 1e308}}, ["maximumTokens", "integer"]),
    ({"input": {**TOKENS, "maximumTokens": 2}}, ["no room"]),
    ({"input": {"kind": "tokens", "vocabulary": "vocab.txt"}}, ["maximumTokens", "input_ids: int64 [?, ?]"]),
    ({"input": {**TOKENS, "vocabulary": "../vocab.txt"}}, ["leads out"]),
    ({"input": {**TOKENS, "vocabulary": "/etc/passwd"}}, ["leads out"]),
    ({"input": {**TOKENS, "vocabulary": "other.txt"}}, ["other.txt", "No such file"]),
    ({"input": {**TOKENS, "vocabulary": "textexplain.json"}}, ['"model"', "missing"]),
    ({"input": {**TOKENS, "vocabulary": "a\0b"}}, ["vocabulary", "NUL"]),
    ({"input": {"kind": "tokens", "maximumTokens": 9}}, ["vocab.txt", "byteOffset"]),
    ({"input": {**TOKENS, "lowercase": "yes"}}, ["lowercase", "true nor false"]),
    ({"input": {**TOKENS, "special": {"mask": "<mask>"}}}, ["<mask>", "vocabulary does not have"]),
    ({"input": {**TOKENS, "special": {"unknown": "<unk>"}}}, ["<unk>"]),
    ({"input": {**TOKENS, "ids": "words"}}, ["no input", "words", "input_ids: int64", "attention_mask"]),
    ({"input": {**TOKENS, "types": "attention_mask", "mask": "input_ids"}}, ["input_ids", "twice"]),
    ({"input": {"kind": "string"}}, ["has to be named", "input_ids: int64 [?, ?]; attention_mask: int64 [?, ?]"]),
    ({"input": {"kind": "string", "name": "input_ids"}}, ["int64", "not of string"]),
    ({"input": {"kind": "bytes", "name": "input_ids", "first": 8}}, ["nothing is known", "attention_mask"]),
    ({"input": {"kind": "bytes"}}, ["first"]),
    ({"input": {"kind": "bytes", "first": 8, "minimum": 3}}, ["below", "minimum"]),
    ({"input": {"kind": "bytes", "first": 8, "minimum": 3, "below": "z"}}, ["below", "no label: z"]),
    ({"output": {"activation": "softmax"}}, ["labels", "missing"]),
    ({"output": {"activation": "softmax", "labels": ["a", "b", "c"]}}, ["3 labels", "logits: float [?, 2]"]),
    ({"output": {"activation": "softmax", "labels": ["a", "a"]}}, ["twice"]),
    ({"output": {"activation": "softmax", "labels": ["a", ""]}}, ["not empty"]),
    ({"output": {"activation": "softmax", "labels": ["a", 7]}}, ["strings"]),
    ({"output": {"activation": "relu", "labels": ["a", "b"]}}, ["relu", "softmax, sigmoid, none"]),
    ({"output": {"labels": ["a", "b"]}}, ["activation", "missing"]),
    ({"output": {"activation": "none", "labels": ["a", "b"]}}, ["kind", "probability"]),
    ({"output": {"activation": "softmax", "labels": ["a", "b"], "name": "scores"}}, ["no output", "scores", "logits"]),
    ({"model": "../model.onnx"}, ["leads out"]),
    ({"model": "absent.onnx"}, ["absent.onnx", "No such file"]),
    ({"data": ["weights.bin"]}, ["weights.bin", "No such file"]),
    ({"batch": 0}, ["batch", "integer from 1"]),
], ids=str)
def test_the_description_does_not_fit(model, refused, changes, words):
    describe(model, **{"input": TOKENS, **changes})
    refused(*words)


# ------------------------------------------------------------------------------------------------------ vocabularies

def test_a_vocabulary_without_unknown(model, refused):
    vocabulary(model, [piece for piece in PIECES if piece != "[UNK]"])
    refused("vocab.txt has no [UNK]")


@pytest.mark.parametrize("content", [b"", b"\n" * 9, bytes(range(256)) * 40], ids=["empty", "lines", "random"])
def test_no_vocabulary(model, refused, content):
    (model / "vocab.txt").write_bytes(content)
    refused("vocab.txt")


WORDPIECE = {"type": "WordPiece", "vocab": {piece: i for i, piece in enumerate(PIECES)}}
TOKENIZER = {"model": WORDPIECE, "pre_tokenizer": {"type": "BertPreTokenizer"},
             "normalizer": {"type": "BertNormalizer"}}


@pytest.mark.parametrize("changes, words", [
    ({"model": {"type": "BPE", "vocab": {"a": 0}}}, ["BPE", "reads WordPiece"]),
    ({"model": None}, ["model", "missing"]),
    ({"model": {**WORDPIECE, "vocab": None}}, ["vocab"]),
    ({"model": {**WORDPIECE, "vocab": {"[UNK]": -1}}}, ["[UNK]", "no id"]),
    ({"model": {**WORDPIECE, "vocab": {"[UNK]": 1e308}}}, ["[UNK]", "no id"]),
    ({"model": {**WORDPIECE, "vocab": {"a": 0}}}, ["no [UNK]"]),
    ({"model": {**WORDPIECE, "max_input_chars_per_word": 1001}}, ["max_input_chars_per_word", "from 1 to 1000"]),
    ({"model": {**WORDPIECE, "continuing_subword_prefix": "#" * 1025}}, ["continuing_subword_prefix", "1024 bytes"]),
    ({"model": {**WORDPIECE, "vocab": {"[UNK]": 0, "a" * 1025: 1}}}, ['"vocab", holds a piece of 1025 bytes']),
    ({"added_tokens": [{"id": 9, "content": "a" * 1025}]}, ['"added_tokens", holds a piece of 1025 bytes']),
    ({"pre_tokenizer": {"type": "ByteLevel"}}, ["ByteLevel", "BertPreTokenizer"]),
    ({"pre_tokenizer": None}, ["BertPreTokenizer"]),
    ({"normalizer": {"type": "NFC"}}, ["NFC", "BertNormalizer"]),
], ids=str)
def test_tokenizers_of_another_kind(model, refused, changes, words):
    (model / "tokenizer.json").write_text(json.dumps({**TOKENIZER, **changes}))
    describe(model, {**TOKENS, "vocabulary": "tokenizer.json"})
    refused("tokenizer.json", *words)


def test_a_vocabulary_of_long_lines(model, refused):
    vocabulary(model, [*PIECES, "a" * 1025])
    refused(f"vocab.txt, line {len(PIECES) + 1}, holds a piece of 1025 bytes, where 1024 are allowed")


def test_ids_beyond_the_table(model, refused):
    vocabulary(model, PIECES[:5] + ["x"] * 400 + ["the"])
    refused("model.onnx fails")


# ---------------------------------------------------------------------------------------------------------- identity

def test_what_lies_beside_the_model_does_not_belong_to_it(model):
    """Only the model, the weights that exporters put beside it, and what the description lists."""
    def model_id():
        opened = OnnxModel(model)
        try:
            return opened.info.model_id
        finally:
            opened.close()

    alone = model_id()
    (model / "model.onnx.cache").mkdir()
    (model / "model.onnx_data").mkdir()
    (model / "model.onnx.bak").write_bytes(b"an older one")
    (model / "weights.bin").write_bytes(b"1")
    assert model_id() == alone
    (model / "model.onnx_data").rmdir()
    ids = [alone]
    for name in ("model.onnx_data", "model.onnx.data"):
        (model / name).write_bytes(name.encode())
        ids.append(model_id())
    describe(model, TOKENS, data=["weights.bin"])
    for content in (b"1", b"2"):
        (model / "weights.bin").write_bytes(content)
        ids.append(model_id())
    assert len(set(ids)) == len(ids)


# ------------------------------------------------------------------------------------------------------------ models

def test_models_that_are_none(model, refused):
    whole = (model / "model.onnx").read_bytes()
    random = np.random.default_rng(7).bytes(4096)
    words = (model / "vocab.txt").read_bytes()
    for content in (b"", whole[: len(whole) // 2], whole[:-1], random, b"\x08" * 100, words):
        (model / "model.onnx").write_bytes(content)
        refused("cannot open", "model.onnx")
    (model / "model.onnx").unlink()
    (model / "model.onnx").mkdir()
    refused("not a file")


def test_the_folder_is_none(model, refused, textexplain):
    (model / "textexplain.json").unlink()
    refused("has no textexplain.json", "describe.py")
    for place, why in ((model / "absent", "No such file"), (model / "vocab.txt", "is a file: name the folder")):
        assert why in textexplain.refusal("--plugin", "onnx", "--option", f"model={place}", code=65)


@pytest.mark.parametrize("kind, shape, words", [
    (TensorProto.STRING, ("n", "l"), ["string", "int64 or int32"]),
    (TensorProto.DOUBLE, ("n", "l"), ["double", "int64 or int32"]),
    (TensorProto.INT64, ("n",), ["1 dimensions"]),
    (TensorProto.INT64, ("n", "l", 3), ["3 dimensions"]),
    (TensorProto.INT64, ("n", 12), ["maximumTokens 16", "int64 [?, 12]"]),
    (TensorProto.INT64, (0, "l"), ["0 texts"]),
    (TensorProto.INT64, (100000, "l"), ["100000 texts"]),
], ids=str)
def test_inputs_of_another_shape(model, refused, kind, shape, words):
    save(model / "model.onnx", [helper.make_node("Size", ["input_ids"], ["s"]),
                                helper.make_node("Cast", ["s"], ["f"], to=TensorProto.FLOAT),
                                helper.make_node("Expand", ["f", "two"], ["logits"])],
         [port("input_ids", kind, *shape)], [port("logits", TensorProto.FLOAT, "n", 2)], two=np.array([1, 2]))
    refused(*words, "input_ids")


@pytest.mark.parametrize("nodes, output, words", [
    ([("Shape", ["input_ids"], ["logits"])], port("logits", TensorProto.INT64, 2), ["int64 and not of float"]),
    ([("Shape", ["input_ids"], ["s"]), ("Cast", ["s"], ["f"]), ("Unsqueeze", ["f", "two"], ["logits"])],
     port("logits", TensorProto.FLOAT, "n", 2), ["does not fit", "logits"]),
    ([("Cast", ["input_ids"], ["logits"])], port("logits", TensorProto.FLOAT, "n", "k"), ["answers 1 texts", "[1, "]),
], ids=["integers", "one more dimension", "as long as the text"])
def test_outputs_that_lie(model, refused, nodes, output, words):
    made = [helper.make_node(kind, inputs, outputs, **({"to": TensorProto.FLOAT} if kind == "Cast" else {}))
            for kind, inputs, outputs in nodes]
    save(model / "model.onnx", made, [port("input_ids", TensorProto.INT64, "n", "l")], [output], two=np.array([0, 1]))
    refused(*words)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 3e38])
def test_weights_that_are_no_numbers(textexplain, model, value):
    bag(model, len(PIECES), table=np.full((len(PIECES), 2), value, dtype=np.float32))
    said = textexplain.refusal("--plugin", "onnx", "--option", f"model={model}", "--option", f"runtime={RUNTIME}",
                               code=70)
    assert "onnx" in said


def test_outside_data_has_to_be_there_and_counts(textexplain, model):
    loaded = onnx.load(model / "model.onnx")
    onnx.save(loaded, model / "model.onnx", save_as_external_data=True, location="model.onnx_data", size_threshold=64)

    def identity():
        return textexplain.explain("a text", "--plugin", "onnx", "--option", f"model={model}", "--option",
                                   f"runtime={RUNTIME}")["plugin"]["modelID"]

    first = identity()
    weights = bytearray((model / "model.onnx_data").read_bytes())
    weights[0] ^= 1
    (model / "model.onnx_data").write_bytes(weights)
    second = identity()
    vocabulary(model, PIECES + ["more"])
    assert len({first, second, identity()}) == 3
    (model / "model.onnx_data").unlink()
    textexplain.refusal("--plugin", "onnx", "--option", f"model={model}", "--option", f"runtime={RUNTIME}", code=65)


# --------------------------------------------------------------------------------------------------------- runtimes

def test_no_runtime_at_all(textexplain, model):
    found = subprocess.run(["find", "/usr/lib", "/usr/local/lib", "/usr/lib64", "-name", "libonnxruntime.so*"],
                           capture_output=True, text=True)
    if found.stdout:
        textexplain.explain("a text", "--plugin", "onnx", "--option", f"model={model}")
        return
    said = textexplain.refusal("--plugin", "onnx", "--option", f"model={model}", code=64)
    assert "pip install onnxruntime" in said and "runtime=" in said


def test_runtimes_that_are_none(model, refused, tmp_path):
    whole = RUNTIME.read_bytes()
    for name, content in (("empty", b""), ("text", b"hello " * 1000), ("half", whole[: len(whole) // 2]),
                          ("cut", whole[:-100000]), ("head", whole[:64]),
                          ("random", np.random.default_rng(1).bytes(999))):
        (tmp_path / name).write_bytes(content)
        refused("cannot load", name, runtime=tmp_path / name)
    refused("OrtGetApiBase", runtime=BIN / "onnx.so")
    refused(runtime=tmp_path / "absent")
    refused(runtime=tmp_path)


RUNTIME_SOURCE = """
typedef struct { const void *(*api)(unsigned); const char *(*version)(void); } base;
static void *nothing(void) { return 0; }
static const char *version(void) { return VERSION; }
static void *table[300];
static const void *api(unsigned wanted)
{
    for (int i = 0; i < 300; i++) table[i] = (void *)nothing;
    return wanted <= HIGHEST ? table : 0;
}
static const base it = {api, version};
const base *OrtGetApiBase(void) { return &it; }
"""


@pytest.mark.parametrize("version, highest, words", [
    ("1.10.0", 10, ["1.10.0", "1.15 or a later"]), ("2.0.0", 99, ["2.0.0"]), ("", 1, ["1.15 or a later"]),
    ("1.20.0", 3, ["no C interface"]), ("1.99.0", 99, ["self-test"]),
])
def test_runtimes_of_another_making(refused, tmp_path, version, highest, words):
    """The last of them answers to every name and does nothing, which the self-test has to notice."""
    (tmp_path / "made.c").write_text(RUNTIME_SOURCE)
    subprocess.run(["cc", "-shared", "-fPIC", f'-DVERSION="{version}"', f"-DHIGHEST={highest}", "-w", "-o",
                    tmp_path / "made.so", tmp_path / "made.c"], check=True)
    refused(*words, runtime=tmp_path / "made.so")


@pytest.mark.parametrize("moved", [False, True])
def test_the_runtimes_own_header_is_preferred(tmp_path, moved):
    """A header of the same places compiles, one in which a function has moved does not."""
    names = {int(number): name for name, number in
             __import__("re").findall(r"F\((\w+), (\d+),", (ROOT / "Plugins/onnx/ort.hpp").read_text())}
    members = [names.get(i, f"unused{i}") for i in range(300)]
    if moved:
        members.insert(40, "new")
    header = "struct OrtApi { void %s; };\n" % ", ".join(f"*{name}" for name in members)
    (tmp_path / "onnxruntime_c_api.h").write_text(header)
    (tmp_path / "try.cpp").write_text('#include "ort.hpp"\n')
    done = subprocess.run(["c++", "-std=c++17", "-fsyntax-only", "-I", tmp_path, "-I", ROOT / "Plugins" / "onnx",
                           tmp_path / "try.cpp"], capture_output=True, text=True)
    assert (done.returncode != 0) == moved and ("the place of" in done.stderr) == moved, done.stderr


@pytest.mark.parametrize("options, words", [
    (["threads=0"], ["threads"]), (["threads=257"], ["threads"]), (["threads=x"], ["threads"]),
    (["batch=0"], ["batch"]),
    (["nothing=1"], ["nothing"]),
], ids=str)
def test_options_that_are_wrong(refused, options, words):
    refused(*words, options=options, code=64)


def test_a_missing_model_says_where_models_come_from(textexplain):
    said = textexplain.refusal("--plugin", "onnx", code=64)
    assert "model" in said and "describe.py" in said
