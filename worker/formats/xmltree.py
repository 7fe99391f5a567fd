"""Bytes to an element tree, safely: no DTD, no entity expansion, no network, depth and size bounded.

Rule of the room: broken XML is repaired only where the repair loses nothing and guesses nothing about the story
(a bare `&`, `&nbsp;`, control characters, a tag closed in the wrong order, an undeclared prefix), and each repair
is a warning. Half a message is never half a story: what does not end is `MALFORMED`.
"""

from __future__ import annotations

import codecs
import functools
import re
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from worker.formats.xmlentities import declared_entities, has_foreign_references, resolve_references
from worker.formats.xmlprolog import scan
from worker.story import DeadCode, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.formats.view import View
    from worker.story import Limits

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

REPAIRED, ENCODING = "schema", "charset"  # warnings: mended to be well-formed; the declared encoding is not the bytes'

_OPEN_VOID = re.compile(r"<(br|hr|img)(\s[^<>]{0,1000})?(?<!/)>(?!</\1>)", re.IGNORECASE)
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])  # XML allows none of them
# What UTF-8 read as windows-1252 and written as UTF-8 again looks like; `charset.decode` has the last word.
_MAYBE_MOJIBAKE = re.compile(
    rb"\xc3[\x80-\xbf](?:\xc2[\x80-\xbf]|\xe2[\x80\x82\x84]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c])",
)
_BARE = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z_][\w.-]{0,40});)")
_STRAY_LESS = re.compile(r"<(?![A-Za-z_/!?:])")
_DECLARED = re.compile(r"""<\?xml[^>]{0,100}?\bencoding\s*=\s*["']([\w.:-]{1,40})""")
# Errors that the parser gets over without losing or inventing a character of text.
_HARMLESS = frozenset(
    "NS_ERR_UNDEFINED_NAMESPACE NS_ERR_XML_NAMESPACE NS_ERR_QNAME NS_ERR_EMPTY NS_ERR_COLON NS_ERR_ATTRIBUTE_REDEFINED "
    "WAR_NS_URI WAR_NS_URI_RELATIVE WAR_NS_COLUMN WAR_SPACE_VALUE WAR_LANG_VALUE ERR_RESERVED_XML_NAME "
    "ERR_ATTRIBUTE_REDEFINED ERR_ATTRIBUTE_WITHOUT_VALUE ERR_SPACE_REQUIRED".split(),
)
# A tag that is closed in the wrong order is harmless inside a text, never in the frame of a message, where one item
# could swallow the next.
_MISMATCH = re.compile(r"Opening and ending tag mismatch: (?:[\w.-]+:)?([\w.-]+) ")
_TEXT_TAGS = frozenset(
    "a abbr b blockquote br cite code dd dl dt em font h1 h2 h3 h4 h5 h6 hr i img li ol p pre q s small span strike "
    "strong sub sup table tbody td tfoot th thead tr u ul".split(),
)


class Tree(NamedTuple):
    """`transformations`: as the view's; `warnings`: (code, detail) of what had to be repaired."""

    root: Element
    transformations: tuple[str, ...]
    warnings: tuple[tuple[str, str], ...]


def parse(view: View, limits: Limits) -> Tree:
    """The record as a tree without comments and processing instructions.

    Raises:
        Rejected: MALFORMED (with the parser's reason), TOO_DEEP, or ENCODING from `view.text`.
    """
    source, repairs = _prepare(view)
    try:
        root = _strictly(source)
    except etree.XMLSyntaxError as error:
        _raise_if_too_deep(error)
        root = _mended(source, error, repairs)
    if too_deep(root, limits.depth_max):
        raise Rejected(DeadCode.TOO_DEEP, f"elements nest deeper than {limits.depth_max}")
    conflict = _encoding_conflict(view, source)
    warnings = [(REPAIRED, what) for what in dict.fromkeys(repairs)] + ([(ENCODING, conflict)] if conflict else [])
    return Tree(root, tuple(view.transformations), tuple(warnings))


def _prepare(view: View) -> tuple[bytes, list[str]]:
    """The document as UTF-8 from the root's start tag on, entities resolved; and what was repaired."""
    data = view.data if _is_plain(view.data) else view.text.encode("utf-8", "replace")
    repairs: list[str] = []
    clean = data.translate(None, _CONTROLS)
    if len(clean) != len(data) or (b"\xef" in data and (b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data)):
        data = clean.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
        repairs.append("control characters removed")
    prolog = scan(data)
    if prolog.root < 0:
        raise Rejected(DeadCode.MALFORMED, "XML: no root element")
    body = data[prolog.root :]
    if has_foreign_references(body):
        start, end = prolog.doctype
        declared = declared_entities(data[start:end].decode()) if end else {}
        body = resolve_references(body.decode(), declared, repairs).encode()
    return body, repairs


def _is_plain(data: bytes) -> bool:
    """Whether the bytes are UTF-8 as it should be, so that deciding on a charset can be skipped."""
    if b"\0" in data or data.startswith(b"\xef\xbb\xbf"):
        return False
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return not _MAYBE_MOJIBAKE.search(data)


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        recover=recover,
    )


def _strictly(source: bytes) -> Element:
    return etree.fromstring(source, _parser())


