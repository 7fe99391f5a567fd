"""The story's dates as instants, with how each is to be read. Nothing here knows what time it is now."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from worker.normalise import dates
from worker.normalise.warns import WarnCode
from worker.story import Moment, TimeNote

if TYPE_CHECKING:
    from worker.normalise.draft import Draft


def read(draft: Draft) -> dict[str, str]:
    """Top-level dates by their names in ninjs; sets the story's own time and the dateline's day."""
    item = draft.item
    out: dict[str, str] = {}
    for name, moment in (
        ("firstCreated", item.first_created),
        ("versionCreated", item.version_created),
        ("contentCreated", item.content_created),
        ("expires", item.expires),
    ):
        if moment is not None and moment.text.strip():
            out[name] = _written(draft, name, moment)
    if not out.get("versionCreated") and draft.line_date:
        out["versionCreated"] = _written(draft, "versionCreated", Moment(draft.line_date))
    draft.own_time = _time(out.get("versionCreated", "")) or _record_time(draft)
    _dateline_day(draft, out)
    for name, words in item.dates.items():
        if str(words).strip():
            draft.given_dates[str(name)] = str(words)
    return {name: value for name, value in out.items() if value}


def _written(draft: Draft, name: str, moment: Moment) -> str:
    found = resolve(draft, moment)
    if found is None:
        draft.warn(WarnCode.DATE_UNREADABLE, f"{name}: {moment.text[:100]!r}")
        draft.given_dates[name] = moment.text.strip()[:200]
        return ""
    note(draft, name, moment, found)
    return found.iso


def resolve(draft: Draft, moment: Moment) -> dates.Instant | None:
    return dates.read(moment.text, moment.zone, assume=draft.zone)


def note(draft: Draft, name: str, moment: Moment, found: dates.Instant) -> None:
    """Say how the date is to be read, where it is not simply a second in a stated zone."""
    assumed = found.assumed or moment.assumed
    precision = moment.precision or found.precision
    if not assumed and precision == "second":
        return
    zone = "" if found.zone[:1] in "+-" else found.zone
    draft.times[name] = TimeNote(precision=precision, zone=zone, assumed=assumed)
    if assumed:
        draft.given_dates[name] = moment.text.strip()[:200]


def _dateline_day(draft: Draft, out: dict[str, str]) -> None:
    """The dateline's day; where nothing else states the story's time and the year is written, it does."""
    if draft.dateline is None:
        return
    words = draft.dateline.date
    draft.dateline_day = dates.read_day(words, draft.own_time) if words else None
    if out.get("versionCreated") or draft.dateline_day is None:
        return
    if f"{draft.dateline_day.year}" in words:
        day = dt.datetime.combine(draft.dateline_day, dt.time(), dt.UTC)
        out["versionCreated"] = dates.Instant(day, "day").iso
        draft.times["versionCreated"] = TimeNote(precision="day", assumed=True)
        draft.did("time-from-dateline")
        draft.own_time = day


def _record_time(draft: Draft) -> dt.datetime | None:
    """The raw record's time, else the header `received`."""
    stamp = draft.origin.timestamp_ms
    if stamp is not None and stamp >= 0:
        try:
            return dt.datetime.fromtimestamp(stamp / 1000, dt.UTC)
        except (ValueError, OverflowError, OSError):
            return None
    found = dates.read(draft.origin.received) if draft.origin.received else None
    return found.at if found else None


def _time(iso: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(iso) if iso else None
