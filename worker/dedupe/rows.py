"""What the judge keeps of every story that it published or suppressed by its text: 68 bytes and its uri.

Rows are numbered in judging order for ever; the number is what everything else refers to. A row does not change
but for its marks (killed, superseded).
"""

from __future__ import annotations

import struct

import msgspec
import numpy as np

PUBLISHED, KILL, KILLED, SUPERSEDED, CORRECTION, UPDATE, WITHHELD, CANCELED, TIMELESS = (1 << n for n in range(9))
"""Flags. KILL: is a kill or withdrawal itself; KILLED: was killed by one; SUPERSEDED: a later version took its place
in the cluster; TIMELESS: neither the story nor its record had a time."""

NO_DATE = 0xFFFFFFFF
"""Embargo without a date: never visible."""

_KEYS = [("id", "<u8"), ("slug", "<u8"), ("headline", "<u8")]  # only in entries: the table has them in memory
_FIELDS = [
    ("digest", "<u8"),  # first half of the text's digest
    ("version", "<u8"),  # see identity.version_code
    ("version_ms", "<i8"),
    ("previous", "<u8"),  # number + 1 of the row that had the id before; 0 = none
    ("slot", "<u8"),  # number + 1 of its text in the index; 0 = none
    ("event", "<u4"),  # seconds
    ("first", "<u4"),  # firstCreated, seconds
    ("embargo", "<u4"),  # visible from, seconds; 0 = at once
    ("source", "<u4"),
    ("text", "<u4"),  # where its uri (and its cluster's) begin in the block's strings
    ("flags", "<u2"),
    ("uri_len", "<u2"),
    ("root_len", "<u2"),  # 0 = it is its cluster's first telling
    ("lead", "u1"),
    ("take", "u1"),
]
ROW = np.dtype(_FIELDS)
ENTRY_ROW = np.dtype(_KEYS + _FIELDS)
PACK = struct.Struct("<QQQQQqQQIIIIIHHHBB")
assert PACK.size == ENTRY_ROW.itemsize  # noqa: S101 - two writings of one layout

BLOCK = 4096
_URI_BYTES_MAX = 0xFFFF


class Row(msgspec.Struct, kw_only=True):
    """One row in words. `number` is its place in judging order; `root` its cluster's uri."""

    number: int
    uri: str
    root: str
    digest: int
    version: int
    version_ms: int
    previous: int
    slot: int
    event: int
    first: int
    embargo: int
    source: int
    flags: int
    lead: int
    take: int


class _Block:
    """BLOCK rows with the strings that they point into."""

    __slots__ = ("rows", "strings")

    def __init__(self) -> None:
        self.rows = np.zeros(BLOCK, ROW)
        self.strings = bytearray()


class Rows:
    """All rows still remembered, in blocks; whole blocks are forgotten."""

    def __init__(self) -> None:
        self._blocks: dict[int, _Block] = {}
        self.first: int | None = None  # number of the first row that is held
        self.next = 0

    def start_at(self, number: int) -> None:
        """The number of the first row of an empty store, when it continues an older one."""
        self.next = number

    def append(self, rows: np.ndarray[tuple[int], np.dtype[np.void]], strings: bytes) -> None:
        """Add rows (of ENTRY_ROW) in order; their `text` counts from the start of `strings`."""
        done = 0
        if self.first is None:
            self.first = self.next
        while done < len(rows):
            number, at = divmod(self.next, BLOCK)
            block = self._blocks.get(number)
            if block is None:
                block = self._blocks[number] = _Block()
            part = rows[done : done + BLOCK - at]
            target = block.rows[at : at + len(part)]
            for name, _ in _FIELDS:
                target[name] = part[name]
            start = int(part["text"][0])
            end = int(part["text"][-1]) + int(part["uri_len"][-1]) + int(part["root_len"][-1])
            target["text"] = part["text"].astype(np.int64) + (len(block.strings) - start)
            block.strings += strings[start:end]
            done += len(part)
            self.next += len(part)

    def get(self, number: int) -> Row | None:
        """The row; None when it is forgotten."""
        block = self._blocks.get(number // BLOCK)
        if block is None or self.first is None or not self.first <= number < self.next:
            return None
        fields = block.rows[number % BLOCK].item()
        (
            digest,
            version,
            version_ms,
            previous,
            slot,
            event,
            first,
            embargo,
            source,
            text,
            flags,
            uri_len,
            root_len,
            lead,
            take,
        ) = fields
        middle = text + uri_len
        uri = block.strings[text:middle].decode()
        return Row(
            number=number,
            uri=uri,
            root=block.strings[middle : middle + root_len].decode() if root_len else uri,
            digest=digest,
            version=version,
            version_ms=version_ms,
            previous=previous,
            slot=slot,
            event=event,
            first=first,
            embargo=embargo,
            source=source,
            flags=flags,
            lead=lead,
            take=take,
        )

    def mark(self, number: int, flag: int) -> None:
        block = self._blocks.get(number // BLOCK)
        if block is not None:
            block.rows["flags"][number % BLOCK] |= flag

    def forget_before(self, number: int) -> None:
        """Drop the blocks whose rows all lie before `number`."""
        if self.first is None or number // BLOCK == self.first // BLOCK:
            return
        for block in [b for b in self._blocks if (b + 1) * BLOCK <= number]:
            del self._blocks[block]
        self.first = min(self._blocks, default=self.next // BLOCK) * BLOCK

    @property
    def nbytes(self) -> int:
        return sum(b.rows.nbytes + len(b.strings) for b in self._blocks.values())

    def __len__(self) -> int:
        return self.next - self.first if self.first is not None else 0


def pack(row: Row, identity: int, slug: int, headline: int, at: int) -> tuple[bytes, bytes]:
    """A row as an entry keeps it, and its strings, which will stand at `at`."""
    uri = row.uri.encode("utf-8", "surrogatepass")[:_URI_BYTES_MAX]
    root = b"" if row.root == row.uri else row.root.encode("utf-8", "surrogatepass")[:_URI_BYTES_MAX]
    packed = PACK.pack(
        identity,
        slug,
        headline,
        row.digest,
        row.version,
        row.version_ms,
        row.previous,
        row.slot,
        row.event,
        row.first,
        row.embargo,
        row.source,
        at,
        row.flags,
        len(uri),
        len(root),
        row.lead,
        row.take,
    )
    return packed, uri + root
