"""RSS 0.9 to 2.0 (also RDF), Atom, and WordPress exports (WXR): one item an entry.

An attachment of a WXR is no story: it becomes a part of the entry that shows it. An entry's id is its guid or Atom id,
else its link; the feed's host is the sender.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats.ids import as_uri
from worker.formats.providers import short_name
from worker.formats.xmldates import moment
from worker.formats.xmlmarkup import as_html, fragment, is_html
from worker.formats.xmlprolog import root_of
from worker.formats.xmltree import attr, child, find, kids, lang, local, parse, text
from worker.story import Code, DeadCode, Item, Limits, Moment, Part, Party, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.view import View
    from worker.formats.xmltree import Element, Tree

FIRST = firstbyte.XML
WHERE: Mapping[str, str] = {
    "uri": "guid, id; else link",
    "headlines": "title",
    "body": "content:encoded, content; else description, summary",
    "descriptions": "description, summary, excerpt:encoded",
    "byline": "dc:creator, author",
    "version_created": "updated, pubDate, dc:date",
    "first_created": "published, pubDate",
    "language": "channel/language, xml:lang",
    "subjects": "category",
    "sources": "source, channel/title",
    "copyright_notice": "channel/copyright, rights",
    "links": "link",
    "parts": "enclosure, media:content, media:thumbnail, link[rel=enclosure]; WXR attachments",
}

_ATOM = "http://www.w3.org/2005/Atom"
_WP = "wordpress.org/export"
_MEDIA = {"image": "picture", "video": "video", "audio": "audio"}


def sniff(view: View) -> str:
    root = root_of(view.head)
    if root is None:
        return ""
    if root.name == "rss" or (root.name == "RDF" and b"purl.org/rss" in view.head):
        return f"root element {root.name}"
    if root.name in ("feed", "entry") and root.namespace in (_ATOM, "http://purl.org/atom/ns#", ""):
        return f"root element {root.name} of Atom"
    if root.name in ("channel", "item") and (not root.namespace or "purl.org/rss" in root.namespace):
        return f"root element {root.name} of RSS"
    return ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = parse(view, limits)
    root = tree.root
    channel = root if local(str(root.tag)) in ("channel", "feed") else child(root, "channel")
    entries = [node for node in root.iter("{*}item", "{*}entry") if _is_entry(node)]
    if not entries:
        raise Rejected(DeadCode.NO_CONTENT, "the feed has no entries")
    if len(entries) > limits.items_max:
        raise Rejected(DeadCode.TOO_MANY_ITEMS, f"{len(entries)} entries; at most {limits.items_max} are read")
    attached = {text(child(e, "post_id")): e for e in entries if text(child(e, "post_type")) == "attachment"}
    told = [e for e in entries if text(child(e, "post_type")) in ("", "post", "page")]
    if not told:
        raise Rejected(DeadCode.NOT_A_STORY, "the export holds attachments only")
    feed = _feed(channel)
    return [_outcome(entry, feed, attached, tree) for entry in told]


def _is_entry(node: Element) -> bool:
    """An `entry` inside an Atom entry's content is none; an RDF `items/Seq` holds no items either."""
    parent = node.getparent()
    return parent is None or local(str(parent.tag)) in ("channel", "feed", "rss", "RDF")


def _feed(channel: Element | None) -> dict[str, str]:
    feed: dict[str, str] = {}
    for name, node in kids(channel):
        value = attr(node, "href") if name == "link" and not text(node) else text(node)
        if value and name in ("title", "language", "copyright", "rights", "link", "id"):
            feed.setdefault({"rights": "copyright"}.get(name, name), value)
    if channel is not None and lang(channel):
        feed.setdefault("language", lang(channel))
    return feed


