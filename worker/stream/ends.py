"""Whether the end of a transaction reached every partition that it wrote to, and what to do where it did not.

`commit_transaction` returns once the coordinator has decided; the markers that end the transaction in each partition
follow by themselves. Apache Kafka 4.3.1 loses them when its coordinator is loaded again in between, as when the broker
is killed within milliseconds of a commit (3 of 18 tries): with `transaction.version` 2, the default of new clusters,
it takes markers of a client that speaks the first protocol of transactions, as kafka-python does, for written already.
Such a partition shows nothing behind that place to read_committed readers, and should the next end be an abort, what
was committed is lost there.

So the judge begins no transaction before it saw the one before it ended everywhere (`confirm`), and whoever takes over
ends what is still open (`close_open`). It commits: only a commit can be left so. Aborts are never asked for here; the
coordinator's own, after a fence or a timeout, come under a raised epoch, which its check lets pass.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kafka import TopicPartition, errors

from worker.stream import clients
from worker.stream.deadline import within
from worker.stream.failures import TRANSIENT, ending
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kafka import KafkaProducer

    from worker.stream.config import JudgeLoopConfig, KafkaConfig
    from worker.stream.hooks import Hooks
    from worker.stream.stop import Stop

_RPC_MS = 1_000  # for one look; asked again while there is patience, which is short for who was asked to stop
_LOOK_SECONDS = 0.002  # markers mostly follow within a few milliseconds
_LOOK_SECONDS_MAX = 0.1
_SETTLE_SECONDS = 1.0  # behind the fence everything that will be written has been; followers may lag a moment
_SHOWN_MAX = 10


class Ends:
    """Looks at the partitions that the judge writes to: `partitions`, topic -> number of partitions."""

    def __init__(
        self,
        kafka: KafkaConfig,
        config: JudgeLoopConfig,
        partitions: Mapping[str, int],
        hooks: Hooks,
        stop: Stop,
    ) -> None:
        self._config = config
        self._hooks = hooks
        self._stop = stop
        self._all = [TopicPartition(topic, number) for topic, count in partitions.items() for number in range(count)]
        self._stable = clients.tail_consumer(kafka, records_max=1, wait_ms=100)
        self._plain = clients.tail_consumer(kafka, records_max=1, wait_ms=100, committed=False)

    def confirm(self, written: Mapping[tuple[str, int], int]) -> None:
        """Wait until read_committed readers can see beyond what was committed: place -> last offset written there.

        Raises:
            LoopEnded: TRY_LATER when an end is missing for `end_seconds_max`; whoever takes over mends it.
        """
        missing = {TopicPartition(*place): offset for place, offset in written.items()}

        def left() -> list[TopicPartition]:
            ends = self._stable.end_offsets(list(missing), timeout_ms=_RPC_MS)
            for partition, end in ends.items():
                if end > missing[partition]:
                    del missing[partition]
            return list(missing)

        limit = self._config.end_seconds_max
        if missing and self._wait(left, limit):
            raise LoopEnded(
                ExitCode.TRY_LATER, f"the end of a transaction did not reach {_named(missing)} within {limit:.0f} s"
            )

    def close_open(self, producer: KafkaProducer) -> None:
        """End what the predecessor committed and the coordinator forgot. `producer` is fresh from `init_transactions`.

        Raises:
            LoopEnded: INTERNAL when something is still open behind the last end: it is not the judge's.
        """
        found = self._wait(self._open, _SETTLE_SECONDS)
        if not found:
            return
        self._hooks.alarm("committed_transaction_left_open", partitions=_named(found))
        try:
            producer.begin_transaction()
            for partition in found:
                clients.add_to_transaction(producer, partition)
            within(producer.commit_transaction, self._patience, self._hooks.beat, "ending an open transaction")
        except errors.KafkaError as error:
            raise ending(error, "ending an open transaction") from error
        if left := self._wait(self._open, self._config.end_seconds_max):
            raise LoopEnded(
                ExitCode.INTERNAL,
                f"{_named(left)} has an open transaction that is not the judge's: nobody else may write to its topics",
            )
        self._hooks.event("open_transaction_ended", partitions=len(found))

    def close(self) -> None:
        self._stable.close()
        self._plain.close()

    # ------------------------------------------------------------------------------------------------

    def _open(self) -> list[TopicPartition]:
        """Partitions whose last stable offset lies before their end."""
        stable = self._stable.end_offsets(self._all, timeout_ms=_RPC_MS)
        plain = self._plain.end_offsets(self._all, timeout_ms=_RPC_MS)
        return [partition for partition in self._all if stable[partition] < plain[partition]]

    def _patience(self) -> float:
        return self._config.stop_seconds_max if self._stop else self._config.ack_seconds_max

    def _wait(self, look: Callable[[], list[TopicPartition]], seconds_max: float) -> list[TopicPartition]:
        """Look until nothing is left, or the time is over; what was left then. While no broker answers it stands."""
        heard = began = time.monotonic()
        pause = _LOOK_SECONDS
        while True:
            self._hooks.beat()
            try:
                left = look()
            except TRANSIENT as error:
                began = time.monotonic()
                if began - heard > (self._patience() if self._stop else self._config.broker_away_seconds_max):
                    raise ending(error, "looking for the end of a transaction") from error
            else:
                heard = time.monotonic()
                if not left or heard - began > seconds_max:
                    return left
            time.sleep(pause)
            pause = min(2 * pause, _LOOK_SECONDS_MAX)


def _named(partitions: Iterable[TopicPartition]) -> str:
    names = [f"{each.topic}-{each.partition}" for each in partitions]
    more = len(names) - _SHOWN_MAX
    return ", ".join(names[:_SHOWN_MAX]) + (f" and {more} more" if more > 0 else "")
