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

import re
from typing import TYPE_CHECKING, Final

from worker.enrich.anchors import anchors
from worker.enrich.dates_find import candidates
from worker.enrich.dates_patterns import patterns
from worker.enrich.dates_readings import READINGS, Context
from worker.enrich.dates_tables import WORDS
from worker.story import DateFound

if TYPE_CHECKING:
    import datetime as dt

    from worker.enrich.doc import Doc, Found

DATES_MAX: Final = 200  # of one story: a calendar or a table of fixtures holds more than anyone asks for
_EVENT: Final = re.compile(
    r"[\s-]+(?:[\w-]+\s)?(?:attacks?|uprising|massacre|revolution|movement|terror|coup|bombings|Terror|Anschläge)",
    re.ASCII,
)
_NAMED_DAYS: Final = tuple(f"{w} " for w in "Super Black Good Ash Bloody Palm Cyber Fat Holy Giving".split())
_NAMED_CHARS: Final = max(map(len, _NAMED_DAYS))
ABBREVIATED_MAX: Final = 4  # letters of a month that may end with a point


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
    context = Context(text, today, known)
    out: list[DateFound] = []
    end = 0
    for start, families in candidates(text, known, anchors(text, language)):
        if start < end:
            continue
        for family in families:
            match = family.pattern.match(text, start)
            if match:
                end = match.end()
                found = _read(match, family.name, context)
                if found:
                    out.append(found)
                break
        if len(out) == DATES_MAX:
            break
    return out


def _read(match: re.Match[str], family: str, context: Context) -> DateFound | None:
    """The date that matched if its reading gives a value."""
    value = READINGS[family](match, context)
    start, text = match.start(), context.text
    if (
        value is None
        or (family in _NEAR and _EVENT.match(text, match.end()))
        or text.endswith(_NAMED_DAYS, max(0, start - _NAMED_CHARS), start)
    ):
        return None
    shown = match[0].rstrip()
    if shown.endswith(".") and len(match["month"]) > ABBREVIATED_MAX:
        shown = shown[:-1]  # the sentence's
    return DateFound(text=shown, value=value[0], start=start, end=start + len(shown), confidence=value[1])


_NEAR: Final = frozenset({"day", "bare-month", "month"})
