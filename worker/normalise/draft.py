"""The story while it is being made: every step reads the item and leaves what it found here."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - a dataclass shows its types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worker.normalise.agencies import agency_of
from worker.story import AltId, Association, Contact, Dateline, Description, InfoSource, Link, Note, Target, Warn

if TYPE_CHECKING:
    from worker.normalise.blocks import Block
    from worker.normalise.origin import Origin
    from worker.normalise.warns import WarnCode
    from worker.story import Item, TimeNote

SIGNALS = ("update", "correction", "repeat", "kill", "withdrawal", "embargo", "hold", "advisory", "alert")


@dataclass(slots=True)
class Photo:
    """A caption found in the text: becomes an association once the story's uri is known."""

    caption: str
    credit: str = ""
    url: str = ""
    created: str = ""  # ISO date, where the caption states when it was taken


def same_source(one: str, other: str) -> bool:
    """Are these two names of one source? `AP` is `The Associated Press`."""
    if one.casefold() == other.casefold():
        return True
    first, second = agency_of(one), agency_of(other)
    return first is not None and second is not None and first.source == second.source


@dataclass(slots=True)
class Draft:
    """`done` is `wire.transformations`; `own_time` is the story's own time, never the clock's."""

    item: Item
    origin: Origin
    blocks: list[Block] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)
    signals: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    stripped: list[str] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sources: list[InfoSource] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    alt_ids: list[AltId] = field(default_factory=list)
    associations: list[Association] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    headline: str = ""
    original: str = ""
    kicker: str = ""
    other_headlines: list[tuple[str, str]] = field(default_factory=list)  # (role, value)
    forms: list[str] = field(default_factory=list)  # story forms that the headline names: Brief, Analysis, …
    by: str = ""
    sign_off: str = ""
    located: str = ""
    dateline: Dateline | None = None
    dateline_day: dt.date | None = None
    take: int | None = None
    lead: int | None = None
    line_date: str = ""  # a date line at the top of the text, as it stands
    embargo_line: str = ""  # the words of an embargo in the text
    source: str = ""
    zone: str = "UTC"
    times: dict[str, TimeNote] = field(default_factory=dict)
    given_dates: dict[str, str] = field(default_factory=dict)
    own_time: dt.datetime | None = None

    def did(self, what: str) -> None:
        if what not in self.done:
            self.done.append(what)

    def warn(self, code: WarnCode, detail: str) -> None:
        self.warnings.append(Warn(code=str(code), detail=detail[:500]))

    def source_is(self, name: str, role: str) -> None:
        """Add a source once: the same name is not both agency and desk."""
        if name and not any(s.role == role and same_source(s.name, name) for s in self.sources):
            self.sources.append(InfoSource(name=name, role=role))
