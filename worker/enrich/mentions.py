"""One document, one opinion: what the tagger said of each mention, made consistent over the text.

A name that the tagger found once is found everywhere, and has one kind: the one most of its mentions got, unless the
gazetteer knows better. Works on tokens; `Mention.first` and `last` count them.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from worker.enrich.gazetteer import gazetteer
from worker.enrich.wordlists import DAYS_AND_MONTHS, ORGANISATION_WORDS, PAIRED_TITLES, SPORT, TITLES

if TYPE_CHECKING:
    from worker.enrich.crf import Tagged

NAMED: Final = frozenset({"PER", "LOC", "ORG", "FAC"})
BIG_CITY_PEOPLE: Final = 100_000  # a city of this size is a place unless the text makes it a person
SURFACES_MAX: Final = 16_384  # remembered between stories
NAMESAKES_MAX: Final = 50  # names that begin with one word and are sought again
SHOUTED_CHARS_MIN: Final = 4  # what is shorter may be a short form
SPORT_WORDS_MIN: Final = 2  # different ones make a story one about sport, where a city's name is its team's
REPEAT_CONFIDENCE: Final = 0.8  # of a mention that only its repetition elsewhere shows
_TEAMS: Final = {"LOC", "ORG"}
_TRIM: Final = frozenset(
    {"'s", "’s", "'S", "'", "’", "‘", ",", ".", ";", ":", "-", "–", "—", '"', "“", "”", "(", ")", "/", "*", "|"}
)
_FACILITY_OWNERS: Final = frozenset({"LOC", "ORG", "FAC"})
_PARTICLES: Final = frozenset("wa bin bint ibn al el ul de del della di da dos van von der den ter zu la le".split())
_LEADING: Final = _TRIM | frozenset({"the", "The", "THE", "a", "A", "an", "An"})
PLACE_TAILS: Final = frozenset(
    {"Province", "District", "County", "State", "Region", "Prefecture", "Island", "Islands", "River", "Valley"}
)


class Mention(NamedTuple):
    """A name at tokens first..last (last excluded)."""

    first: int
    last: int
    kind: str  # PER, LOC, ORG, FAC, NORP, MISC
    confidence: float
    surface: str


def mentions(tagged: Tagged) -> list[Mention]:
    """The document's names, in order, without overlaps."""
    found = _mended(tagged.words, _joined(tagged))
    text = _Text(tagged.words)
    kinds, parts = _kinds(found, text)
    if tagged.shouted:
        _lower_voices(kinds, parts)
    agreed = [m if kinds[m[4]] == m[2] else _agreed(m, kinds[m[4]], text) for m in found]
    missed = _repeats(tagged, agreed, kinds, parts)
    return sorted(agreed + missed) if missed else agreed


class _Text:
    """What is asked of a text only where a name's kind depends on it."""

    def __init__(self, words: list[str]) -> None:
        self._words = words

    @functools.cached_property
    def sport(self) -> bool:
        return len(SPORT.intersection(self._words)) >= SPORT_WORDS_MIN


def _agreed(mention: Mention, kind: str, text: _Text) -> Mention:
    """In sport a city is also its team: each mention by itself."""
    if {kind, mention.kind} == _TEAMS and mention.surface not in gazetteer().countries and text.sport:
        return mention
    return mention._replace(kind=kind)


def _lower_voices(kinds: dict[str, str], parts: dict[str, float]) -> None:
    """Names in lines of capitals have the kind they have elsewhere; names from elsewhere are sought in such lines."""
    for surface in [s for s in kinds if s.isupper() and len(s) >= SHOUTED_CHARS_MIN]:
        plain = surface.title()
        kinds[surface] = kinds.get(plain) or ("PER" if plain in parts else kinds[surface])
    for surface in [s for s in (*kinds, *parts) if len(s) >= SHOUTED_CHARS_MIN and not s.isupper()]:
        kinds.setdefault(surface.upper(), kinds.get(surface, "PER"))


