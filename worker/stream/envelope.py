"""The record of the stories topic: one raw record, read. Whole, so that two versions of a reader never mix in one.

Bytes: `WSE`, one byte of major version, then msgpack. Within a major version fields are only added, with a
default; unknown ones are ignored. A newer major version is refused: the judge is upgraded before the readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from worker.story import Candidate, Dead, DeadCode, Reading
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Sequence

MAGIC = b"WSE"
MAJOR = 1
OVERHEAD_BYTES = 512  # msgpack around the readings
HEADROOM_BYTES = 262_144  # left free in a stories record: what the judge adds, headers, and what lz4 may add
_HEAD = MAGIC + bytes([MAJOR])


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one reader session read of one raw record.

    `prev`: the end of what this session had already written on the partition (offset of the next raw record then);
    for its first record the group's committed offset. It chains the records: see `chain`.
    `fresh`: first record of a session of a group that had never committed this partition.
    `value`, `key`, `headers`: the raw record itself, present exactly when a reading is dead.
    """

    topic: str
    topic_id: bytes  # 16 bytes; a topic created again has another
    partition: int
    offset: int
    prev: int
    session: bytes  # 8 random bytes
    digest: bytes  # xxh3-128 of the raw value
    readings: tuple[Reading, ...]
    fresh: bool = False
    timestamp_ms: int = 0
    worker: str = ""  # version of the reader
    trace: tuple[tuple[str, bytes], ...] = ()  # traceparent, tracestate
    value: bytes | None = None
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()
    omitted_bytes: int = 0  # length of a raw value that was too large to travel along


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Envelope)


def encode(envelope: Envelope) -> bytes:
    return _HEAD + _ENCODER.encode(envelope)


def decode(value: bytes | None, where: str) -> Envelope:
    """Read an envelope. `where` names the record in the error.

    Raises:
        LoopEnded: CONFIG for a newer major version and for bytes that no reader of this project wrote.
    """
    if value is None or value[:3] != MAGIC or len(value) < 4:
        raise LoopEnded(ExitCode.CONFIG, f"{where} was not written by a reader: only readers may write to this topic")
    if value[3] != MAJOR:
        raise LoopEnded(
            ExitCode.CONFIG,
            f"{where} has format {value[3]}, this judge reads format {MAJOR}: upgrade judges before readers",
        )
    try:
        envelope = _DECODER.decode(memoryview(value)[4:])
    except msgspec.MsgspecError as error:
        raise LoopEnded(ExitCode.CONFIG, f"{where} is damaged or from a newer reader: {error}") from error
    if not envelope.readings:
        raise LoopEnded(ExitCode.CONFIG, f"{where} has no readings: every raw record has at least one")
    return envelope


def pack(envelope: Envelope, bytes_max: int) -> bytes:
    """Encode to at most `bytes_max` bytes. Give the envelope with the raw record in it; it stays only beside dead ones.

    The largest stories become dead letters `too-large` until the rest fits. When not even the raw bytes fit they
    stay in the raw topic and the dead letters name the place (`omitted_bytes`).
    """
    readings = envelope.readings
    encoded = encode(envelope if _any_dead(readings) else _without_raw(envelope))
    if len(encoded) <= bytes_max:
        return encoded
    readings = _shrunk(envelope, bytes_max)
    smaller = with_readings(envelope, readings)
    encoded = encode(smaller if _any_dead(readings) else _without_raw(smaller))
    if len(encoded) > bytes_max:
        encoded = encode(_without_raw(smaller, omitted_bytes=len(envelope.value or b"")))
    return encoded


def with_readings(envelope: Envelope, readings: tuple[Reading, ...]) -> Envelope:
    return msgspec.structs.replace(envelope, readings=readings)


def _any_dead(readings: Sequence[Reading]) -> bool:
    return any(isinstance(reading, Dead) for reading in readings)


def _without_raw(envelope: Envelope, omitted_bytes: int = 0) -> Envelope:
    key = envelope.key if omitted_bytes else None
    return msgspec.structs.replace(envelope, value=None, key=key, headers=(), omitted_bytes=omitted_bytes)


def _shrunk(envelope: Envelope, bytes_max: int) -> tuple[Reading, ...]:
    """The readings, the largest candidates turned into dead ones until the whole is small enough with the raw record.

    A raw record that does not fit by itself is not counted: it will be left out, so that no good story dies for it.
    """
    readings = list(envelope.readings)
    sizes = [len(_ENCODER.encode(reading)) for reading in readings]
    around = len(encode(msgspec.structs.replace(envelope, readings=()))) + OVERHEAD_BYTES
    if around > bytes_max:
        around = (
            len(encode(msgspec.structs.replace(_without_raw(envelope, omitted_bytes=1), readings=()))) + OVERHEAD_BYTES
        )
    total = around + sum(sizes)
    for number in sorted(range(len(readings)), key=lambda each: (-sizes[each], each)):
        if total <= bytes_max:
            break
        reading = readings[number]
        if isinstance(reading, Candidate):
            dead = _too_large(reading, sizes[number], bytes_max)
            readings[number] = dead
            total += len(_ENCODER.encode(dead)) - sizes[number]
    return tuple(readings)


def _too_large(candidate: Candidate, size: int, bytes_max: int) -> Dead:
    return Dead(
        code=DeadCode.TOO_LARGE,
        detail=f"the story takes {size} bytes; all stories of a record together may take {bytes_max}",
        stage="encode",
        format=candidate.format,
        source=candidate.source,
        item=candidate.item,
    )
