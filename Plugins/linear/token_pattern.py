"""From a pattern of Python's `re` to the same tokens for ICU, or a refusal.

The two differ in what \\w, \\d, \\s and \\b mean (to ICU a combining mark is a word character), so these are written out as
sets. The tree of Python's own parser is translated, and whatever is not known here is refused, never guessed.
"""

import re

try:
    from re import _constants as sre, _parser as parser
except ImportError:  # Python 3.10 and older
    import sre_constants as sre
    import sre_parse as parser


class Refusal(ValueError):
    """What cannot be expressed; the message says what and why."""


WORD = r"\p{L}\p{N}_"  # str.isalnum() and the underscore
DIGIT = r"\p{Nd}"  # str.isdecimal()
SPACE = (  # str.isspace()
    r"\x{9}-\x{D}\x{1C}-\x{20}\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}"
)
ASCII = {WORD: "A-Za-z0-9_", DIGIT: "0-9", SPACE: r"\x{9}-\x{D}\x{20}"}
CATEGORIES = {
    sre.CATEGORY_WORD: (WORD, False), sre.CATEGORY_NOT_WORD: (WORD, True),
    sre.CATEGORY_DIGIT: (DIGIT, False), sre.CATEGORY_NOT_DIGIT: (DIGIT, True),
    sre.CATEGORY_SPACE: (SPACE, False), sre.CATEGORY_NOT_SPACE: (SPACE, True),
}
ALLOWED_FLAGS = re.UNICODE | re.ASCII | re.DOTALL | re.VERBOSE


def translate(pattern):
    """The field "tokens" of the format for a token_pattern of scikit-learn.

    >>> translate(r"(?u)\\b\\w\\w+\\b")
    {'runs_of': '[\\\\p{L}\\\\p{N}_]', 'at_least': 2}
    """
    tree = parser.parse(pattern)
    flags, groups = tree.state.flags, tree.state.groups - 1
    if flags & ~int(ALLOWED_FLAGS):
        raise Refusal(f"token_pattern {pattern!r}: its flags (ignoring case, for one) cannot be expressed")
    if groups > 1:
        raise Refusal(f"token_pattern {pattern!r}: more than one group, which scikit-learn refuses too")
    if tree.getwidth()[0] == 0:
        raise Refusal(f"token_pattern {pattern!r}: it matches the empty string")
    writer = Writer(pattern, flags)
    return writer.runs(list(tree)) or {"pattern": writer.sequence(tree), "group": groups}


