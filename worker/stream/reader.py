"""The reader's loop: raw records in, one stories record each, at least once, in order, chained.

    poll -> read (pure) -> send -> every acknowledgement, in order -> commit

Nothing is committed that was not acknowledged. A batch that became stale, or a commit that failed, is thrown away:
new sessions begin at the committed offsets, and the judge knows repeats. Every other failure ends the process.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kafka import ConsumerRebalanceListener, TopicPartition, errors
from kafka.structs import OffsetAndMetadata

from worker.story import RawRecord, Reading
from worker.stream import clients, start
from worker.stream.acks import Sender
from worker.stream.envelope import HEADROOM_BYTES
from worker.stream.failures import TRANSIENT, ending
from worker.stream.outputs import Output
from worker.stream.packing import pack, raw_record, slices
from worker.stream.session import Session, Sessions
from worker.stream.stop import LoopEnded, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafka import KafkaConsumer, KafkaProducer

    from worker.stream.config import KafkaConfig, ReaderConfig, TopicNames
    from worker.stream.hooks import Hooks
    from worker.stream.packing import Polled

ReadBatch = Callable[[Sequence[RawRecord]], list[list[Reading]]]
"""The readings of each record, in order; `worker.reading.read_batch` with its plan bound. Never raises."""

_RPC_MS = 10_000
_COMMIT_SECONDS = 3.0  # for one try
_LAG_MS = 1_000  # lag can wait for its next turn; who is asked to stop cannot wait for it


def run_reader(
    kafka: KafkaConfig, topics: TopicNames, config: ReaderConfig, read: ReadBatch, hooks: Hooks, stop: Stop
) -> None:
    """Read until asked to stop, or to the end of `config.stop_at`.

    Raises:
        LoopEnded: whenever the process must end otherwise.
    """
    hooks.state("starting")
    facts = start.topic_facts(kafka, [topics.raw, topics.stories], hooks, stop)
    start.check_partitions(facts[topics.raw], facts[topics.stories])
    start.check_limit(facts[topics.stories], config.envelope_bytes_max, "the largest envelope")
    consumer = start.patiently(lambda: clients.raw_consumer(kafka, config), kafka, hooks, stop, "joining the readers")
    producer = start.patiently(lambda: clients.stories_producer(kafka, config), kafka, hooks, stop, "connecting")
    try:
        clients.learn(producer, [topics.stories])
        sender = Sender(
            producer,
            hooks,
            stop,
            doing="writing stories",
            in_flight_bytes_max=config.in_flight_bytes_max,
            ack_seconds_max=config.ack_seconds_max,
            stop_seconds_max=config.stop_seconds_max,
        )
        Reader(consumer, sender, topics, config, read, hooks, stop, facts[topics.raw].id).run()
    except LoopEnded:
        raise
    except Exception as error:
        raise ending(error, "reading raw stories") from error
    finally:
        hooks.state("stopping")
        _close(consumer, producer)


def _close(consumer: KafkaConsumer, producer: KafkaProducer) -> None:
    """Leave the group (a dynamic member) and let go of the connections, within seconds even when brokers are away."""
    with contextlib.suppress(Exception):  # the process ends, and the broker notices
        consumer.close(autocommit=False, timeout_ms=3_000)
    with contextlib.suppress(Exception):
        producer.close(timeout=2)


class Reader:
    """One member of the readers' group. `raw_id`: the raw topic's id, until the consumer's metadata name another."""

    def __init__(
        self,
        consumer: KafkaConsumer,
        sender: Sender,
        topics: TopicNames,
        config: ReaderConfig,
        read: ReadBatch,
        hooks: Hooks,
        stop: Stop,
        raw_id: bytes,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._consumer = consumer
        self._sender = sender
        self._topics = topics
        self._config = config
        self._read = read
        self._hooks = hooks
        self._stop = stop
        self._raw_id = raw_id
        self._clock = clock
        self._sessions = Sessions(consumer, topics.raw, config, hooks, self._topic_id)
        self._heard = clock()  # when a broker last answered for certain
        self._ends_asked = 0.0
        self._ends: dict[TopicPartition, int] = {}

    def run(self) -> None:
        self._consumer.subscribe([self._topics.raw], listener=_Listener(self._sessions, self._hooks))
        self._hooks.state("reading")
        while not self._stop:
            self._hooks.beat()
            polled = self._poll()
            for batch in slices(polled, self._config.batch_bytes):
                if not self._handle(batch):
                    break
            self._report()
            if not polled and self._finished():
                return

    # -- polling -------------------------------------------------------------------------------------

    def _poll(self) -> Polled:
        """Records of partitions with a session. Empty while brokers are away, until that lasts too long."""
        try:
            self._sessions.begin_missing()
            polled = self._consumer.poll(timeout_ms=self._config.poll_ms)
        except errors.NoOffsetForPartitionError:
            self._rewind("nothing was committed yet")
            return {}
        except (errors.OffsetOutOfRangeError, errors.LogTruncationError) as error:
            self._rewind(f"{type(error).__name__}")
            return {}
        except errors.UnknownTopicOrPartitionError:
            self._rewind("the raw topic is away")
            self._stop.wait(0.5)
            return {}
        except TRANSIENT as error:
            self._away(error)
            return {}
        if polled:
            self._heard = self._clock()
        if any(partition not in self._sessions.of for partition in polled):
            self._rewind("assigned while polling")
            return {}
        return self._until_stop(polled)

    def _until_stop(self, polled: Polled) -> Polled:
        """Without the records at or after the end of a bounded range."""
        ends = self._config.stop_at
        if not ends:
            return polled
        kept = {
            tp: [record for record in records if record.offset < ends.get(tp.partition, 0)]
            for tp, records in polled.items()
        }
        return {tp: records for tp, records in kept.items() if records}

    def _away(self, error: Exception) -> None:
        waited = self._clock() - self._heard
        self._hooks.event("broker_awaited", doing="reading raw stories", error=repr(error), seconds=round(waited, 1))
        if waited > self._config.broker_away_seconds_max:
            raise ending(error, "reading raw stories") from error
        self._stop.wait(0.2)

    def _topic_id(self) -> bytes:
        """The raw topic's id. A new one ends all sessions: the topic was created again."""
        known = clients.cached_topic_id(self._consumer, self._topics.raw)
        if known is not None and known != self._raw_id:
            self._raw_id = known
        return self._raw_id

    def _rewind(self, why: str) -> None:
        """Begin again at what is committed, on every partition."""
        self._sessions.forget()
        self._hooks.event("reader_rewound", why=why)

    # -- a batch -------------------------------------------------------------------------------------

    def _handle(self, batch: Polled) -> bool:
        """Read, send, settle, commit. False when the batch was thrown away."""
        started = self._clock()
        sessions = self._current(batch)
        if sessions is None:
            self._rewind("stale batch")
            return False
        self._hooks.at("reader.polled")
        records = [raw_record(record) for of in batch.values() for record in of]
        readings = iter(self._read(records))
        self._hooks.at("reader.read")
        pairs = [(sessions[tp], record) for tp, of in batch.items() for record in of]
        for number, ((session, _), record) in enumerate(zip(pairs, records, strict=True)):
            if number == len(records) // 2:
                self._hooks.at("reader.half-sent")
            self._send(session, record, next(readings))
        self._hooks.at("reader.sent")
        sent = self._clock()
        self._sender.settle()
        self._hooks.seconds("acknowledge", self._clock() - sent)
        self._hooks.at("reader.acknowledged")
        if not self._commit(batch, sessions):
            return False
        self._hooks.at("reader.committed")
        self._heard = self._clock()
        self._hooks.read(len(records), sum(len(record.value or b"") for record in records))
        self._hooks.seconds("batch", self._clock() - started, len(records))
        return True

    def _current(self, batch: Polled) -> dict[TopicPartition, Session] | None:
        """The sessions of the batch's partitions, or None when it is no longer this reader's to handle."""
        if self._consumer.group_metadata().generation_id < 0:
            return None
        assigned = self._consumer.assignment()
        topic_id = self._topic_id()
        sessions = {}
        for partition in batch:
            session = self._sessions.of.get(partition)
            if session is None or partition not in assigned or session.topic_id != topic_id:
                return None
            sessions[partition] = session
        return sessions

    def _send(self, session: Session, record: RawRecord, readings: Sequence[Reading]) -> None:
        value = pack(session, record, readings, self._config.envelope_bytes_max - HEADROOM_BYTES)
        session.prev = record.offset + 1
        session.fresh = False
        self._sender.send(Output(self._topics.stories, record.partition, None, value, []))

    def _commit(self, batch: Polled, sessions: Mapping[TopicPartition, Session]) -> bool:
        """Commit what was acknowledged. False after a failure that only means that another reader owns it now."""
        offsets = {
            tp: OffsetAndMetadata(records[-1].offset + 1, sessions[tp].topic_id.hex(), -1)
            for tp, records in batch.items()
        }
        started = self._clock()
        try:
            self._commit_patiently(offsets, started)
        except errors.AuthorizationError as error:
            raise ending(error, "committing raw offsets") from error
        except errors.FencedInstanceIdError as error:
            raise ending(error, "committing raw offsets") from error
        except errors.KafkaError as error:
            self._rewind(f"commit failed: {type(error).__name__}")
            return False
        self._hooks.seconds("commit", self._clock() - started)
        return True

    def _commit_patiently(self, offsets: Mapping[TopicPartition, OffsetAndMetadata], started: float) -> None:
        """Commit in short tries, since being asked to stop shortens the patience; the same offsets twice do no harm.

        Raises:
            KafkaTimeoutError: no broker took it within the limit. Other errors as the client raises them.
        """

        def left() -> float:
            limit = self._config.stop_seconds_max if self._stop else self._config.commit_seconds_max
            return limit - (self._clock() - started)

        while True:
            try:
                self._consumer.commit(offsets, timeout_ms=max(0.001, min(left(), _COMMIT_SECONDS)) * 1000)
            except errors.KafkaTimeoutError:
                self._hooks.beat()
                if left() <= 0:
                    raise
            else:
                return

    # -- reporting -----------------------------------------------------------------------------------

    def _report(self) -> None:
        """Position and end of every assigned partition. The ends are asked for now and then, to see a stuck one."""
        now = self._clock()
        assigned = list(self._sessions.of)
        if assigned and now - self._ends_asked > self._config.end_offsets_seconds:
            self._ends_asked = now
            try:
                self._ends = self._consumer.end_offsets(assigned, timeout_ms=_LAG_MS)
                self._heard = now
            except TRANSIENT as error:
                self._away(error)
        for partition in assigned:
            if partition in self._sessions.of and partition in self._consumer.assignment():
                position = self._consumer.position(partition, timeout_ms=_RPC_MS)  # beyond transaction markers, too
                end = max(self._consumer.highwater(partition) or 0, self._ends.get(partition, 0), position)
                self._hooks.progress(self._topics.raw, partition.partition, position, end)

    def _finished(self) -> bool:
        """Whether every partition of a bounded range was committed up to its end, by whichever reader."""
        ends = self._config.stop_at
        if not ends:
            return False
        for partition, end in ends.items():
            committed = self._consumer.committed(TopicPartition(self._topics.raw, partition), timeout_ms=_RPC_MS)
            if end > 0 and (committed is None or committed < end):
                return False
        return True


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    """Runs on the client's thread, where nothing may be asked of a broker: it only forgets."""

    def __init__(self, sessions: Sessions, hooks: Hooks) -> None:
        self._sessions = sessions
        self._hooks = hooks

    def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        self._sessions.forget(set(revoked))
        for topic in {tp.topic for tp in revoked}:
            self._hooks.released(topic, [tp.partition for tp in revoked if tp.topic == topic])

    def on_partitions_lost(self, lost: set[TopicPartition]) -> None:
        self.on_partitions_revoked(lost)

    def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        self._sessions.forget(set(assigned))
