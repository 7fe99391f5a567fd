"""The name tagger: a linear-chain CRF decoded in numpy. How it is trained: deploy/models/README.md.

A token's weights are worked out when it is first met and kept as rows; a document is then one gather and a sum.
Viterbi (viterbi.py) runs only over stretches where "no name" does not win by `MARGIN`. Weights are whole steps.
"""

from __future__ import annotations

import array
import itertools
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from worker.enrich.context import EVIDENCE_ROW, POSITIONS, Context, read_context
from worker.enrich.crf_model import COARSE as COARSES
from worker.enrich.crf_model import NEWS as NEWSES
from worker.enrich.crf_model import ROWS, SALTS, WIDTH, Steps, Tables, feature_hash, pair_halves
from worker.enrich.features import SHAPES, Lexeme, word_features
from worker.enrich.viterbi import NEVER, best_labels, ways
from worker.enrich.vocabulary import (
    COARSE,
    COMMON_FIRST,
    COUNT,
    END,
    LEFT,
    NEWS,
    NUMBER,
    PAD,
    RIGHT,
    SHAPE,
    START,
    UPPERS,
    Entry,
    Vocabulary,
    joined,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.enrich.tokens import Ints

MARGIN: Final = 4.5  # how far "no name" must lead for a token to be left out of the search
_PAIR_ENDS: Final = (1 << 18) - 1  # the end of a pair's hash, by which most are known to be unknown
_OUT: Final = -8000  # what a line break is worth as a name
# The numbers of a token's rows of weights, each a sum of terms: (row of `info`, steps away, factor).
_TERMS: Final = (
    *([(NUMBER, position, ROWS)] for position in POSITIONS),
    [(SHAPE, -1, SHAPES * SHAPES), (SHAPE, 0, SHAPES), (SHAPE, 1, 1)],
    [(NEWS, -1, NEWSES), (NEWS, 0, 1)],
    [(NEWS, 0, NEWSES), (NEWS, 1, 1)],
    [(EVIDENCE_ROW, 0, COARSES), (COARSE, 0, 1)],
    [(EVIDENCE_ROW, 0, NEWSES), (NEWS, 0, 1)],
)
_TERM_ROWS, _TERM_PLACES, _TERM_FACTORS = np.array([term for terms in _TERMS for term in terms]).T[:, :, None]
_TERM_FIRSTS: Final = np.cumsum([0, *map(len, _TERMS[:-1])])


class Tagged(NamedTuple):
    """A tagged text: its tokens, and the names in it as the model sees them one by one."""

    words: list[str]  # tokens without blanks, "" (twice) for a line break and at both ends
    ends: list[int]  # code points; of no meaning for ""
    # first token, last (excluded), kind, the probability of the least certain token
    spans: list[tuple[int, int, str, float]]
    capital: list[int]  # tokens with a capital
    small: frozenset[int]  # those of them that the text also has in small letters
    shorts: list[int]  # tokens of capitals only, outside lines of capitals
    shouted: bool  # some line is all capitals

    def start(self, token: int) -> int:
        return self.ends[token] - len(self.words[token])


class Tagger:
    """Tags documents. Holds the rows of the words it has met; not to be shared by threads."""

    def __init__(self, model: Tables) -> None:
        self.model = model
        self._new: list[Entry] = []
        self._lexicon = array.array("Q", model.words.tobytes())  # for bisect
        dense = (model.shapes, model.news_right, model.news_left, model.evidence_coarse, model.evidence_news)
        *begins, self._first = np.cumsum([0, *map(len, dense)]).tolist()  # where each begins, and words do
        self._firsts = np.array([self._first + row for row in range(ROWS)] + begins)[:, None]
        spare = np.zeros((ROWS * (1 << 13), WIDTH), dtype=np.int16)
        unknown = np.zeros((ROWS * COMMON_FIRST, WIDTH), dtype=np.int16)
        self._rows: Steps = np.concatenate((*dense, unknown, model.common_rows, spare))
        self._pair_ends = np.zeros(_PAIR_ENDS + 1, dtype=np.bool_)
        self._pair_ends[model.pair_keys & _PAIR_ENDS] = True
        self._margin = -round(MARGIN / model.step)
        self._table = ways(model.moves, WIDTH)
        moves = np.full((WIDTH, WIDTH), NEVER, dtype=np.float32)
        moves[: len(model.moves), : len(model.moves)] = model.moves
        self._moves, self._onto = moves, np.ascontiguousarray(moves.T)
        self.vocabulary = Vocabulary(self._lookup, self._new.append, model.common)
        part = slice(COMMON_FIRST, COMMON_FIRST + len(model.common.words))
        self._hashed(part, [word.lower() for word in model.common.words])

    def tag(self, text: str) -> Tagged:
        """The names in `text`, before anything is compared over the document."""
        return self.tag_all([text])[0]

    def tag_all(self, texts: Sequence[str]) -> list[Tagged]:
        """The same of several texts at once: each as if it were alone."""
        vocabulary = self.vocabulary
        vocabulary.make_room()
        readings = [vocabulary.read(text) for text in texts]
        if self._new:
            self._learn()
        reading = joined(readings)
        *begins, _ = bounds = list(itertools.accumulate((len(each.numbers) for each in readings), initial=0))
        context = read_context(vocabulary, reading, begins)
        if self._new:  # words as parts of lines of capitals
            self._learn()
            context = read_context(vocabulary, reading, begins)
        at = _reach(context)
        spans = self._spans(context, at, self._scores(context, at))
        tokens = context.places.searchsorted(context.capital)
        short = context.info[COUNT].take(context.capital) == UPPERS
        if context.capitals is not None:
            short &= ~context.capitals.take(context.capital)
        small = tokens[((context.evidence - 1) & 2) > 0]
        shouted = () if context.capitals is None else context.places.searchsorted(np.flatnonzero(context.capitals))
        parts = [_parts(each, bounds) for each in (tokens, small, tokens[short], np.array(shouted, dtype=np.int64))]
        firsts = [span[0] for span in spans]
        words = vocabulary.words.__getitem__
        return [
            Tagged(
                words=list(map(words, each.numbers.tolist())),
                ends=each.ends().tolist(),
                spans=[
                    (first - begin, last - begin, kind, sure)
                    for first, last, kind, sure in spans[bisect_left(firsts, begin) : bisect_left(firsts, end)]
                ],
                capital=capital,
                small=frozenset(lower),
                shorts=shorts,
                shouted=bool(loud),
            )
            for each, begin, end, capital, lower, shorts, loud in zip(readings, begins, bounds[1:], *parts, strict=True)
        ]

    def _lookup(self, word: str) -> Lexeme | None:
        wanted = feature_hash(word)
        at = bisect_left(self._lexicon, wanted)
        if at < len(self._lexicon) and self._lexicon[at] == wanted:
            return Lexeme(*self.model.lexemes[at].tolist())
        return None

    def _hashed(self, numbers: slice | Ints, words: list[str]) -> None:
        """Notes what words put into the hashes of pairs."""
        info = self.vocabulary.info
        info[numbers, LEFT], info[numbers, RIGHT] = pair_halves(np.array(list(map(feature_hash, words)), np.uint64))

    def _learn(self) -> None:
        """The weight rows of new words, all at once."""
        hashes: list[int] = []
        starts: list[int] = []
        for _, word, upper, known, form in self._new:
            own, near, far = word_features(word, known, form, upper=upper)
            hashed = list(map(feature_hash, own))
            closer, further = hashed[:near], hashed[:far]
            for part, salt in zip((hashed, closer, closer, further, further), SALTS, strict=True):
                starts.append(len(hashes))
                hashes += [value ^ salt for value in part]
        wanted = np.array(hashes, dtype=np.uint64)
        at = np.searchsorted(self.model.keys, wanted)
        at[at == len(self.model.keys)] = 0
        at[self.model.keys[at] != wanted] = len(self.model.keys)
        sums = np.add.reduceat(self.model.weights[at], starts, axis=0)
        numbers = np.array([entry.number for entry in self._new])
        self._hashed(numbers, [entry.word.lower() for entry in self._new])
        while self._first + (int(numbers.max()) + 1) * ROWS > len(self._rows):
            words = self._rows[self._first :]
            self._rows = np.concatenate((self._rows, np.zeros_like(words)))
        rows = self._rows[self._first :].reshape(-1, ROWS, WIDTH)
        rows[numbers] = sums.reshape(-1, ROWS, WIDTH)
        if not numbers[0]:  # the vocabulary is new
            rows[PAD] = rows[[START, START, END, START, END], range(ROWS)]
            rows[PAD, 0] = _OUT
            self.vocabulary.info[PAD, LEFT] = self.vocabulary.info[START, LEFT]
        self._new.clear()

    def _scores(self, context: Context, at: Ints) -> Steps:
        """The sum of all weights of the tokens at `at` and label, transitions aside."""
        length = len(context.numbers)
        terms = context.info.ravel().take(at + (_TERM_ROWS * length + _TERM_PLACES))
        terms *= _TERM_FACTORS
        wanted = np.add.reduceat(terms, _TERM_FIRSTS, axis=0)
        wanted += self._firsts
        scores: Steps = self._rows.take(wanted, axis=0).sum(axis=0, dtype=np.int16)
        self._add_pairs(scores, context, at)
        return scores

    def _add_pairs(self, scores: Steps, context: Context, at: Ints) -> None:
        """Adds what two neighbouring words say together."""
        model, info = self.model, context.info
        pairs = info[LEFT].take(at - 1) ^ info[RIGHT].take(at)
        maybe = np.flatnonzero(self._pair_ends.take(pairs & _PAIR_ENDS))
        pairs = pairs.take(maybe)
        found = model.pair_keys.searchsorted(pairs)
        hits = np.flatnonzero(model.pair_keys.take(found, mode="clip") == pairs)
        here, found = maybe.take(hits), found.take(hits)
        scores[here] += model.pair_right.take(found, axis=0)
        inner = np.flatnonzero(at.take(here - 1) == at.take(here) - 1)
        scores[here.take(inner) - 1] += model.pair_left.take(found.take(inner), axis=0)

    def _spans(self, context: Context, reach: Ints, scores: Steps) -> list[tuple[int, int, str, float]]:
        """The names by the weights of the tokens at `reach`."""
        likely = np.flatnonzero(scores.T.copy()[1:].max(axis=0) > self._margin)  # by label: faster
        if not len(likely):
            return []
        at, scores = reach.take(likely), scores.take(likely, axis=0)
        numbers = context.numbers
        firsts, sizes = _stretches(at[1:] - at[:-1] != 1)
        first = at.take(firsts)
        within, follows = numbers.take(first - 1) != PAD, numbers.take(first + sizes) != PAD
        found = best_labels(scores, firsts, sizes, within, follows, self._table)
        named = np.flatnonzero(found)
        if not len(named):
            return []
        labels = np.zeros(len(numbers), dtype=np.int64)
        labels[at] = found
        at, kinds = at.take(named), found.take(named)
        around = scores.take(named, axis=0) + self._moves.take(labels.take(at - 1), axis=0)
        around += self._onto.take(labels.take(at + 1), axis=0)
        around -= around[np.arange(len(at)), kinds, None]
        doubt = np.exp(around * self.model.step).sum(axis=1)
        begins, sizes = _stretches((at[1:] - at[:-1] != 1) | (kinds[1:] != kinds[:-1]))
        most = np.maximum.reduceat(doubt, begins)
        tokens = context.places.searchsorted(at.take(begins))
        names = map(self.model.labels.__getitem__, kinds.take(begins).tolist())
        return list(zip(tokens.tolist(), (tokens + sizes).tolist(), names, (1 / most).tolist(), strict=True))


def _stretches(apart: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Where stretches begin and how long they are, by whether each thing is apart from the one before it."""
    edges = np.flatnonzero(np.concatenate((_EDGE, apart, _EDGE)))
    begins = edges[:-1]
    return begins, edges[1:] - begins


_EDGE: Final = np.ones(1, dtype=np.bool_)


def _parts(tokens: Ints, bounds: list[int]) -> list[list[int]]:
    """Tokens, ascending, by the text that they stand in, counted from its beginning."""
    cuts = tokens.searchsorted(bounds).tolist()
    return [(tokens[first:last] - begin).tolist() for first, last, begin in zip(cuts, cuts[1:], bounds, strict=False)]


def _reach(context: Context) -> Ints:
    """Capitalised words and what stands up to three words from one: nothing else belongs to a name."""
    near = np.zeros(len(context.numbers) + 1, dtype=np.bool_)
    near[context.capital + _NEAR] = True
    near[:-1] &= context.numbers != PAD
    return np.flatnonzero(near[:-1])


_NEAR: Final = np.arange(-2, 4)[:, None]
