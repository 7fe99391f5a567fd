"""Mentions into names: one entry a person, organisation or place of the document, with all its mentions.

Surnames go to full names, initials and fuller forms to each other, short forms to what they stand for. A bare
surname that several people of the story share stays with the one it first meant, unless another of that name has
just been introduced in the same paragraph.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, Final

from worker.enrich.doc import Name, Span
from worker.enrich.gazetteer import gazetteer
from worker.enrich.wordlists import ACRONYMS, FAMILY_FIRST, ORGANISATION_WORDS, SHORT_ORGANISATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.enrich.crf import Tagged
    from worker.enrich.mentions import Mention

SHARED_SURNAME: Final = 0.7  # factor of confidence where a surname fits several people
_SUFFIXES: Final = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
_PARTICLES: Final = ("al-", "Al-", "el-", "El-")
DEMONYM: Final = "demonym"  # level of a nationality until places.py makes it a country


class Entry:
    """A name in the making."""

    __slots__ = ("kind", "label", "mentions", "words")

    def __init__(self, kind: str, label: str, words: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.label = label
        self.words = words
        self.mentions: list[tuple[Mention, float]] = []

    def add(self, mention: Mention, factor: float = 1.0) -> None:
        self.mentions.append((mention, mention.confidence * factor))


def link(tagged: Tagged, mentions: list[Mention], expansions: dict[str, str]) -> list[Entry]:
    """The document's names in order of their first mention."""
    entries = _people(tagged, [m for m in mentions if m.kind == "PER"])
    entries += _organisations([m for m in mentions if m.kind == "ORG"], expansions)
    entries += _others([m for m in mentions if m.kind not in {"PER", "ORG"}])
    for entry in entries:
        entry.mentions.sort()
    return sorted(entries, key=lambda entry: entry.mentions[0][0].first)


def name_of(entry: Entry, tagged: Tagged, headline_chars: int) -> Name:
    """The entry as a `Name`; the first `headline_chars` code points of the tagged text are the headline's."""
    spans, aliases = [], []
    for mention, confidence in entry.mentions:
        start, end = tagged.start(mention.first), tagged.ends[mention.last - 1]
        if start < headline_chars:
            spans.append(Span(start, end, confidence, "headline"))
        else:
            spans.append(Span(start - headline_chars, end - headline_chars, confidence))
        if mention.surface != entry.label and mention.surface not in aliases:
            aliases.append(mention.surface)
    kind, level = entry.kind, ""
    if kind == "NORP":
        kind, level = ("place", DEMONYM) if entry.label in gazetteer().demonyms else ("other", "")
    elif kind == "FAC":
        kind, level = "place", "facility"
    kind = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}.get(kind, kind)
    most = max(span.confidence for span in spans)
    return Name(kind=kind, label=entry.label, spans=spans, aliases=aliases, level=level, confidence=most)


# --------------------------------------------------------------------------------------------------
# people


def _people(tagged: Tagged, mentions: list[Mention]) -> list[Entry]:
    full: list[Entry] = []
    singles: list[Mention] = []
    for mention in mentions:
        words = tuple(word for word in mention.surface.split(" ") if word not in _SUFFIXES)
        if len(words) < 2:
            singles.append(mention)
            continue
        known = next((entry for entry in full if _same_person(entry.words, words)), None)
        if known is None:
            known = Entry("PER", _shown(mention.surface), words)
            full.append(known)
        elif len(words) > len(known.words) or (len(words) == len(known.words) and _initials(known.words)):
            known.words, known.label = words, _shown(mention.surface)
        known.add(mention)
    return full + _surnames(tagged, full, singles)


