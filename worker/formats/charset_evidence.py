"""Which 8-bit or multi-byte charset bytes are likely in, when they are neither UTF-8 nor declared.

Rule of the room: a rarer charset is only named on strong evidence (its script's commonest letters, in the shares
that running text has); otherwise the answer is "" and the caller takes windows-1252.
"""

from __future__ import annotations

import re
import string
from typing import NamedTuple

STRONG = 0.6  # share of the characters beyond ASCII that must belong to the charset's script

_HIGH = bytes(range(0x80, 0x100))


def windows_1252(data: bytes) -> str:
    """The five bytes that windows-1252 does not define stay C1 controls, which normalise drops."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(map(_WINDOWS_1252.__getitem__, data))


_WINDOWS_1252 = [bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256)]


def strictly(data: bytes, charset: str) -> str:
    """The text in that charset, or "" if the bytes are not so; one character cut off at the end is forgiven."""
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        if len(data) - error.start > 4 or error.start == 0:
            return ""
        return data[: error.start].decode(charset, "replace")
    except (LookupError, ValueError):  # a codec that is not a text encoding
        return ""


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


def likely_charset(sample: bytes) -> str:
    """A charset other than windows-1252, on strong evidence only: most letters are beyond ASCII, decode, and are
    the letters that running text of the language has most of.
    """
    high = len(sample) - len(sample.translate(None, _HIGH))
    if high < 8:
        return ""
    letters = high + len(sample) - len(sample.translate(None, _ASCII_LETTERS))
    if high < 0.25 * letters:
        return _central_european(sample)
    best, best_score = "", 0.0
    for candidate in _CANDIDATES:
        score = _score(sample, candidate)
        if score > best_score:
            best, best_score = candidate.charset, score
    return best


_ASCII_LETTERS = string.ascii_letters.encode()


def _score(sample: bytes, candidate: _Candidate) -> float:
    """0 = not this charset; else how much of what is beyond ASCII is common in its script."""
    text = strictly(sample, candidate.charset)
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
_SIGNS = "¹³¿¾¼º¶±£ªœžŸ"
_SIGN_BYTES = _SIGNS.encode("cp1252")
_WITHIN_WORD_SIGN = re.compile(f"[{_SIGNS}](?<=[a-zà-ÿ][{_SIGNS}])(?=[a-zà-ÿ])")  # the sign first: it is rare
_WORD_LETTER = re.compile("[ąćęłńóśźżčďěňřšťůžőűâăîșţ]")


def _central_european(sample: bytes) -> str:
    """windows-1250 or ISO-8859-2: read as windows-1252 they show signs such as ³ and ¹ inside words."""
    each = [sample.count(letter.encode("cp1252")) for letter in "øì"]
    czech = sum(each) if all(each) else 0
    if len(sample) - len(sample.translate(None, _SIGN_BYTES)) + czech < 3:
        return ""
    signs = len(_WITHIN_WORD_SIGN.findall(windows_1252(sample))) + czech
    if signs < 3:
        return ""
    scores = {name: len(_WORD_LETTER.findall(strictly(sample, name))) for name in ("cp1250", "iso8859-2")}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= signs else ""
