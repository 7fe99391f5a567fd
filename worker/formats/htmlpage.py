"""HTML pages: what JSON-LD, OpenGraph and meta elements state, and the story's text out of the page's tree.

The text comes from `pagetext`; this file reads the metadata. A fragment of HTML without a head is read the same way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser

from worker.formats import firstbyte
from worker.formats.pageblocks import check_depth
from worker.formats.pagetext import main_text
from worker.story import Code, DeadCode, Item, Limits, Moment, Part, Party, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.formats.view import View

FIRST = firstbyte.MARKUP
WHERE = {
    "uri": "link rel=canonical, JSON-LD mainEntityOfPage or url, og:url",
    "headlines": "JSON-LD headline, og:title, h1, title",
    "byline": "JSON-LD author, meta author",
    "first_created": "JSON-LD datePublished, article:published_time",
    "version_created": "JSON-LD dateModified, article:modified_time, else the date of publication",
    "descriptions": "JSON-LD description, og:description",
    "sources": "JSON-LD publisher, og:site_name",
    "keywords": "JSON-LD keywords, meta keywords",
    "language": "html lang, JSON-LD inLanguage, og:locale",
    "parts": "JSON-LD image, og:image",
    "body": "the element that holds most of the running text",
}

LD_BLOCKS_MAX = 40
LD_NODES_MAX = 2_000
FIELD_CHARS = 1_000  # of a headline that are looked at
_START = re.compile(
    rb"(?:<!--[^>]{0,2000}-->\s*|<\?xml[^>]{0,200}\?>\s*){0,5}<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|div[\s>]|p[\s>]"
    rb"|article[\s>]|section[\s>]|h1[\s>]|meta\s|title>|table[\s>]|span[\s>]|br\s?/?>)",
    re.IGNORECASE,
)
_ARTICLES = frozenset(
    "newsarticle article reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle report"
    " reviewnewsarticle askpublicnewsarticle liveblogposting blogposting advertisercontentarticle".split()
)
_DATE_NAMES = (
    "datepublished date pubdate publishdate publish-date dc.date dc.date.issued sailthru.date parsely-pub-date"
    " dcterms.created article.published cxenseparse:recs:publishtime".split()
)
_LINE_BREAKS = re.compile(r"(?<!\\)[\n\r\t]")
_TAGS = re.compile(r"<[^<>]{1,1000}>")
_SITE_TAIL = re.compile(r"\s+[|–—•·»-]\s+[^|–—•·»]{2,60}$")


def sniff(view: View) -> str:
    found = _START.match(view.head)
    return f"starts with {found[0][-20:].decode('latin-1').strip()!r}" if found else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    check_depth(view.text)
    tree = LexborHTMLParser(view.text)
    told = _article(tree)
    meta = _metas(tree)
    headline = _headline(tree, told, meta)
    body = main_text(tree, told=_TAGS.sub(" ", _string(told.get("articleBody"))), headline=headline)
    if not body:
        body = "".join(
            f"<p>{part.strip()}</p>" for part in _string(told.get("articleBody")).split("\n") if part.strip()
        )
    if len(body) > limits.body_chars_max:
        return [
            Rejected(DeadCode.TOO_LARGE, f"a body of {len(body)} characters; at most {limits.body_chars_max} are read")
        ]
    if not body and not headline:
        raise Rejected(DeadCode.NO_CONTENT, "a page without headline and text")
    address = _address(tree, told, meta)
    published = _string(told.get("datePublished")) or meta.get("article:published_time", "") or _other_date(tree, meta)
    modified = (
        _string(told.get("dateModified")) or meta.get("article:modified_time", "") or meta.get("og:updated_time", "")
    )
    description = _string(told.get("description")) or meta.get("og:description", "") or meta.get("description", "")
    publisher = _name(told.get("publisher")) or meta.get("og:site_name", "")
    item = Item(
        format="html",
        uri=address,
        headlines=_headlines(headline, told),
        body=body,
        body_kind="html",
        descriptions=(Text(description, "summary"),) if description else (),
        byline=_byline(told, meta),
        first_created=Moment(published) if published else None,
        version_created=Moment(modified or published) if modified or published else None,
        language=_language(tree, told, meta),
        sources=(Party(name=publisher, role="publisher"),) if publisher else (),
        keywords=_keywords(told, meta),
        subjects=tuple(
            Code(name=name) for name in _strings(told.get("articleSection")) or _one(meta.get("article:section", ""))
        )[:10],
        copyright_holder=_name(told.get("copyrightHolder")),
        parts=_pictures(told, meta),
        links=((address, ""),) if address else (),
        transformations=tuple(view.transformations),
    )
    return [item]


def _article(tree: LexborHTMLParser) -> dict[str, Any]:
    """The JSON-LD node of the story, {} if there is none."""
    for script in tree.css('script[type*="ld+json"]')[:LD_BLOCKS_MAX]:
        for node in _nodes(_loads(script.text(deep=True))):
            kinds = {kind.lower().rpartition("/")[2] for kind in _strings(node.get("@type"))}
            if kinds & _ARTICLES and (node.get("headline") or node.get("articleBody") or node.get("datePublished")):
                return node
    return {}


def _loads(text: str) -> Any:
    for candidate in (text, _LINE_BREAKS.sub(" ", text)):
        try:
            return msgspec.json.decode(candidate.strip().removesuffix(";").encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Objects of a JSON-LD document that may be the story: the top ones, those of @graph and mainEntity."""
    left = [value]
    for _ in range(LD_NODES_MAX):
        if not left:
            return
        node = left.pop(0)
        if isinstance(node, list):
            left = node[:200] + left
        elif isinstance(node, dict):
            yield node
            left += [
                node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if key in node
            ][:4]


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """`meta` elements by lower-case property or name, the first of each."""
    out: dict[str, str] = {}
    for node in tree.css("meta[content]")[:500]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content = (attributes.get("content") or "").strip()
        if name and content:
            out.setdefault(name.lower(), content[:2_000])
    return out


