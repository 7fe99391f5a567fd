"""Captions that stand as paragraphs in a text: taken out, to live in their picture's association.

A caption is recognised by its credit together with a word about the picture, or by an unmistakable photo credit.
A story's own last paragraph with `(Yonhap)` behind it has neither.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from worker.normalise.agencies import agency_of
from worker.normalise.dates import MONTHS

CAPTION_CHARS_MAX = 900
WEAK_CHARS_MAX = 250  # of a paragraph that only `Photo: …` or `/Courtesy of …` at its end makes a caption

_CREDIT = re.compile(r"\s*\((?P<credit>[^()\n]{2,60})\)\s*\.?$")
_PHOTO_CREDIT = re.compile(
    r"\s*(?:\((?P<a>(?:AP Photo|AFP Photo|Photo|Photos?:|Reuters Photo|Pool Photo|Courtesy of|Provided by|EPA"
    r"|Getty Images)[^()\n]{0,80})\)"
    r"|(?P<b>REUTERS/[\w .'-]{2,60})(?:\s*\([^()]{2,80}\))?|/(?P<c>Courtesy of [^\n]{2,60})"
    r"|(?P<d>(?:Photo|Foto|PHOTO)\s?(?:by|:)\s[^.\n]{2,60}))\s*\.?$"
)
# Each such credit holds one of these.
_PHOTO_WORDS = ("Photo", "PHOTO", "Foto", "REUTERS/", "Courtesy of", "Provided by", "EPA", "Getty Images")
_LABEL = re.compile(r"(?:FILE PHOTO|FILE|Photo|PHOTO|Image|Picture|Foto|사진)\s?[:|–—-]\s?|\(?FILE\)?\s[-–—]\s")
_CUE = re.compile(
    r"(?:in|on|from) this (?:\w+ ){0,3}(?:photo|picture|image|handout|frame|screengrab)|file photo|file picture"
    r"|photo taken|"
    r"photo provided|photo released|undated photo|\((?:[LRC]|left|right|center|centre|top|bottom)\)|\bpictured\b"
    r"|photo shows|image shows|자료사진|사진",
    re.IGNORECASE,
)
_LINK = re.compile(r"\(?(?:Photo|Logo|Image|Picture)(?:\s\d{1,2})?\s?(?:-|:|–)\s?(?P<url>https?://\S+?)\)?$")
_TAKEN = re.compile(
    r"(?P<mon>[A-Z][a-z]{2,8})\.?\s(?P<d>\d{1,2}),\s(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s(?P<mon2>[A-Z][a-z]{2,8})\.?\s(?P<y2>\d{4})"
)


class Caption(NamedTuple):
    """`taken` ISO date when the caption states when the picture was taken."""

    text: str
    credit: str = ""
    url: str = ""
    taken: str = ""


def caption(text: str) -> Caption | None:
    """The caption that this paragraph is, or None."""
    if len(text) > CAPTION_CHARS_MAX or (text[-1:] not in ")./" and not text[-1:].isalnum()):
        return None
    link = _LINK.match(text)
    if link:
        return Caption("", "", link["url"])
    photo = _PHOTO_CREDIT.search(text) if any(word in text for word in _PHOTO_WORDS) else None
    if photo and (photo["d"] or photo["c"]) and len(text) > WEAK_CHARS_MAX:
        photo = None  # a credit glued to the end of a paragraph
    if photo and (photo.start() > 20 or _LABEL.match(text)):
        credit = next(c for c in photo.groups() if c)
        return _made(text[: photo.start()], credit)
    label = _LABEL.match(text)
    credit_match = _CREDIT.match(text, len(text[: text.rfind("(")].rstrip())) if "(" in text else None
    if credit_match and _is_credit(credit_match["credit"]) and (label or _CUE.search(text)):
        return _made(text[: credit_match.start()], credit_match["credit"])
    if label and _CUE.search(text):
        return _made(text, "")
    return None


def _is_credit(words: str) -> bool:
    if agency_of(words):
        return True
    return len(words) <= 40 and words[:1].isupper() and not words.isdigit() and len(words.split()) <= 6


def _made(text: str, credit: str) -> Caption:
    text = _LABEL.sub("", text.strip(), count=1).strip().rstrip("( ")
    return Caption(text, credit.strip(" ./:)"), "", _taken(text))


def _taken(text: str) -> str:
    """The last full date of a caption; captions state when the picture was taken, stories do not."""
    found = ""
    for match in _TAKEN.finditer(text):
        month = MONTHS.get((match["mon"] or match["mon2"]).casefold())
        day = int(match["d"] or match["d2"])
        if month and 1 <= day <= 31:
            found = f"{match['y'] or match['y2']}-{month:02d}-{day:02d}"
    return found
