"""The index: what is stored, what is restored, and what stops the judge."""

import random

import msgspec
import numpy as np
import pytest
from dedupe_kit import HOUR, START, headline, story, text
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.dedupe import CorruptEntries, Judge, JudgeConfig, entries, fingerprint
from worker.dedupe.entries import MAGIC, MAJOR, sealed, unpack
from worker.dedupe.postings import Postings
from worker.dedupe.rebuild import rebuild
from worker.dedupe.rows import ENTRY_ROW
from worker.dedupe.table import LatestOf
from worker.judging import Judging
from worker.story import Candidate, Raw

DAY = 24 * HOUR


def stories(count=30, seed=1, step=HOUR):
    rng = random.Random(seed)
    return [story(f"urn:a:{n}", headline(rng), text(rng), at=START + n * step, version="1") for n in range(count)]


def copies(of):
    return [msgspec.structs.replace(s, uri=f"{s.uri}-copy") for s in of]


def claims(of):
    return fingerprint([(s, 0) for s in of])


def dated(of):
    """As from a topic: the record's time is the story's."""
    import datetime as dt

    return fingerprint([(s, int(dt.datetime.fromisoformat(s.version_created).timestamp() * 1000)) for s in of])


def stored():
    judge = Judge()
    judge.decide(claims(stories()))
    return judge.entries()


def test_nothing_decided_gives_no_entries():
    judge = Judge()
    assert judge.entries() == b""
    judge.decide(claims(stories(1)))
    assert judge.entries()
    assert judge.entries() == b""


@pytest.mark.parametrize("at", [0, 5, 10, 40, -1])
def test_a_damaged_entry_stops_the_judge_and_says_what_to_do(at):
    data = bytearray(stored())
    data[at] ^= 0xFF
    with pytest.raises(CorruptEntries, match=r"rebuild|upgrade"):
        Judge().apply(bytes(data))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 3000), st.binary(max_size=40))
def test_a_cut_or_foreign_entry_stops_the_judge(cut, foreign):
    for data in (stored()[:-cut], foreign or b"x", MAGIC + foreign):
        if data:
            with pytest.raises(CorruptEntries):
                Judge().apply(data)


def test_a_missing_entry_stops_the_judge():
    judge, parts = Judge(), []
    for start in range(0, 30, 10):
        judge.decide(claims(stories())[start : start + 10])
        parts.append(judge.entries())
    with pytest.raises(CorruptEntries, match="missing"):
        Judge().load([parts[0], parts[2]])
    Judge().load(parts[1:])  # the beginning may have been deleted by retention


def versioned(major, minor, change):
    """The stored entries as another version of the worker would have written them."""
    return sealed(major, minor, msgspec.msgpack.encode(change(unpack(stored()))))


def resized(read, row, record):
    """With this many bytes more (or fewer) at the end of each row and record."""

    def fit(data, size, by):
        parts = [data[at : at + size] for at in range(0, len(data), size)]
        return b"".join(part[: size + by] + bytes(max(by, 0)) for part in parts)

    return msgspec.structs.replace(
        read,
        rows=fit(read.rows, read.row_size, row),
        row_size=read.row_size + row,
        records=fit(read.records, read.record_size, record),
        record_size=read.record_size + record,
    )


@pytest.mark.parametrize(("minor", "row", "record"), [(0, -1, 0), (7, 8, 16)])
def test_entries_of_an_older_and_a_newer_minor_version_are_read(minor, row, record):
    judge = Judge()
    judge.apply(versioned(MAJOR, minor, lambda read: resized(read, row, record)))
    kinds = {v.evidence.kind for v in judge.decide(claims(copies(stories())))}
    assert kinds == {"exact"}


def test_entries_with_fields_that_are_not_known_yet_are_read():
    read = unpack(stored())
    payload = msgspec.msgpack.encode([*msgspec.to_builtins(read, builtin_types=(bytes,)), "later", 7])
    judge = Judge()
    judge.apply(sealed(MAJOR, 9, payload))
    assert judge.measures()["texts"] == 30


