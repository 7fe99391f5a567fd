"""Coded things: vocabulary and code become a whole URI, the code as given stays in `literal`.

Eight-digit codes of NewsML 1, NITF, ANPA and text wires are IPTC *subjectcode*; *mediatopic* came later and only a
scheme that says so makes one. URIs of vocabularies: cv.iptc.org.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from worker.normalise.text import line
from worker.story import Subject, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.normalise.draft import Draft
    from worker.story import Code

_IPTC = "http://cv.iptc.org/newscodes/"
# A scheme as sources name it, lower case, to (vocabulary URI, alias for `literal`).
SCHEMES: dict[str, tuple[str, str]] = {
    "medtop": (f"{_IPTC}mediatopic/", "medtop"),
    "mediatopic": (f"{_IPTC}mediatopic/", "medtop"),
    "medtopic": (f"{_IPTC}mediatopic/", "medtop"),
    "subj": (f"{_IPTC}subjectcode/", "subj"),
    "subject": (f"{_IPTC}subjectcode/", "subj"),
    "subjectcode": (f"{_IPTC}subjectcode/", "subj"),
    "iptc": (f"{_IPTC}subjectcode/", "subj"),
    "iptcsubject": (f"{_IPTC}subjectcode/", "subj"),
    "iptcsubjectcode": (f"{_IPTC}subjectcode/", "subj"),
    "genre": (f"{_IPTC}genre/", "genre"),
    "scene": (f"{_IPTC}scene/", "scene"),
    "wldreg": (f"{_IPTC}worldregion/", "wldreg"),
    "ninat": (f"{_IPTC}ninature/", "ninat"),
}
# Top level of both vocabularies: the codes are the same, the names are those of mediatopic.
TOP_NAMES: dict[str, str] = {
    "01000000": "arts, culture, entertainment and media", "02000000": "crime, law and justice",
    "03000000": "disaster, accident and emergency incident", "04000000": "economy, business and finance",
    "05000000": "education", "06000000": "environment", "07000000": "health", "08000000": "human interest",
    "09000000": "labour", "10000000": "lifestyle and leisure", "11000000": "politics", "12000000": "religion",
    "13000000": "science and technology", "14000000": "society", "15000000": "sport",
    "16000000": "conflict, war and peace", "17000000": "weather",
}  # fmt: skip
_EIGHT = re.compile(r"\d{8}$")
_MEDIATOPIC = re.compile(r"20\d{6}$")  # subjectcodes end with 17
_TOPICS = frozenset({"topic", "topics"})  # NTB: a list of its own with the codes of mediatopic
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s<>\"{}|\\^`]+$")


def is_uri(text: str) -> bool:
    """A scheme, a colon and characters that may stand in a URI."""
    return bool(_URI.match(text)) and len(text) < 2_000


def coded(code: Code) -> tuple[str, str]:
    """(uri, literal) of a coded thing; either may be ""."""
    scheme, value = code.scheme.strip(), code.code.strip()
    if (not scheme and ":" in value and not is_uri(value)) or (
        not scheme and ":" in value and value.split(":", 1)[0].casefold() in SCHEMES
    ):
        scheme, _, value = value.partition(":")
    uri = code.uri if is_uri(code.uri) and "://" in code.uri else ""
    name = scheme.casefold().replace("-", "").replace("_", "").replace(" ", "")
    vocabulary = SCHEMES.get(name)
    if vocabulary and vocabulary[1] == "subj" and _MEDIATOPIC.match(value):  # NTB: `subj:20000062`
        vocabulary = SCHEMES["medtop"]
    if vocabulary is None and _EIGHT.match(value) and (not scheme or "iptc" in name or "subj" in name):
        vocabulary = SCHEMES["subj"]
    if vocabulary is None and name in _TOPICS and (_MEDIATOPIC.match(value) or value in TOP_NAMES):
        vocabulary = SCHEMES["medtop"]
    if vocabulary and value:
        return uri or vocabulary[0] + value, f"{vocabulary[1]}:{value}"
    if scheme.startswith(("http://", "https://")) and value:
        whole = f"{scheme.rstrip('/')}/{value}"
        alias = "" if "/subref/" not in scheme or not _EIGHT.match(value) else "medtop:" if value[0] == "2" else "subj:"
        return uri or (whole if is_uri(whole) else ""), alias + value
    return uri, f"{scheme}:{value}" if scheme and value else value


def subjects_of(draft: Draft, codes: Iterable[Code]) -> tuple[Subject, ...]:
    """The provider's subjects, each once."""
    out: dict[tuple[str, str], Subject] = {}
    for code in codes:
        uri, literal = coded(code)
        name = line(code.name, draft.done)
        if not name and literal.startswith(("medtop:", "subj:")):
            name = TOP_NAMES.get(literal.partition(":")[2], "")
        if not (name or uri or literal):
            continue
        key = (uri or literal or name.casefold(), "" if uri or literal else name)
        if key not in out:
            out[key] = Subject(
                name=name,
                rel=code.rel,
                uri=uri,
                literal=literal,
                creator="provider",
                relevance=_percent(code.relevance),
                confidence=_percent(code.confidence),
            )
    return tuple(out.values())


def terms_of(draft: Draft, codes: Iterable[Code], kind: Literal["genre", "event", "object"]) -> tuple[Term, ...]:
    """Genres, events or objects, each once. ninjs knows no `rel` for genres."""
    out: dict[tuple[str, str], Term] = {}
    for code in codes:
        uri, literal = coded(code)
        name = line(code.name, draft.done)
        if name or uri or literal:
            rel = "" if kind == "genre" else code.rel
            out.setdefault((uri or literal, name.casefold()), Term(name=name, rel=rel, uri=uri, literal=literal))
    return tuple(out.values())


def _percent(value: int | None) -> int | None:
    return None if value is None else min(100, max(0, value))
