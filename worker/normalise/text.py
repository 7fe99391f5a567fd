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
_PLAIN = bytes([9, 10, *range(32, 127)])
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_CP1252 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
# A letter of Â to ï and, next to it, the first byte of what mojibake has there: in UTF-8, as every such letter begins
# with one byte.
_SUSPECT = re.compile(rb"\xc3[\x82-\xaf][\xc2\xc5\xc6\xcb\xe2]")
# Characters that no normal form changes, alone or behind another: Latin letters, punctuation, currencies.
_COMPOSED = re.compile("[\x00-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2122]*")


def repair(text: str, done: MutableSequence[str], *, entities: bool = True) -> str:
    """`text` with odd spaces, controls, invisible marks, entities and mojibake mended; what was done goes to `done`.

    `entities` False leaves HTML entities alone (the text is HTML, whose parser reads them).
    """
    data = text.encode("utf-8", "surrogatepass")
    odd = odd_of(data)
    if (entities and "&" in text) or (odd and _GATE.search(odd)):
        text = _mended(text, done, entities=entities)
        data = text.encode("utf-8", "surrogatepass")
        odd = odd_of(data)
    if not odd:
        return text
    if _SUSPECT.search(data):
        text, mended = repair_mojibake(text)
        if mended:
            _say(done, "mojibake")
            odd = text
    if not _COMPOSED.fullmatch(odd) and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        _say(done, "nfc")
    return text


def odd_of(data: bytes) -> str:
    """The characters that are neither printable ASCII nor tab nor line feed: few, so that looking at them is cheap."""
    return data.translate(None, _PLAIN).decode("utf-8", "surrogatepass")


def _mended(text: str, done: MutableSequence[str], *, entities: bool) -> str:
    if entities and "&" in text:
        text = _without_entities(text, done)
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    odd = odd_of(text.encode("utf-8", "surrogatepass"))
    for one in sorted(set(_GATE.findall(odd))):
        name, instead = _kind(one)
        text = text.replace(one, instead)
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
    if not text:
        return ""
    if not text.isascii() or not text.isprintable() or "&" in text:
        text = repair(text, done)
    elif "  " not in text and text[0] != " " != text[-1]:
        return text
    return " ".join(text.split())


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


# White space that `str.split` knows and UTF-8 does not write as one byte.
OTHER_SPACE = re.compile("[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_WORDS = bytes(ord(" " if chr(code).isspace() and code < 128 else "x") for code in range(256))


def words(text: str) -> int:
    """`len(text.split())`, in half the time where the text is Latin."""
    data = text.encode("utf-8", "surrogatepass")
    foreign = len(data) - len(text)
    if foreign and (foreign * 8 > len(text) or OTHER_SPACE.search(odd_of(data))):
        return len(text.split())
    marked = data.translate(_WORDS)
    return marked.count(b"x ") + (marked[-1:] == b"x")
