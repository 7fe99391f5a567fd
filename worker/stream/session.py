"""Where a reader begins on a partition, and what it must remember of it while it owns it.

A session is one unbroken stretch of reading: it begins at the group's committed offset, by an explicit seek, and
ends at every rewind and every change of ownership. What it writes is chained through `prev`.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafka import KafkaConsumer, TopicPartition

    from worker.stream.config import ReaderConfig
    from worker.stream.hooks import Hooks

_RPC_MS = 10_000
ID_HEX_CHARS = 32  # other metadata in a commit is another tool's


class Session(msgspec.Struct):
    """`prev`: offset after the last record of this session that was sent; what the next record is chained to."""

    id: bytes
    topic_id: bytes
    prev: int
    fresh: bool = False


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a partition before a session begins on it. Offsets; `committed` None = never committed."""

    topic: str
    partition: int
    topic_id: bytes
    low: int
    high: int
    committed: int | None
    committed_topic_id: str  # hex, from the commit's metadata; "" = committed by another tool, which is trusted


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """Read from `offset`, chain to `prev`. `lost`: the raw offsets [first, last) that are gone, if any."""

    offset: int
    prev: int
    fresh: bool = False
    lost: tuple[int, int] | None = None
    recreated: bool = False


def begin_at(place: Place, config: ReaderConfig) -> Beginning:
    """Where reading begins: a pure decision.

    * Committed: there. `prev` is the commit, even when the policy skips a lost range: so the judge takes it as next.
    * Committed for a topic of another id: the topic was created again, it is read from its start.
    * Never committed: at `start_at`, else at the log's start (with the policy `latest`: its end). Under `fail`,
      `prev` is that offset, so that a judge who stands below it waits instead of skipping; else it is 0.

    Raises:
        LoopEnded: CONFIG under the policy `fail` when the commit lies before the log's start, and under any policy when
            it lies beyond the log's end: what will be written there would pass for already judged.
    """
    where = f"{place.topic}-{place.partition}"
    recreated = len(place.committed_topic_id) == ID_HEX_CHARS and place.committed_topic_id != place.topic_id.hex()
    if place.committed is None or recreated:
        if recreated:
            return Beginning(offset=place.low, prev=place.low, fresh=True, recreated=True)
        given = config.start_at.get(place.partition)
        offset = given if given is not None else place.high if config.offset_reset == "latest" else place.low
        prev = offset if config.offset_reset == "fail" or given is not None else 0
        return Beginning(offset=offset, prev=prev, fresh=True)
    committed = place.committed
    if committed > place.high:
        raise LoopEnded(
            ExitCode.CONFIG,
            f"{where} ends at {place.high}, but the group {config.group_id} has read up to {committed}: the topic lost "
            f"its end. What is written at {place.high} to {committed - 1} would be taken for judged: create the topic "
            "again, or go on under new names",
        )
    if committed >= place.low:
        return Beginning(offset=committed, prev=committed)
    if config.offset_reset == "fail":
        raise LoopEnded(
            ExitCode.CONFIG,
            f"{where}: offsets {committed} to {place.low - 1} were deleted before the group {config.group_id} read "
            "them. Restore them, or choose the offset reset policy earliest or latest to go on without them",
        )
    offset = place.low if config.offset_reset == "earliest" else place.high
    return Beginning(offset=offset, prev=committed, lost=(committed, offset))


class Sessions:
    """The sessions of the partitions that this reader owns. `forget` may be called from the client's own thread."""

    def __init__(
        self,
        consumer: KafkaConsumer,
        topic: str,
        config: ReaderConfig,
        hooks: Hooks,
        topic_id: Callable[[], bytes],
    ) -> None:
        self._consumer = consumer
        self._topic = topic
        self._config = config
        self._hooks = hooks
        self._topic_id = topic_id
        self.of: dict[TopicPartition, Session] = {}

    def forget(self, partitions: set[TopicPartition] | None = None) -> None:
        """End the sessions of these partitions, or of all."""
        for partition in list(self.of) if partitions is None else partitions:
            self.of.pop(partition, None)

    def begin_missing(self) -> None:
        """Begin a session, with a seek, on every assigned partition that has none."""
        for partition in self._consumer.assignment():
            if partition not in self.of:
                self._begin(partition)

    def _begin(self, partition: TopicPartition) -> None:
        consumer = self._consumer
        topic_id = self._topic_id()
        committed = consumer.committed(partition, metadata=True, timeout_ms=_RPC_MS)
        place = Place(
            topic=partition.topic,
            partition=partition.partition,
            topic_id=topic_id,
            low=consumer.beginning_offsets([partition], timeout_ms=_RPC_MS)[partition],
            high=consumer.end_offsets([partition], timeout_ms=_RPC_MS)[partition],
            committed=committed.offset if committed is not None and committed.offset >= 0 else None,
            committed_topic_id=(committed.metadata or "") if committed is not None else "",
        )
        beginning = begin_at(place, self._config)
        self._tell(place, beginning)
        consumer.seek(partition, beginning.offset)
        self.of[partition] = Session(
            id=secrets.token_bytes(8), topic_id=topic_id, prev=beginning.prev, fresh=beginning.fresh
        )

    def _tell(self, place: Place, beginning: Beginning) -> None:
        where = {"topic": place.topic, "partition": place.partition}
        if beginning.recreated:
            self._hooks.alarm("raw_topic_recreated", **where, old_offset=place.committed)
        if beginning.lost is not None:
            self._hooks.alarm("raw_range_lost", **where, first=beginning.lost[0], end=beginning.lost[1])
        self._hooks.event("session_began", **where, offset=beginning.offset, prev=beginning.prev)
