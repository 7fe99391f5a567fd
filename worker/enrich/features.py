"""What the name tagger sees of a token: the features, the vocabulary that remembers them, the context of a sentence.

Training (`deploy/models/`) writes these features out as strings; decoding (`crf.py`) sums their weights. Both go
through `Vocabulary` and `read_context`, so they cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from worker.enrich.tokens import LETTERS, LOWER, TITLE, UPPER, Flags, Ints, sentence_starts, token_flags

Bools = npt.NDArray[np.bool_]

# Positions around a token whose features count, in the order of the weight rows.
POSITIONS: Final = (0, -1, 1, -2, 2)
SHAPES: Final = 16
EDGES: Final = ("\x02", "\x03")  # stand for what is before and after a sentence
COMMON_FIRST: Final = len(EDGES)
_CAPITALS: Final = "\x01"
EVIDENCE: Final = 17
WORDS_MAX: Final = 150_000  # then the vocabulary starts afresh: 40 MB, months of news before it happens

_RUNS: Final = ((re.compile(r"[A-Z]{2,}"), "B"), (re.compile(r"[A-Z]"), "A"), (re.compile(r"[a-z]+"), "a"))
_DIGITS: Final = re.compile(r"\d+")
_SHAPE_IDS: Final = {
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


class Entry(NamedTuple):
    """A word that the vocabulary met for the first time."""

    number: int
    word: str
    upper: bool
    known: Lexeme
    form: str  # its shape


class Common(NamedTuple):
    """Frequent words with what the vocabulary would work out of them: they come with the model."""

    words: list[str]
    flags: npt.NDArray[np.uint16]
    shape: npt.NDArray[np.uint8]
    coarse: npt.NDArray[np.uint8]
    news: npt.NDArray[np.uint8]


_NO_BYTES: Final = np.zeros(0, dtype=np.uint8)
NONE_COMMON: Final = Common([], np.zeros(0, dtype=np.uint16), _NO_BYTES, _NO_BYTES, _NO_BYTES)


class Vocabulary:
    """Every token met so far as a number, with what the tagger needs to know of it. Grows; one a process, not threads.

    `on_word` is called once for a new entry, but for the common words, which are numbered from `COMMON_FIRST`.
    """

    def __init__(self, lookup: Lookup, on_word: Callable[[Entry], None], common: Common = NONE_COMMON) -> None:
        self._lookup = lookup
        self._on_word = on_word
        self._common = common
        self.clear()

    def clear(self) -> None:
        common = self._common
        size = len(common.words) + (1 << 14)
        self.numbers: dict[str, int] = {}
        self.words: list[str] = []
        self._smalls: dict[str, int] = {}
        self.flags = np.zeros(size, dtype=np.uint16)
        self.small = np.zeros(size, dtype=np.int64)  # number of the word in small letters
        self.shape = np.zeros(size, dtype=np.int64)
        self.coarse = np.zeros(size, dtype=np.int64)
        self.news = np.zeros(size, dtype=np.int64)
        self.seen = np.zeros(size, dtype=np.uint8)  # for `read_context`: by `small`, all zero between documents
        self.capitals = np.full(size, -1, dtype=np.int64)  # the entry for the same word in a line of capitals
        self.start = self._add(EDGES[0])
        self.end = self._add(EDGES[1])
        end = COMMON_FIRST + len(common.words)
        self.words += common.words
        self.numbers.update(zip(common.words, range(COMMON_FIRST, end), strict=True))
        smalls = [self._smalls.setdefault(word.lower(), len(self._smalls)) for word in common.words]
        self.small[COMMON_FIRST:end] = smalls
        for name in ("flags", "shape", "coarse", "news"):
            getattr(self, name)[COMMON_FIRST:end] = getattr(common, name)

    def read(self, tokens: list[str]) -> Ints:
        """The numbers of tokens (as `tokenize` gives them)."""
        if len(self.words) > WORDS_MAX:
            self.clear()
        found = list(map(self.numbers.get, tokens))
        if None in found:
            for at, number in enumerate(found):
                if number is None:
                    token = tokens[at]
                    found[at] = self.numbers[token] = self._add(token.strip())
        return np.fromiter(found, dtype=np.int64, count=len(found))

    def in_capitals(self, numbers: Ints) -> Ints:
        """The entries of the same tokens as parts of a line of capitals."""
        for number in set(numbers[self.capitals[numbers] < 0].tolist()):
            word = self.words[number]
            self.capitals[number] = self._add(word, upper=True)
        return self.capitals[numbers]

    def _add(self, word: str, *, upper: bool = False) -> int:
        """The number of a word without blanks, new or not; `upper`: as part of a line of capitals."""
        key = _CAPITALS + word if upper else word
        known = self.numbers.get(key)
        if known is not None:
            return known
        number = len(self.words)
        if number >= len(self.flags):
            self._grow()
        self.numbers[key] = number
        self.words.append(word)
        small = word.lower()
        known_word = lexeme(word, self._lookup, upper=upper)
        self.flags[number] = token_flags(word)
        self.small[number] = self._smalls.setdefault(small, len(self._smalls))
        form = shape(word)
        self.shape[number] = 0 if upper else _SHAPE_IDS.get(form, 0)
        self.coarse[number] = known_word.coarse
        self.news[number] = known_word.news
        self._on_word(Entry(number, word, upper, known_word, form))
        return number

    def _grow(self) -> None:
        for name in ("flags", "small", "shape", "coarse", "news", "seen", "capitals"):
            old = getattr(self, name)
            more = np.full_like(old, -1) if name == "capitals" else np.zeros_like(old)
            setattr(self, name, np.concatenate((old, more)))


class Context(NamedTuple):
    """The tokens of a document in their sentences; arrays of one length."""

    numbers: Ints
    flags: Flags
    starts: Bools
    evidence: npt.NDArray[np.uint8]  # below EVIDENCE, see `read_context`
    capitals: Bools | None  # words in lines of capitals; None: there are none


def read_context(vocabulary: Vocabulary, tokens: list[str]) -> Context:
    """Sentences, lines of capitals, and what the rest of the document says about capitalised words.

    A word that begins a sentence may be a name or not; that it occurs elsewhere in small letters, or elsewhere with
    a capital inside a sentence, says more. `evidence` is 0 for what has no capital, else 1 + bits: begins a sentence
    (1), small elsewhere (2), capital inside a sentence elsewhere (4), in a headline-like line of capitals or of
    capitalised words (8).
    """
    numbers = vocabulary.read(tokens)
    flags = vocabulary.flags.take(numbers)
    starts = sentence_starts(flags)
    lower = (flags & LOWER) > 0
    capital = (flags & (TITLE | UPPER)) > 0
    small = vocabulary.small.take(numbers)
    capitals, special = _lines_of_capitals(flags, starts, lower)
    inside = capital & ~starts
    if special is not None:
        inside &= ~special
    seen = vocabulary.seen
    seen[small[inside]] = 4
    seen[small[lower]] |= 2
    evidence = seen.take(small)
    seen[small] = 0
    evidence += starts
    evidence += 1
    if special is not None:
        evidence += 8 * special.view(np.uint8)
    evidence *= capital
    if capitals is not None:
        numbers = numbers.copy()
        numbers[capitals] = vocabulary.in_capitals(numbers[capitals])
    return Context(numbers, flags, starts, evidence, capitals)


def _lines_of_capitals(flags: Flags, starts: Bools, lower: Bools) -> tuple[Bools | None, Bools | None]:
    """The words in lines of capitals, and all tokens of such lines and of headlines with every word capitalised."""
    if not len(flags):
        return None, None
    first = np.flatnonzero(starts)
    lowers = np.add.reduceat(lower, first, dtype=np.int16)
    uppers = np.add.reduceat((flags & UPPER) > 0, first, dtype=np.int16)
    titles = np.add.reduceat((flags & TITLE) > 0, first, dtype=np.int16)
    shouted = (uppers >= 3) & (uppers > 4 * (lowers + titles))
    special = shouted | ((titles >= 3) & (titles > lowers))
    if not special.any():
        return None, None
    lengths = np.diff(first, append=len(flags))
    capitals = np.repeat(shouted, lengths) & ((flags & LETTERS) > 0) if shouted.any() else None
    return capitals, np.repeat(special, lengths)


def neighbours(context: Context, vocabulary: Vocabulary) -> tuple[Ints, Ints, Ints, Ints]:
    """The numbers of the tokens before, after, two before and two after, within the sentence."""
    numbers, starts = context.numbers, context.starts
    ends = np.empty_like(starts)
    ends[:-1], ends[-1:] = starts[1:], True
    before, before2, after, after2 = (np.empty_like(numbers) for _ in range(4))
    for of, source in ((before, numbers), (before2, before)):
        of[1:] = source[:-1]
        np.copyto(of, vocabulary.start, where=starts)
    for of, source in ((after, numbers), (after2, after)):
        of[:-1] = source[1:]
        np.copyto(of, vocabulary.end, where=ends)
    return before, after, before2, after2
