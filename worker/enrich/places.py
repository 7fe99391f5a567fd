"""Which place a name means: country, region, coordinates, GeoNames id.

Countries, states and names with their state beside them ("London, Ontario") are taken first; they, the dateline and
the nationalities in the text are the context. Every other name is weighed by the size of what it may mean, by that
context, and by how near its meanings lie to meanings of the other names. One entry a place: N. Korea, the North and
North Korean are one.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from worker.enrich.doc import Name, Span
from worker.enrich.gazetteer import Spot, gazetteer
from worker.enrich.linking import DEMONYM
from worker.enrich.places_plain import scan
from worker.enrich.places_weigh import Context, choose, meanings

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

METHOD: Final = "gazetteer-context-1"
METHOD_PLAIN: Final = "gazetteer"
CERTAIN: Final = 0.95
HINT: Final = 0.6  # of a mention: how much a place in a body's name, or a name with one meaning, says of where it is
CLEAR_LEAD: Final = 2.0  # by which the best meaning is as good as certain: a hundred times the size
CANDIDATES_MAX: Final = 12  # meanings of one name that are weighed

_QUALIFIER: Final = re.compile(r",? ?\(?,?\s?((?:[A-Z][a-z]+\.? ?|[A-Z]\. ?[A-Z]\.|[A-Z]{2}\b){1,3})")
_HALF: Final = re.compile(r"\b[Tt]he (North|South)\b(?!\s+[A-Z]|-)")
_FACILITY: Final = re.compile(
    r"\b(?:Airport|Station|Hospital|University|Stadium|Bridge|Prison|Harbor|Harbour|Port|Park)\b"
)


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
        _resolve(doc, places, [name.label for name in found.names if name.kind == "organisation"])
        found.names[:] = _merged(found.names)


def _resolve(doc: Doc, places: list[Name], bodies: list[str]) -> None:
    context = Context()
    for hint in filter(None, map(_named_in, bodies)):
        context.add(hint, HINT)
    dateline = doc.story.wire.dateline.place if doc.story.wire.dateline else doc.story.located
    for given in doc.story.places:
        if given.literal in gazetteer().nations:
            context.countries[given.literal] += 1
    settled: list[Spot] = []
    open_: list[tuple[Name, tuple[Spot, ...]]] = []
    for name in places:
        spot = _certain(doc, name)
        if spot is not None:
            _set(name, spot, CERTAIN)
            context.add(spot, len(name.spans))
            settled.append(spot)
            continue
        candidates = meanings(name.label) or next(filter(None, map(meanings, name.aliases)), ())
        if candidates and name.level != "facility":
            if len(candidates) == 1:
                context.add(candidates[0], HINT)
            open_.append((name, candidates[:CANDIDATES_MAX]))
        elif name.level == "facility" or _FACILITY.search(name.label):
            _place_facility(name)
    if dateline:
        at_home = max(meanings(_capitalised(dateline)), key=lambda spot: spot.size + context.bonus(spot), default=None)
        if at_home is not None:
            context.add(at_home, 1)
    if open_:
        _weigh(open_, context, settled)


def _capitalised(place: str) -> str:
    return place.title() if place.isupper() else place


@functools.lru_cache(maxsize=4096)
def _named_in(body: str) -> Spot | None:
    """The state or country in an organisation's name: Louisiana State Police."""
    known = gazetteer()
    words = body.split(" ")
    for form in (" ".join(words[:2]), words[0], " ".join(words[-2:]), words[-1]):
        region = next((spot for spot in known.regions.get(form, ()) if spot.level == "region"), None)
        iso = known.countries.get(form) or known.demonyms.get(form)
        spot = region or known.nations.get(iso or "")
        if spot is not None:
            return spot
    return None


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
    if regions and (
        regions[0].level in {"continent", "area"} or (regions[0].country == "US" and name.label not in known.countries)
    ):
        return regions[0] if name.label != "Washington" else None
    return None


def _qualified(doc: Doc, name: Name) -> Spot | None:
    """The meaning in the state or country that stands beside the name."""
    known = gazetteer()
    for span in name.spans[:4]:
        text = doc.body if span.where == "body" else doc.headline
        after = text[span.end : span.end + 2]
        if after[:1] not in {",", " "} or (after[:1] == " " and after[1:].islower()):
            continue
        match = _QUALIFIER.match(text, span.end, span.end + 40)
        if match is None:
            continue
        beside = match[1].strip()
        words = beside.split(" ")
        forms = (beside, beside.rstrip("."), " ".join(words[:2]), words[0], words[0].rstrip("."))
        for form in dict.fromkeys(forms):
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
    if not (state or region or iso):
        return None
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
# what has to be weighed


def _weigh(open_: list[tuple[Name, tuple[Spot, ...]]], context: Context, settled: list[Spot]) -> None:
    chosen = choose([candidates for _, candidates in open_], context, settled)
    for (name, _), (spot, lead) in zip(open_, chosen, strict=True):
        _set(name, spot, 0.5 + 0.4 * min(1.0, lead / CLEAR_LEAD))


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
        key = _identity(name) if name.kind == "place" else ()
        first = kept.setdefault(key, name) if key else name
        if first is name:
            merged.append(name)
            continue
        first.spans = sorted((*first.spans, *name.spans), key=lambda span: (span.where != "headline", span.start))
        for alias in (name.label, *name.aliases):
            if alias != first.label:
                _also(first, alias)
        first.confidence = max(first.confidence, name.confidence)
    return merged


def _identity(name: Name) -> tuple[str, ...]:
    if name.level == "facility":
        return ()
    if name.level == "country":
        return ("country", name.country)
    return ("uri", name.uri) if name.uri else (name.level, name.label, name.country, name.region)


def _korean_halves(doc: Doc, found: Found) -> None:
    """In a story about both Koreas, "the North" and "the South" are the two."""
    known = gazetteer()
    labels = [name.label for name in found.names if name.kind == "place"]
    koreas = {known.countries.get(label) or known.demonyms.get(label) for label in labels}
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
                found.names.append(
                    Name(kind="place", label=names[match[1]], spans=[span], aliases=[match[1]], confidence=0.8)
                )
