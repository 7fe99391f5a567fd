"""AP Media API responses: `api_version` with `data.item` or `data.items[].item`.

The text of a story is a separate NITF document; collectors put it beside `data` as `nitf` (with `body_html` or as
the NITF itself), which is read when it is there. `uri` holds session parameters: the identity is `altids.itemid`.
Version 0 is a version. `editorialpriority` is the wire's priority letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats.apid import ap_uri, item_id_of
from worker.formats.jsontree import each, first, integer, mapping, string, strings
from worker.formats.ninjs_parts import places as ninjs_places
from worker.story import Code, DeadCode, Item, Limits, Moment, Note, Part, Party, Rejected, Spot, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.view import View

FIRST = firstbyte.JSON
WHERE: Mapping[str, str] = {
    "uri": "data.item.altids.itemid",
    "version": "data.item.version",
    "status": "data.item.pubstatus",
    "headlines": "data.item.headline, headline_extended",
    "body": "nitf.body_html, beside data",
    "descriptions": "data.item.description_summary, description_caption",
    "byline": "data.item.bylines[].by",
    "dateline": "data.item.located, datelinelocation",
    "slugline": "data.item.slugline",
    "urgency": "data.item.urgency",
    "priority": "data.item.editorialpriority",
    "first_created": "data.item.firstcreated",
    "version_created": "data.item.versioncreated",
    "embargoed_until": "data.item.embargoed",
    "notes": "data.item.ednote",
    "subjects": "data.item.subject[]",
    "organisations": "data.item.organisation[], company[]",
    "places": "data.item.place[], datelinelocation",
    "parts": "data.item.associations",
    "product_codes": "data.meta.products[].id",
}

_TYPES = frozenset({"text", "picture", "audio", "video", "graphic", "composite"})
_CATEGORY, _AP_SCHEME = "category", "http://cv.ap.org/id/"


def sniff(view: View) -> str:
    tree = view.json
    if not isinstance(tree, dict) or "api_version" not in tree:
        return ""
    data = mapping(tree.get("data"))
    return "JSON with api_version and data.item" if "item" in data or "items" in data else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = view.json
    data = mapping(tree.get("data"))
    entries = [data] if isinstance(data.get("item"), dict) else list(each(data.get("items")))
    if not entries:
        raise Rejected(DeadCode.NO_CONTENT, "AP Media API: no item in data")
    if len(entries) > limits.items_max:
        raise Rejected(DeadCode.TOO_MANY_ITEMS, f"{len(entries)} items; at most {limits.items_max} are read")
    nitf = tree.get("nitf") if len(entries) == 1 else None
    return [
        _item(mapping(entry.get("item")), mapping(entry.get("meta")), nitf or entry.get("nitf"), tree, view)
        for entry in entries
    ]


def _item(
    item: Mapping[str, Any], meta: Mapping[str, Any], nitf: Any, tree: Mapping[str, Any], view: View
) -> Item | Rejected:
    ids = mapping(item.get("altids"))
    item_id = first(ids, "itemid") or item_id_of(first(item, "uri"))
    text = mapping(nitf)
    body = string(nitf) if isinstance(nitf, str) else first(text, "body_html", "body")
    headlines = _headlines(item, text)
    caption = first(item, "description_caption")
    if not (headlines or body or caption):
        return Rejected(DeadCode.NO_CONTENT, "AP Media API: neither headline nor text nor caption")
    kind = first(item, "type")
    return Item(
        format="ap_media_api",
        format_version=first(tree, "api_version"),
        type=kind if kind in _TYPES else "text",
        provider="ap",
        uri=ap_uri(item_id) if item_id else "",
        local_id="" if item_id else first(ids, "friendlykey", "etag"),
        alt_ids=(
            *((Text(item_id, "guid"),) if item_id else ()),
            *(Text(value, _id_role(role)) for role, raw in ids.items() if role != "itemid" and (value := string(raw))),
        ),
        version=first(item, "version"),
        status=first(item, "pubstatus"),
        signals=strings(item.get("signals")),
        first_created=_moment(item, "firstcreated"),
        version_created=_moment(item, "versioncreated"),
        embargoed_until=_moment(item, "embargoed"),
        headlines=headlines,
        body=body,
        body_kind="html",
        descriptions=_descriptions(item, caption, kind),
        byline=_byline(item),
        located=first(item, "located") or first(mapping(item.get("datelinelocation")), "city"),
        dateline=first(item, "located"),
        sources=_sources(item),
        copyright_notice=first(item, "copyrightnotice"),
        usage_terms="\n".join(strings(item.get("usageterms"))),
        notes=tuple(Note(value=note) for note in strings(item.get("ednote"))),
        language=first(item, "language"),
        slugline=first(item, "slugline"),
        urgency=first(item, "urgency"),
        priority=first(item, "editorialpriority"),
        category=next((first(s, "code") for s in each(item.get("subject")) if _CATEGORY in strings(s.get("rels"))), ""),
        sequence=first(ids, "transref"),
        keywords=strings(item.get("keywords")),
        product_codes=tuple(filter(None, (first(p, "id") for p in each(meta.get("products"))))),
        genres=tuple(Code(name=genre) for genre in strings(item.get("profile"))),
        subjects=_subjects(item),
        people=_parties(item.get("person")),
        organisations=(*_parties(item.get("organisation")), *_parties(item.get("company"))),
        places=(*_dateline_place(item), *ninjs_places([_with_rel(p) for p in each(item.get("place"))])),
        word_count=integer(text.get("word_count"))
        or integer(mapping(mapping(item.get("renditions")).get("nitf")).get("words")),
        parts=_associations(item, tree),
        links=tuple(
            (first(link, "href"), first(link, "rel")) for link in each(item.get("links")) if first(link, "href")
        ),
        transformations=tuple(view.transformations),
    )


def _id_role(role: str) -> str:
    return {"transref": "transmission", "referenceid": "provider"}.get(role, role)


def _moment(item: Mapping[str, Any], name: str) -> Moment | None:
    text = first(item, name)
    return Moment(text) if text else None


def _headlines(item: Mapping[str, Any], text: Mapping[str, Any]) -> tuple[Text, ...]:
    main = first(item, "headline") or first(text, "headline") or first(item, "title")
    extended = first(item, "headline_extended")
    out = [Text(main, "main")] if main else []
    if extended and extended != main:
        out.append(Text(extended, "sub"))
    return tuple(out)


def _descriptions(item: Mapping[str, Any], caption: str, kind: str) -> tuple[Text, ...]:
    out = [Text(value, "abstract") for value in strings(item.get("description_summary"))]
    if caption:
        out.append(Text(caption, "caption" if kind != "text" else "summary"))
    return tuple(out)


def _byline(item: Mapping[str, Any]) -> str:
    photographer = mapping(item.get("photographer"))
    lines = []
    for one in each(item.get("bylines")):
        who, what = first(one, "by", "name"), first(one, "title")
        lines.append(f"{who}, {what}" if who and what else who or what)
    return "\n".join(filter(None, lines)) or first(photographer, "name")


def _sources(item: Mapping[str, Any]) -> tuple[Party, ...]:
    out = [
        Party(name=name, role="agency" if first(s, "type") in ("AP", "") else "publisher")
        for s in each(item.get("infosource"))
        if (name := first(s, "name"))
    ]
    provider = first(item, "provider")
    if provider and all(p.name != provider for p in out):
        out.append(Party(name=provider, role="agency"))
    credit = first(item, "description_creditline")
    if credit:
        out.append(Party(name=credit, role="credit"))
    return tuple(out)


def _subjects(item: Mapping[str, Any]) -> tuple[Code, ...]:
    out = []
    for one in each(item.get("subject")):
        rels = strings(one.get("rels"))
        if _CATEGORY in rels:
            continue
        out.append(
            Code(
                name=first(one, "name"),
                code=first(one, "code"),
                scheme=first(one, "scheme") or _AP_SCHEME,
                rel="ancestor" if "ancestor" in rels else "",
            )
        )
    return tuple(code for code in out if code.name or code.code)


def _parties(value: Any) -> tuple[Party, ...]:
    out = []
    for one in each(value):
        symbols = tuple(
            (ticker, first(s, "exchange"))
            for s in each(one.get("symbols"))
            if (ticker := first(s, "ticker", "instrument"))
        )
        code = first(one, "code")
        instruments = tuple(
            (instrument, "")
            for s in each(one.get("symbols"))
            if (instrument := first(s, "instrument")) and ":" in instrument
        )
        if name := first(one, "name"):
            out.append(
                Party(
                    name=name,
                    role="mentions",
                    uri=_AP_SCHEME + code if code else "",
                    code=code,
                    symbols=symbols or instruments,
                )
            )
    return tuple(out)


def _with_rel(place: Mapping[str, Any]) -> dict[str, Any]:
    code = first(place, "code")
    return {**place, "rel": "mentions", "uri": _AP_SCHEME + code if code else ""}


def _dateline_place(item: Mapping[str, Any]) -> tuple[Spot, ...]:
    where = mapping(item.get("datelinelocation"))
    if not where:
        return ()
    points = mapping(where.get("geometry_geojson")).get("coordinates")
    lon, lat = (
        points[:2]
        if isinstance(points, list) and len(points) > 1 and all(isinstance(p, int | float) for p in points[:2])
        else (None, None)
    )
    broader = tuple(filter(None, (first(where, "countryareaname"), first(where, "countryname"))))
    return (
        Spot(
            name=first(where, "city") or next(iter(broader), ""),
            rel="dateline",
            code=first(where, "countrycode"),
            lat=lat,
            lon=lon,
            broader=broader,
        ),
    )


def _associations(item: Mapping[str, Any], tree: Mapping[str, Any]) -> tuple[Part, ...]:
    fuller = mapping(tree.get("associations"))
    out = []
    for name, short in mapping(item.get("associations")).items():
        one = mapping(mapping(mapping(fuller.get(name)).get("data")).get("item")) or mapping(short)
        item_id = first(mapping(one.get("altids")), "itemid") or item_id_of(first(one, "uri"))
        kind = first(one, "type")
        out.append(
            Part(
                type=kind if kind in _TYPES else "text",
                rel="picture" if kind in ("picture", "graphic") else "related",
                uri=ap_uri(item_id) if item_id else "",
                by=first(mapping(one.get("photographer")), "name"),
                credit=first(one, "description_creditline"),
                headline=first(one, "headline"),
                caption=first(one, "description_caption"),
                copyright=first(one, "copyrightnotice"),
                created=_moment(one, "firstcreated"),
            )
        )
    return tuple(out)
