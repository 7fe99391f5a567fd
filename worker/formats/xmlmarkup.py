"""Marked-up text inside XML (XHTML, NITF, what senders make of them) as one HTML fragment.

Namespaces go, NITF's own tags become HTML's, inline tags without meaning in HTML leave their text behind. Nothing is
sanitised here: normalise does that for every format. What is no body text is handed back apart: media with their
captions, infoboxes, and what only repeats the item's fields.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from worker.formats.xmltree import Element, flat, local, text

_KEPT = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption blockquote pre em strong b i u s "
    "sub sup a code q cite abbr small div section article".split(),
)
_VOID = frozenset({"br", "hr", "img"})
_RENAMED = {
    "hl1": "h2",
    "hl2": "h2",
    "subhead": "h2",
    "subheadline": "h2",
    "mellis": "h2",  # TT's heading and paragraph of speech
    "citat": "blockquote",
    "bq": "blockquote",
    "block": "div",
    "para": "p",
    "paragraph": "p",
    "row": "tr",
    "table-head": "th",
    "tagline": "p",
    "bibliography": "p",
    "note": "div",
    "fn": "div",
}
_ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
    "ol": ("start",),
}
_SKIPPED = frozenset("head title meta link script style template noscript iframe object embed nav form button".split())
_MEDIA = frozenset({"media", "figure", "picture", "video", "audio"})
_HEADINGS = frozenset({"h1", "h2", "hl1", "hedline", "headline"})


class Fragment(NamedTuple):
    """`html`: the body text; `media`: elements that hold a picture or the like; `infoboxes`: HTML of each."""

    html: str
    media: tuple[Element, ...]
    infoboxes: tuple[str, ...]


class _Found:
    def __init__(self, title: str) -> None:
        self.title = title.casefold()
        self.media: list[Element] = []
        self.infoboxes: list[str] = []


def fragment(node: Element, title: str = "") -> Fragment:
    """The content of an element as HTML. A heading that only repeats `title` is left out."""
    found, out = _Found(flat(title)), list[str]()
    inner = _innermost(node)
    if inner.text and not len(inner) and is_html(inner.text):  # HTML as characters: CDATA, or escaped once more
        return Fragment(as_html(inner.text), (), ())
    if node.text:
        out.append(_escaped(node.text))
    _children(node, out, found)
    return Fragment("".join(out).strip(), tuple(found.media), tuple(found.infoboxes))


def _innermost(node: Element) -> Element:
    """Inside the holders of a text that hold nothing but one another."""
    while len(node) == 1 and isinstance(node[0].tag, str) and local(node[0].tag).lower() in _HOLDERS:
        node = node[0]
    return node


_HOLDERS = frozenset({"body", "body.content", "block"})
_STRAY_TAG = re.compile(r"</?(?:endash|emdash)>")  # markup of an editing system, escaped on the way


def _escaped(value: str) -> str:
    if "<" in value:
        value = _STRAY_TAG.sub("", value)
    elif "&" not in value and ">" not in value:
        return value
    return html.escape(value, quote=False)


def _children(node: Element, out: list[str], found: _Found) -> None:
    for child in node:
        tag, tail = child.tag, child.tail
        if isinstance(tag, str):
            _element(child, local(tag).lower(), out, found)
        if tail:
            if tail[0] == "\n" and not tail.isspace() and (words := tail.lstrip())[0] in _CLOSING:
                tail = words  # laid out for the eye: the mark belongs to the word before it
            out.append(_escaped(tail))


_CLOSING = frozenset(".,;:!?)")


def _element(node: Element, name: str, out: list[str], found: _Found) -> None:
    if name not in _PLAIN and _is_apart(node, name, found):
        return
    if name == "p" and node.attrib and _is_apart(node, name, found):
        return
    name = _RENAMED.get(name, name)
    if name in _VOID:
        out.append(f"<{name}{_attributes(node, name)}>")
        if node.text or len(node):  # a void tag that was not closed has swallowed what follows
            _content(node, out, found)
    elif name in _KEPT:
        out.append(f"<{name}{_attributes(node, name)}>" if name in _ATTRIBUTES else f"<{name}>")
        _content(node, out, found)
        out.append(f"</{name}>")
    else:
        _content(node, out, found)


def _content(node: Element, out: list[str], found: _Found) -> None:
    told = node.text
    if told:
        out.append(_escaped(told))
    if len(node):
        _children(node, out, found)


_PLAIN = frozenset({"p", "br", "b", "i", "em", "strong", "a", "span", "li", "tr", "td", "hl2"})


def _is_apart(node: Element, name: str, found: _Found) -> bool:
    """Whether the element is no body text; media and infoboxes are kept in `found`."""
    if name in _SKIPPED:
        return True
    if name in _MEDIA:
        found.media.append(node)
        return True
    kind = (node.get("class") or "").lower()
    if "infobox" in kind or (name == "aside" and "box" in kind):
        inner: list[str] = []
        _content(node, inner, found)
        found.infoboxes.append("".join(inner).strip())
        return True
    if kind in ("dat", "notepad", "closingline") or kind.startswith("np-"):
        return True  # repeated in the fields: TT's vignette and source, dpa's notepad
    if name == "header":
        return _repeats_fields(node, found.title)
    return name in _HEADINGS and bool(found.title) and text(node).casefold() == found.title


def _repeats_fields(header: Element, title: str) -> bool:
    """A page header: headline, kicker, byline and slug, all of which the item has in fields."""
    return any(
        (local(str(one.tag)) == "h1" and text(one).casefold() == title) or (one.get("class") or "") == "slugline"
        for one in header
    )


def _attributes(node: Element, name: str) -> str:
    wanted = _ATTRIBUTES.get(name, ())
    given = ((key, node.get(key)) for key in wanted)
    return "".join(f' {key}="{html.escape(value)}"' for key, value in given if value)


# --------------------------------------------------------------------------------------------------
# Text that holds markup as characters: CDATA, or HTML that was escaped once more

_TAG_NAMES = (
    "p",
    "br",
    "div",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "span",
    "h1",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "table",
    "img",
    "li",
)


def is_html(value: str) -> bool:
    """Whether a text is HTML in characters: one of the tags that news texts have."""
    if "<" not in value:
        return False
    low = value.lower()
    return any(f"<{name}>" in low or f"<{name} " in low or f"<{name}/" in low for name in _TAG_NAMES) or "</p>" in low


def has_blocks(value: str) -> bool:
    low = value.lower()
    return any(f"<{name}" in low for name in ("p>", "p ", "div", "br", "h1", "h2", "h3", "ul", "ol", "table"))


def as_html(value: str) -> str:
    """HTML of a text with inline markup only: its blank lines become paragraphs, its line breaks `<br>`."""
    if has_blocks(value):
        return value.strip()
    paragraphs = [piece.strip().replace("\n", "<br>") for piece in value.strip().replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{piece}</p>" for piece in paragraphs if piece)