def _mended(document: bytes, error: etree.XMLSyntaxError, repairs: list[str]) -> Element:
    """Well-formed by repair, or MALFORMED."""
    source = document.decode()
    name = re.match(r"<([^\s/>]{1,200})", source)
    ends = f"</{name[1]}" if name else ""
    last = source.rfind(ends) if ends else -1
    close = source.find(">", last) if last > 0 else -1
    if close < 0:
        raise Rejected(DeadCode.MALFORMED, f"XML: {_said(error)}")
    mended, behind = source[: close + 1], source[close + 1 :].strip()
    if behind:
        repairs.append("text behind the root's end removed")
    if _BARE.search(mended):
        mended = _BARE.sub("&amp;", mended)
        repairs.append("bare & escaped")
    if _STRAY_LESS.search(mended):
        mended = _STRAY_LESS.sub("&lt;", mended)
        repairs.append("bare < escaped")
    if _OPEN_VOID.search(mended):
        mended = _OPEN_VOID.sub(r"<\1\2/>", mended)
        repairs.append("void tags closed")
    try:
        return _strictly(mended.encode())
    except etree.XMLSyntaxError as still:
        _raise_if_too_deep(still)
    parser = _parser(recover=True)
    try:
        root = cast("Element | None", etree.fromstring(mended.encode(), parser))
    except etree.XMLSyntaxError as still:
        _raise_if_too_deep(still)
        root = None
    kinds = {_kind(entry) for entry in parser.error_log}
    if root is None or not kinds <= _HARMLESS | {"tags closed in the wrong order"}:
        raise Rejected(DeadCode.MALFORMED, f"XML: {_said(error)}")
    repairs.extend(f"parser went over {kind}" for kind in sorted(kinds))
    return root


def _kind(entry: etree._LogEntry) -> str:
    mismatch = _MISMATCH.match(entry.message or "")
    if mismatch and mismatch[1].lower() in _TEXT_TAGS:
        return "tags closed in the wrong order"
    return str(entry.type_name)


def _said(error: etree.XMLSyntaxError) -> str:
    return (error.msg or "not well-formed")[:300]


def _raise_if_too_deep(error: etree.XMLSyntaxError) -> None:
    if "Excessive depth" in (error.msg or ""):
        raise Rejected(DeadCode.TOO_DEEP, f"XML: {_said(error)}") from None


@functools.lru_cache(maxsize=4)
def _at_depth(depth: int) -> etree.XPath:
    return etree.XPath("/*" * depth)


def too_deep(root: Element, depth_max: int) -> bool:
    """Whether any element nests deeper. The parser itself stops at 256."""
    return depth_max < 256 and bool(_at_depth(depth_max + 1)(root))


def _encoding_conflict(view: View, source: bytes) -> str:
    """In words, when the document declares another encoding than its bytes are in; "" when it does not."""
    if source.isascii():
        return ""
    found = next((t[8:] for t in view.transformations if t.startswith("charset:")), "utf-8")
    head = view.data[:200].decode("utf-8", "replace") if found == "utf-8" else view.text[:200]
    declared = _DECLARED.match(head.lstrip("\ufeff \t\r\n"))
    if not declared:
        return ""
    said = _codec(declared[1])
    same = said == _codec(found) or (found == "windows-1252" and said in _LATIN) or (said in found)
    return "" if same else f"declared {declared[1].lower()}, is {found}"


_LATIN = frozenset({"iso8859-1", "iso8859-15", "cp1252"})


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return name.lower()


# Reading a tree: local names, because senders leave the namespace out or change it between versions


@functools.lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


def kids(node: Element | None) -> Iterator[tuple[str, Element]]:
    """(local name, child) of each child element."""
    if node is not None:
        for one in node:
            tag = one.tag  # made anew each time it is asked for
            if isinstance(tag, str):
                yield local(tag), one


def child(node: Element | None, *names: str) -> Element | None:
    """The first child with one of these names."""
    for name, one in kids(node):
        if name in names:
            return one
    return None


def find(node: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of first children."""
    for name in path:
        node = child(node, name)
    return node


def flat(value: str | None) -> str:
    """White space folded and trimmed."""
    return " ".join(value.split()) if value else ""


def text(node: Element | None) -> str:
    """All text below, white space folded."""
    if node is None:
        return ""
    return flat("".join(node.itertext())) if len(node) else flat(node.text)


def lines(node: Element | None) -> str:
    """All text below with its line breaks, each line trimmed."""
    if node is None:
        return ""
    if not len(node):
        return "\n".join(flat(line) for line in (node.text or "").strip().splitlines())
    pieces: list[str] = []
    for event, one in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            pieces += ["\n"] if local(str(one.tag)).lower() in _BREAKS else []
            pieces.append(one.text or "")
        elif one is not node:
            pieces.append(one.tail or "")
    told = (flat(line) for line in "".join(pieces).splitlines())
    return "\n".join(line for line in told if line)


_BREAKS = frozenset({"br", "p", "li", "div", "h3", "h4", "tr"})


def attr(node: Element | None, name: str) -> str:
    """An attribute without namespace, trimmed; "" when absent."""
    return " ".join((node.get(name) or "").split()) if node is not None else ""


_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def lang(node: Element | None) -> str:
    return flat(node.get(_LANG)) if node is not None else ""


def is_nil(node: Element) -> bool:
    """`xsi:nil`, also under a misspelt namespace."""
    return any(local(str(name)) == "nil" and value == "true" for name, value in node.attrib.items())
