"""What the name tagger sees of a word: its features as strings.

Training (`deploy/models/`) writes them out; decoding (`crf.py`) sums their weights. Both go through `Vocabulary` and
`read_context`, so they cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

SHAPES: Final = 16
EDGES: Final = ("\x02", "\x03")  # stand for what is before and after a sentence

_RUNS: Final = ((re.compile(r"[A-Z]{2,}"), "B"), (re.compile(r"[A-Z]"), "A"), (re.compile(r"[a-z]+"), "a"))
_DIGITS: Final = re.compile(r"\d+")
SHAPE_IDS: Final = {
    shape: number
    for number, shape in enumerate(
        ("a", "Aa", "B", "A", "0", ".", ",", '"', "A.", "AaAa", "Aa-a", "Aa-Aa", "0-a", "(", "-"), start=1
    )
}


class Lexeme(NamedTuple):
    """What the lexicon knows of a word: clusters (0 = unknown) and bits of word lists."""

    coarse: int = 0  # 64 clusters by general vectors
    middle: int = 0  # 256
    fine: int = 0  # 1024
    news: int = 0  # 128 clusters by vectors of news text
    news_fine: int = 0  # 512
    lists: int = 0


Lookup = Callable[[str], Lexeme | None]
_UNKNOWN: Final = Lexeme()


def shape(word: str) -> str:
    """The letters of a word as a pattern: "Aa" for Seoul, "B" for NATO, "Aa-a" for Jong-un."""
    if word.isascii() and word.isalnum():
        if word.islower() and word.isalpha():
            return "a"
        if word.isdigit():
            return "0"
        if word[1:].islower() and word.isalpha():
            return "Aa"
    for pattern, sign in _RUNS:
        word = pattern.sub(sign, word)
    return _DIGITS.sub("0", word)[:8]


def lexeme(word: str, lookup: Lookup, *, upper: bool) -> Lexeme:
    """The lexicon's entry under the word as written, else in small letters or with a capital."""
    small = word.lower()
    forms = (word.title(), small, word) if upper else (word, small, small.capitalize())
    return next((found for found in map(lookup, forms) if found is not None), _UNKNOWN)


def word_features(word: str, known: Lexeme, form: str, *, upper: bool) -> tuple[list[str], int, int]:
    """Features of a token, and how many of them count for its neighbours and for the tokens two away.

    `form` is its shape; `upper`: the sentence is all capitals.
    """
    if not word:
        return ["newline"], 1, 1
    if word in EDGES:
        return ["l=" + word], 1, 1
    small = word.lower()
    features = ["l=" + small, "s=U" if upper else "s=" + form]
    features += [f"{name}={value}" for name, value in (("b", known.middle), ("d", known.news)) if value]
    far = len(features)
    features.append("x3=" + small[-3:])
    features += [f"{name}={value}" for name, value in zip("ace", known[::2], strict=True) if value]
    if known.lists:
        features += [f"g{bit}" for bit in range(known.lists.bit_length()) if known.lists >> bit & 1]
    near = len(features)
    features += ["p2=" + small[:2], "p3=" + small[:3], "p4=" + small[:4], "x2=" + small[-2:], "x4=" + small[-4:]]
    if not upper:
        features.append("w=" + word)
    return features, near, far
