"""An item becomes a Story, step by step: each step reads the item and leaves what it finds in the draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.normalise import assemble, body, closing, dateline, headline, notes, opening, source, status
from worker.normalise import byline as by
from worker.normalise import text as t
from worker.normalise.draft import Draft
from worker.normalise.html import strip_html
from worker.normalise.signals import formal
from worker.normalise.sound import sound
from worker.normalise.warns import WarnCode
from worker.story import AltId, Description, Note, Warn

if TYPE_CHECKING:
    from worker.normalise.origin import Origin
    from worker.story import Item, Story

SIGN_OFF_CHARS_MAX = 200
_MAIL_IN_BRACKETS = re.compile(r"<([\w.+-]{1,64}@[\w.-]{1,100})>")  # an address, no markup
_KNOWN_CODES = frozenset(WarnCode)


def normalise(item: Item, origin: Origin) -> Story:
    """The clean story of one item.

    Raises:
        Rejected: NO_CONTENT when there is neither headline nor text nor anything else to show.
    """
    item, mended = sound(item)
    draft = Draft(item, origin)
    draft.done += [*item.transformations, *(("surrogates",) if mended else ())]
    draft.stripped += item.furniture
    draft.take = item.take
    draft.warnings += [_warn(code, detail) for code, detail in item.warnings]
    _read_fields(draft)
    _read_text(draft)
    source.recognise(draft)
    status.read_signals(draft)
    return assemble.story_of(draft)


def _warn(code: str, detail: str) -> Warn:
    if code in _KNOWN_CODES:
        return Warn(code=code, detail=detail[:500])
    return Warn(code=str(WarnCode.OTHER), detail=f"{code}: {detail}"[:500])


def _read_fields(draft: Draft) -> None:
    """What the format states apart from the body."""
    item = draft.item
    headline.take(draft)
    opening.header_signals(draft)
    draft.located = t.line(item.located, draft.done)
    if item.byline:
        _read_byline(draft, t.line(item.byline, draft.done))
    if item.dateline.strip():
        opening.keep(draft, dateline.parse(t.line(item.dateline, draft.done)))
    draft.sign_off = t.line(item.sign_off, draft.done)
    for note in item.notes:
        told = _MAIL_IN_BRACKETS.sub(r"\1", note.value) if "@" in note.value else note.value
        value = t.lines(strip_html(told), draft.done)
        if value:
            role = "correction" if note.role == "advisory" and notes.says_correction(value) else note.role
            draft.notes.append(Note(value=value, role=role or "advisory", public=note.public))
            _read_note(draft, role, value)
    for given in item.descriptions:
        value = t.lines(strip_html(given.value) if given.html or "<" in given.value else given.value, draft.done)
        if value:
            draft.descriptions.append(Description(role=given.role or "abstract", value=value))
    draft.alt_ids += [AltId(role=a.role or "provider", value=a.value.strip()) for a in item.alt_ids if a.value.strip()]


def _read_byline(draft: Draft, line: str) -> None:
    if by.is_prose(line):
        draft.other_headlines.append(("sub", line))
    else:
        opening.credit(draft, line)


def _read_note(draft: Draft, role: str, value: str) -> None:
    """Signals that a note states: an embargo, a correction."""
    if role == "closingline" and not draft.sign_off and len(value) <= SIGN_OFF_CHARS_MAX:
        draft.sign_off = value
    words = notes.embargo_words(value)
    if words is not None or role == "embargo":
        draft.signals.add("embargo")
        draft.embargo_line = words or value
    corrects = notes.says_correction(value) and role not in ("contacts", "closingline")
    if corrects or (role.startswith("correction") and not _says_update(draft.item)):
        draft.signals.add("correction")


def _says_update(item: Item) -> bool:
    """Dpa keeps what is new in an update under the role of a correction too: then the formal signal decides."""
    return any("update" in formal(code) for code in item.signals)


def _read_text(draft: Draft) -> None:
    """What only the text says: taken out of it, wherever the format keeps it."""
    if draft.item.type == "composite" and not draft.item.body:
        return
    body.read(draft)
    body.add_lead(draft)
    closing.take_notebook(draft)
    status.read_text_markers(draft)
    opening.read(draft)
    closing.read(draft)
    body.take_captions(draft)
    if not draft.headline:
        headline.from_text(draft)