def _surnames(tagged: Tagged, full: list[Entry], singles: list[Mention]) -> list[Entry]:
    """Adds bare names to the people they mean; gives those that mean nobody known."""
    breaks = [at for at, word in enumerate(tagged.words) if not word] if singles else []
    introduced = [(entry, entry.mentions[0][0].first) for entry in full]  # before bare names are added
    meant: dict[str, Entry] = {}
    alone: dict[str, Entry] = {}
    for mention in singles:
        word = _bare(mention.surface)
        fits = [pair for pair in introduced if _bears(pair[0].words, word)]
        fits = fits or [pair for pair in introduced if _bare(pair[0].words[0]) == word]
        if not fits:
            alone.setdefault(word, Entry("PER", _shown(mention.surface), (word,))).add(mention)
            continue
        paragraph = bisect.bisect_left(breaks, mention.first)
        here = [e for e, first in fits if first < mention.first and bisect.bisect_left(breaks, first) == paragraph]
        before = [entry for entry, first in fits if first < mention.first]
        if here and (word not in meant or meant[word] not in here):
            meant[word] = here[-1]
        entry = meant.get(word) or (before or [fits[0][0]])[0]
        if before:
            meant[word] = entry
        entry.add(mention, 1.0 if len(fits) == 1 else SHARED_SURNAME)
    return list(alone.values())


def _bare(word: str) -> str:
    for particle in _PARTICLES:
        word = word.removeprefix(particle)
    return word.casefold()


def _bears(words: tuple[str, ...], word: str) -> bool:
    """Whether `word` is the family name: the last, or the first where it stands first."""
    first = words[0] in FAMILY_FIRST or (len(words) == 2 and "-" in words[1] and words[1].rsplit("-", 1)[1].islower())
    return _bare(words[0] if first else words[-1]) == word or (first and _bare(words[-1]) == word)


def _initials(words: tuple[str, ...]) -> bool:
    return len(words[0].rstrip(".")) == 1


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    a, b = [_bare(word) for word in one], [_bare(word) for word in other]
    if a == b:
        return True
    if a[-1] == b[-1]:
        x, y = a[0].rstrip("."), b[0].rstrip(".")
        return x == y or (1 in {len(x), len(y)} and x[0] == y[0])
    short, long = sorted((a, b), key=len)
    return len(short) < len(long) and long[: len(short)] == short


def _shown(surface: str) -> str:
    """A name out of a line of capitals as it is written elsewhere."""
    return surface.title() if surface.isupper() and len(surface) > 3 and "." not in surface else surface


# --------------------------------------------------------------------------------------------------
# organisations and the rest


def _organisations(mentions: list[Mention], expansions: dict[str, str]) -> list[Entry]:
    by_key: dict[str, Entry] = {}
    for mention in mentions:
        surface = mention.surface
        label = expansions.get(surface) or ACRONYMS.get(surface) or surface
        named = label[0].isupper()
        if not named or (len(surface) == 2 and surface.isupper() and surface not in SHORT_ORGANISATIONS and label == surface):
            entry = by_key.setdefault("\0" + surface, Entry("MISC", surface))  # CVID, VX: short, but no body of people
        else:
            key = _organisation_key(label)
            entry = by_key.setdefault(key, Entry("ORG", label))
            if len(label) > len(entry.label) and surface == label:
                entry.label = label
        entry.add(mention)
    return list(by_key.values())


def _organisation_key(label: str) -> str:
    """Apple and Apple Inc. are one."""
    words = label.casefold().replace(".", "").split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


_LEGAL_FORMS: Final = frozenset(
    {word.casefold() for word in ORGANISATION_WORDS if len(word) < 6}
    & {"inc", "corp", "co", "ltd", "plc", "llc", "llp", "ag", "sa", "gmbh", "nv", "spa", "ab", "asa", "oyj", "group"}
) | {"&", "corporation", "company"}


def _others(mentions: Iterable[Mention]) -> list[Entry]:
    by_key: dict[tuple[str, str], Entry] = {}
    for mention in mentions:
        label = _shown(mention.surface) if mention.surface not in gazetteer().countries else mention.surface
        by_key.setdefault((mention.kind, label), Entry(mention.kind, label)).add(mention)
    return list(by_key.values())
