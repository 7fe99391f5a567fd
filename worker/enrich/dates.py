"""Dates in the text, resolved against the story's time in its own zone.

The rules (measured: the guide's sample and a corpus of German news):
- a bare weekday is the most recent one, the story's own day included, unless its clause speaks of what will be;
- a day and month without a year is the nearest past one, unless that lies more than nine months back and the next
  one is near, as in a December story on January 5;
- a month alone, a quarter without a year: the most recent that has begun;
- weeks are ISO weeks; a year alone counts only after a word such as "in"; decades and names of historical events
  ("the Sept. 11 attacks") are left alone; a month with a hyphen is a part of a name.
Without a story time only dates that state their year are given.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from worker.enrich.dates_patterns import Patterns, candidates, patterns
from worker.enrich.dates_words import WORDS
from worker.story import DateFound

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

DATES_MAX: Final = 200  # of one story: a calendar or a table of fixtures holds more than anyone asks for
PAST_DAYS_MAX: Final = 275  # nine months: people who look further back give the year
PAST_MONTHS_MAX: Final = 6  # of a month without a year: the nearest, the past one of two
_EVENT: Final = re.compile(r"[\s-]+(?:[\w-]+\s)?(?:attacks?|uprising|massacre|revolution|movement|terror|coup|bombings|Terror|Anschläge)", re.ASCII)
_NAMED_DAY: Final = re.compile(r"(?:Super|Black|Good|Ash|Bloody|Palm|Cyber|Fat|Holy|Giving) $")
ABBREVIATED_MAX: Final = 4  # letters of a month that may end with a point
_CLAUSE_CHARS: Final = 80


class Value(NamedTuple):
    text: str  # ISO 8601
    confidence: float


class Context(NamedTuple):
    """What a reading may look at besides the match."""

    today: dt.date | None
    coming: bool  # the clause before speaks of the future
    before: str  # the clause before
    patterns: Patterns


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.dates` for the languages of `WORDS`."""
    language = found.language[:2]
    if language not in WORDS:
        found.applied["dates"] = "none"
        return
    found.applied["dates"] = f"rules-{language}"
    found.dates = dates(doc.body, language, doc.when.date() if doc.when else None)


def dates(text: str, language: str, today: dt.date | None) -> list[DateFound]:
    """The dates of a text in one of the languages of `WORDS`. `today`: the story's local date."""
    known = patterns(language)
    out: list[DateFound] = []
    end = 0
    for start in candidates(text, known):
        if start >= end and known.any_family.match(text, start):
            found, end = _read(text, start, known, today)
            if found:
                out.append(found)
                if len(out) == DATES_MAX:
                    break
    return out


def _read(text: str, start: int, known: Patterns, today: dt.date | None) -> tuple[DateFound | None, int]:
    """(the date that begins here if any, where to look on). The first family that matches decides."""
    for family in known.families:
        match = family.pattern.match(text, start)
        if match is None:
            continue
        lead = match.end("lead") if "lead" in family.pattern.groupindex and match["lead"] else start
        before = text[max(0, start - _CLAUSE_CHARS) : start]
        context = Context(today, known.coming.search(before) is not None, before, known)
        value = _READINGS[family.name](match, context)
        if value is None or (family.name in _NEAR and _EVENT.match(text, match.end())) or _NAMED_DAY.search(before):
            return None, match.end()
        shown = text[lead : match.end()].rstrip()
        if shown.endswith(".") and len(match["month"]) > ABBREVIATED_MAX:
            shown = shown[:-1]  # the sentence's
        span = DateFound(text=shown, value=value.text, start=lead, end=lead + len(shown), confidence=value.confidence)
        return span, match.end()
    return None, start + 1


_NEAR: Final = frozenset({"day", "bare-month", "month"})


# --------------------------------------------------------------------------------------------------
# values


def week(day: dt.date) -> str:
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


def _date(year: int, month: int, day: int) -> dt.date | None:
    return dt.date(year, month, day) if 1 <= year <= 9999 and day <= calendar.monthrange(year, month)[1] else None


