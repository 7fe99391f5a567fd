"""A judge that knows only what came through the same partition, as most systems do. The fault tests must fail it."""

from __future__ import annotations

import msgspec

from worker.dedupe import Judge
from worker.judging import Judging
from worker.story import Candidate


class PartitionLocalJudging(Judging):
    """One memory a partition; they share the running number."""

    def __init__(self) -> None:
        super().__init__(Judge())
        self._of: dict[int, Judging] = {}

    def decide(self, readings):
        outcomes = []
        for reading in readings:
            partition = -1
            if isinstance(reading, Candidate):
                partition = msgspec.json.decode(reading.story)["wire"]["raw"]["partition"]
            local = self._of.setdefault(partition, Judging(Judge()))
            local.order = self.order
            outcomes += local.decide([reading])
            self.order += 1
        return outcomes
