"""XML of single vendors, and any other XML that plainly holds a headline and a text.

Ritzau (`RBNews`) and Solita's press releases (`release`) are read by their own names. Of an unknown root, what senders
everywhere call headline, text, date and id is looked for; without a headline and a text it is no format known here.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats import vendorxml_known as known
from worker.formats.ids import as_uri
from worker.formats.providers import short_name
from worker.formats.xmldates import moment
from worker.formats.xmlmarkup import as_html, fragment, is_html
from worker.formats.xmlprolog import root_of
from worker.formats.xmltree import attr, kids, lang, local, parse, text
from worker.story import DeadCode, Item, Limits, Party, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from worker.formats.view import View
    from worker.formats.xmltree import Element, Tree

FIRST = firstbyte.XML
WHERE: Mapping[str, str] = {
    "local_id": "RBNews/HistID, NewsID; release@id; id, guid, uri",
    "version": "RBNews/version; version",
    "status": "RBNews/Annuleret; status",
    "signals": "RBNews/Korrektion, NyVersion, Annuleret",
    "headlines": "headline, title, subtitle",
    "body": "content, body, text, story, article",
    "descriptions": "leadtext, lead, summary, abstract, description",
    "byline": "byLine, byline, author",
    "located": "town; location, city",
    "version_created": "PublishDate, publicationDate, date, updated",
    "embargoed_until": "embargo",
    "urgency": "RBNews/Priority; urgency, priority",
    "slugline": "RBNews/strapline; slug, slugline",
    "notes": "RBNews/TilRedaktionen; release/contactsAsText; ednote",
    "sources": "RBNews/origin; release/publisher",
    "parts": "release/images",
}

_VENDORS: Mapping[str, Callable[[Element], dict[str, Any]]] = {"RBNews": known.ritzau, "release": known.solita}
# HTML's own elements, and documents that are no news
_OTHERS = frozenset(
    "html head body p div span pre b i em strong a h1 h2 h3 table ul ol br svg plist kml gpx "
    "Envelope sitemapindex urlset opml xsl stylesheet schema definitions project".split(),
)
_NAMES: Mapping[str, str] = {
    "headline": "headline title hl1 head heading rubrik titre titel overskrift",
    "body": "body text content story storytext bodytext fulltext articlebody maintext html",
    "lead": "lead leadtext summary abstract description teaser intro ingress preamble",
    "id": "guid uri id newsid storyid articleid docid itemid",
    "version": "version revision",
    "date": "versioncreated updated modified lastmodified publishdate pubdate published date datetime publicationdate "
    "created timestamp",
    "byline": "byline author by creator writer",
    "slug": "slug slugline",
    "language": "language lang",
    "status": "status pubstatus state",
    "embargo": "embargo embargoed embargoeduntil embargodate",
    "source": "source provider agency publisher",
    "copyright": "copyright copyrightnotice rights",
    "note": "ednote editorsnote note editorialnote",
    "urgency": "urgency priority",
    "city": "city town located dateline",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split()}
_LEVELS_MAX = 6  # how deep the fields of an unknown document may lie


_MARKUP = re.compile(rb"""^<[?!]|</[A-Za-z]|/>|<[\w.:-]{1,80}(?:\s+[\w.:-]{1,80}\s*=\s*["'])""")


def sniff(view: View) -> str:
    root = root_of(view.head)
    if root is None or root.name in _OTHERS:
        return ""
    if root.name in _VENDORS and not root.namespace:
        return f"root element {root.name}"
    if not _MARKUP.search(view.head.replace(b"\0", b"")):  # `<CODE LTD> 4TH QTR NET` is a headline
        return ""
    return f"XML with the unknown root element {root.name}"


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = parse(view, limits)
    root = tree.root
    name = local(str(root.tag))
    vendor = _VENDORS.get(name) if root.tag == name else None
    if name == "document" and any(kind == "ntbId" for kind, _ in kids(root)):
        vendor, name = known.ntb_event, "newscalendar"
    if vendor:
        return [_item(vendor(root), tree, name)]
    listed = list(itertools.islice(root.iter("RBNews"), limits.items_max + 1))
    if listed:  # the answer of Ritzau's service: a queue of stories
        return [_item(known.ritzau(node), tree, "RBNews") for node in listed]
    found = _found(root)
    stories = [(_found(node), node) for node in _repeated(root)]
    if sum(_is_story(one) for one, _ in stories) >= 2:  # a list of stories under one root
        nothing = Rejected(DeadCode.NO_CONTENT, f"XML: a story under {name} without headline or text")
        return [_item(_fields(one, node), tree, "") if _is_story(one) else nothing for one, node in stories]
    if not _is_story(found):
        raise Rejected(DeadCode.UNKNOWN_FORMAT, f"XML with the root element {name}: neither headline nor text found")
    return [_item(_fields(found, root), tree, "")]


def _item(fields: Mapping[str, Any], tree: Tree, version: str) -> Item:
    unknown = () if version else (("format", f"unknown XML format: root element {local(str(tree.root.tag))}"),)
    return Item(
        format="vendor_xml",
        format_version=version,
        transformations=tree.transformations,
        warnings=(*tree.warnings, *unknown),
        **{field: value for field, value in fields.items() if value not in ("", (), None)},
    )


def _repeated(root: Element) -> list[Element]:
    """The children of the name that repeats most, of the root or of its only child."""
    for _ in range(_LEVELS_MAX):
        by_name: dict[str, list[Element]] = {}
        for name, one in kids(root):
            by_name.setdefault(name, []).append(one)
        most = max(by_name.values(), key=len, default=[])
        if len(most) != 1 or len(by_name) != 1:
            return most if len(most) > 1 else []
        root = most[0]
    return []


def _found(root: Element) -> dict[str, Element]:
    """The first element of each telling name, nearest to the root."""
    found: dict[str, Element] = {}
    level = [root]
    for _ in range(_LEVELS_MAX):
        below: list[Element] = []
        for node in level:
            for name, one in kids(node):
                field = _FIELD_OF.get(name.lower().replace("_", "").replace("-", ""))
                if field and field not in found and text(one):
                    found[field] = one
                elif field not in ("body", "headline"):
                    below.append(one)
        level = below
    return found


def _is_story(found: Mapping[str, Element]) -> bool:
    return "headline" in found and ("body" in found or "lead" in found)


def _fields(found: Mapping[str, Element], root: Element) -> dict[str, Any]:
    told = {name: text(node) for name, node in found.items() if name not in ("body", "headline")}
    own = told.get("id") or attr(root, "id") or attr(root, "guid")
    uri = as_uri(own)
    return body_fields(found.get("body")) | {
        "headlines": (Text(text(found["headline"])),),
        "descriptions": (Text(told["lead"], "abstract"),) if "lead" in told else (),
        "uri": uri,
        "local_id": "" if uri else own,
        "alt_ids": (Text(own, "guid"),) if own else (),
        "version": told.get("version", ""),
        "version_created": moment(told.get("date")),
        "embargoed_until": moment(told.get("embargo")),
        "byline": told.get("byline", ""),
        "slugline": told.get("slug", ""),
        "language": told.get("language") or lang(root) or attr(root, "lang"),
        "status": told.get("status", ""),
        "sources": (Party(told["source"], "publisher"),) if "source" in told else (),
        "provider": short_name(told.get("source", ""), uri),
        "copyright_notice": told.get("copyright", ""),
        "notes": known.notes(told.get("note", "")),
        "urgency": told.get("urgency", ""),
        "located": told.get("city", ""),
    }


def body_fields(node: Element | None) -> dict[str, Any]:
    if node is None:
        return {}
    if len(node):
        return {"body": fragment(node).html, "body_kind": "html"}
    value = (node.text or "").strip()
    return {"body": as_html(value), "body_kind": "html"} if is_html(value) else {"body": value, "body_kind": "text"}
