"""What travels between reader and judge, and what the judge writes: nothing is lost, nothing grows too large."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.story import Candidate, Claim, Dead, DeadCode, DeadLetter, Published, RawRecord
from worker.stream import envelope, state
from worker.stream.config import TopicNames
from worker.stream.outputs import outputs, partition_of
from worker.stream.packing import pack, slices
from worker.stream.session import Session
from worker.stream.stop import ExitCode, LoopEnded

TOPICS = TopicNames.of("raw", "clean")
PARTITIONS = {"clean": 3, "clean.duplicates": 2, "clean.dead": 2}
CLAIM = Claim(algorithm=1, uri="urn:a", print=b"p", digest=b"d" * 16)


def candidate(story=b'{"uri":"urn:a","wire":{"schema":"1.0"}}', item=0):
    return Candidate(story=story, claim=CLAIM, format="test", source="s", item=item)


def dead(item=0, detail="no"):
    return Dead(code=DeadCode.MALFORMED, detail=detail, item=item)


def made(readings, value=b"raw", **more):
    usual = {
        "topic": "raw",
        "topic_id": b"t" * 16,
        "partition": 1,
        "offset": 7,
        "prev": 5,
        "session": b"s" * 8,
        "digest": b"d" * 16,
    }
    return envelope.Envelope(readings=tuple(readings), value=value, key=b"k", headers=(("h", b"v"),), **(usual | more))


READINGS = st.lists(
    st.one_of(
        st.builds(candidate, story=st.binary(min_size=0, max_size=3000), item=st.integers(0, 500)),
        st.builds(
            dead, item=st.integers(0, 500), detail=st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
        ),
    ),
    min_size=1,
    max_size=8,
)


@given(readings=READINGS, value=st.one_of(st.none(), st.binary(max_size=3000)), limit=st.integers(2000, 20_000))
@settings(max_examples=60, deadline=None)
def test_an_envelope_keeps_every_item_within_its_limit(readings, value, limit):
    """One reading an item whatever the limit; the raw bytes are beside every dead one, or their length is."""
    encoded = envelope.pack(made(readings, value), limit)
    back = envelope.decode(encoded, "here")
    assert len(encoded) <= limit or all(isinstance(reading, Dead) for reading in back.readings)
    assert [reading.item for reading in back.readings] == [reading.item for reading in readings]
    for before, after in zip(readings, back.readings, strict=True):
        assert after == before or (isinstance(after, Dead) and after.code is DeadCode.TOO_LARGE)
    if any(isinstance(reading, Dead) for reading in back.readings):
        assert back.value == value or back.omitted_bytes == len(value or b"")
        assert back.key == b"k"
    else:
        assert (back.value, back.key, back.headers) == (None, None, ())


def test_only_the_largest_stories_die_when_a_record_is_too_large():
    readings = [candidate(b"x" * 100, 0), candidate(b"x" * 9000, 1), candidate(b"x" * 200, 2)]
    back = envelope.decode(envelope.pack(made(readings, b"raw"), 3000), "here")
    assert [type(reading) for reading in back.readings] == [Candidate, Dead, Candidate]
    assert back.value == b"raw"


def test_an_envelope_of_a_newer_minor_version_is_read_without_what_is_new():
    class Newer(envelope.Envelope, frozen=True, kw_only=True):
        mood: str = "sunny"

    newer = Newer(**msgspec.structs.asdict(made([candidate()])), mood="cloudy")
    encoded = envelope.MAGIC + bytes([envelope.MAJOR]) + msgspec.msgpack.encode(newer)
    assert envelope.decode(encoded, "here").readings == (candidate(),)


def test_an_envelope_of_an_older_minor_version_is_read_with_defaults():
    fields = msgspec.to_builtins(made([candidate()]), builtin_types=(bytes,))
    for later in ("fresh", "timestamp_ms", "worker", "trace", "omitted_bytes"):
        fields.pop(later, None)
    encoded = envelope.MAGIC + bytes([envelope.MAJOR]) + msgspec.msgpack.encode(fields)
    assert envelope.decode(encoded, "here").fresh is False


@given(st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_bytes_that_no_reader_wrote_end_the_judge_with_a_sentence(value):
    for head in (b"", b"WSE\x01", b"WSE\x02"):
        with pytest.raises(LoopEnded) as ended:
            envelope.decode(head + value, "clean.stories-0 offset 5")
        assert ended.value.code is ExitCode.CONFIG
        assert "clean.stories-0 offset 5" in ended.value.message


def test_text_that_is_not_unicode_becomes_a_dead_letter_instead_of_a_crash():
    session = Session(id=b"s" * 8, topic_id=b"t" * 16, prev=0)
    broken = candidate()
    broken = msgspec.structs.replace(broken, source="\ud800")
    back = envelope.decode(pack(session, RawRecord(value=b"raw", topic="raw"), [broken], 10_000), "here")
    assert [reading.code for reading in back.readings] == [DeadCode.INTERNAL]
    assert back.value == b"raw"


def test_the_index_record_holds_all_that_the_judge_stands_on():
    judge = state.JudgeState()
    judge.order = 12
    judge.stories_id = b"i" * 16
    judge.watermarks.at = {(b"t" * 16, 0): 4, (b"u" * 16, 0): 2}
    judge.positions = {0: 9, 1: 3}
    record = judge.record(b"entries", {"mode": "full"}, "raw", "0.1")
    again = state.JudgeState()
    again.restore(state.decode(state.encode(record), "here"), "here")
    assert (again.serial, again.order, again.positions) == (1, 12, {0: 9, 1: 3})
    assert again.watermarks.at == judge.watermarks.at
    assert (again.stories_id, again.settings) == (b"i" * 16, {"mode": "full"})


def test_a_missing_index_record_is_noticed_and_an_old_beginning_is_not():
    judge = state.JudgeState()
    first, third = (
        state.IndexRecord(serial=serial, order=0, watermarks=(), positions={}, stories_id=b"") for serial in (41, 43)
    )
    judge.restore(first, "here")
    with pytest.raises(LoopEnded, match="43 but follows 41"):
        judge.restore(third, "here")


def test_dead_letters_repeat_large_raw_bytes_only_up_to_a_limit():
    """The first has them always; what is beyond the limit says where they are instead."""
    raw = b"x" * 400
    read = made([dead(0), dead(1), dead(2)], raw)
    letters = [DeadLetter(dead=reading, order=number) for number, reading in enumerate(read.readings)]
    written = outputs([(read, letters)], TOPICS, PARTITIONS, duplicates=True, dead_bytes_max=800)
    assert [output.value for output in written] == [raw, raw, b""]
    assert dict(written[2].headers)["wire.raw.omitted"] == b"400"
    assert all(dict(output.headers)["__connect.errors.offset"] == b"7" for output in written)


def test_a_raw_record_of_nothing_at_all_is_marked_as_such():
    read = msgspec.structs.replace(made([dead()], None), key=None)
    letter = DeadLetter(dead=dead(), order=0)
    (written,) = outputs([(read, [letter])], TOPICS, PARTITIONS, duplicates=True, dead_bytes_max=800)
    assert (written.value, written.key) == (b"", None)
    assert dict(written.headers)["wire.raw.null"] == b"true"


def test_clean_is_keyed_by_uri_so_that_versions_stay_in_order():
    read = made([candidate()])
    story = Published(uri="urn:a", story=b"{}", order=3, relation="original")
    (written,) = outputs([(read, [story])], TOPICS, PARTITIONS, duplicates=True, dead_bytes_max=1)
    assert (written.topic, written.key, written.partition) == ("clean", b"urn:a", partition_of(b"urn:a", 3))
    assert dict(written.headers)["wire.raw"] == b"raw/1/7"


class Polled:
    def __init__(self, size):
        self.value = b"x" * size


@given(st.lists(st.lists(st.integers(0, 50), max_size=8), max_size=4), st.integers(1, 120))
@settings(max_examples=60, deadline=None)
def test_slices_keep_every_record_in_order_within_the_limit(sizes, limit):
    polled = {number: [Polled(size) for size in of] for number, of in enumerate(sizes)}
    batches = list(slices(polled, limit))
    for number, records in polled.items():
        assert [record for batch in batches for record in batch.get(number, [])] == records
    for batch in batches:
        total = sum(len(record.value) for of in batch.values() for record in of)
        assert total <= limit or sum(map(len, batch.values())) == 1 or total - limit <= 50
