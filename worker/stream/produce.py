"""Raw records onto a topic: idempotent, bounded in flight, every acknowledgement checked."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from typing import TYPE_CHECKING

from kafka import errors

from worker.stream import clients, start, wiring
from worker.stream.aloud import Aloud
from worker.stream.failures import ending
from worker.stream.stop import ExitCode, LoopEnded, Stop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafka.producer.future import FutureRecordMetadata

    from worker.settings import Settings
    from worker.story import RawRecord

IN_FLIGHT_BYTES_MAX = 32_000_000
CLOSE_SECONDS = 5


def produce(settings: Settings, topic: str, records: Iterable[RawRecord]) -> tuple[int, int]:
    """Write the records to `topic`; gives (records, bytes) acknowledged.

    Raises:
        LoopEnded: the topic is not there, rights are missing, brokers do not answer, a record is refused.
    """
    kafka, hooks, stop = wiring.kafka_config(settings, "produce"), Aloud(), Stop()
    start.topic_facts(kafka, [topic], hooks, stop)
    config = wiring.reader_config(settings, "produce")
    producer = start.patiently(lambda: clients.stories_producer(kafka, config), kafka, hooks, stop, "connecting")
    waiting: deque[tuple[FutureRecordMetadata, int]] = deque()
    written = size = in_flight = 0
    try:
        for record in records:
            length = len(record.value or b"")
            waiting.append((producer.send(topic, record.value, key=record.key, headers=list(record.headers)), length))
            in_flight += length
            while waiting and (in_flight > IN_FLIGHT_BYTES_MAX or waiting[0][0].is_done):
                in_flight -= _acknowledged(waiting, config.ack_seconds_max)
            written, size = written + 1, size + length
        deadline = time.monotonic() + config.ack_seconds_max
        while waiting:
            _acknowledged(waiting, max(0.0, deadline - time.monotonic()))
    except errors.KafkaTimeoutError as error:
        raise LoopEnded(ExitCode.TRY_LATER, f"writing to {topic}: no acknowledgement in time") from error
    except errors.KafkaError as error:
        raise ending(error, f"writing to {topic}") from error
    finally:
        with contextlib.suppress(errors.KafkaError):  # what matters was said above
            producer.close(timeout=CLOSE_SECONDS)
    return written, size


def _acknowledged(waiting: deque[tuple[FutureRecordMetadata, int]], seconds_max: float) -> int:
    """Wait for the oldest; gives its bytes."""
    future, length = waiting.popleft()
    future.get(timeout=seconds_max)
    return length
