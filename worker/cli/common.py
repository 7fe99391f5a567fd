"""What the commands share: settings or exit 78, the console on standard error, exit codes."""

from __future__ import annotations

import os

import typer
from rich.console import Console

from worker.ops import logging
from worker.settings import Settings, SettingsError, load, unknown

WIDE = 160  # columns

EXIT_DATA = 65  # --strict, and there were dead letters
EXIT_NO_INPUT = 66  # a path that is not there or cannot be read
EXIT_INTERNAL = 70
EXIT_OUTPUT = 74  # what was asked for cannot be written
EXIT_TRY_LATER = 75
EXIT_CONFIG = 78


def stderr_console() -> Console:
    """For people: progress, tables, remarks. Standard output is for data."""
    return Console(stderr=True, highlight=False)


def stdout_console() -> Console:
    """For what a person asked to see. Into a file or a pager it is wide, so that little is folded."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDE)


def settings_or_exit() -> Settings:
    """The settings of the environment; all that is wrong with them goes to standard error, and the exit code is 78."""
    try:
        settings = load(os.environ)
    except SettingsError as wrong:
        for error in wrong.errors:
            typer.echo(error, err=True)
        raise typer.Exit(EXIT_CONFIG) from None
    return settings


def start_logging(settings: Settings, **fields: str) -> None:
    """Log as the settings say; `fields` stand in every line. First of all, settings that do not exist are named."""
    logging.configure(settings.log_format, settings.log_level, fields=fields)
    for line in unknown(os.environ):
        logging.logger().warning("setting_unknown", detail=line)
