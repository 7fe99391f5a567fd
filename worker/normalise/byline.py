"""The byline: who wrote it. Persons become authors, desks and agencies become sources: an agency is never an author."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from worker.normalise.agencies import DESK_ACCOUNTS, agency_of

BYLINE_CHARS_MAX = 160
NAMES_MAX = 12

_BY = re.compile(
    r"(?:By|BY|by|Von|VON|Par|PAR|Por|POR|Av|AV|Door|DOOR|Af|Di|Da|De|Text:|Teksti:|Story by|Written by)[:\s]\s*(?=\S)"
)
_STRONG_BY = re.compile(r"(?:By|BY|Von|VON|Par|PAR|Por|POR|Door|DOOR)\s+(?=[^\W\d_])")
_JOIN = re.compile(
    r"\s*(?:,|;|/|&|\||\band\b|\bAND\b|\bund\b|\bUND\b|\bet\b|\by\b|\boch\b|\bja\b|\ben\b|\bwith\b"
    r"|\bin\b(?=\s+[A-Z]))\s*"
)
_JOIN_SIGNS = re.compile(r"[,;/&|]")
_JOIN_WORDS = frozenset("and AND und UND et y och ja en with in".split())
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.()-]*){0,5}$")
_DESK_WORDS = frozenset(
    "desk staff team newsroom redaktion redaktie rédaction redacción correspondent correspondents reporter reporters "
    "writer writers editor editors news online digital web agencies agency wire wires service services bureau report "
    "media press herald times post nachrichten presse".split()
)
_DESK_PARTS = ("디지털", "온라인", "뉴스", "편집")
_TITLE = re.compile(
    r"(?i)^(?:the )?(?:associated press|ap\b|reuters|dpa|afp|[\w.]+ (?:writer|correspondent|reporter|editor)$|.* "
    r"(?:writer|correspondent|"
    r"columnist|reporter|editor)$|staff writer)"
)
_TITLE_STARTS = ("associated press", "ap", "reuters", "dpa", "afp", "the ", "staff writer")
_TITLE_ENDS = ("writer", "correspondent", "columnist", "reporter", "editor")
_DANGLING = re.compile(r"(?:\s*(?:,|;|/|&|\band|\bund|\bet|\b(?-i:y)|\boch))+$", re.IGNORECASE)
_DANGLING_ENDS = (",", ";", "/", "&", "and", "und", "et", "y", "och")
_SMALL = frozenset("de da di du der den des la le van von bin ibn al el dos das y e ter ten af av zu zur".split())


_ORGANISATION = re.compile(
    r"The [A-Z]|.*\b(?:University|Institute|College|Foundation|Council|Ministry|Academy|Association|Society)\b"
    r"|.*\w\.(?:com|org|net|info|no|se|dk|fi|de|uk|au|nz|ca|fr|it|es|nl|be|eu)$"
)
_PROSE_WORDS_MIN = 6


class Byline(NamedTuple):
    """`shown`: as a reader sees it, without "By"; "" when only desks or agencies are named."""

    shown: str
    authors: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def split(text: str) -> Byline:
    """A byline, with or without "By", into persons, desks and agencies."""
    return _short(text) if len(text) <= BYLINE_CHARS_MAX else _split(text)


def _split(text: str) -> Byline:
    line = " ".join(text.split()).strip(" =<")
    bare = _BY.sub("", line, count=1) if _BY.match(line) else line
    bare = bare.strip(" ,;=")
    if not bare or len(bare) > BYLINE_CHARS_MAX * 4:
        return Byline("")
    if agency_of(bare):
        return Byline("", agencies=(bare,))
    joined = _JOIN_SIGNS.search(bare) or not _JOIN_WORDS.isdisjoint(_WORD.findall(bare))
    parts = _JOIN.split(bare) if joined else [bare]
    if len(parts) == 1 and is_desk(bare):
        return Byline("", desks=(bare,))
    authors: list[str] = []
    desks: list[str] = []
    agencies: list[str] = []
    titles: list[str] = []
    writes_for: list[str] = []  # shown with the author, but nobody's name
    for part in parts[: NAMES_MAX * 2]:
        name = part.strip(" .=")
        if not name:
            continue
        if agency_of(name):
            agencies.append(name)
        elif _names_title(name):
            titles.append(name)
        elif is_desk(name):
            desks.append(name)
        elif _is_organisation(name):
            writes_for.append(name)
        elif _NAME.match(name) and len(authors) < NAMES_MAX:
            authors.append(_as_name(name))
    shown = bare
    for name in (*titles, *agencies, *desks):
        shown = re.sub(rf"\s*[,;/(]?\s*{re.escape(name)}\)?$", "", shown).strip(" ,;")
    if shown.casefold().endswith(_DANGLING_ENDS):
        shown = _DANGLING.sub("", shown)
    return Byline(shown if authors else "", tuple(authors), (*desks, *writes_for), tuple(agencies))


_short = functools.lru_cache(maxsize=512)(_split)  # the same desks and reporters sign again and again


def _is_organisation(name: str) -> bool:
    """A university, a paper, a site, an agency's office (`PA Scotland`): whom an author writes for."""
    if _ORGANISATION.match(name):
        return True
    first, _, rest = name.partition(" ")
    return bool(rest) and 2 <= len(first) <= 4 and first.isupper() and not rest.isupper() and bool(agency_of(first))


