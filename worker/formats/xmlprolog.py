"""What stands before an XML document's root: enough to recognise a format, and to take a DOCTYPE away.

A document type declaration never reaches the parser: no external subset is looked for, no entity is expanded by
it, so entity bombs and external entities cannot happen at all (see `xmlentities` for what a wire may declare there).
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

_PROLOG_PIECES_MAX = 200  # comments and instructions before the root

_SPACE = b" \t\r\n\f\v\x00"
_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]{0,60}):)?([A-Za-z_][\w.-]{0,80})(?=[\s/>])([^<>]{0,4000})")
_XMLNS = re.compile(rb"""\bxmlns(?::([\w.-]{1,60}))?\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})')""")
_DOCTYPE_NAME = re.compile(rb"<!DOCTYPE\s{1,20}([A-Za-z_][\w.-]{0,80})", re.IGNORECASE)
_DOCTYPE_STEP = re.compile(rb"""[\["'>]|<!--|<\?""")
_SUBSET_STEP = re.compile(rb"""[\]"']|<!--|<\?""")
_CLOSES = {b'"': b'"', b"'": b"'", b"<!--": b"-->", b"<?": b"?>"}


class Root(NamedTuple):
    """The root element's local name and namespace URI, "" where it has none."""

    name: str
    namespace: str


class Prolog(NamedTuple):
    """Positions in the bytes: the root's `<` (-1: none found) and the DOCTYPE (0, 0: none)."""

    root: int
    doctype: tuple[int, int]


@functools.lru_cache(maxsize=8)  # five readers ask about the same bytes, one after the other
def root_of(head: bytes) -> Root | None:
    """The root element, when these first bytes of a record begin an XML document; None when they do not."""
    head = _narrow(head)
    start = scan(head).root
    if start < 0:
        named = _DOCTYPE_NAME.search(head)  # a DOCTYPE that is longer than these bytes names the root
        return Root(_ascii(named[1]), "") if named and head.startswith(b"<") else None
    found = _ROOT.match(head, start)
    if not found:
        return None
    prefix = found[1] or b""
    for own, double, single in _XMLNS.findall(found[3]):
        if own == prefix:
            return Root(_ascii(found[2]), _ascii(double or single).strip())
    return Root(_ascii(found[2]), "")


def _ascii(value: bytes) -> str:
    return value.decode("ascii", "replace")


def _narrow(head: bytes) -> bytes:
    """UTF-16 as UTF-8, all else as it is."""
    for mark, charset in (
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            return head.decode(charset, "replace").lstrip("\ufeff \t\r\n").encode()
    return head


def scan(data: bytes) -> Prolog:
    """Find the root's start tag. Only what XML allows before it is skipped; linear in the prolog's length."""
    at, doctype = 0, (0, 0)
    for _ in range(_PROLOG_PIECES_MAX):
        at += len(data[at : at + 4096]) - len(data[at : at + 4096].lstrip(_SPACE))
        if data.startswith(b"<?", at):
            end = data.find(b"?>", at) + 2
        elif data.startswith(b"<!--", at):
            end = data.find(b"-->", at) + 3
        elif data[at : at + 9].upper() == b"<!DOCTYPE":
            end = _doctype_end(data, at + 9)
            doctype = (at, end)
        else:
            return Prolog(at if data.startswith(b"<", at) else -1, doctype)
        if end <= at:
            break
        at = end
    return Prolog(-1, doctype)


def _doctype_end(data: bytes, at: int) -> int:
    """The position behind the DOCTYPE that is open at `at`, 0 when it does not end."""
    step = _DOCTYPE_STEP
    while found := step.search(data, at):
        token = found[0]
        at = found.end()
        if token == b">":
            return at
        if token in (b"[", b"]"):
            step = _SUBSET_STEP if token == b"[" else _DOCTYPE_STEP
            continue
        closes = data.find(_CLOSES[token], at)
        if closes < 0:
            return 0
        at = closes + len(_CLOSES[token])
    return 0
