"""Press releases as distributors send them: AsiaNet, PR Newswire, Business Wire, GlobeNewswire and their kind.

Source: Issuing Company
MEDIA RELEASE PR12345
Headline, wrapped over a few lines
CITY, Month D, YYYY /PRNewswire-AsiaNet/ -- text
SOURCE Issuing Company
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from worker.formats.plaintext import is_text, read_lines
from worker.formats.storyhead import embargo_words, is_furniture
from worker.story import Code, Item, Limits, Moment, Note, Party, Rejected, Text

if TYPE_CHECKING:
    from worker.formats.view import View

WHERE = {
    "sources": "'Source:' on the first or last lines (the issuer), the distributor's mark in the dateline",
    "local_id": "MEDIA RELEASE PR…: the distributor's number",
    "headlines": "the lines behind MEDIA RELEASE, up to a blank line",
    "embargoed_until": "EMBARGOED UNTIL … (FOR IMMEDIATE RELEASE is none)",
    "body": "from the dateline to SOURCE",
}

HEAD_LINES_MAX = 12
_SOURCE = re.compile(r"SOURCE\s*[:\s]\s*(?P<name>\S.{0,150})$|Source\s*:\s*(?P<named>\S.{0,150})$")
_MARK = re.compile(
    r"(?:(?:MEDIA|PRESS|NEWS)\s+RELEASE|PRESSEMITTEILUNG|COMMUNIQUÉ DE PRESSE|COMUNICADO DE PRENSA)"
    r"(?:\s*[:#-]?\s*(?P<number>[A-Z]{0,4}\d{3,9}))?\s*[:.]?$",
    re.IGNORECASE,
)
_IMMEDIATE = re.compile(r"FOR IMMEDIATE RELEASE\b.{0,40}$", re.IGNORECASE)
_MARK_STARTS = frozenset("CFMNPcfmnp")
# (short name, name, a word that its mark holds, the mark)
_DISTRIBUTORS = (
    ("asianet", "AsiaNet", "asianet", re.compile(r"/[^/\n]{0,40}AsiaNet[^/\n]{0,40}/|\bAsiaNet\b", re.IGNORECASE)),
    ("prnewswire", "PR Newswire", "newswire", re.compile(r"/PR ?Newswire[^/\n]{0,40}/", re.IGNORECASE)),
    ("businesswire", "Business Wire", "business wire", re.compile(r"\(BUSINESS WIRE\)")),
    ("globenewswire", "GlobeNewswire", "globe newswire", re.compile(r"[(/]GLOBE NEWSWIRE[)/]", re.IGNORECASE)),
    ("marketwired", "Marketwired", "marketwire", re.compile(r"\(Marketwire[d]?\s?[^)\n]{0,40}\)", re.IGNORECASE)),
    ("accesswire", "ACCESSWIRE", "accesswire", re.compile(r"/\s?ACCESSWIRE\s?/")),
    ("cnw", "CNW", "cnw", re.compile(r"/CNW[^/\n]{0,30}/")),
    ("newsaktuell", "news aktuell", "(ots)", re.compile(r"\(ots\)")),
)
_SAMPLE_CHARS = 2_500


def sniff(view: View) -> str:
    if view.head[:1] in (b"{", b"[", b"<"):
        return ""
    try:
        start = view.text[:_SAMPLE_CHARS]
    except Rejected:
        return ""
    why = _why(start)
    return why if why and _hint(view.head) and is_text(start) else ""


def _why(start: str) -> str:
    """The line or the mark that tells, "" where there is none."""
    for line in start.split("\n", HEAD_LINES_MAX)[:HEAD_LINES_MAX]:
        bare = line.strip()
        if bare[:1] in _MARK_STARTS and (_MARK.match(bare) or _IMMEDIATE.match(bare)):
            return f"line {bare[:40]!r}"
    found = _distributor(start)[1] if _may_be_distributed(start) else ""
    return f"distributor's mark {found}" if found else ""


def _may_be_distributed(start: str) -> bool:
    """A cheap look: all marks but AsiaNet's stand in brackets or between slashes."""
    upper = start.encode("utf-8", "replace").upper()
    if b"ASIANET" in upper:
        return True
    return ("(" in start or "/" in start) and (b"WIRE" in upper or b"/CNW" in upper or b"(OTS)" in upper)


def _distributor(start: str) -> tuple[str, str]:
    """(short name, name) of the distributor whose mark stands in the first characters, else ("", "")."""
    low = start.lower()
    return next(
        ((code, name) for code, name, word, mark in _DISTRIBUTORS if word in low and mark.search(start)), ("", "")
    )


def _hint(head: bytes) -> bool:
    """Each mark holds one of these."""
    upper = head.upper()
    return (
        b"RELEASE" in upper
        or b"WIRE" in upper
        or b"PRESSE" in upper
        or b"ASIANET" in upper
        or b"PRENSA" in upper
        or b"/CNW" in upper
        or b"(OTS)" in upper
    )


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    lines = [line.rstrip() for line in view.text.strip("\ufeff\n ").split("\n")]
    issuer, number, immediate, at = "", "", False, 0
    embargo: str | None = None
    notes: list[Note] = []
    while at < len(lines) and at < HEAD_LINES_MAX:
        bare = lines[at].strip()
        mark, source, until = _MARK.match(bare), _SOURCE.match(bare), embargo_words(bare)
        if mark:
            number = number or mark["number"] or ""
        elif source and not issuer:
            issuer = (source["name"] or source["named"]).strip()
        elif _IMMEDIATE.match(bare):
            immediate = True
        elif until is not None:
            embargo = until
            notes.append(Note(bare, "embargo"))
        elif bare and not is_furniture(bare):
            break
        at += 1
    lines, tail = _without_source(lines[at:])
    issuer = issuer or tail
    item = read_lines(
        _unwrapped_headline(lines), limits, name="pressrelease", transformations=tuple(view.transformations)
    )
    if isinstance(item, Rejected):
        return [item]
    code, name = _distributor(view.text[:_SAMPLE_CHARS])
    if number.startswith("PR") and code == "prnewswire":  # AsiaNet numbers so what it passes on
        code, name = "asianet", "AsiaNet"
    sources = (
        *((Party(name=name, role="agency"),) if name else ()),
        *((Party(name=issuer, role="credit"),) if issuer else item.sources),
    )
    changes: dict[str, object] = {
        "provider": code,
        "local_id": number if code else "",
        "alt_ids": (Text(number, "provider"),) if number else (),
        "sources": sources,
        "genres": (Code(name="Press release"),),
        "notes": (*notes, *item.notes),
    }
    if embargo is not None and not immediate:
        changes |= {"embargoed_until": Moment(embargo) if embargo else None, "signals": ("embargo",)}
    return [msgspec.structs.replace(item, **changes)]


def _without_source(lines: list[str]) -> tuple[list[str], str]:
    """(lines without `SOURCE Company` in the last ones, the company)."""
    for i in range(len(lines) - 1, max(-1, len(lines) - 13), -1):
        found = _SOURCE.match(lines[i].strip())
        if found:
            return lines[:i] + lines[i + 1 :], (found["name"] or found["named"]).strip()
    return lines, ""


def _unwrapped_headline(lines: list[str]) -> list[str]:
    """The first block as one line, when it is short: a headline wrapped over a few lines."""
    end = next((i for i, line in enumerate(lines) if not line.strip()), 0)
    block = " ".join(line.strip() for line in lines[:end])
    return [block, *lines[end:]] if 0 < end <= 5 and len(block) <= 400 else lines
