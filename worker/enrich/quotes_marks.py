"""Quoted stretches by their marks: straight, English, German, French and East Asian ones."""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

_OPEN: Final[dict[str, str]] = {
    **{mark: re.escape(mark) for mark in ('"', "“", "”", "«", "»", "„", "「", "『", "‹", "›", "''", "``")},
    "‘": r"(?<![\w’'])‘(?=\w)",
}
_OPEN_ASCII: Final = tuple(mark for mark in _OPEN if mark.isascii())
_CLOSERS: Final[dict[str, str]] = {
    '"': '"”“', "“": '”"“', "”": '”"', "„": '“”"‟', "«": "»", "»": "«", "「": "」", "『": "』", "‹": "›", "›": "‹",
    "‘": "’", "''": "''", "``": "''",
}  # fmt: skip
_AFTER_CLOSE: Final = frozenset(".,;:!?)")  # follows a mark that closes
_CLOSES_TOO: Final = frozenset('"”“»')
_GAP_CHARS_MAX: Final = 8  # of white space between paragraphs
_APOSTROPHE: Final = re.compile(r"’(?!\w)")


class Quoted(NamedTuple):
    """`start` and `end` are those of the words, `first` and `last` those with the marks."""

    first: int
    start: int
    end: int
    last: int
    closed: bool


@functools.cache
def _opening(marks: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for mark, pattern in _OPEN.items() if mark in marks.split()) or r"(?!)")


def marks_in(text: str) -> str:
    """Which opening marks a text holds at all, for `quoted`; "" where nothing is quoted."""
    return " ".join([mark for mark in (_OPEN_ASCII if text.isascii() else _OPEN) if mark in text])


def quoted(text: str, start: int, end: int, marks: str) -> list[Quoted]:
    """The quoted stretches of one paragraph. One that is not closed reaches to its end, as in a quotation continued: it
    begins the paragraph, or another begins the next one.
    """
    out: list[Quoted] = []
    pattern = _opening(marks)
    at = start
    while True:
        opening = pattern.search(text, at, end)
        if opening is None:
            return out
        mark = opening[0]
        first, begin = opening.span()
        if (
            begin >= end
            or (text[begin].isspace() and mark not in "«»")
            or (mark in _CLOSES_TOO and text[begin] in _AFTER_CLOSE)
        ):
            at = begin
            continue
        close = _close(text, mark, begin, end)
        if close < 0:
            if mark == "‘":  # an apostrophe; none after it is closed either
                pattern = _opening(marks.replace("‘", ""))
                at = begin
                continue
            if first == start or text[end : end + _GAP_CHARS_MAX].lstrip()[: len(mark)] == mark:
                out.append(Quoted(first, begin, end, end, closed=False))
            return out
        at = close + len(mark)
        if close > begin:
            out.append(Quoted(first, begin, close, at, closed=True))


def _close(text: str, mark: str, begin: int, end: int) -> int:
    if mark == "‘":
        found = _APOSTROPHE.search(text, begin, end)
        return found.start() if found else -1
    if mark in ("''", "``"):
        return text.find("''", begin, end)
    first = -1
    for closer in _CLOSERS[mark]:
        at = text.find(closer, begin, end)
        if at >= 0:
            first = end = at
    return first


def masked(text: str, start: int, end: int, stretches: list[Quoted]) -> str:
    """The paragraph with the quoted words blotted out: same length, no sentence ends inside but a last one."""
    out: list[str] = []
    at = start
    for one in stretches:
        out.append(text[at : one.start])
        inside = text[one.start : one.end]
        keep = inside[-1] if inside and inside[-1] in ".!?,…" else ""
        out.append("q" * (len(inside) - len(keep)) + keep)
        at = one.end
    out.append(text[at:end])
    return "".join(out)
