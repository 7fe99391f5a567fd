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

from worker.story import DeadCode, Rejected

SAMPLE_BYTES = 65_536  # evidence is taken from so many bytes
CONTROL_SHARE_MAX = 0.03  # of controls that no wire uses; random bytes have twice as many
STRONG = 0.6  # share of characters that must be common ones before a rarer charset is believed
REPAIR_CHUNK_CHARS = 4_096  # mojibake is repaired in pieces of about so many characters
REPAIR_CHARS_MAX = 300_000  # and no more than so many in all: garbage costs 3 µs a character

_HIGH = bytes(range(0x80, 0x100))
_CONTROLS = b"\0\x05\x06\x07\x0b\x0e\x0f\x15\x17\x18\x19\x1a\x1b\x1c\x1d"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"[ÂÃÅÄÐÑÎÏØÙ][{_CONTINUATION}]|[âãäåæçèéêëìíï][{_CONTINUATION}][{_CONTINUATION}]|â€")


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
    done = [f"charset:{charset}"] if charset not in ("utf-8", "ascii") else []
    if "\0" in text:
        text = text.replace("\0", "")
        done.append("nul-removed")
    repaired = repair(text)
    if repaired != text:
        done.append("mojibake")
    return Decoded(repaired, tuple(done))


def repair(text: str) -> str:
    """The text with mojibake undone; the same object when there is none (a cheap look decides)."""
    if text.isascii() or not _MOJIBAKE.search(text):
        return text
    out, left = _pieces(text), REPAIR_CHARS_MAX
    for n, piece in enumerate(out):
        if left > 0 and _MOJIBAKE.search(piece):
            out[n] = ftfy.fix_encoding(piece)
            left -= len(piece)
    return "".join(out)


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
        text = _strictly(data, named)
        if text:
            return text, named
    sample = data[:SAMPLE_BYTES]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > CONTROL_SHARE_MAX * len(sample):
        raise Rejected(DeadCode.ENCODING, f"no charset makes text of bytes that start with {data[:24]!r}")
    likely = "" if named else _by_evidence(sample)
    text = _strictly(data, likely) if likely else ""
    return (text, likely) if text else (_windows_1252(data), "windows-1252")


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
    return _windows_1252(error.object[error.start : error.end]), error.end


codecs.register_error(_BAD_UTF8, _as_windows_1252)  # pure: a name for a function


def _mostly_utf8(data: bytes) -> tuple[str, str] | None:
    """UTF-8 with encoded surrogates, or with a few bytes of windows-1252 among many sequences that hold."""
    if b"\xed" in data:
        text = _surrogates_only(data)
        if text:
            return text, "utf-8-surrogates"
    sample = data[:SAMPLE_BYTES]
    good = len(_UTF8_SEQUENCE.findall(sample))
    high = len(sample) - len(sample.translate(None, _HIGH))
    bad = high - sum(map(len, _UTF8_SEQUENCE.findall(sample)))
    if not good or bad > good / 4:
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


