"""A body as a list of blocks: what a reader sees as paragraphs, headings, list entries, tables.

Plain text and HTML are both made from the same blocks, so that they never disagree. In a block, the plain text and
the text of its `inline` HTML agree character for character (line breaks are `<br>`).
"""

from __future__ import annotations

import bisect
import html
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE, PRE = "table", "pre"
_TOKEN = re.compile(r"<[^>]*>|&[^;\s]{1,10};|[^<&]+|[<&]")


@dataclass(slots=True)
class Block:
    """`tag` p, h2 … h6, li, dt, dd, pre, table or hr; `inline` its inner HTML, None where that is the escaped text;
    `path` the lists and quotes around it, as (tag, running number).
    """

    text: str
    tag: str = "p"
    inline: str | None = None
    path: tuple[tuple[str, int], ...] = ()

    @property
    def plain(self) -> bool:
        """A paragraph in which credits, datelines and the like may stand."""
        return self.tag not in (TABLE, PRE, "hr")

    def cut_front(self, count: int) -> None:
        """Take the first `count` characters and the white space after them away."""
        while count < len(self.text) and self.text[count].isspace():
            count += 1
        if self.inline is not None:
            self.inline = _without(self.inline, 0, count)
        self.text = self.text[count:]

    def cut_back(self, start: int) -> None:
        """Take everything from `start` and the white space before it away."""
        while start > 0 and self.text[start - 1].isspace():
            start -= 1
        if self.inline is not None:
            self.inline = _without(self.inline, start, len(self.text))
        self.text = self.text[:start]


@dataclass(slots=True)
class Figure:
    """A picture that stands in a page's text."""

    src: str = ""
    alt: str = ""
    caption: str = ""


@dataclass(slots=True)
class Page:
    """`links`: (url, text) of the anchors, in order."""

    blocks: list[Block] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def _without(inline: str, start: int, end: int) -> str:
    """`inline` without the characters `start` to `end` of its text; tags stay, pairs left empty go."""
    out: list[str] = []
    at = 0
    for match in _TOKEN.finditer(inline):
        token = match.group()
        if token[0] == "<" and token[1:3] != "br":
            out.append(token)
            continue
        size = 1 if token[0] in "<&" else len(token)
        if size == 1:
            out.append("" if start <= at < end else token)
        else:
            out.append(token[: max(0, start - at)] + token[max(0, end - at) :])
        at += size
    joined = "".join(out)
    for _ in range(4):
        joined, gone = re.subn(r"<(\w+)(?: [^>]*)?></\1>", "", joined)
        if not gone:
            break
    return joined


def escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = html.escape(text, quote=False)
    return text.replace("\n", "<br>") if "\n" in text else text


def plain_text(blocks: Sequence[Block]) -> str:
    """Paragraphs joined by an empty line."""
    return "\n\n".join([b.text for b in blocks if b.text])


def to_html(blocks: Sequence[Block]) -> str:
    """Sanitised HTML of the blocks: their inline HTML was sanitised, the rest is escaped text."""
    bare = [b.text for b in blocks if b.inline is None and b.tag == "p" and not b.path]
    if bare and len(bare) == len(blocks):  # nothing but paragraphs, as in most texts
        text = "".join(bare)
        if "&" in text or "<" in text or ">" in text or "\n" in text:
            bare = [escaped(one) for one in bare]
        return f"<p>{'</p><p>'.join(bare)}</p>"
    out: list[str] = []
    path: tuple[tuple[str, int], ...] = ()
    for block in blocks:
        if block.path != path:
            _move(out, path, block.path)
            path = block.path
        if block.tag == "hr":
            out.append("<hr>")
            continue
        inner = block.inline
        if inner is None:
            inner = html.escape(block.text, quote=False) if block.tag == PRE else escaped(block.text)
        out.append(f"<{block.tag}>{inner}</{block.tag}>")
    _move(out, path, ())
    return "".join(out)


def _move(out: list[str], old: tuple[tuple[str, int], ...], new: tuple[tuple[str, int], ...]) -> None:
    shared = 0
    while shared < min(len(old), len(new)) and old[shared] == new[shared]:
        shared += 1
    out.extend(f"</{tag}>" for tag, _ in reversed(old[shared:]))
    out.extend(f"<{tag}>" for tag, _ in new[shared:])


_BULLET = re.compile(r"[*•·‣–—-]\s+\S|\d{1,2}[.)]\s")


