"""Headers of what the judge writes, and the families of error headers that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.story import Dead, Duplicate, Published
    from worker.stream.envelope import Envelope

Headers = list[tuple[str, bytes]]

TRACE = ("traceparent", "tracestate")  # W3C Trace Context, passed on from the raw record
JSON = b"application/json"
ERRORS = "__connect.errors."  # Kafka Connect's family of dead-letter headers
CODE = "wire.error.code"  # bounded: worker.story.DeadCode
OURS = ("wire.error.code", "wire.item", "wire.order", "wire.raw.omitted", "wire.raw.null")


def trace_of(headers: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    """The headers that carry a trace."""
    return tuple((name, value) for name, value in headers if name.lower() in TRACE)


def of_story(envelope: Envelope, outcome: Published | Duplicate) -> Headers:
    """For clean and duplicates: enough to route and trace a story without opening it."""
    headers: Headers = [
        ("content-type", JSON),
        ("wire.raw", f"{envelope.topic}/{envelope.partition}/{envelope.offset}".encode()),
        ("wire.order", b"%d" % outcome.order),
    ]
    headers += envelope.trace
    return headers


def of_dead(envelope: Envelope, dead: Dead, order: int) -> Headers:
    """For dead letters: the raw record's own headers, then Kafka Connect's family, then the bounded code.

    Headers of an earlier death are replaced, so that a redriven record tells its last story only.
    """
    said = f"{dead.code}: {dead.detail}".encode()
    headers: Headers = [
        (name, value) for name, value in envelope.headers if not name.startswith(ERRORS) and name not in OURS
    ]
    headers += [
        (f"{ERRORS}topic", envelope.topic.encode()),
        (f"{ERRORS}partition", b"%d" % envelope.partition),
        (f"{ERRORS}offset", b"%d" % envelope.offset),
        (f"{ERRORS}stage", dead.stage.encode()),
        (f"{ERRORS}class.name", f"worker.formats.{dead.format}".encode() if dead.format else b"worker.reading"),
        (f"{ERRORS}exception.class.name", b"worker.story.Rejected"),
        (f"{ERRORS}exception.message", dead.detail.encode()),
        (f"{ERRORS}exception.stacktrace", said),
        (CODE, str(dead.code).encode()),
        ("wire.item", b"%d" % dead.item),
        ("wire.order", b"%d" % order),
    ]
    return headers
