"""`worker settings`: every setting in a table."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from worker.cli.common import WIDE, settings_or_exit, stdout_console
from worker.settings import unknown
from worker.settings.table import rows


def settings(
    changed: Annotated[bool, typer.Option("--changed", help="Only those that differ from their default.")] = False,
) -> None:
    """List every setting: its variable, unit, bounds, default, current value and what it is for.

    A setting is an environment variable. User names and passwords may also come from a file, by the same name with
    _FILE. What is set wrongly is said all at once, and the exit code is 78. A variable that is no setting is named too.
    """
    current = settings_or_exit()
    for line in unknown(os.environ):
        typer.echo(line, err=True)
    shown = [row for row in rows(current) if row.current != row.default or not changed]
    if not shown:
        typer.echo("every setting has its default", err=True)
        return
    console = stdout_console()
    table = Table(show_lines=False, pad_edge=False)
    for title in ("setting", "unit", "accepts", "default", "current", "what for"):
        table.add_column(title, overflow="fold", no_wrap=title == "setting" and console.width >= WIDE)
    for row in shown:
        style = "bold" if row.current != row.default else ""
        cells = (row.name, row.unit, row.want, row.default, row.current, row.description)
        table.add_row(*(Text(cell, style=style) for cell in cells))
    console.print(table)
