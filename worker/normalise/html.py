"""HTML of any origin becomes blocks: sanitised by nh3 (tight allow-list), then read in one linear pass.

nh3 gives balanced, quoted, escaped HTML of the allowed tags only, so a tokeniser is enough to read it.
"""

from __future__ import annotations

import html
import re

from worker.normalise.blocks import PRE, TABLE, Block, Figure, Page, from_paragraphs, squeezed
from worker.normalise.sanitise import CELLS, CONTAINERS, FIGURES, INLINE, TABLES, sanitised

NESTING_MAX = 8  # lists and quotes in one another; deeper ones are flattened

_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>|([^<]+)|<")


def read_html(value: str) -> Page:
    """The blocks, figures and links of a fragment or a page's body."""
    bare = from_paragraphs(value)
    if bare is not None:
        return Page(bare)
    reader = _Reader()
    for match in _TOKEN.finditer(sanitised(value)):
        closing, tag, attributes, text = match.groups()
        if text is not None:
            if text[0] != "\n" or reader.plain or reader.pre or text.strip(" \t\n\r\f"):  # else between two blocks
                reader.text(text)
        elif tag and closing:
            reader.close(tag)
        elif tag:
            reader.open(tag, attributes or "")
    reader.flush()
    return reader.page


def strip_html(value: str) -> str:
    """Plain text of a short HTML fragment, paragraphs on lines of their own."""
    if "<" not in value and "&" not in value:
        return value
    return "\n".join(block.text for block in read_html(value).blocks)


