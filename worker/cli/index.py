"""`worker index rebuild`."""

from __future__ import annotations

from typing import Annotated

import typer

from worker.cli.common import settings_or_exit, start_logging, stderr_console
from worker.stream import wiring
from worker.stream.hooks import NoHooks
from worker.stream.rebuild import rebuild_index
from worker.stream.stop import LoopEnded, Stop


def rebuild(
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Delete what the index holds, and make it again.")] = False,
) -> None:
    """Make the judge's index again from the clean, duplicates and dead topics, when it was lost or is corrupt.

    Stop the worker first: a judge that still runs is fenced. The index is written in one transaction, so that a judge
    that starts meanwhile sees all of it or nothing. With WORKER_DUPLICATES=drop suppressed stories are not remembered;
    they are judged again when they come again.

    Exit codes: 0 done; 75 no broker answers; 78 the index holds records and --replace was not given.
    """
    settings = settings_or_exit()
    start_logging(settings)
    console = stderr_console()
    try:
        with console.status("reading what was published") as status:
            done = rebuild_index(
                wiring.kafka_config(settings, "rebuild"),
                wiring.topic_names(settings),
                wiring.judge_loop_config(settings, "rebuild"),
                settings.judge_config(),
                NoHooks(),
                Stop(),
                replace=replace,
                progress=lambda stories: status.update(f"{stories} stories remembered"),
            )
    except LoopEnded as end:
        typer.echo(end.message, err=True)
        raise typer.Exit(int(end.code)) from None
    typer.echo(f"index rebuilt: {done.stories} stories in {done.records} records, next order {done.order}", err=True)
