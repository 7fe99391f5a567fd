"""What a matched pattern of dates means: one reading a family of `dates_patterns.py`."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from worker.enrich import dates_values as values
from worker.enrich.dates_tables import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.enrich.dates_patterns import Patterns


_CLAUSE_CHARS: Final = 80
_CLAUSES_BEFORE: Final = re.compile(r".*[.,;!?]", re.DOTALL)

Value = tuple[str, float]  # ISO 8601, confidence


class Context:
    """What a reading may look at besides the match: the same for all of a story."""

    __slots__ = ("patterns", "text", "today", "words")

    def __init__(self, text: str, today: dt.date | None, patterns: Patterns) -> None:
        self.text = text
        self.today = today
        self.patterns = patterns
        self.words = patterns.words

    def before(self, match: re.Match[str]) -> str:
        """The clause before, or a little more."""
        start = match.start()
        return self.text[max(0, start - _CLAUSE_CHARS) : start]

    def coming(self, match: re.Match[str]) -> bool:
        """Whether the clause before speaks of the future."""
        before = self.before(match).lower()
        clause = _CLAUSES_BEFORE.match(before)
        return self.patterns.coming.search(before, clause.end() if clause else 0) is not None

    def led(self, match: re.Match[str], leads: tuple[str, ...]) -> bool:
        """Whether one of the words stands right before, or none is needed."""
        return not leads or f" {self.before(match).lower().rstrip(' -')}".endswith(leads)


def _named(match: re.Match[str], name: str, table: dict[str, int]) -> int:
    return table[match[name].lower()]


def _ordinal(match: re.Match[str], context: Context) -> int:
    return context.words.ordinals[match["ordinal"].lower()]


def _read_iso(match: re.Match[str], _context: Context) -> Value | None:
    day = values.date(int(match["year"]), int(match["number"]), int(match["day"]))
    return (day.isoformat(), 0.99) if day else None


def _read_numeric(match: re.Match[str], context: Context) -> Value | None:
    """Day before month; with slashes in English, where either may come first, only if no other reading exists."""
    day, month, year = int(match["day"]), int(match["number"]), match["year"]
    if context.words is WORDS["en"] and match["dot"] == "/" and day <= 12:
        return None
    if len(year) == 2:
        if context.today is None:
            return None
        century = context.today.year // 100 * 100
        year = str(century + int(year) - (100 if century + int(year) > context.today.year + 10 else 0))
    value = values.date(int(year), month, day)
    return (value.isoformat(), 0.97) if value else None


def _read_day(match: re.Match[str], context: Context) -> Value | None:
    return _read_day_of(match, context, match["day2"])


def _read_day_of(match: re.Match[str], context: Context, until: str | None) -> Value | None:
    month, day, stated = _named(match, "month", context.words.months), int(match["day"]), match["year"]
    confidence = 0.98
    if stated:
        first = values.date(int(stated), month, day)
    elif context.today:
        coming = context.coming(match)
        first = values.nearest(context.today, month, day, coming=coming)
        confidence = 0.8 if coming else 0.9
    else:
        return None
    if first is None:
        return None
    last = values.date(first.year, month, int(until)) if until else None
    return (f"{first.isoformat()}/{last.isoformat()}" if last and last > first else first.isoformat(), confidence)


def _read_month(match: re.Match[str], context: Context) -> Value:
    return (f"{match['year']}-{_named(match, 'month', context.words.months):02d}", 0.95)


def _read_bare_month(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None or not context.led(match, context.patterns.month_leads):
        return None
    month = _named(match, "month", context.words.months)
    return (values.nearest_month(context.today, month, coming=context.coming(match)), 0.75)


def _read_weekday(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    weekday, coming = _named(match, "weekday", context.words.weekdays), context.coming(match)
    day = values.weekday(context.today, weekday, None, coming=coming)
    return (day.isoformat(), 0.75 if coming else 0.9)


def _turn(match: re.Match[str], context: Context) -> int:
    text = match["turn"].lower()
    after = match.start("turn") > match.start()
    return (context.words.turns_after if after else context.words.turns)[text]


def _read_turn_unit(match: re.Match[str], context: Context) -> Value | None:
    unit = context.words.units[match["unit"].lower()]
    if context.today is None or (unit == "day" and context.words is not WORDS["de"]):
        return None
    value = values.unit(context.today, unit, _turn(match, context))
    return (value, 0.9) if value else None


def _read_turn_weekday(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    turn = _turn(match, context)
    day = values.weekday(context.today, _named(match, "weekday", context.words.weekdays), turn, coming=False)
    return (day.isoformat(), 0.85)


def _read_turn_month(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    month, turn, today = _named(match, "month", context.words.months), _turn(match, context), context.today
    year = today.year
    if turn < 0 and month >= today.month:
        year -= 1
    if turn > 0 and month <= today.month:
        year += 1
    return (f"{year}-{month:02d}", 0.85)


def _read_month_turn(match: re.Match[str], context: Context) -> Value | None:
    """August last year, im Juli dieses Jahres."""
    if context.today is None:
        return None
    year = context.today.year + context.words.turns[match["turn"].lower()]
    return (f"{year}-{_named(match, 'month', context.words.months):02d}", 0.9)


def _read_season(match: re.Match[str], context: Context) -> Value | None:
    season = _named(match, "season", context.words.seasons)
    if match["year"]:
        return (values.season(int(match["year"]), season), 0.8)
    return (values.season(context.today.year, season), 0.5) if context.today else None


def _read_turn_season(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    season, turn = _named(match, "season", context.words.seasons), _turn(match, context)
    begun = context.today.month >= 3 * (season + 1)
    year = context.today.year + (turn if turn >= 0 and begun else 0) - (turn < 0 and not begun)
    return (values.season(year, season), 0.7)


def _read_decade(match: re.Match[str], context: Context) -> Value:
    groups = match.groupdict()
    tens = context.words.tens.get((groups.get("word") or "").lower(), groups.get("ten") or groups["tens"])
    start = f"{groups.get('century') or 19}{tens}0"
    return (f"{start}/{int(start) + 9}", 0.85)


def _read_listed(match: re.Match[str], context: Context) -> Value | None:
    """The first of "25. und 26. August"."""
    return _read_day_of(match, context, None)


def _read_weekend(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    past = context.words.past
    gone = not past or re.search(rf"\b(?:{past})\b", context.before(match)) is not None
    value = values.unit(context.today, "weekend", -1 if gone and context.today.weekday() < 5 else 0)
    return (value, 0.7) if value else None


def _read_relative(match: re.Match[str], context: Context) -> Value | None:
    if context.today is None:
        return None
    day = context.today + dt.timedelta(days=_named(match, "relative", context.words.days))
    return (day.isoformat(), 0.95)


def _count(match: re.Match[str], context: Context) -> tuple[int, str]:
    text, words = match["n"].lower(), context.words
    count = int(text) if text.isdigit() else words.numbers[text]
    return count, (words.units | words.plurals)[match["unit"].lower()]


def _read_ago(match: re.Match[str], context: Context) -> Value | None:
    count, unit = _count(match, context)
    value = values.unit(context.today, unit, -count) if context.today else None
    return (value, 0.8) if value else None


def _read_ahead(match: re.Match[str], context: Context) -> Value | None:
    count, unit = _count(match, context)
    value = values.unit(context.today, unit, count) if context.today else None
    return (value, 0.7) if value else None


def _read_quarter(match: re.Match[str], context: Context) -> Value | None:
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else _ordinal(match, context)
    if match["year"]:
        return (f"{match['year']}-Q{number}", 0.95)
    if context.today is None:
        return None
    begun = (context.today.month + 2) // 3
    return (f"{context.today.year - (number > begun)}-Q{number}", 0.7)


def _read_half(match: re.Match[str], context: Context) -> Value | None:
    number = _ordinal(match, context)
    year = match["year"] or (str(context.today.year) if context.today else "")
    if not year or number > 2:
        return None
    return (f"{year}-01/{year}-06" if number == 1 else f"{year}-07/{year}-12", 0.85)


def _read_year(match: re.Match[str], context: Context) -> Value | None:
    leads = context.patterns.year_leads
    return (match["year"], 0.9 if leads else 0.75) if context.led(match, leads) else None


def _read_span(match: re.Match[str], context: Context) -> Value | None:
    first, second = match["year"], match["year2"]
    last = second if len(second) == 4 else first[:2] + second
    leads = context.patterns.year_leads and (*context.patterns.year_leads, " from", " between")
    return (f"{first}/{last}", 0.85) if first < last and context.led(match, leads) else None


def _read_years(match: re.Match[str], context: Context) -> Value | None:
    shift = context.words.years[match["whole"].lower()]
    return (f"{context.today.year + shift:04d}", 0.9) if context.today else None


READINGS: Final[dict[str, Callable[[re.Match[str], Context], Value | None]]] = {
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