class _Reader:
    """State of the pass: the block being filled, the containers around it, the table or figure being read."""

    def __init__(self) -> None:
        self.page = Page()
        self.tag = "p"
        self.path: list[tuple[str, int]] = []
        self.lists = 0
        self.inline: list[str] = []
        self.plain: list[str] = []
        self.opened: list[str] = []  # inline elements open now, as written
        self.pre = 0
        self.table: list[list[str]] | None = None
        self.table_html: list[str] = []
        self.depth = 0  # tables in one another
        self.figure: Figure | None = None
        self.link = ""
        self.link_text: list[str] = []

    def text(self, value: str) -> None:
        if not self.pre:
            value = squeezed(value)
            if value[0] == " " and (not self.plain or self.plain[-1][-1:] in (" ", "\n")):
                value = value[1:]
            if not value:
                return
        plain = html.unescape(value) if "&" in value else value
        self.plain.append(plain)
        self.inline.append(value)
        if self.link:
            self.link_text.append(plain)

    def open(self, tag: str, attributes: str) -> None:
        if tag in INLINE:
            self._open_inline(tag, attributes)
        elif tag == "br":
            self._break()
        elif tag in FIGURES:
            self._open_figure(tag, attributes)
        elif tag in TABLES:
            self._open_table(tag, attributes)
        elif self.table is not None:
            self._pause()
        else:
            self._open_part(tag)

    def _open_part(self, tag: str) -> None:
        self.flush()
        if tag in CONTAINERS:
            if len(self.path) < NESTING_MAX:
                self.lists += 1
                self.path.append((tag, self.lists))
        elif tag == "hr":
            self.page.blocks.append(Block("", "hr", path=tuple(self.path)))
        elif tag == PRE:
            self.pre += 1
            self.tag = PRE
        elif tag not in ("div", "section"):
            self.tag = "h2" if tag == "h1" else tag

    def close(self, tag: str) -> None:
        if tag in INLINE:
            self._close_inline(tag)
        elif tag in TABLES:
            self._close_table(tag)
        elif tag in FIGURES:
            self._close_figure(tag)
        elif self.table is not None:
            self._pause()
        else:
            self.flush()
            if tag in CONTAINERS:
                if self.path and self.path[-1][0] == tag:
                    self.path.pop()
            elif tag == PRE:
                self.pre = max(0, self.pre - 1)
            self.tag = "p"

    def _open_inline(self, tag: str, attributes: str) -> None:
        if tag == "a":
            self.link = _attribute(attributes, "href")
            self.link_text = []
            if not self.link:
                attributes = ""
        written = f"<{tag}{attributes.rstrip()}>"
        self.opened.append(written)
        self.inline.append(written)

    def _close_inline(self, tag: str) -> None:
        if self.opened and self.opened[-1][1:].split(" ", 1)[0].rstrip(">") == tag:
            self.opened.pop()
            self.inline.append(f"</{tag}>")
        if tag == "a" and self.link:
            self.page.links.append((self.link, "".join(self.link_text).strip()))
            self.link = ""

    def _break(self) -> None:
        if self.pre:
            self.plain.append("\n")
            self.inline.append("\n")
        elif self.plain and self.plain[-1] == "\n" and self.table is None:
            self.flush(again=True)  # two breaks part paragraphs
        elif self.plain:
            if self.plain[-1].endswith(" "):
                self.plain[-1] = self.plain[-1].rstrip()
                self._trim_inline()
            self.plain.append("\n")
            self.inline.append("<br>")

    def _pause(self) -> None:
        """A paragraph's end inside a table cell."""
        if self.plain and not self.plain[-1].endswith((" ", "\n")):
            self.plain.append(" ")
            self.inline.append(" ")

    def _trim(self) -> None:
        """Take spaces and breaks at the end away, in the plain text and the inline HTML alike."""
        while self.plain and self.plain[-1].isspace():
            self.plain.pop()
        if self.plain:
            self.plain[-1] = self.plain[-1].rstrip()
        for at in range(len(self.inline) - 1, -1, -1):
            piece = self.inline[at]
            if not piece or (piece[0] == "<" and piece != "<br>"):
                continue
            self.inline[at] = "" if piece == "<br>" else piece.rstrip()
            if self.inline[at]:
                break
        self.inline = [piece for piece in self.inline if piece]

    def _trim_inline(self) -> None:
        for at in range(len(self.inline) - 1, -1, -1):
            if self.inline[at][:1] != "<":
                self.inline[at] = self.inline[at].rstrip(" ")
                return

    # -- tables

    def _open_table(self, tag: str, attributes: str) -> None:
        if tag == TABLE:
            self.depth += 1
            if self.depth > 1:
                self._pause()
                return
            self.flush()
            self.table, self.table_html = [], []
        elif self.table is None or self.depth > 1:
            self._pause()
        elif tag == "caption":
            self.plain, self.inline = [], []
        else:
            if tag == "tr":
                self.table.append([])
            self.plain, self.inline = [], []
            self.table_html.append(f"<{tag}{attributes.rstrip()}>")

    def _close_table(self, tag: str) -> None:
        if self.table is None:
            return
        if self.depth > 1:
            self._pause()
            self.depth -= tag == TABLE
            return
        if tag in CELLS:
            if not self.table:
                self.table.append([])
            self.table[-1].append(" ".join("".join(self.plain).split()))
            self._close_all()
            self.table_html += ["".join(self.inline).strip(), f"</{tag}>"]
        elif tag == "caption":
            self._close_all()
            self._caption_block()
        elif tag != TABLE:
            self.table_html.append(f"</{tag}>")
        self.plain, self.inline, self.opened = [], [], []
        if tag == TABLE:
            self._end_table()

    def _caption_block(self) -> None:
        text = " ".join("".join(self.plain).split())
        if text:
            self.page.blocks.append(Block(text, path=tuple(self.path)))

    def _end_table(self) -> None:
        rows = [row for row in self.table or () if any(row)]
        if rows:
            text = "\n".join("\t".join(row) for row in rows)
            self.page.blocks.append(Block(text, TABLE, "".join(self.table_html), tuple(self.path)))
        self.table, self.table_html, self.depth = None, [], 0

    # -- figures

    def _open_figure(self, tag: str, attributes: str) -> None:
        if tag == "figure":
            self.flush()
            self.figure = Figure()
        elif tag == "img":
            picture = self.figure or Figure()
            picture.src = picture.src or _attribute(attributes, "src")
            picture.alt = picture.alt or _attribute(attributes, "alt")
            if self.figure is None and (picture.src or picture.alt):
                self.page.figures.append(picture)
        else:
            self.flush()

    def _close_figure(self, tag: str) -> None:
        if tag == "img" or self.figure is None:
            self.flush()
            return
        text = "".join(self.plain).strip()
        if text:
            self.figure.caption = f"{self.figure.caption} {text}".strip()
        self.plain, self.inline, self.opened = [], [], []
        if tag == "figure":
            if self.figure.src or self.figure.caption:
                self.page.figures.append(self.figure)
            self.figure = None

    def _close_all(self) -> None:
        self.inline += [f"</{one[1:].split(' ', 1)[0].rstrip('>')}>" for one in reversed(self.opened)]

    def flush(self, *, again: bool = False) -> None:
        """End the block being filled; inline elements that are open go on in the next one when `again`."""
        if not self.plain and not self.opened:
            self.inline = []
            return
        kept = list(self.opened) if again else []
        if not self.pre and self.plain and self.plain[-1][-1:].isspace():
            self._trim()
        text = "".join(self.plain)
        if text and not text.isspace():
            if self.opened:
                self._close_all()
            self._append(text)
        self.plain, self.inline, self.opened = [], list(kept), kept

    def _append(self, text: str) -> None:
        if self.figure is not None:
            self.figure.caption = f"{self.figure.caption} {text.strip()}".strip()
            return
        if self.tag == PRE:
            self.page.blocks.append(Block(text.strip("\n"), PRE, None, tuple(self.path)))
            return
        inline = "".join(self.inline) if len(self.inline) > 1 or "&" in self.inline[0] else None
        block = Block(text, self.tag, inline, tuple(self.path))
        if text[0].isspace():
            block.cut_front(len(text) - len(text.lstrip()))
        self.page.blocks.append(block)


def _attribute(attributes: str, name: str) -> str:
    _, found, rest = attributes.partition(f'{name}="')
    return html.unescape(rest.partition('"')[0]) if found else ""
