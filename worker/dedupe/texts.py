"""The features of the published texts, by slot, in blocks that are forgotten whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from worker.dedupe.record import RESIDENT

if TYPE_CHECKING:
    from worker.dedupe.record import Records

BLOCK = 4096


class Texts:
    def __init__(self) -> None:
        self._blocks: dict[int, Records] = {}
        self.next = 0

    def append(self, records: Records) -> None:
        """Add records (of RESIDENT) at the next slots."""
        done = 0
        while done < len(records):
            number, at = divmod(self.next, BLOCK)
            block = self._blocks.get(number)
            if block is None:
                block = self._blocks[number] = np.zeros(BLOCK, RESIDENT)
            part = records[done : done + BLOCK - at]
            block[at : at + len(part)] = part
            done += len(part)
            self.next += len(part)

    def skip(self, slots: int) -> None:
        """Count slots whose records are not wanted any more."""
        self.next += slots

    def gather(self, slots: npt.NDArray[np.int64]) -> Records:
        """The records of the slots, in their order; zeros (no text) for those that are forgotten."""
        numbers = slots // BLOCK
        first = int(numbers[0]) if len(numbers) else 0
        if len(numbers) and (numbers == first).all() and first in self._blocks:
            return self._blocks[first][slots % BLOCK]
        out = np.zeros(len(slots), RESIDENT)
        for number in np.unique(numbers).tolist():
            block = self._blocks.get(number)
            if block is not None:
                here = numbers == number
                out[here] = block[slots[here] % BLOCK]
        return out

    def forget_before(self, slot: int) -> None:
        for number in [n for n in self._blocks if (n + 1) * BLOCK <= slot]:
            del self._blocks[number]

    @property
    def nbytes(self) -> int:
        return sum(block.nbytes for block in self._blocks.values())
