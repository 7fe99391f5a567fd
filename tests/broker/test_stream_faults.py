"""Readers and judges are killed, stopped and woken, on Apache Kafka: nothing is lost, nothing comes twice."""

from __future__ import annotations

import signal
import time

from kafka import KafkaConsumer, TopicPartition

from tests.chaos.content import Content, Group, Made, one
from tests.chaos.feeding import feed
from tests.chaos.keeper import Keeper
from tests.chaos.verify import verify
from worker.stream.hooks import JUDGE_STEPS, READER_STEPS

QUICK = {"session_timeout_ms": 2000, "heartbeat_interval_ms": 500}


def kill_at(step, nth=1):
    return [{"at": step, "nth": nth, "do": "kill"}]


def stop_at(step, nth=1):
    return [{"at": step, "nth": nth, "do": "stop"}]


def test_kill_9_between_every_two_steps_of_both_loops(stage):
    """Each round's reader and judge die at the next step; the last round's live. Static members take up at once."""
    content = Content(2, 220)
    rounds = max(len(READER_STEPS), len(JUDGE_STEPS))
    expected = feed(stage, content)
    for number in range(rounds):
        reader_step, judge_step = READER_STEPS[number % len(READER_STEPS)], JUDGE_STEPS[number % len(JUDGE_STEPS)]
        stage.start_reader("reader", instance_id="r", batch_records=15, faults=kill_at(reader_step))
        stage.start_judge("judge", instance_id="j", batch_records=10, faults=kill_at(judge_step))
        assert stage.exit_code("reader") == -signal.SIGKILL
        assert stage.exit_code("judge") == -signal.SIGKILL
    died_at = [entry["step"] for entry in stage.log() if entry["what"] == "fault"]
    assert set(died_at) == {*READER_STEPS, *JUDGE_STEPS}
    stage.start_reader("reader", instance_id="r")
    stage.start_judge("judge", instance_id="j")
    seen = stage.outcomes(expected.least)
    assert verify(stage, content, expected, seen).faults() == {}


def test_zombies_of_both_kinds_change_nothing(stage):
    """Stopped in the middle of sending, past every timeout, and woken when others have long done their work."""
    content = Content(3, 200)
    patient = {**QUICK, "max_poll_interval_ms": 4000}
    stage.start_reader("reader-1", batch_records=20, faults=stop_at("reader.half-sent", 2), **patient)
    stage.start_judge("judge-1", batch_records=20, transaction_timeout_ms=3000, faults=stop_at("judge.sent"), **QUICK)
    expected = feed(stage, content)
    stage.wait_log(what="fault", step="reader.half-sent")
    stage.wait_log(what="fault", step="judge.sent")
    stage.start_reader("reader-2", **patient)
    stage.start_judge("judge-2", **QUICK)
    stage.outcomes(expected.least)
    time.sleep(1.0)
    stage.signal("reader-1", signal.SIGCONT)
    stage.signal("judge-1", signal.SIGCONT)
    assert stage.exit_code("judge-1") == 70
    more = Content(4, 40)
    again = feed(stage, more, seed=8)
    everything = expected._replace(records=expected.records | again.records)
    content.twins.update(more.twins)
    seen = stage.outcomes(everything.least)
    assert verify(stage, content, everything, seen).faults() == {}


def test_a_rebalance_in_the_middle_of_a_batch(stage):
    content = Content(5, 260)
    stage.start_reader("reader-1", milliseconds=8, batch_records=60, **QUICK)
    stage.start_judge("judge-1")
    expected = feed(stage, content)
    stage.outcomes(20, quiet=0)
    stage.start_reader("reader-2", milliseconds=8, batch_records=60, **QUICK)
    stage.wait_log(what="event", event="session_began", name="reader-2")
    assert stage.end("reader-1") == 0
    seen = stage.outcomes(expected.least)
    assert verify(stage, content, expected, seen).faults() == {}


def test_two_reader_versions_never_mix_in_one_record(stage):
    """Version 2 sees more items in some records; readers of both versions take over from each other again and again."""
    content = Content(6, 1)
    content.twins.clear()
    content.groups.clear()
    while len(content.groups) < 60:
        group = content._many_items()
        content.groups.append(group)
    content.stories = sum(record.items for group in content.groups for record in group.records)
    chance = [{"chance": 0.02, "do": "kill"}]
    more = {**QUICK, "batch_records": 10}
    starters = {
        "reader-1": lambda: stage.start_reader("reader-1", version=1, faults=chance, instance_id="a", **more),
        "reader-2": lambda: stage.start_reader("reader-2", version=2, faults=chance, instance_id="b", **more),
        "judge-1": lambda: stage.start_judge("judge-1", instance_id="j", batch_records=20),
    }
    with Keeper(stage, starters) as keeper:
        expected = feed(stage, content)
        seen = stage.outcomes(expected.least, seconds=60, quiet=2.0)
        report = verify(stage, content, expected, seen)
    versions = {each.story["wire"]["worker"] for each in seen if each.story}
    print(f"restarts {dict(keeper.restarts)}, reader versions seen {sorted(versions)}")
    assert report.faults() == {}


