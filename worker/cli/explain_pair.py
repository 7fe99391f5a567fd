"""`worker explain-pair`: why two stories are, or are not, one."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from worker.cli import inputs
from worker.cli.common import EXIT_DATA, EXIT_NO_INPUT, settings_or_exit, stdout_console
from worker.dedupe.explain import Explained, explain
from worker.reading import Plan, read_batch
from worker.story import Candidate, RawRecord, Story

_DECODER = msgspec.json.Decoder(Story)


def explain_pair(
    earlier: Annotated[
        str, typer.Argument(metavar="A", help="File with the story that came first; - is standard input.")
    ],
    later: Annotated[str, typer.Argument(metavar="B", help="File with the story that came after it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """Compare two stories as the judge does and say which rule decides.

    Shown are the lookup keys that they share, how much of the shorter text is in the longer one, the numbers that
    agree and differ, headlines, times and windows, each condition of the rule, and the verdict on B after A. Of a file
    with several items the first one is taken.

    Exit codes: 0; 65 a file holds no story; 66 a file cannot be read.
    """
    settings = settings_or_exit()
    plan = Plan(limits=settings.limits(), source=settings.source, enrich=False)
    first, second = (_story(path, plan) for path in (earlier, later))
    explained = explain(second, first, settings.judge_config())
    if as_json:
        typer.echo(msgspec.json.encode(explained))
        return
    console = stdout_console()
    console.print(_stories(first, second))
    console.print(_comparison(explained))
    console.print(_conditions(explained))
    console.print(f"\n[bold]Verdict on B:[/bold] {escape(explained.decided_by)}")
    console.print(escape(msgspec.json.encode(explained.verdict).decode()), style="dim", soft_wrap=True)


def _story(path: str, plan: Plan) -> Story:
    try:
        value = inputs.whole(path, plan.limits.message_bytes_max)
    except OSError as why:
        typer.echo(f"{path}: {why.strerror}", err=True)
        raise typer.Exit(EXIT_NO_INPUT) from None
    readings = read_batch([RawRecord(value=value)], plan)[0]
    found = next((reading for reading in readings if isinstance(reading, Candidate)), None)
    if found is None:
        dead = readings[0]
        reason = "no item" if isinstance(dead, Candidate) else f"{dead.code}: {dead.detail}"
        typer.echo(f"{path}: no story in it ({reason})", err=True)
        raise typer.Exit(EXIT_DATA)
    return _DECODER.decode(found.story)


def _stories(first: Story, second: Story) -> Table:
    table = Table(title="Stories", title_justify="left")
    for heading in ("", "A", "B"):
        table.add_column(heading, overflow="fold")
    for name, values in (
        ("uri", (first.uri, second.uri)),
        ("headline", [next((h.value for h in s.headlines), "") for s in (first, second)]),
        ("version", (first.version, second.version)),
        ("time", (first.version_created or "undated", second.version_created or "undated")),
        ("slug", (first.slugline, second.slugline)),
        ("signals", [" ".join(s.wire.signals) for s in (first, second)]),
    ):
        table.add_row(name, *(escape(value) for value in values))
    return table


def _comparison(found: Explained) -> Table:
    table = Table("", "in both", "only in A", "only in B", title="Comparison", title_justify="left")
    keys = f"{found.keys_shared} keys" + (", the whole text" if found.same_digest else "")
    table.add_row("lookup keys", keys, f"of {found.keys[1]}", f"of {found.keys[0]}")
    table.add_row(
        "text", f"{found.containment:.0%} of the shorter one", f"{found.words[1]} words", f"{found.words[0]} words"
    )
    for name, share, both, (only_b, only_a) in (
        ("numbers", found.numbers_share, found.numbers_agree, found.numbers_differ),
        ("headline", found.title_share, found.title_agrees, found.title_differs),
    ):
        cells = [", ".join(part) for part in (both, only_a, only_b)]
        table.add_row(f"{name} {share:.0%}", *(escape(cell) for cell in cells))
    apart = "one is undated" if found.hours_apart is None else f"{found.hours_apart:.1f} h apart"
    table.add_row("time", f"{apart}; window {found.window_hours} h, short texts {found.window_short_hours} h", "", "")
    return table


def _conditions(found: Explained) -> Table:
    table = Table("condition", "holds", title=f"Rule: {found.match}", title_justify="left")
    for name, holds in found.conditions.items():
        table.add_row(name, "[green]yes[/green]" if holds else "[red]no[/red]")
    return table
