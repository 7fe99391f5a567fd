"""A text as words, the same on every wire: case, width, punctuation and vowel marks do not count.

Scripts that put spaces between words give words, with combining marks kept inside (Hindi, Bengali, Tamil fall
apart without); Arabic and Hebrew vowel marks and the tatweel are dropped, as wires set them or not at will.
Scripts without spaces (Han, kana, Thai, Lao, Khmer, Burmese, Tibetan) give one token a character.
"""

from __future__ import annotations

import re
import unicodedata

HAN_KANA = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SOUTH_EAST = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
_UNSPACED = HAN_KANA + SOUTH_EAST
_DROPPED = re.compile("[\u064b-\u065f\u0670\u0640\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u200c-\u200f\u00ad]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})


def _combining_marks() -> str:
    """All characters of category M as ranges for a character class."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1F000):
        if unicodedata.category(chr(code)).startswith("M"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_MARKS = _combining_marks()
_LETTER = rf"(?![{_UNSPACED}])[^\W_]"
_INSIDE = rf"(?:{_LETTER}|(?![{_UNSPACED}])[{_MARKS}])"
_WORD = re.compile(rf"[{_UNSPACED}]|{_LETTER}{_INSIDE}*(?:['.,/-]{_INSIDE}+)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:['.,/-][a-z0-9]+)*")
_IS_HAN_KANA = re.compile(f"[{HAN_KANA}]")
_IS_SOUTH_EAST = re.compile(f"[{SOUTH_EAST}]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")


def folded(text: str) -> str:
    """The text with case, width and typography folded away."""
    if text.isascii():
        return text.lower()
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold())


def words(text: str) -> list[str]:
    """The tokens of a text, in order. Linear in its length."""
    fold = folded(text)
    return _ASCII_WORD.findall(fold) if fold.isascii() else _WORD.findall(fold)


def is_han_kana(word: str) -> bool:
    return len(word) == 1 and _IS_HAN_KANA.match(word) is not None


def is_south_east(word: str) -> bool:
    return len(word) == 1 and _IS_SOUTH_EAST.match(word) is not None


_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


def number_of(word: str) -> str:
    """The word as a number in its plainest writing ("1,250" -> "1250", "seven" -> "7"); "" if it holds no digit."""
    spelt = _NUMBER_WORDS.get(word)
    if spelt is not None:
        return spelt
    if not any(map(str.isdigit, word)):
        return ""
    plain = word if word.isascii() else "".join(str(unicodedata.digit(c, c)) for c in word)
    return _GROUPED.sub(lambda grouped: grouped.group().replace(",", ""), plain)
