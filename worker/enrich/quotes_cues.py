"""Verbs of attribution in a text: the places from which `quotes_find.py` looks for a source and a content."""

from __future__ import annotations

from typing import Final, NamedTuple

from worker.enrich.quotes_words import SAY, WEAK


class Cue(NamedTuple):
    """A verb of attribution, or "according to": offsets in the text it was looked for in."""

    start: int
    end: int
    word: str
    weak: bool  # counts only where something is quoted


FORMS: Final = {
    form + tail: form for form in (*SAY, "According", "according") for tail in ("", ",", ".", ":", ";", "?", "!")
}


def cues(text: str, tokens: list[str]) -> list[Cue]:
    """The cues of a text in order; `tokens` are its words between blanks. Quicker than a pattern of all forms."""
    out: list[Cue] = []
    at = 0
    for n in [n for n, token in enumerate(tokens) if token in FORMS]:
        token, form = tokens[n], FORMS[tokens[n]]
        at = text.find(token, at)
        while at > 0 and not text[at - 1].isspace():
            at = text.find(token, at + 1)
        if at < 0:
            return out
        if form not in ("According", "according"):
            weak = form in WEAK and "that" not in tokens[n + 1 : n + 5]
            out.append(Cue(at, at + len(form), form, weak))
        elif tokens[n + 1 : n + 2] == ["to"]:
            out.append(Cue(at, text.find("to", at + len(form)) + 2, "according to", weak=False))
        at += len(token)
    return out
