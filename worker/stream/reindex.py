"""A lost or damaged index made again from what was published: the judge's memory from the stories of the clean and
duplicates topics in judging order, its watermarks from where these and the dead letters say that they come from.

One transaction under the judge's own transactional id: a judge that still runs is fenced, and a rebuild that dies
leaves the index empty. What cannot be known is which stories records were judged, so all that are still held are read
again; the watermarks tell them apart.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import time
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from kafka import TopicPartition, errors

from worker import __version__
from worker.dedupe.fingerprint import ALGORITHM
from worker.dedupe.rebuild import rebuild
from worker.stream import clients, start, wiring
from worker.stream.acks import Sender
from worker.stream.aloud import Aloud
from worker.stream.ends import Ends
from worker.stream.failures import ending
from worker.stream.outputs import Output
from worker.stream.state import JudgeState, encode
from worker.stream.stop import ExitCode, LoopEnded, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kafka import KafkaConsumer

    from worker.dedupe import JudgeConfig
    from worker.stream.config import JudgeLoopConfig, KafkaConfig, TopicNames
    from worker.stream.start import TopicFacts

TRANSACTION_MS = 900_000  # Kafka's own limit for a transaction (transaction.max.timeout.ms)
QUIET_SECONDS_MAX = 60.0  # without an answer while reading
_RPC_MS = 10_000
_RECORDS = 200


class Rebuilt(NamedTuple):
    """What a rebuild wrote."""

    stories: int
    records: int
    order: int
    watermarks: dict[int, int]  # raw partition -> offset after the last judged record


class _Judged(NamedTuple):
    order: int
    partition: int  # of raw
    offset: int
    sha256: str  # of the raw record; "" = not told
    value: bytes  # of a story; empty for a dead letter


def rebuild_index(
    kafka: KafkaConfig, topics: TopicNames, config: JudgeLoopConfig, rule: JudgeConfig, settings: Mapping[str, Any]
) -> Rebuilt:
    """Read all that was decided and write the index, which must be an empty topic.

    settings: what verdicts depend on besides the claims, as the judge records it.

    Raises:
        LoopEnded: CONFIG when the index holds records or the raw topic is not the one that the stories come from;
            TRY_LATER and others as brokers answer.
    """
    hooks, stop = Aloud(), Stop()
    names = [topics.raw, topics.stories, topics.clean, topics.duplicates, topics.dead, topics.index]
    facts = start.topic_facts(kafka, names, hooks, stop)
    config = msgspec.structs.replace(config, transaction_timeout_ms=TRANSACTION_MS)
    producer = clients.judge_producer(kafka, config)
    try:
        producer.init_transactions()  # from here on no other judge writes
        ends = Ends(kafka, config, {name: facts[name].partitions for name in names[2:]}, hooks, stop)
        ends.close_open(producer)
        ends.close()
        reading = _Reading(kafka)
        if next(reading.records(facts[topics.index]), None) is not None:
            raise LoopEnded(
                ExitCode.CONFIG,
                f"topic {topics.index} holds records: stop the judge, delete the topic, make it again with `worker "
                "topics create`, then rebuild",
            )
        tally = _Tally(topics.raw)
        entries = list(rebuild(tally.values(reading.judged(facts, topics)), rule))
        reading.check_raw(facts[topics.raw], tally)
        state = JudgeState()
        state.order = tally.order
        state.watermarks.at = {(facts[topics.raw].id, part): one.offset + 1 for part, one in tally.last.items()}
        state.positions = reading.beginnings(facts[topics.stories])
        state.stories_id = facts[topics.stories].id
        sender = Sender(
            producer,
            hooks,
            stop,
            doing="writing the index",
            in_flight_bytes_max=config.in_flight_bytes_max,
            ack_seconds_max=config.ack_seconds_max,
            stop_seconds_max=config.stop_seconds_max,
        )
        producer.begin_transaction()
        for packed in entries or [b""]:
            record = state.record(packed, settings, topics.raw, __version__)
            sender.send(Output(topics.index, 0, None, encode(record), []))
            state.serial = record.serial
        sender.settle()
        producer.commit_transaction()
    except errors.KafkaError as error:
        raise ending(error, "rebuilding the index") from error
    finally:
        producer.close(timeout=5)
    return Rebuilt(tally.stories, state.serial, state.order, {p: one.offset + 1 for p, one in tally.last.items()})


def recorded_settings(rule: JudgeConfig) -> dict[str, Any]:
    """The settings as the judge's loop records them."""
    return {"algorithm": ALGORITHM, **msgspec.to_builtins(rule)}


def rebuild_from(settings: Any) -> Rebuilt:
    """`rebuild_index` as the worker's settings (`worker.settings.Settings`) say."""
    rule = settings.judge_config()
    return rebuild_index(
        wiring.kafka_config(settings, "rebuild"),
        wiring.topic_names(settings),
        wiring.judge_loop_config(settings, "rebuild"),
        rule,
        recorded_settings(rule),
    )


