"""HTML that a page can show: nh3 with a tight allow-list, and no deeper than an HTML parser can take.

The allow-list is that of body text: paragraphs, headings, lists, quotes, tables, emphasis, links. `div` and `section`
only separate paragraphs; figures are let through to be read and taken out.
"""

from __future__ import annotations

import re

import nh3

INLINE = frozenset({"a", "strong", "b", "em", "i", "u", "s", "sub", "sup", "q", "cite", "code", "abbr"})
CONTAINERS = frozenset({"ul", "ol", "dl", "blockquote"})
_PARTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "div", "section", "hr"})
CELLS = frozenset({"td", "th"})
TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
FIGURES = frozenset({"figure", "figcaption", "img"})
DEPTH_MAX = 400  # elements in one another; real pages have under 60, an unclosed <p> a paragraph is not deep

_CLEANER = nh3.Cleaner(
    tags=set(INLINE | CONTAINERS | _PARTS | TABLES | FIGURES | {"br"}),
    clean_content_tags={"script", "style", "template", "noscript", "title", "iframe", "object", "svg", "math", "form"},
    attributes={
        "a": {"href"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "img": {"src", "alt"},
        "ol": {"start"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noopener noreferrer",
)


def sanitised(value: str) -> str:
    """Balanced, quoted, escaped HTML of the allowed tags and attributes only."""
    return _CLEANER.clean(_shallow(value))


_RAW_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area", "base", "embed", "track"}
)
# An HTML parser ends these by itself where the next one begins: unclosed ones do not nest.
_FLAT = _VOID | {"p", "li", "dt", "dd", "tr", "td", "th", "option"}


def _shallow(value: str) -> str:
    """`value` without the start tags below `DEPTH_MAX`: an HTML parser's cost grows with the square of the depth."""
    tags = value.count("<")
    if tags <= DEPTH_MAX or (tags <= 2 * DEPTH_MAX and tags - 2 * value.count("</") <= DEPTH_MAX):
        return value
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _FLAT:
            return match[0]
        if match[1]:
            depth = max(0, depth - 1)
            return match[0]
        depth += 1
        return match[0] if depth <= DEPTH_MAX else ""

    return _RAW_TAG.sub(kept, value)
