"""How a process becomes the judge; what it does then is in `activejudge`. The order is what makes it safe:

hot      the index is in memory before the process stands for election: judging pauses as short as can be
elected  it owns the partition of the index topic
fenced   `init_transactions` of the fixed transactional id: the predecessor's transaction is ended, and it can write
         no more. What it committed and the coordinator forgot to end is ended. Only now does the index have a last
         record
restored the index is read to that end, which must be the high watermark too: nothing open is left
active   stories are read from the positions in the last index record
"""

from __future__ import annotations

import contextlib
import gc
import time
from typing import TYPE_CHECKING, Any

import msgspec
from kafka import TopicPartition, errors

from worker.dedupe import Judge
from worker.dedupe.fingerprint import ALGORITHM
from worker.judging import Judging
from worker.stream import clients, start
from worker.stream.acks import Sender
from worker.stream.activejudge import ActiveJudge
from worker.stream.election import Election
from worker.stream.ends import Ends
from worker.stream.failures import ending
from worker.stream.feed import Feed
from worker.stream.holes import Holes
from worker.stream.indextail import IndexTail
from worker.stream.state import REBUILD, JudgeState
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafka import KafkaProducer

    from worker.dedupe import JudgeConfig
    from worker.stream.config import JudgeLoopConfig, KafkaConfig, TopicNames
    from worker.stream.hooks import Hooks
    from worker.stream.start import TopicFacts
    from worker.stream.stop import Stop

_FOLLOW_MS = 200
_RPC_MS = 10_000


def run_judge(
    kafka: KafkaConfig,
    topics: TopicNames,
    config: JudgeLoopConfig,
    rule: JudgeConfig,
    hooks: Hooks,
    stop: Stop,
    judging: Judging | None = None,
) -> None:
    """Be a standby, then the judge, until asked to stop or to the end of `config.stop_at`.

    rule: what verdicts depend on besides the claims; kept in the index. judging: another one than the rule's own
    (tests).

    Raises:
        LoopEnded: whenever the process must end otherwise.
    """
    settings = {"algorithm": ALGORITHM, **msgspec.to_builtins(rule)}
    try:
        _run(kafka, topics, config, judging or Judging(Judge(rule)), settings, hooks, stop)
    except LoopEnded as ended:
        if ended.code is not ExitCode.CLEAN:
            raise
    except Exception as error:
        raise ending(error, "judging") from error


def _run(
    kafka: KafkaConfig,
    topics: TopicNames,
    config: JudgeLoopConfig,
    judging: Judging,
    settings: Mapping[str, Any],
    hooks: Hooks,
    stop: Stop,
) -> None:
    hooks.state("starting")
    facts = _topics(kafka, topics, config, hooks, stop)
    state = JudgeState()
    tail = start.patiently(
        lambda: IndexTail(kafka, config, topics.index, state, judging.judge, hooks, stop),
        kafka,
        hooks,
        stop,
        "connecting",
    )
    _heat(tail, state, hooks)
    election = Election(kafka, config, topics.index, hooks)
    election.join()
    try:
        if not _stand_by(tail, election, hooks, stop):
            return
        hooks.at("judge.elected")
        producer = clients.judge_producer(kafka, config)
        try:
            counts = {name: fact.partitions for name, fact in facts.items() if name != topics.stories}
            ends = Ends(kafka, config, counts, hooks, stop)
            _restore(tail, producer, ends, config, state, hooks)
            if state.empty:
                _must_be_new(kafka, topics, facts, hooks)
            judging.order = state.order
            active = _active(
                kafka, topics, config, judging, settings, hooks, stop, facts, state, election, ends, producer
            )
            hooks.state("active")
            hooks.event("judge_activated", order=state.order, serial=state.serial, positions=state.positions)
            active.run()
        finally:
            hooks.state("stopping")
            _close(producer)
    finally:
        election.leave()


def _topics(
    kafka: KafkaConfig, topics: TopicNames, config: JudgeLoopConfig, hooks: Hooks, stop: Stop
) -> dict[str, TopicFacts]:
    """Facts of the judge's five topics, checked."""
    names = [topics.stories, topics.clean, topics.duplicates, topics.dead, topics.index]
    facts = start.topic_facts(kafka, names, hooks, stop)
    for name in names[1:]:
        start.check_limit(facts[name], config.record_bytes_max, "the judge's largest record")
    if facts[topics.index].partitions != 1:
        raise LoopEnded(
            ExitCode.CONFIG,
            f"topic {topics.index} has {facts[topics.index].partitions} partitions: the judge's state needs one",
        )
    return facts


