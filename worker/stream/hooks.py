"""Through which the loops say what they do. Logs, metrics and the watchdog listen; the loops know none of them.

`at` names the steps of both loops. It does nothing in production; the fault tests end or stop the process there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

READER_STEPS = (
    "reader.polled",
    "reader.read",
    "reader.half-sent",
    "reader.sent",
    "reader.acknowledged",
    "reader.committed",
)
"""Between these the reader can be killed without loss: see tests/chaos."""

JUDGE_STEPS = (
    "judge.hot",
    "judge.elected",
    "judge.fenced",
    "judge.restored",
    "judge.polled",
    "judge.judged",
    "judge.half-sent",
    "judge.sent",
    "judge.flushed",
    "judge.committed",
)
"""The same for the judge."""

State = Literal["starting", "standby", "active", "reading", "stopping"]
OutcomeKind = Literal["published", "duplicate", "dead_letter"]


class Hooks(Protocol):
    """Implemented by `worker.ops`; every call is cheap and returns at once."""

    def at(self, step: str) -> None:
        """A step of the loop is reached (see READER_STEPS, JUDGE_STEPS)."""

    def beat(self) -> None:
        """The loop went round once, with or without records. What the watchdog's loop deadline counts from."""

    def progress(self, topic: str, partition: int, position: int, end: int) -> None:
        """An assigned partition. `position`: offset of the next record to handle; `end`: high watermark; their
        difference is the lag. Called for every assigned partition at every round, so that one that stands still
        with lag is seen.
        """

    def released(self, topic: str, partitions: Sequence[int]) -> None:
        """These partitions are no longer assigned to this process."""

    def state(self, state: State) -> None:
        """What the process is now. A reader is "reading" once it has joined its group."""

    def outcomes(self, kind: OutcomeKind, format: str, source: str, code: str, count: int) -> None:  # noqa: A002
        """Outcomes committed. `code`: relation of a published story, kind of a duplicate, code of a dead letter."""

    def read(self, records: int, bytes: int) -> None:  # noqa: A002
        """Raw records handled and committed by a reader."""

    def seconds(self, what: str, seconds: float, count: int = 1) -> None:
        """A duration. `what`: "batch", "transaction", "commit", "acknowledge", "restore", "end_to_end", "stage:<name>"
        ("stage:read", "stage:normalise", …). `count`: how many records or stories it stands for.
        """

    def dropped(self, why: Literal["repeat", "ahead"], partition: int, count: int) -> None:
        """Stories records that the judge left out: already judged, or ahead of a hole."""

    def ahead(self, partition: int, watermark: int, seconds: float) -> None:
        """The partition's chain has had a hole at `watermark` for `seconds` (0 = it closed). An alarm when it lasts."""

    def measures(self, measures: Mapping[str, float]) -> None:
        """Gauges of the judge's index (see `Judge.measures`) and `order`."""

    def event(self, name: str, **fields: object) -> None:
        """Something happened, in the past tense, for the log."""

    def alarm(self, name: str, **fields: object) -> None:
        """Something happened that a person should see: logged as an error and counted."""


class NoHooks:
    """Hooks that do nothing."""

    def at(self, step: str) -> None: ...
    def beat(self) -> None: ...
    def progress(self, topic: str, partition: int, position: int, end: int) -> None: ...
    def released(self, topic: str, partitions: Sequence[int]) -> None: ...
    def state(self, state: State) -> None: ...
    def outcomes(self, kind: OutcomeKind, format: str, source: str, code: str, count: int) -> None: ...  # noqa: A002
    def read(self, records: int, bytes: int) -> None: ...  # noqa: A002
    def seconds(self, what: str, seconds: float, count: int = 1) -> None: ...
    def dropped(self, why: Literal["repeat", "ahead"], partition: int, count: int) -> None: ...
    def ahead(self, partition: int, watermark: int, seconds: float) -> None: ...
    def measures(self, measures: Mapping[str, float]) -> None: ...
    def event(self, name: str, **fields: object) -> None: ...
    def alarm(self, name: str, **fields: object) -> None: ...
