"""The last step: what the draft holds is written as a Story."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from worker.normalise import body, dates, embargo, headline, language, parts, status, times
from worker.normalise import text as t
from worker.normalise.draft import SIGNALS
from worker.normalise.entities import organisations_of, people_of, places_of, sources_of
from worker.normalise.identity import uri_of
from worker.normalise.passed import passed_through
from worker.normalise.subjects import subjects_of, terms_of
from worker.normalise.urgency import urgency_of
from worker.normalise.warns import WarnCode
from worker.story import Dateline, DeadCode, Given, Raw, Rejected, Relation, Story, Term, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.normalise.draft import Draft
    from worker.normalise.origin import Origin

_T = TypeVar("_T")
TYPES = frozenset({"text", "picture", "audio", "video", "graphic", "composite", "event", "planning"})
_SHOWN = ("renditions", "eventDetails", "plannedCoverage", "title")  # what of the passed properties can be shown


class _State(NamedTuple):
    """`stamps`: top-level dates by their names in ninjs; `killed`: a text whose notice alone may go out."""

    pub_status: status.Status
    embargoed_until: str
    stamps: Mapping[str, str]
    canceled: bool
    killed: bool


def story_of(draft: Draft) -> Story:
    """The clean story.

    Raises:
        Rejected: NO_CONTENT when there is neither headline nor text nor anything else to show.
    """
    if not _has_content(draft):
        raise Rejected(DeadCode.NO_CONTENT, "neither headline nor text nor anything to show", stage="normalise")
    item = draft.item
    state = _decide(draft)
    uri = uri_of(draft)
    urgency, urgency_words = urgency_of(item.urgency, item.priority)
    if urgency is None and item.urgency.strip():
        draft.warn(WarnCode.URGENCY_UNKNOWN, item.urgency)
    stamps = state.stamps
    story = Story(
        uri=uri,
        type=item.type if item.type in TYPES else "text",
        version=item.version.strip(),
        first_created=stamps.get("firstCreated", ""),
        version_created=stamps.get("versionCreated", ""),
        content_created=stamps.get("contentCreated", ""),
        pub_status=state.pub_status,
        embargoed_until=state.embargoed_until,
        expires=stamps.get("expires", ""),
        urgency=urgency,
        language=language.tag(item.language) if item.language else "",
        slugline=t.line(item.slugline, draft.done),
        by=draft.by,
        located=draft.located,
        headlines=headline.headlines_of(draft),
        bodies=body.bodies_of(draft),
        descriptions=() if state.killed else _once(draft.descriptions),
        people=people_of(draft),
        organisations=organisations_of(draft) if item.organisations else (),
        places=places_of(draft),
        subjects=subjects_of(draft, item.subjects) if item.subjects else (),
        genres=_genres(draft) if item.genres or draft.forms else (),
        events=terms_of(draft, item.events, "event") if item.events else (),
        objects=terms_of(draft, item.objects, "object") if item.objects else (),
        info_sources=sources_of(draft),
        alt_ids=_once(draft.alt_ids),
        ed_note=_ed_note(draft) if draft.notes else "",
        usage_terms=t.lines(item.usage_terms, draft.done),
        copyright_holder=t.line(item.copyright_holder, draft.done),
        copyright_notice=t.lines(item.copyright_notice, draft.done),
        associations=() if state.killed else parts.associations_of(draft, uri),
    )
    if item.passed:
        story = msgspec.structs.replace(story, **passed_through(item))
    # `wire` last: what was done and warned of is complete only now. Nobody has seen the story yet: it is no copy
    msgspec.structs.force_setattr(story, "wire", _wire(draft, story, state, urgency_words))
    return story


def _once(values: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values)) if len(values) > 1 else tuple(values)


def _genres(draft: Draft) -> tuple[Term, ...]:
    forms = tuple(Term(name=form.title() if form.isupper() else form) for form in draft.forms)
    return terms_of(draft, draft.item.genres, "genre") + forms


def _ed_note(draft: Draft) -> str:
    return "\n\n".join(dict.fromkeys(n.value for n in draft.notes if n.role != "closingline"))


def _has_content(draft: Draft) -> bool:
    item = draft.item
    shown = draft.headline or draft.blocks or draft.descriptions or draft.photos or item.parts or item.infoboxes
    if shown or draft.notes or item.type in ("event", "planning"):
        return True
    return any(item.passed.get(name) for name in _SHOWN)


def _decide(draft: Draft) -> _State:
    """Status, embargo and times; leaves a killed text's notice only."""
    item = draft.item
    stated = status.given(draft)
    stamps = times.read(draft)
    unread = bool(item.warnings) and any(code == WarnCode.EMBARGO_UNREADABLE for code, _ in item.warnings)
    held = embargo.read(draft, held=stated == "withheld" or unread)
    canceled = stated == "canceled" or not draft.signals.isdisjoint({"kill", "withdrawal"})
    if stated == "canceled" and item.type == "text":
        status.only_notice(draft)
    if not held.withheld:
        draft.signals.discard("embargo")
    elif held.until or item.status.casefold().endswith("embargoed"):
        draft.signals.add("embargo")
    if item.type == "text" and not draft.blocks and draft.original.isupper():
        draft.signals.add("alert")  # capitals without a text: a wire's alert
    withheld = held.withheld or "hold" in draft.signals
    pub_status: status.Status = "canceled" if canceled else "withheld" if withheld else "usable"
    return _State(pub_status, held.until, stamps, canceled, canceled and item.type == "text")