class Writer:
    """Writes the nodes of a parsed pattern for ICU."""

    def __init__(self, pattern, flags):
        self.pattern = pattern
        self.ascii = bool(flags & re.ASCII)
        self.dotall = bool(flags & re.DOTALL)

    def refuse(self, what):
        raise Refusal(f"token_pattern {self.pattern!r}: {what} cannot be expressed")

    @property
    def word(self):
        return f"[{self.characters(sre.CATEGORY_WORD)}]"

    def characters(self, category):
        if category not in CATEGORIES:
            self.refuse(f"the category {category}")
        members, is_negated = CATEGORIES[category]
        members = ASCII[members] if self.ascii else members
        return f"[^{members}]" if is_negated else members

    @staticmethod
    def literal(code):
        return chr(code) if chr(code).isascii() and chr(code).isalnum() else rf"\x{{{code:X}}}"

    def set(self, items):
        if len(items) == 1 and items[0][0] is sre.CATEGORY and items[0][1] in CATEGORIES:
            text = self.characters(items[0][1])
            return text if text.startswith("[") else f"[{text}]"
        text = ""
        for kind, value in items:
            if kind is sre.NEGATE:
                text += "^"
            elif kind is sre.LITERAL:
                text += self.literal(value)
            elif kind is sre.RANGE:
                text += f"{self.literal(value[0])}-{self.literal(value[1])}"
            elif kind is sre.CATEGORY:
                text += self.characters(value)
                if self.ascii and text.endswith("]") and len(items) > 1:
                    self.refuse("a complement among other characters under the flag ASCII")
            else:
                self.refuse(f"{kind} in a set")
        return f"[{text}]"

    def runs(self, nodes):
        """The rule where the pattern stands for the longest runs of a set, else None."""
        boundary = (sre.AT, sre.AT_BOUNDARY)
        has_boundary = boundary in (nodes[0], nodes[-1])
        nodes = nodes[nodes[0] == boundary:len(nodes) - (nodes[-1] == boundary)]
        sets, least = set(), 0
        for index, (kind, value) in enumerate(nodes):
            low, high = 1, 1
            if kind is sre.MAX_REPEAT and len(value[2]) == 1:
                low, high, ((kind, value),) = value
            if kind is not sre.IN or (high is sre.MAXREPEAT) != (index == len(nodes) - 1):
                return None
            if high is not sre.MAXREPEAT and low != high:
                return None
            sets.add(self.set(value))
            least += low
        # A run of word characters begins and ends at boundaries anyway; for other sets they would matter.
        if len(sets) != 1 or least < 1 or (has_boundary and sets != {self.word}):
            return None
        return {"runs_of": sets.pop(), "at_least": least}

    def sequence(self, nodes):
        return "".join(self.node(kind, value) for kind, value in nodes)

    def node(self, kind, value):
        if kind is sre.LITERAL:
            return self.literal(value)
        if kind is sre.NOT_LITERAL:
            return f"[^{self.literal(value)}]"
        if kind is sre.IN:
            return self.set(value)
        if kind is sre.ANY:
            return r"[\x{0}-\x{10FFFF}]" if self.dotall else r"[^\x{A}]"
        if kind is sre.BRANCH:
            return "(?:" + "|".join(self.sequence(branch) for branch in value[1]) + ")"
        if kind is sre.SUBPATTERN:
            group, added, removed, nodes = value
            if added or removed:
                self.refuse("a change of flags")
            return ("(?:" if group is None else "(") + self.sequence(nodes) + ")"
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None)):
            low, high, nodes = value
            text, high = self.sequence(nodes), None if high is sre.MAXREPEAT else high
            # ICU repeats a set without remembering each step, where it can see that it is one.
            is_single = len(nodes) == 1 and nodes[0][0] in (sre.IN, sre.ANY, sre.LITERAL, sre.NOT_LITERAL)
            short = {(0, None): "*", (1, None): "+", (0, 1): "?"}
            times = short.get((low, high)) or f"{{{low},{'' if high is None else high}}}"
            greed = "" if kind is sre.MAX_REPEAT else "?" if kind is sre.MIN_REPEAT else "+"
            return (text if is_single else f"(?:{text})") + times + greed
        if kind is getattr(sre, "ATOMIC_GROUP", None):
            return f"(?>{self.sequence(value)})"
        if kind in (sre.ASSERT, sre.ASSERT_NOT):
            direction, nodes = value
            sign = "=" if kind is sre.ASSERT else "!"
            return f"(?{'<' if direction < 0 else ''}{sign}{self.sequence(nodes)})"
        if kind is sre.AT and value in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return r"\A"
        if kind is sre.AT and value is sre.AT_END_STRING:
            return r"\z"
        if kind is sre.AT and value is sre.AT_END:
            return r"(?=\x{A}?\z)"
        if kind is sre.AT and value is sre.AT_BOUNDARY:
            word = self.word
            return f"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
        self.refuse(str(value) if kind is sre.AT else str(kind))


def for_python(rule):
    """A compiled pattern of `re` with the tokens of a rule that `translate` wrote, for checking."""
    text = rule["pattern"] if "pattern" in rule else f"{rule['runs_of']}{{{rule.get('at_least', 1)},}}"
    for members, name in ((WORD, "w"), (DIGIT, "d"), (SPACE, "s")):
        text = text.replace(f"[^{members}]", rf"\{name.upper()}").replace(members, rf"\{name}")
    text = re.sub(r"\\x\{([0-9A-F]+)\}", lambda found: f"\\U{int(found[1], 16):08X}", text)
    return re.compile(text.replace(r"\z", r"\Z"))
