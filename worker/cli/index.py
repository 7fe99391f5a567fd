"""`worker index rebuild`."""

from __future__ import annotations

import typer

from worker.cli.common import settings_or_exit, start_logging, stderr_console
from worker.stream.reindex import rebuild_from
from worker.stream.stop import LoopEnded


def rebuild() -> None:
    """Make the judge's index again from the clean, duplicates and dead topics, when it was lost or is corrupt.

    The index topic must be empty: stop the worker, delete the topic, make it again with `worker topics create`, then
    rebuild. A judge that still runs is fenced. All is written in one transaction, so that a judge that starts
    meanwhile sees all of it or nothing. With WORKER_DUPLICATES=drop suppressed stories are not remembered.

    Exit codes: 0 done; 75 no broker answers; 78 the index holds records, or the raw topic is another one.
    """
    settings = settings_or_exit()
    start_logging(settings)
    try:
        with stderr_console().status("reading what was published"):
            done = rebuild_from(settings)
    except LoopEnded as end:
        typer.echo(end.message, err=True)
        raise typer.Exit(int(end.code)) from None
    typer.echo(f"index rebuilt: {done.stories} stories in {done.records} records, next order {done.order}", err=True)
