"""NewsML-G2 contentSet: the one text among its renditions, and the renditions of a picture, sound or video."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.newsmlg2_qcode import code_of
from worker.formats.ninjs_parts import renditions
from worker.formats.nitf import document_fields
from worker.formats.nitf_body import media_parts
from worker.formats.ttnitf import tt_fields
from worker.formats.xmlmarkup import as_html, fragment, is_html
from worker.formats.xmltree import attr, child, kids, local
from worker.story import Part, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.formats.xmltree import Element

_ROUTING = re.compile(r"</p>\s*([^<>]{1,300})$")
_MEDIA = {"image": "picture", "video": "video", "audio": "audio"}


def content_fields(content: Element | None, title: str) -> dict[str, Any]:
    """Body, infoboxes, parts, word count and `renditions`; absent ones are left out."""
    fields: dict[str, Any] = {}
    data: list[tuple[str, Element]] = []
    remote: list[Element] = []
    for name, node in kids(content):
        if name == "inlineXML":
            if not fields.get("body"):
                fields |= _inline(node, title)
        elif name == "inlineData":
            data.append((code_of(attr(node, "rendition")), node))
        elif name == "remoteContent":
            remote.append(node)
    if not fields.get("body") and data:
        fields |= _data(data)
    if remote:
        fields["renditions"] = _renditions(remote)
    return fields


def _inline(node: Element, title: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    words = attr(node, "wordcount")
    if words.isdecimal() and int(words[:9]) > 0:
        fields["word_count"] = int(words[:9])
    root = next((one for _, one in kids(node)), None)
    if root is None:
        return fields
    name = local(str(root.tag)).lower()
    if name == "nitf":
        return document_fields(root) | fields
    if name == "body" and child(root, "TEXT") is not None:
        return tt_fields(root) | fields
    body = child(root, "body", "Body", "BODY") if name == "html" else None
    found = fragment(body if body is not None else root if name in ("html", "body") else node, title)
    if found.html:
        fields |= {"body": found.html, "body_kind": "html"}
    boxes = tuple(Text(box, "infobox", html=True) for box in found.infoboxes if box)
    if boxes:
        fields["infoboxes"] = boxes
    parts = media_parts(found.media)
    if parts:
        fields["parts"] = parts
    return fields


def _data(data: Sequence[tuple[str, Element]]) -> dict[str, Any]:
    """Text as characters: the rendition that is named so, else the first that is not empty."""
    usable = [
        (name, value) for name, node in data if not attr(node, "encoding") and (value := (node.text or "").strip())
    ]
    if not usable:
        return {}
    value = next((value for name, value in usable if name in ("text", "original", "body")), usable[0][1])
    if is_html(value):
        return {"body": as_html(value), "body_kind": "html"}
    return {"body": value, "body_kind": "text"}


def cut_ansa_routing(fields: dict[str, Any]) -> None:
    """ANSA sets its routing codes behind the last paragraph."""
    found = _ROUTING.search(fields.get("body", ""))
    if found and fields.get("body_kind") == "html":
        fields["body"] = fields["body"][: found.start(1)].rstrip()
        fields["furniture"] = (found[1].strip(),)


def _renditions(nodes: Sequence[Element]) -> tuple[Mapping[str, Any], ...]:
    shown = []
    for number, node in enumerate(nodes, 1):
        told = {
            "name": code_of(attr(node, "rendition")) or f"rendition-{number}",
            "href": attr(node, "href"),
            "contentType": attr(node, "contenttype"),
            "width": attr(node, "width"),
            "height": attr(node, "height"),
            "sizeInBytes": attr(node, "size"),
            "format": code_of(attr(node, "format")),
        }
        length = attr(node, "duration")
        if length.isdecimal():
            told["duration"] = float(length[:9])  # type: ignore[assignment]
        shown.append({name: value for name, value in told.items() if value != ""})
    return renditions(shown)


def parts_of(shown: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """Media attached to a text: one part, as the renditions are of one thing."""
    kind = _MEDIA.get(str(shown[0].get("contentType", "")).partition("/")[0])
    if kind is None:
        return ()
    rel = "picture" if kind == "picture" else "related"
    return (Part(type=kind, rel=rel, uri=str(shown[0].get("href", "")), renditions=tuple(shown)),)
