"""Hashed letter n-grams of a text, in numpy: the features of the language model.

Words are lower-cased letters between single blanks; n-grams of 2 to 5 characters reach over a blank only at
their ends, so that they know where a word begins and ends but nothing of word order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

BITS: Final = 16  # rows of the weight table: 2**BITS
_ORDERS: Final = (2, 3, 4, 5)
_MARKS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"  # Devanagari's vowel signs are no \\w
_NO_LETTERS: Final = re.compile(rf"[^\w'’{_MARKS}]+|[\d_]+")
_BLANK: Final = 32
_PRIME: Final = np.uint32(0x01000193)  # FNV-1a's
_SEEDS: Final = tuple(np.uint32(0x811C9DC5 + 0x9E3779B1 * n & 0xFFFFFFFF) for n in range(6))
_MIX: Final = np.uint32(0x85EBCA6B)  # MurmurHash3's finaliser


def letters(text: str) -> str:
    """The text as the n-grams see it: ` lower case words between single blanks `."""
    return f" {' '.join(_NO_LETTERS.sub(' ', text.lower()).split())} ".replace("’", "'")


def rows(text: str) -> npt.NDArray[np.uint32]:
    """The table row of each n-gram of `letters(text)`, repeats included; empty for a text without letters."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    blank = points == _BLANK
    out = []
    for order in _ORDERS:
        size = len(points) - order + 1
        if size < 1:
            break
        value = np.full(size, _SEEDS[order], dtype=np.uint32)
        for at in range(order):
            value = (value ^ points[at : at + size]) * _PRIME
        keep = np.ones(size, dtype=bool)
        for at in range(1, order - 1):
            keep &= ~blank[at : at + size]
        if order == 2:
            keep &= ~(blank[:size] & blank[1 : 1 + size])
        value = value[keep]
        value ^= value >> np.uint32(15)
        value *= _MIX
        value ^= value >> np.uint32(13)
        out.append(value & np.uint32((1 << BITS) - 1))
    return np.concatenate(out) if out else np.empty(0, dtype=np.uint32)