def test_aborted_output_stays_invisible(stage):
    """A judge dies between the last acknowledgement and the commit: its records are in the log, unseen."""
    content = Content(7, 30, poisons=False)
    expected = feed(stage, content)
    stage.start_reader("reader-1")
    stage.start_judge("judge-1", instance_id="j", faults=kill_at("judge.flushed"))
    assert stage.exit_code("judge-1") == -signal.SIGKILL
    assert records_in(stage, stage.topics.clean, "read_uncommitted") > 0
    stage.start_judge("judge-1", instance_id="j")
    seen = stage.outcomes(expected.least)
    report = verify(stage, content, expected, seen)
    assert report.faults() == {}
    assert records_in(stage, stage.topics.clean, "read_uncommitted") > report.clean
    assert records_in(stage, stage.topics.clean, "read_committed") == report.clean


def test_a_broker_that_is_killed_and_comes_back(stage, broker):
    content = Content(8, 300)
    starters = {
        "reader-1": lambda: stage.start_reader("reader-1", batch_records=20, milliseconds=5),
        "reader-2": lambda: stage.start_reader("reader-2", batch_records=20, milliseconds=5),
        "judge-1": lambda: stage.start_judge("judge-1", batch_records=20),
        "judge-2": lambda: stage.start_judge("judge-2", batch_records=20),
    }
    expected = feed(stage, content)
    with Keeper(stage, starters) as keeper:
        stage.outcomes(10, quiet=0)
        broker.kill()
        time.sleep(2.0)
        broker.start()
        began = time.monotonic()
        seen = stage.outcomes(expected.least, seconds=90, quiet=2.0)
        print(f"all out {time.monotonic() - began:.1f} s after the broker was back; restarts {dict(keeper.restarts)}")
    assert verify(stage, content, expected, seen).faults() == {}


def test_how_fast_work_goes_on(stage):
    """Printed, not asserted: a static reader or judge killed and started again; a hot standby."""
    content = Content(9, 1, poisons=False)
    numbers = iter(range(10_000))

    def published_after(began):
        """Seconds from `began` until a story that is sent now comes out."""
        story = content.story(text=f"Probe number {next(numbers)} " + content._text(90))
        stage.produce(0, one(story).value).get(timeout=30)
        before = len(watch.seen)
        while watch.poll(20) <= before:
            assert time.monotonic() - began < 40
        return time.monotonic() - began

    from tests.chaos.stage import Watch

    watch = Watch(stage)
    stage.start_reader("reader", instance_id="r")
    stage.start_judge("judge", instance_id="j")
    published_after(time.monotonic())
    for name, start in (("reader", stage.start_reader), ("judge", stage.start_judge)):
        stage.kill(name)
        began = time.monotonic()
        start(name, instance_id=name[0])
        print(f"static {name}: killed, started again, next story out after {published_after(began):.2f} s")
    stage.start_judge("standby")
    stage.wait_log(what="state", state="standby", name="standby")
    time.sleep(1.0)
    stage.kill("judge")
    began = time.monotonic()
    print(f"hot standby: next story out {published_after(began):.2f} s after the kill; session timeout 6 s")
    watch.close()


def records_in(stage, topic, isolation):
    """How many records a consumer of this isolation level finds in a topic."""
    consumer = KafkaConsumer(
        bootstrap_servers=stage.bootstrap,
        isolation_level=isolation,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    partitions = [TopicPartition(topic, number) for number in range(stage.clean_partitions)]
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    ends = consumer.end_offsets(partitions)
    found = 0
    while any(consumer.position(each) < ends[each] for each in partitions):
        found += sum(map(len, consumer.poll(timeout_ms=300).values()))
    consumer.close()
    return found


assert Group
assert Made


def test_asked_to_stop_while_the_broker_is_away_both_loops_leave(stage, broker):
    """Within the stated time, and without a commit that was not acknowledged: what is left is done afterwards."""
    content = Content(10, 80)
    expected = feed(stage, content)
    limit = {"stop_seconds_max": 5.0}
    stage.start_reader("reader", batch_records=10, milliseconds=20, **limit)
    stage.start_judge("judge", batch_records=10, **limit)
    stage.outcomes(5, quiet=0)
    broker.kill()
    try:
        time.sleep(1.0)
        began = time.monotonic()
        for name in ("reader", "judge"):
            stage.signal(name, signal.SIGTERM)
        codes = {name: stage.exit_code(name, 25) for name in ("reader", "judge")}
        print(f"left after {time.monotonic() - began:.1f} s with {codes}")
    finally:
        broker.start()
    the_rest_is_done(stage, content, expected)


def test_asked_to_stop_while_a_commit_waits_for_the_broker_the_reader_leaves(stage, broker):
    """A commit may wait for a minute, but not longer than a stop may take once one is asked for."""
    content = Content(11, 40)
    expected = feed(stage, content)
    fault = {"at": "reader.acknowledged", "nth": 2, "do": "kill", "group": broker.process_group()}
    stage.start_reader("reader", faults=[fault], batch_records=10, stop_seconds_max=5.0)
    stage.wait_log(what="fault")
    try:
        broker.kill()
        time.sleep(1.0)
        stage.signal("reader", signal.SIGTERM)
        stage.exit_code("reader", 25)
    finally:
        broker.start()
    the_rest_is_done(stage, content, expected)


def the_rest_is_done(stage, content, expected):
    """By a new reader and a new judge."""
    stage.start_reader("reader")
    stage.start_judge("judge")
    seen = stage.outcomes(expected.least, seconds=60)
    assert verify(stage, content, expected, seen).faults() == {}
