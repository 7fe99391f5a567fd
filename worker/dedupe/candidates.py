"""Which published texts are worth comparing with a story: those that share keys with it.

A whole batch is looked up at once, the stories of the batch among each other too. What is decided here depends on
the texts and their times alone; what of it is published, killed or embargoed is the judge's to know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from worker.dedupe import record, rule

if TYPE_CHECKING:
    from worker.dedupe.postings import Postings
    from worker.dedupe.record import Records
    from worker.dedupe.texts import Texts

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

HOT = 64
"""Postings of a key in a stretch (`Horizon.chunk_from`); what comes after is not entered under it. A template would
cost each of its notices a comparison with all others; a story run by many is entered once and stays findable."""
SHARED_MIN = 2
CANDIDATES_MAX = 64  # a story; those with most shared keys, then the earliest
COLUMNS = record.KEYS + 1  # the last one is the text's digest, which alone is enough
_DIGEST_BIT = 1 << record.KEYS
_POPCOUNT = np.array([bin(i).count("1") for i in range(1 << record.KEYS)], np.int64)


class Queries(NamedTuple):
    """The texts of a batch; `row` of the records is not set yet."""

    records: Records  # of RESIDENT
    keys: U64  # (n, COLUMNS), below 2**32
    valid: Bools  # (n, COLUMNS)
    window_s: I64
    timeless: Bools


class Pairs(NamedTuple):
    """Compared pairs. `other` is a slot of the index, or the number of an earlier story of the batch."""

    query: list[int]
    other: list[int]
    keys: list[int]  # bits: which of the other's keys are shared
    shared: list[int]  # number of keys
    row: list[int]  # of the indexed text
    match: list[int]
    containment: list[int]
    numbers: list[int]


class Found(NamedTuple):
    indexed: Pairs
    fresh: Pairs
    room: I64  # (n, COLUMNS): postings that may still be added under the key, before those of this batch
    crowded: Bools  # (n,): a key of this story may run out of room within the batch


def key_matrix(records: Records, digests: U64) -> tuple[U64, Bools]:
    """The lookup keys of records, and which of them there are."""
    keys = np.empty((len(records), COLUMNS), np.uint64)
    keys[:, :-1] = records["keys"]
    keys[:, -1] = digests & np.uint64(0xFFFFFFFF)
    valid = np.arange(COLUMNS) < records["keys_n"][:, None]
    valid[:, -1] = (records["words"] > 0) | (records["title_n"] >= rule.ALERT_TITLE_WORDS_MIN)
    return keys, valid


def find(
    queries: Queries, postings: Postings, texts: Texts, text_from: int, chunk_from: int, short_window_s: int
) -> Found:
    """Compare each story of a batch with its candidates in the index and among the earlier ones of the batch."""
    story, column = np.nonzero(queries.valid)
    flat = queries.keys[story, column]
    order = np.argsort(flat, kind="stable")
    flat, story, column = flat[order], story[order], column[order]
    hits = postings.lookup(flat, text_from)
    room = np.full(queries.keys.shape, HOT, np.int64)
    used = np.bincount(hits.queries[hits.slots >= chunk_from], minlength=len(flat))
    room[story, column] -= used[: len(flat)]
    old_query, old_slot, old_bits = _merge(story[hits.queries], hits.slots, 1 << column[hits.queries])
    old = texts.gather(old_slot)
    old_query, old_slot, old_bits, old = _in_window(queries, old_query, old_slot, old_bits, old)
    if len(old_query) > CANDIDATES_MAX:
        keep = _best(old_query, _weight(old_bits))
        old_query, old_slot, old_bits, old = old_query[keep], old_slot[keep], old_bits[keep], old[keep]
    query, other, bits, crowded = _among_themselves(queries, flat, story, column, room)
    query, other, bits, new = _in_window(queries, query, other, bits, queries.records[other])
    judged = rule.judge(
        queries.records[np.concatenate([old_query, query])],
        np.concatenate([old, new]),
        short_window_s,
        queries.timeless[np.concatenate([old_query, query])] | np.concatenate([_timeless(old), _timeless(new)]),
    )
    split = len(old_query)
    return Found(
        _pairs(old_query, old_slot, old_bits, old, judged, slice(0, split)),
        _pairs(query, other, bits, new, judged, slice(split, None)),
        room,
        crowded,
    )


def shared_keys(bits: int) -> int:
    """Number of keys in a set of bits; the digest counts as enough by itself."""
    return (bits & (_DIGEST_BIT - 1)).bit_count() + (SHARED_MIN if bits & _DIGEST_BIT else 0)


def _pairs(query: I64, other: I64, bits: I64, records: Records, judged: rule.Judged, part: slice) -> Pairs:
    return Pairs(
        query.tolist(),
        other.tolist(),
        bits.tolist(),
        _weight(bits).tolist(),
        records["row"].tolist(),
        judged.match[part].tolist(),
        judged.containment[part].tolist(),
        judged.numbers[part].tolist(),
    )


def _weight(bits: I64) -> I64:
    return _POPCOUNT[bits & (_DIGEST_BIT - 1)] + np.where(bits & _DIGEST_BIT, SHARED_MIN, 0)


def _merge(query: I64, other: I64, bits: I64) -> tuple[I64, I64, I64]:
    """One line a pair, with the shared keys' bits together; pairs with enough of them, in order."""
    if not len(query):
        return query, other, bits
    pair = (query << 40) | other
    order = np.argsort(pair, kind="stable")
    pair, bits = pair[order], bits[order]
    starts = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
    bits = np.bitwise_or.reduceat(bits, starts)
    pair = pair[starts]
    enough = _weight(bits) >= SHARED_MIN
    pair, bits = pair[enough], bits[enough]
    return pair >> 40, pair & ((1 << 40) - 1), bits


