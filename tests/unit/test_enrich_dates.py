"""Dates in text: what they resolve to, and what is left alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.enrich.dates import dates
from worker.enrich.dates_tables import WORDS

TODAY = dt.date(2017, 3, 14)  # a Tuesday


def values(text: str, language: str = "en", today: dt.date | None = TODAY) -> list[str]:
    found = dates(text, language, today)
    assert all(text[d.start : d.end] == d.text for d in found)
    return [d.value for d in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained on Monday.", ["2017-03-13"]),
        ("It rained on Tuesday.", ["2017-03-14"]),
        ("It rained on Wednesday.", ["2017-03-08"]),
        ("They will meet on Friday.", ["2017-03-17"]),
        ("They met on Feb. 16 in the harbour.", ["2017-02-16"]),
        ("They met on Nov. 30.", ["2016-11-30"]),
        ("They met on March 14, 2016, in Ulm.", ["2016-03-14"]),
        ("They met on 3 May 2015.", ["2015-05-03"]),
        ("Monday, March 6, was cold.", ["2017-03-06"]),
        ("The fair runs March 20-24, 2017.", ["2017-03-20/2017-03-24"]),
        ("yesterday, today and tomorrow", ["2017-03-13", "2017-03-14", "2017-03-15"]),
        ("this week, last week and next week", ["2017-W11", "2017-W10", "2017-W12"]),
        ("last month and next month", ["2017-02", "2017-04"]),
        ("last year", ["2016"]),
        ("last quarter", ["2016-Q4"]),
        ("in the first quarter of 2017", ["2017-Q1"]),
        ("in the fourth quarter", ["2016-Q4"]),
        ("the second half of 2016", ["2016-07/2016-12"]),
        ("two days ago", ["2017-03-12"]),
        ("three weeks ago", ["2017-W08"]),
        ("four years ago", ["2013"]),
        ("in January 2016", ["2016-01"]),
        ("in January", ["2017-01"]),
        ("last December", ["2016-12"]),
        ("in 2009", ["2009"]),
        ("from 2009 to 2011", ["2009/2011"]),
        ("the 1990s", ["1990/1999"]),
        ("over the weekend", ["2017-03-11/2017-03-12"]),
        ("on 2017-02-03", ["2017-02-03"]),
        ("summer of 2015", ["2015-06/2015-08"]),
        ("last Summer", ["2016-06/2016-08"]),
        ("in the 1990s and in Q3", ["1990/1999", "2016-Q3"]),
    ],
)
def test_english(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Cho June-hyuck spoke.",
        "She may march.",
        "The May family, April Jones and Augusto sang.",
        "It cost 2016 dollars.",
        "Room 1984 was shut.",
        "the Sept. 11 attacks",
        "Super Tuesday",
        "A crowd of 1,912 came.",
        "He scored 5-3.",
    ],
)
def test_left_alone(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am Montag und am 16. Februar", ["2017-03-13", "2017-02-16"]),
        ("de", "Gestern, vorige Woche und heuer", ["2017-03-13", "2017-W10", "2017"]),
        ("de", "Am 25. und 26. August 2016", ["2016-08-25", "2016-08-26"]),
        ("de", "vor zwei Jahren, im ersten Quartal 2016, am 14.03.2017", ["2015", "2016-Q1", "2017-03-14"]),
        ("fr", "lundi dernier, le 16 février et la semaine prochaine", ["2017-03-13", "2017-02-16", "2017-W12"]),
        ("fr", "Hier, il y a deux ans, en mars 2016", ["2017-03-13", "2015", "2016-03"]),
        ("es", "ayer, el 16 de febrero de 2016 y la semana pasada", ["2017-03-13", "2016-02-16", "2017-W10"]),
        (
            "it",
            "ieri, il 16 febbraio, due anni fa e la settimana scorsa",
            ["2017-03-13", "2017-02-16", "2015", "2017-W10"],
        ),
        ("pt", "ontem, em 16 de fevereiro de 2016, na semana passada", ["2017-03-13", "2016-02-16", "2017-W10"]),
        ("nl", "gisteren, op 16 februari en vorige week", ["2017-03-13", "2017-02-16", "2017-W10"]),
    ],
)
def test_other_languages(language, text, expected):
    assert values(text, language) == expected


def test_without_a_story_time_only_full_dates_are_given():
    assert values("On Monday, Feb. 16 and March 3, 2015", today=None) == ["2015-03-03"]


def test_a_december_story_on_january_5_means_the_next_one():
    assert values("The trial opens Jan. 5.", today=dt.date(2016, 12, 20)) == ["2017-01-05"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "May ",
                "5",
                "Feb. ",
                "30 ",
                "last ",
                "week",
                " in ",
                "2016",
                "Monday",
                "-",
                ",",
                "first quarter",
                "\n\n",
                "99",
            ]
        ),
        max_size=14,
    ),
    st.sampled_from(sorted(WORDS)),
    st.dates(dt.date(1, 1, 8), dt.date(9999, 12, 20)),
)
def test_any_text_gives_spans_of_itself(parts, language, today):
    values("".join(parts), language, today)
