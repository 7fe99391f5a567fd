"""Where numbers begin and where certain stems stand: one pass each over a text, for all who look for them.

Stems are found in numpy: twenty plain searches, or one pattern of twenty alternatives, cost several times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

_DIGITS: Final = bytes(48 <= code <= 57 for code in range(256))
_COMMON: Final = " etaoinshrldcumfgypwbvk"  # from the most common character of news on
_USUAL: Final = frozenset(  # … and more common than their characters
    "ing,ion,ent,igh,ual,mon,row,his,mor,ven,eve,aft,fte,rni,st ,s m,s a,s e, ev".split(",")
)
_GRAM: Final = 3
_SECOND: Final = np.uint16(0x0101)  # of the hash of three characters
_THIRD: Final = np.uint16(0x9E37)


def codes(text: str) -> bytes:
    """One byte a code point, whatever it is: Latin-1, else a question mark."""
    return text.encode("latin-1", "replace")


def number_starts(coded: bytes) -> list[int]:
    """Offset of the first of each run of ASCII digits, ascending, in what `codes` gave."""
    marks = coded.translate(_DIGITS) + b"\0"
    starts = []
    at = marks.find(1)
    while at >= 0:
        starts.append(at)
        at = marks.find(1, marks.find(0, at))
    return starts


class Needles:
    """Stems in groups, each found by the rarest three characters of it; those of two characters one by one.

    Stems are of Latin-1. They are found inside words too, in the case in which they are given.
    """

    def __init__(self, *groups: Iterable[str]) -> None:
        self._count = len(groups)
        self._short: list[tuple[int, str]] = []
        self._stems: dict[str, list[tuple[int, int, str]]] = {}  # three characters -> (offset in the stem, group, stem)
        for group, stems in enumerate(groups):
            for stem in stems:
                if len(stem) < _GRAM:
                    self._short.append((group, stem))
                    continue
                grams = [stem[at : at + _GRAM] for at in range(len(stem) - _GRAM + 1)]
                gram = max(grams, key=_rarity)
                self._stems.setdefault(gram, []).append((grams.index(gram), group, stem))
        self._table = np.zeros(1 << 16, dtype=np.bool_)
        for gram in self._stems:
            self._table[_hashes(codes(gram))] = True

    def find(self, text: str, coded: bytes) -> tuple[list[int], ...]:
        """Where the stems of each group begin, ascending; `coded` is `codes(text)`."""
        found: tuple[list[int], ...] = tuple([] for _ in range(self._count))
        if len(coded) >= _GRAM:
            for at in self._table.take(_hashes(coded)).nonzero()[0].tolist():
                for offset, group, stem in self._stems.get(text[at : at + _GRAM], ()):
                    if at >= offset and text.startswith(stem, at - offset):
                        found[group].append(at - offset)
        for group, stem in self._short:
            at = text.find(stem)
            while at >= 0:
                found[group].append(at)
                at = text.find(stem, at + len(stem))
        for places in found:
            places.sort()
        return found


def _hashes(coded: bytes) -> npt.NDArray[np.uint16]:
    wide = np.frombuffer(coded, dtype=np.uint8).astype(np.uint16)
    value = wide[1:-1] * _SECOND
    value += wide[:-2]
    value += wide[2:] * _THIRD
    return value


def _rarity(gram: str) -> int:
    return sum(_COMMON.find(letter) % (len(_COMMON) + 1) for letter in gram) * (gram not in _USUAL)
