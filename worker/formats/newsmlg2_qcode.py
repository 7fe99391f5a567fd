"""QCodes, literals and names: how NewsML-G2 says one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.formats.xmltree import attr, kids, lang, text
from worker.story import Code

if TYPE_CHECKING:
    from worker.formats.xmltree import Element


def code_of(value: str) -> str:
    """The code without its scheme alias: `stat:usable` -> `usable`."""
    return value.partition(":")[2] or value


def scheme_of(value: str) -> str:
    return value.partition(":")[0].lower() if ":" in value else ""


def name_of(node: Element | None, language: str = "") -> str:
    """The name to show: the display name, else the one in the item's language, else the first."""
    best, best_rank = "", 9
    for kind, one in kids(node):
        if kind != "name":
            continue
        role, own = attr(one, "role"), lang(one)
        rank = 0 if role.endswith("display") else 1 if language and own[:2] == language[:2] else 2 if not role else 3
        if rank < best_rank and (value := text(one)):
            best, best_rank = value, rank
    return best


def said_of(node: Element | None, language: str = "") -> str:
    """A name, else the literal, else the code."""
    return name_of(node, language) or attr(node, "literal") or code_of(attr(node, "qcode"))


def code(node: Element, language: str = "") -> Code | None:
    """A controlled value as it stands; None when it says nothing."""
    qcode, uri = attr(node, "qcode"), attr(node, "uri")
    scheme, _, value = qcode.partition(":")
    name = name_of(node, language) or ("" if qcode else attr(node, "literal"))  # beside a code it is an internal key
    if not (name or qcode or uri):
        return None
    return Code(
        name=name,
        code=value or scheme,
        scheme=scheme if value else "",
        uri=uri,
        relevance=_percent(attr(node, "relevance")),
        confidence=_percent(attr(node, "confidence")),
    )


def _percent(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) <= 3 and int(value) <= 100 else None
