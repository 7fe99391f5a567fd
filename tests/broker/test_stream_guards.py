"""What the loops refuse, and what they say then: poisons, lost ranges, topics made anew, holes, broken state."""

from __future__ import annotations

import json
import time

import pytest
from kafka import KafkaAdminClient, KafkaProducer, TopicPartition

from tests.chaos.content import Content, one
from tests.chaos.feeding import feed
from tests.chaos.verify import index_records, verify
from worker.story import Dead, DeadCode
from worker.stream import envelope, state

QUICK = {"session_timeout_ms": 2000, "heartbeat_interval_ms": 500}


def write(stage, topic, value, partition=0):
    """A record by another hand."""
    with_producer = KafkaProducer(bootstrap_servers=stage.bootstrap, max_request_size=30_000_000)
    with_producer.send(topic, value, partition=partition).get(timeout=20)
    with_producer.close()


def ended(stage, name, seconds=40.0):
    """(exit code, message) of a process that ends by itself."""
    stage.exit_code(name, seconds)
    pid = stage.processes[name].pid
    entry = stage.wait_log(what="ended", name=name, pid=pid)
    return entry["code"], entry["why"]


def test_every_poison_reaches_the_dead_letters_unchanged(stage):
    """Bytes, key and headers of the raw record as they were, with Kafka Connect's family and the bounded code."""
    poisons = [
        (b"\xff\xfe\x00 nothing we know", b"key", "unknown-format"),
        (b"", b"key", "empty"),
        (None, b"key", "empty"),
        (b'{"items": [', b"", "malformed"),
    ]
    headers = [("source", b"elsewhere"), ("traceparent", b"00-1-2-00"), ("__connect.errors.topic", b"an earlier death")]
    places = {}
    for value, key, code in poisons:
        place = stage.produce(0, value, key, headers).get(timeout=20)
        places[place.offset] = (value, key, code)
    stage.start_reader("reader")
    stage.start_judge("judge")
    seen = {each.raw[1]: each for each in stage.outcomes(len(places))}
    assert set(seen) == set(places)
    for offset, (value, key, code) in places.items():
        letter = seen[offset]
        assert (letter.topic, letter.value, letter.key) == (stage.topics.dead, value, key)
        assert letter.headers["wire.error.code"] == code.encode()
        assert letter.headers["source"] == b"elsewhere"
        family = {
            name.removeprefix("__connect.errors."): said for name, said in letter.headers.items() if "connect" in name
        }
        assert family["topic"] == stage.topics.raw.encode()
        assert (family["partition"], family["offset"]) == (b"0", str(offset).encode())
        assert set(family) == {
            *("topic", "partition", "offset", "stage", "class.name"),
            *("exception.class.name", "exception.message", "exception.stacktrace"),
        }


def test_a_record_beyond_every_limit_stops_nothing(stage):
    """It cannot travel; its dead letter says how large it is and where it lies, and the next record is published."""
    content = Content(11, 1, poisons=False)
    large = one(content.story(text="much " * 200_000)).value
    stage.produce(0, large, b"key").get(timeout=20)
    stage.produce(0, one(content.story()).value).get(timeout=20)
    stage.start_reader("reader", envelope_bytes_max=1_000_000)
    stage.start_judge("judge", record_bytes_max=1_000_000)
    letter, story = sorted(stage.outcomes(2), key=lambda each: each.order)
    assert (letter.topic, letter.raw, letter.key, letter.value) == (stage.topics.dead, (0, 0), b"key", b"")
    assert letter.headers["wire.error.code"] == b"too-large"
    assert letter.headers["wire.raw.omitted"] == str(len(large)).encode()
    assert (story.topic, story.raw) == (stage.topics.clean, (0, 1))


def test_a_raw_topic_made_anew_is_read_from_its_start(stage):
    """While its reader runs, and while it does not; the new topic is as long as the old one and longer."""
    judged = 0
    stage.start_judge("judge")
    for number, running in enumerate((True, True, False)):
        content = Content(20 + number, 30 + 20 * number)
        if not running:
            assert stage.end("reader") == 0
        if number:
            stage.delete(stage.topics.raw)
            stage.create({stage.topics.raw: stage.partitions})
        expected = feed(stage, content)
        if not (running and number):
            stage.start_reader("reader", instance_id="r")
        seen = stage.outcomes(judged + expected.least, seconds=60)
        report = verify(stage, content, expected, [each for each in seen if each.order >= judged])
        assert (report.missing, report.twice, report.wrong_items) == (0, 0, 0)
        judged = len(seen)
    assert len({mark[0] for mark in index_records(stage)[-1].watermarks}) == 3


