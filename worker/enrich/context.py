"""What the name tagger sees of a text: its sentences, and what the text says elsewhere about a capitalised word."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from worker.enrich.tokens import LETTERS, Ints
from worker.enrich.vocabulary import COUNT, END, PAD, SMALL, SMALLS, START, UPPERS, Reading, Vocabulary

Bools = npt.NDArray[np.bool_]

EVIDENCE: Final = 17
# Positions around a token whose features count, in the order of the weight rows.
POSITIONS: Final = (0, -1, 1, -2, 2)
EVIDENCE_ROW: Final = SMALL  # once that has been read
_WORDS: Final = (1 << 20) - 1


class Context(NamedTuple):
    """The tokens of a document with two of `PAD` between sentences, so that what is around one is a step away."""

    numbers: Ints
    places: Ints  # of the tokens as read among these
    info: Ints  # the columns of `Vocabulary.info` as rows; in EVIDENCE_ROW what `read_context` says, below EVIDENCE
    capital: Ints  # the places of words with a capital
    evidence: npt.NDArray[np.uint8]  # of those
    capitals: Bools | None  # words in lines of capitals; None: there are none


def read_context(vocabulary: Vocabulary, reading: Reading, begins: list[int] | None = None) -> Context:
    """Sentences, lines of capitals, and what the rest of the document says about capitalised words.

    `begins` are the tokens with which documents begin, where `reading` is of several.

    A word that begins a sentence may be a name or not; that it occurs elsewhere in small letters, or elsewhere with
    a capital inside a sentence, says more. `evidence` is 1 + bits: begins a sentence (1), small elsewhere (2), capital
    inside a sentence elsewhere (4), in a headline-like line of capitals or of capitalised words (8).
    """
    count = len(reading.numbers)
    places = np.arange(count)
    places[2:] += np.cumsum(reading.begins, dtype=np.int64) * 2
    numbers = np.zeros(int(places[-1]) + 1, dtype=np.int64)
    numbers[places] = reading.numbers
    info = np.ascontiguousarray(vocabulary.info.take(numbers, axis=0).T)
    counts, small = info[COUNT], info[SMALL]
    capital = np.flatnonzero(counts > 0)
    evidence = (numbers.take(capital - 1) == PAD).view(np.uint8)
    inside = evidence == 0
    shouted, special = _lines_of_capitals(numbers, counts)
    if special is not None:
        headlines = special.take(capital)
        inside &= ~headlines
        evidence = evidence + 8 * headlines.view(np.uint8)
    evidence = evidence + _elsewhere(vocabulary, small, counts, capital, inside, places.take(begins or [0])) + 1
    if shouted is not None:
        shouted &= (vocabulary.flags.take(numbers) & LETTERS) > 0
        numbers[shouted] = vocabulary.in_capitals(numbers[shouted])
        info = np.ascontiguousarray(vocabulary.info.take(numbers, axis=0).T)
    row = info[EVIDENCE_ROW]
    row.fill(0)
    row[capital] = evidence
    return Context(numbers, places, info, capital, evidence, shouted)


def _elsewhere(
    vocabulary: Vocabulary, small: Ints, counts: Ints, capital: Ints, inside: Bools, begins: Ints
) -> npt.NDArray[np.uint8]:
    """Of each word with a capital: small elsewhere in its document (2), capital inside a sentence elsewhere (4)."""
    lowers = np.flatnonzero(counts == SMALLS)
    words, lower = small.take(capital), small.take(lowers)
    seen = vocabulary.seen
    found: list[npt.NDArray[np.uint8]] = []
    capitals = [*capital.searchsorted(begins).tolist(), len(capital)]
    smalls = [*lowers.searchsorted(begins).tolist(), len(lowers)]
    for number in range(len(begins)):
        there = slice(capitals[number], capitals[number + 1])
        mine, low = words[there], lower[smalls[number] : smalls[number + 1]]
        inner = mine[inside[there]]
        seen[low] = 2
        seen[inner] |= 4
        found.append(seen.take(mine))
        seen[low] = 0
        seen[inner] = 0
    return found[0] if len(found) == 1 else np.concatenate(found)


def _lines_of_capitals(numbers: Ints, counts: Ints) -> tuple[Bools | None, Bools | None]:
    """The tokens of lines of capitals, and of such lines and of headlines with every word capitalised."""
    real = numbers != PAD
    first = np.flatnonzero(real[1:] > real[:-1]) + 1
    if not len(first):
        return None, None
    sums = np.add.reduceat(counts, first)
    maybe = np.flatnonzero(sums >= UPPERS)  # more capitals than small letters
    shouted = special = None
    for line in maybe.tolist():
        total = int(sums[line])
        lowers, titles = total & _WORDS, (total >> 20) & _WORDS
        uppers = (total >> 40) + lowers - titles
        loud = uppers >= 3 and uppers > 4 * (lowers + titles)
        if not loud and (titles < 3 or titles <= lowers):
            continue
        there = slice(first[line], first[line + 1] if line + 1 < len(first) else None)
        if special is None:
            special = np.zeros(len(counts), dtype=np.bool_)
        special[there] = True
        if loud:
            if shouted is None:
                shouted = np.zeros(len(counts), dtype=np.bool_)
            shouted[there] = True
    return shouted, special


def neighbours(context: Context) -> list[Ints]:
    """The numbers of the tokens before, after, two before and two after every token that is no `PAD`."""
    at = np.flatnonzero(context.numbers)
    found = []
    for position in POSITIONS[1:]:
        there = context.numbers.take(at + position)
        found.append(np.where(there == PAD, START if position < 0 else END, there))
    return found
