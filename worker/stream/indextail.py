"""The index topic read into memory, from its start to its end and on: what makes a judge, and keeps a standby hot."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kafka import TopicPartition, errors

from worker.dedupe.judge import CorruptEntries
from worker.stream import clients
from worker.stream.failures import TRANSIENT, ending
from worker.stream.state import REBUILD, decode
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from worker.dedupe import Judge
    from worker.stream.config import JudgeLoopConfig, KafkaConfig
    from worker.stream.hooks import Hooks
    from worker.stream.state import JudgeState
    from worker.stream.stop import Stop

_RPC_MS = 10_000
_RECORDS = 2_000
LOAD_BYTES = 64 << 20  # entries are handed over in lots of this size: loading many at once is faster


class IndexTail:
    """Feeds `state` and `judge` with every committed index record, in order."""

    def __init__(
        self,
        kafka: KafkaConfig,
        config: JudgeLoopConfig,
        topic: str,
        state: JudgeState,
        judge: Judge,
        hooks: Hooks,
        stop: Stop,
    ) -> None:
        self._config = config
        self._partition = TopicPartition(topic, 0)
        self._state = state
        self._judge = judge
        self._hooks = hooks
        self._stop = stop
        self._lot: list[bytes] = []
        self._lot_bytes = 0
        self._heard = time.monotonic()
        self._consumer = clients.tail_consumer(kafka, records_max=_RECORDS, wait_ms=100)
        self._consumer.assign([self._partition])
        self._consumer.seek_to_beginning(self._partition)

    def end(self) -> int:
        """Offset after the last committed record, transaction markers included (the last stable offset)."""
        return int(self._consumer.end_offsets([self._partition], timeout_ms=_RPC_MS)[self._partition])

    def read_to(self, end: int, seconds_max: float) -> None:
        """Take everything below `end` into memory.

        Raises:
            LoopEnded: CONFIG for a corrupt index, TRY_LATER when it takes longer than `seconds_max`.
        """
        deadline = time.monotonic() + seconds_max
        while self._consumer.position(self._partition, timeout_ms=_RPC_MS) < end:
            if self._stop:
                raise LoopEnded(ExitCode.CLEAN, "asked to stop while reading the index")
            if time.monotonic() > deadline:
                raise LoopEnded(ExitCode.TRY_LATER, f"the index was not read to its end within {seconds_max:.0f} s")
            self.pump(500)
        self._load()

    def follow(self, wait_ms: int) -> None:
        """Take what has come since into memory, waiting for it for so long."""
        self.pump(wait_ms)
        self._load()

    def pump(self, wait_ms: int) -> None:
        """One poll."""
        self._hooks.beat()
        try:
            polled = self._consumer.poll(timeout_ms=wait_ms)
        except (errors.OffsetOutOfRangeError, errors.LogTruncationError) as error:
            raise LoopEnded(ExitCode.INTERNAL, f"the index was truncated while it was read: {error}") from error
        except TRANSIENT as error:
            self._away(error)
            return
        self._heard = time.monotonic()
        for record in (record for records in polled.values() for record in records):
            where = f"{record.topic}-0 offset {record.offset}"
            read = decode(record.value, where)
            self._state.restore(read, where)
            if read.entries:
                self._lot.append(read.entries)
                self._lot_bytes += len(read.entries)
            if self._lot_bytes > LOAD_BYTES:
                self._load()

    def close(self) -> None:
        self._consumer.close()

    def _load(self) -> None:
        if not self._lot:
            return
        try:
            self._judge.load(self._lot)
        except CorruptEntries as error:
            raise LoopEnded(
                ExitCode.CONFIG, f"{self._partition.topic} holds corrupt entries ({error}): {REBUILD}"
            ) from error
        self._lot = []
        self._lot_bytes = 0

    def _away(self, error: Exception) -> None:
        self._hooks.event("broker_awaited", doing="reading the index", error=repr(error))
        if time.monotonic() - self._heard > self._config.broker_away_seconds_max:
            raise ending(error, "reading the index") from error
        self._stop.wait(0.2)
