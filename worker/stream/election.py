"""Who judges: the member of a consumer group that owns the one partition of the index topic.

The group only elects. What keeps a predecessor from writing is the epoch of the transactional id (see `judge`).
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from kafka import ConsumerRebalanceListener, errors

from worker.stream import clients
from worker.stream.failures import TRANSIENT, ending
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from kafka import KafkaConsumer, TopicPartition

    from worker.stream.config import JudgeLoopConfig, KafkaConfig
    from worker.stream.hooks import Hooks

_POLL_MS = 500
_LEAVE_SECONDS = 3.0


class Election:
    """A member of the group in a thread of its own, so that long batches cost no membership."""

    def __init__(self, kafka: KafkaConfig, config: JudgeLoopConfig, index: str, hooks: Hooks) -> None:
        self._kafka = kafka
        self._config = config
        self._index = index
        self._hooks = hooks
        self._won = threading.Event()
        self._done = threading.Event()
        self._failure: LoopEnded | None = None
        self._thread = threading.Thread(target=self._run, name="election", daemon=True)

    def join(self) -> None:
        """Stand for election. Only who has the index in memory may: the judging pauses until the winner is ready."""
        self._thread.start()

    @property
    def won(self) -> bool:
        return self._won.is_set()

    def check(self) -> None:
        """Raises LoopEnded once the partition is lost again, or the member failed."""
        if self._failure is not None:
            raise self._failure

    def leave(self) -> None:
        """Leave the group (a dynamic member; a static one is waited for by the broker) and end the thread."""
        self._done.set()
        if self._thread.is_alive():
            self._thread.join(_LEAVE_SECONDS + _POLL_MS / 1000)

    def _run(self) -> None:
        try:
            consumer = clients.election_consumer(self._kafka, self._config)
            consumer.subscribe([self._index], listener=_Listener(self))
            while not self._done.is_set():
                self._poll(consumer)
            consumer.close(autocommit=False, timeout_ms=_LEAVE_SECONDS * 1000)
        except Exception as error:  # noqa: BLE001 - handed to the judge's thread, which ends the process
            self._failure = ending(error, "standing for election")

    def _poll(self, consumer: KafkaConsumer) -> None:
        try:
            consumer.poll(timeout_ms=_POLL_MS)
        except errors.FencedInstanceIdError:
            raise
        except TRANSIENT as error:
            self._hooks.event("broker_awaited", doing="standing for election", error=repr(error))
            self._done.wait(0.2)
        assigned = consumer.assignment()
        if assigned:
            consumer.pause(*assigned)

    def assigned(self) -> None:
        self._won.set()

    def lost(self, how: str) -> None:
        if self.won and not self._done.is_set():
            self._failure = LoopEnded(ExitCode.INTERNAL, f"another judge was elected: the partition was {how}")


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    """Runs on the client's thread: it only takes note."""

    def __init__(self, election: Election) -> None:
        self._election = election

    def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        if assigned:
            self._election.assigned()

    def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        if revoked:
            self._election.lost("revoked")

    def on_partitions_lost(self, lost: set[TopicPartition]) -> None:
        if lost:
            self._election.lost("lost")
