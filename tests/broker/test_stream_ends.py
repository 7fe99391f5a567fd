"""Transactions that were committed and whose end did not reach every partition, as a broker that dies just then leaves
them: read_committed readers stand still there, and an abort would take the records along."""

from __future__ import annotations

import contextlib
import signal
import time

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from tests.chaos.content import Content
from tests.chaos.feeding import feed
from tests.chaos.stage import Watch
from tests.chaos.verify import verify

VERIFICATION = "transaction.partition.verification.enable"
KILLED_AT = ("judge.committed", "judge.polled", "judge.half-sent")


@contextlib.contextmanager
def unknown_transactions_let_in(stage):
    """The broker takes records of transactions that its coordinator does not know of."""
    broker = ConfigResourceType.BROKER
    stage.admin.alter_configs([ConfigResource(broker, "0", configs={VERIFICATION: "false"})])
    try:
        yield
    finally:
        stage.admin.alter_configs([ConfigResource(broker, "0", configs={VERIFICATION: "true"})])


def open_partitions(stage):
    """How many of the judge's partitions hold a transaction that has no end."""
    topics = stage.topics
    places = [
        TopicPartition(topic, number)
        for topic, count in ((topics.clean, 3), (topics.duplicates, 3), (topics.dead, 2), (topics.index, 1))
        for number in range(count)
    ]
    ends = []
    for level in ("read_committed", "read_uncommitted"):
        consumer = KafkaConsumer(bootstrap_servers=stage.bootstrap, isolation_level=level, enable_auto_commit=False)
        ends.append(consumer.end_offsets(places))
        consumer.close()
    return sum(ends[0][place] < ends[1][place] for place in places)


@pytest.mark.parametrize("killed_at", KILLED_AT)
def test_a_committed_transaction_that_was_left_open_is_ended_by_whoever_takes_over(stage, killed_at):
    """Nothing is lost and nothing comes twice, wherever the judge that wrote it dies afterwards."""
    content = Content(51, 90)
    nth = 2 if killed_at == "judge.committed" else 3
    faults = [
        {"at": "judge.judged", "nth": 2, "do": "forget"},
        {"at": killed_at, "nth": nth, "do": "kill"},
    ]
    with unknown_transactions_let_in(stage):
        expected = feed(stage, content)
        stage.start_reader("reader", batch_records=10, milliseconds=10)
        stage.start_judge("judge", instance_id="j", batch_records=10, end_seconds_max=2.0, faults=faults)
        code = stage.exit_code("judge")
        if killed_at == "judge.half-sent":  # never begun: the judge itself saw that the end was missing
            ended = stage.wait_log(what="ended", name="judge")
            assert code == ended["code"] == 75
            assert "the end of a transaction did not reach" in ended["why"]
        else:
            assert code == -signal.SIGKILL
        assert open_partitions(stage) >= 2
        stage.start_judge("judge-2", instance_id="j")
        seen = stage.outcomes(expected.least, seconds=60)
    assert stage.wait_log(what="alarm", alarm="committed_transaction_left_open", name="judge-2")
    assert open_partitions(stage) == 0
    assert verify(stage, content, expected, seen).faults() == {}


@pytest.mark.parametrize("judge", ["lives", "dies"])
def test_a_broker_that_dies_as_soon_as_a_commit_is_decided_loses_nothing(stage, broker, judge):
    """Whether it had written the ends or forgets them; and whether the judge goes on or another takes over."""
    content = Content(52, 120)
    faults = [{"at": "judge.committed", "nth": 3, "do": "kill", "group": broker.process_group()}]
    if judge == "dies":
        faults.append({"at": "judge.committed", "nth": 3, "do": "kill"})
    expected = feed(stage, content)
    stage.start_reader("reader", batch_records=10, milliseconds=10)
    stage.start_judge("judge", instance_id="j", batch_records=10, end_seconds_max=3.0, faults=faults)
    stage.wait_log(what="fault")
    broker.kill()
    broker.start()
    with contextlib.closing(Watch(stage)) as watch:
        deadline = time.monotonic() + 60
        while watch.poll() < expected.least and time.monotonic() < deadline:
            if stage.processes["judge"].poll() is not None:  # as a supervisor would
                stage.start_judge("judge", instance_id="j")
        seen = watch.until(expected.least)
    print([entry["alarm"] for entry in stage.log() if entry["what"] == "alarm"])
    assert open_partitions(stage) == 0
    assert verify(stage, content, expected, seen).faults() == {}
