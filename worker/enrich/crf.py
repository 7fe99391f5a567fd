"""The name tagger: a linear-chain CRF decoded in numpy. How it is trained: deploy/models/README.md.

A token's weights are worked out when it is first met and kept as rows; a document is then a few gathers and sums.
Viterbi runs only over stretches where "no name" does not win by `MARGIN`, all stretches at once.
"""

from __future__ import annotations

import array
import bisect
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from worker.enrich.crf_model import COARSE, NEWS, ROWS, SALTS, Floats, Tables, feature_hash, pair_hash
from worker.enrich.features import (
    COMMON_FIRST,
    SHAPES,
    Context,
    Entry,
    Lexeme,
    Vocabulary,
    neighbours,
    read_context,
    word_features,
)
from worker.enrich.tokens import NEWLINE, UPPER, Ints, offsets, tokenize

Bools = npt.NDArray[np.bool_]

MARGIN: Final = 4.0  # how far "no name" must lead for a token to be left out of the search
PAIR_MARGIN: Final = 6.0  # farther out, pairs of words are not looked up
_ZERO: Final = np.zeros(1, dtype=np.int64)
_TRUE: Final = np.ones(1, dtype=np.bool_)


class Tagged(NamedTuple):
    """A tagged text: its tokens, and the names in it as the model sees them one by one."""

    words: list[str]  # tokens without blanks, "" for a line break
    ends: list[int]  # code points
    # first token, last (excluded), kind, the probability of the least certain token
    spans: list[tuple[int, int, str, float]]
    capital: dict[int, bool]  # tokens with a capital: whether the text also has the word in small letters
    shorts: list[int]  # tokens of capitals only, outside lines of capitals
    shouted: bool  # some line is all capitals

    def start(self, token: int) -> int:
        return self.ends[token] - len(self.words[token])


