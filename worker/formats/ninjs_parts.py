"""The pieces of a ninjs object (told in the names of 3.1) as fields of an Item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats import ninjs_shapes as shapes
from worker.formats.jsontree import each, first, integer, mapping, string
from worker.formats.ninjs_vocabulary import is_extension, is_geojson, modern
from worker.story import Code, Moment, Part, Party, Spot, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = frozenset({"text", "picture", "audio", "video", "graphic", "composite", "event", "planning"})
_REPRESENTATION = {"complete": "full", "incomplete": "partial", "full": "full", "partial": "partial"}

# 1.x property name suffix -> (preference, is HTML); the best one is the body
_BODY_SUFFIXES = (("html5", True), ("xhtml", True), ("html", True), ("main", False), ("text", False), ("nitf", True))


def generation(told: Mapping[str, Any], node: Mapping[str, Any]) -> str:
    """The version the object states, else the generation its names show: "1", "2", "3" (2 and 3 differ in case)."""
    stated = mapping(told.get("standard")).get("version")
    if isinstance(stated, str):
        return stated
    lists = any(
        isinstance(told.get(name), list)
        for name in ("headlines", "bodies", "descriptions", "associations", "renditions")
    )
    camel = any(
        name in node for name in ("versionCreated", "firstCreated", "pubStatus", "infoSources", "altIds", "rightsInfo")
    )
    return "3" if camel else "2" if lists else "1"


def provider(told: Mapping[str, Any]) -> str:
    """Who sends it, as named: `source`, an information source, the copyright holder."""
    named = string(told.get("source")) or next((first(s, "name") for s in each(told.get("infoSources"))), "")
    return (named or string(told.get("copyrightHolder"))).lower()


def alt_ids(told: Mapping[str, Any], given: str) -> tuple[Text, ...]:
    out = [Text(given, "guid")] if given else []
    other = string(told.get("guid"))
    if other and other != given:
        out.append(Text(other, "guid"))
    raw = told.get("altIds")
    if isinstance(raw, dict):
        out += [Text(string(value), str(role)) for role, value in raw.items() if string(value)]
    else:
        out += [Text(value, first(one, "role") or "provider") for one in each(raw) if (value := first(one, "value"))]
    return tuple(out)


def _is_html(one: Mapping[str, Any]) -> bool:
    kind = first(one, "contentType", "contenttype", "role").lower()
    return any(word in kind for word in ("html", "nitf", "xml"))


def headlines(told: Mapping[str, Any]) -> tuple[Text, ...]:
    out = [
        Text(value, first(one, "role") or "main", _is_html(one))
        for one in each(told.get("headlines"))
        if (value := first(one, "value", "name"))
    ]
    plain = string(told.get("headline"))
    if plain:
        out.insert(0, Text(plain, "main"))
    for name, value in told.items():
        if name.startswith("headline_") and is_extension(name) and string(value):
            role = name.removeprefix("headline_")
            out.append(Text(string(value), "main" if role == "main" and not plain else role))
    if not any(h.role == "main" for h in out):
        title = string(told.get("title"))
        if title:
            out.insert(0, Text(title, "main"))
        elif out:
            out[0] = Text(out[0].value, "main", out[0].html)
    return tuple(out)


def body(told: Mapping[str, Any]) -> tuple[str, str, tuple[Text, ...]]:
    """(body, kind, infoboxes): HTML where there is any, else text. NITF bodies count as HTML: p, hl2 and tables."""
    found = [
        (first(one, "role").lower(), value, _is_html(one))
        for one in each(told.get("bodies"))
        if (value := first(one, "value"))
    ]
    for suffix, html in _BODY_SUFFIXES:
        if value := string(told.get(f"body_{suffix}")):
            found.append((suffix, value, html or value.startswith("<")))
    boxes = tuple(Text(value, "infobox", html) for role, value, html in found if role == "infobox")
    main = sorted((f for f in found if f[0] != "infobox"), key=lambda f: (not f[2], "nitf" in f[0]))
    if not main:
        return "", "text", boxes
    return main[0][1], "html" if main[0][2] else "text", boxes


def descriptions(told: Mapping[str, Any]) -> tuple[Text, ...]:
    """One a role; 1.x suffixes name a format (`text`, `html`), which is no role: those are the summary."""
    out: dict[str, Text] = {}
    for one in each(told.get("descriptions")):
        if value := first(one, "value", "name"):
            role = first(one, "role")
            out.setdefault(f"{role}{value[:80]}", Text(value, _role(role), _is_html(one)))
    best: dict[str, tuple[str, bool]] = {}
    for name, raw in told.items():
        if name.startswith("description_") and is_extension(name) and (value := string(raw)):
            role, html = _role(name.removeprefix("description_")), "html" in name
            if role not in best or (best[role][1] and not html):
                best[role] = (value, html)
    return (*out.values(), *(Text(value, role, html) for role, (value, html) in best.items()))


def _role(given: str) -> str:
    return next((role for role in ("caption", "abstract", "extract") if role in given.lower()), "summary")


def sources(told: Mapping[str, Any]) -> tuple[Party, ...]:
    out = [
        Party(
            name=name,
            role=first(one, "role", "rel") or "agency",
            uri=first(one, "uri"),
            code=first(one, "literal", "code"),
        )
        for one in each(told.get("infoSources"))
        if (name := first(one, "name", "literal"))
    ]
    named = string(told.get("source"))
    if named and all(p.name != named for p in out):
        out.insert(0, Party(name=named, role="agency"))
    return tuple(out)


def codes(value: Any) -> tuple[Code, ...]:
    out = []
    for one in each(value):
        code = Code(
            name=first(one, "name"),
            code=first(one, "literal", "code", "id"),
            scheme=first(one, "scheme"),
            uri=first(one, "uri"),
            rel=first(one, "rel"),
            relevance=integer(one.get("relevance")),
            confidence=integer(one.get("confidence")),
        )
        if code.name or code.code or code.uri:
            out.append(code)
    return tuple(out)


def parties(value: Any) -> tuple[Party, ...]:
    out = []
    for one in each(value):
        symbols = tuple(
            (ticker, first(s, "exchange")) for s in each(one.get("symbols")) if (ticker := first(s, "symbol", "ticker"))
        )
        party = Party(
            name=first(one, "name", "literal"),
            role=first(one, "rel"),
            uri=first(one, "uri"),
            code=first(one, "literal", "code"),
            symbols=symbols,
        )
        if party.name or party.uri:
            out.append(party)
    return tuple(out)


def places(value: Any) -> tuple[Spot, ...]:
    out = []
    for one in each(value):
        shape = next((one[n] for n in ("geoJSON", "geojson", "geometry_geojson") if n in one), None)
        lon = lat = None
        if is_geojson(shape) and mapping(shape).get("type") == "Point":
            lon, lat = (float(n) for n in mapping(shape)["coordinates"][:2])
        spot = Spot(
            name=first(one, "name", "literal"),
            rel=first(one, "rel") or "about",
            uri=first(one, "uri"),
            code=first(one, "literal", "code"),
            lat=lat,
            lon=lon,
        )
        if spot.name or spot.uri:
            out.append(spot)
    return tuple(out)


def renditions(value: Any) -> tuple[Mapping[str, Any], ...]:
    """Renditions in the shape of 3.1: a list, each with a name, only properties of the right type."""
    named = (
        value.items() if isinstance(value, dict) else (("", one) for one in value) if isinstance(value, list) else ()
    )
    out = []
    for number, (name, one) in enumerate(named, 1):
        if isinstance(one, dict):
            told = modern(one)
            told |= {
                size: whole
                for size in ("width", "height", "sizeInBytes")
                if (whole := integer(told.get(size))) is not None
            }
            told["name"] = name or string(told.get("name")) or f"rendition-{number}"
            out.append(shapes.fit(told, shapes.RENDITION))
    return tuple(out)


def associations(value: Any) -> tuple[Part, ...]:
    named = (
        value.items() if isinstance(value, dict) else (("", one) for one in value) if isinstance(value, list) else ()
    )
    return tuple(_part(name or first(one, "name"), one) for name, one in named if isinstance(one, dict))


def _part(name: str, node: Mapping[str, Any]) -> Part:
    told = modern(node)
    kind = string(told.get("type"))
    text = next((t.value for t in descriptions(told) if not t.html), "") or next(
        (t.value for t in descriptions(told)), ""
    )
    created = first(told, "contentCreated", "firstCreated")
    return Part(
        type=kind if kind in TYPES else "picture" if told.get("renditions") else "text",
        rel=first(told, "rel") or ("picture" if kind in ("picture", "graphic") else "related"),
        uri=first(told, "uri", "guid"),
        by=first(told, "by"),
        credit=next((p.name for p in sources(told)), ""),
        headline=next((h.value for h in headlines(told)), ""),
        caption=text or string(told.get("body_text")),
        copyright=first(told, "copyrightNotice", "copyrightHolder"),
        usage=first(told, "usageTerms"),
        created=Moment(created) if created else None,
        renditions=renditions(told.get("renditions")),
        alt_ids=(Text(name, "name"),) if name else (),
    )


def passed(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is carried through to the clean story as it is, under its 3.1 name."""
    out: dict[str, Any] = {}
    representation = _REPRESENTATION.get(string(told.get("representationType")))
    if representation:
        out["representationType"] = representation
    for name in ("profile", "title"):
        if value := string(told.get(name)):
            out[name] = value
    if found := renditions(told.get("renditions")):
        out["renditions"] = found
    trust = [
        {
            "role": first(one, "role") or first(one, "scheme") + first(one, "code"),
            "title": one.get("title"),
            "href": one.get("href"),
        }
        for one in each(told.get("trustIndicators"))
    ] or None
    source, rights = mapping(told.get("digitalSourceType")), mapping(told.get("rightsInfo"))
    carried: tuple[tuple[str, Any, shapes.Shape], ...] = (
        ("eventDetails", told.get("eventDetails"), shapes.EVENT_DETAILS),
        ("plannedCoverage", told.get("plannedCoverage"), shapes.PLANNED_COVERAGE),
        ("trustIndicators", trust, shapes.TRUST_INDICATORS),
        (
            "digitalSourceType",
            {**source, "literal": first(source, "literal", "code")} if source else None,
            shapes.DIGITAL_SOURCE_TYPE,
        ),
        ("rightsInfo", modern(rights) if rights else None, shapes.RIGHTS_INFO),
    )
    for name, found_value, shape in carried:
        if (kept := shapes.fit(found_value, shape)) is not None:
            out[name] = tuple(kept) if isinstance(kept, list) else kept
    return out
