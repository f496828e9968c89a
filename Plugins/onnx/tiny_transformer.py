"""A transformer of one layer for the sentiment of reviews, small enough to be trained here in seconds.

Embeddings of pieces, places and segments, an attention of two heads with a mask, a residual and layer norm, the mean
over what is no padding, and a linear layer: the parts of the large ones. Trained on corpora/reviews.tsv by plain numpy, with
tokens hidden at random, so that it has seen texts with absent words. It is a toy: it knows those reviews by heart.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: sums of more threads come in another order

import collections
import csv
import re

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LABELS = ["negative", "positive"]
MAXIMUM, WIDTH, HEADS = 64, 32, 2
EPSILON = 1e-5


def read_reviews(path):
    """Texts and labels, without the ironic ones: from so few, what an ironic "wonderful" means is not to be learnt."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in rows if "irony" not in row["tags"].split(",")]
    return [row["text"] for row in rows], [LABELS.index(row["label"]) for row in rows]


def make_vocabulary(texts):
    """Special pieces, words that occur twice, frequent endings, and single characters to spell the rest with."""
    words = collections.Counter(word for text in texts for word in re.findall(r"[a-z]+|[^a-z\s]", text.lower()))
    endings = collections.Counter(word[-n:] for word in words for n in (2, 3) if len(word) > n + 2)
    characters = sorted({character for word in words for character in word})
    pieces = [word for word, count in sorted(words.items()) if count > 1 and len(word) > 1]
    pieces += [f"##{ending}" for ending, count in sorted(endings.items()) if count > 7]
    return SPECIAL + characters + [f"##{character}" for character in characters] + pieces


def encode(text, ids):
    """BERT's tokens of plain English: enough for training. The plugin has the whole of it."""
    tokens = ["[CLS]"]
    for word in re.findall(r"[a-z]+|[^a-z\s]", text.lower()):
        pieces, begin = [], 0
        while begin < len(word):
            end = len(word)
            while end > begin and ("##" if begin else "") + word[begin:end] not in ids:
                end -= 1
            if end == begin:
                pieces = ["[UNK]"]
                break
            pieces.append(("##" if begin else "") + word[begin:end])
            begin = end
        tokens += pieces
    return [ids[token] for token in tokens[: MAXIMUM - 1] + ["[SEP]"]]


def leanings(rows, labels, pieces):
    """How much more often each piece stands in positive reviews than in negative ones, as smoothed log-odds."""
    counts = numpy.full((pieces, 2), 2.0)
    for row, label in zip(rows, labels):
        counts[sorted(set(row)), label] += 1
    return numpy.log(counts[:, 1] / counts[:, 0])


def initial(pieces, random):
    def normal(*shape, scale):
        return random.normal(0, scale, shape)

    scale = WIDTH ** -0.5
    return {
        "pieces": normal(pieces, WIDTH, scale=0.1), "places": normal(MAXIMUM, WIDTH, scale=0.1),
        "segments": normal(2, WIDTH, scale=0.1), "query": normal(WIDTH, WIDTH, scale=scale),
        "key": normal(WIDTH, WIDTH, scale=scale), "value": normal(WIDTH, WIDTH, scale=scale),
        "join": normal(WIDTH, WIDTH, scale=scale), "norm.scale": numpy.ones(WIDTH), "norm.bias": numpy.zeros(WIDTH),
        "classes": normal(WIDTH, 2, scale=scale), "classes.bias": numpy.zeros(2),
    }


def split(matrix):  # [n, l, WIDTH] to [n, HEADS, l, WIDTH / HEADS]
    return matrix.reshape(*matrix.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)


def join(matrix):
    return matrix.transpose(0, 2, 1, 3).reshape(matrix.shape[0], matrix.shape[2], WIDTH)