class _Tally:
    """Notes what passes: the highest order, and the last record of each raw partition."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.order = 0
        self.stories = 0
        self.last: dict[int, _Judged] = {}

    def values(self, judged: Iterator[_Judged]) -> Iterator[bytes]:
        """The values of stories; dead letters are noted only."""
        for one in judged:
            self.order = max(self.order, one.order + 1)
            before = self.last.get(one.partition)
            if before is None or one.offset >= before.offset:
                self.last[one.partition] = one._replace(value=b"")
            if one.value:
                self.stories += 1
                yield one.value


class _Reading:
    """Committed records of topics from their start to their end."""

    def __init__(self, kafka: KafkaConfig) -> None:
        self._kafka = kafka

    def judged(self, facts: Mapping[str, TopicFacts], topics: TopicNames) -> Iterator[_Judged]:
        """Everything that was decided, by judging order: each partition has its records in that order already."""
        parts = [
            self._decided(name, partition, topics.raw, dead=name == topics.dead)
            for name in (topics.clean, topics.duplicates, topics.dead)
            for partition in range(facts[name].partitions)
        ]
        return heapq.merge(*parts, key=lambda one: one.order)

    def _decided(self, topic: str, partition: int, raw: str, *, dead: bool) -> Iterator[_Judged]:
        for record in self._partition(TopicPartition(topic, partition)):
            found = (_dead_letter if dead else _story)(record, raw)
            if found is not None:
                yield found

    def records(self, topic: TopicFacts) -> Iterator[Any]:
        for partition in range(topic.partitions):
            yield from self._partition(TopicPartition(topic.name, partition))

    def beginnings(self, topic: TopicFacts) -> dict[int, int]:
        """The first offset that each partition still holds."""
        consumer, partitions = self._assigned(*(TopicPartition(topic.name, n) for n in range(topic.partitions)))
        try:
            found = consumer.beginning_offsets(partitions, timeout_ms=_RPC_MS)
        finally:
            consumer.close()
        return {partition.partition: offset for partition, offset in found.items()}

    def check_raw(self, raw: TopicFacts, tally: _Tally) -> None:
        """The raw topic must be the one that was judged: where it still holds the last judged record, that one.

        Raises:
            LoopEnded: CONFIG when it was created again since: its records would pass for judged ones and be lost.
        """
        for number, last in tally.last.items():
            at = TopicPartition(raw.name, number)
            consumer, _ = self._assigned(at)
            try:
                low = consumer.beginning_offsets([at], timeout_ms=_RPC_MS)[at]
                high = consumer.end_offsets([at], timeout_ms=_RPC_MS)[at]
            finally:
                consumer.close()
            same = last.offset < high
            if same and last.offset >= low and last.sha256:
                record = next(self._partition(at, last.offset), None)
                found = record.value if record is not None and record.offset == last.offset else None
                same = found is None or hashlib.sha256(found).hexdigest() == last.sha256
            if not same:
                raise LoopEnded(
                    ExitCode.CONFIG,
                    f"{raw.name}-{number} is not the topic that was judged up to offset {last.offset}: it was created "
                    "again since. Start with new topics, or move its records to a raw topic of another name",
                )

    def _assigned(self, *partitions: TopicPartition) -> tuple[KafkaConsumer, list[TopicPartition]]:
        consumer = clients.tail_consumer(self._kafka, records_max=_RECORDS, wait_ms=100)
        consumer.assign(list(partitions))
        return consumer, list(partitions)

    def _partition(self, at: TopicPartition, offset: int | None = None) -> Iterator[Any]:
        """The records of a partition up to its end as it is now."""
        consumer, _ = self._assigned(at)
        heard = time.monotonic()
        held: deque[Any] = deque()
        try:
            end = consumer.end_offsets([at], timeout_ms=_RPC_MS)[at]
            consumer.seek_to_beginning(at) if offset is None else consumer.seek(at, offset)
            while consumer.position(at, timeout_ms=_RPC_MS) < end or held:
                if not held:
                    held.extend(consumer.poll(timeout_ms=500).get(at, ()))
                    if held:
                        heard = time.monotonic()
                    elif time.monotonic() - heard > QUIET_SECONDS_MAX:
                        raise LoopEnded(ExitCode.TRY_LATER, f"{at.topic}-{at.partition} was not read to its end")
                while held:
                    yield held.popleft()
        finally:
            consumer.close()


def _story(record: Any, raw: str) -> _Judged | None:
    """A clean story or a duplicate; None when it comes from another raw topic or not from a judge."""
    said = dict(record.headers or ())
    place = said.get("wire.raw", b"").decode().split("/")  # a topic's name holds no slash
    if place[0] != raw or "wire.order" not in said:
        return None
    partition, offset = int(place[1]), int(place[2])
    wire = json.loads(record.value).get("wire", {})
    return _Judged(int(said["wire.order"]), partition, offset, wire.get("raw", {}).get("sha256", ""), record.value)


def _dead_letter(record: Any, raw: str) -> _Judged | None:
    said = dict(record.headers or ())
    if said.get("__connect.errors.topic", b"").decode() != raw or "wire.order" not in said:
        return None
    whole = record.value and "wire.raw.omitted" not in said
    digest = hashlib.sha256(record.value).hexdigest() if whole else ""
    partition, offset = int(said["__connect.errors.partition"]), int(said["__connect.errors.offset"])
    return _Judged(int(said["wire.order"]), partition, offset, digest, b"")
