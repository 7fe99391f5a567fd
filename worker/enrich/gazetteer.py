"""Names of places and what they may mean. Built by deploy/models/gazetteer.py and two tables of our own.

Sources: GeoNames (CC BY 4.0) for cities and ids; `data/countries.tsv` for what the news calls countries and their
people; `data/regions.tsv` for continents, areas, states and provinces. Read once, then only looked up.
"""

from __future__ import annotations

import functools
import importlib.resources
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
import numpy as np
import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE: Final = "gazetteer.msgpack.zst"


class Spot(NamedTuple):
    """One thing a name may mean. Degrees north and east; `id` is the GeoNames id, 0 where unknown."""

    name: str
    level: str  # city, county, region, country, continent, area
    country: str  # ISO 3166-1 alpha-2, "" = none or several
    region: str  # first-order division: its name where known
    lat: float
    lon: float
    people: int
    id: int
    other: bool = False  # the name is not its main one
    size: float = 0.0  # how likely it is meant when nothing else is known: `places_weigh.size`, where that is known

    @property
    def uri(self) -> str:
        return f"https://sws.geonames.org/{self.id}/" if self.id else ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Lookups by exact name, capitals as written."""

    countries: dict[str, str]  # every name of a country -> ISO code
    demonyms: dict[str, str]  # North Korean -> KP
    regions: dict[str, tuple[Spot, ...]]
    counties: dict[str, tuple[Spot, ...]]  # with their County or Parish
    states: dict[str, str]  # US: postal code, AP abbreviation and name -> postal code
    nations: dict[str, Spot]  # ISO code -> the country
    capitals: dict[str, str]  # name of a capital -> ISO code
    exonyms: dict[str, dict[str, str]]  # language -> name of a country in it -> ISO code
    _first: dict[str, int]
    _names: list[str]
    _columns: dict[str, Any]
    _region_names: list[str]
    _country_codes: list[str]

    def cities(self, name: str) -> list[Spot]:
        """The cities of that name: by main name first, then by size."""
        at = self._first.get(name)
        if at is None:
            return []
        found = []
        while at < len(self._names) and self._names[at] == name:
            found.append(self._city(at))
            at += 1
        return found

    def people(self, name: str) -> int:
        """Inhabitants of the largest city of that main name; 0 if there is none."""
        at = self._first.get(name)
        return 0 if at is None or self._columns["other"][at] else int(self._columns["people"][at])

    def city_names(self) -> Iterable[str]:
        return self._first

    def large_cities(self, people: int) -> frozenset[str]:
        """Every name of a city with at least so many inhabitants."""
        return frozenset({self._names[at] for at in (self._columns["people"] >= people).nonzero()[0].tolist()})

    def _city(self, at: int) -> Spot:
        c = self._columns
        return Spot(
            name=self._names[at],
            level="city",
            country=self._country_codes[c["country"][at]],
            region=self._region_names[c["admin"][at]],
            lat=int(c["lat"][at]) / 100,
            lon=int(c["lon"][at]) / 100,
            people=int(c["people"][at]),
            id=int(c["id"][at]),
            other=bool(c["other"][at]),
        )


def _data(name: str) -> bytes:
    return importlib.resources.files("worker.enrich").joinpath("data", name).read_bytes()


def _table(name: str) -> list[list[str]]:
    lines = _data(name).decode().splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@functools.cache
def gazetteer() -> Gazetteer:
    """Reads the shipped tables once."""
    packed: dict[str, Any] = msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(_data(FILE)))
    names = packed["names"].split("\n")
    first: dict[str, int] = {}
    for at, name in enumerate(names):
        first.setdefault(name, at)
    nations, capitals = _nations(packed["countries"])
    countries, demonyms = _peoples(nations)
    regions, divisions, states = _regions(packed["regions"])
    return Gazetteer(
        countries=countries,
        demonyms=demonyms,
        regions=regions,
        counties=_counties(packed["counties"], divisions),
        states=states,
        nations=nations,
        capitals=capitals,
        exonyms=packed["exonyms"],
        _first=first,
        _names=names,
        _columns={name: np.frombuffer(raw, dtype=kind) for name, (kind, raw) in packed["arrays"].items()},
        _region_names=[divisions.get((country, code), "") for country, code in packed["admins"]],
        _country_codes=packed["kinds"],
    )


def _nations(rows: list[list[Any]]) -> tuple[dict[str, Spot], dict[str, str]]:
    nations: dict[str, Spot] = {}
    capitals: dict[str, str] = {}
    for iso, name, capital, number, people, lat, lon in rows:
        if lat is not None:
            nations[iso] = Spot(name, "country", iso, "", float(lat), float(lon), int(people), int(number))
            if capital:
                capitals.setdefault(capital, iso)
    capitals["Washington"] = "US"
    return nations, capitals


def _peoples(nations: dict[str, Spot]) -> tuple[dict[str, str], dict[str, str]]:
    countries = {spot.name: iso for iso, spot in nations.items()}
    demonyms: dict[str, str] = {}
    for iso, names, people in _table("countries.tsv"):
        countries.update((name, iso) for name in names.split("|") if name)
        demonyms.update((name, iso) for name in people.split("|") if name)
    return countries, demonyms


def _regions(rows: list[list[Any]]) -> tuple[dict[str, tuple[Spot, ...]], dict[tuple[str, str], str], dict[str, str]]:
    """Regions by name; names of first-order divisions by (country, code); US states by every name.

    Our own table comes first: its names are those the news uses.
    """
    regions: dict[str, tuple[Spot, ...]] = {}
    divisions: dict[tuple[str, str], str] = {}
    states: dict[str, str] = {}
    own: set[str] = set()
    ids = {(country, form): number for name, others, country, *_, number in rows for form in (name, *others)}
    for level, name, others, country, code, lat, lon, number in _table("regions.tsv"):
        plain = name.removesuffix(" state")
        spot = Spot(
            plain,
            level,
            country,
            plain if level == "region" else "",
            float(lat),
            float(lon),
            0,
            int(number or ids.get((country, name), 0)),
        )
        forms = (name, *filter(None, others.split("|")))
        for form in forms:
            regions[form] = (*regions.get(form, ()), spot)
            own.add(form)
        if code:
            divisions[country, code] = plain
            if country == "US":
                states.update((form, code) for form in (code, plain, *forms))
    for name, others, country, code, lat, lon, number in rows:
        if (country, code) not in divisions:
            divisions[country, code] = name
            spot = Spot(name, "region", country, name, lat, lon, 0, number)
            for form in (name, *others):
                if form not in own:
                    regions[form] = (*regions.get(form, ()), spot)
    return regions, divisions, states


def _counties(rows: list[list[Any]], divisions: dict[tuple[str, str], str]) -> dict[str, tuple[Spot, ...]]:
    counties: dict[str, tuple[Spot, ...]] = {}
    for name, state, lat, lon, number in rows:
        spot = Spot(name, "county", "US", divisions.get(("US", state), ""), lat, lon, 0, number)
        counties[name] = (*counties.get(name, ()), spot)
    return counties
