"""The sample story in `seeds/` comes out as an editor would have it, a test a line of what was agreed of it.

Names, places, dates, quotes and subjects are tested with the extractors.
"""

from __future__ import annotations

import functools
import json
import pathlib

import pytest

from worker.dedupe import Judge
from worker.judging import Judging
from worker.reading import Plan, read_batch
from worker.story import RawRecord

SEEDS = pathlib.Path(__file__).resolve().parents[2] / "seeds"
pytestmark = pytest.mark.skipif(not list(SEEDS.glob("000_*.txt")), reason="no seeds")


@functools.cache
def story(source: str = "") -> dict:
    value = next(SEEDS.glob("000_*.txt")).read_bytes()
    headers = (("source", source.encode()),) if source else ()
    readings = read_batch([RawRecord(value=value, headers=headers)], Plan())
    [outcome] = Judging(Judge()).decide(readings[0])
    return json.loads(outcome.story)


def body(kind: str = "text/plain") -> dict:
    return next(b for b in story()["bodies"] if b["contentType"] == kind)


def test_it_is_a_usable_text_of_ninjs_3_1():
    told = story()
    assert (told["type"], told["pubStatus"], told["standard"]) == (
        "text",
        "usable",
        {"name": "ninjs", "version": "3.1"},
    )


def test_its_language_is_english():
    assert story()["language"] == "en"


def test_its_time_is_the_date_line_read_as_korean_time_and_says_so():
    told = story()
    assert told["versionCreated"] == "2017-03-14T01:38:00Z"
    assert told["wire"]["times"]["versionCreated"] == {"precision": "minute", "zone": "Asia/Seoul", "assumed": True}


def test_its_uri_is_made_of_content_and_the_source_header_is_no_part_of_it():
    assert story()["uri"].startswith("urn:wire:text:")
    assert story()["uri"] == story("another sender")["uri"]


@pytest.mark.parametrize(
    "name", ["version", "firstCreated", "by", "located", "slugline", "urgency", "genres", "edNote", "embargoedUntil"]
)
def test_what_it_does_not_state_is_absent(name):
    assert name not in story()


@pytest.mark.parametrize("name", ["dateline", "take", "duplicateOf", "signals"])
def test_what_the_wire_did_not_state_is_absent(name):
    assert name not in story()["wire"]


def test_it_has_one_headline():
    [headline] = story()["headlines"]
    assert headline["role"] == "main"
    assert headline["value"].startswith("Diplomat says")
    assert headline["value"].endswith("dialogue")


def test_its_plain_body_has_15_paragraphs_566_words_3509_characters():
    text = body()
    assert (text["wordCount"], text["charCount"]) == (566, 3509)
    assert (len(text["value"].split("\n\n")), len(text["value"].split()), len(text["value"])) == (15, 566, 3509)


def test_its_body_begins_and_ends_with_its_sentences():
    text = body()["value"]
    assert text.startswith("North Korea's deputy ambassador")
    assert text.endswith("pre-emptive nuclear attack on North Korea.")


@pytest.mark.parametrize("gone", ["(Yonhap)", "file photo", "10:38", "From", "Send to", "\xa0", "디지털"])
def test_its_body_holds_no_caption_credit_date_line_furniture_or_odd_space(gone):
    assert gone not in body()["value"]


def test_its_html_body_has_15_paragraphs():
    html = body("text/html")["value"]
    assert (html.count("<p>"), html.count("</p>")) == (15, 15)


def test_its_picture_has_caption_credit_and_day():
    [picture] = story()["associations"]
    [caption] = picture["descriptions"]
    assert (picture["type"], caption["role"]) == ("picture", "caption")
    assert caption["value"].startswith("Ambassador Kim In-ryong (C), ")
    assert caption["value"].endswith("Nov. 16, 2016.")
    assert picture["infoSources"] == [{"name": "Yonhap", "role": "credit"}]
    assert picture["contentCreated"].startswith("2016-11-16")
    assert story()["wire"]["times"]["picture-1.contentCreated"]["precision"] == "day"


def test_its_sources_are_agency_desk_and_inferred_publisher():
    assert {(s["name"], s["role"]) for s in story()["infoSources"]} == {
        ("Yonhap", "agency"),
        ("KH디지털2", "desk"),
        ("The Korea Herald", "publisher"),
    }


def test_a_desk_account_is_nobody():
    assert not [p for p in story().get("people", []) if "디지털" in p["name"] or p.get("rel") == "author"]


def test_its_sender_is_recognised_unless_a_header_says_otherwise():
    assert story()["wire"]["source"] == "koreaherald"
    assert story("another sender")["wire"]["source"] == "another sender"


def test_its_format_is_plain_text():
    assert story()["wire"]["format"] == "plaintext"


def test_exactly_two_lines_of_furniture_were_stripped():
    assert story()["wire"]["stripped"] == ["From", "Send to"]


def test_its_odd_spaces_were_mended_and_that_is_said():
    assert "nbsp" in story()["wire"]["transformations"]


def test_it_is_an_original():
    told = story()
    assert told["wire"]["story"] == {"cluster": told["uri"], "relation": "original"}
