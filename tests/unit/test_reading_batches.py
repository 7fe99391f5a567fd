"""Records are read in batches; what happens to one is no matter of the others."""

from __future__ import annotations

from worker.reading import Plan, read_batch
from worker.story import Candidate, Dead, DeadCode, RawRecord

TEXTS = (
    "ULM, March 3 -- The mayor of Ulm, Ida Brandt, said on Friday that the bridge would stay closed until May.",
    "LYON, March 3 -- Two people were hurt when a crane fell on a house in Lyon on Friday, the police said.",
)


def records():
    return [RawRecord(value=text.encode()) for text in (*TEXTS, "")]


def test_a_batch_gives_what_its_records_give_alone():
    together = read_batch(records(), Plan())
    assert together == [read_batch([record], Plan())[0] for record in records()]
    assert [type(of[0]) for of in together] == [Candidate, Candidate, Dead]


def test_a_story_that_cannot_be_enriched_costs_itself_only(monkeypatch):
    def merge(story, found):
        if "Lyon" in story.bodies[0].value:
            raise ZeroDivisionError("x")
        return story

    monkeypatch.setattr("worker.enrich.pipeline.merge", merge)
    [[first], [second], [third]] = read_batch(records(), Plan())
    assert b"Ulm" in first.story
    assert (second.code, second.stage, second.detail) == (DeadCode.INTERNAL, "enrich", "enrich: ZeroDivisionError: x")
    assert third.code is DeadCode.EMPTY
    assert read_batch([], Plan()) == []


def test_a_content_type_header_says_the_charset_where_the_bytes_leave_it_open():
    text = "GDAŃSK - Gmina otwiera nową świetlicę.\n\nBędzie czynna codziennie, powiedział burmistrz Łęcki."
    header = ("Content-Type", b"text/plain; charset=iso-8859-2")
    [[story], [plain]] = read_batch(
        [RawRecord(value=text.encode(charset), headers=(header,)) for charset in ("iso-8859-2", "utf-8")], Plan()
    )
    assert "nową świetlicę".encode() in story.story
    assert "nową świetlicę".encode() in plain.story
