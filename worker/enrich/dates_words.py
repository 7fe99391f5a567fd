"""The words of dates that a language must give; `dates_tables.py` gives them.

Keys of `months`, `weekdays`, … are lower case without a dot; the patterns of `dates_patterns.py` allow a capital
first letter. `capital` says that months and weekdays are only words of dates when they
begin with a capital letter (English, German).
"""

from __future__ import annotations

import msgspec


class DateWords(msgspec.Struct, frozen=True, kw_only=True):
    """The date words of one language. Patterns are regular expressions in which `{…}` stand for groups."""

    capital: bool
    months: dict[str, int]
    weekdays: dict[str, int]  # Monday is 0
    days: dict[str, int]  # relative days: yesterday is -1
    units: dict[str, str]  # day, week, weekend, month, quarter, year: what can be "last" or "next"
    plurals: dict[str, str]  # the same where only a count can stand before it
    turns: dict[str, int]  # before the noun: last is -1
    turns_after: dict[str, int] = {}  # after the noun: dernier is -1
    numbers: dict[str, int]
    ordinals: dict[str, int]  # of quarters and halves
    day_month: tuple[str, ...]
    month_year: str
    month_lead: str  # words before a month that stands alone; "" = none needed
    year_lead: str  # words before a year that stands alone
    ago: tuple[str, ...]
    ahead: tuple[str, ...] = ()
    quarter: str
    half: str
    coming: str  # words that place a bare weekday or day in the future, looked for before it in its clause
    years: dict[str, int] = {}  # words for whole years: heuer is 0
    seasons: dict[str, int]  # spring 0, summer 1, autumn 2, winter 3, as on the northern half of the earth
    season_bare: bool = False  # a season alone is a date
    decade: str = ""  # `tens` is the ten of the decade, as digits or as a word of `tens`
    tens: dict[str, int] = {}
    weekend: str = ""  # a week-end alone
    parts_of_day: tuple[str, ...] = ()  # that a weekday is written together with
    past: str = ""  # verbs that place a week-end alone in the past


def numbers(text: str) -> dict[str, int]:
    return {name: int(number) for name, number in _split(text)}


def names(text: str) -> dict[str, str]:
    return dict(_split(text))


def _split(text: str) -> list[tuple[str, str]]:
    """`name: value` pairs between commas."""
    pairs = [pair.strip().rpartition(": ") for pair in text.replace("\n", " ").split(",")]
    return [(" ".join(name.split()), value) for name, _, value in pairs]
