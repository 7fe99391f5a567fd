"""The best labels of stretches of tokens, all stretches at once, in whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from worker.enrich.tokens import Ints

Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int32]

NEVER: Final = -(1 << 20)
_CODE: Final = 7  # the low bits of a score on the way: the label before as the number that says what wins a tie
_CODES: Final = np.array([1, 7, 6, 5, 4, 3, 2, 0], dtype=np.int32)  # "no name" loses to names
_LABELS: Final = _CODES.argsort()


def ways(moves: npt.NDArray[np.int16], width: int) -> Whole:
    """The weights of moves between labels as `best_labels` wants them, filled up to `width` labels."""
    table = np.full((width, width), NEVER << 3, dtype=np.int32)
    table[: len(moves), : len(moves)] = moves.astype(np.int32) << 3
    return table + _CODES[:width, None]


def best_labels(
    scores: npt.NDArray[np.int16], begins: Ints, lengths: Ints, within: Bools, follows: Bools, table: Whole
) -> Ints:
    """The label of every token of `scores`: rows of stretches.

    `within` and `follows` say of each stretch whether a token without a name stands before and after it.
    """
    steps = scores.T.astype(np.int32, order="C") << 3  # by label, which is the faster order
    order = (-lengths).argsort()
    begins, lengths = begins.take(order), lengths.take(order)
    longest = int(lengths[0])
    active = (len(begins) - np.bincount(lengths, minlength=longest + 1).cumsum()).tolist()  # longer than 0, 1, 2, …
    enter, leave = table[0] & ~_CODE, table[:, 0] & ~_CODE
    best = steps.take(begins, axis=1) + enter[:, None] * within.take(order)
    final = best
    across = table[:, :, None]
    back: list[Whole] = []
    for step in range(1, longest):
        count = active[step]
        reached = (best[:, None, :count] + across).max(axis=0)
        back.append(reached)
        best = (reached & ~_CODE) + steps.take(begins[:count] + step, axis=1)
        final[:, :count] = best
    final += leave[:, None] * follows.take(order)
    here = _LABELS.take((final + _CODES[:, None]).max(axis=0) & _CODE)
    labels = np.zeros(len(scores), dtype=np.int64)
    labels[begins + lengths - 1] = here
    columns = np.arange(len(begins))
    for step in range(longest - 1, 0, -1):
        reached = back[step - 1]
        count = reached.shape[1]
        chosen = _LABELS.take(reached.ravel().take(here[:count] * count + columns[:count]) & _CODE)
        here[:count] = chosen
        labels[begins[:count] + step - 1] = chosen
    return labels