def _timeless(records: Records) -> Bools:
    return np.asarray(records["event"] == 0)


def _in_window(queries: Queries, query: I64, other: I64, bits: I64, records: Records) -> tuple[I64, I64, I64, Records]:
    """Keep the pairs whose event times lie within the newer one's window, or of which one has no time."""
    apart = np.abs(queries.records["event"][query].astype(np.int64) - records["event"].astype(np.int64))
    keep = (apart <= queries.window_s[query]) | queries.timeless[query] | _timeless(records)
    if keep.all():
        return query, other, bits, records
    return query[keep], other[keep], bits[keep], records[keep]


def _best(query: I64, weight: I64) -> I64:
    """Positions of the CANDIDATES_MAX best of each story, in order. The pairs come in order of story and slot."""
    order = np.lexsort((np.arange(len(query)), -weight, query))
    counts = np.bincount(query)
    rank = np.arange(len(query)) - (np.cumsum(counts) - counts)[query[order]]
    return np.sort(order[rank < CANDIDATES_MAX])


def _among_themselves(queries: Queries, flat: U64, story: I64, column: I64, room: I64) -> tuple[I64, I64, I64, Bools]:
    """(later story, earlier story, shared keys of the earlier) within the batch, and who may run out of room.

    `flat` is sorted and stable, so equal keys stand in the order of their stories.
    """
    crowded = np.zeros(len(queries.records), bool)
    later, earlier, bits = [], [], []
    distance = 1
    run = np.ones(len(flat), np.int64)  # how many stories up to here share the key
    while True:
        equal = np.flatnonzero(flat[distance:] == flat[:-distance])
        if not len(equal):
            break
        later.append(story[equal + distance])
        earlier.append(story[equal])
        bits.append(1 << column[equal])
        run[equal + distance] += 1
        distance += 1
    crowded[story[run > room[story, column]]] = True
    if not later:
        empty = np.empty(0, np.int64)
        return empty, empty, empty, crowded
    query, other, shared = _merge(np.concatenate(later), np.concatenate(earlier), np.concatenate(bits))
    same = query == other
    return query[~same], other[~same], shared[~same], crowded
