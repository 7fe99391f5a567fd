"""People killed, injured and missing, as counted in English text.

Patterns of casualties are costly to try at every word, so they are tried only near words of harm, and there only at the
words with which they can begin.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from worker.enrich.amounts_words import CASUALTY, NUMBER_WORDS, PEOPLE
from worker.story import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.enrich.anchors import Anchors

_COUNT: Final = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{'|'.join(NUMBER_WORDS)})"
_VERBS: Final = (
    "killed|killing|kills|injured|injuring|injures|wounded|wounding|leaving|left|claimed|shot dead|shooting dead"
    "|gunned down"
)
_WHO: Final = "others|more|dead|injured|wounded|missing|lives"
_WAS: Final = r"(?:were|was|are|have been|had been|has been|have|had|lay|being|be)"
_CASUALTIES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_COUNT}(?: [\w-]+){{0,2}}? (?:{PEOPLE})\b(?: (?!and |but |or )[\w,-]+){{0,4}}? (?P<verb>{CASUALTY})\b",
        rf"\b{_COUNT}(?: (?:others|more|{_WAS}))?(?: {_WAS})? (?P<verb>{CASUALTY})\b",
        (
            rf"\b(?P<verb>{_VERBS})(?: [\w-]+){{0,2}}? {_COUNT}"
            rf"(?: (?:{PEOPLE}|{_WHO})\b| (?:[\w-]+ ){{1,2}}(?:{PEOPLE})\b)"
        ),
        rf"\b(?P<verb>death toll)(?: [\w-]+){{1,6}}? {_COUNT}\b(?! ?%)",
    )
)
_FORMS: Final = {
    **dict.fromkeys(("kill", "dead", "died", "dies", "deat", "clai", "slai", "mass", "shot", "shoo", "gunn"), "killed"),
    **dict.fromkeys(("inju", "woun", "hurt"), "injured"),
    "miss": "missing",
}
"""The first four letters of a word of harm, and the unit it stands for."""
_HARM: Final = re.compile(r"dead|inju|woun|miss", re.IGNORECASE)
_COUNT_BEGINS: Final = frozenset(word.encode() for word in NUMBER_WORDS)
_VERB_BEGINS: Final = frozenset(verb.split()[0].encode() for verb in _VERBS.split("|"))
_TOLL_BEGINS: Final = frozenset([b"death"])


def casualties(text: str, places: Anchors) -> list[Amount]:
    """Counts of people beside words of harm."""
    out: dict[int, Amount] = {}
    for match in _matches(text, places):
        unit = _harm(match)
        value = _count(match["n"].lower())
        if _NOT_COUNTED.search(text[max(0, match.start("n") - 3) : match.end("n") + 3]):
            continue
        if unit and value and not 1900 <= value <= 2100:
            at = match.start("n")
            amount = Amount(
                kind="casualties", value=value, unit=unit, text=match.group(), start=match.start(), end=match.end()
            )
            out.setdefault(at, amount)
    return list(out.values())


def _matches(text: str, places: Anchors) -> Iterator[re.Match[str]]:
    """The matches of each pattern in each window, as `finditer` would give them."""
    for start, end in _windows(places.harm):
        counts, verbs, tolls = _begins(places, start, end)
        if counts:
            for pattern, begins in zip(_CASUALTIES, (counts, counts, verbs, tolls), strict=True):
                past = start
                for begin in begins:
                    match = pattern.match(text, begin, end) if begin >= past else None
                    if match:
                        yield match
                        past = match.end()


def _begins(places: Anchors, start: int, end: int) -> tuple[list[int], list[int], list[int]]:
    """Where in a window the patterns can begin: with a count, with a verb, with "death toll"."""
    numbers = places.numbers
    counts, verbs, tolls = numbers[bisect_left(numbers, start) : bisect_left(numbers, end)], [], []
    at = start
    for word in places.words[start:end].lower().split(b" "):
        if word in _COUNT_BEGINS:
            counts.append(at)
        elif word in _VERB_BEGINS:
            verbs.append(at)
        elif word in _TOLL_BEGINS:
            tolls.append(at)
        at += len(word) + 1
    counts.sort()
    return counts, verbs, tolls


def _harm(match: re.Match[str]) -> str:
    """The unit; of "leaving 3 injured" what they were left as, "" for what was left otherwise."""
    verb = match["verb"].lower()
    if verb in ("left", "leaving"):
        left_as = _HARM.search(match.group())
        return _FORMS[left_as.group().lower()] if left_as else ""
    return _FORMS[verb[:4]]


_NOT_COUNTED: Final = re.compile(r"[Nn]o one|\bone of$")  # "no one was hurt", "one of the soldiers"
_WINDOW: Final = 70


def _windows(places: list[int]) -> list[tuple[int, int]]:
    """Stretches around the words of death and injury, merged."""
    merged: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place - _WINDOW), place + _WINDOW
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _count(text: str) -> float:
    return float(NUMBER_WORDS[text]) if text in NUMBER_WORDS else float(text.replace(",", ""))
