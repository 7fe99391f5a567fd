"""`worker produce`: files onto the raw topic."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from worker.cli import inputs
from worker.cli.common import EXIT_NO_INPUT, settings_or_exit, start_logging
from worker.cli.inputs import Paths
from worker.cli.summary import counted
from worker.settings.fields import TOPIC, TOPIC_WANT
from worker.stream.produce import produce as produce_records
from worker.stream.stop import LoopEnded


def produce(
    paths: Paths,
    topic: Annotated[str, typer.Option(help="Topic to write to; empty = WORKER_TOPIC_RAW.")] = "",
    source: Annotated[str, typer.Option(help="Value of the header `source`: the sender of the stories.")] = "",
    lines: Annotated[
        bool, typer.Option("--lines", help="Each line of a file is a record (JSON lines, also gzipped).")
    ] = False,
) -> None:
    """Put files on the raw topic, one record a file, their bytes unchanged.

    Every record is acknowledged by all replicas before the command ends with 0. One of more than
    WORKER_JUDGE_RECORD_BYTES_MAX bytes is left out, and the exit code is 66.

    Exit codes: 0 all written; 66 a path cannot be read, or a record is too large; 70 a record was refused; 75 no broker
    answers; 78 the topic is not there, or rights are missing.
    """
    settings = settings_or_exit()
    start_logging(settings)
    inputs.must_exist(paths)
    reading = inputs.Reading(list(inputs.walk(paths)), lines, settings.judge_record_bytes_max, source, whole=True)
    target = topic or settings.topic_raw
    if not re.fullmatch(TOPIC, target):
        raise typer.BadParameter(f"{target!r}: want {TOPIC_WANT}", param_hint="--topic")
    try:
        written, size = produce_records(settings, target, (one.record for one in reading.records()))
    except LoopEnded as end:
        typer.echo(end.message, err=True)
        raise typer.Exit(int(end.code)) from None
    typer.echo(f"{counted(written, 'record')}, {counted(size, 'byte')}, written to {target}")
    if reading.unreadable:
        raise typer.Exit(EXIT_NO_INPUT)
