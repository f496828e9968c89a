"""Shapley values by brute force over vaderSentiment; --check compares instead of writing.

The game of a text: its players are words, an absent word's bytes are taken out, and the value is
(compound + 1) / 2, once with the compound that the package rounds ("values") and once without
rounding ("unrounded").
"""

import math
import re

from fixture import write_or_check
from reference import compound, unrounded_compound

TEXTS = """
The food was good, but the service was terrible.
I really love this charming little harbour town!
The acting isn't bad at all.
NOT a very good start, honestly...
What an awful, boring, pointless evening!!!
She's never been so happy before.
The plan was REALLY great; nobody expected such an ugly, sad end.
Without doubt an excellent and moving film.
At least the coffee was hot and strong.
It was the least helpful answer of all.
Kind of sad, kind of sweet, mostly dull.
This cake is, and I never exaggerate, simply to die for!
There's no joy or hope left here.
LOVELY colours but a rather weak story.
They can't lose with such brilliant players.
Pain, more pain, and then sudden relief?!
Oh yeah right, another perfect Monday morning
Caf\u00e9 \u00c9TOILE: warm, friendly, never dull
good good but good and good again
We waited for hours, yet nobody smiled, helped or even apologised.
"""

# A letter or digit, then letters, digits and apostrophes between them; punctuation is in no player.
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def shapley_values(values, n):
    """values[S] for each bit mask S of n players -> the n Shapley values."""
    weights = [math.factorial(s) * math.factorial(n - 1 - s) / math.factorial(n) for s in range(n)]
    return [
        math.fsum(
            weights[bin(coalition).count("1")] * (values[coalition | 1 << i] - values[coalition])
            for coalition in range(1 << n)
            if not coalition >> i & 1
        )
        for i in range(n)
    ]


def explain(text):
    data = text.encode()
    spans = [
        (len(text[: m.start()].encode()), len(text[: m.end()].encode()))
        for m in WORD.finditer(text)
    ]
    n = len(spans)

    def rendered(coalition):
        out, copied = b"", 0
        for i, (begin, end) in enumerate(spans):
            out += data[copied : end if coalition >> i & 1 else begin]
            copied = end
        return (out + data[copied:]).decode()

    texts = [rendered(coalition) for coalition in range(1 << n)]
    assert texts[-1] == text
    values = [(compound(t) + 1) / 2 for t in texts]
    exact = [(unrounded_compound(t) + 1) / 2 for t in texts]
    return {
        "text": text,
        "players": spans,
        "values": shapley_values(values, n),
        "unrounded": shapley_values(exact, n),
        "baseline": exact[0],
        "grand": exact[-1],
    }


write_or_check("shapley_vader.json", [explain(line) for line in TEXTS.strip().split("\n")])
