"""Bytes to characters, by evidence: what the bytes can be first, what is declared second, what is likely third.

Rule of the room: any bytes give text, or `Rejected(ENCODING)` when they are no text in any charset known here.
All steps look at the bytes a fixed number of times, so the cost is linear in their number.

The order: byte-order mark, UTF-8 (strict), UTF-16 without a mark, UTF-8 with a few stray bytes, the declared
charset, a multi-byte or non-Latin charset on strong evidence, windows-1252 (a superset of printable ISO-8859-1).
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import ftfy

from worker.formats.charset_evidence import likely_charset, strictly, windows_1252
from worker.story import DeadCode, Rejected

SAMPLE_BYTES = 65_536  # evidence is taken from so many bytes
CONTROL_SHARE_MAX = 0.03  # of controls that no wire uses; random bytes have twice as many
REPAIR_CHUNK_CHARS = 4_096  # mojibake is repaired in pieces of about so many characters
REPAIR_CHARS_MAX = 300_000  # and no more than so many in all: garbage costs 3 µs a character

_ASCII_AS_SPACE = b" " * 0x80 + bytes(range(0x80, 0x100))
_CONTROLS = b"\0\x05\x06\x07\x0b\x0e\x0f\x15\x17\x18\x19\x1a\x1b\x1c\x1d"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BOM_STARTS = frozenset(mark[:1] for mark, _ in _BOMS)
# What a page or an XML document says of itself; a mail says it in its header, which its reader passes on.
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
# Names under which windows-1252 travels: the C1 range of ISO-8859-1 is never meant in news.
_AS_WINDOWS_1252 = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
_SURROGATES = re.compile("[\ud800-\udfff]")
_BAD_UTF8 = "charset.stray"

# UTF-8 that was read as an 8-bit charset: a lead byte's character and then a continuation byte's.
_LEADS = "ÂÃÅÄÐÑÎÏØÙâãäåæçèéêëìíï"
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"[ÂÃÅÄÐÑÎÏØÙ][{_CONTINUATION}]|[âãäåæçèéêëìíï][{_CONTINUATION}][{_CONTINUATION}]|â€")
# The same in UTF-8, a little wider: every lead's first byte is C3, and few begin the characters behind it.
_SUSPECT = re.compile(rb"\xc3.[\xc2\xc5\xc6\xcb\xe2]", re.DOTALL)


class Decoded(NamedTuple):
    """`transformations`: `charset:<name>` unless it was plain UTF-8, `nul-removed`, `surrogates`, `mojibake`."""

    text: str
    transformations: tuple[str, ...]


def decode(data: bytes, declared: str = "") -> Decoded:
    """The bytes as text, without byte-order mark, NULs and lone surrogates, mojibake repaired.

    Args:
        data: any bytes.
        declared: charset named by a header; "" = none. Only asked when the bytes are not UTF-8.

    Raises:
        Rejected: ENCODING when no charset makes text of the bytes.
    """
    text, charset = _characters(data, declared)
    if charset == "utf-8" and b"\0" not in data and (b"\xc3" not in data or not _SUSPECT.search(data)):
        return Decoded(text, ())
    done = [f"charset:{charset}"] if charset not in ("utf-8", "ascii") else []
    if "\0" in text:
        text = text.replace("\0", "")
        done.append("nul-removed")
    text, mended = repair_mojibake(text)
    if mended:
        done.append("mojibake")
    return Decoded(text, tuple(done))


def repair_mojibake(text: str) -> tuple[str, bool]:
    """(the text with mojibake undone, whether there was any). A cheap look decides; clean text stays the same."""
    if text.isascii() or not any(lead in text for lead in _LEADS) or not _MOJIBAKE.search(text):
        return text, False
    out, left = _pieces(text), REPAIR_CHARS_MAX
    for n, piece in enumerate(out):
        if left > 0 and _MOJIBAKE.search(piece):
            out[n] = ftfy.fix_encoding(piece)
            left -= len(piece)
    repaired = "".join(out)
    return repaired, repaired != text


def _pieces(text: str) -> list[str]:
    """Lines, cut at spaces where they are long, so that one repair never sees much text."""
    out: list[str] = []
    for line in text.splitlines(keepends=True):
        start = 0
        while len(line) - start > REPAIR_CHUNK_CHARS:
            cut = line.find(" ", start + REPAIR_CHUNK_CHARS // 2, start + REPAIR_CHUNK_CHARS)
            end = cut + 1 if cut >= 0 else start + REPAIR_CHUNK_CHARS
            out.append(line[start:end])
            start = end
        out.append(line[start:])
    return out


def _characters(data: bytes, declared: str) -> tuple[str, str]:
    """(text, charset)."""
    if data[:1] in _BOM_STARTS:
        for mark, charset in _BOMS:
            if data.startswith(mark):
                return _tolerant(data[len(mark) :], charset), charset
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wide = _wide(data) if "\0" in text[:SAMPLE_BYTES] else ""
        return (_tolerant(data, wide), wide) if wide else (text, "utf-8")
    wide = _wide(data)
    if wide:
        return _tolerant(data, wide), wide
    mixed = _mostly_utf8(data)
    if mixed:
        return mixed
    named = _lookup(declared) or _lookup(_in_band(data))
    if named and named not in _AS_WINDOWS_1252:
        text = strictly(data, named)
        if text:
            return text, named
    sample = data[:SAMPLE_BYTES]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > CONTROL_SHARE_MAX * len(sample):
        raise Rejected(DeadCode.ENCODING, f"no charset makes text of bytes that start with {data[:24]!r}")
    likely = "" if named else likely_charset(sample)
    text = strictly(data, likely) if likely else ""
    return (text, likely) if text else (windows_1252(data), "windows-1252")


def _tolerant(data: bytes, charset: str) -> str:
    """Cut-off or broken sequences become U+FFFD; surrogate pairs that were encoded one by one are joined."""
    if charset == "utf-8" and b"\xed" in data:
        return _without_surrogates(data)
    return data.decode(charset, "replace")


def _without_surrogates(data: bytes) -> str:
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _SURROGATES.sub("\ufffd", joined)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte is mostly NUL, as in any Latin text."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2 or b"\0" not in sample:
        return ""
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else ""


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Error handler: the bytes that are not UTF-8 are windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return windows_1252(error.object[error.start : error.end]), error.end


codecs.register_error(_BAD_UTF8, _as_windows_1252)  # pure: a name for a function


def _mostly_utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8 with encoded surrogates, or with a few bytes of windows-1252 among many sequences that hold."""
    if b"\xed" in data:
        text = _surrogates_only(data)
        if text:
            return text, "utf-8-surrogates"
    runs = data[:SAMPLE_BYTES].translate(_ASCII_AS_SPACE).split()
    sequences = _UTF8_SEQUENCE.findall(b" ".join(runs))
    bad = sum(map(len, runs)) - sum(map(len, sequences))
    if not sequences or bad > len(sequences) / 4:
        return None
    return data.decode("utf-8", _BAD_UTF8), "utf-8-mixed"


_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)


def _surrogates_only(data: bytes) -> str:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""
    return _without_surrogates(data)


def _in_band(data: bytes) -> str:
    start = data[:2048]
    found = _DECLARED.search(start) if b"<" in start else None
    return (found[1] or found[2]).decode("ascii") if found else ""


def _lookup(name: str) -> str:
    """Python's name for a declared charset, "" if it is none, not one for text, or one that the bytes just failed."""
    if not name or "\0" in name:
        return ""
    try:
        codec = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return ""
    plain = getattr(codec, "_is_text_encoding", True)
    return _WIDER.get(codec.name, codec.name) if plain and not codec.name.startswith("utf") else ""


# Declared names under which the vendors' supersets travel.
_WIDER = {"shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