def from_text(text: str) -> tuple[list[Block], bool]:
    """Paragraphs of plain text, hard wraps undone; and whether there were any."""
    blocks: list[Block] = []
    rows = text.split("\n")
    width = _wrap_width(rows)
    full = width - max(4, width // 12) if width else sys.maxsize  # a wrapped line and its next word are not shorter
    wrapped = False
    current = ""
    previous = ""  # the last line of `current`
    for row in rows:
        bare = row.strip()
        if not bare:
            if current:
                blocks.append(Block(current))
            current = previous = ""
            continue
        word = bare.find(" ")
        if not current:
            current = bare
        elif len(previous) + (word if word > 0 else len(bare)) >= full and _continues(previous, row, bare):
            current += " " + bare
            wrapped = True
        elif _starts_new(previous, row, bare):
            blocks.append(Block(current))
            current = bare
        else:
            current += "\n" + bare
        previous = bare
    if current:
        blocks.append(Block(current))
    return blocks, wrapped


WRAP_MIN, WRAP_MAX = 40, 120  # characters of a hard-wrapped line: teleprinters 69, screens 80, mail 72 to 100


def _wrap_width(rows: Sequence[str]) -> int:
    """Length at which the text was wrapped, 0 when it was not: the longest line, if many are nearly as long."""
    lengths = sorted(filter(None, map(len, map(str.rstrip, rows))))
    if len(lengths) < 3 or lengths[len(lengths) * 9 // 10] > WRAP_MAX:
        return 0
    most = lengths[len(lengths) * 9 // 10]  # a few lines may be longer than the wrap
    for width in (lengths[-1], most) if lengths[-1] <= WRAP_MAX else (most,):
        near = len(lengths) - bisect.bisect(lengths, width * 0.8)
        if width >= WRAP_MIN and near * 4 >= len(lengths):
            return width
    return 0


def _continues(previous: str, row: str, bare: str) -> bool:
    """Was the line end made by wrapping? The next line's first word would not have fitted on the line before."""
    if len(previous) > WRAP_MAX:
        return False
    return row[0].isalpha() or not (row[0] == "\t" or row.startswith("  ") or _BULLET.match(bare))


def _starts_new(previous: str, row: str, bare: str) -> bool:
    """A line end that is no wrap parts two paragraphs where a sentence or a long line ends, or at an indent."""
    if len(previous) > WRAP_MAX or (row[0] in " \t" and len(row) - len(row.lstrip()) >= 2):
        return True
    return previous[-1] in ".!?”\"'’)" and (bare[0].isupper() or not bare[0].isalnum())


_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")  # all but a single space, of which there are many
# HTML of nothing but paragraphs without markup, in one section or none; more of what HTML knows is read by a parser.
_PARAGRAPHS = re.compile(
    r"[ \t\n\f]*(?:<(?P<around>section|div|body)(?: [a-z-]{1,20}=\"[^\"<>]*\")*>[ \t\n\f]*)?"
    r"(?:<p>[^<]*+</p>[ \t\n\f]*)*+(?(around)</(?P=around)>[ \t\n\f]*)"
)
_PARAGRAPH = re.compile("<p>([^<]*)")


def from_paragraphs(value: str) -> list[Block] | None:
    """The blocks of HTML so plain that it needs neither a parser nor sanitising, else None."""
    if "&" in value or "\xa0" in value or "\r" in value or "\0" in value or not _PARAGRAPHS.fullmatch(value):
        return None
    return [Block(text) for raw in _PARAGRAPH.findall(value) if (text := squeezed(raw).strip())]


def squeezed(text: str) -> str:
    """HTML's white space: one space for any run of it."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        return _SPACE.sub(" ", text)
    return text


def from_preformatted(text: str) -> list[Block]:
    """Agate and tables: line ends and tabs are content. Lines with tabs are rows of a table."""
    blocks: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", text):
        rows = [row.rstrip() for row in part.split("\n") if row.strip()]
        if not rows:
            continue
        if sum("\t" in row.strip() for row in rows) >= max(1, len(rows) // 2):
            cells = [[cell.strip() for cell in row.split("\t")] for row in rows]
            inner = "".join(
                "<tr>" + "".join(f"<td>{html.escape(c, quote=False)}</td>" for c in row) + "</tr>" for row in cells
            )
            blocks.append(Block("\n".join("\t".join(row) for row in cells), TABLE, f"<tbody>{inner}</tbody>"))
        elif len(rows) == 1:
            blocks.append(Block(rows[0].strip()))
        else:
            blocks.append(Block("\n".join(rows), PRE))
    return blocks
