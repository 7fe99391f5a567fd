"""What the loops report goes to the log, the metrics and the liveness: the production side of `stream.hooks.Hooks`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from worker.ops.logging import logger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.ops.liveness import Liveness
    from worker.ops.metrics import Metrics

READY_STATES = ("standby", "active", "reading")


class Reporter:
    """Satisfies `Hooks`. Every call is cheap and returns at once; the loops and their helper threads share it."""

    def __init__(self, metrics: Metrics, liveness: Liveness) -> None:
        self._metrics = metrics
        self._liveness = liveness
        self._log = logger()
        self.current_state = "starting"

    @property
    def ready(self) -> bool:
        """Whether the process does what it is there for; a hot standby does."""
        return self.current_state in READY_STATES

    def at(self, step: str) -> None:
        """Nothing, in production."""

    def beat(self) -> None:
        self._liveness.beat(time.monotonic())

    def progress(self, topic: str, partition: int, position: int, end: int) -> None:
        self._liveness.progress(topic, partition, position, end, time.monotonic())
        self._metrics.progress(topic, partition, position, end)

    def released(self, topic: str, partitions: Sequence[int]) -> None:
        self._liveness.released(topic, partitions)
        self._metrics.released(topic, partitions)

    def state(self, state: str) -> None:
        if state != self.current_state:
            self._log.info("state_changed", before=self.current_state, now=state)
        self.current_state = state
        self._metrics.state(state)

    def outcomes(self, kind: str, format: str, source: str, code: str, count: int) -> None:  # noqa: A002
        self._metrics.outcomes(kind, format, source, code, count)

    def read(self, records: int, bytes: int) -> None:  # noqa: A002
        self._metrics.read(records, bytes)

    def seconds(self, what: str, seconds: float, count: int = 1) -> None:
        self._metrics.seconds(what, seconds, count)

    def dropped(self, why: str, partition: int, count: int) -> None:
        del partition
        self._metrics.dropped(why, count)

    def ahead(self, partition: int, watermark: int, seconds: float) -> None:
        del watermark
        self._metrics.ahead(partition, seconds)

    def measures(self, measures: Mapping[str, float]) -> None:
        for name, value in measures.items():
            self._metrics.index(name, value)

    def event(self, name: str, **fields: object) -> None:
        self._log.info(name, **fields)

    def alarm(self, name: str, **fields: object) -> None:
        self._log.error(name, **fields)
        self._metrics.alarm(name)
