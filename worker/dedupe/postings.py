"""The text index: which published stories hold a key. Postings are `key << 32 | slot` in sorted arrays.

Slots number the published texts in judging order, so that "before story s" and "not older than" are ranges of a
posting list, and expiry is a lower bound: nothing has to be deleted to give the right answer.
New postings become an array of their own; the last two are merged while the last is not much smaller, so that a
look-up asks few arrays and each posting is copied a bounded number of times.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

_32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
GROWTH = 8  # merge while GROWTH x last >= previous
DROP_SHARE = 4  # a merge drops expired postings when at least 1/DROP_SHARE of the slots are expired


class Hits(NamedTuple):
    """Postings found: the number of the query and the slot."""

    queries: I64
    slots: I64


class Postings:
    def __init__(self) -> None:
        self._runs: list[U64] = []

    def add(self, keys: U64, slots: U64) -> None:
        """Add postings; keys are below 2**32, slots are not below any that was added before."""
        if not len(keys):
            return
        run = (keys << _32) | slots
        run.sort()
        self._runs.append(run)

    def settle(self, slot_from: int) -> None:
        """Merge what has become of similar size; postings below `slot_from` may be forgotten."""
        runs = self._runs
        while len(runs) > 1 and len(runs[-1]) * GROWTH >= len(runs[-2]):
            last, previous = runs.pop(), runs.pop()
            merged = np.concatenate([previous, last])
            merged.sort(kind="stable")
            if slot_from and len(merged) > 1024 and _expired_share(merged, slot_from) * DROP_SHARE >= 1:
                merged = merged[(merged & _LOW) >= np.uint64(slot_from)]
            if len(merged):
                runs.append(merged)

    def lookup(self, keys: U64, slot_from: int, most: int) -> Hits:
        """The last `most` postings of each key from a slot on. Keys ascend, so that the search stays in the cache.

        The hits of a key come in descending stretches; who needs an order sorts.
        """
        queries, slots = [], []
        left = np.full(len(keys), most)
        low = (keys << _32) | np.uint64(slot_from)
        for run in reversed(self._runs):  # the latest postings are in the last one
            first, which = _starts(run, low, keys)
            if not len(which):
                continue
            end = np.searchsorted(run, (keys[which] << _32) | _LOW, side="right")
            lengths = np.minimum(end - first, left[which])
            left[which] -= lengths
            at = np.repeat(end - np.cumsum(lengths), lengths) + np.arange(int(lengths.sum()))
            slots.append((run[at] & _LOW).astype(np.int64))
            queries.append(np.repeat(which, lengths))
        if not slots:
            return Hits(np.empty(0, np.int64), np.empty(0, np.int64))
        return Hits(np.concatenate(queries), np.concatenate(slots))

    @property
    def nbytes(self) -> int:
        return sum(run.nbytes for run in self._runs)

    def __len__(self) -> int:
        return sum(map(len, self._runs))


def _starts(run: U64, low: U64, keys: U64) -> tuple[I64, I64]:
    """Where each key that the run holds begins, and which keys these are."""
    at = np.searchsorted(run, low)
    inside = np.minimum(at, len(run) - 1)
    which = np.flatnonzero((run[inside] >> _32 == keys) & (at < len(run)))
    return at[which], which


def _expired_share(run: U64, slot_from: int) -> float:
    """Share of expired postings, from a sample."""
    sample = run[:: max(1, len(run) // 256)] & _LOW
    return float(np.count_nonzero(sample < np.uint64(slot_from))) / len(sample)
