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
    speakers = Speakers(doc.body, found.names)
    out: list[Quote] = []
    before: tuple[Attribution, Said | None] | None = None
    for one in attributions(doc.body, doc.paragraphs, doc.headline):
        said = speakers.resolve(one.source) if one.source else _continued(doc.body, one, before)
        out += _quotes(doc.body, one, said)
        before = (one, said)
        if len(out) >= QUOTES_MAX:
            break
    once = {(q.start, q.end): q for q in reversed(out)}  # a quoted part of what is said to be said belongs to the first
    return sorted(once.values(), key=lambda q: (q.start, -q.end))[:QUOTES_MAX]


def _continued(body: str, one: Attribution, before: tuple[Attribution, Said | None] | None) -> Said | None:
    """The speaker of a quotation that no verb attributes: the one before it, if nothing but a break lies between."""
    if before is None or before[1] is None:
        return None
    last = max(end for _, end in (*before[0].content, before[0].source or (0, 0), before[0].cue or (0, 0)))
    between = body[last : one.content[0][0]]
    if between.count("\n\n") > 1 or len(between.split()) > 12:
        return None
    return Said(before[1].label, CONTINUED, before[1].person)


def _quotes(body: str, one: Attribution, said: Said | None) -> list[Quote]:
    cue = body[one.cue[0] : one.cue[1]] if one.cue else ""
    marks = one.quoted
    if not marks:
        return [_quote(body, "indirect", span, said, cue) for span in one.content] if cue else []
    out: list[Quote] = []
    if cue:
        for start, end in one.content:
            if not any(m.first <= start and m.last >= end - 1 for m in marks):
                out.append(_quote(body, "indirect", (start, end), said, cue))
    for mark in marks:
        inside = cue != "" and any(s < mark.first - 1 and e >= mark.last - 1 for s, e in one.content)
        kind = _kind(body, mark, inside=inside)
        if kind:
            speaker = said if said and (said.person or kind == "direct") else None
            out.append(_quote(body, kind, (mark.start, mark.end), speaker, cue))
    return out


def _kind(body: str, mark: Quoted, *, inside: bool) -> str:
    """direct, partial, or "" for a title or a word in inverted commas."""
    text = body[mark.start : mark.end].strip()
    size = len(text.split())
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
    while end > start and (body[end - 1].isspace() or body[end - 1] == ","):
        end -= 1
    while start < end and body[start].isspace():
        start += 1
    speaker, confidence = None, _INDIRECT if cue else _UNNAMED
    if said:
        speaker, confidence = Speaker(name=said.label), round(said.confidence, 2)
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
