"""The embargo, failing closed. Withheld: the provider says so, or it ends later than the story's own time.

Never by the clock: the same record gives the same story in every replay. An embargo whose date cannot be read
withholds the story without a date.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from worker.normalise import dates, times
from worker.normalise.warns import WarnCode
from worker.normalise.zones import zone_info
from worker.story import TimeNote

if TYPE_CHECKING:
    from worker.normalise.draft import Draft

HELD_STATUS = frozenset(
    {
        "withheld",
        "embargoed",
        "embargo",
        "hold",
        "held",
        "on hold",
        "onhold",
        "draft",
        "pending",
        "scheduled",
        "unpublished",
    }
)


class Embargo(NamedTuple):
    """`until` ISO instant or ""; `withheld`: it is to be kept back."""

    until: str = ""
    withheld: bool = False


def read(draft: Draft, *, held: bool) -> Embargo:
    """The embargo of a draft whose times are read. `held`: the formal status says embargoed or withheld."""
    moment = draft.item.embargoed_until
    if moment is not None and moment.text.strip():
        found = times.resolve(draft, moment) or _in_words(draft, moment.text)
        if found is None:
            draft.warn(WarnCode.EMBARGO_UNREADABLE, moment.text.strip()[:100])
            draft.given_dates["embargoedUntil"] = moment.text.strip()[:200]
            return Embargo("", withheld=True)
        times.note(draft, "embargoedUntil", moment, found)
        until = _opens(found, draft.zone)
        return Embargo(_iso(until), withheld=held or draft.own_time is None or until > draft.own_time)
    if "embargo" not in draft.signals:
        return Embargo("", withheld=held)
    return _from_words(draft)


def _in_words(draft: Draft, words: str) -> dates.Instant | None:
    at = instant_in(words, draft.own_time, draft.zone)
    return dates.Instant(at, "minute", draft.zone, assumed=True) if at else None


def _from_words(draft: Draft) -> Embargo:
    """An embargo that only the text states."""
    words = draft.embargo_line
    until = instant_in(words, draft.own_time, draft.zone)
    if words:
        draft.given_dates["embargoedUntil"] = words[:200]
    if until is None:
        draft.warn(WarnCode.EMBARGO_UNREADABLE, words[:200] or "an embargo without a date")
        return Embargo("", withheld=True)
    over = draft.own_time is not None and until <= draft.own_time
    draft.times["embargoedUntil"] = TimeNote(precision="minute", zone=draft.zone, assumed=True)
    return Embargo(_iso(until), withheld=not over)


def _opens(found: dates.Instant, zone: str) -> dt.datetime:
    """A day's embargo opens when the day begins where the sender is."""
    return found.at if found.precision in ("second", "minute", "hour") else _midnight(found.at.date(), zone)


def _midnight(day: dt.date, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone_info(zone) or dt.UTC).astimezone(dt.UTC)


def _iso(at: dt.datetime) -> str:
    return f"{at.isoformat()[:19]}Z"


_CLOCK = re.compile(
    r"\b(?P<h>\d{1,2})(?:[:.](?P<mi>\d\d)|(?P<mi2>\d\d))?\s?(?P<ap>[ap]\.?m\.?|Uhr|hrs?"
    r"|hours)?(?![\d])\s?(?P<z>(?-i:[A-Z]{2,4})\b)?",
    re.IGNORECASE,
)
_MONTHS = "|".join(sorted(dates.MONTHS, key=len, reverse=True))
_DAY_WORDS = re.compile(
    rf"\b(?P<m1>{_MONTHS})\b\.?\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y1>\d{{4}}))?"
    rf"|(?<![\d:.])(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:de\s"
    rf"|of\s)?(?P<m2>{_MONTHS})\b\.?(?:,?\s(?:de\s)?(?P<y2>\d{{4}}))?"
    r"|\b(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>\d{4})?|\b(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d)",
    re.IGNORECASE,
)
_NAMED_HOURS = (
    (re.compile(r"\b(?:noon|midi|mittags?|mediodía)\b", re.IGNORECASE), "12:00"),
    (re.compile(r"\b(?:midnight|minuit|mitternacht|medianoche)\b", re.IGNORECASE), "24:00"),
)
BACK = dt.timedelta(days=31)  # a day without a year lies ahead, or so little behind that the story was sent late


def instant_in(words: str, near: dt.datetime | None, zone: str) -> dt.datetime | None:
    """The instant in an embargo's words (`0001 Friday September 9`), None where it is missing or unsure."""
    text = " ".join(words.split())[:200].strip(" .:;()")
    for name, hour in _NAMED_HOURS:
        text = name.sub(hour, text)
    whole = dates.read(text, "", assume=zone)
    if whole is not None and whole.precision not in ("month", "year"):
        return _opens(whole, zone)
    advance = _ADVANCE.search(text)
    if advance and near:
        return _day_of_month(int(advance[1]), near, zone)
    for match in _DAY_WORDS.finditer(text):
        day = _day(match, near)
        if day is not None:
            return _at(day, f"{text[: match.start()]} | {text[match.end() :]}", zone)
    if near is not None and not _WEEKDAY.search(text):
        local = near.astimezone(zone_info(zone) or dt.UTC)
        today = _at(local.date(), text, zone, clock=True)
        return today if today is not None and today > near else None  # a time alone is today's, or unsure
    return None


def _at(day: dt.date, words: str, zone: str, *, clock: bool = False) -> dt.datetime | None:
    """The time of `day` that the words state; without one the day's beginning, or None if there must be a `clock`."""
    match = next((c for c in _CLOCK.finditer(words) if _is_clock(c)), None)
    if match is None:
        return None if clock else _midnight(day, zone)
    hour, minute = int(match["h"]), int(match["mi"] or match["mi2"] or 0)
    half = (match["ap"] or "").lower()
    if half[:1] in ("a", "p"):
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    zoned = dates.read(f"{day.isoformat()} {hour:02d}:{minute:02d} {match['z'] or ''}".strip(), "", assume=zone)
    return zoned.at if zoned else None


_ADVANCE = re.compile(r"\bAdv\s?(\d{1,2})\b")
_WEEKDAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\b|\btomorrow\b", re.IGNORECASE)


def _day_of_month(number: int, near: dt.datetime, zone: str) -> dt.datetime | None:
    """The next day of that number."""
    for ahead in range(62):
        day = near.date() + dt.timedelta(days=ahead)
        if day.day == number:
            return _midnight(day, zone)
    return None


def _is_clock(match: re.Match[str]) -> bool:
    four = (
        bool(match["mi2"])
        and len(match["h"]) + len(match["mi2"]) >= 3
        and int(match["h"]) < 24
        and int(match["mi2"]) < 60
    )
    return bool(match["mi"] or four or (match["ap"] and match["ap"].lower() not in ("hours", "hrs", "hr")))


def _day(match: re.Match[str], near: dt.datetime | None) -> dt.date | None:
    part = match.groupdict()
    number = next((n for n in "1234" if part[f"d{n}"]), "")
    name = part[f"m{number}"]
    month = int(name) if name.isdigit() else dates.MONTHS.get(name.casefold(), 0)
    year = int(part[f"y{number}"]) if part[f"y{number}"] else None
    if not 1 <= month <= 12 or (year is None and near is None):
        return None
    try:
        if year is not None:
            return dt.date(year, month, int(part[f"d{number}"]))
        assert near is not None  # noqa: S101 - for the type checker
        day = dt.date(near.year, month, int(part[f"d{number}"]))
        if day < (near - BACK).date():
            day = day.replace(year=near.year + 1)
    except ValueError:
        return None
    return day
