"""Shapes of the ninjs 3.1 objects that are carried through to the clean story as they are.

`fit` keeps the part of a value that has its shape and drops the rest, so that what is carried through is valid
whatever the sender wrote; the reader has reported the breach already. Source: IPTC ninjs-schema_3.1.json.
"""

from __future__ import annotations

import re
from typing import Any

TRUNCATED = re.compile(
    r"-?(?:[1-9][0-9]{0,8})?[0-9]{4}"
    r"(?:-(?:1[0-2]|0[1-9])(?:-(?:3[01]|0[1-9]|[12][0-9])"
    r"(?:T(?:2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?)?)?)?$"
)
FREQUENCIES = frozenset({"secondly", "minutely", "hourly", "daily", "weekly", "monthly", "yearly"})
NEWS_OBJECTS = frozenset(
    {"text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"}
)
STATUSES = frozenset({"usable", "withheld", "canceled"})

# A shape is str, int, float, a pattern, a set of allowed strings, [shape of each entry] or {name: shape}.
Shape = Any

ADDRESS: Shape = {"lines": [str], "locality": str, "area": str, "postalCode": str, "country": str}
CONTACT: Shape = {"type": str, "role": str, "lang": str, "name": str, "value": str, "address": ADDRESS}
ORGANISATION: Shape = {
    "name": str, "rel": str, "uri": str, "literal": str,
    "symbols": [{"exchange": str, "symbolType": str, "symbol": str}], "contactInfo": [CONTACT],
}  # fmt: skip
DATES: Shape = {
    "startDate": str,
    "endDate": str,
    "expectedStartDate": TRUNCATED,
    "expectedEndDate": TRUNCATED,
    "expectedDuration": str,
    "recurrence": {"recurrenceRules": [{"frequency": FREQUENCIES, "interval": int, "until": str, "count": int}]},
}
RENDITION: Shape = {
    "name": str, "href": str, "contentType": str, "title": str, "width": int, "height": int, "sizeInBytes": int,
    "duration": float, "format": str, "aspectRatio": str, "videoCodec": str, "frameRate": float,
    "poi": {"x": int, "y": int},
}  # fmt: skip
EVENT_DETAILS: Shape = {"eventStatus": str, "plannedCoverageStatus": str, "dates": DATES, "organiser": ORGANISATION}
PLANNED_COVERAGE: Shape = [
    {
        "uri": str, "title": str, "pubStatus": STATUSES, "type": NEWS_OBJECTS,
        "commissioned": {"by": str, "on": str, "references": [{"name": str, "value": str}]},
        "dates": DATES, "audiences": [{"audience": str, "significance": int}], "exclAudience": [str], "edNote": str,
        "urgency": frozenset(range(1, 10)), "language": str, "itemCount": {"rangeFrom": int, "rangeTo": int},
        "wordCount": int, "renditions": [RENDITION],
    }
]  # fmt: skip
TRUST_INDICATORS: Shape = [{"role": str, "title": str, "href": str}]
DIGITAL_SOURCE_TYPE: Shape = {"name": str, "uri": str, "literal": str}
RIGHTS_INFO: Shape = {"langId": str, "linkedRights": str, "encodedRights": str}


def fit(value: Any, shape: Shape) -> Any:
    """The part of `value` that has the shape, or None when nothing of it has."""
    if value is None:
        return None
    if isinstance(shape, dict):
        if not isinstance(value, dict) or not value:
            return None
        kept = {name: got for name, of in shape.items() if (got := fit(value.get(name), of)) is not None}
        return _agreeing(kept, shape) or None
    if isinstance(shape, list):
        return (
            [got for one in value if (got := fit(one, shape[0])) is not None] or None
            if isinstance(value, list)
            else None
        )
    return value if _fits(value, shape) else None


def _fits(value: Any, shape: Shape) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.match(value) is not None
    if isinstance(shape, frozenset):
        return isinstance(value, str | int) and value in shape
    if shape is float:
        return isinstance(value, int | float)
    return isinstance(value, shape) and value != ""


def _agreeing(kept: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """The rules between properties: a fixed date excludes the expected one; a contact is a value or an address."""
    if shape is DATES:
        for fixed, expected in (("startDate", "expectedStartDate"), ("endDate", "expectedEndDate")):
            if fixed in kept:
                kept.pop(expected, None)
        return (
            kept
            if any(name in kept for name in ("startDate", "expectedStartDate", "endDate", "expectedEndDate"))
            else {}
        )
    if shape is CONTACT:
        if "value" in kept:
            kept.pop("address", None)
        return kept if "value" in kept or "address" in kept else {}
    if shape is RIGHTS_INFO and "linkedRights" in kept:
        kept.pop("encodedRights", None)
    return kept


def whole(value: Any, shape: Shape) -> bool:
    """Whether nothing had to be dropped."""
    return bool(fit(value, shape) == value)
