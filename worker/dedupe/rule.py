"""Whether two texts are one story, and which way round: containment of shingles, guarded by numbers in their context.

Jaccard similarity is the wrong question for wire copy: stories grow, get cut and change their furniture, while
templates (fund notices, index tables, weather) look alike and are different stories. So: how much of the shorter
text is in the longer one, and do the numbers agree where they stand in the same context?

All thresholds are thousandths and compared in integers: in floating point 7 of 10 is below 0.7 on some machines.
They were chosen on 236 hand-read and 12,766 weighted pairs of Reuters 1987 and AP 1989 copy and re-measured on edits
of other text by `tests/benchmarks/dedupe_quality.py`; those named rewritten, values, embedded, digest and corrective
were added there.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from worker.dedupe import record
from worker.dedupe.counts import I64, Bools, Counts, at_least, common, count, limited, sketches

if TYPE_CHECKING:
    from worker.dedupe.record import Records

THRESHOLDS_VERSION = 2
"""Recorded in the index beside the settings: other thresholds give other verdicts."""

SHORT_WORDS = 60  # below: stricter overlap, titles must agree, a window of its own
TITLE_NUMBERS_WORDS = 120  # below: different numbers in the headlines are different stories
RELAXED_WORDS = 80
IDENTICAL_WORDS = 20

CONTAINMENT, CONTAINMENT_SHORT, CONTAINMENT_RELAXED, CONTAINMENT_REWRITTEN = 500, 600, 300, 300
CONTAINMENT_CORRECTIVE = 900
VALUES, VALUES_REWRITTEN, SIZES_REWRITTEN = 900, 800, 500
VALUES_MANY, VALUES_LEAST = 4, 650  # "one of the" agrees in every template: of four values and more, most must
NUMBERS, NUMBERS_CORRECTIVE, NUMBERS_IN_CONTEXT, CONTEXTS_AGREE = 700, 400, 350, 800
TITLE_CORRECTIVE, TITLE_SHORT, TITLE_RELAXED, TITLE_IDENTICAL, TITLE_EMBEDDED = 600, 668, 750, 500, 500
SIZES_RELAXED, SIZES_EMBEDDED, LEAD_EMBEDDED = 800, 600, 400
SIZES_DIGEST, CONTAINMENT_DIGEST = 700, 700
NEAR_JACCARD, NEAR_SIZES = 600, 800
IDENTICAL, TITLE_SAME_NOTICE = 950, 900
ALERT_TITLE_WORDS_MIN = 3  # a headline alone must say something to be the same as another


class Match(enum.IntEnum):
    """What the newer text is to the older one."""

    NO = 0
    EXACT = 1
    NEAR = 2
    CONTAINED = 3
    EXTENDS = 4
    CORRECTION = 5


class Judged(NamedTuple):
    """One value a pair; shares in thousandths."""

    match: npt.NDArray[np.uint8]
    containment: I64
    numbers: I64


def overlap_holds(c: Counts) -> Bools:
    """Enough of the shorter text is in the longer one; less will do where headline, size and numbers agree."""
    plain = at_least(c.shared, c.smaller, np.where(c.words >= SHORT_WORDS, CONTAINMENT, CONTAINMENT_SHORT))
    titled = (
        (c.words >= RELAXED_WORDS) & at_least(c.title_shared, c.title_smaller, TITLE_RELAXED) & (c.title_smaller >= 3)
    )
    relaxed = (
        at_least(c.shared, c.smaller, CONTAINMENT_RELAXED)
        & titled
        & at_least(*c.sizes, SIZES_RELAXED)
        & (c.numbers_shared >= 2)
        & at_least(c.numbers_shared, c.in_context, CONTEXTS_AGREE)
    )
    rewritten = (
        at_least(c.shared, c.smaller, CONTAINMENT_REWRITTEN)
        & titled
        & at_least(*c.sizes, SIZES_REWRITTEN)
        & at_least(c.values_shared, c.values_smaller, VALUES_REWRITTEN)
    )
    return (c.shared > 0) & (plain | relaxed | rewritten)


def numbers_hold(c: Counts) -> Bools:
    """The numbers agree, or nearly all that stand in a comparable context do, or all stand in other contexts (damaged
    or rewritten words around them); a correction may put some right.
    """
    titled = at_least(c.title_shared, c.title_smaller, TITLE_CORRECTIVE)
    corrected = c.corrective & titled & at_least(c.numbers_shared, c.numbers_smaller, NUMBERS_CORRECTIVE)
    corrected |= c.corrective & at_least(c.shared, c.smaller, CONTAINMENT_CORRECTIVE)
    in_context = (
        at_least(c.numbers_shared, c.numbers_smaller, NUMBERS_IN_CONTEXT)
        & at_least(c.numbers_shared, c.in_context, CONTEXTS_AGREE)
        & (c.words >= SHORT_WORDS)
        & titled
        & (c.title_smaller >= 2)
    )
    values = at_least(c.values_shared, c.values_smaller, VALUES) & (c.words >= SHORT_WORDS) & titled
    plain = at_least(c.numbers_shared, c.numbers_smaller, NUMBERS)
    plain &= (c.values_smaller < VALUES_MANY) | at_least(c.values_shared, c.values_smaller, VALUES_LEAST)
    return plain | corrected | in_context | values


def titles_hold(c: Counts) -> Bools:
    """Short texts need headlines that agree, or to be identical word for word with half the headline."""
    identical = (
        (c.words >= IDENTICAL_WORDS)
        & at_least(c.shared, c.smaller, IDENTICAL)
        & at_least(*c.sizes, IDENTICAL)
        & (c.numbers_shared == c.numbers_smaller)
        & (c.numbers_smaller >= 2)
        & at_least(c.title_shared, c.title_smaller, TITLE_IDENTICAL)
    )
    out: Bools = (c.words >= SHORT_WORDS) | at_least(c.title_shared, c.title_smaller, TITLE_SHORT) | identical
    return out


def title_numbers_hold(c: Counts, a: Records, b: Records) -> Bools:
    """In shorter texts, headlines with different numbers are different notices, unless one corrects."""
    pad = np.iinfo(np.uint16).max
    left, right = (np.where(r["title"] & 1, r["title"], pad).astype(np.uint16) for r in (a, b))
    left.sort(axis=1)
    right.sort(axis=1)
    fewer = np.minimum(np.count_nonzero(left != pad, axis=1), np.count_nonzero(right != pad, axis=1))
    differ = (fewer > 0) & (common(left, right) < fewer)
    out: Bools = ~differ | c.corrective | (c.words >= TITLE_NUMBERS_WORDS)
    return out


def same_notice(c: Counts) -> Bools:
    """Word for word the same, headline included."""
    return c.same_words & at_least(c.title_shared, c.title_smaller, TITLE_SAME_NOTICE)


def short_window_holds(c: Counts, apart_s: I64, short_window_s: int) -> Bools:
    """Short notices come every day: a shorter window, unless it is the very same or a correction."""
    return (c.words >= SHORT_WORDS) | c.corrective | same_notice(c) | (apart_s <= short_window_s)


def not_embedded(c: Counts, a: Records, b: Records) -> Bools:
    """A much shorter text must share the headline or open the longer one: else it is an item of a collection, or the
    background of another story.
    """
    out = at_least(*c.sizes, SIZES_EMBEDDED)
    out |= (c.title_smaller > 0) & at_least(c.title_shared, c.title_smaller, TITLE_EMBEDDED)
    at = np.flatnonzero(~out)
    if len(at):
        out[at] = opens(a[at], b[at])
    return out


def opens(a: Records, b: Records) -> Bools:
    """Whether the first words of the shorter text stand among the first of the longer one."""
    swap = a["shingles"] > b["shingles"]
    lead, window = np.where(swap[:, None], b["lead"], a["lead"]), np.where(swap[:, None], a["window"], b["window"])
    lead_n, window_n = np.where(swap, b["lead_n"], a["lead_n"]), np.where(swap, a["window_n"], b["window_n"])
    shared, of_short, _ = limited(lead, lead_n, window, window_n)
    return (of_short > 0) & at_least(shared, of_short, LEAD_EMBEDDED)


def digests_hold(c: Counts, a: Records, b: Records) -> Bools:
    """A collection is the same only as a collection with the same content, or cut from its end; never as its item."""
    flags = np.stack([a["flags"], b["flags"]]) & record.DIGEST
    collection = flags.any(axis=0)
    out = ~collection | (at_least(*c.sizes, SIZES_DIGEST) & at_least(c.shared, c.union, CONTAINMENT_DIGEST))
    at = np.flatnonzero(~out & flags.all(axis=0) & at_least(c.title_shared, c.title_smaller, TITLE_RELAXED))
    if len(at):
        out[at] = opens(a[at], b[at])
    return out


def conditions(c: Counts, a: Records, b: Records, apart_s: I64, short_window_s: int) -> dict[str, Bools]:
    """Every condition of the rule by name; all must hold."""
    return {
        "overlap": overlap_holds(c),
        "numbers": numbers_hold(c),
        "titles of short texts": titles_hold(c),
        "numbers in titles": title_numbers_hold(c, a, b),
        "short window": short_window_holds(c, apart_s, short_window_s),
        "not an item of a collection": not_embedded(c, a, b),
        "collections": digests_hold(c, a, b),
    }


def judge(a: Records, b: Records, short_window_s: int, timeless: Bools | None = None) -> Judged:
    """The newer texts `a` against the older `b`, pair by pair (records of `record.RESIDENT`).

    `short_window_s` seconds of event time may lie between short notices; pairs that are `timeless` (one of them is
    undated) pass any window. The general window is the caller's.
    """
    size = len(a)
    match, containment, numbers = np.zeros(size, np.uint8), np.zeros(size, np.int64), np.zeros(size, np.int64)
    apart = np.abs(a["event"].astype(np.int64) - b["event"].astype(np.int64))
    if timeless is not None:
        apart[timeless] = 0
    shared, smaller, _ = sketches(a, b)
    alerts = (a["words"] == 0) & (b["words"] == 0)
    likely = np.flatnonzero((shared > 0) & at_least(shared, smaller, CONTAINMENT_RELAXED))
    if len(likely):
        x, y = a[likely], b[likely]
        c = count(x, y)
        holds = np.logical_and.reduce(list(conditions(c, x, y, apart[likely], short_window_s).values()))
        match[likely] = np.where(holds, direction(c, x, y), Match.NO)
        containment[likely], numbers[likely] = shares(c)
    if alerts.any():
        at = np.flatnonzero(alerts)
        same = same_headline(a[at], b[at]) & (apart[at] <= short_window_s)
        match[at[same]] = Match.EXACT
        containment[at[same]] = numbers[at[same]] = 1000
    return Judged(match, containment, numbers)


def shares(c: Counts) -> tuple[I64, I64]:
    """Containment and the share of numbers in common, in thousandths; no numbers at all agree."""
    numbers = np.where(c.numbers_smaller > 0, c.numbers_shared * 1000 // np.maximum(c.numbers_smaller, 1), 1000)
    return c.shared * 1000 // np.maximum(c.smaller, 1), numbers


def same_headline(a: Records, b: Records) -> Bools:
    """Two stories without a body: every telling word of the headline is the same, and there are enough of them."""
    same: Bools = (a["title"] == b["title"]).all(axis=1) & (a["title_n"] == b["title_n"])
    same &= a["title_n"] >= ALERT_TITLE_WORDS_MIN
    return same


def direction(c: Counts, a: Records, b: Records) -> npt.NDArray[np.uint8]:
    """What `a` is to `b`, given that they are one story. A correction of a correction is one where a number differs."""
    corrective = a["flags"] & record.CORRECTIVE
    again = (corrective > 0) & (c.numbers_shared < c.numbers_smaller)
    correction = (corrective > (b["flags"] & record.CORRECTIVE)) | again
    near = at_least(c.shared, c.union, NEAR_JACCARD) | at_least(*c.sizes, NEAR_SIZES)
    shorter = a["shingles"] < b["shingles"]
    kinds = (Match.CORRECTION, Match.EXACT, Match.NEAR, Match.CONTAINED)
    out: npt.NDArray[np.uint8] = np.select([correction, c.same_words, near, shorter], kinds, Match.EXTENDS).astype(
        np.uint8
    )
    return out
