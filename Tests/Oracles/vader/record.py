"""Records what vaderSentiment says of the sentences in sentences.py; --check compares instead.

python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
.venv/bin/python record.py [--check]
"""

from fixture import write_or_check
from reference import compound, unrounded_compound
from sentences import sentences

write_or_check(
    "vader.json",
    [{"text": s, "compound": compound(s), "unrounded": unrounded_compound(s)} for s in sentences()],
)
