"""An embargo fails closed, is never decided by the clock, and a story about an embargo is no embargoed story."""

from __future__ import annotations

import pytest
from normalise_kit import SENT, SHA, headline, plain, signals, told

from worker.normalise import Origin
from worker.story import Moment, Note

LATER = Moment("2024-05-03T06:00:00Z")
EARLIER = Moment("2024-05-01T06:00:00Z")


def held(story: dict) -> tuple[str, str]:
    return story["pubStatus"], story.get("embargoedUntil", "")


def test_later_than_the_story_s_own_time_is_withheld():
    story = told("Text.", "Head", version_created=SENT, embargoed_until=LATER)
    assert held(story) == ("withheld", "2024-05-03T06:00:00Z")
    assert signals(story) == {"embargo"}


def test_over_before_the_story_s_own_time_is_usable():
    """A replay next year gives the same: the date is kept, nothing is withheld."""
    story = told("Text.", "Head", version_created=SENT, embargoed_until=EARLIER)
    assert held(story) == ("usable", "2024-05-01T06:00:00Z")
    assert signals(story) == set()


def test_the_record_s_time_stands_in_for_a_story_without_one():
    record = Origin(sha256=SHA, timestamp_ms=1_714_636_800_000)  # 2 May 2024, 08:00 UTC
    assert held(told("Text.", "Head", origin=record, embargoed_until=LATER))[0] == "withheld"
    assert held(told("Text.", "Head", origin=record, embargoed_until=EARLIER))[0] == "usable"


def test_without_any_time_to_compare_it_is_withheld():
    assert held(told("Text.", "Head", embargoed_until=EARLIER))[0] == "withheld"


@pytest.mark.parametrize("words", ["soon", "YYYYMMDD000000-HHMM", "the minister has spoken", "99.99.9999"])
def test_an_unreadable_embargo_is_withheld_without_a_date_and_says_so(words):
    story = told("Text.", "Head", version_created=SENT, embargoed_until=Moment(words))
    assert held(story) == ("withheld", "")
    assert [w["code"] for w in story["wire"]["warnings"]] == ["embargo-unreadable"]
    assert story["wire"]["given"]["dates"]["embargoedUntil"] == words


@pytest.mark.parametrize("status", ["withheld", "embargoed", "stat:withheld", "Embargoed"])
def test_what_the_provider_withholds_is_withheld_with_or_without_a_date(status):
    assert held(told("Text.", "Head", version_created=SENT, status=status))[0] == "withheld"
    assert held(told("Text.", "Head", version_created=SENT, status=status, embargoed_until=EARLIER))[0] == "withheld"


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 0600 GMT, 3 May 2024", "2024-05-03T06:00:00Z"),
        ("Embargoed to 0001 Friday May 3", "2024-05-03T00:01:00Z"),
        ("EMBARGO: 3 May, 18:00 GMT", "2024-05-03T18:00:00Z"),
        ("Sperrfrist: 3. Mai 2024, 18.00 Uhr", "2024-05-03T18:00:00Z"),
        ("NOT FOR RELEASE BEFORE 10 a.m. EDT May 3, 2024", "2024-05-03T14:00:00Z"),
        ("Embargado hasta las 20:00 horas del 3 de mayo de 2024", "2024-05-03T20:00:00Z"),
        ("For Release Friday, May 3, and Thereafter", "2024-05-03T00:00:00Z"),
        ("EMBARGOED until the minister has spoken", ""),
        ("HOLD FOR RELEASE", ""),
        ("Sperrfrist: Redebeginn", ""),
    ],
)
def test_an_embargo_that_only_the_text_states(line, until):
    """Its line is for editors and leaves the body; an unreadable one withholds without a date."""
    story = told(
        f"{line}\n\nThe mayor will open the dam.\n\nShe will cut a ribbon.", "Dam to open", version_created=SENT
    )
    assert held(story) == ("withheld", until)
    assert "embargo" in signals(story)
    assert plain(story) == "The mayor will open the dam.\n\nShe will cut a ribbon."


def test_an_embargo_in_a_note_or_headline_counts():
    note = Note("(see also DAM)\nEmbargoed to 0001 Friday May 3", "advisory")
    assert held(told("Text.", "Head", version_created=SENT, notes=(note,)))[0] == "withheld"
    story = told("Text.", "EMBARGOED until 0600 GMT May 3: Dam to open", version_created=SENT)
    assert held(story) == ("withheld", "2024-05-03T06:00:00Z")
    assert headline(story) == "Dam to open"


def test_an_advance_is_an_embargo():
    """AP's `Adv 15`: not before the 15th, where the sender is."""
    story = told("Text.", "Head", provider="ap", slugline="BC-Dam, Adv 15", version_created=SENT)
    assert held(story) == ("withheld", "2024-05-15T04:00:00Z")


@pytest.mark.parametrize(
    "text",
    [
        "Embargo on grain takes effect today, the ministry said.",
        "The arms embargo was lifted. Embargoed goods were seized at the port.",
        "Not for the first time, the mayor was late.",
        "For immediate release of the hostages, the families marched on Friday May 3.",
        "FOR IMMEDIATE RELEASE",
    ],
)
def test_a_story_about_an_embargo_is_no_embargoed_story(text):
    assert held(told(f"{text}\n\nNobody was hurt.", "Head", version_created=SENT))[0] == "usable"


def test_a_day_opens_when_it_begins_where_the_sender_is():
    story = told("Text.", "Head", provider="ap", version_created=SENT, embargoed_until=Moment("2024-05-04"))
    assert held(story) == ("withheld", "2024-05-04T04:00:00Z")
    assert story["wire"]["times"]["embargoedUntil"]["precision"] == "day"


def test_hold_is_withheld_and_a_kill_is_stronger_than_an_embargo():
    assert held(told("HOLD HOLD HOLD\n\nDo not use the story.", "", version_created=SENT))[0] == "withheld"
    story = told("Text.", "KILL KILL KILL", version_created=SENT, embargoed_until=LATER)
    assert story["pubStatus"] == "canceled"
