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
    from worker.dedupe.postings import Hits, Postings
    from worker.dedupe.record import Records
    from worker.dedupe.texts import Texts

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

HOT = 128
"""Of each key the last HOT published texts before a story are looked at: a template would otherwise cost each of its
notices a comparison with all others. Copies of one story do not count, they are not published."""
SHARED_MIN = 2
CANDIDATES_MAX = 64  # a story; those with most shared keys, then the earliest
COLUMNS = record.KEYS + 1  # the last one is the text's digest, which alone is enough
_DIGEST_BIT = 1 << record.KEYS
_DIGEST_WEIGHT = COLUMNS  # word for word the same goes before everything else
_POPCOUNT = np.array([i.bit_count() for i in range(1 << record.KEYS)], np.int64)


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
    weight: list[int]  # of the shared keys
    row: list[int]  # of the indexed text
    match: list[int]
    containment: list[int]
    numbers: list[int]


class Found(NamedTuple):
    indexed: Pairs
    fresh: Pairs
    crowd: dict[int, list[tuple[int, list[int]]]]
    """Stories with a key that may be hot once the batch's own texts are counted: for each of their keys (column),
    the slots that it was found in, ascending. All their candidates were compared."""


def key_matrix(records: Records, digests: U64) -> tuple[U64, Bools]:
    """The lookup keys of records, and which of them there are."""
    keys = np.empty((len(records), COLUMNS), np.uint64)
    keys[:, :-1] = records["keys"]
    keys[:, -1] = digests & np.uint64(0xFFFFFFFF)
    valid = np.arange(COLUMNS) < records["keys_n"][:, None]
    valid[:, -1] = (records["words"] > 0) | (records["title_n"] >= rule.ALERT_TITLE_WORDS_MIN)
    return keys, valid


def find(queries: Queries, postings: Postings, texts: Texts, text_from: int, short_window_s: int) -> Found:
    """Compare each story of a batch with its candidates in the index and among the earlier ones of the batch."""
    story, column = np.nonzero(queries.valid)
    flat = queries.keys[story, column]
    order = np.argsort(flat, kind="stable")
    flat, story, column = flat[order], story[order], column[order]
    hits = postings.lookup(flat, text_from, HOT)
    query, other, bits, run = _among_themselves(flat, story, column)
    crowd = _crowd(hits, run, story, column)
    old_query, old_slot, old_bits = _merge(story[hits.queries], hits.slots, 1 << column[hits.queries])
    old = texts.gather(old_slot)
    old_query, old_slot, old_bits, old = _in_window(queries, old_query, old_slot, old_bits, old)
    if len(old_query) > CANDIDATES_MAX:
        keep = _best(old_query, _weight(old_bits), np.isin(old_query, list(crowd)))
        old_query, old_slot, old_bits, old = old_query[keep], old_slot[keep], old_bits[keep], old[keep]
    query, other, bits, new = _in_window(queries, query, other, bits, queries.records[other])
    both = np.concatenate([old_query, query])
    against = np.concatenate([old, new])
    judged = rule.judge(queries.records[both], against, short_window_s, queries.timeless[both] | _timeless(against))
    split = len(old_query)
    return Found(
        _pairs(old_query, old_slot, old_bits, old, judged, slice(0, split)),
        _pairs(query, other, bits, new, judged, slice(split, None)),
        crowd,
    )


def _crowd(hits: Hits, run: I64, story: I64, column: I64) -> dict[int, list[tuple[int, list[int]]]]:
    """The stories of which a key may reach HOT within the batch, with what their keys were found in."""
    found = np.bincount(hits.queries, minlength=len(story))
    stories = np.unique(story[found + run - 1 > HOT])
    if not len(stories):
        return {}
    out: dict[int, list[tuple[int, list[int]]]] = {}
    order = np.lexsort((hits.slots, hits.queries))
    slots, ends = hits.slots[order], np.cumsum(found)
    for at in np.flatnonzero(np.isin(story, stories)).tolist():
        of_key = slots[ends[at] - found[at] : ends[at]].tolist()
        out.setdefault(int(story[at]), []).append((int(column[at]), of_key))
    return out


def weigh(bits: int) -> int:
    """What a set of shared keys weighs: their number; the digest counts as much as all."""
    return (bits & (_DIGEST_BIT - 1)).bit_count() + (_DIGEST_WEIGHT if bits & _DIGEST_BIT else 0)


def count_keys(weight: int) -> int:
    """Number of keys in a weight, the digest aside."""
    return weight - _DIGEST_WEIGHT if weight >= _DIGEST_WEIGHT else weight


def _pairs(query: I64, other: I64, bits: I64, records: Records, judged: rule.Judged, part: slice) -> Pairs:
    return Pairs(
        query.tolist(),
        other.tolist(),
        _weight(bits).tolist(),
        records["row"].tolist(),
        judged.match[part].tolist(),
        judged.containment[part].tolist(),
        judged.numbers[part].tolist(),
    )


def _weight(bits: I64) -> I64:
    weight: I64 = _POPCOUNT[bits & (_DIGEST_BIT - 1)] + np.where(bits & _DIGEST_BIT, _DIGEST_WEIGHT, 0)
    return weight


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


def _best(query: I64, weight: I64, spared: Bools) -> I64:
    """Positions of the CANDIDATES_MAX best of each story, in order; all of those that are spared. The pairs come in
    order of story and slot.
    """
    order = np.lexsort((np.arange(len(query)), -weight, query))
    counts = np.bincount(query)
    rank = np.arange(len(query)) - (np.cumsum(counts) - counts)[query[order]]
    return np.sort(order[(rank < CANDIDATES_MAX) | spared[order]])


def _among_themselves(flat: U64, story: I64, column: I64) -> tuple[I64, I64, I64, I64]:
    """(later story, earlier story, shared keys of the earlier) within the batch, and for each key of each story how
    many stories up to it have that key.

    `flat` is sorted and stable, so equal keys stand in the order of their stories.
    """
    later, earlier, bits = [], [], []
    distance = 1
    run = np.ones(len(flat), np.int64)
    while True:
        equal = np.flatnonzero(flat[distance:] == flat[:-distance])
        if not len(equal):
            break
        later.append(story[equal + distance])
        earlier.append(story[equal])
        bits.append(1 << column[equal])
        run[equal + distance] += 1
        distance += 1
    if not later:
        empty = np.empty(0, np.int64)
        return empty, empty, empty, run
    query, other, shared = _merge(np.concatenate(later), np.concatenate(earlier), np.concatenate(bits))
    return query, other, shared, run
