"""Which time zone a sender's local times are in."""

from __future__ import annotations

import functools
import zoneinfo

from worker.normalise.agencies import BY_SOURCE

# Abbreviations in copy. Standard and summer names are fixed offsets; the short forms (ET, PT) follow the date.
ABBREVIATIONS: dict[str, str] = {
    "Z": "UTC", "UTC": "UTC", "GMT": "UTC", "UT": "UTC",
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
    "PST": "-08:00", "PDT": "-07:00", "AKST": "-09:00", "HST": "-10:00",
    "BST": "+01:00", "WET": "+00:00", "WEST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "MEZ": "+01:00",
    "MESZ": "+02:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00",
    "JST": "+09:00", "KST": "+09:00", "HKT": "+08:00", "SGT": "+08:00", "MYT": "+08:00", "IST": "+05:30",
    "WIB": "+07:00", "AWST": "+08:00", "ACST": "+09:30", "AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00",
    "NZDT": "+13:00",
}  # fmt: skip


@functools.lru_cache(maxsize=256)
def zone_info(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of an IANA name, or None when there is no such zone."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of_source(*sources: str) -> str:
    """IANA name of the first source whose zone is known, else "UTC"."""
    for source in sources:
        found = BY_SOURCE.get(source.casefold())
        if found:
            return found.zone
    return "UTC"
