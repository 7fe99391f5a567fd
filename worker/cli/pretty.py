"""A story for reading: its main fields in a panel, its text with names, dates and quotes coloured by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from worker.story import DeadLetter, Duplicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console

    from worker.story import Outcome

STYLES = {
    "person": "bold cyan",
    "organisation": "bold magenta",
    "place": "bold green",
    "date": "bold yellow",
    "quote": "italic bright_white",
    "amount": "bold blue",
}
"""Style of each kind of span; the legend shows the same."""

WIDTH_MAX = 110


def show(console: Console, path: str, item: int, outcome: Outcome) -> None:
    """Print one outcome."""
    where = f"{path} #{item}" if item else path
    if isinstance(outcome, DeadLetter):
        show_dead(console, f"{outcome.dead.code}: {outcome.dead.detail}", where)
    elif isinstance(outcome, Duplicate):
        show_duplicate(console, orjson.loads(outcome.story), where)
    else:
        show_story(console, orjson.loads(outcome.story), where)


def show_dead(console: Console, why: str, where: str) -> None:
    """Print a dead letter."""
    console.print(Panel(Text(why), title=escape(f"dead letter · {where}"), border_style="red", title_align="left"))


def show_duplicate(console: Console, story: Mapping[str, Any], where: str) -> None:
    """Print a suppressed story: its fields and its original; its text stands there."""
    wire = story.get("wire", {})
    title = f"duplicate of {wire.get('duplicateOf', '')} ({wire.get('verdict', {}).get('kind', '')})"
    console.print(_header(story, where, title, "yellow"))


def show_story(console: Console, story: Mapping[str, Any], where: str) -> None:
    """Print a published story."""
    console.print(_header(story, where, "published", "green"))
    show_text(console, story)


def show_text(console: Console, story: Mapping[str, Any]) -> None:
    """The plain main body, coloured, and what hangs on it."""
    wire = story.get("wire", {})
    body = next(
        (b["value"] for b in story.get("bodies", []) if b["role"] == "main" and b["contentType"] == "text/plain"), ""
    )
    if body:
        console.print(coloured(body, wire), width=min(WIDTH_MAX, console.width))
    for associated in story.get("associations", []):
        caption = " ".join(d["value"] for d in associated.get("descriptions", []))
        credit = "/".join(s["name"] for s in associated.get("infoSources", []))
        console.print(Text(f"[{associated.get('type', 'item')}: {caption} {credit}]".strip(), style="dim"))
    present = {mention["kind"] for mention in wire.get("mentions", [])}
    present |= {kind for kind, key in (("date", "dates"), ("quote", "quotes"), ("amount", "amounts")) if wire.get(key)}
    if body and present:
        legend = Text("  ").join(Text(kind, style=style) for kind, style in STYLES.items() if kind in present)
        console.print(legend)
    console.print()


def coloured(body: str, wire: Mapping[str, Any]) -> Text:
    """The body with every span in the style of its kind; offsets are code points of the body."""
    text = Text(body)
    spans: list[tuple[str, Mapping[str, Any]]] = [("quote", span) for span in wire.get("quotes", [])]
    spans += [("amount", span) for span in wire.get("amounts", [])]
    spans += [("date", span) for span in wire.get("dates", [])]
    spans += [(span["kind"], span) for span in wire.get("mentions", []) if span.get("in", "body") == "body"]
    for kind, span in spans:  # later ones lie over earlier ones
        if kind in STYLES:
            text.stylize(STYLES[kind], span["start"], span["end"])
    return text


def _header(story: Mapping[str, Any], where: str, outcome: str, border: str) -> Panel:
    headline = next((h["value"] for h in story.get("headlines", []) if h["role"] == "main"), "(no headline)")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in _fields(story):
        if value:
            grid.add_row(name, Text(value))
    content = Table.grid()
    content.add_row(Text(headline, style="bold"))
    content.add_row(grid)
    return Panel(
        content, title=escape(f"{outcome} · {where}"), title_align="left", border_style=border, width=WIDTH_MAX
    )


def _fields(story: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    wire = story.get("wire", {})
    sources = (f"{s['name']} ({s['role']})" if s.get("role") else s["name"] for s in story.get("infoSources", []))
    relation = wire.get("story", {})
    yield "uri", story.get("uri", "")
    yield "status", " ".join(filter(None, (story.get("pubStatus", ""), *wire.get("signals", []))))
    yield "version", " ".join(filter(None, (story.get("version", ""), story.get("versionCreated", ""))))
    yield "embargo", story.get("embargoedUntil", "")
    yield "by", story.get("by", "")
    yield "from", wire.get("dateline", {}).get("text", "") or story.get("located", "")
    yield "credit", ", ".join(sources)
    yield "slugline", story.get("slugline", "")
    yield "language", story.get("language", "")
    yield (
        "format",
        " ".join(filter(None, (wire.get("format", ""), wire.get("formatVersion", ""), wire.get("source", "")))),
    )
    yield "relation", " ".join(filter(None, (relation.get("relation", ""), relation.get("replaces", ""))))
    for name in ("subjects", "people", "organisations", "places"):
        yield name, ", ".join(entry.get("name") or entry.get("literal", "") for entry in story.get(name, []))
    yield "keywords", ", ".join(wire.get("keywords", []))
    yield "notes", " / ".join(note["value"] for note in wire.get("notes", []))
    yield "stripped", ", ".join(wire.get("stripped", []))
    yield "changed", ", ".join(wire.get("transformations", []))
    yield "warnings", ", ".join(warning["code"] for warning in wire.get("warnings", []))
