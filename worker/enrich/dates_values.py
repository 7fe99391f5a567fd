"""Calendar values around a story's day, as ISO 8601: days, weeks, months, quarters, years and intervals."""

from __future__ import annotations

import datetime as dt
from typing import Final

PAST_DAYS_MAX: Final = 275  # nine months: people who look further back give the year
PAST_MONTHS_MAX: Final = 6  # of a month without a year: the nearest, the past one of two


def week(day: dt.date) -> str:
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


def date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def shift_months(day: dt.date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def unit(today: dt.date, unit: str, count: int) -> str | None:
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
    year, month = shift_months(today, count * (3 if unit == "quarter" else 1))
    return f"{year}-Q{(month + 2) // 3}" if unit == "quarter" else f"{year}-{month:02d}"


def weekday(today: dt.date, weekday: int, turn: int | None, *, coming: bool) -> dt.date:
    back = (today.weekday() - weekday) % 7
    if turn is None:
        return today + dt.timedelta(days=7 - back if coming and back else -back)
    if turn < 0:
        return today - dt.timedelta(days=back or 7)
    if turn > 0:
        return today + dt.timedelta(days=7 - back)
    return today + dt.timedelta(days=weekday - today.weekday())


def nearest(today: dt.date, month: int, day: int, *, coming: bool) -> dt.date | None:
    """A day and month without a year."""
    options = [d for d in (date(today.year + shift, month, day) for shift in (-1, 0, 1)) if d]
    past = [d for d in options if d <= today]
    ahead = [d for d in options if d > today]
    if ahead and (coming or not past or (today - past[-1]).days > PAST_DAYS_MAX):
        return ahead[0]
    return past[-1] if past else None


def nearest_month(today: dt.date, month: int, *, coming: bool) -> str:
    year = today.year if month <= today.month else today.year - 1
    months_back = (today.year - year) * 12 + today.month - month
    if month != today.month and (coming or months_back > PAST_MONTHS_MAX):
        year += 1
    return f"{year}-{month:02d}"


def season(year: int, season: int) -> str:
    first = 3 * (season + 1)
    return f"{year}-{first:02d}/{year}-{first + 2:02d}" if season < 3 else f"{year}-12/{year + 1}-02"