def test_a_hole_is_never_skipped_and_raises_its_alarm(stage):
    """Records beyond a missing one are left out until it comes, however long that takes."""
    topic_id = b"i" * 16

    def record(offset, prev):
        dead = Dead(code=DeadCode.EMPTY, detail="x")
        return envelope.encode(
            envelope.Envelope(
                topic="raw",
                topic_id=topic_id,
                partition=0,
                offset=offset,
                prev=prev,
                session=b"s" * 8,
                digest=b"d" * 16,
                readings=(dead,),
                key=b"k",
                value=b"",
            )
        )

    stage.start_judge("judge", ahead_alarm_seconds=1.0)
    for offset, prev in ((0, 0), (2, 2), (3, 3)):
        write(stage, stage.topics.stories, record(offset, prev))
    alarm = stage.wait_log(what="alarm", alarm="hole_stays_open")
    assert (alarm["partition"], alarm["watermark"]) == (0, 1)
    assert "to 1" in alarm["remedy"]
    assert [each.raw for each in stage.outcomes(1)] == [(0, 0)]
    for offset, prev in ((1, 1), (2, 2), (3, 3)):
        write(stage, stage.topics.stories, record(offset, prev))
    assert [each.raw for each in stage.outcomes(4)] == [(0, 0), (0, 1), (0, 2), (0, 3)]
    stage.wait_log(what="event", event="hole_closed")


def test_an_empty_index_beside_published_stories_stops_the_judge(stage):
    content = Content(30, 20)
    expected = feed(stage, content)
    stage.start_reader("reader")
    stage.start_judge("judge")
    stage.outcomes(expected.least)
    assert stage.end("judge") == 0
    stage.delete(stage.topics.index)
    stage.create({stage.topics.index: 1})
    stage.start_judge("judge")
    code, why = ended(stage, "judge")
    assert code == 78
    assert "worker index rebuild" in why


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (b"WSI\x02 of tomorrow", "format 2"),
        (b"WSI\x01\xc1 broken", "damaged"),
        (b"something else", "not written by a judge"),
    ],
    ids=["newer-major", "corrupt", "foreign"],
)
def test_an_index_that_is_not_whole_stops_the_judge(stage, value, says):
    write(stage, stage.topics.index, value)
    stage.start_judge("judge")
    code, why = ended(stage, "judge")
    assert code == 78
    assert says in why


def test_a_missing_index_record_stops_the_judge(stage):
    for serial in (1, 3):
        record = state.IndexRecord(serial=serial, order=0, watermarks=(), positions={}, stories_id=b"")
        write(stage, stage.topics.index, state.encode(record))
    stage.start_judge("judge")
    code, why = ended(stage, "judge")
    assert code == 78
    assert "number 3 but follows 1" in why


def test_an_envelope_of_a_newer_major_version_stops_the_judge(stage):
    stage.start_judge("judge")
    stage.wait_log(what="state", state="active")
    write(stage, stage.topics.stories, b"WSE\x02 of tomorrow")
    code, why = ended(stage, "judge")
    assert code == 78
    assert "upgrade judges before readers" in why


def test_a_lost_raw_range_is_named_and_a_policy_decides(stage):
    """Deleted before it was read: `fail` says which offsets and stops, `earliest` goes on behind them."""
    content = Content(40, 60, poisons=False)
    expected = feed(stage, content)
    stage.start_reader("reader")
    stage.start_judge("judge")
    first = len(stage.outcomes(expected.least))
    assert stage.end("reader") == 0
    committed = max(offset for partition, offset in expected.records if partition == 0) + 1
    later = feed(stage, Content(41, 30, poisons=False), seed=9)
    cut = committed + 2
    admin = KafkaAdminClient(bootstrap_servers=stage.bootstrap)
    admin.delete_records({TopicPartition(stage.topics.raw, 0): cut})
    admin.close()
    stage.start_reader("reader")
    code, why = ended(stage, "reader")
    assert code == 78
    assert f"offsets {committed} to {cut - 1} were deleted" in why
    stage.start_reader("reader", offset_reset="earliest")
    alarm = stage.wait_log(what="alarm", alarm="raw_range_lost")
    assert (alarm["first"], alarm["end"]) == (committed, cut)
    left = {raw: made for raw, made in later.records.items() if raw[0] != 0 or raw[1] >= cut}
    seen = stage.outcomes(first + sum(max(1, made.items) for made in left.values()))
    assert {each.raw for each in seen} == set(expected.records) | set(left)


