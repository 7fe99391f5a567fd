"""What two records have in common, pair by pair, and shares in integers.

Thresholds are thousandths: in floating point 7 of 10 is below 0.7 on some machines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from worker.dedupe import record

if TYPE_CHECKING:
    from worker.dedupe.record import Records

I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_Sketch = npt.NDArray[np.unsignedinteger]
_PAD = {2: 0xFFFF, 4: 0xFFFFFFFF}  # by bytes of a value: what fills the places that are not taken


class Counts(NamedTuple):
    """What two records have in common; every field an array with one value a pair."""

    shared: I64  # shingles of the sketches, below the common limit
    smaller: I64
    union: I64
    words: I64  # of the shorter text
    sizes: tuple[I64, I64]  # distinct shingles: fewer, more
    title_shared: I64
    title_smaller: I64
    numbers_shared: I64
    numbers_smaller: I64
    values_shared: I64
    values_smaller: I64
    in_context: I64  # numbers that stand in a context which both texts have
    corrective: Bools  # one of the two says that it corrects or repeats
    same_words: Bools  # the bodies are the same word for word


def at_least(part: I64, whole: I64, thousandths: int | I64) -> Bools:
    """Whether part / whole >= thousandths / 1000; nothing of nothing counts as all."""
    return part * 1000 >= whole * thousandths


def common(a: _Sketch, b: _Sketch) -> I64:
    """How many values each row of `a` shares with that of `b`; rows hold distinct values, padded with the maximum."""
    both = np.concatenate([a, b], axis=1)
    both.sort(axis=1)
    equal = (both[:, 1:] == both[:, :-1]) & (both[:, 1:] != _PAD[a.itemsize])
    counts: I64 = np.count_nonzero(equal, axis=1)
    return counts


def _field(a: Records, b: Records, field: str, counts: str) -> tuple[I64, I64, I64]:
    return limited(a[field], a[counts], b[field], b[counts])


def limited(left: _Sketch, left_n: _Sketch, right: _Sketch, right_n: _Sketch) -> tuple[I64, I64, I64]:
    """Bottom-k comparison of two sketches: shared, of the left, of the right, all counted below the lower of the two
    limits; `_n` is how many distinct values there were.
    """
    pad = _PAD[left.itemsize]
    left_limit = np.where(left_n > left.shape[1], left[:, -1], pad - 1)
    right_limit = np.where(right_n > right.shape[1], right[:, -1], pad - 1)
    limit = np.minimum(left_limit, right_limit)[:, None]
    return common(left, right), np.count_nonzero(left <= limit, axis=1), np.count_nonzero(right <= limit, axis=1)


def sketches(a: Records, b: Records) -> tuple[I64, I64, I64]:
    """Shingles of the bodies: shared, of the smaller, of both together, below the common limit."""
    shared, of_a, of_b = _field(a, b, "sketch", "shingles")
    return shared, np.minimum(of_a, of_b), of_a + of_b - shared


def count(a: Records, b: Records) -> Counts:
    """Compare records pairwise."""
    shared, smaller, union = sketches(a, b)
    title_shared, title_a, title_b = _field(a, b, "title", "title_n")
    numbers_shared, numbers_a, numbers_b = _field(a, b, "numbers", "numbers_n")
    values_shared, values_a, values_b = _field(a, b, "values", "values_n")
    size_a, size_b = a["shingles"].astype(np.int64), b["shingles"].astype(np.int64)
    return Counts(
        shared=shared,
        smaller=smaller,
        union=union,
        words=np.minimum(a["words"], b["words"]).astype(np.int64),
        sizes=(np.minimum(size_a, size_b), np.maximum(size_a, size_b)),
        title_shared=title_shared,
        title_smaller=np.minimum(title_a, title_b),
        numbers_shared=numbers_shared,
        numbers_smaller=np.minimum(numbers_a, numbers_b),
        values_shared=values_shared,
        values_smaller=np.minimum(values_a, values_b),
        in_context=np.maximum(common(a["contexts"], b["contexts"]), numbers_shared),
        corrective=((a["flags"] | b["flags"]) & record.CORRECTIVE) != 0,
        same_words=(a["tokens"] == b["tokens"]) & (a["words"] == b["words"]),
    )
