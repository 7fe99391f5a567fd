"""The patterns of dates, made of a language's words (`dates_tables.py`).

Each family is one regular expression with named groups. They are costly to try at every word, so three steps come
before: plain searches for the stems that every date holds one of (`stems`), the words within reach of such a
place that can begin one (`firsts`), and one pattern that says whether any family matches there (`any_family`).
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

import msgspec

from worker.enrich.dates_tables import WORDS
from worker.enrich.dates_words import DateWords
from worker.enrich.digits import number_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d%]|[.,]\d)"
_SHORT_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_DAY: Final = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_DAY2: Final = r"(?P<day2>0?[1-9]|[12]\d|3[01])"
_END: Final = r"(?![\w%]|-\w|[.,:]\d)"
_COUNTED: Final = "people|cases|votes|jobs|deaths|Euro|Menschen|Meter|Dollar|Mark|Stück|Kilometer|Personen|Mann|Tonnen"
_NO_COUNT: Final = r"(?! (?:percent|per cent|million|billion|people|points|times|years|cents|Prozent|Millionen))"


class Family(msgspec.Struct, frozen=True):
    """`name` chooses the reading in `dates.py`."""

    name: str
    pattern: re.Pattern[str]


class Patterns(msgspec.Struct, frozen=True):
    stems: tuple[str, ...]
    firsts: frozenset[str]
    any_family: re.Pattern[str]
    month_leads: tuple[str, ...]  # " in", …: one must stand before a month alone; none = no need
    year_leads: tuple[str, ...]
    families: tuple[Family, ...]
    coming: re.Pattern[str]
    words: DateWords


def _alternatives(words: Iterable[str], *, capital: bool) -> str:
    """Any of the words, longest first; with a capital first letter only, or with either case of it."""
    out = []
    for word in sorted(words, key=len, reverse=True):
        first, rest = word[0], re.escape(word[1:])
        out.append(f"{first.upper()}{rest}" if capital or first.isdigit() else f"[{first}{first.upper()}]{rest}")
    return "(?:" + "|".join(out) + ")"


@functools.cache
def patterns(language: str) -> Patterns:
    """The compiled patterns of a language of `WORDS`."""
    words = WORDS[language]
    families = tuple(Family(name, re.compile(source)) for name, source in _sources(words))
    any_family = re.compile("|".join(f"({_unnamed(family.pattern.pattern)})" for family in families))
    coming = re.compile(rf"\b(?:{words.coming})\b[^.,;!?]{{0,60}}$", re.IGNORECASE)
    return Patterns(
        _stems(words),
        _first_words(words),
        any_family,
        _leads(words.month_lead),
        _leads(words.year_lead),
        families,
        coming,
        words,
    )


REACH: Final = 24  # characters from a date's beginning to its first stem: "a principios de", "vor mehr als zwei"


def candidates(text: str, known: Patterns) -> Iterator[int]:
    """Where a date may begin, ascending."""
    places = set(number_starts(text))
    for stem in known.stems:
        at = text.find(stem)
        while at >= 0:
            places.add(at)
            at = text.find(stem, at + len(stem))
    done = 0
    for place in sorted(places):
        for word in _WORD.finditer(text, max(done, place - REACH), place + WORD_CHARS_MAX):
            start = word.start()
            if start > place:
                break
            if start >= done and (text[start].isdigit() or word[0].lower() in known.firsts):
                yield start
        done = max(done, place + 1)


_WORD: Final = re.compile(r"(?<![\w\-/])(?<!\d[.,])\w+")
WORD_CHARS_MAX: Final = 24


def _stems(words: DateWords) -> tuple[str, ...]:
    """The shortest strings of which every date without a digit holds one, in the cases in which they are written."""
    names = {n[:4] if n in words.months else n for table in (words.months, words.weekdays) for n in table}
    stems = {n.capitalize() for n in names} | (set() if words.capital else names)
    others = {name for table in (words.units, words.plurals, words.seasons) for name in table}
    stems |= {o.capitalize() for o in others} if words.capital and words.parts_of_day else others
    stems |= {day[1:] for day in (*words.days, *words.years)}  # their first letter is written either way
    stems |= set(re.findall(r"[^\W\d]{5,}", re.sub(r"\{\w+\}", "", words.quarter + " " + words.half))) | {
        "Q1",
        "Q2",
        "Q3",
        "Q4",
    }
    stems |= {w[1:] for w in words.tens} | {w.split()[-1] for w in words.weekend.split("|") if w}
    kept: list[str] = []
    for stem in sorted(stems, key=lambda s: (len(s), s)):
        if not any(k in stem for k in kept):
            kept.append(stem)
    return tuple(kept)


def _first_words(words: DateWords) -> frozenset[str]:
    """Every word with which a date of the language can begin, lower case; what begins with a digit is not listed."""
    tables = (
        words.months,
        words.weekdays,
        words.days,
        words.units,
        words.plurals,
        words.turns,
        words.numbers,
        words.ordinals,
        words.years,
        words.seasons,
        words.tens,
    )
    texts = [name for table in tables for name in table]
    texts += words.weekend.split("|")
    texts += [p for p in (*words.ago, *words.ahead, words.decade) if not p.startswith("{n}")]
    firsts = {found[0].lower() for text in texts if (found := re.findall(r"[^\W\d_]\w*", text))}
    firsts |= {day + part for day in words.weekdays for part in words.parts_of_day} | {f"{t}er" for t in words.tens}
    return frozenset(firsts | {"q1", "q2", "q3", "q4", "in", "tra", "fra"})


def _sources(words: DateWords) -> list[tuple[str, str]]:
    """(family, pattern), tried in this order at one place."""
    groups = _groups(words)
    out = [("iso", rf"(?P<year>{_SHORT_YEAR})-(?P<number>0[1-9]|1[0-2])-{_DAY}{_END}")]
    out += [("numeric", rf"{_DAY}(?P<dot>[./])(?P<number>0?[1-9]|1[0-2])(?P=dot)(?P<year>{_SHORT_YEAR}|\d\d){_END}")]
    out += [
        ("day", _fill(r"(?:{weekday}\.?,? (?:[a-z]{2,3} )?)?", groups) + _fill(p, groups) + _END + _NO_COUNT)
        for p in words.day_month
    ]
    out += [("listed", _LISTED.format(month=_fill("{month}", groups)))] if words is WORDS["de"] else []
    out += [
        ("quarter", _fill(words.quarter, groups)),
        ("quarter", rf"Q(?P<q>[1-4])(?: {YEAR})?\b"),
        ("half", _fill(words.half, groups)),
    ]
    out += [("month", _fill(words.month_year, groups))]
    out += [
        (name, _fill(p.replace("{unit}", "{count}"), groups) + r"\b")
        for name in ("ago", "ahead")
        for p in getattr(words, name)
    ]
    if words.decade:
        out += [("decade", _fill(words.decade, groups) + r"\b")]
    if words.weekend:
        out += [("weekend", f"(?:{_either_case(words.weekend)})\\b")]
    if words.years:
        out += [("years", "(?P<whole>" + _alternatives(words.years, capital=False) + r")\b")]
    out += _turned(words, groups)
    out += [("relative", _fill(r"{relative}\b", groups))]
    out += [("bare-month", _fill("{month}" if words.month_lead else "{longmonth}", groups) + _MONTH_ALONE)]
    out += [("weekday", _fill(r"{weekday}{part}\b(?!-[a-z])", groups))]
    out += [("span", rf"{YEAR}(?:-| and | to |–| und | bis )(?P<year2>{_SHORT_YEAR}|\d\d){_END}")]
    out += [("year", rf"{YEAR}(?![-/]\w| ?(?:{_COUNTED}))")]
    return out


_LISTED: Final = _DAY + r"\.(?=(?:, \d\d?\.)? (?:und|oder) \d\d?\. {month}\.?(?: (?P<year>\d{{4}})\b)?)"
_MONTH_ALONE: Final = r"(?![\w’'&]|-[A-Za-z]|\.? \d| [A-Z][a-z]+(?:son|man|s)?\b(?! (?:said|sagte)))"


def _turned(words: DateWords, groups: dict[str, str]) -> list[tuple[str, str]]:
    """Last week, next Friday, this April; semaine dernière."""
    turn = "(?P<turn>" + _alternatives(words.turns, capital=False) + ")"
    before = turn + " ?"
    year_of = _alternatives([w for w, unit in words.units.items() if unit == "year"], capital=words is WORDS["de"])
    out = [
        ("month-turn", _fill("{month} ", groups) + turn + f" {year_of}"),
        ("turn-season", before + _fill(r"{season}\b", groups)),
    ]
    out += [
        (
            "season",
            _fill(r"{season}(?: (?:of |des Jahres |de |del |van )?", groups)
            + YEAR
            + (")?" if words.season_bare else ")")
            + r"\b(?!-)",
        )
    ]
    out += [
        ("turn-unit", before + _fill(r"{unit}\b", groups)),
        ("turn-weekday", before + _fill(r"{weekday}", groups)),
        ("turn-month", before + _fill(r"{longmonth}", groups) + r"\b(?!-)"),
    ]
    if words.turns_after:
        after = " (?P<turn>" + _alternatives(words.turns_after, capital=False) + r")\b"
        out += [("turn-unit", _fill(r"{unit}", groups) + after), ("turn-weekday", _fill(r"{weekday}", groups) + after)]
        out += [("turn-month", _fill(r"{longmonth}", groups) + after)]
    return out


def _groups(words: DateWords) -> dict[str, str]:
    long = [
        m
        for m in words.months
        if len(m) > 4
        or m in ("märz", "mai", "juin", "maio", "mayo", "juni", "juli", "june", "july", "may", "mei", "août")
    ]
    return {
        "month": "(?P<month>" + _alternatives(words.months, capital=words.capital) + ")",
        "longmonth": "(?P<month>" + _alternatives(long, capital=words.capital) + ")",
        "weekday": "(?P<weekday>" + _alternatives(words.weekdays, capital=words.capital) + ")",
        "relative": "(?P<relative>" + _alternatives(words.days, capital=False) + ")",
        "unit": "(?P<unit>" + _alternatives(words.units, capital=words is WORDS["de"]) + ")",
        "count": "(?P<unit>" + _alternatives(words.units | words.plurals, capital=words is WORDS["de"]) + ")",
        "part": f"(?:{'|'.join(words.parts_of_day)})?",
        "season": "(?P<season>" + _alternatives(words.seasons, capital=words is WORDS["de"]) + ")",
        "ten_words": "|".join(f"[{w[0]}{w[0].upper()}]{w[1:]}" for w in words.tens),
        "n": r"(?P<n>\d{1,3}|" + _alternatives(words.numbers, capital=False) + ")",
        "ordinal": "(?P<ordinal>" + _alternatives(words.ordinals, capital=False) + ")",
        "day": _DAY,
        "day2": _DAY2,
        "year": YEAR,
    }


def _fill(template: str, groups: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]\w*)\}", lambda m: groups[m[1]], template)


def _leads(alternatives: str) -> tuple[str, ...]:
    return tuple(f" {word}" for word in alternatives.split("|") if word)


def _either_case(alternatives: str) -> str:
    return "|".join(f"[{a[0].upper()}{a[0]}]{a[1:]}" for a in alternatives.split("|"))


def _unnamed(pattern: str) -> str:
    """Without names and numbers of groups, so that in `any_family` the group's number is the family's."""
    return re.sub(r"\(\?P=\w+\)", "[./]", re.sub(r"\(\?P<\w+>", "(?:", pattern))
