"""Text into numbers: every word met so far has one, with what the name tagger needs to know of it in a row of a table.

News repeats itself, so what is remembered is the split of a *chunk*, the characters between two blanks ("said.”"):
its tokens as packed numbers, ready to be joined with those of the other chunks. The few rules of `tokens.TOKEN` that
look over a blank are mended afterwards; a text with unusual blanks is read token by token.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from worker.enrich.features import EDGES, SHAPE_IDS, Lexeme, Lookup, lexeme, shape
from worker.enrich.tokens import (
    CAPITAL,
    CLOSER,
    INITIAL,
    LOWER,
    NEWLINE,
    STOP,
    TITLE,
    UPPER,
    Flags,
    Ints,
    token_flags,
    tokenize,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PAD: Final = 0  # what is before and after a sentence, and a line break
ODD: Final = 3  # stands for blanks beside the one before each chunk
COMMON_FIRST: Final = 4
WORDS_MAX: Final = 150_000  # then the vocabulary starts afresh
CHUNKS_MAX: Final = 80_000  # twice as many are remembered: those met since so many others, and those before
CHUNK_CHARS_MAX: Final = 40  # what is longer will hardly be met again
_CAPITALS: Final = "\x01"
_BREAK: Final = "\n\n"
_DOUBLE: Final = "\0"  # marks a second blank before a chunk
_UNSURE: Final = re.compile(r"[A-Z]\.  ")  # an initial, if one blank followed
# A token is packed into 64 bits: its number, and above it how far its end is from that of the token before.
_NUMBER_BITS: Final = 24
_NUMBER: Final = (1 << _NUMBER_BITS) - 1

# Columns of `Vocabulary.info`.
COUNT, SMALL, SHAPE, NEWS, COARSE, LEFT, RIGHT, NUMBER = range(8)
# COUNT is this for a word in small letters, with a capital, or with nothing else; 0 for what has no letters. Its sums
# count the first two kinds in 20 bits each, and above by how much there are more with a capital than without.
SMALLS: Final = 1 - (1 << 40)
TITLES: Final = (1 << 20) + (1 << 40)
UPPERS: Final = 1 << 40


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
    """Words as numbers. Grows up to a bound; one a process, not for threads.

    `on_word` is called once for a new entry, but for the common words, which are numbered from `COMMON_FIRST`.
    """

    def __init__(self, lookup: Lookup, on_word: Callable[[Entry], None], common: Common = NONE_COMMON) -> None:
        self._lookup = lookup
        self._on_word = on_word
        self._common = common
        size = COMMON_FIRST + len(common.words) + (1 << 14)
        self.flags: Flags = np.zeros(size, dtype=np.uint16)
        self.kinds: Flags = np.zeros(size, dtype=np.uint16)  # see `_KINDS`
        self.info: Ints = np.zeros((size, 8), dtype=np.int64)
        self.seen = np.zeros(size, dtype=np.uint8)  # for `read_context`: by SMALL, all zero between documents
        self.clear()

    def clear(self) -> None:
        """Forgets all but the common words."""
        common = self._common
        self.numbers: dict[str, int] = {}
        self.words: list[str] = []
        self._smalls: dict[str, int] = {}
        self._chunks = _Chunks(self)
        for word in ("", *EDGES, " "):
            self._add(word)
        end = COMMON_FIRST + len(common.words)
        part = slice(COMMON_FIRST, end)
        self.words += common.words
        self.numbers.update(zip(common.words, range(COMMON_FIRST, end), strict=True))
        flags = common.flags | np.array([token_flags(w) & (INITIAL | CAPITAL) for w in common.words], dtype=np.uint16)
        self.flags[part] = flags
        self.kinds[part] = _KIND[flags]
        info = self.info
        info[part, COUNT] = np.select([(flags & bit) > 0 for bit in (LOWER, TITLE, UPPER)], [SMALLS, TITLES, UPPERS])
        info[part, SMALL] = [self._smalls.setdefault(word.lower(), len(self._smalls)) for word in common.words]
        info[part, SHAPE], info[part, NEWS], info[part, COARSE] = common.shape, common.news, common.coarse
        info[part, NUMBER] = range(COMMON_FIRST, end)

    def make_room(self) -> None:
        """Starts afresh when full. Numbers of words are of no meaning afterwards."""
        if len(self.words) > WORDS_MAX:
            self.clear()

    def read(self, text: str) -> Reading:
        """The tokens of `text`."""
        if self._chunks.met > CHUNKS_MAX:
            self._chunks = _Chunks(self, self._chunks)
        spaced = text.replace("  ", " " + _DOUBLE)
        if _DOUBLE not in text and not (_DOUBLE in spaced and _UNSURE.search(text)):
            chunks = spaced.replace(_BREAK, f" {_BREAK} ").split(" ")
            packed = b"".join([_FIRST, *map(self._chunks.__getitem__, chunks), _LAST])
            reading, sound = _sound(self.kinds, np.frombuffer(packed, dtype=np.int64))
            if not sound and ODD in reading.numbers:
                reading, sound = _sound(self.kinds, _mended(reading))
            if sound:
                return reading
        return self.read_tokens(tokenize(text))

    def read_tokens(self, tokens: list[str]) -> Reading:
        """The same of tokens as `tokenize` gives them."""
        packed = b"".join((_LAST, self.packed(tokens), _LAST))
        return _sound(self.kinds, np.frombuffer(packed, dtype=np.int64))[0]

    def packed(self, tokens: list[str], before: int = 0) -> bytes:
        """Tokens, packed. `before`: how many characters are between these and those before."""
        packed = bytearray()
        for token in tokens:
            word = token.strip()
            number = self.numbers.get(word)
            if number is None:
                number = self._add(word)
            packed += (number | len(token) + before << _NUMBER_BITS).to_bytes(8, "little")
            before = 0
            if number == PAD:
                packed += _PAD
        return bytes(packed)

    def in_capitals(self, numbers: Ints) -> Ints:
        """The entries of the same words as parts of a line of capitals."""
        words = self.words
        return np.array([self._add(words[number], upper=True) for number in numbers.tolist()], dtype=np.int64)

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
        flags = token_flags(word)
        form = shape(word)
        self.flags[number] = flags
        self.kinds[number] = _KIND[flags] if number != ODD else _ODD_KIND
        self.info[number] = (
            UPPERS if flags & UPPER else TITLES if flags & TITLE else SMALLS if flags & LOWER else 0,
            self._smalls.setdefault(small, len(self._smalls)),
            0 if upper else SHAPE_IDS.get(form, 0),
            known_word.news,
            known_word.coarse,
            0,
            0,
            number,
        )
        self._on_word(Entry(number, word, upper, known_word, form))
        return number

    def _grow(self) -> None:
        for name in ("flags", "kinds", "info", "seen"):
            old = getattr(self, name)
            setattr(self, name, np.concatenate((old, np.zeros_like(old))))


class _Chunks(dict[str, bytes]):
    """Chunks of text as packed tokens, each with the blank before it. `before` are those of the last generation."""

    def __init__(self, vocabulary: Vocabulary, before: dict[str, bytes] | None = None) -> None:
        self[_BREAK] = _pack(PAD, 1) + _PAD
        self._vocabulary = vocabulary
        self._before = {} if before is None else dict(before)
        self.met = 0

    def __missing__(self, chunk: str) -> bytes:
        packed = self._before.get(chunk)
        if packed is None:
            packed = self._packed(chunk)
        if len(chunk) <= CHUNK_CHARS_MAX:
            if len(packed) == len(_PAD):  # one string for the chunk and the word
                word = self._vocabulary.words[int.from_bytes(packed[:3], "little")]
                chunk = word if word == chunk else chunk
            self[chunk] = packed
            self.met += 1
        return packed

    def _packed(self, chunk: str) -> bytes:
        text = chunk.replace(_DOUBLE, " ")
        if chunk.isalpha() and chunk.isascii():
            tokens = [chunk]
        elif chunk[-1:] == ".":  # J. if a capital follows, as it nearly always does
            tokens = tokenize(text + " A")[:-1]
        else:
            tokens = tokenize(text)
        packed = self._vocabulary.packed(tokens, 1)
        left = len(text) - sum(map(len, tokens))
        return packed if tokens and not left else packed + _pack(ODD, left + (not tokens))


def _pack(number: int, width: int) -> bytes:
    return (number | width << _NUMBER_BITS).to_bytes(8, "little", signed=True)


START, END = 1, 2  # EDGES
_PAD: Final = _pack(PAD, 0)
_FIRST: Final = _pack(PAD, -1) + _PAD  # the first chunk has no blank before it
_LAST: Final = _PAD + _PAD


class Reading(NamedTuple):
    """A text as tokens. A line break is two of `PAD`, and so are both ends of the text."""

    numbers: Ints
    packed: Ints
    begins: npt.NDArray[np.bool_]  # of each but the first two: whether a full stop before it ends a sentence

    def ends(self) -> Ints:
        """Where the tokens end in the text, in code points; right for all but line breaks."""
        return np.cumsum(self.packed >> _NUMBER_BITS)


def joined(readings: list[Reading]) -> Reading:
    """Several texts as one. Between two are four of `PAD`, so that neither reaches into the other."""
    if len(readings) == 1:
        return readings[0]
    begins = [readings[0].begins]
    for reading in readings[1:]:
        begins += (_NO_BEGINS, reading.begins)
    return Reading(
        np.concatenate([reading.numbers for reading in readings]),
        np.concatenate([reading.packed for reading in readings]),
        np.concatenate(begins),
    )


_NO_BEGINS: Final = np.zeros(2, dtype=np.bool_)


def _mended(reading: Reading) -> Ints:
    """The packed tokens without `ODD`: what blanks those stand for is before the next token."""
    real = reading.numbers != ODD
    packed: Ints = reading.numbers[real] | np.diff(reading.ends()[real], prepend=0) << _NUMBER_BITS
    return packed


def _sound(kinds: Flags, packed: Ints) -> tuple[Reading, bool]:
    """A text out of its packed tokens, and whether those do not show that it should have been read in one."""
    numbers = packed & _NUMBER
    kind = kinds.take(numbers)
    looks = _LOOKS.take(kind[:-2] << 6 | kind[1:-1] << 3 | kind[2:])
    return Reading(numbers, packed, looks == _BEGINS), looks.max() < _UNSOUND


_KINDS: Final = (NEWLINE, STOP, CLOSER, INITIAL, CAPITAL)  # what a token is to those around it: the first that fits
_ODD_KIND: Final = 7
_BEGINS, _UNSOUND = 1, 2


def _kinds() -> Flags:
    """The same by all a token's flags."""
    flags = np.arange(INITIAL * 2)
    return np.select([(flags & bit) > 0 for bit in _KINDS], range(1, len(_KINDS) + 1)).astype(np.uint16)


def _looks() -> npt.NDArray[np.uint8]:
    """By the kinds of two tokens and the one after them: whether a sentence begins with it, after a full stop and the
    quotes that close it; or whether the text was not to be read chunk by chunk.
    """
    newline, stop, closer, initial, capital = range(1, 6)
    looks = np.zeros((8, 8, 8), dtype=np.uint8)
    looks[:, stop] = _BEGINS
    looks[stop, closer] = _BEGINS
    looks[:, :, [newline, stop, closer]] = 0
    looks[:, initial] = _UNSOUND
    looks[:, initial, [initial, capital]] = 0
    looks[newline, newline, newline] = _UNSOUND
    looks[:, :, _ODD_KIND] = _UNSOUND
    return looks.ravel()


_LOOKS: Final = _looks()
_KIND: Final = _kinds()
