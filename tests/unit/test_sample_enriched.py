"""The seed story's dates, quotes, topics, kind and short forms: a test a line of what an editor would expect."""

from __future__ import annotations

import pathlib

import msgspec
import pytest

from worker.reading import Plan, read_batch
from worker.story import Candidate, RawRecord, Story

SEED = pathlib.Path(__file__).resolve().parents[2] / "seeds" / "000_3a2ee6e09495310d.txt"


@pytest.fixture(scope="module")
def story() -> Story:
    [[reading]] = read_batch([RawRecord(value=SEED.read_bytes())], Plan())
    assert isinstance(reading, Candidate)
    return msgspec.json.decode(reading.story, type=Story)


@pytest.fixture(scope="module")
def body(story: Story) -> str:
    return next(b.value for b in story.bodies if b.content_type == "text/plain")


def paragraph_of(body: str, offset: int) -> int:
    return body.count("\n\n", 0, offset) + 1


def test_no_extractor_failed(story):
    assert [w for w in story.wire.warnings if w.code == "extractor-failed"] == []


def test_the_language_is_english_in_latin_letters(story):
    assert (story.language, story.wire.script) == ("en", "Latn")
    assert [(s.language, s.share) for s in story.wire.languages] == [("en", 1.0)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Monday", ["2017-03-13"] * 3),
        ("Feb. 16", ["2017-02-16"]),
        ("Feb. 13", ["2017-02-13"]),
        ("this week", ["2017-W11"]),
    ],
)
def test_dates_are_resolved_against_the_storys_time_in_seoul(story, text, values):
    assert [d.value for d in story.wire.dates if d.text == text] == values


def test_there_are_no_other_dates(story):
    """June-hyuck is a name, and Nov. 16, 2016 stands only in the caption."""
    assert {d.text for d in story.wire.dates} == {"Monday", "Feb. 16", "Feb. 13", "this week"}


def test_spans_give_the_very_words(story, body):
    for found in (*story.wire.dates, *story.wire.quotes, *story.wire.amounts):
        assert body[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("begins", "speaker"),
    [
        ("If the purpose", "Kim In-ryong"),
        ("The reiteration", "Cho June-hyuck"),
        ("Currently as", "Cho June-hyuck"),
        ("In-depth discussion", "Cho June-hyuck"),
    ],
)
def test_direct_quotes_have_their_speakers(story, begins, speaker):
    """The last is said by "the spokesman"."""
    [quote] = [q for q in story.wire.quotes if q.type == "direct" and q.text.startswith(begins)]
    assert quote.speaker is not None
    assert quote.speaker.name == speaker
    assert quote.speaker.ref is not None
    assert story.people[quote.speaker.ref].name == speaker


def test_there_are_no_other_direct_quotes(story):
    assert len([q for q in story.wire.quotes if q.type == "direct"]) == 4


def test_the_quoted_demand_is_partial_and_nobodys(story):
    [quote] = [q for q in story.wire.quotes if q.type == "partial"]
    assert quote.text == "complete, verifiable and irreversible denuclearization"
    assert quote.speaker is None


@pytest.mark.parametrize("paragraph", [1, 3, 12, 13, 14, 15])
def test_indirect_speech_of_the_ambassador(story, body, paragraph):
    """Also where he is "the ambassador", "he", or a Kim among other Kims who stand nearer."""
    speakers = {
        q.speaker.name
        for q in story.wire.quotes
        if q.type == "indirect" and q.speaker and paragraph_of(body, q.start) == paragraph
    }
    assert speakers == {"Kim In-ryong"}


@pytest.mark.parametrize("paragraph", [6, 8])
def test_indirect_speech_of_the_spokesman(story, body, paragraph):
    speakers = {
        q.speaker.name
        for q in story.wire.quotes
        if q.type == "indirect" and q.speaker and paragraph_of(body, q.start) == paragraph
    }
    assert speakers == {"Cho June-hyuck"}


def test_the_topics_are_politics_and_conflict(story):
    assert {s.literal for s in story.subjects if s.creator == "worker"} == {"medtop:11000000", "medtop:16000000"}
    assert all(s.confidence and s.uri.endswith(s.literal.partition(":")[2]) for s in story.subjects)


def test_short_forms_are_expanded(story):
    assert story.wire.abbreviations["CVID"] == "complete, verifiable and irreversible denuclearization"
    assert story.wire.abbreviations["UN"] == "United Nations"


def test_keywords_are_ranked_and_whole(story):
    assert "denuclearization" in story.wire.keywords
    assert not {"Kim", "Cho", "Jong", "korea", "north"} & set(story.wire.keywords)


def test_the_rest(story):
    assert story.wire.kind == "report"
    assert 120 <= (story.wire.reading_time_seconds or 0) <= 160
    [extract] = [d.value for d in story.descriptions if d.role == "extract"]
    assert extract.startswith("North Korea's deputy ambassador")
    assert story.wire.applied["dates"] == "rules-en"
