"""NewsML-G2 (IPTC, 2.x), with or without its namespace: a news message of any number of items, or one item alone.

newsItem: a story, picture, video, audio, graphic. packageItem: a composite, one part a reference.
planningItem, and a conceptItem that describes an event: published with that type. Other concepts, knowledge and
catalogue items are no stories. A part of an item standing alone (contentSet, groupSet, contentMeta) is read as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats import newsmlg2_content as content
from worker.formats import newsmlg2_meta as meta
from worker.formats import newsmlg2_package as package
from worker.formats.nitf import is_notice, with_notice
from worker.formats.xmlprolog import root_of
from worker.formats.xmltree import attr, child, kids, local, parse, text
from worker.story import DeadCode, Item, Limits, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.view import View
    from worker.formats.xmltree import Element, Tree

FIRST = firstbyte.XML
WHERE: Mapping[str, str] = {
    "uri": "newsItem@guid; for AP contentMeta/altId[ap:itemId]",
    "version": "newsItem@version",
    "status": "itemMeta/pubStatus",
    "signals": "itemMeta/signal",
    "headlines": "contentMeta/headline; itemMeta/title",
    "body": "contentSet/inlineXML (XHTML or NITF), inlineData",
    "infoboxes": "contentSet: elements of class infobox",
    "descriptions": "contentMeta/description",
    "byline": "contentMeta/by",
    "dateline": "contentMeta/dateline",
    "located": "contentMeta/located",
    "sources": "contentMeta/infoSource, creditline; itemMeta/provider",
    "notes": "itemMeta/edNote",
    "first_created": "itemMeta/firstCreated",
    "version_created": "itemMeta/versionCreated",
    "content_created": "contentMeta/contentCreated",
    "embargoed_until": "itemMeta/embargoed",
    "expires": "itemMeta/expires",
    "urgency": "contentMeta/urgency",
    "slugline": "contentMeta/slugline",
    "language": "contentMeta/language@tag, newsItem@xml:lang",
    "keywords": "contentMeta/keyword",
    "subjects": "contentMeta/subject",
    "genres": "contentMeta/genre",
    "places": "contentMeta/subject of type geoArea or poi, located; assert",
    "organisations": "contentMeta/subject of type organisation; assert",
    "people": "contentMeta/subject of type person, creator",
    "product_codes": "itemMeta/service",
    "links": "itemMeta/link[irel:seeAlso]",
    "parts": "itemMeta/link to pictures; groupSet/group/itemRef",
    "copyright_notice": "rightsInfo/copyrightNotice",
    "usage_terms": "rightsInfo/usageTerms",
}

_NAMESPACE = "http://iptc.org/std/nar/"
_ITEMS = frozenset({"newsItem", "packageItem", "planningItem", "conceptItem", "knowledgeItem", "catalogItem"})
_ROOTS = _ITEMS | {"newsMessage"}
_FRAGMENTS = frozenset({"contentSet", "groupSet", "contentMeta"})
_ITEMS_OWN = frozenset({"uri", "local_id", "provider", "alt_ids", "version", "status", "passed", "type"})
_TYPES = frozenset({"text", "picture", "video", "audio", "graphic", "composite"})
_KINDS = {"animated": "graphic", "still": "picture", "photo": "picture"}


def sniff(view: View) -> str:
    root = root_of(view.head)
    if root is None:
        return ""
    own = root.namespace.startswith(_NAMESPACE)
    if root.name in _ROOTS and (own or not root.namespace):
        return f"root element {root.name}" + (" of the NAR namespace" if own else "")
    return f"{root.name} of a NewsML-G2 item" if root.name in _FRAGMENTS else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = parse(view, limits)
    root, header = tree.root, None
    nodes = [root]
    if local(str(root.tag)) == "newsMessage":
        header = child(root, "header", "Header")
        nodes = [node for name, holder in kids(root) if name == "itemSet" for name, node in kids(holder)]
    if len(nodes) > limits.items_max:
        raise Rejected(DeadCode.TOO_MANY_ITEMS, f"{len(nodes)} items; at most {limits.items_max} are read")
    outcomes = [_outcome(node, header, tree, limits) for node in nodes]
    return package.with_siblings(outcomes) if len(outcomes) > 1 else outcomes


def _outcome(node: Element, header: Element | None, tree: Tree, limits: Limits) -> Item | Rejected:
    kind = local(str(node.tag))
    if kind in _FRAGMENTS:
        whole = node.makeelement("newsItem" if kind != "groupSet" else "packageItem")
        whole.append(node)
        node, kind = whole, local(str(whole.tag))
    try:
        fields = _fields(node, kind, header, limits)
    except Rejected as why:
        return why
    warnings = (*tree.warnings, *fields.pop("warnings", ()))
    return Item(format="newsmlg2", transformations=tree.transformations, warnings=warnings, **fields)


def _fields(node: Element, kind: str, header: Element | None, limits: Limits) -> dict[str, Any]:
    if kind == "conceptItem" and package.is_event(node):
        kind = "event"
    elif kind not in ("newsItem", "packageItem", "planningItem"):
        raise Rejected(DeadCode.NOT_A_STORY, f"{kind} {attr(node, 'guid')}: no story")
    fields = meta.item_fields(node, header, limits.list_max)
    fields["format_version"] = attr(node, "standardversion")
    stated = fields.pop("item_class")
    if kind == "newsItem":
        fields["type"] = _type(stated, node)
        _add_content(fields, node)
    elif kind == "packageItem":
        fields |= {"type": "composite", "parts": package.references(node, limits.list_max)}
    elif kind == "planningItem":
        fields |= package.planning(node, fields)
    else:
        fields |= package.event(node, fields)
    title = fields.pop("title")
    if title and not fields.get("headlines"):
        fields["headlines"] = (Text(title),)
    if not _shows_anything(fields):
        raise Rejected(DeadCode.NO_CONTENT, f"{kind} {attr(node, 'guid')}: neither headline nor content")
    return with_notice(fields)


def _type(stated: str, node: Element) -> str:
    stated = _KINDS.get(stated, stated)
    if stated in _TYPES:
        return stated
    remote = child(child(node, "contentSet"), "remoteContent")
    media = attr(remote, "contenttype").partition("/")[0].lower()
    return {"image": "picture", "video": "video", "audio": "audio"}.get(media, "text")


def _add_content(fields: dict[str, Any], node: Element) -> None:
    headlines = fields.get("headlines", ())
    title = headlines[0].value if headlines else text(child(child(node, "itemMeta"), "title"))
    found = content.content_fields(child(node, "contentSet"), title)
    renditions = found.pop("renditions", ())
    if fields["type"] != "text" and renditions:
        fields["passed"] = {"renditions": renditions}
    elif renditions:
        found["parts"] = (*found.get("parts", ()), *content.parts_of(renditions))
    if fields.get("provider") == "ansa":
        content.cut_ansa_routing(found)
    if fields["type"] == "text":  # a caption is a picture's: on a text it is how some senders give the lead
        fields["descriptions"] = tuple(
            Text(one.value, "summary") if one.role == "caption" else one for one in fields.get("descriptions", ())
        )
    merge(fields, found)


def merge(fields: dict[str, Any], more: Mapping[str, Any]) -> None:
    """What the item's metadata lacks is taken from the document inside it; parts and notes of both are kept."""
    if more.get("status", "usable").lower() != "usable" and fields.get("status", "").lower() in ("", "usable"):
        fields["status"] = more["status"]  # the stricter of the two counts
    for name, value in more.items():
        if name in ("parts", "notes"):
            fields[name] = (*fields.get(name, ()), *value)
        elif name not in _ITEMS_OWN and not fields.get(name):
            fields[name] = value


def _shows_anything(fields: Mapping[str, Any]) -> bool:
    names = ("headlines", "body", "descriptions", "parts", "passed", "notes")
    return any(fields.get(name) for name in names) or is_notice(fields)
