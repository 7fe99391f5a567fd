"""Logs: one past-tense event a line with its fields, as JSON or for a terminal, on standard error. Never a body.

log = logger()
log.info("judge_elected", group="clean.judges")
"""

from __future__ import annotations

import logging
import os
import sys
import time
from typing import TYPE_CHECKING, Any, TextIO

import orjson
import structlog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from structlog.typing import EventDict, FilteringBoundLogger, Processor

REPEAT_SECONDS = 60.0  # the same line of a library is passed on once in so long: an outage says it ten times a second
REPEATS_MAX = 200
FIELD_CHARS_MAX = 500  # an error's text may quote its input; no field ever holds a story
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def configure(
    format: str,  # noqa: A002
    level: str,
    *,
    fields: Mapping[str, str] | None = None,
    stream: TextIO | None = None,
) -> None:
    """Set up this process's log. `format`: auto, json, console; `fields` stand in every line (`process="reader-0"`).

    The client library's own log is passed on from ERROR upwards, and the same line once a minute: it speaks at every
    step of an outage that our events already tell. At level debug it is passed on from INFO upwards; never what it says
    at DEBUG, which is passwords, and every byte that is sent or received.
    """
    sink = stream or sys.stderr
    console = format == "console" or (format == "auto" and sink.isatty())
    shared: list[Processor] = [
        _adder(dict(fields or {})),
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without_unknown,
        _shorten,
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=sink.isatty() and not os.environ.get("NO_COLOR"))
        if console
        else structlog.processors.JSONRenderer(_dumps)
    )
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(sink),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sink)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=_foreign(renderer), foreign_pre_chain=shared))
    if level != "debug":
        handler.addFilter(_Seldom())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO if level == "debug" else logging.ERROR)
    logging.captureWarnings(capture=True)


def logger() -> FilteringBoundLogger:
    """The process's logger."""
    log: FilteringBoundLogger = structlog.get_logger()
    return log


class _Seldom(logging.Filter):
    """Lets a line pass that was not passed on within `REPEAT_SECONDS`."""

    def __init__(self) -> None:
        super().__init__()
        self._passed: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        line, now = (record.name, record.getMessage()), time.monotonic()
        if now - self._passed.get(line, -REPEAT_SECONDS) < REPEAT_SECONDS:
            return False
        if len(self._passed) >= REPEATS_MAX:
            self._passed.clear()
        self._passed[line] = now
        return True


def _foreign(renderer: Processor) -> list[Processor]:
    def named(_: object, __: str, event: EventDict) -> EventDict:
        record = event.pop("_record", None)
        event.pop("_from_structlog", None)
        if record is not None:  # a library's sentence is no event name of ours
            event["message"], event["event"] = event["event"], "library_logged"
            event["library"] = record.name
        return event

    return [named, renderer]


def _adder(fields: Mapping[str, str]) -> Processor:
    def add(_: object, __: str, event: EventDict) -> EventDict:
        for name, value in fields.items():
            event.setdefault(name, value)
        return event

    return add


def _without_unknown(_: object, __: str, event: EventDict) -> EventDict:
    for name in [name for name, value in event.items() if value is None]:
        del event[name]
    return event


def _shorten(_: object, __: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if isinstance(value, str) and len(value) > FIELD_CHARS_MAX and name not in ("exception", "stacks"):
            event[name] = value[:FIELD_CHARS_MAX] + "…"
    return event


def _dumps(event: EventDict, **_: Any) -> str:
    ordered = {
        "timestamp": event.pop("timestamp", ""),
        "level": event.pop("level", ""),
        "event": event.pop("event", ""),
    }
    return orjson.dumps({**ordered, **event}, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
