"""What a place name may mean, and how much speaks for each meaning: its size, what the story says of where it is, and
how near it lies to meanings of the other names.
"""

from __future__ import annotations

import functools
import math
import operator
import re
from collections import defaultdict
from typing import Final

import numpy as np
import numpy.typing as npt

from worker.enrich.gazetteer import Spot, gazetteer

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

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
        country = min(COUNTRY_BONUS_MAX, math.log2(1 + self.countries[spot.country])) if spot.country else 0.0
        region = REGION_BONUS if spot.region and (spot.country, spot.region) in self.regions else 0.0
        return country + region


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


def choose(meant: list[tuple[Spot, ...]], context: Context, certain: list[Spot]) -> list[tuple[Spot, float]]:
    """The likeliest meaning of each name, and by how much it leads. `certain` are places that are settled already."""
    chosen: list[tuple[Spot, float] | None] = []
    near = [spot for spot in certain if spot.level in _LOCAL]
    spots: list[Spot] = []
    base: list[float] = []
    owner: list[int] = []
    for number, candidates in enumerate(meant):
        namesake = any(spot.level == "region" for spot in candidates)
        sizes = [
            (NAMESAKE_COUNTRY_SIZE if namesake and spot.level == "country" else size(spot)) + context.bonus(spot)
            for spot in candidates
        ]
        best = max(sizes)
        # what trails by more than company can make up is out
        left = [(spot, own) for spot, own in zip(candidates, sizes, strict=True) if own > best - NEIGHBOUR_BONUS_MAX]
        if len(left) == 1 or number >= WEIGHED_MAX:
            clear = max(left, key=operator.itemgetter(1))[0]
            chosen.append((clear, NEIGHBOUR_BONUS_MAX))
            if clear.level in _LOCAL:
                near.append(clear)
            continue
        chosen.append(None)
        for spot, own in left:
            spots.append(spot)
            base.append(own)
            owner.append(number)
    if spots:
        total = np.array(base) + _company(spots, np.array(owner), np.array(base), near[:CERTAIN_MAX])
        for number in set(owner):
            mine = sorted(((total[i], i) for i in range(len(owner)) if owner[i] == number), reverse=True)
            chosen[number] = (spots[mine[0][1]], float(mine[0][0] - mine[1][0]))
    return [choice for choice in chosen if choice is not None]


def _company(spots: list[Spot], owner: Ints, base: Floats, certain: list[Spot]) -> Floats:
    """The bonus of each meaning for lying near to meanings of other names, or to places that are certain."""
    count = len(spots)
    everything = [*spots, *certain]
    lat = np.radians(np.array([spot.lat for spot in everything]))
    lon = np.radians(np.array([spot.lon for spot in everything]))
    local = np.array([spot.level in _LOCAL for spot in everything])
    owners = np.concatenate((owner, np.arange(len(certain)) + (owner[-1] + 1)))
    best = np.full(int(owner[-1]) + 1, -np.inf)
    np.maximum.at(best, owner, base)
    weight = np.concatenate((np.maximum(0.1, 10.0 ** (base - best[owner])), np.ones(len(certain))))
    east = (lon[:count, None] - lon) * np.cos(lat)
    near = east**2 + (lat[:count, None] - lat) ** 2 < (NEAR_KM / EARTH_KM) ** 2
    near &= local & local[:count, None] & (owner[:, None] != owners)
    groups = np.flatnonzero(np.diff(owners, prepend=-1))
    per_owner = np.maximum.reduceat(near * weight, groups, axis=1)
    bonus: Floats = np.minimum(NEIGHBOUR_BONUS_MAX, NEIGHBOUR_BONUS * per_owner.sum(axis=1))
    return bonus