class Tagger:
    """Tags documents. Holds the rows of the words it has met; not to be shared by threads."""

    def __init__(self, model: Tables) -> None:
        self.model = model
        self._new: list[Entry] = []
        self._words = array.array("Q", model.words.tobytes())  # for bisect
        known = len(model.common.words)
        size = COMMON_FIRST + known + (1 << 13)
        self._rows: Floats = np.zeros((ROWS, size, len(model.labels)), dtype=np.float32)
        self._rows[:, COMMON_FIRST : COMMON_FIRST + known] = model.common_rows
        self._word_hash: npt.NDArray[np.uint64] = np.zeros(size, dtype=np.uint64)
        self._word_hash[COMMON_FIRST : COMMON_FIRST + known] = [feature_hash(w.lower()) for w in model.common.words]
        self.vocabulary = Vocabulary(self._lookup, self._new.append, model.common)

    def tag(self, text: str) -> Tagged:
        """The names in `text`, before anything is compared over the document."""
        tokens = tokenize(text)
        context = read_context(self.vocabulary, tokens)
        if self._new:
            self._learn()
        scores, near = self._scores(context)
        labels = self._decode(scores, near, context)
        shouted = context.capitals
        short = (context.flags & UPPER) > 0
        if shouted is not None:
            short &= ~shouted
        capital = np.flatnonzero(context.evidence)
        small = ((context.evidence[capital] - 1) & 2) > 0
        return Tagged(
            words=list(map(self.vocabulary.words.__getitem__, context.numbers.tolist())),
            ends=offsets(tokens).tolist(),
            spans=self._spans(context, labels, scores),
            capital=dict(zip(capital.tolist(), small.tolist(), strict=True)),
            shorts=np.flatnonzero(short).tolist(),
            shouted=shouted is not None,
        )

    def _lookup(self, word: str) -> Lexeme | None:
        wanted = feature_hash(word)
        at = bisect.bisect_left(self._words, wanted)
        if at < len(self._words) and self._words[at] == wanted:
            return Lexeme(*self.model.lexemes[at].tolist())
        return None

    def _learn(self) -> None:
        """The weight rows of new words, all at once."""
        hashes: list[int] = []
        starts: list[int] = []
        for number, word, upper, known, form in self._new:
            while number >= self._rows.shape[1]:
                self._rows = np.concatenate((self._rows, np.zeros_like(self._rows)), axis=1)
                self._word_hash = np.concatenate((self._word_hash, np.zeros_like(self._word_hash)))
            own, near, far = word_features(word, known, form, upper=upper)
            hashed = list(map(feature_hash, own))
            closer, further = hashed[:near], hashed[:far]
            self._word_hash[number] = feature_hash(word.lower())
            for part, salt in zip((hashed, closer, closer, further, further), SALTS, strict=True):
                starts.append(len(hashes))
                hashes += [value ^ salt for value in part]
        wanted = np.array(hashes, dtype=np.uint64)
        at = np.searchsorted(self.model.keys, wanted)
        at[at == len(self.model.keys)] = 0
        at[self.model.keys[at] != wanted] = len(self.model.keys)
        sums = np.add.reduceat(self.model.weights[at], starts, axis=0)
        learnt = sums.reshape(-1, ROWS, sums.shape[1]).transpose(1, 0, 2)
        self._rows[:, [entry.number for entry in self._new]] = learnt
        self._new.clear()

    def _scores(self, context: Context) -> tuple[Floats, Ints]:
        """The sum of all weights of every token and label, transitions aside; the tokens that may be names."""
        model, vocabulary, numbers = self.model, self.vocabulary, context.numbers
        before, after, before2, after2 = neighbours(context, vocabulary)
        scores: Floats = self._rows[0].take(numbers, axis=0)
        for rows, around in zip(self._rows[1:], (before, after, before2, after2), strict=True):
            scores += rows.take(around, axis=0)
        shape = vocabulary.shape.take(numbers)
        shape_before, shape_after = vocabulary.shape.take(before), vocabulary.shape.take(after)
        scores += model.shapes.take((shape_before * SHAPES + shape) * SHAPES + shape_after, axis=0)
        news = vocabulary.news.take(numbers)
        scores += model.news_right.take(vocabulary.news.take(before) * NEWS + news, axis=0)
        scores += model.news_left.take(news * NEWS + vocabulary.news.take(after), axis=0)
        capital = np.flatnonzero(context.evidence)
        evidence = context.evidence[capital].astype(np.int64)
        scores[capital] += (
            model.evidence[evidence]
            + model.evidence_coarse[evidence * COARSE + vocabulary.coarse[numbers[capital]]]
            + model.evidence_news[evidence * NEWS + news[capital]]
        )
        return scores, self._add_pairs(scores, before, context)

    def _add_pairs(self, scores: Floats, before: Ints, context: Context) -> Ints:
        """Adds what two neighbouring words say together, wherever a name is not out of the question: there."""
        model = self.model
        near = _lead(scores) < PAIR_MARGIN
        near &= _beside(context.evidence > 0) & ((context.flags & NEWLINE) == 0)
        near[1:] |= near[:-1]
        asked = at = np.flatnonzero(near)
        pairs = pair_hash(self._word_hash[before[at]], self._word_hash[context.numbers[at]])
        found = np.searchsorted(model.pair_keys, pairs)
        found[found == len(model.pair_keys)] = 0
        hits = np.flatnonzero(model.pair_keys[found] == pairs)
        at, found = at[hits], found[hits]
        scores[at] += model.pair_right[found]
        inner = ~context.starts[at]
        scores[at[inner] - 1] += model.pair_left[found[inner]]
        return asked

    def _decode(self, scores: Floats, near: Ints, context: Context) -> Ints:
        """The best label of every token; only those `near` to being names are looked at."""
        labels = np.zeros(len(scores), dtype=np.int64)
        at = near[(_lead(scores[near]) < MARGIN) & ((context.flags[near] & NEWLINE) == 0)]
        if not len(at):
            return labels
        starts = context.starts
        breaks = (at[1:] - at[:-1] > 1) | starts[at[1:]]
        firsts = np.concatenate((_ZERO, np.flatnonzero(breaks) + 1))
        lengths = np.concatenate((firsts[1:], [len(at)])) - firsts
        order = np.argsort(-lengths, kind="stable")
        begin, lengths = at[firsts[order]], lengths[order]
        active = np.searchsorted(-lengths, -np.arange(1, int(lengths[0]))).tolist()  # stretches longer than 1, 2, …
        moves = self.model.moves
        best = scores[begin] + moves[0] * ~starts[begin, None]  # within a sentence: what is before is no name
        final = best.copy()
        back: list[Ints] = []
        for step, count in enumerate(active, start=1):
            ways = best[:count, :, None] + moves
            back.append(ways.argmax(axis=1))
            best = ways.max(axis=1) + scores[begin[:count] + step]
            final[:count] = best
        last = begin + lengths
        follows = ~np.concatenate((starts, _TRUE))[last]
        here = (final + moves[:, 0] * follows[:, None]).argmax(axis=1)
        labels[last - 1] = here
        for step in range(len(active), 0, -1):
            choice = back[step - 1]
            count = len(choice)
            here[:count] = choice[np.arange(count), here[:count]]
            labels[begin[:count] + step - 1] = here[:count]
        return labels

    def _spans(self, context: Context, labels: Ints, scores: Floats) -> list[tuple[int, int, str, float]]:
        at = np.flatnonzero(labels)
        if not len(at):
            return []
        kinds = labels[at]
        moves = self.model.moves
        around = scores[at] + moves[labels[at - 1]] + moves[:, labels[np.minimum(at + 1, len(labels) - 1)]].T
        around = np.exp(around - around.max(axis=1, keepdims=True))
        certain = around[np.arange(len(at)), kinds] / around.sum(axis=1)
        joined = (np.diff(at) == 1) & (np.diff(kinds) == 0) & ~context.starts[at[1:]]
        begins = np.concatenate(([0], np.flatnonzero(~joined) + 1))
        ends = np.append(begins[1:], len(at)) - 1
        least = np.minimum.reduceat(certain, begins)
        names = [self.model.labels[kind] for kind in kinds[begins].tolist()]
        return list(zip(at[begins].tolist(), (at[ends] + 1).tolist(), names, least.tolist(), strict=True))


def _lead(scores: Floats) -> Floats:
    """By how much "no name" leads the best kind of name; column by column, which is faster than along short rows."""
    best = scores[:, 1].copy()
    for column in range(2, scores.shape[1]):
        np.maximum(best, scores[:, column], out=best)
    lead: Floats = scores[:, 0] - best
    return lead


def _beside(capital: Bools) -> Bools:
    """Capitalised words and what stands up to two words from one: nothing else belongs to a name."""
    beside = capital.copy()
    for distance in (1, 2):
        beside[distance:] |= capital[:-distance]
        beside[:-distance] |= capital[distance:]
    return beside
