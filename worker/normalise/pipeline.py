"""An item becomes a Story, step by step: each step reads the item and leaves what it finds in the draft."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from worker.normalise import (
    body,
    closing,
    dateline,
    embargo,
    headline,
    language,
    notes,
    opening,
    parts,
    source,
    status,
    times,
)
from worker.normalise import text as t
from worker.normalise.draft import SIGNALS, Draft
from worker.normalise.entities import organisations_of, people_of, places_of, sources_of
from worker.normalise.html import strip_html
from worker.normalise.identity import uri_of
from worker.normalise.passed import passed_through
from worker.normalise.signals import formal
from worker.normalise.sound import sound
from worker.normalise.subjects import subjects_of, terms_of
from worker.normalise.urgency import urgency_of
from worker.normalise.warns import WarnCode
from worker.story import (
    AltId,
    DeadCode,
    Description,
    Given,
    Note,
    Raw,
    Rejected,
    Relation,
    Story,
    Term,
    Warn,
    Wire,
)

if TYPE_CHECKING:
    from worker.normalise.origin import Origin
    from worker.story import Item

TYPES = frozenset({"text", "picture", "audio", "video", "graphic", "composite", "event", "planning"})
SIGN_OFF_CHARS_MAX = 200
_KNOWN_CODES = frozenset(WarnCode)


def normalise(item: Item, origin: Origin) -> Story:
    """The clean story of one item.

    Raises:
        Rejected: NO_CONTENT when there is neither headline nor text nor anything else to show.
    """
    item, mended = sound(item)
    draft = Draft(item, origin)
    draft.done += [*item.transformations, *(("surrogates",) if mended else ())]
    draft.stripped += item.furniture
    draft.take = item.take
    draft.warnings += [_warn(code, detail) for code, detail in item.warnings]
    _read_fields(draft)
    _read_text(draft)
    source.recognise(draft)
    status.read_signals(draft)
    return _story(draft)


def _warn(code: str, detail: str) -> Warn:
    if code in _KNOWN_CODES:
        return Warn(code=code, detail=detail[:500])
    return Warn(code=str(WarnCode.OTHER), detail=f"{code}: {detail}"[:500])


def _read_fields(draft: Draft) -> None:
    """What the format states apart from the body."""
    item = draft.item
    headline.take(draft)
    opening.header_signals(draft)
    draft.located = t.line(item.located, draft.done)
    if item.byline:
        opening.credit(draft, t.line(item.byline, draft.done))
    if item.dateline.strip():
        opening.keep(draft, dateline.parse(t.line(item.dateline, draft.done)))
    draft.sign_off = t.line(item.sign_off, draft.done)
    for note in item.notes:
        value = t.lines(strip_html(note.value), draft.done)
        if value:
            role = "correction" if note.role == "advisory" and notes.says_correction(value) else note.role
            draft.notes.append(Note(value=value, role=role or "advisory", public=note.public))
            _read_note(draft, role, value)
    for given in item.descriptions:
        value = t.lines(strip_html(given.value) if given.html or "<" in given.value else given.value, draft.done)
        if value:
            draft.descriptions.append(Description(role=given.role or "abstract", value=value))
    draft.alt_ids += [AltId(role=a.role or "provider", value=a.value.strip()) for a in item.alt_ids if a.value.strip()]


def _read_note(draft: Draft, role: str, value: str) -> None:
    """Signals that a note states: an embargo, a correction."""
    if role == "closingline" and not draft.sign_off and len(value) <= SIGN_OFF_CHARS_MAX:
        draft.sign_off = value
    words = notes.embargo_words(value)
    if words is not None or role == "embargo":
        draft.signals.add("embargo")
        draft.embargo_line = words or value
    corrects = notes.says_correction(value) and role not in ("contacts", "closingline")
    if corrects or (role.startswith("correction") and not _says_update(draft.item)):
        draft.signals.add("correction")


def _says_update(item: Item) -> bool:
    """Dpa keeps what is new in an update under the role of a correction too: then the formal signal decides."""
    return any("update" in formal(code) for code in item.signals)


def _read_text(draft: Draft) -> None:
    """What only the text says: taken out of it, wherever the format keeps it."""
    if draft.item.type == "composite" and not draft.item.body:
        return
    body.read(draft)
    body.add_lead(draft)
    closing.take_notebook(draft)
    status.read_text_markers(draft)
    opening.read(draft)
    closing.read(draft)
    body.take_captions(draft)
    if not draft.headline:
        headline.from_text(draft)


def _content(draft: Draft) -> bool:
    item = draft.item
    shown = draft.headline or draft.blocks or draft.descriptions or draft.photos or item.parts or item.infoboxes
    return bool(shown or item.passed or item.type in ("event", "planning") or draft.notes)


def _story(draft: Draft) -> Story:
    item = draft.item
    if not _content(draft):
        raise Rejected(DeadCode.NO_CONTENT, "neither headline nor text nor anything to show", stage="normalise")
    given_status = status.given(draft)
    stamps = times.read(draft)
    held = embargo.read(draft, held=given_status == "withheld")
    canceled = given_status == "canceled" or bool({"kill", "withdrawal"} & draft.signals)
    withheld = held.withheld or given_status == "withheld" or "hold" in draft.signals
    if given_status == "canceled" and item.type == "text":
        status.only_notice(draft)
    if held.withheld and (held.until or "embargo" in draft.signals or item.status.casefold().endswith("embargoed")):
        draft.signals.add("embargo")
    elif not held.withheld:
        draft.signals.discard("embargo")
    pub_status = "canceled" if canceled else "withheld" if withheld else "usable"
    uri = uri_of(draft)
    targets = status.targets_of(draft, uri, canceled=canceled)
    urgency, urgency_given = urgency_of(item.urgency, item.priority)
    tag = language.tag(item.language)
    given = Given(
        pub_status=item.status if item.status and item.status.casefold() != pub_status else "",
        urgency=urgency_given or (item.urgency if urgency is None else ""),
        language=item.language if tag != item.language else "",
        dates=draft.given_dates,
    )
    if item.urgency.strip() and urgency is None:
        draft.warn(WarnCode.URGENCY_UNKNOWN, item.urgency)
    associations = () if canceled and item.type == "text" else parts.associations_of(draft, uri)
    genres = terms_of(draft, item.genres, "genre")
    genres += tuple(Term(name=form.title() if form.isupper() else form) for form in draft.forms)
    people, organisations, places = people_of(draft), organisations_of(draft), places_of(draft)
    bodies = body.bodies_of(draft)
    replaces = item.replaces.strip()
    return Story(
        uri=uri,
        type=item.type if item.type in TYPES else "text",
        version=item.version.strip(),
        first_created=stamps.get("firstCreated", ""),
        version_created=stamps.get("versionCreated", ""),
        content_created=stamps.get("contentCreated", ""),
        pub_status=pub_status,
        embargoed_until=held.until,
        expires=stamps.get("expires", ""),
        urgency=urgency,
        language=tag,
        slugline=t.line(item.slugline, draft.done),
        by=draft.by,
        located=draft.located,
        headlines=headline.headlines_of(draft),
        bodies=bodies,
        descriptions=() if canceled and item.type == "text" else tuple(dict.fromkeys(draft.descriptions)),
        people=people,
        organisations=organisations,
        places=places,
        subjects=subjects_of(draft, item.subjects),
        genres=genres,
        events=terms_of(draft, item.events, "event"),
        objects=terms_of(draft, item.objects, "object"),
        info_sources=sources_of(draft),
        alt_ids=tuple(dict.fromkeys(draft.alt_ids)),
        ed_note="\n\n".join(dict.fromkeys(n.value for n in draft.notes if n.role != "closingline")),
        usage_terms=t.lines(item.usage_terms, draft.done),
        copyright_holder=t.line(item.copyright_holder, draft.done),
        copyright_notice=t.lines(item.copyright_notice, draft.done),
        associations=associations,
        **passed_through(item),
        wire=Wire(
            worker=draft.origin.worker,
            source=draft.source,
            format=item.format,
            format_version=item.format_version,
            received=_received(draft),
            raw=_raw(draft.origin),
            given=None if given == Given() else given,
            signals=tuple(s for s in SIGNALS if s in draft.signals),
            take=draft.take,
            lead=draft.lead,
            priority=item.priority.strip(),
            category=item.category.strip(),
            sequence=item.sequence.strip(),
            product_codes=tuple(p for p in (c.strip() for c in item.product_codes) if p),
            sign_off=draft.sign_off,
            word_count_given=item.word_count,
            dateline=_dateline(draft),
            times=draft.times,
            notes=tuple(dict.fromkeys(draft.notes)),
            stripped=tuple(filter(None, draft.stripped)),
            transformations=tuple(dict.fromkeys(filter(None, draft.done))),
            warnings=tuple(dict.fromkeys(draft.warnings)),
            origins=_origins(people=len(people), organisations=len(organisations), places=len(places)),
            keywords=tuple(dict.fromkeys(k for k in (t.line(k, draft.done) for k in item.keywords) if k)),
            links=tuple(dict.fromkeys(draft.links)),
            contacts=tuple(dict.fromkeys(draft.contacts)),
            story=Relation(replaces=replaces, targets=targets) if replaces or targets else None,
        ),
    )


def _origins(**counts: int) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _dateline(draft: Draft) -> Any:
    line = draft.dateline
    if line is None:
        return None
    day = draft.dateline_day
    return type(line)(text=line.text, place=line.place, date=day.isoformat() if day else "", agency=line.agency)


def _raw(origin: Origin) -> Raw:
    stamp = ""
    if origin.timestamp_ms is not None and origin.timestamp_ms >= 0:
        try:
            at = dt.datetime.fromtimestamp(origin.timestamp_ms / 1000, dt.UTC)
            stamp = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
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


def _received(draft: Draft) -> str:
    from worker.normalise import dates  # noqa: PLC0415

    found = dates.read(draft.origin.received) if draft.origin.received else None
    return found.iso if found else ""
