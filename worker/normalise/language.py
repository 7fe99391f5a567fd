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
# ISO 639-1: senders put countries (`gb`, `jp`) where a language is asked for, and then the text itself is the better
# witness.
_TWO = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu "
    "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn "
    "so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za "
    "zh zu".split()
)
_FORMER = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}
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
    first = _FORMER.get(first, first)
    if len(first) == 2 and first not in _TWO:
        return ""
    return "-".join([first, *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    if len(part) == 2 and part.isalpha():
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()
