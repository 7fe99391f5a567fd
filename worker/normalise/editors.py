"""Lines that speak to editors, taken into the draft's notes; what they say of a correction becomes the signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.normalise import notes
from worker.story import Note

if TYPE_CHECKING:
    from worker.normalise.draft import Draft


def take_note(draft: Draft, told: str) -> None:
    """Keep the words behind `Eds:` and the like."""
    corrects, public = notes.correction_line(told)
    corrects = corrects or notes.says_correction(told)
    if corrects:
        draft.signals.add("correction")
    draft.notes.append(Note(value=told, role="correction" if corrects else "advisory", public=public))


def take_correction(draft: Draft, line: str) -> bool:
    """Keep a paragraph that says what was put right. True when it is to leave the text: not when it is all of it."""
    corrects, public = notes.correction_line(line)
    if not corrects:
        return False
    draft.signals.add("correction")
    if len(draft.blocks) < 2:
        return False
    draft.notes.append(Note(value=line, role="correction", public=public))
    return True
