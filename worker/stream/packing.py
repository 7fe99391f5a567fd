"""Raw records in and out of a batch: consumed record to RawRecord, readings to envelope, polled records to slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xxhash

from worker import __version__
from worker.story import Dead, DeadCode, RawRecord, Reading
from worker.stream import envelope, headers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kafka import TopicPartition
    from kafka.consumer.fetcher import ConsumerRecord

    from worker.stream.session import Session

    Polled = Mapping[TopicPartition, Sequence[ConsumerRecord]]


def raw_record(record: ConsumerRecord) -> RawRecord:
    """A consumed record in the domain's words."""
    return RawRecord(
        value=record.value,
        key=record.key,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp_ms=record.timestamp if record.timestamp is not None and record.timestamp >= 0 else None,
        headers=tuple((name, value or b"") for name, value in record.headers),
    )


def pack(session: Session, record: RawRecord, readings: Sequence[Reading], bytes_max: int) -> bytes:
    """The stories record of a raw record. Text that cannot be encoded at all makes it a dead letter."""
    whole = envelope.Envelope(
        topic=record.topic,
        topic_id=session.topic_id,
        partition=record.partition,
        offset=record.offset,
        prev=session.prev,
        session=session.id,
        digest=xxhash.xxh3_128_digest(record.value or b""),
        readings=tuple(readings),
        fresh=session.fresh,
        timestamp_ms=record.timestamp_ms or 0,
        worker=__version__,
        trace=headers.trace_of(record.headers),
        value=record.value,
        key=record.key,
        headers=record.headers,
    )
    try:
        return envelope.pack(whole, bytes_max)
    except UnicodeEncodeError as error:
        dead = Dead(
            code=DeadCode.INTERNAL,
            detail=f"the readings hold text that is not Unicode: {error!r}"[:500],
            stage="encode",
        )
        return envelope.pack(envelope.with_readings(whole, (dead,)), bytes_max)


def slices(polled: Polled, bytes_max: int) -> Iterator[Polled]:
    """Cut what was polled into batches of at most `bytes_max` bytes of values; a larger record stands alone."""
    batch: dict[TopicPartition, list[ConsumerRecord]] = {}
    size = 0
    for partition, records in polled.items():
        for record in records:
            length = len(record.value or b"")
            if batch and size + length > bytes_max:
                yield batch
                batch, size = {}, 0
            batch.setdefault(partition, []).append(record)
            size += length
    if batch:
        yield batch
