"""NewsML-G2 packages, planning items and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from worker.formats import ninjs_shapes as shapes
from worker.formats.newsmlg2_qcode import code_of, name_of
from worker.formats.xmldates import moment
from worker.formats.xmltree import attr, child, kids, lines, local, text
from worker.story import Item, Part, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from worker.formats.xmltree import Element

_TYPES = frozenset({"text", "picture", "audio", "video", "graphic", "composite"})
_ZONED = ("Z", "+", "-")


def references(node: Element, list_max: int) -> tuple[Part, ...]:
    """One part for each thing the package refers to, in the order of its groups."""
    out: dict[str, Part] = {}
    for one in _references(node):
        part = _part(one)
        if len(out) < list_max:
            out.setdefault(part.uri or f"{part.headline}{len(out)}", part)
    return tuple(out.values())


def with_siblings(outcomes: list[Item | Rejected]) -> list[Item | Rejected]:
    """A package need not repeat the type and headline of what travels with it: they are taken over."""
    known = {
        one.alt_ids[0].value: one
        for one in outcomes
        if isinstance(one, Item) and one.alt_ids and one.alt_ids[0].role != "transmission"
    }
    return [
        msgspec.structs.replace(one, parts=tuple(_like(part, known.get(part.uri)) for part in one.parts))
        if isinstance(one, Item) and one.type == "composite"
        else one
        for one in outcomes
    ]


def _like(part: Part, item: Item | None) -> Part:
    if item is None:
        return part
    headline = part.headline or next((one.value for one in item.headlines), "")
    rel = "picture" if item.type in ("picture", "graphic") else "related"
    return msgspec.structs.replace(part, type=item.type, rel=rel, headline=headline)


def _references(node: Element) -> Iterator[Element]:
    for one in node.iter():
        if isinstance(one.tag, str) and local(one.tag) in ("itemRef", "conceptRef", "deliveredItemRef"):
            yield one


def _part(node: Element) -> Part:
    kind = code_of(attr(child(node, "itemClass"), "qcode")).lower()
    kind = kind if kind in _TYPES else "composite" if "packageitem" in attr(node, "contenttype") else "text"
    return Part(
        type=kind,
        rel="picture" if kind in ("picture", "graphic") else "related",
        uri=attr(node, "residref") or attr(node, "guidref") or attr(node, "href"),
        headline=text(child(node, "headline")) or text(child(node, "title")),
        caption=lines(child(node, "description")),
        created=moment(text(child(node, "versionCreated"))),
        alt_ids=tuple(Text(value, "provider") for name, one in kids(node) if name == "altId" and (value := text(one))),
    )


def planning(node: Element, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What coverage is planned: ninjs' plannedCoverage, and a headline when the item itself has none."""
    planned: list[dict[str, Any]] = []
    for name, coverage in ((n, c) for _, s in kids(node) for n, c in kids(s)):
        if name != "newsCoverage":
            continue
        told = child(coverage, "planning")
        delivered = next(_references(coverage), None)
        kind = code_of(attr(child(told, "itemClass"), "qcode")).lower()
        when = moment(text(child(told, "scheduled")))
        entry: dict[str, Any] = {
            "title": text(child(told, "headline")) or text(child(delivered, "title")),
            "type": kind if kind in _TYPES else "",
            "edNote": lines(child(told, "edNote")),
            "dates": {"expectedStartDate": when.text} if when else {},
        }
        planned.append({k: v for k, v in entry.items() if v})
    out: dict[str, Any] = {"type": "planning"}
    kept = shapes.fit([entry for entry in planned if entry], shapes.PLANNED_COVERAGE)
    if kept:
        out["passed"] = {"plannedCoverage": tuple(kept)}
    if not fields.get("headlines") and not fields.get("title"):
        title = next((p.get("title") or p.get("edNote", "") for p in planned if p), "")
        out |= {"headlines": (Text(title),)} if title else {}
    return out


def is_event(node: Element) -> bool:
    """Whether a concept item describes an event."""
    concept = child(node, "concept")
    kind = code_of(attr(child(concept, "type"), "qcode")).lower()
    return kind == "event" or child(concept, "eventDetails") is not None


def event(node: Element, fields: Mapping[str, Any]) -> dict[str, Any]:
    concept = child(node, "concept")
    out: dict[str, Any] = {"type": "event"}
    name = name_of(concept, str(fields.get("language", "")))
    if name:
        out["headlines"] = (Text(name),)
    told = tuple(
        Text(value, "summary") for kind, one in kids(concept) if kind == "definition" and (value := lines(one))
    )
    if told:
        out["descriptions"] = told
    dates = child(child(concept, "eventDetails"), "dates")
    found: dict[str, str] = {}
    for theirs, ours, rough in (("start", "startDate", "expectedStartDate"), ("end", "endDate", "expectedEndDate")):
        when = moment(text(child(dates, theirs)))
        if when:
            exact = "T" in when.text and when.text[19:].startswith(_ZONED)
            found[ours if exact else rough] = when.text
    kept = shapes.fit({"dates": found}, shapes.EVENT_DETAILS) if found else None
    if kept:
        out["passed"] = {"eventDetails": kept}
    return out
