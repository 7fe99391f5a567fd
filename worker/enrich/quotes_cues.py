"""Verbs of attribution in a text: the places from which `quotes_find.py` looks for a source and a content."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from worker.enrich.quotes_words import FORMS, WEAK
from worker.enrich.words import COUNTED_WORDS, CUE

if TYPE_CHECKING:
    from worker.enrich.words import Tally


_ACCORDING = ("According", "according")


class Cue(NamedTuple):
    """A verb of attribution, or "according to": offsets in the text it was looked for in."""

    start: int
    end: int
    word: str
    weak: bool  # counts only where something is quoted


def cues(text: str, counted: Tally) -> list[tuple[int, int, str, bool]]:
    """The fields of a text's cues in order, by its words between blanks. Quicker than a pattern of all forms."""
    out: list[tuple[int, int, str, bool]] = []
    at = 0
    tokens = counted.tokens
    places: list[int] = (counted.codes & CUE).nonzero()[0].tolist()
    if len(tokens) > COUNTED_WORDS:
        later = compress(range(COUNTED_WORDS, len(tokens)), map(FORMS.__contains__, tokens[COUNTED_WORDS:]))
        places += later
    for n in places:
        token = tokens[n]
        at = text.find(token, at)
        while at > 0 and not text[at - 1].isspace():
            at = text.find(token, at + 1)
        if at < 0:
            return out
        form = FORMS[token]
        if form in WEAK:
            out.append((at, at + len(form), form, "that" not in tokens[n + 1 : n + 5]))
        elif form not in _ACCORDING:
            out.append((at, at + len(form), form, False))
        elif tokens[n + 1 : n + 2] == ["to"]:
            out.append((at, text.find("to", at + len(form)) + 2, "according to", False))
        at += len(token)
    return out