def is_prose(text: str) -> bool:
    """A line that some senders put where the byline belongs: a sentence, mostly of small words."""
    words = text.split()
    if len(words) < _PROSE_WORDS_MIN or _BY.match(text):
        return False
    return sum(word[0].islower() and word not in _SMALL for word in words) * 2 > len(words)


def is_desk(name: str) -> bool:
    """An account or a desk, not a person."""
    folded = name.casefold()
    if not _DESK_WORDS.isdisjoint(folded.replace("-", " ").replace("'s", "").split()):
        return True
    return not folded.isascii() and any(part in folded for part in _DESK_PARTS)


def publisher_source(desk: str) -> str:
    """The short name of the publisher whose desk account this is, or ""."""
    folded = desk.casefold().replace(" ", "")
    return next((source for start, source in DESK_ACCOUNTS if folded.startswith(start)), "")


def is_byline(text: str) -> bool:
    """Is this paragraph a byline? Strict: a line of its own that starts with By (Von, Par, Por) and a name."""
    if len(text) > BYLINE_CHARS_MAX:
        return False
    line = text.split("\n", 1)[0].strip().rstrip("=").strip()
    match = _STRONG_BY.match(line)
    if not match or (line[-1:] in ".?!:" and not re.search(r"\b[A-Z]\.$", line)):
        return False
    words = line[match.end() :].replace("/", " ").replace(",", " ").split()
    if not 1 <= len(words) <= 14:
        return False
    capital = sum(not w[0].islower() or w in _SMALL for w in words)
    small = [w for w in words if w[0].islower() and w not in _SMALL]
    joins = {"and", "und", "et", "in", "for", "with", "dpa", "afp", "desk", "staff", "correspondents", "correspondent"}
    return capital >= 1 and all(w.rstrip(".") in joins for w in small)


def is_title(text: str) -> bool:
    """The line under an AP byline: `AP Sports Writer=`, `Associated Press`."""
    line = text.strip().rstrip("=").strip()
    return len(line) <= 60 and _names_title(line) and line[-1:] not in ".!?"


def _names_title(text: str) -> bool:
    folded = text.casefold()
    if not folded.startswith(_TITLE_STARTS) and not folded.endswith(_TITLE_ENDS):
        return False
    return bool(_TITLE.match(text))


def _as_name(name: str) -> str:
    """Capitals become a name's usual case: CHARLES ODUM -> Charles Odum, JEAN-PIERRE -> Jean-Pierre."""
    if not name.isupper() or len(name) < 4:
        return name
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if len(m[0]) == 1 else m[0][0] + m[0][1:].lower(), name)
