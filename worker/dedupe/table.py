"""A table of 64-bit keys with their latest number: open addressing in two arrays, about 20 bytes a key.

A dictionary of a million Python integers takes five times as much. Keys are hashes already, so that their top bits
say where to look; look-ups are made for a whole batch at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]

NUMBERS_MAX = (1 << 32) - 1
_LOAD_MAX = 0.62
_GROWTH = 1.5
_START = 1 << 10
_32 = np.uint64(32)


class LatestOf:
    """key -> the number that was put last. Keys are not 0; numbers are below 2**32 - 1 above `base`."""

    def __init__(self, base: int = 0) -> None:
        self._base = base
        self._count = 0
        self._keys = np.zeros(_START, np.uint64)
        self._values = np.zeros(_START, np.uint32)

    def get(self, keys: U64) -> npt.NDArray[np.int64]:
        """The number of each key, -1 where there is none."""
        out = np.full(len(keys), -1, np.int64)
        left = np.arange(len(keys))
        at = self._home(keys)
        while len(left):
            found = self._keys[at]
            hit = found == keys[left]
            out[left[hit]] = self._values[at[hit]].astype(np.int64) + self._base
            on = ~hit & (found != 0)
            left, at = left[on], (at[on] + 1) % len(self._keys)
        return out

    def put(self, keys: U64, numbers: npt.NDArray[np.int64], live_from: int) -> None:
        """Set numbers, the last one of a key that stands several times winning. Numbers below `live_from` are
        forgotten when the table grows.

        Raises:
            OverflowError: after four billion stories; a judge that is restored from its index counts from there.
        """
        if not len(keys):
            return
        if int(numbers.max()) - self._base >= NUMBERS_MAX:
            raise OverflowError("the table of ids counts no further: start the judge again")
        if self._count + len(keys) > _LOAD_MAX * len(self._keys):
            self._grow(len(keys), live_from)
        reversed_keys, reversed_numbers = keys[::-1], numbers[::-1]
        unique, last = np.unique(reversed_keys, return_index=True)
        self._place(unique, (reversed_numbers[last] - self._base).astype(np.uint32))

    def _home(self, keys: U64) -> npt.NDArray[np.int64]:
        return (((keys >> _32) * np.uint64(len(self._keys))) >> _32).astype(np.int64)

    def _place(self, keys: U64, values: npt.NDArray[np.uint32]) -> None:
        """Store distinct keys. Where several want one free place, the one that got it stays and the others go on."""
        at = self._home(keys)
        while len(keys):
            found = self._keys[at]
            free = np.flatnonzero(found == 0)
            self._keys[at[free]] = keys[free]
            mine = self._keys[at] == keys
            self._values[at[mine]] = values[mine]
            self._count += int(np.count_nonzero(mine & (found == 0)))
            on = ~mine
            keys, values, at = keys[on], values[on], (at[on] + 1) % len(self._keys)

    def _grow(self, more: int, live_from: int) -> None:
        live = (self._keys != 0) & (self._values.astype(np.int64) + self._base >= live_from)
        keys, values = self._keys[live], self._values[live]
        size = max(int((len(keys) + more) / _LOAD_MAX * _GROWTH), _START)
        self._keys, self._values = np.zeros(size, np.uint64), np.zeros(size, np.uint32)
        self._count = 0
        self._place(keys, values)

    @property
    def nbytes(self) -> int:
        return self._keys.nbytes + self._values.nbytes

    def __len__(self) -> int:
        return self._count
