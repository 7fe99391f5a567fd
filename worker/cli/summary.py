"""The closing table of `worker process`: outcomes by format, then dead letters by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

OUTCOMES = ("published", "duplicate", "dead_letter")
UNRECOGNISED = "(not recognised)"


def summary(counts: Mapping[tuple[str, str, str], int], files: int, seconds: float) -> RenderableType:
    """`counts`: (format, outcome, code) -> items."""
    table = Table(
        title=f"{counted(sum(counts.values()), 'item')} of {counted(files, 'file')} in {seconds:.1f} s",
        title_justify="left",
    )
    table.add_column("format")
    for outcome in (*OUTCOMES, "total"):
        table.add_column(outcome.replace("_", " "), justify="right")
    for format_name in sorted({name for name, _, _ in counts}):
        cells = [_sum(counts, format_name, outcome) for outcome in OUTCOMES]
        table.add_row(format_name or UNRECOGNISED, *map(_shown, cells), _shown(sum(cells)))
    if len({name for name, _, _ in counts}) > 1:
        table.add_section()
        cells = [_sum(counts, None, outcome) for outcome in OUTCOMES]
        table.add_row("all", *map(_shown, cells), _shown(sum(cells)))
    dead = sorted(
        (format_name, code, n) for (format_name, outcome, code), n in counts.items() if outcome == "dead_letter"
    )
    if not dead:
        return table
    codes = Table(title="dead letters", title_justify="left")
    for column in ("format", "code"):
        codes.add_column(column)
    codes.add_column("items", justify="right")
    for format_name, code, number in dead:
        codes.add_row(format_name or UNRECOGNISED, code, _shown(number))
    return Group(table, codes)


def counted(number: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _sum(counts: Mapping[tuple[str, str, str], int], format_name: str | None, outcome: str) -> int:
    return sum(n for (name, what, _), n in counts.items() if what == outcome and format_name in (None, name))


def _shown(number: int) -> str:
    return f"{number:,}" if number else "-"
