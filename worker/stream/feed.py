"""The judge's input: the stories topic, from positions that the index holds, cut into batches."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from kafka import TopicPartition, errors

from worker.stream import clients
from worker.stream.envelope import Envelope, decode
from worker.stream.failures import TRANSIENT, ending
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from worker.stream.config import JudgeLoopConfig, KafkaConfig
    from worker.stream.hooks import Hooks
    from worker.stream.start import TopicFacts
    from worker.stream.state import JudgeState
    from worker.stream.stop import Stop

_RPC_MS = 10_000
_LAG_MS = 1_000  # for the ends of partitions, which are for lag only: asked again soon


class Fed(NamedTuple):
    """A stories record. `next`: the stories position behind it."""

    envelope: Envelope
    next: int
    bytes: int


class Feed:
    """Reads all partitions of stories; what was polled and not yet taken waits here."""

    def __init__(
        self, kafka: KafkaConfig, config: JudgeLoopConfig, stories: TopicFacts, hooks: Hooks, stop: Stop
    ) -> None:
        self._config = config
        self._stories = stories
        self._hooks = hooks
        self._stop = stop
        self._consumer = clients.tail_consumer(
            kafka, records_max=config.batch_records, wait_ms=config.fetch_max_wait_ms
        )
        self._partitions = [TopicPartition(stories.name, number) for number in range(stories.partitions)]
        self._waiting: deque[Fed] = deque()
        self._heard = time.monotonic()
        self._ends_asked = 0.0
        self._ends: dict[TopicPartition, int] = {}

    def begin(self, state: JudgeState) -> None:
        """Go to the state's positions. A stories topic that was created again is read from its start: the chain tells
        what is missing.

        Raises:
            LoopEnded: CONFIG when stories were deleted before they were judged, unless the policy is `earliest`.
        """
        self._consumer.assign(self._partitions)
        low = self._consumer.beginning_offsets(self._partitions, timeout_ms=_RPC_MS)
        high = self._consumer.end_offsets(self._partitions, timeout_ms=_RPC_MS)
        if state.stories_id not in (b"", self._stories.id):
            self._hooks.alarm("stories_topic_recreated", topic=self._stories.name)
            state.positions = {}
        state.stories_id = self._stories.id
        for partition in self._partitions:
            position = state.positions.get(partition.partition, 0)
            if not low[partition] <= position <= high[partition]:
                self._lost(state, partition.partition, position, low[partition], high[partition])
                position = low[partition]
            state.positions[partition.partition] = position
            self._consumer.seek(partition, position)

    def poll(self) -> None:
        """Wait for records, unless some are waiting already."""
        if self._waiting:
            return
        try:
            polled = self._consumer.poll(timeout_ms=self._config.poll_ms)
        except (errors.OffsetOutOfRangeError, errors.LogTruncationError) as error:
            raise LoopEnded(
                ExitCode.CONFIG, f"stories were deleted before they were judged ({error}): {_REMEDY}"
            ) from error
        except TRANSIENT as error:
            self._away(error)
            return
        if polled:
            self._heard = time.monotonic()
        ends = self._config.stop_at
        for partition, records in polled.items():
            for record in records:
                if ends and record.offset >= ends.get(partition.partition, 0):
                    continue
                where = f"{record.topic}-{record.partition} offset {record.offset}"
                read = decode(record.value, where)
                if read.partition != record.partition:
                    raise LoopEnded(
                        ExitCode.CONFIG, f"{where} belongs to partition {read.partition}: not written by a reader"
                    )
                self._waiting.append(Fed(read, record.offset + 1, len(record.value)))

    def take(self) -> list[Fed]:
        """The next batch: bounded by records, items and bytes; one record always fits."""
        batch: list[Fed] = []
        items = size = 0
        config = self._config
        while self._waiting and len(batch) < config.batch_records:
            fed = self._waiting[0]
            items += len(fed.envelope.readings)
            size += fed.bytes
            if batch and (items > config.batch_items or size > config.batch_bytes):
                break
            batch.append(self._waiting.popleft())
        return batch

    def report(self, positions: dict[int, int]) -> None:
        """Position and end of every partition. The ends are asked for now and then, to see a stuck one."""
        now = time.monotonic()
        if now - self._ends_asked > self._config.end_offsets_seconds:
            self._ends_asked = now
            try:
                self._ends = self._consumer.end_offsets(self._partitions, timeout_ms=_LAG_MS)
                self._heard = now
            except TRANSIENT as error:
                self._away(error)
        for partition in self._partitions:
            position = positions[partition.partition]
            end = max(self._consumer.highwater(partition) or 0, self._ends.get(partition, 0), position)
            self._hooks.progress(self._stories.name, partition.partition, position, end)

    def close(self) -> None:
        self._consumer.close()

    def _away(self, error: Exception) -> None:
        self._hooks.event("broker_awaited", doing="reading stories", error=repr(error))
        if time.monotonic() - self._heard > self._config.broker_away_seconds_max:
            raise ending(error, "reading stories") from error
        self._stop.wait(0.2)

    def _lost(self, state: JudgeState, partition: int, position: int, low: int, high: int) -> None:
        marks = [offset for (_, number), offset in state.watermarks.at.items() if number == partition]
        watermark = marks[-1] if marks else 0
        said = (
            f"{self._stories.name}-{partition} holds offsets {low} to {high - 1}, but the judge stands at {position}: "
            f"stories were deleted before they were judged. {_REMEDY} (partition {partition}: {watermark})"
        )
        if self._config.offset_reset == "fail":
            raise LoopEnded(ExitCode.CONFIG, said)
        self._hooks.alarm("stories_range_lost", partition=partition, position=position, low=low, watermark=watermark)


_REMEDY = (
    "Set the readers' group back to the watermark of the raw partition, and start the judge once with the offset reset "
    "policy earliest"
)
