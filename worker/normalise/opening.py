"""The top of a text, read line by line: furniture, date line, byline, notes to editors, then the dateline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.normalise import byline as by
from worker.normalise import dateline, dates, editors, headline, notes
from worker.normalise.blocks import PRE
from worker.normalise.furniture import is_furniture
from worker.normalise.signals import NO_KEYWORDS, Keywords, keyword_signals, marks
from worker.story import Dateline, Link, Note, Target

if TYPE_CHECKING:
    from worker.normalise.blocks import Block
    from worker.normalise.draft import Draft

LINES_MAX = 24  # so many lines are looked at
BOX_BLOCKS_MAX = 3  # a box with a correction stands so near the top
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
BULLETS_MAX = 12  # highlights that stand before a dateline
_DATE_BY = re.compile(
    r"(?:(?:Published|Updated|Posted|Last updated|Issued|Date|입력|등록)\s*(?:on|at|:|at:"
    r"|on:)?\s*)?(?P<date>.{6,60}?)(?:\s+[|·]\s*|\s+)?"
    r"(?:By\s+(?P<by>[^\n]{2,100}))?$"
)
_STAMPED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}[:.]\d\d(?:[:.]\d\d)? [A-Z]{2,5} \| \S")  # when | who | what
_DIGIT = re.compile(r"\d")
_URL = re.compile(r"https?://\S{4,2000}$")
_BULLET = re.compile(r"[*•·‣-]\s*\S|--\s\S")
_ADVANCE = re.compile(r"\$?[Aa]dv\s?\d{1,2}$|End [Aa]dv(?:ance)?\b.{0,60}$")


def read(draft: Draft) -> None:
    """Take what is no body text off the front of `draft.blocks`."""
    at = seen = bullets = 0
    first_text = True
    _take_box(draft)
    leads = {d.value for d in draft.descriptions}
    while at < len(draft.blocks) and seen < LINES_MAX and draft.blocks[at].plain:
        seen += 1
        block = draft.blocks[at]
        line, cut, rest = block.text.partition("\n")
        more = at + 1 < len(draft.blocks) or bool(rest)
        if _take_line(draft, line.strip(), first=first_text, more=more) or (more and _repeats_sub(draft, block)):
            block.cut_front(len(line) + len(cut))
            if not block.text:
                del draft.blocks[at]
            continue
        if not draft.headline and first_text and not rest and _may_title(draft, at, line):
            continue
        if block.text in leads or (_BULLET.match(block.text) and bullets < BULLETS_MAX):
            bullets += 1
            at += 1
            continue
        _take_dateline(draft, at, loose=first_text and draft.dateline is None)
        return


def _may_title(draft: Draft, at: int, line: str) -> bool:
    """A plain text's first line becomes its headline, when text follows and it looks like one."""
    if (draft.item.body_kind == "html" and draft.blocks[at].tag == "p") or not headline.is_headline(line):
        return False
    if len(draft.blocks) <= at + 1 or dateline.find(line + " "):
        return False
    draft.original = line
    headline.peel(draft)
    del draft.blocks[at]
    draft.did("headline-from-text")
    return True


def _take_line(draft: Draft, line: str, *, first: bool, more: bool) -> bool:
    """Is this line no body text? Then what it says is now in the draft."""
    if is_furniture(line, edge=True):
        draft.stripped.append(line)
        return True
    if len(line) > notes.LINE_CHARS_MAX:
        return False
    if first and more and line[:1].isdecimal() and _STAMPED.match(line):  # a release's fields, said once more
        draft.stripped.append(line)
        return True
    return (
        (more and _is_headline_again(draft, line))
        or _take_note(draft, line)
        or _take_by(draft, line)
        or _take_date(draft, line)
        or (first and _take_reference(draft, line))
        or (more and _take_markers(draft, line))
    )


def _is_headline_again(draft: Draft, line: str) -> bool:
    if draft.headline and line in (draft.headline, draft.original) and "headline-derived" not in draft.done:
        draft.did("headline-repeated")
        return True
    return False


def _repeats_sub(draft: Draft, block: Block) -> bool:
    """A heading over the text that says a subheadline again; a paragraph that does may be the lead."""
    if block.tag not in _HEADINGS or ("sub", block.text) not in draft.other_headlines:
        return False
    draft.did("headline-repeated")
    return True


def _take_box(draft: Draft) -> None:
    """A box ruled with dashes that says what was corrected, set between headlines and text."""
    at = next((n for n, block in enumerate(draft.blocks[:BOX_BLOCKS_MAX]) if block.tag == PRE), -1)
    if at < 0 or at + 1 >= len(draft.blocks) or not draft.blocks[at].text.startswith("-----"):
        return
    told = " ".join(draft.blocks[at].text.split()).strip("- ")
    if told and len(told) <= notes.LINE_CHARS_MAX and notes.says_correction(told[:60]):
        draft.signals.add("correction")
        draft.notes.append(Note(value=told, role="correction"))
        del draft.blocks[at]


