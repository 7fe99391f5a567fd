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
SLOTS_MAX = (1 << 32) - 1
_TABLE_MIN = 1 << 16
_NEIGHBOURS = 8
_ROUNDS = 5  # of halving: enough for 31 postings with the same first bits
GROWTH = 8  # merge while GROWTH x last >= previous
DROP_SHARE = 4  # a merge drops expired postings when at least 1/DROP_SHARE of the slots are expired


class Hits(NamedTuple):
    """Postings found: the number of the query and the slot."""

    queries: I64
    slots: I64


class _Run:
    """A sorted array of postings. A large one has a table of where the postings with the same first bits begin, so that
    a search looks at a few neighbours instead of halving the whole array (six times faster at ten million).
    """

    __slots__ = ("_shift", "_starts", "postings")

    def __init__(self, postings: U64) -> None:
        self.postings = postings
        self._starts: npt.NDArray[np.int32] | None = None
        if len(postings) >= _TABLE_MIN:
            bits = (len(postings) // _NEIGHBOURS).bit_length()
            self._shift = np.uint64(64 - bits)
            borders = np.arange(1 << bits, dtype=np.uint64) << self._shift
            self._starts = np.append(np.searchsorted(postings, borders), len(postings)).astype(np.int32)

    def search(self, values: U64) -> I64:
        """Where each value (ascending) belongs: the first posting that is not below it."""
        if self._starts is None:
            return np.searchsorted(self.postings, values)
        bucket = (values >> self._shift).astype(np.int64)
        low, high = self._starts[bucket].astype(np.int64), self._starts[bucket + 1].astype(np.int64)
        last = len(self.postings) - 1
        for _ in range(_ROUNDS):
            middle = (low + high) >> 1
            below = (self.postings[np.minimum(middle, last)] < values) & (low < high)
            low = np.where(below, middle + 1, low)
            high = np.where(below, high, middle)  # where low is high, the middle is too
        rest = np.flatnonzero(low < high)  # beside a hot key
        if len(rest):
            low[rest] = np.searchsorted(self.postings, values[rest])
        return low

    def starts(self, low: U64, keys: U64) -> tuple[I64, I64]:
        """Where each key that the run holds (from a slot on: `low`) begins, and which keys these are."""
        at = self.search(low)
        inside = np.minimum(at, len(self.postings) - 1)
        which = np.flatnonzero((self.postings[inside] >> _32 == keys) & (at < len(self.postings)))
        return at[which], which

    @property
    def nbytes(self) -> int:
        return self.postings.nbytes + (self._starts.nbytes if self._starts is not None else 0)


class Postings:
    """`base`: the first slot there may be; slots are kept as 32 bits above it."""

    def __init__(self, base: int = 0) -> None:
        self._base = base
        self._runs: list[_Run] = []

    def add(self, keys: U64, slots: U64) -> None:
        """Add postings; keys are below 2**32 - 1, slots not below any that was added before.

        Raises:
            OverflowError: after four billion texts; a judge that is restored from its index counts from there.
        """
        if not len(keys):
            return
        above = slots - np.uint64(self._base)
        if int(above[-1]) >= SLOTS_MAX:
            raise OverflowError("the text index counts no further: start the judge again")
        run = (keys << _32) | above
        run.sort()
        self._runs.append(_Run(run))

    def settle(self, slot_from: int) -> None:
        """Merge what has become of similar size; postings below `slot_from` may be forgotten."""
        runs = self._runs
        slot_from = max(slot_from - self._base, 0)
        while len(runs) > 1 and len(runs[-1].postings) * GROWTH >= len(runs[-2].postings):
            last, previous = runs.pop(), runs.pop()
            merged = np.concatenate([previous.postings, last.postings])
            merged.sort(kind="stable")
            if slot_from and len(merged) > 1024 and _expired_share(merged, slot_from) * DROP_SHARE >= 1:
                merged = merged[(merged & _LOW) >= np.uint64(slot_from)]
            if len(merged):
                runs.append(_Run(merged))

    def lookup(self, keys: U64, slot_from: int, most: int) -> Hits:
        """The last `most` postings of each key from a slot on. Keys ascend.

        The hits of a key come in descending stretches; who needs an order sorts.
        """
        queries, slots = [], []
        left = np.full(len(keys), most)
        low = (keys << _32) | np.uint64(max(slot_from - self._base, 0))
        for run in reversed(self._runs):  # the latest postings are in the last one
            first, which = run.starts(low, keys)
            if not len(which):
                continue
            end = run.search((keys[which] << _32) | _LOW)
            lengths = np.minimum(end - first, left[which])
            left[which] -= lengths
            at = np.repeat(end - np.cumsum(lengths), lengths) + np.arange(int(lengths.sum()))
            slots.append((run.postings[at] & _LOW).astype(np.int64))
            queries.append(np.repeat(which, lengths))
        if not slots:
            return Hits(np.empty(0, np.int64), np.empty(0, np.int64))
        return Hits(np.concatenate(queries), np.concatenate(slots) + self._base)

    @property
    def nbytes(self) -> int:
        return sum(run.nbytes for run in self._runs)

    def __len__(self) -> int:
        return sum(len(run.postings) for run in self._runs)


def _expired_share(run: U64, slot_from: int) -> float:
    """Share of expired postings, from a sample."""
    sample = run[:: max(1, len(run) // 256)] & _LOW
    return float(np.count_nonzero(sample < np.uint64(slot_from))) / len(sample)
