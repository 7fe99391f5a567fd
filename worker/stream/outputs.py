"""Outcomes become records: which topic, which partition, which bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from kafka.partitioner.default import murmur2

from worker.story import DeadLetter, Duplicate, Outcome, Published
from worker.stream import headers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.stream.config import TopicNames
    from worker.stream.envelope import Envelope


class Output(NamedTuple):
    """A record to be written. A raw record without a value and a key cannot be written as it is: see `dead_letter`."""

    topic: str
    partition: int
    key: bytes | None
    value: bytes | None
    headers: headers.Headers

    @property
    def size(self) -> int:
        """Bytes, near enough for limits."""
        return len(self.value or b"") + len(self.key or b"") + sum(len(n) + len(v) + 8 for n, v in self.headers) + 64


def partition_of(key: bytes, partitions: int) -> int:
    """Kafka's own default: what other producers and Kafka Streams would choose for this key."""
    return int((murmur2(key) & 0x7FFFFFFF) % partitions)


def story(envelope: Envelope, outcome: Published | Duplicate, topic: str, partitions: int) -> Output:
    """A clean story under its `uri`, or a duplicate under its original's."""
    key = (outcome.uri if isinstance(outcome, Published) else outcome.duplicate_of).encode()
    return Output(topic, partition_of(key, partitions), key, outcome.story, headers.of_story(envelope, outcome))


def dead_letter(envelope: Envelope, letter: DeadLetter, topic: str, partitions: int, *, with_value: bool) -> Output:
    """The raw record unchanged, with the reasons in its headers. Its key decides the partition, else its offset.

    kafka-python sends no record that has neither key nor value: such a one gets an empty value and `wire.raw.null`.
    """
    said = headers.of_dead(envelope, letter.dead, letter.order)
    value = envelope.value
    if envelope.omitted_bytes or not with_value:
        said.append(("wire.raw.omitted", b"%d" % (envelope.omitted_bytes or len(value or b""))))
        value = b""
    elif value is None and envelope.key is None:
        said.append(("wire.raw.null", b"true"))
        value = b""
    at = envelope.offset % partitions if envelope.key is None else partition_of(envelope.key, partitions)
    return Output(topic, at, envelope.key, value, said)


def outputs(
    judged: Sequence[tuple[Envelope, Sequence[Outcome]]],
    topics: TopicNames,
    partitions: Mapping[str, int],
    *,
    duplicates: bool,
    dead_bytes_max: int,
) -> list[Output]:
    """All records of a batch, in judging order.

    The raw bytes of one record are repeated for each of its dead items, up to `dead_bytes_max`; further ones say
    where the bytes are. So a large record of many bad items cannot outgrow a transaction.
    """
    out: list[Output] = []
    for envelope, outcomes in judged:
        left = dead_bytes_max
        first_dead = True
        for outcome in outcomes:
            match outcome:
                case Published():
                    out.append(story(envelope, outcome, topics.clean, partitions[topics.clean]))
                case Duplicate():
                    if duplicates:
                        out.append(story(envelope, outcome, topics.duplicates, partitions[topics.duplicates]))
                case DeadLetter():
                    size = len(envelope.value or b"")
                    fits = first_dead or size <= left
                    out.append(dead_letter(envelope, outcome, topics.dead, partitions[topics.dead], with_value=fits))
                    left -= size
                    first_dead = False
                case _:
                    assert_never(outcome)
    return out