def _outcome(node: Element, feed: Mapping[str, str], attached: Mapping[str, Element], tree: Tree) -> Item | Rejected:
    entry = _Entry(feed)
    for name, one in kids(node):
        step = _STEPS.get(name)
        if step:
            step(entry, one)
    for shown in _thumbnails(node):
        if shown in attached:
            entry.parts.append(_attachment(attached[shown]))
    fields = entry.fields(lang(node))
    if not any(fields.get(name) for name in ("headlines", "body", "descriptions", "parts")):
        return Rejected(DeadCode.NO_CONTENT, "the entry has neither title nor text")
    format_version = attr(tree.root, "version") if local(str(tree.root.tag)) == "rss" else ""
    return Item(
        format="rss_atom",
        format_version=format_version,
        transformations=tree.transformations,
        warnings=tree.warnings,
        **{name: value for name, value in fields.items() if value not in ("", (), None)},
    )


def _thumbnails(node: Element) -> list[str]:
    metas = [one for name, one in kids(node) if name == "postmeta"]
    return [text(child(one, "meta_value")) for one in metas if text(child(one, "meta_key")) == "_thumbnail_id"]


def _attachment(node: Element) -> Part:
    href = text(child(node, "attachment_url"))
    caption = text(find(node, "encoded")) or text(child(node, "title"))
    excerpts = [text(one) for name, one in kids(node) if name == "encoded" and "excerpt" in str(one.tag)]
    caption = next(filter(None, excerpts), "") or text(child(node, "description")) or caption
    shown = ({"name": "main", "href": href},) if "://" in href else ()
    return Part(uri=href, by=text(child(node, "creator")), caption=caption, renditions=shown)


