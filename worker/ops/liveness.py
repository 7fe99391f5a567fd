"""Whether a process still gets anywhere: its loop, and every assigned partition that has lag.

Rule of the room: pure; the time (monotonic, in seconds) is passed in.

A partition's standing still counts by a clock that runs only while records or high watermarks move somewhere in the
process, so that brokers that are away do not make a partition look stuck. Only after `stalled_seconds_max` without
any movement at all, with lag, is that a fault of its own.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGN_GAP_SECONDS_MAX = 5.0  # a longer gap between two movements does not count as time in which others advanced


class LivenessLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds after which standing still is a fault."""

    loop_seconds_max: float = 240.0
    partition_seconds_max: float = 120.0
    stalled_seconds_max: float = 900.0


class _Partition(msgspec.Struct):
    position: int
    end: int
    since: float  # when the position last moved, or the lag was last zero
    moving_since: float  # the same on the clock of movement


class Liveness:
    """Fed by the loop's thread, asked by the watchdog's and the probe's."""

    def __init__(self, limits: LivenessLimits, now: float) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._beat = now
        self._sign = now
        self._moving = 0.0
        self._partitions: dict[tuple[str, int], _Partition] = {}

    def beat(self, now: float) -> None:
        """The loop went round."""
        self._beat = now

    def progress(self, topic: str, partition: int, position: int, end: int, now: float) -> None:
        """Where an assigned partition stands. `position`: the next offset; `end`: the high watermark."""
        with self._lock:
            known = self._partitions.get((topic, partition))
            if known is None:
                self._sign = now
                self._partitions[topic, partition] = _Partition(position, end, now, self._moving)
                return
            if (position, end) != (known.position, known.end):
                self._moving += min(now - self._sign, SIGN_GAP_SECONDS_MAX)
                self._sign = now
            if position != known.position or position >= end:
                known.since, known.moving_since = now, self._moving
            known.position, known.end = position, end

    def released(self, topic: str, partitions: Sequence[int]) -> None:
        """These are no longer ours."""
        with self._lock:
            for partition in partitions:
                self._partitions.pop((topic, partition), None)

    def stuck(self, now: float) -> str:
        """Why the process is to be ended, in one sentence; "" while it advances."""
        idle = now - self._beat
        if idle > self._limits.loop_seconds_max:
            return f"the loop has not gone round for {idle:.0f} s"
        with self._lock:
            for (topic, partition), seen in self._partitions.items():
                if seen.position >= seen.end:
                    continue
                still, while_others_moved = now - seen.since, self._moving - seen.moving_since
                nothing_moved = min(still, now - self._sign)
                if (
                    while_others_moved > self._limits.partition_seconds_max
                    or nothing_moved > self._limits.stalled_seconds_max
                ):
                    lag = seen.end - seen.position
                    return f"{topic}[{partition}] has stood at {seen.position} for {still:.0f} s with a lag of {lag}"
        return ""