def _wire(draft: Draft, story: Story, state: _State, urgency_words: str) -> Wire:
    item = draft.item
    lists = {"people": story.people, "organisations": story.organisations, "places": story.places}
    return Wire(
        worker=draft.origin.worker,
        source=draft.source,
        format=item.format,
        format_version=item.format_version,
        received=_received(draft.origin) if draft.origin.received else "",
        raw=_raw(draft.origin),
        given=_given(draft, story, urgency_words),
        signals=tuple([s for s in SIGNALS if s in draft.signals]) if draft.signals else (),
        take=draft.take,
        lead=draft.lead,
        priority=item.priority.strip(),
        category=item.category.strip(),
        sequence=item.sequence.strip(),
        product_codes=tuple([p for c in item.product_codes if (p := c.strip())]),
        sign_off=draft.sign_off,
        word_count_given=item.word_count,
        dateline=_dateline(draft) if draft.dateline else None,
        times=draft.times,
        notes=_once(draft.notes),
        stripped=tuple(filter(None, draft.stripped)),
        keywords=_once([k for k in [t.line(k, draft.done) for k in item.keywords] if k]),
        links=_once(draft.links),
        contacts=_once(draft.contacts),
        origins={name: len(entries) for name, entries in lists.items() if entries},
        story=_relation(draft, story.uri, canceled=state.canceled),
        transformations=_once([*filter(None, draft.done)]),
        warnings=_once(draft.warnings),
    )


def _given(draft: Draft, story: Story, urgency_words: str) -> Given | None:
    """What stood where normalise changed it."""
    item = draft.item
    status_words = item.status if item.status.casefold() != story.pub_status else ""
    urgency_words = urgency_words or (item.urgency if story.urgency is None else "")
    language_words = item.language if story.language != item.language else ""
    if not (status_words or urgency_words or language_words or draft.given_dates):
        return None
    return Given(pub_status=status_words, urgency=urgency_words, language=language_words, dates=draft.given_dates)


def _relation(draft: Draft, uri: str, *, canceled: bool) -> Relation | None:
    """What the judge needs of a kill, correction or update; it writes the rest."""
    replaces = draft.item.replaces.strip()
    targets = status.targets_of(draft, uri, canceled=canceled)
    return Relation(replaces=replaces, targets=targets) if replaces or targets else None


def _dateline(draft: Draft) -> Dateline | None:
    line = draft.dateline
    if line is None:
        return None
    day = draft.dateline_day
    return Dateline(text=line.text, place=line.place, date=day.isoformat() if day else "", agency=line.agency)


def _raw(origin: Origin) -> Raw:
    stamp = ""
    if origin.timestamp_ms is not None and origin.timestamp_ms >= 0:
        try:
            at = dt.datetime.fromtimestamp(origin.timestamp_ms / 1000, dt.UTC)
            stamp = f"{at.isoformat(timespec='milliseconds')[:23]}Z"
        except (ValueError, OverflowError, OSError):
            stamp = ""
    return Raw(
        sha256=origin.sha256,
        item=origin.item,
        topic=origin.topic,
        partition=origin.partition,
        offset=origin.offset,
        timestamp=stamp,
    )


def _received(origin: Origin) -> str:
    found = dates.read(origin.received)
    return found.iso if found else ""
