"""`worker run`: the service."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from worker.cli.common import settings_or_exit, start_logging
from worker.stream.supervisor import supervise


class Role(enum.StrEnum):
    """Who this process is."""

    ALL = "all"
    READER = "reader"
    JUDGE = "judge"


def run(
    role: Annotated[Role, typer.Option(help="all: supervise judges and readers; else be one of them.")] = Role.ALL,
) -> None:
    """Read raw stories from Kafka and write clean ones, until SIGTERM or SIGINT.

    By default one judge and WORKER_READERS readers run as processes of this one, which starts them again when they
    end. With --role reader or --role judge this process is one of them: that is how a cluster scales them apart
    (readers up to the partitions of raw; of several judges one is active, the others are hot standbys).

    The topics must be there: worker topics create. /livez, /readyz and /metrics are on WORKER_HTTP_PORT.

    Exit codes: 0 stopped as asked; 70 a defect or a stuck loop, start it again; 75 no broker answers, try later;
    78 a person must change something first (the last line of the log says what).
    """
    settings = settings_or_exit()
    start_logging(settings, process="supervisor" if role is Role.ALL else f"{role}-0")
    if role is Role.ALL:
        code = int(supervise(settings))
    else:
        from worker.stream.process import run_role  # noqa: PLC0415 - all of the pipelines, which a supervisor can do without

        code = run_role(settings, "reader" if role is Role.READER else "judge", 0)
    raise typer.Exit(code)