def linked_places(surface: str) -> tuple[str, str] | None:
    """The two places of `Tokyo-Seoul`; None if it is anything else."""
    one, hyphen, other = surface.partition("-")
    known = gazetteer()
    if not hyphen or not one.istitle() or surface in known.regions or known.cities(surface):
        return None
    both = all(half in known.countries or known.people(half) >= BIG_CITY_PEOPLE for half in (one, other))
    return (one, other) if both else None


def _joined(tagged: Tagged) -> list[tuple[int, int, str, float]]:
    """A facility takes in the place or body whose name begins it (Kuala Lumpur + International Airport); a particle
    holds a person's name together (Bingu wa Mutharika).
    """
    joined: list[tuple[int, int, str, float]] = []
    words, end, before = tagged.words, -2, ""
    for span in tagged.spans:
        first, last, kind, confidence = span
        gap = first - end
        if gap < 2 and (
            (kind == "FAC" and before in _FACILITY_OWNERS)
            if gap == 0
            else (kind == before == "PER" and words[end] in _PARTICLES)
        ):
            begin, _, _, other = joined[-1]
            joined[-1] = (begin, last, kind, min(other, confidence))
        else:
            joined.append(span)
        end, before = last, kind
    return joined


def _mended(words: list[str], spans: list[tuple[int, int, str, float]]) -> list[Mention]:
    """The names in the spans: without what does not belong to a name."""
    found = []
    for first, last, kind, confidence in spans:
        name = _name(" ".join(words[first:last]) if last - first > 1 else words[first], kind)
        if name is None:
            continue
        left, right, surface, whole, alone = name
        end = last - right
        if kind == "LOC" and not whole and end < len(words) and words[end] in PLACE_TAILS:
            surface += " " + words[end]
            end += 1
        elif not alone:
            continue
        found.append(Mention(first + left, end, kind, confidence, surface))
    return found


@functools.lru_cache(maxsize=SURFACES_MAX)
def _name(text: str, kind: str) -> tuple[int, int, str, bool, bool] | None:
    """Of the words of a span: how many on the left and on the right are no part of the name, the name, whether it is
    a country, and whether it is a name by itself: "May" is one only in "May Island". None if there is no name.
    """
    words = text.split(" ")
    first, last = 0, len(words)
    while first < last and words[first] in _LEADING:
        first += 1
    while first < last and words[last - 1] in _TRIM:
        last -= 1
    if kind == "PER":
        while last - first > 1 and words[first].rstrip(".") in TITLES:
            first += 1
        if last - first == 1 and words[first].rstrip(".") in TITLES:
            return None
    if first >= last:
        return None
    surface = " ".join(words[first:last])
    alone = surface not in DAYS_AND_MONTHS and any(word[:1].isupper() for word in words[first:last])
    return first, len(words) - last, surface, surface in gazetteer().countries, alone


def _kinds(found: list[Mention], text: _Text) -> tuple[dict[str, str], dict[str, float]]:
    """The kind of each surface, and how strongly each single word is known as part of a person's name."""
    votes: dict[str, dict[str, float]] = {}
    for _, _, kind, confidence, surface in found:
        kinds = votes.get(surface)
        if kinds is None:
            votes[surface] = {kind: confidence}
        else:
            kinds[kind] = kinds.get(kind, 0.0) + confidence
    parts: dict[str, float] = defaultdict(float)
    for surface, kinds in votes.items():
        if " " not in surface or "PER" not in kinds:
            continue
        words = surface.split()
        if 1 < len(words) < 5 and (len(kinds) == 1 or max(kinds, key=kinds.__getitem__) == "PER"):
            weight = sum(kinds.values())
            parts[words[-1]] += weight
            if "-" in words[-1] or len(words) == 2:
                parts[words[0]] += weight if "-" in words[-1] else 0.5 * weight
    agreed = {}
    for surface, kinds in votes.items():
        known = _known(surface)
        if known is _PLAIN and len(kinds) == 1 and surface not in parts:
            agreed[surface] = next(iter(kinds))
        else:
            agreed[surface] = _kind(surface, known, kinds, parts, text)
    return agreed, parts