def test_stories_deleted_before_they_were_judged_stop_the_judge(stage):
    """The remedy works: readers back to the watermark, the judge once with `earliest`; then all is there, once."""
    content = Content(50, 60, poisons=False)
    expected = feed(stage, content)
    stage.start_reader("reader")
    stage.start_judge("judge", batch_records=10)
    stage.outcomes(5, quiet=0)
    stage.kill("judge")
    stage.wait_log(what="state", state="reading", name="reader")
    time.sleep(1.5)
    assert stage.end("reader") == 0
    admin = KafkaAdminClient(bootstrap_servers=stage.bootstrap)
    partitions = [TopicPartition(stage.topics.stories, number) for number in range(stage.partitions)]
    admin.delete_records(dict.fromkeys(partitions, -1))
    # a judge that is up to date would not mind: then there was nothing to lose
    stage.start_judge("judge", **QUICK)
    stage.exit_code("judge", 40)
    marks = {partition: offset for _, partition, offset in index_records(stage)[-1].watermarks}
    code, why = ended(stage, "judge")
    assert code == 78
    assert "deleted before they were judged" in why
    group = f"{stage.name}.readers"
    admin.alter_group_offsets(
        group, {TopicPartition(stage.topics.raw, part): offset_of(marks.get(part, 0)) for part in range(3)}
    )
    admin.close()
    stage.start_reader("reader")
    stage.start_judge("judge", offset_reset="earliest")
    seen = stage.outcomes(expected.least)
    assert verify(stage, content, expected, seen).faults() == {}


def offset_of(offset):
    from kafka.structs import OffsetAndMetadata

    return OffsetAndMetadata(offset, "", -1)


def test_topics_that_do_not_exist_are_named(broker, zygote, tmp_path):
    import msgspec

    from tests.chaos.stage import Stage

    stage = Stage(broker.bootstrap, tmp_path, zygote)
    stage.kafka = msgspec.structs.replace(stage.kafka, start_seconds_max=2.0)
    stage.start_reader("reader")
    stage.start_judge("judge")
    for name in ("reader", "judge"):
        code, why = ended(stage, name)
        assert code == 78
        assert "worker topics create" in why
    stage.close()


def test_no_broker_at_the_address_is_try_later(zygote, tmp_path, broker):
    import msgspec

    from tests.chaos.stage import Stage

    stage = Stage(broker.bootstrap, tmp_path, zygote)
    stage.kafka = msgspec.structs.replace(stage.kafka, bootstrap_servers=("127.0.0.1:1",), start_seconds_max=2.0)
    stage.start_reader("reader")
    code, why = ended(stage, "reader", 60.0)
    assert code == 75
    assert "127.0.0.1:1" in why
    stage.close()


def test_a_checkpoint_keeps_the_positions_of_an_idle_judge(stage):
    stage.start_judge("judge", checkpoint_seconds=0.5)
    stage.wait_log(what="event", event="checkpoint_written")
    record = index_records(stage)[-1]
    assert (record.order, record.entries) == (0, b"")
    assert record.positions == {0: 0, 1: 0, 2: 0}
    assert json.dumps(record.settings)


def test_a_bounded_range_is_read_and_judged_to_its_end_and_no_further(stage):
    content = Content(60, 60, poisons=False)
    expected = feed(stage, content)
    ends = dict.fromkeys(range(stage.partitions), 5)
    stage.start_reader("reader", stop_at=ends)
    assert stage.exit_code("reader", 40) == 0
    stage.start_judge("judge", stop_at=ends)
    assert stage.exit_code("judge", 40) == 0
    wanted = {raw for raw in expected.records if raw[1] < 5}
    assert {each.raw for each in stage.outcomes(len(wanted))} == wanted
