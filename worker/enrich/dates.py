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

from worker.enrich.dates_patterns import Patterns, candidates, patterns
from worker.enrich.dates_readings import READINGS, Context
from worker.enrich.dates_tables import WORDS
from worker.story import DateFound

if TYPE_CHECKING:
    import datetime as dt

    from worker.enrich.dates_patterns import Family
    from worker.enrich.doc import Doc, Found

DATES_MAX: Final = 200  # of one story: a calendar or a table of fixtures holds more than anyone asks for
_EVENT: Final = re.compile(
    r"[\s-]+(?:[\w-]+\s)?(?:attacks?|uprising|massacre|revolution|movement|terror|coup|bombings|Terror|Anschläge)",
    re.ASCII,
)
_NAMED_DAYS: Final = tuple(f"{w} " for w in "Super Black Good Ash Bloody Palm Cyber Fat Holy Giving".split())
ABBREVIATED_MAX: Final = 4  # letters of a month that may end with a point
_CLAUSE_CHARS: Final = 80


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
    out: list[DateFound] = []
    end = 0
    for start in candidates(text, known):
        hit = known.any_family.match(text, start) if start >= end else None
        if hit and hit.lastindex:
            found, end = _read(text, start, known, known.families[hit.lastindex - 1], today)
            if found:
                out.append(found)
                if len(out) == DATES_MAX:
                    break
    return out


def _read(
    text: str, start: int, known: Patterns, family: Family, today: dt.date | None
) -> tuple[DateFound | None, int]:
    """(the date that begins here if its reading gives a value, where to look on)."""
    match = family.pattern.match(text, start)
    if match is None:
        return None, start + 1
    before = text[max(0, start - _CLAUSE_CHARS) : start]
    context = Context(today, before, known)
    value = READINGS[family.name](match, context)
    if value is None or (family.name in _NEAR and _EVENT.match(text, match.end())) or before.endswith(_NAMED_DAYS):
        return None, match.end()
    shown = text[start : match.end()].rstrip()
    if shown.endswith(".") and len(match["month"]) > ABBREVIATED_MAX:
        shown = shown[:-1]  # the sentence's
    span = DateFound(text=shown, value=value.text, start=start, end=start + len(shown), confidence=value.confidence)
    return span, match.end()


_NEAR: Final = frozenset({"day", "bare-month", "month"})
