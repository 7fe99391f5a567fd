"""The metrics of one process, in one registry. Names follow Prometheus: `_total`, `_seconds`, base units.

The lag has the name that existing dashboards expect: `kafka_consumergroup_lag{consumergroup,topic,partition}`.
"""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from worker import __version__
from worker.ops.durations import Durations

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCES_MAX = 100
SOURCE_CHARS_MAX = 64
STATES = ("starting", "standby", "active", "reading", "stopping")

ALARMS: Final = (
    "committed_transaction_left_open",
    "hole_stays_open",
    "raw_range_lost",
    "raw_range_skipped",
    "raw_topic_recreated",
    "stories_range_lost",
    "stories_topic_recreated",
    "watchdog_ended_process",
)
"""They stand at 0 from the start: a rise from nothing to 1 is none for Prometheus."""

INDEX: Final = {
    "entries": ("entries", "Published stories that the judge remembers.", 1),
    "texts": ("texts", "Texts that a new one can be compared with.", 1),
    "texts_unreadable": ("texts_unreadable", "Remembered texts of another algorithm version: never compared.", 1),
    "keys": ("keys", "Lookup keys of those texts.", 1),
    "postings": ("postings", "Places that the lookup keys lead to.", 1),
    "bytes": ("bytes", "Memory that the index takes.", 1),
    "latest_event_ms": ("latest_event_timestamp_seconds", "Latest event time of a story, since the epoch.", 0.001),
    "horizon_days": ("text_horizon_seconds", "How long a text stays comparable, in event time.", 86_400),
    "age_days": ("span_seconds", "From the oldest story that is remembered to the latest, in event time.", 86_400),
    "order": ("order", "wire.order of the next outcome.", 1),
}
"""The judge's measure -> name behind `worker_index_`, help, and what makes a base unit of it."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # each would stand beside its counter, as a second series


class BoundedLabel:
    """Lets the first `values_max` values of a label pass; later ones become "other". Headers may name any source."""

    def __init__(self, values_max: int = SOURCES_MAX) -> None:
        self._values_max = values_max
        self._seen: set[str] = set()

    def __call__(self, value: str) -> str:
        value = value[:SOURCE_CHARS_MAX] or "unknown"
        if value not in self._seen:
            if len(self._seen) >= self._values_max:
                return "other"
            self._seen.add(value)
        return value


class Metrics:
    """Every metric a reader or a judge has. `group`: its consumer group, for the lag."""

    def __init__(self, group: str) -> None:
        self.registry = CollectorRegistry()
        self._group = group
        self._source = BoundedLabel()
        of = self.registry
        self._outcomes = Counter(
            "worker_outcomes",
            "Committed outcomes. code: relation of a published story, kind of a duplicate, code of a dead letter.",
            ["outcome", "format", "source", "code"],
            registry=of,
        )
        self._records = Counter("worker_raw_records", "Raw records read and committed.", registry=of)
        self._bytes = Counter("worker_raw_bytes", "Bytes of the raw records read and committed.", registry=of)
        self._dropped = Counter(
            "worker_dropped_records",
            "Read records that the judge left out: repeat, judged before; ahead, behind a hole, they come again.",
            ["why"],
            registry=of,
        )
        self._alarms = Counter("worker_alarms", "Events that a person should see.", ["alarm"], registry=of)
        self._lag = _per_partition("kafka_consumergroup_lag", "High watermark minus position.", of)
        self._position = _per_partition("kafka_consumergroup_current_offset", "Offset of the next record.", of)
        self._ahead = Gauge(
            "worker_partition_hole_seconds", "How long a partition's chain has had a hole.", ["partition"], registry=of
        )
        self._state = Gauge("worker_state", "1 for the state the process is in.", ["state"], registry=of)
        self._active = Gauge("worker_active", "1 while this judge is the active one.", registry=of)
        self._index: dict[str, Gauge] = {}
        build = Gauge("worker_build_info", "What is running.", ["version", "python", "kafka_python"], registry=of)
        build.labels(__version__, platform.python_version(), version("kafka-python")).set(1)
        self._steps = Durations("worker_step_seconds", "A batch, and the steps of its settlement.", "step")
        self._stages = Durations("worker_stage_seconds", "One story through one stage of reading.", "stage")
        self._end_to_end = Durations(
            "worker_end_to_end_seconds", "From the raw record's time to the commit of its outcome."
        )
        for durations in (self._steps, self._stages, self._end_to_end):
            of.register(durations)
        for alarm in ALARMS:
            self._alarms.labels(alarm)
        for why in ("repeat", "ahead"):
            self._dropped.labels(why)
        ProcessCollector(registry=of)
        self.state("starting")

    def outcomes(self, outcome: str, format: str, source: str, code: str, count: int) -> None:  # noqa: A002
        self._outcomes.labels(outcome, format or "unknown", self._source(source), code).inc(count)

    def read(self, records: int, size: int) -> None:
        self._records.inc(records)
        self._bytes.inc(size)

    def dropped(self, why: str, count: int) -> None:
        self._dropped.labels(why).inc(count)

    def alarm(self, name: str) -> None:
        self._alarms.labels(name).inc()

    def progress(self, topic: str, partition: int, position: int, end: int) -> None:
        labels = (self._group, topic, str(partition))
        self._lag.labels(*labels).set(max(0, end - position))
        self._position.labels(*labels).set(position)

    def released(self, topic: str, partitions: Sequence[int]) -> None:
        """A partition that is another process's now must not stand here with its last lag for ever."""
        for partition in partitions:
            for gauge in (self._lag, self._position):
                try:
                    gauge.remove(self._group, topic, str(partition))
                except KeyError:
                    continue

    def ahead(self, partition: int, seconds: float) -> None:
        self._ahead.labels(str(partition)).set(seconds)

    def state(self, state: str) -> None:
        for each in STATES:
            self._state.labels(each).set(each == state)
        self._active.set(state == "active")

    def index(self, measure: str, value: float) -> None:
        name, documentation, factor = INDEX[measure]
        if measure not in self._index:
            self._index[measure] = Gauge(f"worker_index_{name}", documentation, registry=self.registry)
        self._index[measure].set(value * factor)

    def seconds(self, what: str, seconds: float, count: int) -> None:
        """`what` as in `stream.hooks`: "stage:<name>", "end_to_end", or a step."""
        if what == "end_to_end":
            self._end_to_end.observe(seconds, count)
        elif what.startswith("stage:"):
            self._stages.observe(seconds, count, what.removeprefix("stage:"))
        else:
            self._steps.observe(seconds, count, what)

    def text(self) -> bytes:
        """The exposition in Prometheus's text format."""
        return generate_latest(self.registry)


def _per_partition(name: str, documentation: str, registry: CollectorRegistry) -> Gauge:
    return Gauge(name, documentation, ["consumergroup", "topic", "partition"], registry=registry)
