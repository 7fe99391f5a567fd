"""`worker process`: the two pure pipelines on files, without a broker."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from worker.cli import inputs
from worker.cli.common import EXIT_DATA, EXIT_NO_INPUT, EXIT_OUTPUT, settings_or_exit, start_logging, stderr_console
from worker.cli.inputs import Paths
from worker.cli.pretty import show
from worker.cli.summary import summary
from worker.dedupe import Judge
from worker.judging import Judging
from worker.ops.logging import logger
from worker.ops.memory import settle
from worker.reading import Plan, read_batch
from worker.story import DeadLetter, Duplicate, Outcome, Published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from worker.cli.inputs import Input

Key = tuple[str, str, str]  # format, outcome, code


def process(
    paths: Paths,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the JSON lines to this file.", dir_okay=False)
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 65 when there were dead letters.")] = False,
    pretty: Annotated[
        bool, typer.Option("--pretty", help="Show the stories for reading, instead of JSON lines.")
    ] = False,
    lines: Annotated[
        bool, typer.Option("--lines", help="Each line of a file is a record (JSON lines, also gzipped).")
    ] = False,
    source: Annotated[
        str, typer.Option("--source", help="Sender of all of them, as the header `source` would say.")
    ] = "",
) -> None:
    """Read stories from files and print what becomes of each: one JSON line an item.

    A file is one record, whatever its name; its format is recognised by its bytes. All items pass one judge, in the
    order of the arguments, so that duplicates among them are found. No broker is needed.

    {"outcome": "published|duplicate|dead_letter", "source": {"path", "item", with --lines "line"}, "story": {…} or
    "error": {"code", "message"}}

    Exit codes: 0 whatever the outcomes; 65 with --strict when there were dead letters; 66 a path cannot be read; 74 the
    output cannot be written.
    """
    settings = settings_or_exit()
    inputs.must_exist(paths)
    console = stderr_console()
    started = time.monotonic()
    files = list(inputs.walk(paths))
    if not files:
        typer.echo(f"no files in {', '.join(paths)}", err=True)
        return
    counts: Counter[Key] = Counter()
    with contextlib.ExitStack() as stack:
        emit = _emitter(stack.enter_context(_opened(out)) if out else None, pretty=pretty)
        progress = stack.enter_context(_progress(console))
        settle()
        start_logging(settings)  # now: the progress bar lets log lines pass above it
        reading = inputs.Reading(
            files, lines, settings.limit_message_bytes_max, source, _advancing(progress, len(files))
        )
        plan = Plan(limits=settings.limits(), source=settings.source, enrich=settings.enrich)
        for one, item, outcome in outcomes(reading.records(), plan, Judging(Judge(settings.judge_config()))):
            counts[_told(one, item, outcome)] += 1
            emit(one, item, outcome)
        sys.stdout.flush()  # here, where it can still be told that it cannot be written
    console.print(summary(counts, len(files), time.monotonic() - started))
    if reading.unreadable:
        raise typer.Exit(EXIT_NO_INPUT)
    if strict and any(outcome == "dead_letter" for _, outcome, _ in counts):
        raise typer.Exit(EXIT_DATA)


def _opened(out: Path) -> BinaryIO:
    try:
        return out.open("wb")
    except OSError as error:
        typer.echo(f"{out}: {error.strerror}", err=True)
        raise typer.Exit(EXIT_OUTPUT) from None


def _emitter(file: BinaryIO | None, *, pretty: bool) -> Callable[[Input, int, Outcome], None]:
    """Where the outcomes go: lines to the file or standard output, or with `pretty` for reading to standard output."""
    shown = Console(highlight=False) if pretty else None
    sink = file or (None if pretty else sys.stdout.buffer)

    def emit(one: Input, item: int, outcome: Outcome) -> None:
        if shown:
            show(shown, one.path, item, outcome)
        if sink:
            sink.write(line(one, item, outcome))

    return emit


def outcomes(records: Iterable[Input], plan: Plan, judging: Judging) -> Iterator[tuple[Input, int, Outcome]]:
    """What becomes of each item, in order: (record, number of the item in it, outcome)."""
    for batch in inputs.batches(records):
        readings = read_batch([one.record for one in batch], plan)
        owners = [(one, reading.item) for one, of in zip(batch, readings, strict=True) for reading in of]
        decided = judging.decide([reading for of in readings for reading in of])
        for (one, item), outcome in zip(owners, decided, strict=True):
            yield one, item, outcome


def line(one: Input, item: int, outcome: Outcome) -> bytes:
    """The JSON line of an item. The story is spliced in as the judge encoded it."""
    where: dict[str, str | int] = {"path": one.path, "item": item}
    if one.line:
        where["line"] = one.line
    head = b'{"outcome":"%b","source":%b,' % (name_of(outcome).encode(), orjson.dumps(where))
    if isinstance(outcome, DeadLetter):
        error = {"code": str(outcome.dead.code), "message": outcome.dead.detail}
        return b'%b"error":%b}\n' % (head, orjson.dumps(error))
    return b'%b"story":%b}\n' % (head, outcome.story)


def name_of(outcome: Outcome) -> str:
    """The outcome's word in the lines and in the metrics."""
    match outcome:
        case Published():
            return "published"
        case Duplicate():
            return "duplicate"
        case DeadLetter():
            return "dead_letter"


def _told(one: Input, item: int, outcome: Outcome) -> Key:
    """What the summary counts it under; a dead letter is logged."""
    if isinstance(outcome, DeadLetter):
        dead = outcome.dead
        logger().info(
            "item_rejected", path=one.path, line=one.line or None, item=item, code=str(dead.code), why=dead.detail
        )
        return dead.format, "dead_letter", str(dead.code)
    code = outcome.kind if isinstance(outcome, Duplicate) else outcome.relation
    return outcome.format, name_of(outcome), code


def _advancing(progress: Progress, files: int) -> Callable[[], None]:
    bar = progress.add_task("reading", total=files)
    return lambda: progress.advance(bar)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
