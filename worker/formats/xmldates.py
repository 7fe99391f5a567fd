"""Dates of the XML formats: ISO 8601 in its basic and extended forms, and the placeholders that templates leave."""

from __future__ import annotations

import datetime as dt
import re

from worker.story import Moment

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]\s?(\d\d):?(\d\d)(?::?(\d\d)([.,]\d{1,9})?)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$",
)
_PLACEHOLDER = re.compile(r"[YMDhms]{4}|0000-?00-?00|0001-01-01")


def moment(value: str | None) -> Moment | None:
    """The date as extended ISO 8601, or as it stands when it is none; None for nothing and for placeholders."""
    value = (value or "").strip()
    if not value or _PLACEHOLDER.match(value):
        return None
    found = _ISO.match(value)
    if not found:
        return Moment(value[:200])
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        dt.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return Moment(value[:200])
    if hour is None:
        return Moment(f"{year}-{month}-{day}", precision="day")
    if zone and zone != "Z":
        digits = zone.replace(":", "")
        zone = f"{digits[:3]}:{digits[3:] or '00'}"
    clock = f"{hour}:{minute}:{second or '00'}{(fraction or '').replace(',', '.')}"
    return Moment(f"{year}-{month}-{day}T{clock}{zone or ''}", precision="second" if second else "minute")


def is_later(one: Moment, other: Moment | None) -> bool:
    """Whether `one` is after `other`. What cannot be compared counts as later: an embargo fails closed."""
    if other is None:
        return True
    try:
        first, second = dt.datetime.fromisoformat(one.text), dt.datetime.fromisoformat(other.text)
    except ValueError:
        return True
    if (first.tzinfo is None) != (second.tzinfo is None):
        first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
    return first > second