def forward_and_back(w, ids, mask, targets):
    """The probabilities of the classes, and the gradient of the mean cross-entropy for each weight."""
    n, length = ids.shape
    x = w["pieces"][ids] + w["places"][:length] + w["segments"][0]
    q, k, v = (split(x @ w[name]) for name in ("query", "key", "value"))
    root = (WIDTH // HEADS) ** -0.5
    scores = q @ k.transpose(0, 1, 3, 2) * root + (mask[:, None, None, :] - 1) * 1e9
    attention = numpy.exp(scores - scores.max(-1, keepdims=True))
    attention /= attention.sum(-1, keepdims=True)
    mixed = join(attention @ v)
    y = x + mixed @ w["join"]
    centred = y - y.mean(-1, keepdims=True)
    deviation = numpy.sqrt((centred ** 2).mean(-1, keepdims=True) + EPSILON)
    unit = centred / deviation
    share = (mask / mask.sum(1, keepdims=True))[:, :, None]
    pooled = ((unit * w["norm.scale"] + w["norm.bias"]) * share).sum(1)
    logits = pooled @ w["classes"] + w["classes.bias"]
    p = numpy.exp(logits - logits.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)

    g = {name: numpy.zeros_like(weight) for name, weight in w.items()}
    d_logits = (p - targets) / n
    g["classes"], g["classes.bias"] = pooled.T @ d_logits, d_logits.sum(0)
    d_normed = (d_logits @ w["classes"].T)[:, None, :] * share
    g["norm.scale"], g["norm.bias"] = (d_normed * unit).sum((0, 1)), d_normed.sum((0, 1))
    d_unit = d_normed * w["norm.scale"]
    d_y = (d_unit - d_unit.mean(-1, keepdims=True) - unit * (d_unit * unit).mean(-1, keepdims=True)) / deviation
    g["join"] = mixed.reshape(-1, WIDTH).T @ d_y.reshape(-1, WIDTH)
    d_mixed = split(d_y @ w["join"].T)
    d_attention = d_mixed @ v.transpose(0, 1, 3, 2)
    d_v = attention.transpose(0, 1, 3, 2) @ d_mixed
    d_scores = attention * (d_attention - (d_attention * attention).sum(-1, keepdims=True)) * root
    d_x = d_y.copy()
    for name, d in (("query", d_scores @ k), ("key", d_scores.transpose(0, 1, 3, 2) @ q), ("value", d_v)):
        d = join(d)
        g[name] = x.reshape(-1, WIDTH).T @ d.reshape(-1, WIDTH)
        d_x += d @ w[name].T
    numpy.add.at(g["pieces"], ids, d_x)
    g["places"][:length] = d_x.sum(0)
    g["segments"][0] = d_x.sum((0, 1))
    return p, g


def sample(rows, labels, random, count=48, most=40):
    """A batch: reviews with tokens hidden, by [MASK] or by leaving them out, and texts of which nothing is left."""
    matrix, targets = numpy.zeros((count, most), int), numpy.full((count, 2), 0.5)
    for i, choice in enumerate(random.integers(0, len(rows), count)):
        row = rows[choice][:most]
        hidden = (random.random(len(row)) < random.random() * 0.6) | (i < 4)
        hidden[0] = hidden[-1] = False
        if i % 2:
            row = [token for token, is_hidden in zip(row, hidden) if not is_hidden]
        else:
            row = [SPECIAL.index("[MASK]") if is_hidden else token for token, is_hidden in zip(row, hidden)]
        matrix[i, : len(row)] = row
        if i >= 4:
            targets[i] = 0.03
            targets[i, labels[choice]] = 0.97
    return matrix, (matrix > 0).astype(float), targets


def train(texts, labels, vocabulary, steps=80, seed=5):
    """Adam with weight decay. D. Kingma, J. Ba: Adam: A Method for Stochastic Optimization, ICLR 2015."""
    ids = {piece: i for i, piece in enumerate(vocabulary)}
    rows = [encode(text, ids) for text in texts]
    random = numpy.random.Generator(numpy.random.PCG64(seed))
    w = initial(len(vocabulary), random)
    w["pieces"][:, 0] += 2 * leanings(rows, labels, len(vocabulary))
    w["classes"][0] = [-1, 1]
    mean, square = ({name: numpy.zeros_like(weight) for name, weight in w.items()} for _ in range(2))
    for step in range(1, steps + 1):
        _, gradient = forward_and_back(w, *sample(rows, labels, random))
        rate = 0.003 * min(1, 2 - 2 * step / (steps + 1))
        for name, g in gradient.items():
            mean[name] = 0.9 * mean[name] + 0.1 * g
            square[name] = 0.99 * square[name] + 0.01 * g * g
            move = mean[name] / (1 - 0.9 ** step) / (numpy.sqrt(square[name] / (1 - 0.99 ** step)) + 1e-8)
            w[name] = w[name] - rate * (move + 0.05 * w[name])
    # On a grid, so that the last digits of another machine's sums do not show.
    return {name: (numpy.round(weight * 1024) / 1024).astype(numpy.float32) for name, weight in w.items()}


def make_graph(w):
    """The same as an ONNX model, of any number of texts of any length up to MAXIMUM."""
    constants = {
        "zero": numpy.int64(0), "one": numpy.int64(1), "heads": numpy.array([0, 0, HEADS, WIDTH // HEADS]),
        "whole": numpy.array([0, 0, WIDTH]), "along": numpy.array([1]), "across": numpy.array([1, 2]),
        "last": numpy.array([2]), "unit": numpy.float32(1), "far": numpy.float32(1e9),
        "root": numpy.float32((WIDTH // HEADS) ** -0.5),
    }
    nodes = []

    def node(kind, inputs, output, **attributes):
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    node("Shape", ["input_ids"], "shape")
    node("Gather", ["shape", "one"], "length")
    node("Range", ["zero", "length", "one"], "range")
    node("Gather", ["pieces", "input_ids"], "piece")
    node("Gather", ["places", "range"], "place")
    node("Gather", ["segments", "token_type_ids"], "segment")
    node("Add", ["piece", "place"], "placed")
    node("Add", ["placed", "segment"], "x")
    for name in ("query", "key", "value"):
        node("MatMul", ["x", name], f"{name}.flat")
        node("Reshape", [f"{name}.flat", "heads"], f"{name}.split")
    node("Transpose", ["query.split"], "q", perm=[0, 2, 1, 3])
    node("Transpose", ["key.split"], "k", perm=[0, 2, 3, 1])
    node("Transpose", ["value.split"], "v", perm=[0, 2, 1, 3])
    node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    node("Sub", ["mask", "unit"], "absent")
    node("Mul", ["absent", "far"], "distance")
    node("Unsqueeze", ["distance", "across"], "penalty")
    node("MatMul", ["q", "k"], "products")
    node("Mul", ["products", "root"], "scaled")
    node("Add", ["scaled", "penalty"], "scores")
    node("Softmax", ["scores"], "attention", axis=-1)
    node("MatMul", ["attention", "v"], "mixed.split")
    node("Transpose", ["mixed.split"], "mixed.turned", perm=[0, 2, 1, 3])
    node("Reshape", ["mixed.turned", "whole"], "mixed")
    node("MatMul", ["mixed", "join"], "joined")
    node("Add", ["x", "joined"], "y")
    node("LayerNormalization", ["y", "norm.scale", "norm.bias"], "normed", epsilon=EPSILON)
    node("Unsqueeze", ["mask", "last"], "column")
    node("Mul", ["normed", "column"], "kept")
    node("ReduceSum", ["kept", "along"], "sum", keepdims=0)
    node("ReduceSum", ["mask", "along"], "count", keepdims=1)
    node("Div", ["sum", "count"], "pooled")
    node("MatMul", ["pooled", "classes"], "weighed")
    node("Add", ["weighed", "classes.bias"], "logits")
    matrices = [numpy_helper.from_array(numpy.asarray(value), name) for name, value in {**w, **constants}.items()]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
              for name in ("input_ids", "attention_mask", "token_type_ids")]
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", len(LABELS)])
    model = helper.make_model(helper.make_graph(nodes, "tiny", inputs, [output], matrices), ir_version=8,
                              opset_imports=[helper.make_opsetid("", 17)], producer_name="textexplain")
    onnx.checker.check_model(model, full_check=True)
    return model


def make(reviews, folder):
    """Writes model.onnx and vocab.txt."""
    texts, labels = read_reviews(reviews)
    vocabulary = make_vocabulary(texts)
    model = make_graph(train(texts, labels, vocabulary))
    (folder / "vocab.txt").write_text("".join(f"{piece}\n" for piece in vocabulary), encoding="utf-8")
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
