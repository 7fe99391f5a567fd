"""The patterns of dates, made of a language's words (`dates_tables.py`).

Each family is one regular expression with named groups. They are costly to try at every word, so `dates_find.py` first
looks for the stems that every date without a digit holds one of (`stems`), then for the words within reach of such a
place that can begin a date, and tries only the families that begin with that word (`families`).
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

import msgspec

from worker.enrich.dates_tables import WORDS
from worker.enrich.dates_words import DateWords

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    families: dict[bytes, tuple[Family, ...]]  # by the word that they can begin with, in Latin-1; in the order to try
    openers: frozenset[bytes]  # those of the words that hold no stem themselves
    numerals: tuple[Family, ...]  # the families that begin with a digit
    bare_numerals: tuple[Family, ...]  # … and hold no word
    month_leads: tuple[str, ...]  # " in", …: one must stand before a month alone; none = no need
    year_leads: tuple[str, ...]
    coming: re.Pattern[str]  # of lower case
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
    families: dict[str, list[Family]] = {}
    for name, begins, source in _sources(words):
        family = Family(name, re.compile(source))
        for first in _first_words(begins, words):
            families.setdefault(first, []).append(family)
    numerals = tuple(families.pop(_DIGIT))
    known = stems(language)
    return Patterns(
        {first.encode("latin-1"): tuple(several) for first, several in families.items()},
        frozenset(first.encode("latin-1") for first in families if not any(stem in first for stem in known)),
        numerals,
        tuple(family for family in numerals if family.name in _BARE),
        _leads(words.month_lead),
        _leads(words.year_lead),
        re.compile(rf"\b(?:{words.coming})\b[^.,;!?]{{0,60}}$"),
        words,
    )


_DIGIT: Final = "9"  # stands for any number where words are listed
_BARE: Final = frozenset({"iso", "numeric", "span", "year"})


@functools.cache
def stems(language: str) -> tuple[str, ...]:
    """The shortest strings of which every date with a word in it holds one, in the cases in which they are written."""
    words = WORDS[language]
    names = {n[:4] if n in words.months else n for table in (words.months, words.weekdays) for n in table}
    known = {n.capitalize() for n in names} | (set() if words.capital else names)
    others = {name for table in (words.units, words.plurals, words.seasons) for name in table}
    known |= {o.capitalize() for o in others} if words.capital and words.parts_of_day else others
    known |= {season.capitalize() for season in words.seasons}  # Spring 2002
    known |= {day[1:] for day in (*words.days, *words.years)}  # their first letter is written either way
    known |= set(re.findall(r"[^\W\d]{4,}", re.sub(r"\{\w+\}", "", words.quarter + " " + words.half)))
    known |= {w[1:] for w in words.tens} | {w.split()[-1] for w in words.weekend.split("|") if w}
    known |= {f"{ten}0s" for ten in range(10)} if words.decade.endswith("0s") else set()
    kept: list[str] = []
    for stem in sorted(known, key=lambda s: (len(s), s)):
        if not any(k in stem for k in kept):
            kept.append(stem)
    return tuple(kept)


def _first_words(begins: str, words: DateWords) -> set[str]:
    """The words that a pattern can begin with: those of the groups that `begins` names in braces, else its own."""
    tables: dict[str, Iterable[str]] = {
        "month": words.months,
        "weekday": (*words.weekdays, *(day + part for day in words.weekdays for part in words.parts_of_day)),
        "relative": words.days,
        "turn": words.turns,
        "unit": words.units,
        "season": words.seasons,
        "years": words.years,
        "ordinal": words.ordinals,
        "n": (_DIGIT, *words.numbers),
        "ten_words": [f"{ten}er" for ten in words.tens],
        "day": _DIGIT,
    }
    texts = [name for group in re.findall(r"\{([a-z]\w*)\}", begins) for name in tables[group]]
    texts += re.sub(r"\{[a-z]\w*\}", "|", begins).split("|")
    firsts = {first.lower() for text in texts for first in re.findall(r"\w+", text)[:1]}
    return {form for first in firsts for form in ((first, first.capitalize()) if first[0].isalpha() else (_DIGIT,))}


def _opening(template: str) -> str:
    """The part of a template of `DateWords` that holds its first word."""
    group, brace, _ = template.partition("}")
    return group + brace if template.startswith("{") else template.partition("{")[0]


def _sources(words: DateWords) -> list[tuple[str, str, str]]:
    """(family, what it begins with, pattern), tried in this order at one place."""
    groups = _groups(words)
    number = r"(?P<number>0?[1-9]|1[0-2])"
    out = [("iso", _DIGIT, rf"(?P<year>{_SHORT_YEAR})-(?P<number>0[1-9]|1[0-2])-{_DAY}{_END}")]
    out += [("numeric", _DIGIT, rf"{_DAY}(?P<dot>[./]){number}(?P=dot)(?P<year>{_SHORT_YEAR}|\d\d){_END}")]
    with_weekday = _fill(r"(?:{weekday}\.?,? (?:[a-z]{2,3} )?)?", groups)
    out += [
        ("day", "{weekday}" + _opening(p), with_weekday + _fill(p, groups) + _END + _NO_COUNT) for p in words.day_month
    ]
    out += [("listed", _DIGIT, _LISTED.format(month=groups["month"]))] if words is WORDS["de"] else []
    out += [
        ("quarter", "{ordinal}", _fill(words.quarter, groups)),
        ("quarter", "q1|q2|q3|q4", rf"Q(?P<q>[1-4])(?: {YEAR})?\b"),
        ("half", "{ordinal}", _fill(words.half, groups)),
        ("month", "{month}", _fill(words.month_year, groups)),
    ]
    out += [
        (name, _opening(p), _fill(p.replace("{unit}", "{count}"), groups) + r"\b")
        for name in ("ago", "ahead")
        for p in getattr(words, name)
    ]
    if words.decade:
        begins = words.decade.partition(" ")[0] if words.decade[0].isalpha() else "9|{ten_words}"
        out += [("decade", begins, _fill(words.decade, groups) + r"\b")]
    if words.weekend:
        out += [("weekend", words.weekend, f"(?:{_either_case(words.weekend)})\\b")]
    if words.years:
        out += [("years", "{years}", "(?P<whole>" + _alternatives(words.years, capital=False) + r")\b")]
    out += _turned(words, groups)
    out += [("relative", "{relative}", _fill(r"{relative}\b", groups))]
    out += [("bare-month", "{month}", groups["month" if words.month_lead else "longmonth"] + _MONTH_ALONE)]
    out += [("weekday", "{weekday}", _fill(r"{weekday}{part}\b(?!-[a-z])", groups))]
    out += [("span", _DIGIT, rf"{YEAR}(?:-| and | to |–| und | bis )(?P<year2>{_SHORT_YEAR}|\d\d){_END}")]
    out += [("year", _DIGIT, rf"{YEAR}(?![-/]\w| ?(?:{_COUNTED}))")]
    return out


_LISTED: Final = _DAY + r"\.(?=(?:, \d\d?\.)? (?:und|oder) \d\d?\. {month}\.?(?: (?P<year>\d{{4}})\b)?)"
_MONTH_ALONE: Final = r"(?![\w’'&]|-[A-Za-z]|\.? \d| [A-Z][a-z]+(?:son|man|s)?\b(?! (?:said|sagte)))"


def _turned(words: DateWords, groups: dict[str, str]) -> list[tuple[str, str, str]]:
    """Last week, next Friday, this April; semaine dernière."""
    turn = "(?P<turn>" + _alternatives(words.turns, capital=False) + ")"
    before = turn + " ?"
    year_of = _alternatives([w for w, unit in words.units.items() if unit == "year"], capital=words is WORDS["de"])
    season_year = r"{season}(?: (?:of |des Jahres |de |del |van )?"
    season_end = ")?" if words.season_bare else ")"
    out = [
        ("month-turn", "{month}", _fill("{month} ", groups) + turn + f" {year_of}"),
        ("turn-season", "{turn}", before + _fill(r"{season}\b", groups)),
        ("season", "{season}", _fill(season_year, groups) + YEAR + season_end + r"\b(?!-)"),
        ("turn-unit", "{turn}", before + _fill(r"{unit}\b", groups)),
        ("turn-weekday", "{turn}", before + _fill(r"{weekday}", groups)),
        ("turn-month", "{turn}", before + _fill(r"{longmonth}", groups) + r"\b(?!-)"),
    ]
    if words.turns_after:
        after = " (?P<turn>" + _alternatives(words.turns_after, capital=False) + r")\b"
        out += [
            ("turn-unit", "{unit}", groups["unit"] + after),
            ("turn-weekday", "{weekday}", groups["weekday"] + after),
        ]
        out += [("turn-month", "{month}", groups["longmonth"] + after)]
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
