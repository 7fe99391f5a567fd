"""The property names of ninjs 1.x, 2.x and 3.x, and how an older object is told in the names of 3.1.

Source: the IPTC's JSON Schemas ninjs 1.0 to 3.1. Reading is lenient: whatever breaks a schema is reported as a
`schema` warning, and what can be used is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats import ninjs_shapes as shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# name in 1.x or 2.x (lower case) -> name in 3.1
MODERN = {
    name.lower(): name
    for name in (
        "representationType firstCreated versionCreated contentCreated embargoedUntil pubStatus "
        "copyrightHolder copyrightNotice "
        "usageTerms edNote infoSources eventDetails plannedCoverage altIds trustIndicators rightsInfo "
        "digitalSourceType "
        "contentType charCount wordCount contactInfo geoJSON sizeInBytes aspectRatio videoCodec frameRate symbolType "
        "langId linkedRights encodedRights"
    ).split()
} | {
    "$standard": "standard",
    "embargoed": "embargoedUntil",
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "subject": "subjects",
    "event": "events",
    "object": "objects",
    "infosource": "infoSources",
    "genre": "genres",
    "trustindicator": "trustIndicators",
    "byline": "by",
    "mimetype": "contentType",
}

STRING, NUMBER, OBJECT, LIST = "string", "number", "object", "array"
_KINDS: dict[str, type | tuple[type, ...]] = {STRING: str, NUMBER: (int, float), OBJECT: dict, LIST: list}

PROPERTIES: dict[str, str] = (
    dict.fromkeys(
        "uri type representationType profile version firstCreated versionCreated contentCreated "
        "embargoedUntil pubStatus "
        "copyrightHolder copyrightNotice usageTerms edNote language title by slugline located expires contentType "
        "headline".split(),
        STRING,
    )
    | dict.fromkeys("urgency charCount wordCount".split(), NUMBER)
    | dict.fromkeys("eventDetails standard rightsInfo digitalSourceType".split(), OBJECT)
    | dict.fromkeys(
        "descriptions bodies headlines people organisations places subjects events plannedCoverage objects infoSources "
        "genres trustIndicators".split(),
        LIST,
    )
    | {"renditions": "", "associations": "", "altIds": ""}  # an object in 1.x, a list since 2.0
)
ENUMS = {
    "type": frozenset({"text", "audio", "video", "picture", "graphic", "composite", "event", "planning"}),
    "pubStatus": frozenset({"usable", "withheld", "canceled"}),
    "representationType": frozenset({"full", "partial", "complete", "incomplete"}),
}
_EXTENSIBLE = ("description_", "body_", "headline_")
_NEEDED = {"associations": ("name", "uri")}


def modern(node: Mapping[str, Any]) -> dict[str, Any]:
    """The object with the property names of 3.1 at its own level; values untouched; a name already modern wins."""
    told = {MODERN.get(name, name): value for name, value in node.items()}
    told.update({name: value for name, value in node.items() if name in PROPERTIES})
    return told


def is_extension(name: str) -> bool:
    """`headline_x`, `description_x`, `body_x` of 1.x, with an ASCII name behind the line."""
    return name.startswith(_EXTENSIBLE) and name.isascii() and name[name.index("_") + 1 :].replace("_", "a").isalnum()


def breaches(told: Mapping[str, Any], *, path: str = "") -> Iterator[str]:
    """What in an object with modern names breaks the schema, in a few words each."""
    unknown = sorted(
        n for n in told if n not in PROPERTIES and not is_extension(n) and not (path and n in ("name", "rel"))
    )
    if unknown:
        yield f"{path}unknown properties: {', '.join(unknown)[:300]}"
    for name, value in told.items():
        kind = PROPERTIES[name] if name in PROPERTIES else STRING if is_extension(name) else ""
        if kind and (not isinstance(value, _KINDS[kind]) or isinstance(value, bool)):
            yield f"{path}{name}: want {kind}"
        allowed = ENUMS.get(name)
        if allowed and isinstance(value, str) and value not in allowed:
            yield f"{path}{name}={value[:40]}: want one of {', '.join(sorted(allowed))}"
    if not path and not isinstance(told.get("uri"), str):
        yield "uri is missing"
    yield from _nested(told, path)


def _nested(told: Mapping[str, Any], path: str) -> Iterator[str]:
    rights = told.get("rightsInfo")
    if isinstance(rights, dict) and {"linkedrights", "encodedrights"} <= {str(k).lower() for k in rights}:
        yield f"{path}rightsInfo: linkedRights and encodedRights exclude each other"
    for place in told.get("places") or [] if isinstance(told.get("places"), list) else []:
        shape = (
            place.get("geoJSON", place.get("geojson", place.get("geometry_geojson")))
            if isinstance(place, dict)
            else None
        )
        if shape is not None and not is_geojson(shape):
            yield f"{path}places: geoJSON is not a geometry"
    for name, shape in (("eventDetails", shapes.EVENT_DETAILS), ("plannedCoverage", shapes.PLANNED_COVERAGE)):
        if isinstance(told.get(name), dict | list) and not shapes.whole(told[name], shape):
            yield f"{path}{name}: a property is unknown, excluded by another or of a wrong type"
    if told.get("type") in ("event", "planning") and "renditions" in told:
        yield f"{path}renditions: an event has none"
    if not path:
        yield from _associated(told.get("associations"))


def _associated(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            if not isinstance(one, dict):
                yield "associations: want objects"
                continue
            missing = [name for name in _NEEDED["associations"] if not isinstance(one.get(name), str)]
            if missing:
                yield f"associations: {', '.join(missing)} missing"
            yield from breaches(modern(one), path="associations.")
    elif isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, dict):
                yield from breaches(modern(one), path=f"associations.{name[:40]}.")
            elif one is not None:
                yield f"associations.{name[:40]}: want an object"


_GEOMETRIES = {"Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}


def is_geojson(shape: Any) -> bool:
    """A GeoJSON geometry (RFC 7946) of the kinds above, or a Feature around one."""
    if isinstance(shape, dict) and shape.get("type") == "Feature":
        shape = shape.get("geometry")
    if not isinstance(shape, dict) or shape.get("type") not in _GEOMETRIES:
        return False
    value: Any = shape.get("coordinates")
    for _ in range(_GEOMETRIES[shape["type"]]):
        if not isinstance(value, list) or not value:
            return False
        value = value[0]
    return (
        isinstance(value, list)
        and len(value) >= 2
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
    )
