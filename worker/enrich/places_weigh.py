"""What a place name may mean, and how much speaks for each meaning: its size, what the story says of where it is, and
how near it lies to meanings of the other names.
"""

from __future__ import annotations

import functools
import math
import operator
import re
from collections import defaultdict
from typing import Final, NamedTuple

from worker.enrich.gazetteer import Spot, gazetteer

NEAR_KM: Final = 150.0
NAMESAKE_PEOPLE: Final = 50_000  # a city of this size is meant before the province around it that has its name
# Weights in powers of ten of inhabitants: a bonus of 1 makes a place count as ten times its size.
COUNTRY_SIZE: Final = 9.0
REGION_SIZE: Final = 6.6
NAMESAKE_COUNTRY_SIZE: Final = 7.2  # a country with the name of a state: Georgia
COUNTY_SIZE: Final = 4.5
OTHER_NAME: Final = -0.7
COUNTRY_BONUS_MAX: Final = 2.0
REGION_BONUS: Final = 1.8
NEIGHBOUR_BONUS: Final = 1.0
NEIGHBOUR_BONUS_MAX: Final = 2.5
WEIGHED_MAX: Final = 60  # names of one story that are weighed against each other; those after them go by size
CERTAIN_MAX: Final = 200  # settled places that weigh
EARTH_KM: Final = 6371.0
_NEAR: Final = NEAR_KM / EARTH_KM  # radians
_LOCAL: Final = frozenset({"city", "county"})

_DIRECTION: Final = re.compile(
    r"^(?:the|downtown|central|north|south|east|west|northern|southern|eastern|western) ", re.IGNORECASE
)
_DIVISION: Final = re.compile(
    r"(?<=\w) (?:[Cc]ity|[Pp]rovince|[Ss]tate|[Rr]egion|[Dd]istrict|[Pp]refecture|[Tt]ownship)(?: of .+)?$"
)


class Context:
    """What the story says about where it is."""

    def __init__(self) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.regions: set[tuple[str, str]] = set()

    def add(self, spot: Spot, weight: float) -> None:
        if spot.country:
            self.countries[spot.country] += weight
            if spot.region and spot.level in {"region", "county", "city"}:
                self.regions.add((spot.country, spot.region))

    def bonus(self, spot: Spot) -> float:
        seen = self.countries.get(spot.country) if spot.country else None
        if not seen:
            return 0.0  # no region without its country
        region = REGION_BONUS if spot.region and (spot.country, spot.region) in self.regions else 0.0
        return min(COUNTRY_BONUS_MAX, math.log2(1 + seen)) + region


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
        plain = _DIVISION.sub("", _DIRECTION.sub("", label))
        if plain != label:
            return meanings(plain)
    cities = {
        (spot.country, spot.region)
        for spot in found
        if spot.level == "city" and not spot.other and spot.people >= NAMESAKE_PEOPLE
    }
    found = [s for s in found if s.level != "region" or (s.country, s.region) not in cities]  # Hanoi is the city
    weighed = [spot._replace(size=size(spot)) for spot in found]
    return tuple(sorted(weighed, key=operator.attrgetter("size"), reverse=True))


def size(spot: Spot) -> float:
    """How likely a place is meant when nothing else is known, as a power of ten of inhabitants."""
    if spot.level == "city":
        return math.log10(spot.people + 10) + (OTHER_NAME if spot.other else 0.0)
    if spot.level == "country":
        return COUNTRY_SIZE
    if spot.level == "county":
        return COUNTY_SIZE
    return COUNTRY_SIZE if spot.level in {"continent", "area"} else REGION_SIZE


def choose(meant: list[tuple[Spot, ...]], context: Context, certain: list[Spot]) -> list[tuple[Spot, float]]:
    """The likeliest meaning of each name, and by how much it leads. `certain` are places that are settled already."""
    chosen: list[tuple[Spot, float]] = []
    near = [spot for spot in certain if spot.level in _LOCAL]
    open_: list[tuple[int, list[tuple[Spot, float]]]] = []  # (position in `chosen`, the meanings that may still win)
    for number, candidates in enumerate(meant):
        sizes = _sizes(candidates, context)
        best = max(sizes)
        # what trails by more than company can make up is out
        left = [(spot, own) for spot, own in zip(candidates, sizes, strict=True) if own > best - NEIGHBOUR_BONUS_MAX]
        if len(left) == 1 or number >= WEIGHED_MAX:
            clear = max(left, key=operator.itemgetter(1))[0]
            chosen.append((clear, NEIGHBOUR_BONUS_MAX))
            if clear.level in _LOCAL:
                near.append(clear)
        else:
            open_.append((number, left))
            chosen.append(left[0])
    if open_:
        for (number, left), bonuses in zip(open_, _company(open_, near[:CERTAIN_MAX]), strict=True):
            ranked = sorted(
                ((own + bonus, at) for at, ((_, own), bonus) in enumerate(zip(left, bonuses, strict=True))),
                reverse=True,
            )
            chosen[number] = (left[ranked[0][1]][0], ranked[0][0] - ranked[1][0])
    return chosen


def _sizes(candidates: tuple[Spot, ...], context: Context) -> list[float]:
    sizes = [spot.size + context.bonus(spot) for spot in candidates]
    levels = [spot.level for spot in candidates]
    if "country" in levels and "region" in levels:
        at = levels.index("country")
        sizes[at] = NAMESAKE_COUNTRY_SIZE + context.bonus(candidates[at])
    return sizes


class _Neighbour(NamedTuple):
    """A meaning that may be company: a city or county. In radians."""

    owner: int
    lat: float
    lon: float
    narrow: float  # cosine of the latitude
    weight: float


def _company(open_: list[tuple[int, list[tuple[Spot, float]]]], certain: list[Spot]) -> list[list[float]]:
    """The bonus of each meaning for lying near to meanings of other names, or to places that are certain."""
    bands: dict[int, list[_Neighbour]] = defaultdict(list)
    for owner, spot in enumerate(certain):
        _enter(bands, spot, owner - len(certain), 1.0)
    for owner, left in open_:
        best = max(own for _, own in left)
        for spot, own in left:
            if spot.level in _LOCAL:
                _enter(bands, spot, owner, max(0.1, 10.0 ** (own - best)))
    return [[_bonus(spot, owner, bands) if spot.level in _LOCAL else 0.0 for spot, _ in left] for owner, left in open_]


def _enter(bands: dict[int, list[_Neighbour]], spot: Spot, owner: int, weight: float) -> None:
    """Into its band of latitude: what is near lies in the same band or in one beside it."""
    lat = math.radians(spot.lat)
    bands[int(lat // _NEAR)].append(_Neighbour(owner, lat, math.radians(spot.lon), math.cos(lat), weight))


def _bonus(spot: Spot, owner: int, bands: dict[int, list[_Neighbour]]) -> float:
    lat, lon = math.radians(spot.lat), math.radians(spot.lon)
    band = int(lat // _NEAR)
    by_owner: dict[int, float] = {}
    for around in (band - 1, band, band + 1):
        for other, its_lat, its_lon, narrow, weight in bands.get(around, ()):
            if (
                other != owner
                and weight > by_owner.get(other, 0.0)
                and ((lon - its_lon) * narrow) ** 2 + (lat - its_lat) ** 2 < _NEAR**2
            ):
                by_owner[other] = weight
    return min(NEIGHBOUR_BONUS_MAX, NEIGHBOUR_BONUS * sum(by_owner.values()))
