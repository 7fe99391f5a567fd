"""Languages as BCP 47 tags."""

from __future__ import annotations

import re

_THREE = {
    "deu": "de", "ger": "de", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "nld": "nl", "dut": "nl",
    "por": "pt", "rus": "ru", "kor": "ko", "jpn": "ja", "zho": "zh", "chi": "zh", "ara": "ar", "swe": "sv", "nor": "no",
    "dan": "da", "fin": "fi", "pol": "pl", "ces": "cs", "cze": "cs", "tur": "tr", "ell": "el", "gre": "el", "heb": "he",
}  # fmt: skip
_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es",
    "dutch": "nl", "nederlands": "nl", "italian": "it", "portuguese": "pt", "swedish": "sv", "norwegian": "no",
    "danish": "da",
    "finnish": "fi", "arabic": "ar", "chinese": "zh", "japanese": "ja", "korean": "ko", "russian": "ru",
}  # fmt: skip
_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8}){0,4}$")


def tag(given: str) -> str:
    """The BCP 47 tag for a language as given (`FR`, `en_US`, `ger`, `English`), or "" when it is none."""
    text = given.strip().replace("_", "-")
    named = _NAMES.get(text.casefold())
    if named:
        return named
    if not _TAG.match(text) or text.casefold() in ("xx", "und", "zxx", "mul"):
        return ""
    first, *rest = text.split("-")
    first = _THREE.get(first.lower(), first.lower())
    return "-".join([first, *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    if len(part) == 2 and part.isalpha():
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()
