"""dpa digitalwires JSON (`format: digitalwires@…`): flat, one item a record.

The notepad is split into a public and a non-public part; `ednotes[]` say the same with a role each. `urn` is the
identity in JSON and in the agency's NewsML-G2 alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats.jsontree import each, first, integer, mapping, strings
from worker.formats.ninjs_parts import renditions
from worker.story import Code, DeadCode, Item, Limits, Moment, Note, Part, Party, Rejected, Spot, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.view import View

FIRST = firstbyte.JSON
WHERE: Mapping[str, str] = {
    "uri": "urn",
    "version": "version",
    "status": "pubstatus",
    "signals": "signal, categories[type=dnltype:signal]",
    "headlines": "headline, kicker, subhead",
    "body": "article_html",
    "descriptions": "teaser, descriptions[]",
    "infoboxes": "infobox_html",
    "byline": "byline",
    "dateline": "dateline",
    "sources": "creditline, categories[type=dnltype:provider]",
    "notes": "ednotes[], autopublishnotice",
    "urgency": "urgency",
    "version_created": "version_created",
    "content_created": "content_created",
    "embargoed_until": "embargoed",
    "subjects": "categories[type=dnltype:dpasubject]",
    "genres": "categories[type=dnltype:genre]",
    "places": "categories[type=dnltype:geosubject, dnltype:poi]",
    "parts": "associations[]",
}

_PARTS = {
    "image": "picture",
    "picture": "picture",
    "video": "video",
    "audio": "audio",
    "graphic": "graphic",
    "document": "text",
}


def sniff(view: View) -> str:
    tree = view.json
    kind = tree.get("format") if isinstance(tree, dict) else None
    return f"JSON with format {kind[:40]}" if isinstance(kind, str) and kind.startswith("digitalwires@") else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = view.json
    headline, body = first(tree, "headline"), first(tree, "article_html")
    captions = tuple(
        Text(value, _role(one)) for one in each(tree.get("descriptions")) if (value := first(one, "description"))
    )
    if not (headline or body or captions):
        raise Rejected(DeadCode.NO_CONTENT, "digitalwires: neither headline nor text")
    by_type = _by_type(tree)
    parts = tuple(_part(one) for one in each(tree.get("associations")))[: limits.list_max]
    own = first(tree, "urn")
    picture = not body and any(p.uri == own for p in parts)
    signals = strings(tree.get("signal")) + tuple(first(c, "qcode", "name") for c in by_type.get("signal", ()))
    return [
        Item(
            format="dpa_digitalwires",
            format_version=first(tree, "format").partition("@")[2],
            type="picture" if picture else "text",
            provider=next((first(c, "name") for c in by_type.get("provider", ())), "dpa").lower(),
            uri=own,
            local_id="" if own else first(tree, "entry_id"),
            alt_ids=((Text(own, "guid"),) if own else ())
            + ((Text(entry, "transmission"),) if (entry := first(tree, "entry_id")) else ()),
            version=first(tree, "version"),
            status=first(tree, "pubstatus"),
            signals=tuple(dict.fromkeys(signals)),
            version_created=_moment(tree, "version_created"),
            content_created=_moment(tree, "content_created"),
            embargoed_until=_moment(tree, "embargoed"),
            dates={"updated": updated} if (updated := first(tree, "updated")) else {},
            headlines=tuple(
                Text(value, role)
                for name, role in (("headline", "main"), ("kicker", "kicker"), ("subhead", "sub"))
                if (value := first(tree, name))
            ),
            body=body,
            body_kind="html",
            descriptions=((Text(teaser, "abstract"),) if (teaser := first(tree, "teaser")) else ()) + captions,
            infoboxes=tuple(Text(box, "infobox", html=True) for box in strings(tree.get("infobox_html"))),
            byline=first(tree, "byline"),
            dateline=string_kept(tree.get("dateline")),
            sources=_sources(tree, by_type),
            copyright_notice=first(tree, "copyrightnotice"),
            usage_terms=first(tree, "usageterms"),
            notes=_notes(tree),
            language=first(tree, "language"),
            urgency=first(tree, "urgency"),
            keywords=strings(tree.get("keyword_names")),
            product_codes=tuple(first(c, "name") for c in by_type.get("wire", ())),
            category=next((first(c, "name") for c in by_type.get("desk", ())), ""),
            genres=tuple(_code(c) for c in by_type.get("genre", ())),
            subjects=tuple(_code(c) for c in by_type.get("dpasubject", ())),
            places=tuple(_place(c) for c in (*by_type.get("geosubject", ()), *by_type.get("poi", ()))),
            parts=tuple(p for p in parts if not (picture and p.uri == own)),
            passed={"renditions": parts[0].renditions} if picture and parts and parts[0].renditions else {},
            transformations=tuple(view.transformations),
        )
    ]


def string_kept(value: Any) -> str:
    """A dateline with its closing space or dash, as the agency sets it before the first word."""
    return value if isinstance(value, str) and value.strip() else ""


def _role(one: Mapping[str, Any]) -> str:
    return "caption" if "caption" in first(one, "role") else "summary"


def _by_type(tree: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    out: dict[str, list[Mapping[str, Any]]] = {}
    for one in each(tree.get("categories")):
        if first(one, "name"):
            out.setdefault(first(one, "type").removeprefix("dnltype:"), []).append(one)
    return out


def _moment(tree: Mapping[str, Any], name: str) -> Moment | None:
    text = first(tree, name)
    return Moment(text, zone="Europe/Berlin") if text else None


def _code(one: Mapping[str, Any]) -> Code:
    scheme, _, code = first(one, "qcode").rpartition(":")
    return Code(name=first(one, "name"), code=code, scheme=scheme)


def _place(one: Mapping[str, Any]) -> Spot:
    feature = mapping(one.get("geojson"))
    point = mapping(feature.get("geometry")).get("coordinates")
    lon, lat = (
        point[:2]
        if isinstance(point, list) and len(point) > 1 and all(isinstance(p, int | float) for p in point[:2])
        else (None, None)
    )
    told = mapping(feature.get("properties"))
    broader = tuple(filter(None, (first(told, "locality"), first(told, "country"))))
    return Spot(name=first(one, "name"), code=first(one, "qcode"), lat=lat, lon=lon, broader=broader)


def _sources(tree: Mapping[str, Any], by_type: Mapping[str, list[Mapping[str, Any]]]) -> tuple[Party, ...]:
    credit = first(tree, "creditline")
    out = [Party(name=credit, role="credit")] if credit else []
    out += [Party(name=first(c, "name"), role="agency", code=first(c, "qcode")) for c in by_type.get("provider", ())]
    out += [Party(name=first(c, "name"), role="desk", code=first(c, "qcode")) for c in by_type.get("desk", ())]
    return tuple(out)


def _notes(tree: Mapping[str, Any]) -> tuple[Note, ...]:
    out = [
        Note(
            value=value,
            role=first(one, "role").rpartition(":")[2] or "advisory",
            public=one.get("is_publishable") is True,
        )
        for one in each(tree.get("ednotes"))
        if (value := first(one, "ednote"))
    ]
    out += [Note(value=value, role="autopublish", public=True) for value in strings(tree.get("autopublishnotice"))]
    return tuple(out)


def _part(one: Mapping[str, Any]) -> Part:
    kind = _PARTS.get(first(one, "type"), "text")
    shown = [
        {
            "name": f"s{integer(rendition.get('size')) or number}",
            "href": first(rendition, "url"),
            "mimetype": first(rendition, "mimetype"),
            "width": rendition.get("width"),
            "height": rendition.get("height"),
        }
        for number, rendition in enumerate(each(one.get("renditions")), 1)
    ]
    return Part(
        type=kind,
        rel="picture" if kind in ("picture", "graphic") else "related",
        uri=first(one, "urn"),
        by=first(one, "byline"),
        credit=first(one, "creditline"),
        headline=first(one, "headline"),
        caption=first(one, "caption"),
        created=Moment(created, zone="Europe/Berlin")
        if (created := first(one, "content_created", "version_created"))
        else None,
        renditions=renditions(shown),
    )
