"""Quotes: what was said, by whom, with the span of the words said.

English is read by its sentences (`quotes_find.py`): direct quotations, indirect speech, and the words quoted within
it (partial). Other languages are read by their quotation marks and the verb beside them. A speaker is a name of the
document (`quotes_speakers.py`), or absent where the text leaves it open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.enrich.quotes_find import attributions
from worker.enrich.quotes_marks import Quoted, marks_in, quoted
from worker.enrich.quotes_speakers import CONTINUED, Speakers
from worker.enrich.quotes_speakers import Speaker as Said
from worker.enrich.quotes_words import VERBS_OTHER
from worker.story import Quote, Speaker

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found
    from worker.enrich.quotes_content import Attribution
    from worker.enrich.quotes_source import Span

QUOTES_MAX: Final = 200  # of one story
DIRECT_WORDS_MIN: Final = 4  # fewer quoted words are a part of a sentence of the writer
_INDIRECT, _UNNAMED = 0.75, 0.5  # confidence in the words, without a speaker
_SENTENCE_END: Final = ".!?,…"


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.quotes`, in the order of the text."""
    if found.language == "en":
        found.quotes = _english(doc, found)
        found.applied["quotes"] = "rules-en"
    else:
        found.quotes = _by_marks(doc, found.language[:2])
        found.applied["quotes"] = "marks"


def _english(doc: Doc, found: Found) -> list[Quote]:
    body = doc.body
    resolve = Speakers(body, found.names).resolve
    out: list[Quote] = []
    before: tuple[Attribution, Said | None] | None = None
    for one in attributions(body, doc.paragraphs, doc.headline):
        said = resolve(one.source) if one.source else _continued(body, one, before)
        _add_quotes(out, body, one, said)
        before = (one, said)
        if len(out) >= QUOTES_MAX:
            break
    starts = [quote.start for quote in out]
    if starts != sorted(set(starts)):  # a quoted part of what is said to be said belongs to the first
        once = {(q.start, q.end): q for q in reversed(out)}
        out = sorted(once.values(), key=lambda q: (q.start, -q.end))
    return out[:QUOTES_MAX]


def _continued(body: str, one: Attribution, before: tuple[Attribution, Said | None] | None) -> Said | None:
    """The speaker of a quotation that no verb attributes: the one before it, if nothing but a break lies between."""
    if before is None or before[1] is None:
        return None
    last = max(end for _, end in (*before[0].content, before[0].source or (0, 0), before[0].cue or (0, 0)))
    between = body[last : one.content[0][0]]
    if between.count("\n\n") > 1 or len(between.split()) > 12:
        return None
    return Said(before[1].label, CONTINUED, before[1].person)


def _add_quotes(out: list[Quote], body: str, one: Attribution, said: Said | None) -> None:
    content, _, at, marks = one
    cue = body[at[0] : at[1]] if at else ""
    if cue:
        for start, end in content:
            for mark in marks:
                if mark.first <= start and mark.last >= end - 1:
                    break  # nothing but quoted words
            else:
                out.append(_quote(body, "indirect", (start, end), said, cue))
    for mark in marks:
        inside = False  # whether words of the content stand before the quotation
        for start, end in content if cue else ():
            inside = inside or (start < mark.first - 1 and end >= mark.last - 1)
        kind = _kind(body, mark, inside=inside)
        if kind:
            speaker = said if said and (said.person or kind == "direct") else None
            out.append(_quote(body, kind, (mark.start, mark.end), speaker, cue))


def _kind(body: str, mark: Quoted, *, inside: bool) -> str:
    """direct, partial, or "" for a title or a word in inverted commas."""
    text = body[mark.start : mark.end].strip()
    size = len(text.split(None, DIRECT_WORDS_MIN))
    if size < 2:
        return ""
    sentence = text[-1] in _SENTENCE_END or not mark.closed
    if not inside and size >= DIRECT_WORDS_MIN and (sentence or text[0].isupper()):
        return "direct"
    if sentence and text[0].isupper() and size >= DIRECT_WORDS_MIN:
        return "direct"
    return "partial"


def _quote(body: str, kind: str, span: Span, said: Said | None, cue: str) -> Quote:
    start, end = span
    while end > start and ((last := body[end - 1]) == "," or last.isspace()):
        end -= 1
    while start < end and body[start].isspace():
        start += 1
    if said:
        speaker, confidence = Speaker(name=said.label), said.confidence
    else:
        speaker, confidence = None, _INDIRECT if cue else _UNNAMED
    return Quote(type=kind, text=body[start:end], start=start, end=end, speaker=speaker, cue=cue, confidence=confidence)


# --------------------------------------------------------------------------------------------------
# other languages

_NAME: Final = r"(?P<name>(?:[A-ZÀ-ÖØ-Þ][\w.'’-]+ ){0,3}[A-ZÀ-ÖØ-Þ][\w'’-]+)"
_AFTER: Final = {
    language: re.compile(rf"[\s,.]{{0,3}}(?P<cue>{verbs})\s+(?:[a-zà-ÿ]+\s+){{0,4}}?{_NAME}")
    for language, verbs in VERBS_OTHER.items()
}
_BEFORE: Final = {
    language: re.compile(rf"{_NAME}[^.«»\"“”„]{{0,40}}?\b(?P<cue>{verbs})[^.«»\"“”„]{{0,20}}[:,]?\s*$")
    for language, verbs in VERBS_OTHER.items()
}


def _by_marks(doc: Doc, language: str) -> list[Quote]:
    marks = marks_in(doc.body)
    out: list[Quote] = []
    if not marks:
        return out
    for start, end in doc.paragraphs:
        for mark in quoted(doc.body, start, end, marks):
            kind = _kind(doc.body, mark, inside=False)
            if kind:
                said, cue = _beside(doc.body, language, mark, start, end)
                out.append(_quote(doc.body, kind, (mark.start, mark.end), said, cue))
        if len(out) >= QUOTES_MAX:
            break
    return out[:QUOTES_MAX]


def _beside(body: str, language: str, mark: Quoted, start: int, end: int) -> tuple[Said | None, str]:
    """(speaker, cue) by the verb after or before the quotation."""
    if language not in _AFTER:
        return None, ""
    match = _AFTER[language].match(body, mark.last, min(end, mark.last + 90))
    if match is None:
        match = _BEFORE[language].search(body, max(start, mark.first - 90), mark.first)
    return (Said(match["name"], _UNNAMED + 0.1, person=True), match["cue"]) if match else (None, "")