def test_entries_of_a_newer_major_version_are_refused():
    with pytest.raises(CorruptEntries, match="upgrade"):
        Judge().apply(versioned(MAJOR + 1, 0, lambda read: read))


def test_texts_of_another_algorithm_are_left_out_and_counted_ids_stay():
    judge = Judge()
    judge.apply(versioned(MAJOR, 0, lambda read: msgspec.structs.replace(read, algorithm=read.algorithm - 1)))
    assert judge.measures()["texts_unreadable"] == 30
    assert {v.evidence.kind for v in judge.decide(claims(stories()))} == {"same-id"}
    assert not any(v.duplicate_of for v in judge.decide(claims(copies(stories()))))


def test_a_cold_start_keeps_texts_of_the_window_and_ids_for_their_days():
    judge, parts = Judge(JudgeConfig(identity_days=8)), []
    made = stories(60, step=6 * HOUR)  # fifteen days
    for at in range(0, 60, 5):
        judge.decide(dated(made[at : at + 5]))
        parts.append(judge.entries())
    again = Judge(JudgeConfig(identity_days=8))
    again.load(parts)
    assert again.measures()["texts"] == judge.measures()["texts"] < 25
    late = [*made[20:], *copies(made[20:])]
    verdicts = again.decide(dated(late))
    assert verdicts == judge.decide(dated(late))
    assert {v.evidence.kind if v.evidence else "published" for v in verdicts} >= {"same-id", "exact", "published"}


def test_settings_are_recorded_when_they_change():
    judge = Judge(JudgeConfig(window_hours=48))
    judge.decide(claims(stories(2)))
    first = judge.entries()
    judge.decide(claims(copies(stories(2))))
    assert b"window_hours" in first
    assert b"window_hours" not in judge.entries()
    other = Judge()
    other.apply(first)
    assert b'"window_hours":48' in other.recorded
    other.decide(claims(stories(3)))
    assert b'"window_hours":72' in unpack(other.entries()).settings


def test_an_index_rebuilt_from_clean_and_duplicates_decides_as_the_lost_one():
    rng = random.Random(2)
    made = stories(40)
    made += [msgspec.structs.replace(s, version="2", version_created="2017-04-01T00:00:00Z") for s in made[:10]]
    made += copies(made[10:30])
    made += [story("urn:a:11", "Kill", "Do not use", at=START + DAY, status="canceled", version="3")]
    rng.shuffle(made)
    made = [msgspec.structs.replace(s, wire=msgspec.structs.replace(s.wire, raw=Raw(sha256="", item=0))) for s in made]
    judging = Judging(Judge())
    outcomes = judging.decide(
        [
            Candidate(story=msgspec.json.encode(s), claim=c, format="", source="")
            for s, c in zip(made, claims(made), strict=True)
        ]
    )
    again = Judge()
    again.load(list(rebuild([o.story for o in outcomes], JudgeConfig(), batch=7)))
    ignored = ("bytes",)
    assert {k: v for k, v in again.measures().items() if k not in ignored} == {
        k: v for k, v in judging.judge.measures().items() if k not in ignored
    }
    later = [*copies(made), *made, *(msgspec.structs.replace(s, version="4") for s in made)]
    assert again.decide(claims(later)) == judging.judge.decide(claims(later))


def test_what_was_committed_holds_in_a_rebuilt_index():
    """A story that was published although today's rule would suppress it stays published."""
    one, copy = stories(1)[0], copies(stories(1))[0]
    published = [
        msgspec.json.encode(msgspec.structs.replace(s, wire=msgspec.structs.replace(s.wire, story=None)))
        for s in (one, copy)
    ]
    judge = Judge()
    judge.load(list(rebuild(published, JudgeConfig())))
    verdict = judge.decide(claims([msgspec.structs.replace(copy, version="2")]))[0]
    assert (verdict.relation.relation, verdict.relation.cluster) == ("update", copy.uri)


