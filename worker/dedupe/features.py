"""Texts become records, a whole batch at a time: one dictionary look-up a word, the rest is array arithmetic.

The record of a text does not depend on the texts beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import xxhash

from worker.dedupe import record
from worker.dedupe.furniture import WIDTH as FURNITURE_WIDTH
from worker.dedupe.furniture import furniture_at
from worker.dedupe.hashing import HAN_KANA, NUMBER, SOUTH_EAST, U64, join, mix, shingles, unpacked, word_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.dedupe.record import Records

I64 = npt.NDArray[np.int64]

TEXTS_MAX = 64  # at a time: more fit no cache. An owner's number has 12 bits beside 52 of a hash, a story six sketches
_52 = np.uint64(52)
_12 = np.uint64(12)
_SHINGLES_MIN = 8  # with fewer left, furniture is all there is: keep it
_WIDTHS = {"spaced": 3, "han": 5, "south-east": 6}
_CHARACTERS_A_WORD = 2  # of scripts without spaces, so that "60 words" means as much text everywhere

_TITLE_STOP = """
a an the of to in on for and or at by as is are was be with from its his her their it that this after over into says
said say will new der die das den dem des ein eine und im von mit zu auf für le la les de du des un une et en au aux
el los las del y e o da do dos das na no em il lo gli di della per con inc corp co ltd plc llc cos company group
corporation update updated corrected correction correct corrects rpt repeat refile wrapup factbox lead urgent
sets set quarterly qtly
dividend payout regular declares div quarter qtr first second third fourth 1st 2nd 3rd 4th net loss year
1 2 3 4 5
"""
_STOP: U64 = np.unique(np.array([word_hash(word) for word in _TITLE_STOP.split()], np.uint64))


class _Shingled(NamedTuple):
    hashes: U64
    owners: I64
    positions: I64  # of the first word


def features(headlines: list[bytes], bodies: list[bytes], flags: Sequence[int], sections: Sequence[int]) -> Records:
    """One record a story, of at most `TEXTS_MAX`. Headlines and bodies come as `hashing.packed_words` makes them;
    `flags` and `sections` are what the caller knows of the story (`record.CORRECTIVE`, …).
    """
    count = len(bodies)
    out = np.zeros(count, record.RECORD)
    words, owner, tokens = _owned(bodies)
    widths = _widths(words, owner, tokens)
    unspaced = widths != _WIDTHS["spaced"]
    out["flags"], length = flags, tokens
    if unspaced.any():
        out["flags"] |= unspaced * np.uint8(record.UNSPACED)
        length = np.where(unspaced, tokens // _CHARACTERS_A_WORD, tokens)
    out["words"] = np.minimum(length, 0xFFFF)
    out["sections"] = [min(parts, 0xFF) for parts in sections]
    out["tokens"] = _whole(words, tokens)
    made = _shingled(words, owner, tokens, widths)
    _fill_sketches(out, made, widths, _numbers(words, owner), _title(*_owned(headlines)[:2]))
    return out


def _owned(texts: list[bytes]) -> tuple[U64, I64, I64]:
    """The hashes of all texts, the number of the text that each belongs to, and how many each text has."""
    lengths = np.array([len(text) >> 3 for text in texts], np.int64)
    return unpacked(b"".join(texts)), _STEPS[: len(texts)].repeat(lengths), lengths


def _whole(words: U64, tokens: I64) -> list[int]:
    """A hash of each story's words in their order."""
    ends = np.cumsum(tokens).tolist()
    return [
        xxhash.xxh3_64_intdigest(words[end - count : end].data) & 0xFFFFFFFF
        for end, count in zip(ends, tokens.tolist(), strict=True)
    ]


def _widths(words: U64, owner: I64, tokens: I64) -> I64:
    """Words a shingle: by the script that most of the story is in."""
    out = np.full(len(tokens), _WIDTHS["spaced"])
    present = int(np.bitwise_or.reduce(words))
    for kind, script in ((HAN_KANA, "han"), (SOUTH_EAST, "south-east")):
        if present & kind:
            of_kind = (words & np.uint64(kind)) != 0
            out[np.bincount(owner[of_kind], minlength=len(tokens)) * 2 > tokens] = _WIDTHS[script]
    return out


def _shingled(words: U64, owner: I64, tokens: I64, widths: I64) -> _Shingled:
    """All shingles of all stories, furniture taken out; a story shorter than a shingle is one shingle."""
    if len(tokens) == 1 and len(words) >= widths[0]:
        made = shingles(words, int(widths[0]))
        return _without_furniture(_Shingled(made, owner[: len(made)], np.arange(len(made))), widths)
    starts = tokens.cumsum() - tokens
    parts: list[_Shingled] = []
    for width in sorted(set(widths.tolist())):
        made = shingles(words, width)
        ends = owner[: len(made)]
        whole = ends == owner[width - 1 : width - 1 + len(made)]
        if (widths != width).any():
            whole &= widths[ends] == width
        if not whole.all():
            made, ends = made[whole], ends[whole]
        parts.append(_Shingled(made, ends, whole.nonzero()[0] - starts[ends]))
    short = ((tokens > 0) & (tokens < widths)).nonzero()[0]
    if len(short):
        alone = [shingles(words[starts[i] : starts[i] + tokens[i]], int(tokens[i]))[0] for i in short.tolist()]
        parts.append(_Shingled(np.array(alone, np.uint64), short, np.zeros(len(short), np.int64)))
    if len(parts) == 1:
        all_of = parts[0]
    else:
        all_of = _Shingled(*(np.concatenate([getattr(p, field) for p in parts]) for field in _Shingled._fields))
    return _without_furniture(all_of, widths)


def _without_furniture(made: _Shingled, widths: I64) -> _Shingled:
    at = furniture_at(made.hashes)
    if not len(at):
        return made
    keep = np.ones(len(made.hashes), bool)
    keep[at] = widths[made.owners[at]] != FURNITURE_WIDTH
    left = np.bincount(made.owners[keep], minlength=len(widths))
    keep |= (left < _SHINGLES_MIN)[made.owners]
    return _Shingled(made.hashes[keep], made.owners[keep], made.positions[keep])


class _Smallest(NamedTuple):
    packed: U64  # 52 bits of a hash below its owner's number: ascending, distinct in the bits that are kept
    starts: I64  # of each owner
    counts: I64


def _smallest(hashes: U64, owners: I64, count: int, bits: int) -> _Smallest:
    """The hashes of each of `count` owners in ascending order, distinct in their top `bits`."""
    packed = owners.astype(np.uint64)
    packed <<= _52
    packed |= hashes >> _12
    packed.sort()
    kept = packed >> np.uint64(52 - bits)
    first = np.ones(len(packed), bool)
    np.not_equal(kept[1:], kept[:-1], out=first[1:])
    packed = packed[first]
    edges = packed.searchsorted(_EDGES[: count + 1])
    return _Smallest(packed, edges[:-1], edges[1:] - edges[:-1])


class _Lowest(NamedTuple):
    values: U64  # a row an owner, ascending; above the 52 bits is the owner's number
    absent: npt.NDArray[np.bool_]  # the owner has not that many


def _lowest(found: _Smallest, columns: int) -> _Lowest:
    """The smallest values of each owner."""
    steps = _STEPS[:columns]
    absent = steps >= found.counts[:, None]
    if not len(found.packed):
        return _Lowest(np.zeros(absent.shape, np.uint64), absent)
    return _Lowest(found.packed.take(found.starts[:, None] + steps, mode="clip"), absent)


def _matrix(low: _Lowest, bits: int) -> U64:
    """The top `bits` of the smallest values, padded with the type's maximum, which no value takes."""
    pad = (1 << bits) - 1
    out = low.values >> np.uint64(52 - bits)
    out &= np.uint64(pad)
    np.minimum(out, np.uint64(pad - 1), out=out)
    out[low.absent] = pad
    return out


_Owned = tuple[U64, I64]  # hashes and the story of each
_SMALL = ("lead", "window", "numbers", "contexts", "values", "title")  # sketches of 16 bits, made in one go
_STEPS = np.arange(TEXTS_MAX)
_EDGES = np.arange(TEXTS_MAX * len(_SMALL) + 1).astype(np.uint64) << _52


def _fill_sketches(out: Records, made: _Shingled, widths: I64, numbers: tuple[_Owned, ...], title: _Owned) -> None:
    stories = len(out)
    body = _smallest(made.hashes, made.owners, stories, 32)
    body_low = _lowest(body, record.SKETCH)
    out["sketch"] = _matrix(body_low, 32)
    out["shingles"] = np.minimum(body.counts, 0xFFFF)
    owned = [*_early(made, widths), *numbers, title]
    hashes = np.concatenate([part for part, _ in owned])
    owners = np.concatenate([of for _, of in owned])
    owners += (_STEPS[: len(_SMALL)] * stories).repeat([len(of) for _, of in owned])
    small = _smallest(hashes, owners, stories * len(_SMALL), 16)
    low = _lowest(small, record.WINDOW)
    values = _matrix(low, 16).reshape(len(_SMALL), stories, record.WINDOW)
    counts = small.counts.reshape(len(_SMALL), stories)
    few = np.minimum(counts, 0xFF)
    for field, name in enumerate(_SMALL):
        out[name] = values[field, :, : record.RECORD[name].shape[0]]
        if name != "contexts":
            out[f"{name}_n"] = few[field]
    out["numbers_n"] = np.minimum(counts[_SMALL.index("numbers")], 0xFFFF)
    _fill_keys(out, body_low, low)


def _last_of(words: int) -> I64:
    """Where the last shingle of the first `words` words begins, by the shingle's width."""
    spaced = _WIDTHS["spaced"]
    return np.array([words * (1 if n == spaced else _CHARACTERS_A_WORD) - n for n in range(max(_WIDTHS.values()) + 1)])


_LEAD_LAST, _WINDOW_LAST = _last_of(record.LEAD_WORDS), _last_of(record.WINDOW_WORDS)


def _early(made: _Shingled, widths: I64) -> tuple[_Owned, _Owned]:
    """The shingles that lie in the first words of each story: of its lead, of its window."""
    window = (made.positions <= _WINDOW_LAST[widths][made.owners]).nonzero()[0]
    hashes, owners = made.hashes[window], made.owners[window]
    lead = made.positions[window] <= _LEAD_LAST[widths][owners]
    return (hashes[lead], owners[lead]), (hashes, owners)


def _fill_keys(out: Records, body: _Lowest, small: _Lowest) -> None:
    """Lookup keys: the smallest shingles of the story and of its lead, without doubles, low bits."""
    none = np.uint64(1 << 32)
    parts = ((body, record.KEYS_STORY), (small, record.KEYS_LEAD))  # the leads are the first of the small sketches
    keys = np.concatenate([low.values[: len(out), :most] for low, most in parts], axis=1)
    keys &= none - np.uint64(1)
    keys[np.concatenate([low.absent[: len(out), :most] for low, most in parts], axis=1)] = none
    keys.sort(axis=1)
    keys[:, 1:][keys[:, 1:] == keys[:, :-1]] = none
    keys.sort(axis=1)
    absent = keys == none
    out["keys_n"] = record.KEYS - absent.sum(axis=1)
    keys[absent] = 0
    out["keys"] = keys


def _numbers(words: U64, owner: I64) -> tuple[_Owned, _Owned, _Owned]:
    """Numbers with the word after them, where numbers stand, and the numbers alone."""
    at = (words & np.uint64(NUMBER)).nonzero()[0]
    values, owners = words[at], owner[at]
    if len(at) and at[-1] + 1 == len(words):
        at = at[:-1]
    after = owner[at + 1] == owners[: len(at)]
    if not after.all():  # where a text ends in a number it was cut: what follows is not known
        at = at[after]
    next_word, owner = words[at + 1], owner[at]
    pairs = join(words[at], next_word)
    contexts, context_owners = _contexts(pairs, next_word, owner)
    mixed = mix(np.concatenate((pairs, contexts, values)))
    ends = len(pairs), len(pairs) + len(contexts)
    return (mixed[: ends[0]], owner), (mixed[ends[0] : ends[1]], context_owners), (mixed[ends[1] :], owners)


def _contexts(pairs: U64, next_word: U64, owner: I64) -> _Owned:
    """The word after a number with how manieth different number it follows: where numbers stand, not which."""
    order = np.lexsort((pairs, next_word, owner))
    pairs, next_word, owner = pairs[order], next_word[order], owner[order]
    other_place = np.ones(len(order), bool)
    np.not_equal(next_word[1:], next_word[:-1], out=other_place[1:])
    other_place[1:] |= owner[1:] != owner[:-1]
    distinct = other_place.copy()
    distinct[1:] |= pairs[1:] != pairs[:-1]
    so_far = distinct.cumsum()
    nth = so_far - np.maximum.accumulate((so_far - 1) * other_place)
    return join(next_word[distinct], nth[distinct].astype(np.uint64)), owner[distinct]


_DIGIT_BIT = np.uint64(1) << np.uint64(48)  # the lowest of the 16 bits that are kept


def _title(words: U64, owner: I64) -> _Owned:
    """The words of headlines without stop words."""
    telling = _STOP.take(_STOP.searchsorted(words), mode="clip") != words
    words, owner = words[telling], owner[telling]
    digit = (words & np.uint64(NUMBER)) << np.uint64(48)
    return (mix(words) & ~_DIGIT_BIT) | digit, owner
