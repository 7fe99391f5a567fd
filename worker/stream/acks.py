"""Every record sent is accounted for: acknowledged, and in rising order of offset a partition, or the process ends.

kafka-python's `flush` may return, and `commit_transaction` too, although records were lost; only the futures tell.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from kafka.errors import KafkaError

from worker.stream.failures import ending
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kafka import KafkaProducer
    from kafka.producer.future import FutureRecordMetadata

    from worker.stream.hooks import Hooks
    from worker.stream.outputs import Output
    from worker.stream.stop import Stop

_FLUSH_SECONDS = 1.0


class Sender:
    """Sends through one producer, bounds what is in flight, and settles a batch.

    `in_flight_bytes_max`: more than that is never unacknowledged (one record may be larger).
    """

    def __init__(
        self,
        producer: KafkaProducer,
        hooks: Hooks,
        stop: Stop,
        *,
        doing: str,
        in_flight_bytes_max: int,
        ack_seconds_max: float,
        stop_seconds_max: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.producer = producer
        self._hooks = hooks
        self._stop = stop
        self._doing = doing
        self._bytes_max = in_flight_bytes_max
        self._ack_seconds_max = ack_seconds_max
        self._stop_seconds_max = stop_seconds_max
        self._clock = clock
        self._futures: list[FutureRecordMetadata] = []
        self._bytes = 0
        self._last: dict[tuple[str, int], int] = {}
        self._written: dict[tuple[str, int], int] = {}

    def send(self, output: Output) -> None:
        """Queue a record.

        Raises:
            LoopEnded: when it cannot be queued, or when older ones that had to be settled first failed.
        """
        size = output.size
        if self._bytes and self._bytes + size > self._bytes_max:
            self.settle()
        try:
            future = self.producer.send(
                output.topic, output.value, key=output.key, headers=output.headers, partition=output.partition
            )
        except KafkaError as error:
            raise ending(error, self._doing) from error
        self._futures.append(future)
        self._bytes += size

    def settle(self) -> None:
        """Wait until everything sent is acknowledged.

        Raises:
            LoopEnded: a record failed, came out of order, or was not acknowledged in time.
        """
        started = self._clock()
        while self._futures:
            with contextlib.suppress(KafkaError):  # what failed is seen in the futures, in any case
                self.producer.flush(timeout=_FLUSH_SECONDS)
            self._check(self._futures)
            if self._futures[-1].is_done and all(future.is_done for future in self._futures):
                break
            self._hooks.beat()
            self._within_deadline(self._clock() - started)
        self._in_order(self._futures)
        self._futures = []
        self._bytes = 0

    def written(self) -> dict[tuple[str, int], int]:
        """(topic, partition) -> last offset, of what was settled since this was last asked."""
        written, self._written = self._written, {}
        return written

    def _within_deadline(self, waited: float) -> None:
        limit = self._stop_seconds_max if self._stop else self._ack_seconds_max
        if waited > limit:
            missing = sum(not future.is_done for future in self._futures)
            raise LoopEnded(
                ExitCode.TRY_LATER, f"{self._doing}: {missing} records were not acknowledged within {limit:.0f} s"
            )

    def _check(self, futures: Sequence[FutureRecordMetadata]) -> None:
        for future in futures:
            if future.failed():
                raise ending(future.exception, self._doing) from future.exception

    def _in_order(self, futures: Sequence[FutureRecordMetadata]) -> None:
        for future in futures:
            metadata = future.value
            place = (metadata.topic, metadata.partition)
            if metadata.offset <= self._last.get(place, -1):
                raise LoopEnded(
                    ExitCode.INTERNAL,
                    f"{self._doing}: {place[0]}-{place[1]} gave offset {metadata.offset} after {self._last[place]}",
                )
            self._last[place] = self._written[place] = metadata.offset
