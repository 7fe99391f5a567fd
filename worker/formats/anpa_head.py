"""The lines between STX and the text of ANPA copy: keyword line, headline, notes, abstract, byline.

See `anpa`, whose reader calls these.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from worker.formats.storyhead import embargo_in, embargo_words

CYCLE = re.compile(r"(?:AM|PM|BC|AP)-(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"\*?\d{3,6}<?")
_BYLINE = re.compile(r"By\s+\S", re.IGNORECASE)
_NOTE = re.compile(r"\(?(?:Eds|EDS|Editors|EDITORS|EDITOR'S NOTE|EDITORS' NOTE|Editor's note|NOTE|UPDATES|With)\b")
_MEDIA = re.compile(r"AP (?:Photos?|Graphics?|Video|Audio)\b")
_JOB = re.compile(r"\b(?:Writers?|Press|Correspondents?|Editors?|AP|Analyst|Columnist|Reporters?|Critic|Staff)\b")


class Fields(NamedTuple):
    slug: str
    version: str
    headline: str
    byline: str
    abstract: str
    notes: tuple[str, ...]
    embargo: str | None  # words of an embargo, "" = one without a date
    furniture: tuple[str, ...]
    spill: tuple[str, ...]  # header lines that are text


def caret_block(lines: list[str]) -> tuple[list[str], list[str]]:
    """(header lines, the rest): the header ends at the first line of text or of columns."""
    at = 0
    while at < len(lines) and (lines[at].startswith("^") or not lines[at].strip()):
        at += 1
    head = [part for line in lines[:at] for part in line.split("^") if part.strip(" *<=")]
    return head, lines[at:]


def plain_block(lines: list[str]) -> tuple[list[str], list[str]]:
    """Kyodo: keyword line, then headline lines of which the last ends with `+`; without one the first line is both."""
    full = [i for i, line in enumerate(lines) if line.strip()][:8]
    for i in full[1:]:
        if lines[i].endswith("+"):
            headline = " ".join(lines[n].strip() for n in range(full[1], i + 1)).rstrip("+ ")
            return [lines[full[0]], headline], lines[i + 1 :]
    keyword = full[0] if full and CYCLE.match(lines[full[0]].strip()) else -1
    return ([lines[keyword]], lines[keyword + 1 :]) if keyword >= 0 else ([], lines)


def head_fields(head: list[str], header_slug: str, *, body_follows: bool) -> Fields:
    lines = [line.strip() for line in head]
    if lines and _NUMBER.fullmatch(lines[0]):  # AP's internal number before the keyword line
        lines.pop(0)
    keyword = lines.pop(0).rstrip("<= ") if lines else ""
    slug, version = _keyword(keyword, header_slug)
    headline, byline = "", ""
    notes: list[str] = []
    furniture: list[str] = []
    spill: list[str] = []
    embargo: str | None = None
    by_at = -1
    for at, line in enumerate(lines):
        bare = line.rstrip("<= ")
        until = embargo_words(bare)
        if embargo is None and (until is not None or _NOTE.match(bare)):
            embargo = until if until is not None else embargo_in(bare)
        if until is not None:
            notes.append(bare)
        elif _BYLINE.match(bare) and not byline and len(bare) < 200:
            byline, by_at = bare, at
        elif by_at == at - 1 >= 0 and line.endswith("=") and _JOB.search(bare):
            furniture.append(bare)
        elif _NOTE.match(bare):
            notes.append(bare)
        elif _MEDIA.match(bare):
            furniture.append(bare)
        elif not headline and by_at < 0:
            headline = bare
        else:
            spill.append(bare)
    abstract = ""
    if body_follows and spill and len(spill[0]) > 80:  # AP gives the lead above the byline, and again in the text
        abstract = spill.pop(0)
    return Fields(slug, version, headline, byline, abstract, tuple(notes), embargo, tuple(furniture), tuple(spill))


def _keyword(line: str, header_slug: str) -> tuple[str, str]:
    """(slug, version words) of `BC-BKN--Heat-Hawks, 1st Ld-Writethru,416`."""
    first, _, rest = line.partition(",")
    slug = first.strip()
    version = ",".join(part.strip() for part in rest.split(",") if not part.strip().isdigit())
    if " " in slug or not slug.startswith(header_slug):
        return header_slug or slug, version
    return slug, version
