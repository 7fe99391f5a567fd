"""Where a date may begin, and the families of patterns that may match there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.enrich.anchors import Anchors
    from worker.enrich.dates_patterns import Family, Patterns

REACH: Final = 24  # characters from a date's beginning to its first stem: "a principios de", "vor mehr als zwei"
NUMERAL_REACH: Final = 32  # … from a date that begins with a digit: "25., 26. und 27. August"
_APART: Final = re.compile(r"(?<![\w\-/])(?<!\d[.,])")  # no part of a longer word or of a number
_NUMERAL: Final = re.compile(r"(?<![\w\-/])(?<!\d[.,])\d")
_BARE_NUMERAL: Final = re.compile(r"(?<![\w\-/])(?<!\d[.,])(?:\d\d?[./]\d|(?:1[5-9]|20)\d\d(?!\d))")


def candidates(text: str, known: Patterns, places: Anchors) -> list[tuple[int, tuple[Family, ...]]]:
    """(where a date may begin, the families to try there), ascending."""
    found = _words(text, known, places)
    stems = iter((*places.dates, len(text) + NUMERAL_REACH + 1))
    stem = next(stems)
    for start in places.numbers:
        while stem < start:
            stem = next(stems)
        if stem - start > NUMERAL_REACH:
            if _BARE_NUMERAL.match(text, start):
                found.append((start, known.bare_numerals))
        elif _NUMERAL.match(text, start):
            found.append((start, known.numerals))
        if text[start - 1 : start] == "Q" and _APART.match(text, start - 1):
            found.append((start - 1, known.families.get(places.words[start - 1 : start + 1], ())))
    found.sort(key=_first)
    return found


def _first(candidate: tuple[int, tuple[Family, ...]]) -> int:
    return candidate[0]


def _words(text: str, known: Patterns, places: Anchors) -> list[tuple[int, tuple[Family, ...]]]:
    """The words that can begin a date: those that hold a stem, and those within reach before it."""
    found = []
    words, families, openers = places.words, known.families, known.openers
    done = 0
    for stem in places.dates:
        at = max(done, stem - REACH)
        before = words[at:stem].split(b" ")
        own = before.pop()
        if not openers.isdisjoint(before):
            for word in before:
                if word in openers and (text[at - 1] == " " or _APART.match(text, at)):
                    found.append((at, families[word]))
                at += len(word) + 1
        at = stem - len(own)
        begun = families.get(own + words[stem : stem + REACH].split(b" ", 1)[0])
        if begun and (text[at - 1] == " " or _APART.match(text, at)):
            found.append((at, begun))
        done = stem + 1
    return found
