"""`worker topics create`."""

from __future__ import annotations

import typer

from worker.cli.common import EXIT_CONFIG, settings_or_exit, start_logging
from worker.cli.summary import counted
from worker.stream import topics
from worker.stream.stop import LoopEnded


def create() -> None:
    """Create the six topics with the right partitions, retention and record sizes, and check those that exist.

    Nothing that exists is changed. A difference with which the worker cannot run is marked `wrong`, and the exit code
    is 78; one with which it can is only said.

    Exit codes: 0 all there; 75 no broker answers; 78 something must be changed by a person.
    """
    settings = settings_or_exit()
    start_logging(settings)
    try:
        findings = topics.create(settings)
    except LoopEnded as end:
        typer.echo(end.message, err=True)
        raise typer.Exit(int(end.code)) from None
    for finding in findings:
        plan = finding.plan
        state = "created" if finding.created else "wrong" if finding.wrong else "exists"
        as_planned = finding.created or not (finding.wrong or finding.differs)
        typer.echo(f"{state:8} {plan.name}" + (f" ({counted(plan.partitions, 'partition')})" if as_planned else ""))
        for text in finding.wrong:
            typer.echo(f"         wrong: {text}")
        for text in finding.differs:
            typer.echo(f"         differs: {text}")
    if any(finding.wrong for finding in findings):
        typer.echo(
            "what is wrong: alter the topics (kafka-configs.sh, kafka-topics.sh) or the settings that want it so",
            err=True,
        )
        raise typer.Exit(EXIT_CONFIG)
