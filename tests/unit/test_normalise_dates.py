"""Dates as senders write them become instants, with how they are to be read; the clock is never asked."""

from __future__ import annotations

import datetime as dt

import hypothesis
import pytest
from hypothesis import strategies as st
from normalise_kit import told

from worker.normalise import dates
from worker.story import Moment


@pytest.mark.parametrize(
    ("given", "iso", "precision"),
    [
        ("2013-06-05T12:00:00+02:00", "2013-06-05T10:00:00Z", "second"),
        ("2013-06-05T12:00:00.123Z", "2013-06-05T12:00:00Z", "second"),
        ("2013-06-05 12:00", "2013-06-05T12:00:00Z", "minute"),
        ("2013-06-05T24:00:00Z", "2013-06-06T00:00:00Z", "second"),
        ("2013-06-05", "2013-06-05T00:00:00Z", "day"),
        ("2013-06", "2013-06-01T00:00:00Z", "month"),
        ("2013", "2013-01-01T00:00:00Z", "year"),
        ("20130605T120000+0000", "2013-06-05T12:00:00Z", "second"),
        ("20130605T120000-0430", "2013-06-05T16:30:00Z", "second"),
        ("20130605T120000Z", "2013-06-05T12:00:00Z", "second"),
        ("20130605", "2013-06-05T00:00:00Z", "day"),
        ("Wed, 05 Jun 2013 12:00:00 +0900", "2013-06-05T03:00:00Z", "second"),
        ("5 Jun 2013 12:00:00 EDT", "2013-06-05T16:00:00Z", "second"),
        ("5 Jun 2013 12:00 KST", "2013-06-05T03:00:00Z", "minute"),
        ("5 Dec 2013 12:00 ET", "2013-12-05T17:00:00Z", "minute"),
        ("5 Jun 2013 12:00 ET", "2013-06-05T16:00:00Z", "minute"),
        ("March 14, 2017 - 10:38", "2017-03-14T10:38:00Z", "minute"),
        ("Mar. 14, 2017 10:38 p.m.", "2017-03-14T22:38:00Z", "minute"),
        ("14 March 2017", "2017-03-14T00:00:00Z", "day"),
        ("Tue 13 October 2015", "2015-10-13T00:00:00Z", "day"),
        ("06 June 2016 14:00:00", "2016-06-06T14:00:00Z", "second"),
        ("14. März 2017", "2017-03-14T00:00:00Z", "day"),
        ("14.03.2017, 10:38", "2017-03-14T10:38:00Z", "minute"),
        ("14 mars 2017 à 10h38", "2017-03-14T10:38:00Z", "minute"),
        ("14 de marzo de 2017", "2017-03-14T00:00:00Z", "day"),
        ("14 maart 2017", "2017-03-14T00:00:00Z", "day"),
        ("14 mag 2017", "2017-05-14T00:00:00Z", "day"),
        ("14/03/2017 10:38", "2017-03-14T10:38:00Z", "minute"),
        ("2017년 3월 14일 10:38", "2017-03-14T10:38:00Z", "minute"),
        ("2017年3月14日", "2017-03-14T00:00:00Z", "day"),
        ("AP-WF-02-20-16 0337GMT", "2016-02-20T03:37:00Z", "minute"),
        ("KWS-21:37-09-12-18", "2018-12-09T12:37:00Z", "minute"),
        ("071341 GMT Okt 15", "2015-10-07T13:41:00Z", "minute"),
        ("0600 GMT, 3 May 2024", "2024-05-03T06:00:00Z", "minute"),
    ],
)
def test_a_date_is_an_instant(given, iso, precision):
    found = dates.read(given)
    assert found is not None
    assert (found.iso, found.precision) == (iso, precision)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "soon",
        "YYYYMMDD000000-HHMM",
        "2013-13-05",
        "2013-02-30",
        "31 June 2013",
        "99:99",
        "9999999999",
        "May",
        "June-hyuck",
        "0000-00-00",
        "2013-06-05T25:00",
        "1813-06-05",
        "12345678901234567890",
        "14 Frobnember 2017",
    ],
)
def test_what_is_no_date_is_none(given):
    assert dates.read(given) is None


def test_a_time_without_a_zone_is_read_in_the_sender_s_and_says_so():
    """Known from the format: not assumed. Known from the sender only: assumed. A stated zone wins over both."""
    story = told("Text.", "Head", provider="yonhap", version_created=Moment("2024-05-02 10:00"))
    assert story["versionCreated"] == "2024-05-02T01:00:00Z"
    assert story["wire"]["times"]["versionCreated"] == {"precision": "minute", "zone": "Asia/Seoul", "assumed": True}
    story = told(
        "Text.", "Head", provider="yonhap", version_created=Moment("2024-05-02T10:00:00", zone="Europe/Berlin")
    )
    assert story["versionCreated"] == "2024-05-02T08:00:00Z"
    assert "times" not in story["wire"]
    story = told("Text.", "Head", provider="yonhap", version_created=Moment("2024-05-02T10:00:00Z"))
    assert story["versionCreated"] == "2024-05-02T10:00:00Z"


def test_an_unreadable_date_is_left_out_kept_and_said():
    story = told(
        "Text.", "Head", first_created=Moment("YYYYMMDD000000-HHMM"), version_created=Moment("2024-05-02T10:00:00Z")
    )
    assert "firstCreated" not in story
    assert story["wire"]["given"]["dates"] == {"firstCreated": "YYYYMMDD000000-HHMM"}
    assert story["wire"]["warnings"][0]["code"] == "date-unreadable"


@pytest.mark.parametrize(
    ("words", "near", "day"),
    [
        ("Dec. 31", "2024-01-01", "2023-12-31"),
        ("Jan 2", "2024-01-01", "2024-01-02"),
        ("21 ene", "2019-01-21", "2019-01-21"),
        ("Feb 29", "2023-03-01", None),
        ("14th March, 2017", "2024-01-01", "2017-03-14"),
        ("14/03", "2017-03-20", "2017-03-14"),
    ],
)
def test_a_dateline_s_day_is_the_nearest_not_after_the_story(words, near, day):
    found = dates.read_day(words, dt.datetime.fromisoformat(near).replace(tzinfo=dt.UTC))
    assert (found.isoformat() if found else None) == day


@hypothesis.settings(max_examples=300, deadline=None)
@hypothesis.given(
    st.one_of(
        st.text(max_size=60),
        st.text("0123456789-:/.TZ +GMT", max_size=40),
        st.lists(
            st.sampled_from(
                ["14", "March", "2017", ",", " ", "10:38", "p.m.", "GMT", "-", "of", "st", "T", "+09:00", "24:00"]
            ),
            max_size=9,
        ).map("".join),
    ),
    st.sampled_from(["", "UTC", "Asia/Seoul", "America/New_York", "no zone", "../etc"]),
)
def test_no_words_break_it(words, zone):
    """Any words give an instant in a sane year, or None."""
    found = dates.read(words, zone, assume="Europe/Berlin")
    assert found is None or 1899 <= found.at.year <= 2200