def _headline(tree: LexborHTMLParser, told: dict[str, Any], meta: dict[str, str]) -> str:
    heads = [node.text(deep=True).strip() for node in tree.css("h1")[:5]]
    head = next((text for text in heads if 10 <= len(text) <= 300), "")
    given = _string(told.get("headline"))[:FIELD_CHARS] or meta.get("og:title", "") or meta.get("twitter:title", "")
    if given:
        return _SITE_TAIL.sub("", given) if head and _SITE_TAIL.sub("", given) == head else given
    title = tree.css_first("title")
    return head or (_SITE_TAIL.sub("", title.text(deep=True).strip()[:FIELD_CHARS]) if title else "")


def _headlines(headline: str, told: dict[str, Any]) -> tuple[Text, ...]:
    other = _string(told.get("alternativeHeadline"))
    return (*((Text(headline),) if headline else ()), *((Text(other, "sub"),) if other and other != headline else ()))


def _address(tree: LexborHTMLParser, told: dict[str, Any], meta: dict[str, str]) -> str:
    """The page's own address, without fragment; "" if it states none or only that of the site."""
    link = tree.css_first('link[rel="canonical"]')
    page = told.get("mainEntityOfPage")
    candidates = (
        (link.attributes.get("href") or "") if link else "",
        page.get("@id", "") if isinstance(page, dict) else page,
        told.get("url"),
        meta.get("og:url", ""),
    )
    for one in candidates:
        address = _string(one).partition("#")[0].strip()
        if len(address) > 1_000 or not address.startswith(("http://", "https://")) or " " in address:
            continue
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.hostname and (len(parts.path) > 1 or parts.query):
            return address
    return ""


def _other_date(tree: LexborHTMLParser, meta: dict[str, str]) -> str:
    for name in _DATE_NAMES:
        if meta.get(name):
            return meta[name]
    node = tree.css_first('time[itemprop="datePublished"],time[datetime],[itemprop="datePublished"]')
    if node is None:
        return ""
    return (node.attributes.get("datetime") or node.attributes.get("content") or "").strip()[:60]


def _byline(told: dict[str, Any], meta: dict[str, str]) -> str:
    names = [name for name in _names(told.get("author")) if not name.startswith("http")]
    if not names:
        given = (
            meta.get("author", "")
            or meta.get("article:author", "")
            or meta.get("parsely-author", "")
            or meta.get("dc.creator", "")
        )
        names = [given] if given and not given.startswith("http") else []
    names = list(dict.fromkeys(names))[:20]
    if len(names) > 1:
        return ", ".join(names[:-1]) + " and " + names[-1]
    return names[0] if names else ""


def _names(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for one in value[:50] for name in _names(one)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _name(value: Any) -> str:
    return next(iter(_names(value)), "")


def _string(value: Any) -> str:
    if isinstance(value, list):
        return next((one for one in map(_string, value[:5]) if one), "")
    return value.strip() if isinstance(value, str) else ""


def _strings(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one.strip() for one in value[:100] if isinstance(one, str) and one.strip()]
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _one(value: str) -> list[str]:
    return [value] if value else []


def _keywords(told: dict[str, Any], meta: dict[str, str]) -> tuple[str, ...]:
    given = _strings(told.get("keywords")) or _one(meta.get("news_keywords", "") or meta.get("keywords", ""))
    words = given if len(given) > 1 else (given[0].split(",") if given else [])
    return tuple(dict.fromkeys(word.strip() for word in words if 0 < len(word.strip()) <= 100))[:50]


def _language(tree: LexborHTMLParser, told: dict[str, Any], meta: dict[str, str]) -> str:
    root = tree.root
    given = (root.attributes.get("lang") or "") if root is not None else ""
    return (_name(told.get("inLanguage")) or given or meta.get("og:locale", "")).replace("_", "-").strip()[:20]


def _pictures(told: dict[str, Any], meta: dict[str, str]) -> tuple[Part, ...]:
    value = told.get("image")
    nodes = value[:5] if isinstance(value, list) else [value]
    out: list[Part] = []
    for node in nodes:
        address = (
            _string(node.get("url") or node.get("contentUrl") or node.get("@id"))
            if isinstance(node, dict)
            else _string(node)
        )
        if address.startswith("http"):
            caption = _string(node.get("caption") or node.get("description")) if isinstance(node, dict) else ""
            credit = _name(node.get("creditText") or node.get("author")) if isinstance(node, dict) else ""
            out.append(
                Part(uri=address[:1_000], caption=caption, credit=credit, renditions=({"href": address[:1_000]},))
            )
            if caption or credit:
                break
    if not out and meta.get("og:image", "").startswith("http"):
        address = meta["og:image"][:1_000]
        out.append(Part(uri=address, caption=meta.get("og:image:alt", ""), renditions=({"href": address},)))
    return tuple(out[:1])
