"""Dates as senders write them become instants: one regex a shape, nothing relative, no clock.

A day without a time is the instant of its midnight UTC with precision `day`: a day has no zone.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from worker.normalise.zones import ABBREVIATIONS, zone_info

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

YEARS = range(1900, 2200)
TEXT_CHARS_MAX = 100

_NAMES = {
    1: "january jan januar januari janvier janv enero ene gennaio gen januari janeiro jänner tammikuu jän",
    2: "february feb februar februari février fevrier févr fév febrero febbraio fevereiro fev helmikuu",
    3: "march mar märz maerz mars maart mrt mär marzo março maaliskuu mrz",
    4: "april apr avril avr abril abr aprile huhtikuu",
    5: "may mai mei mayo maggio mag maio maj toukokuu",
    6: "june jun juni juin junio giugno giu junho kesäkuu",
    7: "july jul juli juillet juil julio luglio lug julho heinäkuu",
    8: "august aug août aout agosto ago agustus augustus augusti elokuu",
    9: "september sep sept septembre septiembre settembre set setembro syyskuu",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out lokakuu",
    11: "november nov novembre noviembre novembro marraskuu",
    12: "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des joulukuu",
}
MONTHS: dict[str, int] = {name: number for number, names in _NAMES.items() for name in names.split()}
MONTH = r"(?P<mon>[^\W\d_]{3,10})"
_CLOCK = r"(?P<h>\d{1,2})(?::|\.|h)(?P<mi>\d{2})(?::(?P<s>\d{2}))?\s*(?P<ap>[ap]\.?m\.?)?"
_ZONE = r"\s*\(?(?P<z>Z|[A-Z]{2,4}|[+-]\d{2}:?\d{2})?\)?"
_AFTER = rf"(?:,?\s*(?:[-–|T]|at|um|à|kl\.?|a las)?\s*{_CLOCK}{_ZONE})?$"


class Instant(NamedTuple):
    """`at` in UTC; `zone` IANA name or offset in which it was read; `assumed`: the text did not state the zone."""

    at: dt.datetime
    precision: str
    zone: str = ""
    assumed: bool = False

    @property
    def iso(self) -> str:
        return f"{self.at.isoformat()[:19]}Z"


_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)(?:-(?P<d>\d\d)(?:[T ](?P<h>\d\d):?(?P<mi>\d\d)(?::?(?P<s>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<z>Z|[A-Z]{2,4}|[+-]\d\d(?::?\d\d)?)?)?)?$"
)
_BASIC = re.compile(
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)?(?:\.\d+)?"
    r"\s*(?P<z>Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)?)?$"
)
_YEAR = re.compile(r"(?P<y>\d{4})$")
_RFC = re.compile(rf"(?:[A-Za-z]{{3,9}},?\s+)?(?P<d>\d{{1,2}})\.?\s+{MONTH}\.?,?\s+(?P<y>\d{{4}}|\d\d)(?=\D|$){_AFTER}")
_MONTH_FIRST = re.compile(
    rf"(?:[A-Za-z]{{3,9}}\.?,?\s+)?{MONTH}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){_AFTER}"
)
_C_TIME = re.compile(
    rf"(?:[A-Z][a-z]{{2}},?\s+)?{MONTH}\s+(?P<d>\d{{1,2}})\s+{_CLOCK}\s*(?P<z>[A-Z]{{2,4}}"
    rf"|[+-]\d{{4}})?\s+(?P<y>\d{{4}})$"
)
_ORDINAL = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?{MONTH}\.?(?:,|\s+de)?\s+(?P<y>\d{{4}}){_AFTER}"
)
_DOTTED = re.compile(rf"(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>\d{{4}}|\d\d)(?=\D|$){_AFTER}")
_SLASHED = re.compile(rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>\d{{4}}){_AFTER}")
_DASHED = re.compile(rf"(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})-(?P<y>\d{{4}}){_AFTER}")
_CJK = re.compile(
    r"(?P<y>\d{4})\s?[년年]\s?(?P<m>\d{1,2})\s?[월月]\s?(?P<d>\d{1,2})\s?[일日](?:\s*(?P<h>\d{1,2})[:시時](?P<mi>\d{2})분?)?$"
)
_ANPA = re.compile(r"(?:AP-\w\w-)?(?P<m>\d\d)-(?P<d>\d\d)-(?P<y>\d\d)\s+(?P<h>\d\d)(?P<mi>\d\d)\s?(?P<z>[A-Z]{2,4})?$")
_KYODO = re.compile(r"(?:KWS-)?(?P<h>\d\d):(?P<mi>\d\d)-(?P<d>\d\d)-(?P<m>\d\d)-(?P<y>\d\d)$")
_IPTC = re.compile(rf"(?P<d>\d\d)(?P<h>\d\d)(?P<mi>\d\d)\s*(?P<z>Z|[A-Z]{{2,4}})?\s+{MONTH}\.?\s+(?P<y>\d\d(?:\d\d)?)$")
_CLOCK_FIRST = re.compile(
    rf"(?P<h>\d\d?):?(?P<mi>\d\d)\s?(?P<ap>[ap]\.?m\.?)?\s*(?P<z>[A-Z]{{2,4}})?,?\s+(?:on\s+)?"
    rf"(?:[A-Z][a-z]{{2,8}},?\s+)?(?P<d>\d{{1,2}})\s+{MONTH}\.?,?\s+(?P<y>\d{{4}})$"
)

# The shapes in the order in which they are tried; a text is tried with those whose first character class fits.
_NUMERIC = (_ISO, _BASIC, _RFC, _ORDINAL, _DOTTED, _SLASHED, _DASHED, _ANPA, _KYODO, _IPTC, _CJK, _CLOCK_FIRST, _YEAR)
_WORDY = (_MONTH_FIRST, _RFC, _C_TIME, _ORDINAL, _ANPA, _KYODO)


def read(text: str, zone: str = "", *, assume: str = "UTC") -> Instant | None:
    """The instant that `text` states, or None.

    Args:
        text: a date in one of the shapes above, and nothing else.
        zone: IANA name of the zone in which a time without one is known to be.
        assume: the zone to assume when neither is known; the result is then marked `assumed`.
    """
    usual = _usual(text) if text[10:11] == "T" else None
    if usual is not None:
        return usual
    text = " ".join(text.split())
    if not 4 <= len(text) <= TEXT_CHARS_MAX:
        return None
    part = _parts(text)
    return _made(part, zone, assume) if part else None


@functools.lru_cache(maxsize=128)  # a date line is read where it stands and again when the sender's zone is known
def _parts(text: str) -> Mapping[str, str | None] | None:
    """The parts of a date by their names in the shapes, and the zone in `kyodo` where its shape tells it."""
    for shape in _NUMERIC if text[0].isdigit() else _WORDY:
        match = shape.match(text)
        if match:
            return {**match.groupdict(), "kyodo": "JST"} if shape is _KYODO else match.groupdict()
    return None


_USUAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(?:\.\d{1,6})?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$", re.ASCII)


def _usual(text: str) -> Instant | None:
    """An instant as most formats write it, read several times faster; None where anything is unusual."""
    match = _USUAL.match(text)
    if not match:
        return None
    try:
        local = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if local.year not in YEARS:
        return None
    if local.microsecond:
        local = local.replace(microsecond=0)
    second, zone = match.groups()
    at, zone = (local, "UTC") if zone == "Z" else (local.astimezone(dt.UTC), zone)
    return Instant(at, "second" if second else "minute", zone)


def _made(part: Mapping[str, str | None], zone: str, assume: str) -> Instant | None:
    get = part.get
    name = get("mon")
    month = MONTHS.get(name.casefold()) if name else int(get("m") or 1)
    year = int(part["y"] or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900
    if not month or year not in YEARS:
        return None
    hour, minute, second = int(get("h") or 0), int(get("mi") or 0), int(get("s") or 0)
    half = get("ap")
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    midnight = hour == 24 and not minute and not second  # the day's end
    try:
        day = int(get("d") or 1)
        local = dt.datetime(year, month, day, 0 if midnight else hour, minute, min(second, 59), tzinfo=dt.UTC)
    except ValueError:
        return None
    if midnight:
        local += dt.timedelta(days=1)
    if get("h") is None:
        precision = "day" if get("d") else "month" if get("m") or name else "year"
        return Instant(local, precision)
    precision = "second" if get("s") else "minute"
    return _zoned(local, precision, get("z") or ("" if zone else get("kyodo")) or "", zone, assume)


def _zoned(local: dt.datetime, precision: str, stated: str, zone: str, assume: str) -> Instant | None:
    """`local` read in the stated zone, else in `zone`, else in `assume`."""
    name = ABBREVIATIONS.get(stated, stated)
    if name and name[0] in "+-":
        return _shifted(local, precision, name)
    known = zone_info(name or zone or assume or "UTC")
    if known is None:  # letters that are no zone: as if none were stated
        name, known = "", zone_info(zone or assume) or zone_info("UTC")
    try:
        at = local.replace(tzinfo=known).astimezone(dt.UTC)
    except OverflowError:
        return None
    shown = name or zone or assume or "UTC"
    return Instant(at, precision, shown, not name and not zone)


def _shifted(local: dt.datetime, precision: str, offset: str) -> Instant | None:
    digits = offset[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:4])
    if minutes > _OFFSET_MINUTES_MAX:
        return None
    delta = dt.timedelta(minutes=minutes)
    at = local - delta if offset[0] == "+" else local + delta
    return Instant(at, precision, f"{offset[0]}{digits[:2]}:{digits[2:4]}")


_OFFSET_MINUTES_MAX = 15 * 60
_MONTH_DAY = re.compile(rf"{MONTH}\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{{4}}))?$")
_DAY_MONTH = re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+{MONTH}\.?(?:,?\s+(?P<y>\d{{4}}))?$")
_DAY_SLASH = re.compile(r"(?P<d>\d{1,2})[/-](?P<m>\d{1,2})(?:[/-](?P<y>\d{4}))?$")
SLACK = dt.timedelta(days=2)  # a dateline may lie a day ahead of the wire's clock


def read_day(text: str, near: dt.datetime | None) -> dt.date | None:
    """The day that a dateline's words state; without a year, the nearest not after `near` (two days' slack)."""
    text = " ".join(text.split()).strip(" ,.")
    for shape in (_MONTH_DAY, _DAY_MONTH, _DAY_SLASH):
        match = shape.match(text)
        if not match:
            continue
        part = match.groupdict()
        month = MONTHS.get(part["mon"].casefold()) if part.get("mon") else int(part["m"])
        if not month:
            return None
        year = int(part["y"]) if part["y"] else None
        if year is None and near is None:
            return None
        return _day(year, month, int(part["d"]), near)
    return None


def _day(year: int | None, month: int, day: int, near: dt.datetime | None) -> dt.date | None:
    make: Callable[[int], dt.date] = lambda y: dt.date(y, month, day)  # noqa: E731 - shorter than a function here
    try:
        if year is not None:
            return make(year)
        assert near is not None  # noqa: S101 - for the type checker; the caller has made sure
        this = make(near.year)
        return this if this <= (near + SLACK).date() else make(near.year - 1)
    except ValueError:
        return None
