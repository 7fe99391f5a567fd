"""COMMANDS become one program. Exit codes: 0 clean, 2 wrong usage, 65 to 78 as sysexits(3); README lists them."""

from __future__ import annotations

import errno
import inspect
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import Annotated, Final

import typer
from typer.core import TyperGroup

from worker import __version__
from worker.cli.commands import COMMANDS, GROUPS
from worker.cli.common import EXIT_INTERNAL, EXIT_OUTPUT
from worker.ops.logging import configure, logger

HELP = """Raw news-wire stories in, clean stories out: normalised, deduplicated, enriched; exactly once, on Kafka.

Try [bold]worker process FILE…[/bold] first: it needs no broker. Settings are environment variables: see
[bold]worker settings[/bold]."""

UNWRITABLE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class InOrder(TyperGroup):
    """Lists its commands as COMMANDS does; typer would put those of two words last."""

    def list_commands(self, ctx: object) -> list[str]:
        del ctx
        order = list(dict.fromkeys(words[0] for words in COMMANDS))
        return sorted(self.commands, key=order.index)


def build(arguments: Sequence[str] = ()) -> typer.Typer:
    """The program: with the one command that the arguments begin with, else with all of them."""
    asked = {words: path for words, path in COMMANDS.items() if tuple(arguments[: len(words)]) == words}
    app = typer.Typer(
        cls=InOrder,
        help=reflowed(HELP),
        no_args_is_help=True,
        rich_markup_mode="rich",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_program)
    groups = {name: typer.Typer(help=text, no_args_is_help=True) for name, text in GROUPS.items()}
    for words, path in (asked or COMMANDS).items():
        function = pkgutil.resolve_name(path)
        holder = app if len(words) == 1 else groups[words[0]]
        holder.command(words[-1], help=reflowed(function.__doc__ or ""))(function)
    for name, group in groups.items():
        if group.registered_commands:
            app.add_typer(group, name=name)
    return app


def reflowed(text: str) -> str:
    """A docstring's paragraphs as one line each: the terminal's width breaks them."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in paragraphs)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


def _program(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    del version


def no_output() -> None:
    """What still waits to be written would fail again at the exit, with a code of Python's own."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """The console command `worker`."""
    configure("auto", "info")  # until the settings are known
    try:
        build(sys.argv[1:])()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # whoever read our output has had enough
            sys.exit(0)
        raise
    except OSError as error:
        if error.errno not in UNWRITABLE:
            logger().exception("command_failed")
            sys.exit(EXIT_INTERNAL)
        typer.echo(f"the output cannot be written: {error.strerror}", err=True)
        no_output()
        sys.exit(EXIT_OUTPUT)
    except Exception:  # noqa: BLE001 - the outermost edge: a defect is one log line with its traceback, and 70
        logger().exception("command_failed")
        sys.exit(EXIT_INTERNAL)
