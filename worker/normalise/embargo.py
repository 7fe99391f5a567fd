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

if TYPE_CHECKING:
    from worker.normalise.draft import Draft

HELD_STATUS = frozenset({"withheld", "embargoed", "embargo", "hold", "held"})


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
        later = draft.own_time is None or _end(found) > draft.own_time
        return Embargo(found.iso if found.precision != "day" else _iso(_end(found)), withheld=later or held)
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
    return Embargo(_iso(until), withheld=not over)


def _end(found: dates.Instant) -> dt.datetime:
    """The moment at which it is surely over: a day's embargo ends with the day (its last hour west of Greenwich)."""
    if found.precision == "day":
        return found.at + dt.timedelta(hours=24)
    return found.at


def _iso(at: dt.datetime) -> str:
    return f"{at.isoformat()[:19]}Z"


_CLOCK = re.compile(
    r"\b(?P<h>\d{1,2})(?:[:.](?P<mi>\d\d)|(?P<mi2>\d\d))?\s?(?P<ap>[ap]\.?m\.?|Uhr|hrs?|hours)?(?![\d])\s?(?P<z>[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
_DAY_WORDS = re.compile(
    r"(?P<m1>[^\W\d_]{3,10})\.?\s(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?:,?\s(?P<y1>\d{4}))?"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th|\.)?\s(?:de\s)?(?P<m2>[^\W\d_]{3,10})\.?(?:,?\s(?:de\s)?(?P<y2>\d{4}))?"
    r"|(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>\d{4})?|(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d)"
)
FORWARD = dt.timedelta(days=200)  # an embargo without a year lies ahead, not further than this


def instant_in(words: str, near: dt.datetime | None, zone: str) -> dt.datetime | None:
    """The instant in an embargo's words (`0001 Friday September 9`), None where day or time is missing or unsure."""
    text = " ".join(words.split())[:200].strip(" .:;()")
    whole = dates.read(text, "", assume=zone)
    if whole is not None and whole.precision not in ("month", "year"):
        return _end(whole)
    for match in _DAY_WORDS.finditer(text):
        day = _day(match, near)
        if day is None:
            continue
        rest = f"{text[: match.start()]} | {text[match.end() :]}"
        clock = next((c for c in _CLOCK.finditer(rest) if _is_clock(c)), None)
        if clock is None:
            return dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(hours=24)
        hour, minute = int(clock["h"]), int(clock["mi"] or clock["mi2"] or 0)
        if len(clock["h"]) >= 3 or (clock["mi2"] is None and clock["mi"] is None and not clock["ap"]):
            return None
        half = (clock["ap"] or "").lower()
        if half[:1] in ("a", "p"):
            hour = hour % 12 + (12 if half[0] == "p" else 0)
        zoned = dates.read(f"{day.isoformat()} {hour:02d}:{minute:02d} {clock['z'] or ''}".strip(), "", assume=zone)
        return zoned.at if zoned else None
    return None


def _is_clock(match: re.Match[str]) -> bool:
    return bool(match["mi"] or match["mi2"] or (match["ap"] and match["ap"].lower() != "hours"))


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
        if day < (near - FORWARD).date():
            day = day.replace(year=near.year + 1)
    except ValueError:
        return None
    return day
