"""Mentions into names: one entry a person, organisation or place of the document, with all its mentions.

Surnames go to full names, initials and fuller forms to each other, short forms to what they stand for. A bare
surname that several people of the story share stays with the one it first meant, unless another of that name has
just been introduced in the same paragraph.
"""

from __future__ import annotations

import bisect
import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from worker.enrich.doc import Name, Span
from worker.enrich.gazetteer import gazetteer
from worker.enrich.wordlists import ACRONYMS, FAMILY_FIRST, ORGANISATION_WORDS, SHORT_ORGANISATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.enrich.crf import Tagged
    from worker.enrich.mentions import Mention

NAMESAKES_MAX: Final = 30  # people of one surname that are told apart
SHARED_SURNAME: Final = 0.7  # factor of confidence where a surname fits several people
_SUFFIXES: Final = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
_PARTICLES: Final = frozenset({"al-", "Al-", "el-", "El-"})
_KINDS: Final = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
DEMONYM: Final = "demonym"  # level of a nationality until places.py makes it a country


class Entry:
    """A name in the making. `words` are those of a person's name, for comparison."""

    __slots__ = ("family_first", "kind", "label", "mentions", "words")

    def __init__(self, kind: str, label: str, words: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.label = label
        self.mentions: list[tuple[Mention, float]] = []
        self.words, self.family_first = _compared(words) if words else (words, False)

    def rename(self, label: str, words: tuple[str, ...]) -> None:
        self.label = label
        self.words, self.family_first = _compared(words)

    def add(self, mention: Mention, factor: float = 1.0) -> None:
        self.mentions.append((mention, mention.confidence * factor))

    def bears(self, word: str) -> bool:
        """Whether `word` is the family name: the last, or the first where it stands first."""
        return self.words[-1] == word or (self.family_first and self.words[0] == word)


@functools.lru_cache(maxsize=8192)
def _compared(words: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """A person's name for comparison, and whether the family name is its first word."""
    given = words[-1] if len(words) == 2 else ""
    first = words[0] in FAMILY_FIRST or ("-" in given and given.rsplit("-", 1)[1].islower())
    return tuple(map(_bare, words)), first


@functools.lru_cache(maxsize=8192)
def _parted(surface: str) -> tuple[str, ...]:
    """The words of a full name."""
    return tuple([word for word in surface.split(" ") if word not in _SUFFIXES])


def link(tagged: Tagged, mentions: list[Mention], expansions: dict[str, str]) -> list[Entry]:
    """The document's names in order of their first mention."""
    people: list[Mention] = []
    organisations: list[Mention] = []
    others: list[Mention] = []
    for mention in mentions:
        kind = mention.kind
        (people if kind == "PER" else organisations if kind == "ORG" else others).append(mention)
    entries = _people(tagged, people) if people else []
    for entry in entries:
        if len(entry.mentions) > 1:
            entry.mentions.sort()  # full names came first
    if organisations:
        entries += _organisations(organisations, expansions)
    entries += _others(others)
    return sorted(entries, key=lambda entry: entry.mentions[0][0].first)


def name_of(entry: Entry, tagged: Tagged, headline_chars: int) -> Name:
    """The entry as a `Name`; the first `headline_chars` code points of the tagged text are the headline's."""
    spans: list[Span] = []
    aliases: list[str] = []
    words, ends, label = tagged.words, tagged.ends, entry.label
    for (first, last, _, _, surface), confidence in entry.mentions:
        start = ends[first] - len(words[first])
        if start < headline_chars:
            spans.append(Span(start, ends[last - 1], confidence, "headline"))
        else:
            spans.append(Span(start - headline_chars, ends[last - 1] - headline_chars, confidence))
        if surface != label and surface not in aliases:
            aliases.append(surface)
    kind, level = entry.kind, ""
    if kind == "NORP":
        kind, level = ("place", DEMONYM) if label in gazetteer().demonyms else ("other", "")
    elif kind == "FAC":
        kind, level = "place", "facility"
    else:
        kind = _KINDS.get(kind, kind)
    most = max([sure for _, sure in entry.mentions]) if len(spans) > 1 else spans[0].confidence
    return Name(kind=kind, label=label, spans=spans, aliases=aliases, level=level, confidence=most)


# --------------------------------------------------------------------------------------------------
# people


def _people(tagged: Tagged, mentions: list[Mention]) -> list[Entry]:
    full: list[Entry] = []
    by_surface: dict[str, Entry] = {}
    by_word: dict[str, list[Entry]] = defaultdict(list)  # the first and the last word of a name
    singles: list[Mention] = []
    for mention in mentions:
        if " " not in mention.surface:
            singles.append(mention)
            continue
        known = by_surface.get(mention.surface)
        if known is None:
            words = _parted(mention.surface)
            known = _known(by_word, words)
            if known is None:
                known = Entry("PER", _shown(mention.surface), words)
                full.append(known)
            elif len(words) > len(known.words) or (len(words) == len(known.words) and len(known.words[0]) == 1):
                known.rename(_shown(mention.surface), words)
            by_surface[mention.surface] = known
            for word in {known.words[0], known.words[-1]}:
                if len(by_word[word]) < NAMESAKES_MAX:
                    by_word[word].append(known)
        known.add(mention)
    return full + _surnames(tagged, full, singles) if singles else full


def _known(by_word: dict[str, list[Entry]], words: tuple[str, ...]) -> Entry | None:
    bare, _ = _compared(words)
    for word in (bare[-1], bare[0]):
        for entry in by_word.get(word, ()):
            if _same_person(entry.words, bare):
                return entry
    return None


def _surnames(tagged: Tagged, full: list[Entry], singles: list[Mention]) -> list[Entry]:
    """Adds bare names to the people they mean; gives those that mean nobody known."""
    breaks: list[int] | None = None
    by_word: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
    for entry in full:
        for word in {entry.words[0], entry.words[-1]}:
            by_word[word].append((entry, entry.mentions[0][0].first))  # the first before bare names are added
    fitting: dict[str, list[tuple[Entry, int]]] = {}
    meant: dict[str, Entry] = {}
    alone: dict[str, Entry] = {}
    for mention in singles:
        word = _bare(mention.surface)
        fits = fitting.get(word)
        if fits is None:
            near = [pair for pair in by_word.get(word, ()) if pair[0].bears(word)]
            fits = fitting[word] = (near or by_word.get(word, []))[:NAMESAKES_MAX]
        if not fits:
            if word not in alone:
                alone[word] = Entry("PER", _shown(mention.surface), (mention.surface,))
            alone[word].add(mention)
        elif len(fits) == 1:
            fits[0][0].add(mention)
        else:
            if breaks is None:
                breaks = [at for at, token in enumerate(tagged.words) if not token]
            _meant(mention, word, fits, meant, breaks).add(mention, SHARED_SURNAME)
    return list(alone.values())


def _meant(
    mention: Mention, word: str, fits: list[tuple[Entry, int]], meant: dict[str, Entry], breaks: list[int]
) -> Entry:
    """Whom of several people a bare name means."""
    paragraph = bisect.bisect_left(breaks, mention.first)
    before = [entry for entry, first in fits if first < mention.first]
    here = [e for e, first in fits if first < mention.first and bisect.bisect_left(breaks, first) == paragraph]
    if here and (word not in meant or meant[word] not in here):
        meant[word] = here[-1]
    entry = meant.get(word) or (before or [fits[0][0]])[0]
    if before:
        meant[word] = entry
    return entry


@functools.lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    """For comparison: without particle, point and case."""
    if word[:3] in _PARTICLES:
        word = word[3:]
    return word.rstrip(".").casefold()


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if a == b:
        return True
    if a[-1] == b[-1]:
        x, y = a[0], b[0]
        return x == y or (1 in {len(x), len(y)} and x[:1] == y[:1])
    short, long = sorted((a, b), key=len)
    return len(short) < len(long) and long[: len(short)] == short


@functools.lru_cache(maxsize=8192)
def _shown(surface: str) -> str:
    """A name out of a line of capitals as it is written elsewhere."""
    return surface.title() if surface.isupper() and len(surface) > 3 and "." not in surface else surface


# --------------------------------------------------------------------------------------------------
# organisations and the rest


def _organisations(mentions: list[Mention], expansions: dict[str, str]) -> list[Entry]:
    by_key: dict[str, Entry] = {}
    by_surface: dict[str, Entry] = {}
    for mention in mentions:
        surface = mention.surface
        entry = by_surface.get(surface)
        if entry is None:
            label = expansions.get(surface) or ACRONYMS.get(surface) or surface
            kind, key = _organisation(surface, label)
            entry = by_key.get(key)
            if entry is None:
                entry = by_key[key] = Entry(kind, label if kind == "ORG" else surface)
            elif kind == "ORG" and len(label) > len(entry.label) and surface == label:
                entry.label = label
            by_surface[surface] = entry
        entry.add(mention)
    return list(by_key.values())


@functools.lru_cache(maxsize=8192)
def _organisation(surface: str, label: str) -> tuple[str, str]:
    """(kind, what one organisation's names have in common)."""
    if not label[0].isupper() or (
        len(surface) == 2 and surface.isupper() and surface not in SHORT_ORGANISATIONS and label == surface
    ):
        return "MISC", "\0" + surface  # CVID, VX: short, but no body of people
    return "ORG", _organisation_key(label)


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
    by_label: dict[tuple[str, str], Entry] = {}
    by_surface: dict[tuple[str, str], Entry] = {}
    for mention in mentions:
        kind, surface = mention.kind, mention.surface
        entry = by_surface.get((kind, surface))
        if entry is None:
            label = _shown(surface)
            if label != surface and surface in gazetteer().countries:
                label = surface
            entry = by_label.get((kind, label))
            if entry is None:
                entry = by_label[kind, label] = Entry(kind, label)
            by_surface[kind, surface] = entry
        entry.add(mention)
    return list(by_label.values())
