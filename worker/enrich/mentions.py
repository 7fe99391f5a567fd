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
    found = [mention for span in _joined(tagged) if (mention := _mended(tagged, *span)) is not None]
    sport = len(SPORT.intersection(tagged.words)) >= SPORT_WORDS_MIN
    kinds, parts = _kinds(found, sport=sport)
    if tagged.shouted:
        _lower_voices(kinds, parts)
    agreed = [m if kinds[m.surface] == m.kind else m._replace(kind=kinds[m.surface]) for m in found]
    if sport:  # a city there is also its team: each mention by itself
        agreed = [
            m if {m.kind, a.kind} == _TEAMS and m.surface not in gazetteer().countries else a
            for m, a in zip(found, agreed, strict=True)
        ]
    return sorted(agreed + _repeats(tagged, agreed, kinds, parts))


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
    for span in tagged.spans:
        last = joined[-1] if joined else (0, -1, "", 0.0)
        gap = tagged.words[last[1] : span[0]] if 0 <= span[0] - last[1] < 2 else None
        if gap == [] and span[2] == "FAC" and last[2] in _FACILITY_OWNERS:
            joined[-1] = (last[0], span[1], "FAC", min(last[3], span[3]))
        elif gap and span[2] == last[2] == "PER" and gap[0] in _PARTICLES:
            joined[-1] = (last[0], span[1], "PER", min(last[3], span[3]))
        else:
            joined.append(span)
    return joined


def _mended(tagged: Tagged, first: int, last: int, kind: str, confidence: float) -> Mention | None:
    words = tagged.words
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
    if kind == "LOC" and words[last : last + 1] and words[last] in PLACE_TAILS and surface not in gazetteer().countries:
        last += 1
        surface = " ".join(words[first:last])
    if surface in DAYS_AND_MONTHS or (
        not surface[:1].isupper() and not any(word[0].isupper() for word in words[first:last] if word)
    ):
        return None
    return Mention(first, last, kind, confidence, surface)


def _kinds(found: list[Mention], *, sport: bool) -> tuple[dict[str, str], dict[str, float]]:
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
        if 1 < len(words) < 5 and max(kinds, key=kinds.__getitem__) == "PER":
            weight = sum(kinds.values())
            parts[words[-1]] += weight
            if "-" in words[-1] or len(words) == 2:
                parts[words[0]] += weight if "-" in words[-1] else 0.5 * weight
    return {surface: _kind(surface, kinds, parts, sport=sport) for surface, kinds in votes.items()}, parts


class _Known(NamedTuple):
    """What is known of a surface whatever the text: asked once for each, not in every story."""

    linked: bool  # two places
    country: bool
    demonym: bool
    place: bool  # a region or a big city, not in capitals
    body: bool  # ends as an organisation's name does


@functools.lru_cache(maxsize=SURFACES_MAX)
def _known(surface: str) -> _Known:
    known = gazetteer()
    return _Known(
        linked="-" in surface and linked_places(surface) is not None,
        country=surface in known.countries,
        demonym=surface in known.demonyms,
        place=not surface.isupper() and (known.people(surface) >= BIG_CITY_PEOPLE or surface in known.regions),
        body=surface.rsplit(" ", 1)[-1].rstrip(".") in ORGANISATION_WORDS,
    )


def _kind(surface: str, kinds: dict[str, float], parts: dict[str, float], *, sport: bool) -> str:
    best = max(kinds, key=kinds.__getitem__) if len(kinds) > 1 else next(iter(kinds))
    known = _known(surface)
    if known.linked:
        return "LOC"
    if known.country:
        return "LOC" if not (best == "PER" or parts.get(surface, 0) > kinds.get("LOC", 0)) or " " in surface else best
    if known.demonym:
        return "NORP"
    if parts.get(surface, 0) > kinds.get("LOC", 0) and " " not in surface:
        return "PER"
    if known.place and best in {"PER", "ORG"} and not sport and surface not in parts:
        return "LOC"
    if best == "PER" and known.body:
        return "ORG"
    return best


def _repeats(tagged: Tagged, found: list[Mention], kinds: dict[str, str], parts: dict[str, float]) -> list[Mention]:
    """Mentions of known names that the tagger missed."""
    known: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for surface, kind in kinds.items():
        if kind in NAMED and len(surface) > 2 and surface[0].isupper():
            words = surface.split(" ")
            known[words[0]].append((words, kind))
    for part in parts:
        if len(part) > 2 and part[0].isupper() and part not in kinds:
            known[part].append(([part], "PER"))
    if not known:
        return []
    for names in known.values():
        if len(names) > 1:
            names.sort(key=lambda entry: -len(entry[0]))
            del names[NAMESAKES_MAX:]
    taken = bytearray(len(tagged.words) + 1)
    for mention in found:
        taken[mention.first : mention.last] = b"\1" * (mention.last - mention.first)
    words, missed = tagged.words, []
    for at in [i for i in tagged.capital if words[i] in known and not taken[i]]:
        for parts_of_name, kind in known[words[at]]:
            size = len(parts_of_name)
            if words[at : at + size] != parts_of_name or any(taken[at : at + size]):
                continue
            if size == 1 and (at in tagged.small or _in_longer_name(tagged, at)):
                continue
            taken[at : at + size] = b"\1" * size
            missed.append(Mention(at, at + size, kind, REPEAT_CONFIDENCE, " ".join(parts_of_name)))
            break
    return missed


def _in_longer_name(tagged: Tagged, at: int) -> bool:
    """Whether a capitalised word follows at once: then the single word is part of something else."""
    following = tagged.words[at + 1] if at + 1 < len(tagged.words) else ""
    return bool(following) and following[0].isupper() and following not in PAIRED_TITLES
