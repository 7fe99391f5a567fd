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
_PAIR_ENDS: Final = np.uint64((1 << 18) - 1)  # the end of a pair's hash, by which six in seven are known to be unknown
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


class Reach(NamedTuple):
    """The tokens that can belong to a name, and the one after each, which a pair of words may bring in."""

    at: Ints
    open: Bools  # of each: whether it can by itself


class Tagger:
    """Tags documents. Holds the rows of the words it has met; not to be shared by threads."""

    def __init__(self, model: Tables) -> None:
        self.model = model
        self._new: list[Entry] = []
        self._words = array.array("Q", model.words.tobytes())  # for bisect
        known = len(model.common.words)
        size = COMMON_FIRST + known + (1 << 13)
        self._rows: Floats = np.zeros((size, ROWS, len(model.labels)), dtype=np.float32)  # a word's lie together
        self._rows[COMMON_FIRST : COMMON_FIRST + known] = model.common_rows.transpose(1, 0, 2)
        self._word_hash: npt.NDArray[np.uint64] = np.zeros(size, dtype=np.uint64)
        self._word_hash[COMMON_FIRST : COMMON_FIRST + known] = [feature_hash(w.lower()) for w in model.common.words]
        self._pair_ends = np.zeros(int(_PAIR_ENDS) + 1, dtype=np.bool_)
        self._pair_ends[(model.pair_keys & _PAIR_ENDS).astype(np.int64)] = True
        self._onto = np.ascontiguousarray(model.moves.T)
        self.vocabulary = Vocabulary(self._lookup, self._new.append, model.common)

    def tag(self, text: str) -> Tagged:
        """The names in `text`, before anything is compared over the document."""
        tokens = tokenize(text)
        context = read_context(self.vocabulary, tokens)
        if self._new:
            self._learn()
        reach = _reach(context)
        scores, near = self._scores(context, reach)
        labels = self._decode(scores, near, context, reach)
        shouted = context.capitals
        short = (context.flags & UPPER) > 0
        if shouted is not None:
            short &= ~shouted
        capital = np.flatnonzero(context.evidence)
        small = ((context.evidence[capital] - 1) & 2) > 0
        return Tagged(
            words=[token.strip() for token in tokens],
            ends=offsets(tokens).tolist(),
            spans=self._spans(context, reach, labels, scores),
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
            while number >= len(self._rows):
                self._rows = np.concatenate((self._rows, np.zeros_like(self._rows)))
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
        self._rows[[entry.number for entry in self._new]] = sums.reshape(-1, ROWS, sums.shape[1])
        self._new.clear()

    def _scores(self, context: Context, reach: Reach) -> tuple[Floats, Ints]:
        """The sum of all weights of every token in `reach` and label, transitions aside; which of them may be names."""
        model, vocabulary = self.model, self.vocabulary
        numbers = context.numbers.take(reach.at)
        before, after, before2, after2 = [around.take(reach.at) for around in neighbours(context, vocabulary)]
        rows = self._rows.reshape(-1, self._rows.shape[2])
        scores: Floats = rows.take(numbers * ROWS, axis=0)
        for row, around in enumerate((before, after, before2, after2), start=1):
            scores += rows.take(around * ROWS + row, axis=0)
        shape = vocabulary.shape.take(numbers)
        shape_before, shape_after = vocabulary.shape.take(before), vocabulary.shape.take(after)
        scores += model.shapes.take((shape_before * SHAPES + shape) * SHAPES + shape_after, axis=0)
        news = vocabulary.news.take(numbers)
        scores += model.news_right.take(vocabulary.news.take(before) * NEWS + news, axis=0)
        scores += model.news_left.take(news * NEWS + vocabulary.news.take(after), axis=0)
        evidences = context.evidence.take(reach.at)
        capital = np.flatnonzero(evidences)
        evidence = evidences.take(capital).astype(np.int64)
        added = model.evidence.take(evidence, axis=0)
        added += model.evidence_coarse.take(evidence * COARSE + vocabulary.coarse.take(numbers.take(capital)), axis=0)
        added += model.evidence_news.take(evidence * NEWS + news.take(capital), axis=0)
        scores[capital] += added
        return scores, self._add_pairs(scores, numbers, before, context, reach)

    def _add_pairs(self, scores: Floats, numbers: Ints, before: Ints, context: Context, reach: Reach) -> Ints:
        """Adds what two neighbouring words say together, wherever a name is not out of the question: there.

        All but `context` are of the tokens in `reach`, and so is the answer.
        """
        model = self.model
        near = _lead(scores) < PAIR_MARGIN
        near &= reach.open
        near[1:] |= near[:-1]
        asked = at = np.flatnonzero(near)
        pairs = pair_hash(self._word_hash.take(before.take(at)), self._word_hash.take(numbers.take(at)))
        maybe = np.flatnonzero(self._pair_ends.take((pairs & _PAIR_ENDS).astype(np.int64)))
        at, pairs = at.take(maybe), pairs.take(maybe)
        found = np.searchsorted(model.pair_keys, pairs)
        found[found == len(model.pair_keys)] = 0
        hits = np.flatnonzero(model.pair_keys.take(found) == pairs)
        at, found = at.take(hits), found.take(hits)
        scores[at] += model.pair_right.take(found, axis=0)
        there = reach.at.take(at)
        inner = ~context.starts.take(there)
        inner &= reach.at[at - 1] == there - 1
        scores[at[inner] - 1] += model.pair_left.take(found[inner], axis=0)
        return asked

    def _decode(self, scores: Floats, near: Ints, context: Context, reach: Reach) -> Ints:
        """The best label of every token in `reach`; only those `near` to being names are looked at."""
        labels = np.zeros(len(scores), dtype=np.int64)
        places = reach.at.take(near)
        likely = np.flatnonzero(
            (_lead(scores.take(near, axis=0)) < MARGIN) & ((context.flags.take(places) & NEWLINE) == 0)
        )
        at, places = near.take(likely), places.take(likely)
        if not len(at):
            return labels
        starts = context.starts
        breaks = (places[1:] - places[:-1] > 1) | starts.take(places[1:])
        firsts = np.concatenate((_ZERO, np.flatnonzero(breaks) + 1))
        lengths = np.concatenate((firsts[1:], [len(at)])) - firsts
        order = np.argsort(-lengths, kind="stable")
        begin, lengths = at[firsts[order]], lengths[order]
        active = np.searchsorted(-lengths, -np.arange(1, int(lengths[0]))).tolist()  # stretches longer than 1, 2, …
        moves = self.model.moves
        kinds = len(moves)
        within = ~starts.take(reach.at.take(begin))  # a sentence: what is before is no name
        best = scores.take(begin, axis=0) + moves[0] * within[:, None]
        final = best.copy()
        back: list[tuple[int, Ints, Ints]] = []
        rows = np.arange(0, len(begin) * kinds * kinds, kinds)
        for step, count in enumerate(active, start=1):
            ways = best[:count, None, :] + self._onto
            choice = ways.argmax(axis=2).ravel()
            there = begin[:count] + step
            back.append((count, choice, there - 1))
            best = ways.take(rows[: len(choice)] + choice).reshape(count, kinds)
            best += scores.take(there, axis=0)
            final[:count] = best
        last = begin + lengths
        follows = ~np.concatenate((starts, _TRUE)).take(reach.at.take(last - 1) + 1)
        here = (final + moves[:, 0] * follows[:, None]).argmax(axis=1)
        labels[last - 1] = here
        for count, choice, there in reversed(back):
            here[:count] = choice.take(rows[:count] + here[:count])
            labels[there] = here[:count]
        return labels

    def _spans(
        self, context: Context, reach: Reach, reached: Ints, scores: Floats
    ) -> list[tuple[int, int, str, float]]:
        """The names: `reached` are the labels of the tokens in `reach`, `scores` their weights."""
        named = np.flatnonzero(reached)
        if not len(named):
            return []
        labels = np.zeros(len(context.numbers), dtype=np.int64)
        labels[reach.at] = reached
        at = reach.at.take(named)
        kinds = labels[at]
        moves = self.model.moves
        around = scores.take(named, axis=0)
        around += moves.take(labels.take(at - 1, mode="wrap"), axis=0)
        around += self._onto.take(labels.take(at + 1, mode="clip"), axis=0)
        around -= around.max(axis=1, keepdims=True)
        np.exp(around, out=around)
        certain = around[np.arange(len(at)), kinds] / around.sum(axis=1)
        apart = (at[1:] - at[:-1] != 1) | (kinds[1:] != kinds[:-1]) | context.starts.take(at[1:])
        begins = np.concatenate((_ZERO, np.flatnonzero(apart) + 1))
        ends = np.concatenate((begins[1:], [len(at)])) - 1
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


def _reach(context: Context) -> Reach:
    """Capitalised words and what stands up to two words from one: nothing else belongs to a name."""
    capital = context.evidence > 0
    beside = capital.copy()
    for distance in (1, 2):
        beside[distance:] |= capital[:-distance]
        beside[:-distance] |= capital[distance:]
    beside &= (context.flags & NEWLINE) == 0
    reach = beside.copy()
    reach[1:] |= beside[:-1]
    at = np.flatnonzero(reach)
    return Reach(at, beside.take(at))
