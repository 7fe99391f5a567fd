"""The record of the index topic: all of the judge's state, in the same transaction as what it explains.

Bytes: `WSI`, one byte of major version, then msgpack. Every record holds *all* watermarks and positions, so the last
one alone says where the judge stands; the entries of all of them together are its memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from worker.stream.chain import Watermarks
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Mapping

MAGIC = b"WSI"
MAJOR = 1
_HEAD = MAGIC + bytes([MAJOR])
REBUILD = "rebuild it with `worker index rebuild`"


class IndexRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One transaction of the judge.

    `serial` counts index records: a missing one is noticed. `order` is the judging number of the next outcome.
    `watermarks`: (raw topic id, partition, offset after the last judged record). `positions`: stories partition ->
    offset of the next stories record. `settings`: what verdicts depend on besides the claims.
    """

    serial: int
    order: int
    watermarks: tuple[tuple[bytes, int, int], ...]
    positions: dict[int, int]
    stories_id: bytes  # id of the stories topic that the positions count in
    settings: dict[str, Any] = {}
    raw_topic: str = ""
    worker: str = ""
    entries: bytes = b""


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(IndexRecord)


def encode(record: IndexRecord) -> bytes:
    return _HEAD + _ENCODER.encode(record)


def decode(value: bytes | None, where: str) -> IndexRecord:
    """Read an index record. `where` names the record in the error.

    Raises:
        LoopEnded: CONFIG for a newer major version and for anything that is not whole.
    """
    if value is None or value[:3] != MAGIC or len(value) < 4:
        raise LoopEnded(ExitCode.CONFIG, f"{where} was not written by a judge: the index is corrupt, {REBUILD}")
    if value[3] != MAJOR:
        raise LoopEnded(
            ExitCode.CONFIG,
            f"{where} has format {value[3]}, this judge reads {MAJOR}: run a judge of that version, or {REBUILD}",
        )
    try:
        return _DECODER.decode(memoryview(value)[4:])
    except msgspec.MsgspecError as error:
        raise LoopEnded(ExitCode.CONFIG, f"{where} is damaged ({error}): the index is corrupt, {REBUILD}") from error


class JudgeState:
    """Where the judge stands, besides the memory of its rule. Built from the index, never repaired."""

    def __init__(self) -> None:
        self.serial = 0
        self.order = 0
        self.watermarks = Watermarks()
        self.positions: dict[int, int] = {}
        self.stories_id = b""
        self.settings: dict[str, Any] = {}

    @property
    def empty(self) -> bool:
        return self.serial == 0

    def restore(self, record: IndexRecord, where: str) -> None:
        """Move to a later record.

        Raises:
            LoopEnded: CONFIG when a record between is missing. The first one may have any serial: older ones may have
                reached the end of their retention.
        """
        if not self.empty and record.serial != self.serial + 1:
            raise LoopEnded(
                ExitCode.CONFIG,
                f"{where} is number {record.serial} but follows {self.serial}: the index lacks records, {REBUILD}",
            )
        self.serial = record.serial
        self.order = record.order
        self.watermarks.at = {(topic_id, partition): offset for topic_id, partition, offset in record.watermarks}
        self.positions = dict(record.positions)
        self.stories_id = record.stories_id
        self.settings = dict(record.settings)

    def record(self, entries: bytes, settings: Mapping[str, Any], raw_topic: str, worker: str) -> IndexRecord:
        """The next index record."""
        return IndexRecord(
            serial=self.serial + 1,
            order=self.order,
            watermarks=tuple((topic_id, part, offset) for (topic_id, part), offset in self.watermarks.at.items()),
            positions=dict(self.positions),
            stories_id=self.stories_id,
            settings=dict(settings),
            raw_topic=raw_topic,
            worker=worker,
            entries=entries,
        )
