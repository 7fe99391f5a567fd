"""The end of a text, read backwards: end marks, credits, initials, addresses, and what is for editors only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.normalise import credits as c
from worker.normalise import editors, notes
from worker.normalise.blocks import plain_text
from worker.normalise.furniture import is_furniture
from worker.normalise.warns import WarnCode
from worker.story import Contact, Note

if TYPE_CHECKING:
    from worker.normalise.draft import Draft


def take_notebook(draft: Draft) -> None:
    """Everything from a notebook or a "not for publication" line on is for editors."""
    start = private = -1
    for at, block in enumerate(draft.blocks):
        if not block.text.startswith(notes.NOTEBOOK_STARTS):
            continue
        if start < 0 and at and notes.is_notebook_start(block.text):
            start = at
        elif at and notes.is_private_start(block.text):
            private = at
            break
    if private < 0 and start < 0:
        return
    begin = start if start >= 0 else private
    end = private if private >= 0 else len(draft.blocks)
    tail = draft.blocks[begin:]
    initials = c.tail_line(tail[-1].text.rsplit("\n", 1)[-1]) if tail else None
    draft.blocks, public, hidden = draft.blocks[:begin], draft.blocks[begin:end], draft.blocks[end:]
    if initials is not None and initials.kind == "initials":
        draft.sign_off = initials.value
    if public:
        draft.notes.append(Note(value=plain_text(public), role="notebook", public=True))
    if hidden:
        draft.notes.append(Note(value=plain_text(hidden), role="contacts"))


def read(draft: Draft) -> None:
    """Take what is no body text off the end of `draft.blocks`."""
    for _ in range(c.LINES_MAX):
        if not draft.blocks or not (draft.blocks[-1].plain or draft.blocks[-1].tag == "hr"):
            return
        block = draft.blocks[-1]
        if block.tag == "hr":
            draft.blocks.pop()
            continue
        head, cut, line = block.text.rpartition("\n")
        if len(draft.blocks) == 1 and not cut:
            break  # the only line there is
        if block.text[0] == "(" and block.text[-1] == ")" and cut and c.tail_line(block.text):
            head, line = "", block.text
        if not _take_line(draft, line.strip()):
            break
        block.cut_back(len(head))
        if not block.text:
            draft.blocks.pop()
    _take_credit(draft)


def _take_line(draft: Draft, line: str) -> bool:
    if is_furniture(line, edge=True):
        draft.stripped.append(line)
        return True
    told = notes.editors_note(line)
    if told:
        editors.take_note(draft, told)
        return True
    if editors.take_correction(draft, line):
        return True
    found = c.tail_line(line)
    if found is None:
        return False
    if found.kind in ("end", "more", "copyright"):
        draft.stripped.append(line)
        if found.kind == "more":
            draft.warn(WarnCode.MORE_FOLLOWS, line)
    elif found.kind == "mail":
        draft.contacts.append(Contact(kind="email", value=found.value, name=found.name))
    elif found.kind == "initials":
        draft.sign_off = draft.sign_off or found.value
    elif found.kind == "desk":
        draft.sign_off = f"{found.value}; {draft.sign_off}" if draft.sign_off else found.value
    elif found.agency is not None:
        draft.source_is(found.agency.name if found.name.isupper() else found.name, "agency")
        if found.value != f"({found.name})":
            draft.stripped.append(line)
    return True


def _take_credit(draft: Draft) -> None:
    """A credit behind the last sentence."""
    if not draft.blocks or not draft.blocks[-1].plain:
        return
    block = draft.blocks[-1]
    desk = c.closing_desk(block.text)
    if desk is not None and desk[0]:
        block.cut_back(desk[0])
        draft.sign_off = f"{desk[1]}; {draft.sign_off}" if draft.sign_off else desk[1]
    found = c.closing_credit(block.text)
    if found is None:
        return
    start, name, agency = found
    block.cut_back(start)
    draft.source_is(agency.name if name.casefold() == agency.name.casefold() else name, "agency")
