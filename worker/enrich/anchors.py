"""Where the extractors of dates, amounts and contacts begin to look: found once a story for all of them."""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

from worker.enrich.amounts_words import HARM_STEMS
from worker.enrich.dates_patterns import stems
from worker.enrich.dates_tables import WORDS
from worker.enrich.needles import Needles, codes, number_starts
from worker.enrich.together import Remembered

CALLED_STEMS: Final = ("hone", "el.", "el:", "Tel", "Fax", "fax", "ewsroom")  # of what stands before a telephone number
LINK_STEMS: Final = ("://", "www.", "WWW.", "Www.")


class Anchors(NamedTuple):
    """Offsets in a text, ascending, and its words."""

    numbers: list[int]  # of the first digit of each number
    dates: list[int]  # of the stems of which every date with a word in it holds one
    harm: list[int]  # of words of death and injury, English only
    called: list[int]  # of words before a telephone number
    links: list[int]  # of signs of a web address
    words: bytes  # the text in Latin-1, blanks for all that belongs to no word


_last: Final[Remembered[Anchors]] = Remembered()


def anchors(text: str, language: str) -> Anchors:
    """The anchors in a text; those of the last texts are remembered."""
    return _last.get(text, language) or _last.make(text, language, lambda: _find(text, language))


def _find(text: str, language: str) -> Anchors:
    coded = codes(text)
    dates, harm, called, links = _needles(language).find(text, coded)
    return Anchors(number_starts(coded), dates, harm, called, links, coded.translate(_WORDS))


_WORDS: Final = bytes(code if re.match(r"\w", chr(code)) else 32 for code in range(256))


@functools.cache
def _needles(language: str) -> Needles:
    return Needles(
        stems(language) if language in WORDS else (),
        HARM_STEMS if language == "en" else (),
        CALLED_STEMS,
        LINK_STEMS,
    )
