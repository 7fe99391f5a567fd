"""A histogram that takes many equal observations at once: a batch's seconds over its stories."""

from __future__ import annotations

import bisect
import threading
from typing import TYPE_CHECKING

from prometheus_client.core import HistogramMetricFamily

if TYPE_CHECKING:
    from collections.abc import Iterator

# Seconds: from a stage of one short story to a restore of a large index.
BUCKETS = (
    0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
    0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
)  # fmt: skip


class Durations:
    """A collector for prometheus_client: one histogram with one label (or none, `label=""`)."""

    def __init__(self, name: str, documentation: str, label: str = "") -> None:
        self._name, self._documentation, self._label = name, documentation, label
        self._lock = threading.Lock()
        self._counts: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def observe(self, seconds: float, count: int = 1, label: str = "") -> None:
        """`seconds` stand for `count` events: each took the mean."""
        if count <= 0:
            return
        bucket = bisect.bisect_left(BUCKETS, seconds / count)
        with self._lock:
            counts = self._counts.setdefault(label, [0] * (len(BUCKETS) + 1))
            counts[bucket] += count
            self._sums[label] = self._sums.get(label, 0.0) + seconds

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """Called by the registry at every scrape."""
        labels = [self._label] if self._label else []
        family = HistogramMetricFamily(self._name, self._documentation, labels=labels)
        with self._lock:
            for label, counts in self._counts.items():
                total, buckets = 0, []
                for bound, count in zip((*map(str, map(float, BUCKETS)), "+Inf"), counts, strict=True):
                    total += count
                    buckets.append((bound, total))
                family.add_metric([label] if self._label else [], buckets, self._sums[label])
        yield family
