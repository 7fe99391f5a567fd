"""References in XML text that the parser does not know, resolved before it: HTML's names, a wire's own abbreviations.

No entity is made of entities, none holds markup, none comes from outside, and what they add is bounded.
"""

from __future__ import annotations

import html.entities
import re
from typing import TYPE_CHECKING

from worker.story import DeadCode, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTITY_CHARS_MAX = 200  # a declared entity longer than this is no abbreviation
ENTITIES_MAX = 500
EXPANSION_CHARS_MAX = 1_000_000  # all that declared entities may add to one document

_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_XML_NAMES_BYTES = frozenset(name.encode() for name in _XML_NAMES)
_NAME_BYTES = re.compile(rb"&([A-Za-z_][\w.-]{0,40});")
_FOREIGN_REFERENCE = re.compile(rb"&#(?:0*(?:\d|1[0-24-9]|[23]\d);|1[2-5]\d;|[xX]0*[0-9A-Fa-f]?[0-9A-Fa-f];)")
_NAMED = re.compile(r"&([A-Za-z_][\w.-]{0,40});")
_C1_REFERENCE = re.compile(r"&#(?:1(?:2[89]|[345]\d)|[xX](?:8[0-9A-Fa-f]|9[0-9A-Fa-f]));")
_BAD_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|11|12|1[4-9]|2\d|3[01])|[xX]0*(?:[0-8BCbcEFef]|1[0-9A-Fa-f]));")
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]{0,40})\s+(?:"([^"<%]{0,400})"|'([^'<%]{0,400})')\s*>""")


def has_foreign_references(body: bytes) -> bool:
    """Whether there is any reference that XML itself does not define, or one to a character it forbids."""
    if b"&" not in body:
        return False
    named = any(name not in _XML_NAMES_BYTES for name in _NAME_BYTES.findall(body))
    return named or bool(_FOREIGN_REFERENCE.search(body))


def resolve_references(text: str, declared: dict[str, str], repairs: list[str]) -> str:
    """The text with such references resolved, outside of CDATA; what was done is added to `repairs`.

    Raises:
        Rejected: TOO_LARGE when declared entities add more than EXPANSION_CHARS_MAX.
    """
    budget = [EXPANSION_CHARS_MAX]
    pieces = _by_cdata(text)
    return "".join(piece if cdata else _resolved(piece, declared, repairs, budget) for piece, cdata in pieces)


def _by_cdata(text: str) -> Iterator[tuple[str, bool]]:
    """(piece, is it a CDATA section), in order; a section that does not end counts as text."""
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        yield text[at:start], False
        at = end + 3
        yield text[start:at], True
    yield text[at:], False


def _resolved(text: str, declared: dict[str, str], repairs: list[str], budget: list[int]) -> str:
    if "&#" in text:
        if _C1_REFERENCE.search(text):  # &#146; is an apostrophe to every browser, and to whoever wrote it
            text = _C1_REFERENCE.sub(_windows_1252, text)
            repairs.append("character references of windows-1252")
        if _BAD_REFERENCE.search(text):
            text = _BAD_REFERENCE.sub("", text)
            repairs.append("references to control characters removed")

    def resolve(found: re.Match[str]) -> str:
        name = found[1]
        if name in _XML_NAMES:
            return found[0]
        if name in declared:
            budget[0] -= len(declared[name])
            if budget[0] < 0:
                raise Rejected(DeadCode.TOO_LARGE, f"XML: entities add more than {EXPANSION_CHARS_MAX} characters")
            return declared[name]
        known = html.entities.html5.get(f"{name};")
        repairs.append("named entities of HTML" if known else "unknown entities kept as text")
        return known.replace("&", "&amp;").replace("<", "&lt;") if known else f"&amp;{name};"

    return _NAMED.sub(resolve, text)


def _windows_1252(found: re.Match[str]) -> str:
    code = found[0][2:-1]
    number = int(code[1:], 16) if code[0] in "xX" else int(code)
    return bytes([number]).decode("cp1252", "ignore")


def declared_entities(doctype: str) -> dict[str, str]:
    """Names for plain text that a DOCTYPE declares inside itself; no file, no markup, no entity made of entities.

    A character reference in a value is kept as it stands: the parser reads it later.
    """
    out: dict[str, str] = {}
    for name, double, single in _ENTITY.findall(doctype):
        value = double or single
        if len(value) <= ENTITY_CHARS_MAX and not re.search(r"&(?!#)", value) and len(out) < ENTITIES_MAX:
            out.setdefault(name, value)
    return out
