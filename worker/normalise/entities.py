"""People, organisations, places and sources that the provider names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.normalise.draft import same_source
from worker.normalise.subjects import is_uri
from worker.normalise.text import line
from worker.story import InfoSource, Organisation, Person, Place, Symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.normalise.draft import Draft
    from worker.story import Spot


def people_of(draft: Draft) -> tuple[Person, ...]:
    """The provider's people, then the byline's authors, each once."""
    out: dict[tuple[str, str], Person] = {}
    for party in draft.item.people:
        name = line(party.name, draft.done)
        if name:
            rel = party.role or "about"
            uri = party.uri if is_uri(party.uri) else ""
            out.setdefault((name.casefold(), rel), Person(name=name, rel=rel, uri=uri, literal=party.code))
    for name in draft.authors:
        out.setdefault((name.casefold(), "author"), Person(name=name, rel="author"))
    return tuple(out.values())


def organisations_of(draft: Draft) -> tuple[Organisation, ...]:
    out: dict[str, Organisation] = {}
    for party in draft.item.organisations:
        name = line(party.name, draft.done)
        symbols = tuple(Symbol(symbol=s.strip(), exchange=x.strip()) for s, x in party.symbols if s.strip())
        if not name and symbols:
            name = symbols[0].symbol
        if not name:
            continue
        old = out.get(name.casefold())
        if old:
            symbols = tuple(dict.fromkeys((*old.symbols, *symbols)))
        uri = party.uri if is_uri(party.uri) else ""
        out[name.casefold()] = Organisation(
            name=name,
            rel=party.role or "about",
            uri=uri or (old.uri if old else ""),
            literal=party.code,
            symbols=symbols,
        )
    return tuple(out.values())


def places_of(draft: Draft) -> tuple[Place, ...]:
    """The provider's places, what lies around each behind it, then the dateline's place; each once a relation."""
    out: dict[tuple[str, str], Place] = {}
    for spot in draft.item.places:
        rel = spot.rel or "about"
        name = line(spot.name, draft.done)
        uri = spot.uri if is_uri(spot.uri) else ""
        place = Place(name=name, rel=rel, uri=uri, literal=spot.code, geo_json=_point(spot))
        if name or uri or spot.code:
            key = ((name or spot.code or uri).casefold(), rel)
            old = out.get(key)
            if old is None or (place.geo_json and not old.geo_json):
                out[key] = place
        for around in spot.broader:
            wide = line(around, draft.done)
            if wide:
                out.setdefault((wide.casefold(), rel), Place(name=wide, rel=rel))
    filed = draft.located
    if filed and not any(p.rel == "dateline" for p in out.values()):
        out.setdefault((filed.casefold(), "dateline"), Place(name=filed, rel="dateline"))
    return tuple(out.values())


def _point(spot: Spot) -> Mapping[str, Any]:
    if spot.lat is None or spot.lon is None or not (-90 <= spot.lat <= 90 and -180 <= spot.lon <= 180):
        return {}
    return {"type": "Point", "coordinates": [spot.lon, spot.lat]}


def sources_of(draft: Draft) -> tuple[InfoSource, ...]:
    """The provider's sources as given, then those that the text names; each name once a role."""
    out: dict[tuple[str, str], InfoSource] = {}
    for party in draft.item.sources:
        name = line(party.name, draft.done)
        if name:
            uri = party.uri if is_uri(party.uri) else ""
            key = (name.casefold(), party.role)
            out.setdefault(key, InfoSource(name=name, role=party.role, uri=uri, literal=party.code))
    for source in draft.sources:
        if not out or not any(s.role == source.role and same_source(source.name, s.name) for s in out.values()):
            out[(source.name.casefold(), source.role)] = source
    return tuple(out.values())
