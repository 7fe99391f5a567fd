"""NewsML 1 content: DataContent as body text, photo components as parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats.newsml1_components import media_kind, role_of
from worker.formats.ninjs_parts import renditions
from worker.formats.nitf import document_fields
from worker.formats.nitf_body import media_parts
from worker.formats.xmlmarkup import as_html, fragment, is_html
from worker.formats.xmltree import attr, child, find, flat, kids, lines, local, text
from worker.story import Part, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.formats.xmltree import Element

_MARKUP_FORMATS = ("html", "nitf")


def data_fields(item: Element, title: str) -> dict[str, Any]:
    """What a ContentItem's data says: body and kind, and what an NITF document in it states besides."""
    data = child(item, "DataContent")
    words = _characteristic(item, "words", "wordcount")
    fields: dict[str, Any] = {"word_count": int(words[:9])} if words.isdecimal() and int(words[:9]) else {}
    if data is None:
        return fields
    inner = [one for _, one in kids(data)]
    if not inner:
        value = (data.text or "").replace(f"<h1>{title}</h1>", "", 1) if title else data.text or ""
        return fields | _characters(value, attr(child(item, "Format"), "FormalName").lower())
    name = local(str(inner[0].tag)).lower()
    if name == "nitf":
        return document_fields(inner[0]) | fields
    body = child(inner[0], "body") if name == "html" else None
    found = fragment(body if body is not None else inner[0] if name in ("html", "body") else data, title)
    fields |= {"body": found.html, "body_kind": "html"} if found.html else {}
    parts = media_parts(found.media)
    if parts:
        fields["parts"] = parts
    if found.infoboxes:
        fields["infoboxes"] = tuple(Text(box, "infobox", html=True) for box in found.infoboxes)
    return fields


def _characters(value: str, stated: str) -> dict[str, Any]:
    value = value.strip()
    if not value:
        return {}
    if is_html(value) or any(kind in stated for kind in _MARKUP_FORMATS):
        return {"body": as_html(value), "body_kind": "html"}
    return {"body": value, "body_kind": "text"}


def _characteristic(item: Element, *names: str) -> str:
    for name, one in kids(child(item, "Characteristics")):
        if name == "Property" and attr(one, "FormalName").lower() in names:
            return attr(one, "Value")
    return ""


def media_part(node: Element) -> tuple[Part, str]:
    """(part, kind) of a component that shows one thing, or of a lone ContentItem."""
    items: list[Element] = []
    caption, headline, by, credit = "", "", "", ""
    for one in _components(node):
        role = role_of(one)
        for name, inner in kids(one):
            if name == "ContentItem" and media_kind(inner):
                items.append(inner)
            elif name == "ContentItem" and role == "caption":
                caption = caption or flat(lines(child(inner, "DataContent")))  # a break parts words
            elif name == "NewsLines":
                headline = headline or text(child(inner, "HeadLine"))
                by = by or text(child(inner, "ByLine"))
                credit = credit or text(child(inner, "CreditLine"))
            elif name == "AdministrativeMetadata":
                by = by or attr(find(inner, "Creator", "Party"), "FormalName")
                credit = credit or attr(find(inner, "Source", "Party"), "FormalName")
    if local(str(node.tag)) == "ContentItem":
        items = [node]
    kind = next((k for k in map(media_kind, items) if k), "picture")
    shown = _renditions(items)
    uri = next((str(one["href"]) for one in shown if "://" in str(one.get("href", ""))), "")
    rel = "picture" if kind in ("picture", "graphic") else "related"
    part = Part(type=kind, rel=rel, uri=uri, by=by, credit=credit, headline=headline, caption=caption, renditions=shown)
    return part, kind


def _components(node: Element) -> list[Element]:
    out = [node] if local(str(node.tag)) == "NewsComponent" else []
    for one in out:
        out.extend(inner for name, inner in kids(one) if name == "NewsComponent")
    return out


def _renditions(items: Sequence[Element]) -> tuple[Mapping[str, Any], ...]:
    shown = []
    for number, item in enumerate(items, 1):
        parent = item.getparent()
        role = role_of(parent) if parent is not None else ""
        told = {
            "name": role or _characteristic(item, "imageuse") or f"rendition-{number}",
            "href": attr(item, "Href"),
            "contentType": attr(child(item, "MimeType"), "FormalName"),
            "width": _characteristic(item, "width", "pixelwidth"),
            "height": _characteristic(item, "height", "pixelheight"),
            "sizeInBytes": text(find(item, "Characteristics", "SizeInBytes")),
        }
        shown.append({name: value for name, value in told.items() if value})
    return renditions(shown)


def attached_part(item: Element) -> Part:
    title = _characteristic(item, "title")
    return Part(type="text", rel="related", uri=attr(item, "Href"), headline=title)