def _shift_months(day: dt.date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def _unit(today: dt.date, unit: str, count: int) -> str | None:
    """The calendar day, week, month, quarter or year that lies `count` units away."""
    try:
        if unit == "day":
            return (today + dt.timedelta(days=count)).isoformat()
        if unit == "week":
            return week(today + dt.timedelta(weeks=count))
    except OverflowError:
        return None
    if unit == "weekend":
        saturday = today + dt.timedelta(days=5 - today.weekday(), weeks=count)
        return f"{saturday.isoformat()}/{(saturday + dt.timedelta(days=1)).isoformat()}"
    if unit == "year":
        return f"{today.year + count:04d}"
    year, month = _shift_months(today, count * (3 if unit == "quarter" else 1))
    return f"{year}-Q{(month + 2) // 3}" if unit == "quarter" else f"{year}-{month:02d}"


def _weekday(today: dt.date, weekday: int, turn: int | None, *, coming: bool) -> dt.date:
    back = (today.weekday() - weekday) % 7
    if turn is None:
        return today + dt.timedelta(days=7 - back if coming and back else -back)
    if turn < 0:
        return today - dt.timedelta(days=back or 7)
    if turn > 0:
        return today + dt.timedelta(days=7 - back)
    return today + dt.timedelta(days=weekday - today.weekday())


def _nearest(today: dt.date, month: int, day: int, *, coming: bool) -> dt.date | None:
    """A day and month without a year."""
    options = [d for d in (_date(today.year + shift, month, day) for shift in (-1, 0, 1)) if d]
    past = [d for d in options if d <= today]
    ahead = [d for d in options if d > today]
    if ahead and (coming or not past or (today - past[-1]).days > PAST_DAYS_MAX):
        return ahead[0]
    return past[-1] if past else None


def _nearest_month(today: dt.date, month: int, *, coming: bool) -> str:
    year = today.year if month <= today.month else today.year - 1
    months_back = (today.year - year) * 12 + today.month - month
    if month != today.month and (coming or months_back > PAST_MONTHS_MAX):
        year += 1
    return f"{year}-{month:02d}"


# --------------------------------------------------------------------------------------------------
# one reading a family of patterns


def _named(match: re.Match[str], name: str, table: dict[str, int]) -> int:
    return table[match[name].lower()]


def _ordinal(match: re.Match[str], context: Context) -> int:
    text = match["ordinal"].lower()
    return next(n for pattern, n in context.patterns.words.ordinals.items() if re.fullmatch(pattern, text))


def _read_iso(match: re.Match[str], _context: Context) -> Value | None:
    day = _date(int(match["year"]), int(match["number"]), int(match["day"]))
    return Value(day.isoformat(), 0.99) if day else None


def _read_numeric(match: re.Match[str], context: Context) -> Value | None:
    """Day before month; with slashes in English, where either may come first, only if no other reading exists."""
    day, month, year = int(match["day"]), int(match["number"]), match["year"]
    if context.patterns.words is WORDS["en"] and match["dot"] == "/" and day <= 12:
        return None
    if len(year) == 2:
        if context.today is None:
            return None
        century = context.today.year // 100 * 100
        year = str(century + int(year) - (100 if century + int(year) > context.today.year + 10 else 0))
    value = _date(int(year), month, day)
    return Value(value.isoformat(), 0.97) if value else None


def _read_day(match: re.Match[str], context: Context) -> Value | None:
    return _read_day_of(match, context, match["day2"])


def _read_day_of(match: re.Match[str], context: Context, until: str | None) -> Value | None:
    month, day, stated = _named(match, "month", context.patterns.words.months), int(match["day"]), match["year"]
    confidence = 0.98
    if stated:
        first = _date(int(stated), month, day)
    elif context.today:
        first = _nearest(context.today, month, day, coming=context.coming)
        confidence = 0.8 if context.coming else 0.9
    else:
        return None
    if first is None:
        return None
    last = _date(first.year, month, int(until)) if until else None
    return Value(f"{first.isoformat()}/{last.isoformat()}" if last and last > first else first.isoformat(), confidence)


def _read_month(match: re.Match[str], context: Context) -> Value:
    return Value(f"{match['year']}-{_named(match, 'month', context.patterns.words.months):02d}", 0.95)


def _read_bare_month(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    month = _named(match, "month", context.patterns.words.months)
    lead = match.groupdict().get("lead") or ""
    turn = context.patterns.words.turns.get(lead.strip().lower())
    coming = context.coming or turn == 1
    return Value(_nearest_month(context.today, month, coming=coming), 0.75)


def _read_weekday(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    day = _weekday(context.today, _named(match, "weekday", context.patterns.words.weekdays), None, coming=context.coming)
    return Value(day.isoformat(), 0.75 if context.coming else 0.9)


def _turn(match: re.Match[str], context: Context) -> int:
    text = match["turn"].lower()
    after = match.start("turn") > match.start()
    return (context.patterns.words.turns_after if after else context.patterns.words.turns)[text]


def _read_turn_unit(match: re.Match[str], context: Context) -> Value | None:
    unit = context.patterns.words.units[match["unit"].lower()]
    if context.today is None or (unit == "day" and context.patterns.words is not WORDS["de"]):
        return None
    value = _unit(context.today, unit, _turn(match, context))
    return Value(value, 0.9) if value else None


def _read_turn_weekday(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    turn = _turn(match, context)
    day = _weekday(context.today, _named(match, "weekday", context.patterns.words.weekdays), turn, coming=False)
    return Value(day.isoformat(), 0.85)


def _read_turn_month(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    month, turn, today = _named(match, "month", context.patterns.words.months), _turn(match, context), context.today
    year = today.year
    if turn < 0 and month >= today.month:
        year -= 1
    if turn > 0 and month <= today.month:
        year += 1
    return Value(f"{year}-{month:02d}", 0.85)


def _read_month_turn(match: re.Match[str], context: Context) -> Value | None:
    """August last year, im Juli dieses Jahres."""
    if context.today is None:
        return None
    year = context.today.year + context.patterns.words.turns[match["turn"].lower()]
    return Value(f"{year}-{_named(match, 'month', context.patterns.words.months):02d}", 0.9)


def _season(year: int, season: int) -> str:
    first = 3 * (season + 1)
    return f"{year}-{first:02d}/{year}-{first + 2:02d}" if season < 3 else f"{year}-12/{year + 1}-02"


def _read_season(match: re.Match[str], context: Context) -> Value | None:
    season = _named(match, "season", context.patterns.words.seasons)
    if match["year"]:
        return Value(_season(int(match["year"]), season), 0.8)
    return Value(_season(context.today.year, season), 0.5) if context.today else None


def _read_turn_season(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    season, turn = _named(match, "season", context.patterns.words.seasons), _turn(match, context)
    begun = context.today.month >= 3 * (season + 1)
    year = context.today.year + (turn if turn >= 0 and begun else 0) - (turn < 0 and not begun)
    return Value(_season(year, season), 0.7)


def _read_decade(match: re.Match[str], context: Context) -> Value:
    groups = match.groupdict()
    tens = context.patterns.words.tens.get((groups.get("word") or "").lower(), groups.get("ten") or groups["tens"])
    start = f"{groups.get('century') or 19}{tens}0"
    return Value(f"{start}/{int(start) + 9}", 0.85)


def _read_listed(match: re.Match[str], context: Context) -> Value | None:
    """The first of "25. und 26. August"."""
    return _read_day_of(match, context, None)


def _read_weekend(_match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    past = context.patterns.words.past
    gone = not past or re.search(rf"\b(?:{past})\b", context.before) is not None
    value = _unit(context.today, "weekend", -1 if gone and context.today.weekday() < 5 else 0)
    return Value(value, 0.7) if value else None


def _read_relative(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    day = context.today + dt.timedelta(days=_named(match, "relative", context.patterns.words.days))
    return Value(day.isoformat(), 0.95)


def _count(match: re.Match[str], context: Context) -> tuple[int, str]:
    text, words = match["n"].lower(), context.patterns.words
    count = int(text) if text.isdigit() else words.numbers[text]
    return count, (words.units | words.plurals)[match["unit"].lower()]


def _read_ago(match: re.Match[str], context: Context) -> Value | None:
    count, unit = _count(match, context)
    value = _unit(context.today, unit, -count) if context.today else None
    return Value(value, 0.8) if value else None


def _read_ahead(match: re.Match[str], context: Context) -> Value | None:
    count, unit = _count(match, context)
    value = _unit(context.today, unit, count) if context.today else None
    return Value(value, 0.7) if value else None


def _read_quarter(match: re.Match[str], context: Context) -> Value | None:
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else _ordinal(match, context)
    if match["year"]:
        return Value(f"{match['year']}-Q{number}", 0.95)
    if context.today is None:
        return None
    begun = (context.today.month + 2) // 3
    return Value(f"{context.today.year - (number > begun)}-Q{number}", 0.7)


def _read_half(match: re.Match[str], context: Context) -> Value | None:
    number = _ordinal(match, context)
    year = match["year"] or (str(context.today.year) if context.today else "")
    if not year or number > 2:
        return None
    return Value(f"{year}-01/{year}-06" if number == 1 else f"{year}-07/{year}-12", 0.85)


def _read_year(match: re.Match[str], _context: Context) -> Value:
    return Value(match["year"], 0.9 if match["lead"] else 0.7)


def _read_span(match: re.Match[str], _context: Context) -> Value | None:
    first, second = match["year"], match["year2"]
    last = second if len(second) == 4 else first[:2] + second
    return Value(f"{first}/{last}", 0.85) if first < last else None


def _read_years(match: re.Match[str], context: Context) -> Value | None:
    shift = context.patterns.words.years[match["whole"].lower()]
    return Value(f"{context.today.year + shift:04d}", 0.9) if context.today else None


_READINGS: Final[dict[str, Callable[[re.Match[str], Context], Value | None]]] = {
    "iso": _read_iso,
    "numeric": _read_numeric,
    "day": _read_day,
    "month": _read_month,
    "bare-month": _read_bare_month,
    "weekday": _read_weekday,
    "weekend": _read_weekend,
    "listed": _read_listed,
    "month-turn": _read_month_turn,
    "season": _read_season,
    "turn-season": _read_turn_season,
    "decade": _read_decade,
    "turn-unit": _read_turn_unit,
    "turn-weekday": _read_turn_weekday,
    "turn-month": _read_turn_month,
    "relative": _read_relative,
    "ago": _read_ago,
    "ahead": _read_ahead,
    "quarter": _read_quarter,
    "half": _read_half,
    "span": _read_span,
    "year": _read_year,
    "years": _read_years,
}
