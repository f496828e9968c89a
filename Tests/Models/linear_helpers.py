"""What the tests of the plugin `linear` share."""

import contextlib
import random
import sys

from conftest import BIN, ROOT
from plugin_abi import Model

PLUGIN = BIN / "linear.so"
sys.path.insert(0, str(ROOT / "Plugins" / "linear"))

import export_sklearn  # noqa: E402, F401
from export_sklearn import NASTY, export, predictions, texts_of  # noqa: E402, F401
from flat_model import FlatModel  # noqa: E402, F401
from token_pattern import Refusal, translate  # noqa: E402, F401


def corpus():
    """Texts, opinions and topics (four, each often enough for cross-validation) of corpora/reviews.tsv."""
    lines = (ROOT / "corpora" / "reviews.tsv").read_text(encoding="utf-8").splitlines()[1:]
    labels, tags, texts = zip(*(line.split("\t") for line in lines))
    topics = [tag.split(",")[0] for tag in tags]
    return list(texts), list(labels), [t if t in ("film", "food", "hotel") else "other" for t in topics]


@contextlib.contextmanager
def opened(**options):
    model = Model(PLUGIN, **options)
    try:
        yield model
    finally:
        model.close()


ALPHABET = ("abcXYZ019_ \t\n.,'’-:·!\u0301\u0307\u00ad\u200d\u200b\u0345ʰ" "ΑΣσςαΒβ" "İIıi" "ßẞǅﬁ½²Ⅷ٣" "中文日本한국" "हिन्दीไทย" "👍🏽𝔘𐐀")


def wild(count, seed, longest=40):
    """Random texts of characters that readings of Unicode disagree about."""
    draw = random.Random(seed)
    return ["".join(draw.choice(ALPHABET) for _ in range(draw.randint(0, longest))) for _ in range(count)]


def cut(text, draw):
    """Random pieces of a text (bytes), on character boundaries, some touching and some not."""
    starts = [i for i, byte in enumerate(text) if byte & 0xC0 != 0x80] + [len(text)]
    pieces, at = [], 0
    while at + 1 < len(starts):
        until = min(at + draw.randint(1, 4), len(starts) - 1)
        if draw.random() < 0.6:
            pieces.append((starts[at], starts[until]))
        at = until
    return pieces
