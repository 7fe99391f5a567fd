"""The extractors in order, and the one place where they run: each over a group of stories, then the next.

An extractor is `extract(doc, found) -> None`: it reads the clean text and what earlier ones found, and adds to
`found`. A new one is written in a file of its own and listed here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import zoneinfo
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from worker.enrich import amounts, contacts, dates, keywords, kind, language, names, places, quotes, summary, topics
from worker.enrich.doc import Doc, Found
from worker.enrich.merge import merge
from worker.enrich.together import groups

if TYPE_CHECKING:
    from worker.story import Story

Extractor = Callable[[Doc, Found], None]

EXTRACTORS: Final[tuple[tuple[str, Extractor], ...]] = (
    ("language", language.extract),
    ("names", names.extract),
    ("places", places.extract),
    ("contacts", contacts.extract),
    ("dates", dates.extract),
    ("amounts", amounts.extract),
    ("quotes", quotes.extract),
    ("keywords", keywords.extract),
    ("topics", topics.extract),
    ("kind", kind.extract),
    ("summary", summary.extract),
)

ALWAYS: Final = frozenset({"language"})
"""What runs on items that are no telling of an event: pictures, packages, kills (their body is a notice)."""


AHEAD: Final[dict[str, Callable[[Sequence[Doc], Sequence[Found]], None]]] = {"names": names.tag_ahead}
"""What is done for all stories of a group at once before the extractor goes over them."""


def enrich(story: Story) -> Story:
    """The story with its metadata. Never raises: a failing extractor leaves the warning `extractor-failed`."""
    return enrich_all([story])[0]


def enrich_all(stories: Sequence[Story]) -> list[Story]:
    """The same for several, in order: cheaper than one by one, and with the same results."""
    docs = [document(story) for story in stories]
    return [merge(doc.story, found) for group in groups(docs) for doc, found in zip(group, run_all(group), strict=True)]


def run(doc: Doc) -> Found:
    """What the extractors find."""
    return run_all([doc])[0]


def run_all(docs: Sequence[Doc]) -> list[Found]:
    """What the extractors find in each; only those in `ALWAYS` where the item is no telling."""
    founds = [Found() for _ in docs]
    every = list(zip(docs, founds, strict=True))
    telling = [(doc, found) for doc, found in every if _tells(doc.story)]
    for name, extract in EXTRACTORS:
        asked = every if name in ALWAYS else telling
        ahead = AHEAD.get(name)
        if ahead and len(asked) > 1:
            with contextlib.suppress(Exception):  # what fails for all is tried for each below
                ahead([doc for doc, _ in asked], [found for _, found in asked])
        for doc, found in asked:
            try:
                extract(doc, found)
            except Exception as error:  # noqa: BLE001 - a defect of one extractor degrades the story, no more
                found.warnings.append(("extractor-failed", f"{name}: {type(error).__name__}: {error}"[:300]))
    return founds


def _tells(story: Story) -> bool:
    """Whether an item tells of an event."""
    return story.type in ("", "text") and story.pub_status != "canceled"


def document(story: Story) -> Doc:
    """The text that the extractors read: the main headline and the plain main body."""
    body = next((b.value for b in story.bodies if b.content_type == "text/plain" and b.role in ("", "main")), "")
    when, zone = _moment(story)
    return Doc(
        story=story,
        headline=next((h.value for h in story.headlines if h.role == "main"), ""),
        body=body,
        paragraphs=_paragraphs(body),
        when=when,
        zone=zone,
    )


def _paragraphs(body: str) -> tuple[tuple[int, int], ...]:
    spans, start = [], 0
    for part in body.split("\n\n"):
        if part:
            spans.append((start, start + len(part)))
        start += len(part) + 2
    return tuple(spans)


def _moment(story: Story) -> tuple[dt.datetime | None, str]:
    """The story's own time in its own zone: when this version was made, else what else it states, else the record's."""
    for name, text in (
        ("versionCreated", story.version_created),
        ("contentCreated", story.content_created),
        ("firstCreated", story.first_created),
        ("", story.wire.dateline.date if story.wire.dateline else ""),
        ("", story.wire.raw.timestamp if story.wire.raw else ""),
    ):
        if text:
            note = story.wire.times.get(name)
            zone = note.zone if note else ""
            moment = dt.datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=dt.UTC)
            return (moment.astimezone(_zone(zone)) if zone else moment), zone
    return None, ""


def _zone(name: str) -> dt.tzinfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC
