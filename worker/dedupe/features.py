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
from worker.dedupe.furniture import is_furniture
from worker.dedupe.hashing import HAN_KANA, NUMBER, SOUTH_EAST, U64, hash_words, join, mix, shingles, word_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.dedupe.record import Records

    _Split = Sequence[list[str]]

I64 = npt.NDArray[np.int64]

_TEXTS_MAX = 600  # an owner's number takes 12 bits beside 52 of a hash; a story owns six sketches
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


def features(headlines: _Split, bodies: _Split, flags: Sequence[int], sections: Sequence[int]) -> Records:
    """One record a story. Headlines and bodies come as `str.split()` gives them; `flags` and `sections` are what
    the caller knows of the story (`record.CORRECTIVE`, …).
    """
    parts = [
        _features(headlines[at:end], bodies[at:end], flags[at:end], sections[at:end])
        for at, end in ((at, at + _TEXTS_MAX) for at in range(0, len(bodies), _TEXTS_MAX))
    ]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, record.RECORD)


def _features(headlines: _Split, bodies: _Split, flags: Sequence[int], sections: Sequence[int]) -> Records:
    count = len(bodies)
    out = np.zeros(count, record.RECORD)
    hashes, owners = hash_words([*bodies, *headlines])
    split = int(np.searchsorted(owners, count))
    words, owner = hashes[:split], owners[:split]
    tokens = np.bincount(owner, minlength=count)
    widths = _widths(words, owner, tokens)
    unspaced = widths != _WIDTHS["spaced"]
    out["words"] = np.minimum(np.where(unspaced, tokens // _CHARACTERS_A_WORD, tokens), 0xFFFF)
    out["flags"] = np.array(flags, np.int64) | np.where(unspaced, record.UNSPACED, 0)
    out["sections"] = np.minimum(sections, 0xFF)
    out["tokens"] = _whole(words, tokens)
    made = _shingled(words, owner, tokens, widths)
    _fill_sketches(out, made, widths, _numbers(words, owner), _title(hashes[split:], owners[split:] - count))
    return out


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
    for kind, script in ((HAN_KANA, "han"), (SOUTH_EAST, "south-east")):
        of_kind = (words & np.uint64(kind)) != 0
        if of_kind.any():
            out[np.bincount(owner[of_kind], minlength=len(tokens)) * 2 > tokens] = _WIDTHS[script]
    return out


def _shingled(words: U64, owner: I64, tokens: I64, widths: I64) -> _Shingled:
    """All shingles of all stories, furniture taken out; a story shorter than a shingle is one shingle."""
    starts = np.cumsum(tokens) - tokens
    parts: list[_Shingled] = []
    for width in np.unique(widths).tolist():
        made = shingles(words, width)
        ends = owner[: len(made)]
        whole = ends == owner[width - 1 : width - 1 + len(made)]
        if (widths != width).any():
            whole &= widths[ends] == width
        if not whole.all():
            made, ends = made[whole], ends[whole]
        parts.append(_Shingled(made, ends, np.flatnonzero(whole) - starts[ends]))
    short = np.flatnonzero((tokens > 0) & (tokens < widths))
    if len(short):
        alone = [shingles(words[starts[i] : starts[i] + tokens[i]], int(tokens[i]))[0] for i in short.tolist()]
        parts.append(_Shingled(np.array(alone, np.uint64), short, np.zeros(len(short), np.int64)))
    if len(parts) == 1:
        all_of = parts[0]
    else:
        all_of = _Shingled(*(np.concatenate([getattr(p, field) for p in parts]) for field in _Shingled._fields))
    return _without_furniture(all_of, widths)


def _without_furniture(made: _Shingled, widths: I64) -> _Shingled:
    if not len(made.hashes):
        return made
    drop = is_furniture(made.hashes)
    if not drop.any():
        return made
    drop &= widths[made.owners] == FURNITURE_WIDTH
    left = np.bincount(made.owners[~drop], minlength=len(widths))
    keep = ~drop | (left < _SHINGLES_MIN)[made.owners]
    return _Shingled(made.hashes[keep], made.owners[keep], made.positions[keep])


class _Smallest(NamedTuple):
    owners: I64
    values: U64  # 52 bits, ascending in each owner, distinct in the bits that are kept
    ranks: I64
    counts: I64


def _smallest(hashes: U64, owners: I64, count: int, bits: int) -> _Smallest:
    """The hashes of each of `count` owners in ascending order, distinct in their top `bits`."""
    packed = (owners.astype(np.uint64) << _52) | (hashes >> _12)
    packed.sort()
    kept = packed >> np.uint64(52 - bits)
    first = np.ones(len(packed), bool)
    np.not_equal(kept[1:], kept[:-1], out=first[1:])
    packed = packed[first]
    owner = (packed >> _52).astype(np.int64)
    counts = np.bincount(owner, minlength=count)
    ranks = np.arange(len(packed)) - (np.cumsum(counts) - counts)[owner]
    return _Smallest(owner, packed & np.uint64((1 << 52) - 1), ranks, counts)


def _matrix(found: _Smallest, rows: int, columns: int, bits: int) -> npt.NDArray[np.uint32]:
    """The smallest values of each owner, padded with the type's maximum, which no value takes."""
    pad = (1 << bits) - 1
    out = np.full((rows, columns), pad, np.uint32)
    low = found.ranks < columns
    out[found.owners[low], found.ranks[low]] = np.minimum(found.values[low] >> np.uint64(52 - bits), pad - 1)
    return out


_Owned = tuple[U64, I64]  # hashes and the story of each
_SMALL = ("lead", "window", "numbers", "contexts", "values", "title")  # sketches of 16 bits, made in one go


def _fill_sketches(out: Records, made: _Shingled, widths: I64, numbers: tuple[_Owned, ...], title: _Owned) -> None:
    stories = len(out)
    body = _smallest(made.hashes, made.owners, stories, 32)
    out["sketch"] = _matrix(body, stories, record.SKETCH, 32)
    out["shingles"] = np.minimum(body.counts, 0xFFFF)
    scale = np.where(widths == _WIDTHS["spaced"], 1, _CHARACTERS_A_WORD)
    early = [made.positions <= (n * scale - widths)[made.owners] for n in (record.LEAD_WORDS, record.WINDOW_WORDS)]
    owned = [*((made.hashes[e], made.owners[e]) for e in early), *numbers, title]
    hashes = np.concatenate([part for part, _ in owned])
    owners = np.concatenate([of + field * stories for field, (_, of) in enumerate(owned)])
    small = _smallest(hashes, owners, stories * len(_SMALL), 16)
    values = _matrix(small, stories * len(_SMALL), record.WINDOW, 16).reshape(len(_SMALL), stories, record.WINDOW)
    counts = small.counts.reshape(len(_SMALL), stories)
    for field, name in enumerate(_SMALL):
        out[name] = values[field, :, : out[name].shape[1]]
        if name != "contexts":
            out[f"{name}_n"] = np.minimum(counts[field], 0xFFFF if name == "numbers" else 0xFF)
    leads = int(counts[0].sum())
    _fill_keys(out, body, _Smallest(small.owners[:leads], small.values[:leads], small.ranks[:leads], counts[0]))


def _fill_keys(out: Records, body: _Smallest, lead: _Smallest) -> None:
    """Lookup keys: the smallest shingles of the story and of its lead, without doubles, low bits."""
    parts = []
    for found, most in ((body, record.KEYS_STORY), (lead, record.KEYS_LEAD)):
        low = found.ranks < most
        keys = found.values[low] & np.uint64(0xFFFFFFFF)
        parts.append((found.owners[low].astype(np.uint64) << np.uint64(32)) | keys)
    keys = np.concatenate(parts)
    keys.sort()
    first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    keys = keys[first]
    owner = (keys >> np.uint64(32)).astype(np.int64)
    counts = np.bincount(owner, minlength=len(out))
    out["keys_n"] = counts
    out["keys"][owner, np.arange(len(keys)) - (np.cumsum(counts) - counts)[owner]] = keys & np.uint64(0xFFFFFFFF)


def _numbers(words: U64, owner: I64) -> tuple[_Owned, _Owned, _Owned]:
    """Numbers with the word after them, where numbers stand, and the numbers alone."""
    at = np.flatnonzero(words & np.uint64(NUMBER))
    values = mix(words[at]), owner[at]
    at = at[at + 1 < len(words)]
    at = at[owner[at + 1] == owner[at]]  # where a text ends in a number it was cut: what follows is not known
    next_word, owner = words[at + 1], owner[at]
    numbers = mix(join(words[at], next_word)), owner
    if not len(at):
        return numbers, numbers, values
    order = np.lexsort((numbers[0], next_word, owner))
    owner, next_word, value = owner[order], next_word[order], numbers[0][order]
    same = (owner[1:] == owner[:-1]) & (next_word[1:] == next_word[:-1])
    distinct = np.concatenate(([True], ~same | (value[1:] != value[:-1])))
    owner, next_word = owner[distinct], next_word[distinct]
    starts = np.concatenate(([True], (owner[1:] != owner[:-1]) | (next_word[1:] != next_word[:-1])))
    first = np.flatnonzero(starts)
    nth = np.arange(len(owner)) - np.repeat(first, np.diff(np.append(first, len(owner))))
    return numbers, (mix(join(next_word, nth.astype(np.uint64) + np.uint64(1))), owner), values


_DIGIT_BIT = np.uint64(1) << np.uint64(48)  # the lowest of the 16 bits that are kept


def _title(words: U64, owner: I64) -> _Owned:
    """The words of headlines without stop words."""
    at = np.searchsorted(_STOP, words)
    at[at == len(_STOP)] = 0
    telling = _STOP[at] != words
    words, owner = words[telling], owner[telling]
    digit = (words & np.uint64(NUMBER)) << np.uint64(48)
    return (mix(words) & ~_DIGIT_BIT) | digit, owner
