"""A text region's lines into paragraphs: blank lines, indents or line lengths say where one ends.

Rule of the room: lines are kept, only the breaks between paragraphs are decided here (hard wraps are still in the
result; normalise undoes them). Each line is looked at a fixed number of times.
"""

from __future__ import annotations

import bisect
import itertools
import re
from typing import Literal

WRAP_COLUMNS_MAX = 100  # a longer line was never wrapped by hand or by a wire's editor
SLACK_COLUMNS = 8  # a word that would have fitted with so much room left was not put there on purpose
TABLE_SHARE = 0.5  # so many rows among the lines make the whole region a table

Kind = Literal["text", "preformatted"]

# A row of a table: words apart by two spaces or more (or a tab) at least twice, or with a figure behind the gap.
_ROW = re.compile(r"\S(?:\t| {2,})\S[^\t]*?(?:\t| {2,})\S|\S(?:\t| {3,})[-+$€£(]?\d|\S {4,}\S")
_AGATE = re.compile(r"[^;\n]{0,60}(?:;[^;\n]{0,40}){3}")
_GAP = re.compile(r"(?<=\S)(?:[ ]*\t[ ]*| {2,})(?=\S)")
_SENTENCE_END = (".", "!", "?", ":", '"', "'", "”", "’", ")", "。", "…", "=", "<")
_BULLET = re.compile(r"(?:[*•·▪◦●■]|-{1,2}|–|—|\d{1,2}[.)])\s+\S")


def body_of(lines: list[str]) -> tuple[str, Kind]:
    """(body, kind): paragraphs apart by blank lines, or the rows of a table as they stand, columns by tabs."""
    bare = [line.strip() for line in lines]
    while bare and not bare[-1]:
        bare.pop()
    lines = lines[: len(bare)]
    lines = bare if bare == lines else [line.rstrip() for line in lines]
    whole = "\n".join(bare)
    if "\t" not in whole and ";" not in whole and "  " not in whole:  # most stories: no line can be a row
        return _flowing(lines, bare), "text"
    rows = [is_row(line) for line in bare]
    if True not in rows:
        return _flowing(lines, bare), "text"
    full = len(lines) - lines.count("")
    if full >= 4 and sum(rows) > TABLE_SHARE * full:
        return "\n".join(
            _columns(line) if row else line for line, row in zip(bare, rows, strict=True)
        ).strip(), "preformatted"
    return "\n\n".join(_with_rows(lines, bare, rows)), "text"


def is_row(line: str) -> bool:
    """Whether the line looks like a row of a table or of agate."""
    bare = line.strip()[:200]
    if "  " not in bare and "\t" not in bare and ";" not in bare:
        return False
    return bool(_ROW.search(bare) and not _prose(bare)) or bool(_AGATE.match(bare))


def _prose(line: str) -> bool:
    """A sentence with double spaces after full stops, or justified: many words, few figures."""
    gaps = len(_GAP.findall(line))
    return len(line.split()) > 4 * gaps + 4


def _columns(line: str) -> str:
    return _GAP.sub("\t", line.strip())


def _flowing(lines: list[str], bare: list[str]) -> str:
    """The paragraphs of a text without rows, each with its hard wraps in."""
    width, indented = _layout(lines, bare)
    if not width:  # each line is a paragraph
        return "\n\n".join([text for text in bare if text])
    out: list[str] = []
    before = ""
    filled = width - 1 - SLACK_COLUMNS  # so long a line was wrapped because of its length
    for line, text in zip(lines, bare, strict=True):
        if text:
            if filled <= len(before) <= WRAP_COLUMNS_MAX and text[0].isalpha() and not (indented and line[0] in " \t"):
                goes_on = before != ""
            else:
                goes_on = before != "" and not _starts_paragraph(line, text, before, width, indented)
            out.append("\n" if goes_on else "\n\n")
            out.append(text)
        before = text
    return "".join(out[1:])


def _with_rows(lines: list[str], bare: list[str], rows: list[bool]) -> list[str]:
    """As `_flowing`, a list; rows of a table stay together, their columns apart by tabs."""
    width, indented = _layout(lines, bare)
    out: list[str] = []
    block: list[str] = []
    table: list[str] = []
    for line, text, row in zip(lines, bare, rows, strict=True):
        if table and not row:
            _close_table(table, out)
        if row:
            _close(block, out)
            table.append(_columns(text))
        elif not text:
            _close(block, out)
        else:
            if block and (not width or _starts_paragraph(line, text, block[-1], width, indented)):
                _close(block, out)
            block.append(text)
    _close_table(table, out)
    _close(block, out)
    return out


def _close(block: list[str], out: list[str]) -> None:
    if block:
        out.append("\n".join(block))
        block.clear()


def _close_table(table: list[str], out: list[str]) -> None:
    """One row alone is a line of text with odd spaces."""
    if table:
        out.append("\n".join(table) if len(table) > 1 else table[0].replace("\t", " "))
        table.clear()


def _starts_paragraph(line: str, text: str, before: str, width: int, indented: bool) -> bool:  # noqa: FBT001 - asked for each line
    """Whether `line`, `text` without its indent, begins a paragraph though no blank line stands before it."""
    if indented and line[0] in " \t":
        return True
    if len(before) > WRAP_COLUMNS_MAX or (not text[0].isalpha() and _BULLET.match(text)):
        return True
    room = width - len(before) - 1  # for the line's first word
    if indented or room <= SLACK_COLUMNS:
        return False
    room -= len(text.split(maxsplit=1)[0])
    return room > SLACK_COLUMNS and (before.endswith(_SENTENCE_END) or room > width // 3)


def _layout(lines: list[str], bare: list[str]) -> tuple[int, bool]:
    """(column at which the lines were wrapped by hand, whether an indent marks a paragraph); the lines end in no space.

    0 for the column: they were not wrapped, or no line follows another, so each line is a paragraph. An indent is
    a mark where lines without one stand among them, or where it is a tab (no margin).
    """
    lengths = sorted([len(line) for line, after in itertools.pairwise(lines) if line and after])
    long = len(lengths) - bisect.bisect_right(lengths, WRAP_COLUMNS_MAX)
    if not lengths or long * 4 > len(lengths):
        return 0, False
    marks = [line[0] for line in lines if line and line[0] in " \t"] if lines is not bare else []
    indented = bool(marks) if len(marks) < len(lines) - lines.count("") else "\t" in marks
    return lengths[-1 - long] if long else lengths[int(0.9 * (len(lengths) - 1))], indented
