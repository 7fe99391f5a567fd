"""A text region's lines into paragraphs: blank lines, indents or line lengths say where one ends.

Rule of the room: lines are kept, only the breaks between paragraphs are decided here (hard wraps are still in the
result; normalise undoes them). Each line is looked at a fixed number of times.
"""

from __future__ import annotations

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
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1].strip():
        lines.pop()
    full = sum(1 for line in lines if line.strip())
    rows = [is_row(line) for line in lines]
    if full >= 4 and sum(rows) > TABLE_SHARE * full:
        return "\n".join(
            _columns(line) if row else line.strip() for line, row in zip(lines, rows, strict=True)
        ).strip(), "preformatted"
    return "\n\n".join(paragraphs(lines, rows)), "text"


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


def paragraphs(lines: list[str], rows: list[bool]) -> list[str]:
    """The paragraphs, each with its hard wraps in; rows of a table stay together, their columns apart by tabs."""
    indented = _indent_starts(lines)
    width = _width(lines)
    out: list[str] = []
    block: list[str] = []
    table: list[str] = []
    for line, row in zip(lines, rows, strict=True):
        bare = line.strip()
        if table and not row:
            _close_table(table, out)
        if row:
            _close(block, out)
            table.append(_columns(line))
        elif not bare:
            _close(block, out)
        else:
            if block and _starts_paragraph(line, block[-1], width, indented=indented):
                _close(block, out)
            block.append(bare)
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


def _starts_paragraph(line: str, before: str, width: int, *, indented: bool) -> bool:
    """Whether `line` begins a paragraph though no blank line stands before it."""
    if indented and line[0] in " \t":
        return True
    if not width or len(before) > WRAP_COLUMNS_MAX or _BULLET.match(line.lstrip()):
        return True
    if indented:
        return False
    first = line.split(maxsplit=1)[0]
    room = width - len(before) - 1 - len(first)
    return room > SLACK_COLUMNS and (before.endswith(_SENTENCE_END) or room > width // 3)


def _indent_starts(lines: list[str]) -> bool:
    """Whether an indent marks a paragraph: lines without one stand among them, or it is a tab (no margin)."""
    indents = sum(1 for line in lines if line[:1] in (" ", "\t") and line.strip())
    full = sum(1 for line in lines if line.strip())
    if indents < full:
        return indents > 0
    return any(line[:1] == "\t" for line in lines) or _width(lines) == 0


def _width(lines: list[str]) -> int:
    """The column at which the lines were wrapped by hand, 0 if they were not (each line is then a paragraph)."""
    lengths = sorted(len(line) for i, line in enumerate(lines[:-1]) if line.strip() and lines[i + 1].strip())
    if not lengths:
        return WRAP_COLUMNS_MAX  # no line follows another: nothing to decide
    long = sum(1 for n in lengths if n > WRAP_COLUMNS_MAX)
    if long * 4 > len(lengths):
        return 0
    return lengths[int(0.9 * (len(lengths) - 1))] if not long else min(lengths[-1 - long], WRAP_COLUMNS_MAX)
