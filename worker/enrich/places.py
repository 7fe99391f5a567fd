"""Which place a name means: country, region, coordinates, GeoNames id.

Countries, states and names with their state beside them ("London, Ontario") are taken first; they, the dateline and
the nationalities in the text are the context. Every other name is weighed by the size of what it may mean, by that
context, and by how near its meanings lie to meanings of the other names. One entry a place: N. Korea, the North and
North Korean are one.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from worker.enrich.doc import Name, Span
from worker.enrich.gazetteer import Spot, gazetteer
from worker.enrich.linking import DEMONYM
from worker.enrich.places_plain import scan

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

METHOD: Final = "gazetteer-context-1"
METHOD_PLAIN: Final = "gazetteer"
CANDIDATES_MAX: Final = 12  # meanings of one name that are weighed
NEAR_KM: Final = 150.0
NAMESAKE_PEOPLE: Final = 50_000  # a city of this size is meant before the province around it that has its name
# Weights in powers of ten of inhabitants: a bonus of 1 makes a place count as ten times its size.
COUNTRY_SIZE: Final = 9.0
REGION_SIZE: Final = 6.6
COUNTY_SIZE: Final = 4.5
OTHER_NAME: Final = -0.7
COUNTRY_BONUS_MAX: Final = 2.0
REGION_BONUS: Final = 1.8
NEIGHBOUR_BONUS: Final = 1.0
NEIGHBOUR_BONUS_MAX: Final = 2.5
DATELINE_BONUS: Final = 1.5

_QUALIFIER: Final = re.compile(r",? ?\(?,?\s?((?:[A-Z][a-z]+\.? ?|[A-Z]\. ?[A-Z]\.|[A-Z]{2}\b){1,3})")
_HALF: Final = re.compile(r"\b[Tt]he (North|South)\b(?!\s+[A-Z]|-)")
_FACILITY: Final = re.compile(r"\b(?:Airport|Station|Hospital|University|Stadium|Bridge|Prison|Harbor|Harbour|Port|Park)\b")


def extract(doc: Doc, found: Found) -> None:
    """Resolves the places in `found.names`; finds them first where the language has no name model."""
    if found.applied.get("names", "none") == "none":
        found.applied["places"] = METHOD_PLAIN
        found.names += scan(doc, found.language)
    else:
        found.applied["places"] = METHOD
    _korean_halves(doc, found)
    places = [name for name in found.names if name.kind == "place"]
    if places:
        _resolve(doc, places)
        found.names[:] = _merged(found.names)


# --------------------------------------------------------------------------------------------------
# context


class Context:
    """What the story says about where it is."""

    def __init__(self) -> None:
        self.countries: Counter[str] = Counter()
        self.regions: set[tuple[str, str]] = set()

    def add(self, spot: Spot, weight: float) -> None:
        if spot.country:
            self.countries[spot.country] += weight
            if spot.region and spot.level in {"region", "county", "city"}:
                self.regions.add((spot.country, spot.region))

    def bonus(self, spot: Spot) -> float:
        country = min(COUNTRY_BONUS_MAX, math.log2(1 + self.countries[spot.country])) if spot.country else 0.0
        region = REGION_BONUS if spot.region and (spot.country, spot.region) in self.regions else 0.0
        return country + region


def _resolve(doc: Doc, places: list[Name]) -> None:
    context = Context()
    dateline = doc.story.wire.dateline.place if doc.story.wire.dateline else doc.story.located
    for given in doc.story.places:
        if given.literal in gazetteer().nations:
            context.countries[given.literal] += 1
    open_: list[tuple[Name, list[Spot]]] = []
    for name in places:
        spot = _certain(doc, name)
        if spot is not None:
            _set(name, spot, 0.95)
            context.add(spot, len(name.spans))
            continue
        candidates = meanings(name.label) or next(filter(None, map(meanings, name.aliases)), ())
        if candidates:
            open_.append((name, list(candidates[:CANDIDATES_MAX])))
        elif name.level == "facility" or _FACILITY.search(name.label):
            _place_facility(name)
    if dateline:
        at_home = max(meanings(_capitalised(dateline)), key=lambda spot: size(spot) + context.bonus(spot), default=None)
        if at_home is not None:
            context.add(at_home, 1)
    _weigh(open_, context, [name for name in places if name.lat is not None and name.level in {"city", "county"}])


def _capitalised(place: str) -> str:
    return place.title() if place.isupper() else place


@functools.lru_cache(maxsize=8192)
def meanings(label: str) -> tuple[Spot, ...]:
    """What a name may mean, the largest first."""
    known = gazetteer()
    found: list[Spot] = []
    iso = known.countries.get(label)
    if iso in known.nations:
        found.append(known.nations[iso])
    found += known.regions.get(label, ())
    found += known.counties.get(label, ())
    found += known.cities(label)
    if not found:
        plain = re.sub(r"^(?:the|downtown|central|north|south|east|west|northern|southern|eastern|western) ", "", label, flags=re.IGNORECASE)
        plain = re.sub(r"(?<=\w) (?:[Cc]ity|[Pp]rovince|[Ss]tate|[Rr]egion|[Dd]istrict|[Pp]refecture|[Tt]ownship)(?: of .+)?$", "", plain)
        if plain != label:
            return meanings(plain)
    cities = {(spot.country, spot.region) for spot in found if spot.level == "city" and spot.people >= NAMESAKE_PEOPLE}
    found = [s for s in found if s.level != "region" or (s.country, s.region) not in cities]  # Hanoi is the city
    return tuple(sorted(found, key=size, reverse=True))


def size(spot: Spot) -> float:
    """How likely a place is meant when nothing else is known, as a power of ten of inhabitants."""
    if spot.level == "city":
        return math.log10(spot.people + 10) + (OTHER_NAME if spot.other else 0.0)
    if spot.level == "country":
        return COUNTRY_SIZE
    if spot.level == "county":
        return COUNTY_SIZE
    return COUNTRY_SIZE if spot.level in {"continent", "area"} else REGION_SIZE


# --------------------------------------------------------------------------------------------------
# what needs no weighing


def _certain(doc: Doc, name: Name) -> Spot | None:
    known = gazetteer()
    if name.level == DEMONYM:
        return known.nations.get(known.demonyms[name.label])
    iso = known.countries.get(name.label)
    if iso in known.nations and name.label not in known.regions:
        return known.nations[iso]
    qualified = _qualified(doc, name)
    if qualified is not None:
        return qualified
    regions = known.regions.get(name.label, ())
    if regions and (regions[0].level in {"continent", "area"} or (regions[0].country == "US" and name.label not in known.countries)):
        return regions[0] if name.label != "Washington" else None
    return None


def _qualified(doc: Doc, name: Name) -> Spot | None:
    """The meaning in the state or country that stands beside the name."""
    known = gazetteer()
    for span in name.spans[:4]:
        text = doc.body if span.where == "body" else doc.headline
        if text[span.end : span.end + 1] not in {",", " "}:
            continue
        match = _QUALIFIER.match(text, span.end, span.end + 40)
        if match is None:
            continue
        beside = match[1].strip()
        words = beside.split(" ")
        for form in (beside, beside.rstrip("."), " ".join(words[:2]), words[0], words[0].rstrip(".")):
            spot = _within(name.label, form, known.states.get(form, ""), comma="," in match[0])
            if spot is not None:
                return spot
    return None


def _within(label: str, beside: str, state: str, *, comma: bool) -> Spot | None:
    known = gazetteer()
    if not comma and not (state and len(beside) == 2):
        return None
    region = next((spot.region for spot in known.regions.get(beside, ()) if spot.region), "")
    iso = known.countries.get(beside, "")
    for spot in meanings(label):
        if state and spot.country == "US" and known.states.get(spot.region) == state and spot.level != "region":
            return spot
        if region and spot.region == region and spot.level != "region":
            return spot
        if iso and spot.country == iso and spot.level != "country":
            return spot
    return None


def _place_facility(name: Name) -> None:
    """An airport or a stadium lies in the city that its name begins with, if it does."""
    words = name.label.split(" ")
    for count in range(min(3, len(words) - 1), 0, -1):
        cities = gazetteer().cities(" ".join(words[:count]))
        if cities and cities[0].people > 50_000:
            name.country, name.region = cities[0].country, cities[0].region
            break
    name.level = "facility"


# --------------------------------------------------------------------------------------------------
# weighing


def _weigh(open_: list[tuple[Name, list[Spot]]], context: Context, anchors: list[Name]) -> None:
    if not open_:
        return
    spots = [spot for _, candidates in open_ for spot in candidates]
    owner = np.repeat(np.arange(len(open_)), [len(candidates) for _, candidates in open_])
    base = np.array([size(spot) + context.bonus(spot) for spot in spots])
    scores = base + _company(spots, owner, base, anchors)
    for number, (name, _) in enumerate(open_):
        mine = np.flatnonzero(owner == number)
        order = mine[np.argsort(-scores[mine])]
        lead = float(scores[order[0]] - scores[order[1]]) if len(order) > 1 else 3.0
        _set(name, spots[order[0]], 0.5 + 0.4 * min(1.0, lead / 2))


def _company(spots: list[Spot], owner: np.ndarray, base: np.ndarray, anchors: list[Name]) -> np.ndarray:
    """The bonus of each meaning for lying near to meanings of other names, or to places that are certain."""
    lat = np.radians([spot.lat for spot in spots] + [name.lat or 0.0 for name in anchors])
    lon = np.radians([spot.lon for spot in spots] + [name.lon or 0.0 for name in anchors])
    count = len(spots)
    owners = np.concatenate((owner, np.arange(len(anchors)) + (owner[-1] + 1)))
    best = np.full(int(owner[-1]) + 1, -np.inf)
    np.maximum.at(best, owner, base)
    weight = np.concatenate((np.clip(10.0 ** (base - best[owner]), 0.1, 1.0), np.ones(len(anchors))))
    local = np.array([spot.level in {"city", "county"} for spot in spots] + [True] * len(anchors))
    east = (lon[:count, None] - lon[None]) * np.cos((lat[:count, None] + lat[None]) / 2)
    km = 6371.0 * np.hypot(east, lat[:count, None] - lat[None])
    near = np.where((km < NEAR_KM) & (owner[:, None] != owners[None]) & local[None] & local[:count, None], weight[None], 0.0)
    order = np.argsort(owners, kind="stable")
    groups = np.flatnonzero(np.diff(owners[order], prepend=-1))
    per_owner = np.maximum.reduceat(near[:, order], groups, axis=1)
    bonus: np.ndarray = np.minimum(NEIGHBOUR_BONUS_MAX, NEIGHBOUR_BONUS * per_owner.sum(axis=1))
    return bonus


_LEVELS: Final = {"county": "region", "area": "other"}


def _set(name: Name, spot: Spot, confidence: float) -> None:
    facility = name.level == "facility"
    name.country, name.region = spot.country, spot.region if spot.level != "country" else ""
    name.level = "facility" if facility else _LEVELS.get(spot.level, spot.level)
    name.lat, name.lon = spot.lat, spot.lon
    if not facility:
        name.uri = spot.uri
        if spot.name != name.label and not spot.other:
            _also(name, name.label)
            name.label = spot.name
    name.confidence = min(name.confidence or 1.0, confidence)


def _also(name: Name, alias: str) -> None:
    if alias not in name.aliases:
        name.aliases = [*name.aliases, alias]


# --------------------------------------------------------------------------------------------------
# one entry a place


def _merged(names: list[Name]) -> list[Name]:
    kept: dict[tuple[str, ...], Name] = {}
    merged: list[Name] = []
    for name in names:
        key = _identity(name)
        first = kept.get(key) if key else None
        if first is None:
            if key:
                kept[key] = name
            merged.append(name)
            continue
        first.spans = sorted((*first.spans, *name.spans), key=lambda span: (span.where != "headline", span.start))
        for alias in (name.label, *name.aliases):
            if alias != first.label:
                _also(first, alias)
        first.confidence = max(first.confidence, name.confidence)
    return merged


def _identity(name: Name) -> tuple[str, ...]:
    if name.kind != "place" or name.level == "facility":
        return ()
    if name.level == "country":
        return ("country", name.country)
    return ("uri", name.uri) if name.uri else (name.level, name.label, name.country, name.region)


def _korean_halves(doc: Doc, found: Found) -> None:
    """In a story about both Koreas, "the North" and "the South" are the two."""
    koreas = {gazetteer().countries.get(name.label) or gazetteer().demonyms.get(name.label) for name in found.names if name.kind == "place"}
    if "KP" not in koreas:
        return
    names = {half: f"{half} Korea" for half in ("North", "South") if half == "North" or "KR" in koreas}
    for name in found.names:
        if name.kind == "place" and name.label in names:
            _also(name, name.label)
            name.label = names[name.label]
    taken = {(span.where, span.start) for name in found.names for span in name.spans}
    for where, text in (("headline", doc.headline), ("body", doc.body)):
        for match in _HALF.finditer(text):
            if match[1] in names and (where, match.start(1)) not in taken:
                span = Span(match.start(1), match.end(1), 0.8, where)
                found.names.append(Name(kind="place", label=names[match[1]], spans=[span], aliases=[match[1]], confidence=0.8))