class _Entry:
    def __init__(self, feed: Mapping[str, str]) -> None:
        self.feed = feed
        self.guid = self.link = self.content = self.summary = self.status = self.excerpt = ""
        self.dates: dict[str, Moment] = {}
        self.authors: list[str] = []
        self.parts: list[Part] = []
        self.out: dict[str, Any] = {"subjects": [], "sources": [], "links": []}

    def fields(self, language: str) -> dict[str, Any]:
        out, feed = self.out, self.feed
        own = self.guid or self.link
        uri = as_uri(own) or as_uri(self.link if not self.guid else "")
        out |= {"uri": uri} if uri else {"local_id": own}
        out["alt_ids"] = (Text(own, "guid"),) if own else ()
        source = next((p.name for p in out["sources"]), "")
        out["provider"] = short_name(source, feed.get("link", ""), self.link, feed.get("id", ""), feed.get("title", ""))
        if feed.get("title"):
            out["sources"].append(Party(feed["title"], "publisher"))
        out["byline"] = ", ".join(dict.fromkeys(self.authors))
        out["language"] = language or feed.get("language", "")
        out.setdefault("copyright_notice", feed.get("copyright", ""))
        self._texts()
        published, updated = self.dates.get("published"), self.dates.get("updated")
        out["first_created"] = published
        out["version_created"] = updated or published
        out["status"] = {"draft": "withheld", "private": "withheld", "pending": "withheld", "future": "withheld",
                         "trash": "canceled"}.get(self.status, "")  # fmt: skip
        out["parts"] = (
            tuple(dict.fromkeys(self.parts)) if not any(p.renditions for p in self.parts) else tuple(self.parts)
        )
        return {name: tuple(value) if isinstance(value, list) else value for name, value in out.items()}

    def _texts(self) -> None:
        body = self.content or self.summary
        if body:
            html = is_html(body)
            self.out |= {"body": as_html(body) if html else body, "body_kind": "html" if html else "text"}
        abstract = self.excerpt or (self.summary if self.content and self.summary != self.content else "")
        if abstract:
            self.out["descriptions"] = (Text(abstract, "summary", html=is_html(abstract)),)

    def title(self, node: Element) -> None:
        value = text(node)
        if value:
            marked = is_html(value)
            self.out.setdefault("headlines", (Text(value, html=marked),))

    def text_of(self, node: Element) -> str:
        """Text, HTML as characters, or XHTML inside."""
        if len(node):
            return fragment(node).html
        return (node.text or "").strip()

    def described(self, node: Element) -> None:
        self.summary = self.summary or self.text_of(node)

    def contents(self, node: Element) -> None:
        kind = attr(node, "type")
        if attr(node, "src") or attr(node, "url"):
            self.media(node)
        elif kind in ("", "text", "html", "xhtml") or "html" in kind or kind.startswith("text/"):
            self.content = self.content or self.text_of(node)

    def encoded(self, node: Element) -> None:
        if "excerpt" in str(node.tag):
            self.excerpt = self.text_of(node)
        else:
            self.content = self.text_of(node) or self.content

    def linked(self, node: Element) -> None:
        href, rel = attr(node, "href") or text(node), attr(node, "rel") or "alternate"
        if rel == "enclosure":
            self.media(node)
        elif href and rel in ("alternate", "self"):
            self.link = self.link if self.link and rel == "self" else href
            if "://" in href:
                self.out["links"].append((href, ""))

    def identified(self, node: Element) -> None:
        self.guid = text(node)

    def author(self, node: Element) -> None:
        name = text(child(node, "name")) if len(node) else text(node)
        if "@" in name and "(" in name:  # RSS: mail address, name in brackets
            name = name.partition("(")[2].rstrip(") ")
        if name:
            self.authors.append(name)

    def when(self, field: str, node: Element) -> None:
        found = moment(text(node))
        if found and not text(node).startswith("0000"):
            self.dates[field] = found

    def published(self, node: Element) -> None:
        self.when("published", node)

    def updated(self, node: Element) -> None:
        self.when("updated", node)

    def category(self, node: Element) -> None:
        name = attr(node, "label") or text(node) or attr(node, "term")
        if name:
            code = attr(node, "term") if attr(node, "term") != name else ""
            self.out["subjects"].append(Code(name=name, code=code, scheme=attr(node, "scheme") or attr(node, "domain")))

    def source(self, node: Element) -> None:
        name = text(child(node, "title")) if len(node) else text(node)
        if name:
            self.out["sources"].append(Party(name, "agency", attr(node, "url")))

    def rights(self, node: Element) -> None:
        self.out["copyright_notice"] = text(node)

    def state(self, node: Element) -> None:
        self.status = text(node).lower()

    def tongue(self, node: Element) -> None:
        if text(node):
            self.feed = {**self.feed, "language": text(node)}

    def media_group(self, node: Element) -> None:
        for name, one in kids(node):
            if name in ("content", "thumbnail"):
                self.media(one)

    def media(self, node: Element) -> None:
        href = attr(node, "url") or attr(node, "href") or attr(node, "src")
        if "://" not in href:
            return
        medium = attr(node, "medium") or attr(node, "type").partition("/")[0]
        kind = _MEDIA.get(medium, "picture" if local(str(node.tag)) == "thumbnail" or not medium else "")
        if not kind:
            return
        caption = text(child(node, "description")) or text(child(node, "title"))
        rel = "picture" if kind == "picture" else "related"
        shown = ({"name": "main", "href": href},)
        self.parts.append(
            Part(type=kind, rel=rel, uri=href, caption=caption, credit=text(child(node, "credit")), renditions=shown)
        )


_STEPS = {
    "title": _Entry.title,
    "description": _Entry.described,
    "summary": _Entry.described,
    "encoded": _Entry.encoded,
    "content": _Entry.contents,
    "link": _Entry.linked,
    "guid": _Entry.identified,
    "id": _Entry.identified,
    "creator": _Entry.author,
    "author": _Entry.author,
    "pubDate": _Entry.published,
    "published": _Entry.published,
    "issued": _Entry.published,
    "date": _Entry.published,
    "updated": _Entry.updated,
    "modified": _Entry.updated,
    "category": _Entry.category,
    "source": _Entry.source,
    "rights": _Entry.rights,
    "status": _Entry.state,
    "language": _Entry.tongue,
    "enclosure": _Entry.media,
    "thumbnail": _Entry.media,
    "group": _Entry.media_group,
}
