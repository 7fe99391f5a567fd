"""The judge's memory as it is stored: what a batch added, packed, with a format version.

    magic 4 | major 1 | minor 1 | xxh3-64 of the rest 8, seeded with the version | msgpack, see Entries

Fields are only ever added at the end of the head, of a row and of a record, each with the minor version raised; the
sizes of row and record stand in the head, so that an older reader skips what it does not know and a newer one takes
zero for what is missing. A newer major version is refused.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt
import xxhash

from worker.dedupe.record import RECORD
from worker.dedupe.rows import ENTRY_ROW

MAGIC = b"WDX1"
MAJOR, MINOR = 1, 0
_PREFIX = len(MAGIC) + 2 + 8
_REBUILD = "stop the judge and run `worker index rebuild`"


class CorruptEntries(Exception):  # noqa: N818
    """Entries that cannot be read: damaged, cut, missing, or of a newer major version. The judge must stop."""


class Entries(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What some judged stories added."""

    algorithm: int  # of the records
    first_row: int
    first_slot: int
    row_size: int
    record_size: int
    day: int  # of the judge's clock, after these entries
    latest_event_ms: int
    days: list[tuple[int, int, int]]  # begun in these entries: (day, first row, first slot)
    marks: list[tuple[int, int]]  # (row, flag), in order
    links: list[tuple[int, int]]  # (key, row): keys beside those of the rows
    rows: bytes
    records: bytes
    strings: bytes
    settings: bytes = b""  # what verdicts depend on, when it changed


_DECODER = msgspec.msgpack.Decoder(Entries)


def pack(entries: Entries) -> bytes:
    return sealed(MAJOR, MINOR, msgspec.msgpack.encode(entries))


def sealed(major: int, minor: int, payload: bytes) -> bytes:
    """The payload behind its prefix."""
    return MAGIC + bytes((major, minor)) + _checksum(major, minor, payload) + payload


def _checksum(major: int, minor: int, payload: bytes | memoryview) -> bytes:
    return xxhash.xxh3_64_digest(payload, seed=major << 8 | minor)


def unpack(data: bytes) -> Entries:
    """Raises CorruptEntries."""
    if len(data) < _PREFIX or data[:4] != MAGIC:
        raise CorruptEntries(f"{len(data)} bytes that are no index entry (they begin {data[:8]!r}); {_REBUILD}")
    major, minor = data[4], data[5]
    if major > MAJOR:
        raise CorruptEntries(f"index entry of format {major}.{minor}; this worker reads up to {MAJOR}.x: upgrade it")
    payload = memoryview(data)[_PREFIX:]
    if _checksum(major, minor, payload) != data[6:_PREFIX]:
        raise CorruptEntries(
            f"index entry of {len(data)} bytes is damaged or cut off (its checksum differs); {_REBUILD}"
        )
    try:
        entries = _DECODER.decode(payload)
    except msgspec.MsgspecError as why:
        raise CorruptEntries(f"index entry cannot be decoded: {why}; {_REBUILD}") from why
    for name, part, size in (
        ("rows", entries.rows, entries.row_size),
        ("records", entries.records, entries.record_size),
    ):
        if size <= 0 or len(part) % size:
            raise CorruptEntries(f"index entry with {len(part)} bytes of {name} of {size} bytes each; {_REBUILD}")
    return entries


def rows_of(entries: Entries) -> npt.NDArray[np.void]:
    return _fitted(entries.rows, entries.row_size, ENTRY_ROW)


def records_of(entries: Entries) -> npt.NDArray[np.void]:
    return _fitted(entries.records, entries.record_size, RECORD)


def _fitted(data: bytes, size: int, layout: np.dtype[np.void]) -> npt.NDArray[np.void]:
    """Records of another minor version's size as this version's: cut, or filled with zeros."""
    if size == layout.itemsize:
        return np.frombuffer(data, layout)
    count = len(data) // size
    out = np.zeros((count, layout.itemsize), np.uint8)
    known = min(size, layout.itemsize)
    out[:, :known] = np.frombuffer(data, np.uint8).reshape(count, size)[:, :known]
    return out.reshape(-1).view(layout)