class _Known(NamedTuple):
    """What is known of a surface whatever the text: asked once for each, not in every story."""

    linked: bool  # two places
    country: bool
    demonym: bool
    place: bool  # a region or a big city, not in capitals
    body: bool  # ends as an organisation's name does


_PLAIN: Final = _Known(linked=False, country=False, demonym=False, place=False, body=False)


@functools.lru_cache(maxsize=SURFACES_MAX)
def _known(surface: str) -> _Known:
    known = gazetteer()
    found = _Known(
        linked="-" in surface and linked_places(surface) is not None,
        country=surface in known.countries,
        demonym=surface in known.demonyms,
        place=not surface.isupper() and (known.people(surface) >= BIG_CITY_PEOPLE or surface in known.regions),
        body=surface.rsplit(" ", 1)[-1].rstrip(".") in ORGANISATION_WORDS,
    )
    return found if any(found) else _PLAIN


def _kind(surface: str, known: _Known, kinds: dict[str, float], parts: dict[str, float], text: _Text) -> str:
    best = max(kinds, key=kinds.__getitem__) if len(kinds) > 1 else next(iter(kinds))
    if known.linked:
        return "LOC"
    if known.country:
        return "LOC" if not (best == "PER" or parts.get(surface, 0) > kinds.get("LOC", 0)) or " " in surface else best
    if known.demonym:
        return "NORP"
    if parts.get(surface, 0) > kinds.get("LOC", 0) and " " not in surface:
        return "PER"
    if known.place and best in {"PER", "ORG"} and surface not in parts and not text.sport:
        return "LOC"
    if best == "PER" and known.body:
        return "ORG"
    return best


def _repeats(tagged: Tagged, found: list[Mention], kinds: dict[str, str], parts: dict[str, float]) -> list[Mention]:
    """Mentions of known names that the tagger missed."""
    known = _by_first_word(kinds, parts)
    words = tagged.words
    missed: list[Mention] = []
    places = [at for at in tagged.capital if words[at] in known]
    if not places:
        return missed
    taken = bytearray(len(words) + 1)
    for first, last, _, _, _ in found:
        taken[first] = 1
        if last - first > 1:
            taken[first:last] = b"\1" * (last - first)
    places = [at for at in places if not taken[at]]
    sought: dict[str, list[tuple[list[str], str]]] = {}
    for at in places:
        names = sought.get(words[at])
        if names is None:
            names = sought[words[at]] = _longest_first(known[words[at]])
        for parts_of_name, kind in names:
            size = len(parts_of_name)
            if size == 1:
                if taken[at] or at in tagged.small or _in_longer_name(tagged, at):
                    continue
            elif words[at : at + size] != parts_of_name or any(taken[at : at + size]):
                continue
            taken[at : at + size] = b"\1" * size
            missed.append(Mention(at, at + size, kind, REPEAT_CONFIDENCE, " ".join(parts_of_name)))
            break
    return missed


def _by_first_word(kinds: dict[str, str], parts: dict[str, float]) -> dict[str, list[tuple[str, str]]]:
    """The names that are sought again, each with its kind."""
    known: dict[str, list[tuple[str, str]]] = {}
    for surface, kind in kinds.items():
        if kind in NAMED and len(surface) > 2 and surface[0].isupper():
            known.setdefault(surface.split(" ", 1)[0], []).append((surface, kind))
    for part in parts:
        if len(part) > 2 and part[0].isupper() and part not in kinds:
            known.setdefault(part, []).append((part, "PER"))
    return known


def _longest_first(names: list[tuple[str, str]]) -> list[tuple[list[str], str]]:
    found = [(surface.split(" "), kind) for surface, kind in names]
    found.sort(key=lambda entry: -len(entry[0]))
    return found[:NAMESAKES_MAX]


def _in_longer_name(tagged: Tagged, at: int) -> bool:
    """Whether a capitalised word follows at once: then the single word is part of something else."""
    following = tagged.words[at + 1] if at + 1 < len(tagged.words) else ""
    return bool(following) and following[0].isupper() and following not in PAIRED_TITLES
