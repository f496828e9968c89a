"""BERT's tokenizer written from its publication, in Python and by Python's own Unicode tables: what the plugin is held
against. Steps and their order are those of Hugging Face's `BertNormalizer`, `BertPreTokenizer` and `WordPiece`."""

import unicodedata

IDEOGRAPHS = [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
              (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)]


def is_white_space(c):
    return c in " \t\n\r" or unicodedata.category(c) == "Zs"


def is_control(c):
    return c not in "\t\n\r" and unicodedata.category(c).startswith("C")


def is_punctuation(c):
    return c in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" or unicodedata.category(c).startswith("P")


def is_ideograph(c):
    return any(first <= ord(c) <= last for first, last in IDEOGRAPHS)


def normalize(text, clean=True, ideographs=True, accents=None, lower=True):
    if clean:
        text = "".join(" " if is_white_space(c) else c
                       for c in text if not (c in "\0\ufffd" or is_control(c)))
    if ideographs:
        text = "".join(f" {c} " if is_ideograph(c) else c for c in text)
    if lower if accents is None else accents:
        text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    if lower:
        text = "".join(c.lower() for c in text)
    return text


def words(text, **settings):
    found = []
    for run in normalize(text, **settings).split():
        word = ""
        for c in run:
            if is_punctuation(c):
                found += [word] * bool(word) + [c]
                word = ""
            else:
                word += c
        found += [word] * bool(word)
    return found


def pieces(word, vocabulary, unknown="[UNK]", longest=100):
    if len(word) > longest:
        return [unknown]
    found, begin = [], 0
    while begin < len(word):
        for end in range(len(word), begin, -1):
            piece = ("##" if begin else "") + word[begin:end]
            if piece in vocabulary:
                found.append(piece)
                begin = end
                break
        else:
            return [unknown]
    return found


def ids(text, vocabulary, **settings):
    """The ids of a text's tokens, without special ones; `vocabulary` maps pieces to ids."""
    return [vocabulary[piece] for word in words(text, **settings) for piece in pieces(word, vocabulary)]


NASTY = [
    "", " ", "a", "don't", "Hello, World!", "naïve café Ångström", "cafe\u0301 e\u0301\u0323\u0301x", "İstanbul ıİ",
    "ΑΣ ΟΔΥΣΣΕΥΣ ς", "这部电影非常好看", "カタカナ ひらがな", "한국어 텍스트", "नमस्ते दुनिया", "สวัสดีครับ", "שלום עולם",
    "مرحبا بالعالم", "😀👩‍👩‍👧‍👦 🇩🇪!", "a\u200db\u200bc\u00adx\ufeffy", "x\u00a0y\u2003z\u2028w\u3000v", "tab\tline\nend\r\nx",
    "\0a\0b", "\ufffd?", "“quoted” — ‘text’…", "$100 + 5% = ^`~|<>", "a" * 101 + " b", "straße STRASSE ﬁ", "Ⅷ ½ ² ①",
    "\u0301abc", "Z\u0351\u036b\u0343\u036aA\u0301\u0327L\u0327\u0301GO", "豈更車 丽", "ǅ Ǆ ẞ", "…" * 70, "e\u0301" * 50,
    "\x7f\x80\x9fx", "a_b-c/d\\e", "𝒜𝓁𝓅𝒽𝒶 𐐀𐐨", "ア\u3099 ガ", "क्षत्रिय", "ộ ở ữ", "𠀀𪛖", "\U0001d165x", "ᾼ ᾳ",
]
