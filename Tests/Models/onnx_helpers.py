"""What the tests of onnx.so share: the plugin called from Python, and small models made on the spot."""

import ctypes
import json
import pathlib
from ctypes import POINTER, Structure, byref, c_int32, c_int64, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p, sizeof

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from conftest import BIN, MODELS
from plugin_abi import CFUNCTYPE, PUT, Error, Masked, Masking, Model, Scores, Sink, Text, as_text, checked

PLUGIN = BIN / "onnx.so"
RUNTIME = MODELS / "onnx" / "libonnxruntime.so"
TRUNCATED, FAILED = 1, 4
SPECIAL, UNKNOWN, CONTINUES, CUT = 1, 2, 4, 8


class TokenRecord(Structure):
    _fields_ = [("begin", c_uint64), ("end", c_uint64), ("id", c_int64), ("flags", c_uint32), ("reserved", c_uint32)]


class Tokens(Structure):
    _fields_ = [("size", c_uint32), ("reserved", c_uint32),
                ("tokenize", CFUNCTYPE(c_int32, c_void_p, Text, POINTER(Sink), POINTER(Error)))]


STOP = CFUNCTYPE(c_int32, c_void_p)


class Terms(Structure):
    """The host's terms for a call, tx_call."""

    _fields_ = [("size", c_uint32), ("flags", c_uint32), ("deadline_ns", c_uint64), ("seed", c_uint64),
                ("ctx", c_void_p), ("should_stop", STOP)]


class OnnxModel(Model):
    """A model opened by the plugin in this process."""

    def __init__(self, folder, **options):
        super().__init__(PLUGIN, model=folder, runtime=RUNTIME, **options)

    def flags(self, texts):
        """The flags of the rows."""
        scores, room = self._room(len(texts))
        flags = (c_uint8 * len(texts))()
        room.row_flags = flags
        batch = (Text * len(texts))(*map(as_text, texts))
        checked(self.table.predict, self.handle, None, batch, len(texts), byref(room))
        return list(flags)

    def polls(self, text, most=None):
        """How often the host is asked, while a text is scored, whether to go on; the answer to the last is no."""
        asked = 0

        def stop(_):
            nonlocal asked
            asked += 1
            return most is not None and asked >= most

        terms = Terms(sizeof(Terms), 0, 0, 0, None, STOP(stop))
        _, room = self._room(1)
        batch = (Text * 1)(as_text(text))
        checked(self.table.predict, self.handle, byref(terms), batch, 1, byref(room))
        return asked

    def tokens(self, text):
        """(begin, end, id, flags) of each token."""
        found = []

        def put(_, records, count):
            found.extend((t.begin, t.end, t.id, t.flags) for t in ctypes.cast(records, POINTER(TokenRecord))[:count])
            return 0

        sink = Sink(sizeof(Sink), sizeof(TokenRecord), None, PUT(put))
        checked(self.extension("textexplain.tokens/1", Tokens).tokenize, self.handle, as_text(text), byref(sink))
        return found

    def ids(self, text):
        """The ids of what is no special token."""
        return [id for _, _, id, flags in self.tokens(text) if not flags & SPECIAL]

    def model_masked(self, text, ranges, masks):
        """Scores with the model's mask token for the pieces that are absent."""
        table = self.extension("textexplain.masked/1", Masked)
        flat = (c_uint64 * (2 * len(ranges) + 1))(*[offset for piece in ranges for offset in piece])
        what = Masking(sizeof(Masking), 3, as_text(text), as_text(b""), flat, len(ranges))
        prepared = c_void_p()
        checked(table.prepare, self.handle, None, byref(what), byref(prepared))
        words = max(1, (len(ranges) + 63) // 64)
        bits = np.zeros((len(masks), words), dtype=np.uint64)
        for row, mask in enumerate(masks):
            for piece, present in enumerate(mask):
                bits[row, piece // 64] |= np.uint64(int(present) << (piece % 64))
        scores, room = self._room(len(masks))
        try:
            checked(table.score, self.handle, prepared, None, bits.ctypes.data_as(POINTER(c_uint64)), len(masks), words,
                    byref(room))
        finally:
            table.release(self.handle, prepared)
        return scores


def softmax(logits):
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def port(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, shape)


def save(path, nodes, inputs, outputs, **weights):
    graph = helper.make_graph(nodes, "made", inputs, outputs,
                              [numpy_helper.from_array(np.asarray(w), name) for name, w in weights.items()])
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)]), path)


def bag(folder, pieces, kind=TensorProto.INT64, shape=("n", "l"), mask=None, classes=2, table=None):
    """A model that adds up a row of numbers for each token: logits = sum of table[id], with a mask or without."""
    if table is None:
        table = np.random.default_rng(3).normal(size=(pieces, classes)).astype(np.float32)
    inputs, nodes = [port("input_ids", kind, *shape)], [helper.make_node("Gather", ["table", "input_ids"], ["rows"])]
    weights = {"table": table, "along": np.array([1])}
    last = "rows"
    if mask is not None:
        inputs.append(port("attention_mask", mask, *shape))
        weights["end"] = np.array([2])
        nodes += [helper.make_node("Cast", ["attention_mask"], ["m"], to=TensorProto.FLOAT),
                  helper.make_node("Unsqueeze", ["m", "end"], ["column"]),
                  helper.make_node("Mul", ["rows", "column"], ["kept"])]
        last = "kept"
    nodes.append(helper.make_node("ReduceSum", [last, "along"], ["logits"], keepdims=0))
    save(folder / "model.onnx", nodes, inputs, [port("logits", TensorProto.FLOAT, shape[0], classes)], **weights)
    return table


def describe(folder, input, output=None, **more):
    output = output or {"activation": "softmax", "labels": ["a", "b"]}
    document = {"format": "textexplain-onnx/1", **more, "input": input, "output": output}
    (folder / "textexplain.json").write_text(json.dumps(document))
    return folder


def vocabulary(folder, pieces):
    (folder / "vocab.txt").write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
    return {piece: i for i, piece in enumerate(pieces)}


def read_vocabulary(path):
    return {piece: i for i, piece in enumerate(pathlib.Path(path).read_text(encoding="utf-8").split("\n")[:-1])}