def _take_note(draft: Draft, line: str) -> bool:
    trash = notes.trash_line(line)
    if trash:
        draft.signals.add(trash.signal)
        role = "correction" if trash.signal == "correction" else "advisory"
        draft.notes.append(Note(value=trash.text, role=role))
        return True
    words = notes.embargo_words(line)
    if words is not None:
        draft.embargo_line = words or line
        draft.signals.add("embargo")
        draft.notes.append(Note(value=line, role="embargo"))
        return True
    if _ADVANCE.match(line):
        draft.stripped.append(line)
        return True
    told = notes.editors_note(line)
    if told and not {"kill", "withdrawal"} & draft.signals:
        editors.take_note(draft, told)
        return True
    if editors.take_correction(draft, line):
        return True
    replaced = notes.replaced(line)
    if replaced:
        draft.signals.add("update")
        draft.targets.append(Target(headline=replaced))
        draft.notes.append(Note(value=line, role="advisory"))
        return True
    return False


def _take_by(draft: Draft, line: str) -> bool:
    if line[:1] not in "BVPDbv" and not (draft.authors and line[:1].isupper()):
        return False
    if by.is_byline(line):
        if not draft.by:  # the format gives none, or only a desk
            credit(draft, line)
        draft.did("byline-from-text")
        return True
    return bool("byline-from-text" in draft.done and by.is_title(line))


def credit(draft: Draft, line: str) -> None:
    """Leave a byline's persons, desks and agencies in the draft."""
    found = by.split(line)
    draft.by = draft.by or found.shown
    draft.authors += found.authors
    for desk in found.desks:
        draft.source_is(desk, "desk")
    for agency in found.agencies:
        draft.source_is(agency, "agency")


def _take_date(draft: Draft, line: str) -> bool:
    """`March 14, 2017 - 10:38 By KH디지털2`, `Tue 13 October 2015`."""
    if draft.line_date or len(line) > 140 or not _DIGIT.search(line, 0, 40):
        return False
    match = _DATE_BY.match(line)
    if not match or dates.read(match["date"]) is None:
        return False
    draft.line_date = match["date"].strip()
    if match["by"] and not draft.by:
        credit(draft, match["by"])
    return True


def _take_reference(draft: Draft, line: str) -> bool:
    """A line that is only the page's address."""
    if not _URL.match(line):
        return False
    draft.links.append(Link(url=line))
    return True


def _take_markers(draft: Draft, line: str) -> bool:
    """A line of nothing but markers: `1ST LEAD`, `HOLD HOLD HOLD`, `(2nd LD)`."""
    if len(line) > 60 or not (line[:1].isupper() or line[:1].isdigit() or line[:1] in "(["):
        return False
    found = marks(line + " ") if line[-1:] not in ")]" else marks(line)
    signals = found.signals
    if found.rest or not signals:
        return False
    draft.signals.update(signals)
    draft.notes.append(Note(value=line, role="advisory"))
    return True


def _take_dateline(draft: Draft, at: int, *, loose: bool) -> None:
    """Cut a dateline off a paragraph's front; one that the format states apart stays, unless less is in it."""
    block = draft.blocks[at]
    found = dateline.find(block.text, loose=loose)
    if found is None or (found.end >= len(block.text) and at + 1 >= len(draft.blocks)):
        return
    if draft.dateline is None or (found.agency and not (draft.dateline.agency and draft.dateline.place)):
        keep(draft, found)
    block.cut_front(found.end)
    if not block.text:
        del draft.blocks[at]


def keep(draft: Draft, found: dateline.Found) -> None:
    """Leave a dateline in the draft; its day is read once the story's own time is known."""
    if not found.text:
        return
    draft.dateline = Dateline(text=found.text, place=found.place, date=found.day, agency=found.agency)
    if found.place:
        draft.located = draft.located or found.place
    if found.agency and found.text != found.agency:
        draft.source_is(found.agency, "agency")


def header_signals(draft: Draft) -> None:
    """Signals and take of what a format states in keyword lines, slugs and formal codes."""
    item = draft.item
    for line in (item.slugline, item.sequence, *[a.value for a in item.alt_ids if a.role == "keyword"]):
        if line:
            keep_keywords(draft, keyword_signals(line))


def keep_keywords(draft: Draft, found: Keywords) -> None:
    if found is NO_KEYWORDS:
        return
    draft.signals.update(found.signals)
    draft.take = draft.take if draft.take is not None else found.take
    draft.lead = draft.lead if draft.lead is not None else found.lead
    draft.embargo_line = draft.embargo_line or found.advance
