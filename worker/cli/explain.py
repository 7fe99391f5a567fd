"""`worker explain`: what was recognised of a file and why, where each field came from, what was stripped."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from worker import __version__
from worker.cli import inputs
from worker.cli.common import EXIT_DATA, EXIT_NO_INPUT, settings_or_exit, stdout_console
from worker.formats import Recognised, read, recognise
from worker.formats.view import View
from worker.normalise import Origin, normalise
from worker.story import Item, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VALUE_CHARS_MAX = 160


class Trace(NamedTuple):
    """How a field of the story is traced back. `given`: fields of the item that state it, as their reader's WHERE
    names them; `found`: what normalise did when the format states none of them.
    """

    name: str
    value: Callable[[Mapping[str, Any]], Any]
    given: tuple[str, ...]
    found: str = "from the text"


def _at(*path: str) -> Callable[[Mapping[str, Any]], Any]:
    def value(story: Mapping[str, Any]) -> Any:
        node: Any = story
        for name in path:
            node = node.get(name, {}) if isinstance(node, dict) else {}
        return node

    return value


def _listed(name: str, *shown: str) -> Callable[[Mapping[str, Any]], list[str]]:
    def value(story: Mapping[str, Any]) -> list[str]:
        return [" ".join(str(entry[key]) for key in shown if key in entry) for entry in story.get(name, ())]

    return value


def _bodies(story: Mapping[str, Any]) -> list[str]:
    return [
        f"{b['role']} {b['contentType']}: {b.get('wordCount', '')} words, {b['value'][:60]!r}"
        if b["contentType"] == "text/plain"
        else f"{b['role']} {b['contentType']}: {len(b['value'])} characters"
        for b in story.get("bodies", ())
    ]


TRACES: tuple[Trace, ...] = (
    Trace("uri", _at("uri"), ("uri", "local_id"), "made of content and header: the wire states no id"),
    Trace("type", _at("type"), ("type",), "the format's usual type"),
    Trace("version", _at("version"), ("version",)),
    Trace("pubStatus", _at("pubStatus"), ("status", "embargoed_until", "signals"), "usable, as nothing says otherwise"),
    Trace("headlines", _listed("headlines", "role", "value"), ("headlines",), "the text's first line or sentence"),
    Trace("bodies", _bodies, ("body",)),
    Trace("descriptions", _listed("descriptions", "role", "value"), ("descriptions",)),
    Trace("by", _at("by"), ("byline",), "a byline line in the text"),
    Trace("located", _at("located"), ("located", "dateline"), "the dateline in the text"),
    Trace("dateline", _at("wire", "dateline"), ("dateline",), "the front of the text"),
    Trace("firstCreated", _at("firstCreated"), ("first_created",)),
    Trace("versionCreated", _at("versionCreated"), ("version_created",), "a date line or the dateline in the text"),
    Trace("contentCreated", _at("contentCreated"), ("content_created",)),
    Trace("embargoedUntil", _at("embargoedUntil"), ("embargoed_until",), "an embargo line, note or headline"),
    Trace("expires", _at("expires"), ("expires",)),
    Trace("times", _at("wire", "times"), (), "precision of a date's words; zone of the sender"),
    Trace("urgency", _at("urgency"), ("urgency", "priority")),
    Trace("language", _at("language"), ("language",), "left to the extractors"),
    Trace("slugline", _at("slugline"), ("slugline",)),
    Trace("infoSources", _listed("infoSources", "role", "name"), ("sources",), "credits, byline or desk in the text"),
    Trace("people", _listed("people", "rel", "name"), ("people", "byline"), "a byline line in the text"),
    Trace("organisations", _listed("organisations", "name"), ("organisations",)),
    Trace("places", _listed("places", "rel", "name"), ("places", "located", "dateline"), "the dateline in the text"),
    Trace("subjects", _listed("subjects", "literal", "name"), ("subjects",)),
    Trace("genres", _listed("genres", "name"), ("genres",), "a form that the headline names"),
    Trace("associations", _listed("associations", "type", "name"), ("parts",), "captions and figures in the text"),
    Trace("signals", _at("wire", "signals"), ("signals", "status"), "markers in headline, slug, notes or text"),
    Trace("take", _at("wire", "take"), ("take",), "the headline's or slug's take"),
    Trace("lead", _at("wire", "lead"), ("signals",), "the headline's or slug's lead"),
    Trace("targets", _at("wire", "story", "targets"), ("targets", "replaces"), "the words of a notice or note"),
    Trace("source", _at("wire", "source"), ("provider",), "header, desk, address or agency"),
    Trace("signOff", _at("wire", "signOff"), ("sign_off", "notes"), "the text's last lines"),
    Trace("contacts", _listed("contacts", "value"), (), "the text's last lines"),
    Trace(
        "notes", lambda s: [n["value"] for n in s["wire"].get("notes", ())], ("notes",), "lines that speak to editors"
    ),
    Trace("copyrightNotice", _at("copyrightNotice"), ("copyright_notice",)),
    Trace("usageTerms", _at("usageTerms"), ("usage_terms",)),
)


def explain(
    path: Annotated[str, typer.Argument(metavar="FILE", help="File with one wire message, or - for standard input.")],
    source: Annotated[str, typer.Option(help="Sender, as the header `source` would name it.")] = "",
) -> None:
    """Show how a file is read: its format and why, each field with where it came from, what was stripped, warnings.

    Exit codes: 0; 65 nothing could be read of it; 66 the file cannot be read.
    """
    settings = settings_or_exit()
    limits = settings.limits()
    console = stdout_console()
    try:
        value = inputs.whole(path, limits.message_bytes_max)
    except OSError as why:
        typer.echo(f"{path}: {why.strerror}", err=True)
        raise typer.Exit(EXIT_NO_INPUT) from None
    try:
        view = View(value, limits, {"source": source} if source else {})
        found = recognise(view)
        console.print(f"[bold]{escape(path)}[/bold]: {len(value)} bytes", soft_wrap=True)
        console.print(f"format [bold cyan]{found.name}[/bold cyan]: {escape(found.why)}")
        items = read(view, limits)[1]
    except Rejected as why:
        console.print(f"[red]dead letter[/red] {why.code}: {escape(why.detail)}")
        raise typer.Exit(EXIT_DATA) from None
    digest = hashlib.sha256(value).hexdigest()
    shown = 0
    for number, item in enumerate(items):
        origin = Origin(sha256=digest, item=number, source=source or settings.source, worker=__version__)
        shown += _show(console, found, item, origin)
    if not shown:
        raise typer.Exit(EXIT_DATA)


def _show(console: Console, found: Recognised, item: Item | Rejected, origin: Origin) -> bool:
    """Print one item; False when it became no story."""
    console.print()
    try:
        if isinstance(item, Rejected):
            raise item
        story = msgspec.to_builtins(normalise(item, origin))
    except Rejected as why:
        console.print(f"[red]item {origin.item}: dead letter[/red] {why.code} in {why.stage}: {escape(why.detail)}")
        return False
    wire = story["wire"]
    table = Table(title=f"Item {origin.item}", title_justify="left")
    for heading in ("field", "value", "where it came from"):
        table.add_column(heading, overflow="fold")
    for trace in TRACES:
        value = trace.value(story)
        if value not in ("", None, {}, [], ()):
            table.add_row(trace.name, escape(_short(value)), escape(where(trace, item, found.reader.WHERE)))
    console.print(table)
    for name, entries in (
        ("stripped", [repr(line) for line in wire.get("stripped", ())]),
        ("transformations", wire.get("transformations", ())),
        ("given", [f"{name}: {value}" for name, value in _flat(wire.get("given", {}))]),
        ("warnings", [f"{w['code']}: {w.get('detail', '')}" for w in wire.get("warnings", ())]),
    ):
        if entries:
            style = "yellow" if name == "warnings" else "bold"
            console.print(f"[{style}]{name}[/{style}]")
            for entry in entries:
                console.print(f"  {escape(str(entry)[:VALUE_CHARS_MAX])}")
    return True


def where(trace: Trace, item: Item, stated: Mapping[str, str]) -> str:
    """Where the format states the field, else what normalise made it of."""
    default = {field.name: field.default for field in msgspec.structs.fields(Item)}
    given = [name for name in trace.given if getattr(item, name) not in (default[name], None, "", (), {})]
    if given:
        return "; ".join(
            dict.fromkeys(stated.get(name) or stated.get(trace.given[0], f"{name} of the message") for name in given)
        )
    return trace.found


def _short(value: Any) -> str:
    if isinstance(value, list | tuple):
        lines = [_short(entry) for entry in value[:8]]
        return "\n".join([*lines, f"… {len(value)} in all"] if len(value) > len(lines) else lines)
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_short(entry)}" for name, entry in value.items())
    text = str(value)
    return text if len(text) <= VALUE_CHARS_MAX else f"{text[:VALUE_CHARS_MAX]}…"


def _flat(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for name, value in given.items():
        out += value.items() if isinstance(value, dict) else [(name, str(value))]
    return out