def _windows_1252(data: bytes) -> str:
    """The five bytes that windows-1252 does not define stay C1 controls, which normalise drops."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(map(_WINDOWS_1252.__getitem__, data))


_WINDOWS_1252 = [bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256)]


def _strictly(data: bytes, charset: str) -> str:
    """The text in that charset, or "" if the bytes are not so; one character cut off at the end is forgiven."""
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        if len(data) - error.start > 4 or error.start == 0:
            return ""
        return data[: error.start].decode(charset, "replace")
    except (LookupError, ValueError):  # a codec that is not a text encoding
        return ""


def _in_band(data: bytes) -> str:
    found = _DECLARED.search(data[:2048])
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


class _Candidate(NamedTuple):
    charset: str
    script: re.Pattern[str]  # the characters that the charset is there for
    common: frozenset[str]  # the most frequent of them
    common_share: float  # what running text has at least


_CYRILLIC = re.compile("[а-яёіїєўґ]", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_RUSSIAN = frozenset("оеаинтсрвлкмдпуыя")
_CHINESE = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小"
    "么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
)
_TRADITIONAL = (
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可里後小"
    "麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長"
)
_CANDIDATES = (
    _Candidate("cp1251", _CYRILLIC, _RUSSIAN, 0.55),
    _Candidate("koi8-r", _CYRILLIC, _RUSSIAN, 0.55),
    _Candidate("iso8859-5", _CYRILLIC, _RUSSIAN, 0.55),
    _Candidate("cp1256", re.compile("[\u0621-\u06d3]"), frozenset("اليمنوترهبدسفعحقك"), 0.6),
    _Candidate("cp1253", re.compile("[ά-ώΆ-Ώ]"), frozenset("αοιετνσρηπςκλμυά"), 0.55),
    _Candidate("cp1255", re.compile("[א-ת]"), frozenset("יוהלאתרמבשנדע"), 0.6),
    _Candidate(
        "cp949",
        re.compile("[가-힣]"),
        frozenset("이의다을에는가하고한지로기사도대인정자를은시서아해나으부일전리"),
        0.25,
    ),
    _Candidate("cp932", re.compile("[ぁ-んァ-ヶー]"), frozenset("のにはをたがでてとしれさいるなかっスンルトリ"), 0.35),
    _Candidate("euc_jp", re.compile("[ぁ-んァ-ヶー]"), frozenset("のにはをたがでてとしれさいるなかっスンルトリ"), 0.35),
    _Candidate("gb18030", _HAN, frozenset(_CHINESE), 0.2),
    _Candidate("big5", _HAN, frozenset(_TRADITIONAL), 0.2),
)
_CAPITAL_INSIDE = re.compile("[а-яё][А-ЯЁ]")


def _cyrillic_case(text: str, letters: list[str]) -> bool:
    """KOI8-R and windows-1251 differ in the case of nearly every letter; Hebrew reads as capitals of KOI8-R."""
    small = sum(map(str.islower, letters))
    return len(_CAPITAL_INSIDE.findall(text)) <= 0.02 * len(letters) and small > 0.5 * len(letters)


def _by_evidence(sample: bytes) -> str:
    """A charset other than windows-1252, on strong evidence only: most letters are beyond ASCII, decode, and are
    the letters that running text of the language has most of.
    """
    high = len(sample) - len(sample.translate(None, _HIGH))
    letters = high + len(_ASCII_LETTERS.findall(sample))
    if high < 8:
        return ""
    if high < 0.25 * letters:
        return _central_european(sample)
    best, best_score = "", 0.0
    for candidate in _CANDIDATES:
        score = _score(sample, candidate)
        if score > best_score:
            best, best_score = candidate.charset, score
    return best


_ASCII_LETTERS = re.compile(rb"[A-Za-z]")


def _score(sample: bytes, candidate: _Candidate) -> float:
    """0 = not this charset; else how much of what is beyond ASCII is common in its script."""
    text = _strictly(sample, candidate.charset)
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    if not beyond:
        return 0.0
    of_script = candidate.script.findall(text)
    japanese = candidate.charset in ("cp932", "euc_jp")
    if len(of_script) < (0.3 if japanese else STRONG) * beyond:
        return 0.0
    if candidate.script is _CYRILLIC and not _cyrillic_case(text, of_script):
        return 0.0
    common = sum(map(candidate.common.__contains__, map(str.lower, of_script))) / len(of_script)
    return common / candidate.common_share if common >= candidate.common_share else 0.0


# Signs inside words, and ø beside ì before a letter: no language of western Europe writes either.
_WITHIN_WORD_SIGN = re.compile(r"(?<=[a-zà-ÿ])[¹³¿¾¼º¶±£ªœžŸ](?=[a-zà-ÿ])")
_CZECH = re.compile("[øì]")
_WORD_LETTER = re.compile("[ąćęłńóśźżčďěňřšťůžőűâăîșţ]")


def _central_european(sample: bytes) -> str:
    """windows-1250 or ISO-8859-2: read as windows-1252 they show signs such as ³ and ¹ inside words."""
    text = _windows_1252(sample)
    czech = _CZECH.findall(text)
    signs = len(_WITHIN_WORD_SIGN.findall(text)) + (len(czech) if len(set(czech)) > 1 else 0)
    if signs < 3:
        return ""
    scores = {name: len(_WORD_LETTER.findall(_strictly(sample, name))) for name in ("cp1250", "iso8859-2")}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= signs else ""
