"""Holes in the chains: partitions whose next raw record is missing while later ones arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from worker.stream.hooks import Hooks


class _Hole(msgspec.Struct):
    watermark: int
    since: float
    alarmed: float


class Holes:
    """A short hole is usual while readers change; one that stays open for `alarm_seconds` needs a person."""

    def __init__(self, hooks: Hooks, topic: str, alarm_seconds: float) -> None:
        self._hooks = hooks
        self._topic = topic
        self._alarm_seconds = alarm_seconds
        self._open: dict[int, _Hole] = {}

    def opened(self, partition: int, watermark: int, now: float) -> None:
        """A record beyond the hole was dropped."""
        hole = self._open.get(partition)
        if hole is None or hole.watermark != watermark:
            self._open[partition] = _Hole(watermark=watermark, since=now, alarmed=0.0)
            self._hooks.event("hole_opened", topic=self._topic, partition=partition, watermark=watermark)

    def closed(self, partition: int) -> None:
        """The missing record came."""
        hole = self._open.pop(partition, None)
        if hole is not None:
            self._hooks.ahead(partition, hole.watermark, 0.0)
            self._hooks.event("hole_closed", topic=self._topic, partition=partition, watermark=hole.watermark)

    def report(self, now: float) -> None:
        """Tell how long each hole is open; raise the alarm for those that last, once a period."""
        for partition, hole in self._open.items():
            seconds = now - hole.since
            self._hooks.ahead(partition, hole.watermark, seconds)
            if seconds >= self._alarm_seconds and now - hole.alarmed >= self._alarm_seconds:
                hole.alarmed = now
                self._hooks.alarm(
                    "hole_stays_open",
                    topic=self._topic,
                    partition=partition,
                    watermark=hole.watermark,
                    seconds=round(seconds),
                    remedy=f"stop the readers, set their group's offset of partition {partition} to {hole.watermark}, "
                    "start them",
                )