def _heat(tail: IndexTail, state: JudgeState, hooks: Hooks) -> None:
    """Read the index as it is now into memory."""
    began = time.monotonic()
    tail.read_to(tail.end(), seconds_max=float("inf"))
    hooks.seconds("restore", time.monotonic() - began)
    hooks.event("index_read", serial=state.serial, order=state.order, seconds=round(time.monotonic() - began, 3))
    hooks.at("judge.hot")


def _must_be_new(kafka: KafkaConfig, topics: TopicNames, facts: dict[str, TopicFacts], hooks: Hooks) -> None:
    """An empty index must be a new one. Asked only behind the fence: before it, a first transaction may be half seen,
    committed in clean and still open in the index, as when a broker was killed while it wrote the markers.

    Raises:
        LoopEnded: CONFIG when stories were published before.
    """
    for name in (topics.clean, topics.duplicates, topics.dead):
        if _holds_records(kafka, facts[name], hooks):
            raise LoopEnded(
                ExitCode.CONFIG,
                f"topic {topics.index} is empty but {name} is not: a judge without its state would publish "
                f"everything again. If the index was lost, {REBUILD}; a new start needs new topics",
            )


def _holds_records(kafka: KafkaConfig, topic: TopicFacts, hooks: Hooks) -> bool:
    """Whether anything committed is in the topic; what an aborted transaction left does not count."""
    consumer = clients.tail_consumer(kafka, records_max=1, wait_ms=100)
    try:
        partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        ends = consumer.end_offsets(partitions, timeout_ms=_RPC_MS)
        while any(consumer.position(each, timeout_ms=_RPC_MS) < ends[each] for each in partitions):
            hooks.beat()
            if consumer.poll(timeout_ms=500):
                return True
        return False
    finally:
        consumer.close()


def _stand_by(tail: IndexTail, election: Election, hooks: Hooks, stop: Stop) -> bool:
    """Keep the memory hot until elected. False when asked to stop before."""
    hooks.state("standby")
    while not election.won:
        if stop:
            return False
        election.check()
        tail.follow(_FOLLOW_MS)
    return True


def _restore(
    tail: IndexTail, producer: KafkaProducer, ends: Ends, config: JudgeLoopConfig, state: JudgeState, hooks: Hooks
) -> None:
    """Fence the predecessor, then read the index to its true end."""
    began = time.monotonic()
    try:
        producer.init_transactions()
    except errors.KafkaError as error:
        raise ending(error, "taking over the transactional id") from error
    hooks.at("judge.fenced")
    fenced = time.monotonic()
    ends.close_open(producer)
    tail.read_to(tail.end(), config.catch_up_seconds_max)
    tail.close()
    gc.collect()
    gc.freeze()  # a memory of millions of entries is not looked through again and again
    hooks.event(
        "judge_restored",
        fence_seconds=round(fenced - began, 3),
        catch_up_seconds=round(time.monotonic() - fenced, 3),
        serial=state.serial,
    )
    hooks.at("judge.restored")


def _active(
    kafka: KafkaConfig,
    topics: TopicNames,
    config: JudgeLoopConfig,
    judging: Judging,
    settings: Mapping[str, Any],
    hooks: Hooks,
    stop: Stop,
    facts: dict[str, TopicFacts],
    state: JudgeState,
    election: Election,
    ends: Ends,
    producer: KafkaProducer,
) -> ActiveJudge:
    feed = Feed(kafka, config, facts[topics.stories], hooks, stop)
    feed.begin(state)
    clients.learn(producer, [topics.clean, topics.duplicates, topics.dead, topics.index])
    sender = Sender(
        producer,
        hooks,
        stop,
        doing="writing a transaction",
        in_flight_bytes_max=config.in_flight_bytes_max,
        ack_seconds_max=config.ack_seconds_max,
        stop_seconds_max=config.stop_seconds_max,
    )
    return ActiveJudge(
        state=state,
        judging=judging,
        settings=settings,
        feed=feed,
        sender=sender,
        election=election,
        ends=ends,
        holes=Holes(hooks, topics.raw, config.ahead_alarm_seconds),
        topics=topics,
        partitions={name: fact.partitions for name, fact in facts.items()},
        config=config,
        hooks=hooks,
        stop=stop,
    )


def _close(producer: KafkaProducer) -> None:
    with contextlib.suppress(Exception):  # the process ends, and the next init ends its transaction
        producer.close(timeout=2)