def test_a_row_has_one_layout():
    assert ENTRY_ROW.itemsize == entries.ENTRY_ROW.itemsize == 92


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=6), min_size=1, max_size=80),
    st.integers(0, 60),
    st.integers(1, 9),
)
def test_postings_give_the_last_slots_of_each_key(batches, slot_from, most):
    """However the runs were merged and expired postings forgotten."""
    postings, held = Postings(), {}
    for slot, keys in enumerate(batches):
        distinct = sorted(set(keys))
        postings.add(np.array(distinct, np.uint64), np.full(len(distinct), slot, np.uint64))
        postings.settle(min(slot_from, slot))
        for key in distinct:
            held.setdefault(key, []).append(slot)
    asked = np.arange(14, dtype=np.uint64)
    hits = postings.lookup(asked, slot_from, most)
    for key in range(14):
        wanted = [s for s in held.get(key, []) if s >= slot_from][-most:]
        assert sorted(hits.slots[hits.queries == key].tolist()) == wanted


def test_large_runs_are_searched_as_small_ones(monkeypatch):
    rng = np.random.default_rng(7)
    keys = np.concatenate([rng.integers(0, 2**32 - 1, 4000), rng.integers(0, 50, 4000), [2**32 - 2, 2**32 - 2]])
    asked = np.unique(np.concatenate([keys[::3], rng.integers(0, 2**32 - 1, 3000), [0, 2**32 - 2]])).astype(np.uint64)

    def hits():
        postings = Postings()
        for at in range(0, len(keys), 100):
            part = np.unique(keys[at : at + 100]).astype(np.uint64)
            postings.add(part, np.full(len(part), at // 100, np.uint64))
            postings.settle(0)
        return [found.tolist() for found in postings.lookup(asked, 3, 7)]

    plain = hits()
    monkeypatch.setattr("worker.dedupe.postings._TABLE_MIN", 16)
    assert hits() == plain


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(1, 400), max_size=30), max_size=60))
def test_the_table_keeps_the_latest_number_of_each_key(batches):
    table, held, number = LatestOf(5), {}, 5
    spread = [(key << 54) | key for key in range(401)]  # many keys want one place
    for batch in batches:
        numbers = list(range(number, number + len(batch)))
        table.put(np.array([spread[k] for k in batch], np.uint64), np.array(numbers, np.int64), 0)
        held.update(zip(batch, numbers, strict=True))
        number += len(batch)
    asked = np.array(spread[1:], np.uint64)
    assert table.get(asked).tolist() == [held.get(key, -1) for key in range(1, 401)]


def test_numbers_go_on_beyond_32_bits_across_restarts():
    """A year of stories: the restored judge counts on from where its index says, and finds what it holds."""
    far = 1 << 33
    read = unpack(stored())
    rows = entries.rows_of(read).copy()
    rows["slot"] += far
    moved = msgspec.structs.replace(read, first_row=far, first_slot=far, rows=rows.tobytes())
    judge = Judge()
    judge.apply(entries.pack(moved))
    verdicts = judge.decide(claims([*copies(stories()), *stories(), *stories(3, seed=9)]))
    kinds = [v.evidence.kind if v.evidence else v.relation.relation for v in verdicts]
    assert kinds == ["exact"] * 30 + ["same-id"] * 30 + ["update"] * 3
    assert unpack(judge.entries()).first_row == far + 30


def test_counting_too_far_ends_the_judge():
    with pytest.raises(OverflowError, match="again"):
        Postings(5).add(np.array([1], np.uint64), np.array([1 << 33], np.uint64))
    with pytest.raises(OverflowError, match="again"):
        LatestOf(5).put(np.array([1], np.uint64), np.array([1 << 33]), 0)


def test_the_table_forgets_what_expired_when_it_grows():
    table = LatestOf()
    keys = np.random.default_rng(1).integers(1, 2**63, 5000, dtype=np.uint64)
    for at in range(0, 5000, 50):
        table.put(keys[at : at + 50], np.arange(at, at + 50), max(0, at - 500))
    assert len(table) < 2500
    assert table.get(keys[4600:]).tolist() == list(range(4600, 5000))
