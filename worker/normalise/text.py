"""Repair of characters: what transport, word processors and wrong decoding left in a text.

Cheap gates first: clean text costs one regex search.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from typing import TYPE_CHECKING

from worker.formats.charset import repair_mojibake

if TYPE_CHECKING:
    from collections.abc import MutableSequence

# Anything that repair might have to touch. C0 but tab and line feed, DEL and C1, spaces of other widths, invisible
# marks, line and paragraph separators, directional overrides, surrogates, ampersands that start an entity.
_GATE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200b\u2028-\u202f\u205f-\u2069\u3000\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ASCII_CONTROLS = bytes([*range(9), *range(11, 32), 127])
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_CP1252 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


def repair(text: str, done: MutableSequence[str], *, entities: bool = True) -> str:
    """`text` with odd spaces, controls, invisible marks, entities and mojibake mended; what was done goes to `done`.

    `entities` False leaves HTML entities alone (the text is HTML, whose parser reads them).
    """
    if not text:
        return text
    ascii_only = text.isascii()
    if (entities and "&" in text) or (_has_controls(text) if ascii_only else _GATE.search(text)):
        text = _mended(text, done, entities=entities)
        ascii_only = text.isascii()
    if not ascii_only:
        text, mended = repair_mojibake(text)
        if mended:
            _say(done, "mojibake")
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
            _say(done, "nfc")
    return text


def _has_controls(text: str) -> bool:
    """ASCII only: several times faster than a search."""
    data = text.encode("ascii")
    return len(data.translate(None, _ASCII_CONTROLS)) != len(data)


def _mended(text: str, done: MutableSequence[str], *, entities: bool) -> str:
    if entities and "&" in text:
        text = _without_entities(text, done)
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    for odd in sorted(set(_GATE.findall(text))):
        name, instead = _kind(odd)
        text = text.replace(odd, instead)
        if name:
            _say(done, name)
    return text


def _without_entities(text: str, done: MutableSequence[str]) -> str:
    new, count = _ENTITY.subn(lambda m: html.unescape(m.group()), text)
    if count and new != text:
        _say(done, "entities")
    return new


@functools.cache  # of the few hundred characters of _GATE
def _kind(odd: str) -> tuple[str, str]:
    """(what mending this character is called, what stands instead)."""
    code = ord(odd)
    if odd in "\r\x0c\x85\u2028\u2029":
        return "", "\n"
    if 0x80 <= code < 0xA0:
        return "c1-controls", _CP1252[code]
    if 0xD800 <= code <= 0xDFFF:
        return "surrogates", "\ufffd"
    if unicodedata.category(odd) == "Zs":
        return "nbsp", " "
    return ("controls", "") if code < 0x80 or code >= 0xFFF9 else ("invisible", "")


def _say(done: MutableSequence[str], name: str) -> None:
    if name not in done:
        done.append(name)


def line(text: str, done: MutableSequence[str]) -> str:
    """A one-line field: repaired, white space squeezed, no line ends."""
    return " ".join(repair(text, done).split()) if text else ""


def lines(text: str, done: MutableSequence[str]) -> str:
    """A field that may have paragraphs (a note, terms, a caption): repaired, lines stripped, blank runs to one."""
    if not text:
        return ""
    out: list[str] = []
    for one in repair(text, done).split("\n"):
        bare = " ".join(one.split())
        if bare or (out and out[-1]):
            out.append(bare)
    return "\n".join(out).strip()
