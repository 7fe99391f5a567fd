"""An extract of one or two sentences: the lead, which in news says what happened, and what still fits after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.enrich.sentences import sentences

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

WORDS_MIN: Final = 6  # fewer are a cross-heading or a place name
EXTRACT_CHARS_MAX: Final = 320
BODY_CHARS_MIN: Final = 400  # a shorter body is its own summary
_PARAGRAPHS: Final = 4
_TABLES: Final = frozenset({"market-table", "results", "alert"})


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.extract`; not for tables, alerts and short bodies."""
    if len(doc.body) < BODY_CHARS_MIN or found.kind in _TABLES:
        return
    chosen: list[str] = []
    room = EXTRACT_CHARS_MAX
    for start, end in doc.paragraphs[:_PARAGRAPHS]:
        for first, last in sentences(doc.body, start, min(end, start + 2 * EXTRACT_CHARS_MAX)):
            text = " ".join(doc.body[first:last].split())
            if len(text.split()) < WORDS_MIN and not chosen:
                continue
            if chosen and len(text) > room:
                found.extract = " ".join(chosen)
                return
            chosen.append(_cut(text))
            room -= len(chosen[-1]) + 1
            if len(chosen) == 2 or room <= 0:
                found.extract = " ".join(chosen)
                return
    found.extract = " ".join(chosen)


def _cut(text: str) -> str:
    if len(text) <= EXTRACT_CHARS_MAX:
        return text
    return text[: EXTRACT_CHARS_MAX - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
