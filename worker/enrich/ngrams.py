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
_SEEDS: Final = np.array([0x811C9DC5 + 0x9E3779B1 * n & 0xFFFFFFFF for n in _ORDERS], dtype=np.uint32)
_LAST: Final = np.array(
    [[order - 1] for order in _ORDERS]
)  # where the last character of an n-gram is: no blank before it
_MIX: Final = np.uint32(0x85EBCA6B)  # MurmurHash3's finaliser
_ROW: Final = np.uint32((1 << BITS) - 1)


def letters(text: str) -> str:
    """The text as the n-grams see it: ` lower case words between single blanks `."""
    return f" {' '.join(_NO_LETTERS.sub(' ', text.lower()).split())} ".replace("’", "'")


def rows(text: str) -> npt.NDArray[np.uint32]:
    """The table row of each n-gram of `letters(text)`, repeats included; empty for a text without letters."""
    if len(text) <= 2:
        return np.empty(0, dtype=np.uint32)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    blanks = (points == _BLANK).nonzero()[0]
    starts = len(points) - 1
    reach = blanks[1:].repeat(blanks[1:] - blanks[:-1]) - np.arange(starts)  # from each place to the next blank
    padded = np.zeros(starts + _ORDERS[-1], dtype=np.uint32)
    padded[: len(points)] = points
    values = np.repeat(_SEEDS, starts).reshape(len(_ORDERS), starts)  # a row an order
    for at in range(_ORDERS[-1]):
        longer = values[max(0, at - 1) :]  # the orders that have a character there
        longer ^= padded[at : at + starts]
        longer *= _PRIME
    value: npt.NDArray[np.uint32] = values[reach >= _LAST]
    value ^= value >> np.uint32(15)
    value *= _MIX
    value ^= value >> np.uint32(13)
    value &= _ROW
    return value
