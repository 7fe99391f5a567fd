"""Who sent it: the record's header or setting first, else what the story itself tells; and the zone of its times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.formats.providers import short_name
from worker.normalise.agencies import BY_SOURCE, agency_of, publisher_of
from worker.normalise.byline import publisher_source
from worker.normalise.zones import zone_of_source

if TYPE_CHECKING:
    from worker.normalise.draft import Draft
    from worker.story import InfoSource, Party


def recognise(draft: Draft) -> None:
    """Set `draft.source` and `draft.zone`; a publisher inferred from its desk or address becomes a source."""
    candidates = _candidates(draft)
    draft.source = draft.origin.source or (candidates[0] if candidates else "")
    draft.zone = zone_of_source(draft.origin.source, *candidates)


def _addresses(draft: Draft) -> list[str]:
    """The page's own address, where a page or a scraped text states it."""
    if draft.item.format not in ("plaintext", "html", "rss", "atom", "jsonfeed"):
        return []
    stated = [a.value for a in draft.alt_ids if a.value.startswith("http")]
    return [*stated, *(link.url for link in draft.links[:1])]


def _candidates(draft: Draft) -> list[str]:
    """Short names of sources, the likeliest first."""
    item = draft.item
    out: list[str] = []
    for source in tuple(draft.sources):
        if source.role == "desk" and (found := publisher_source(source.name)):
            draft.source_is(BY_SOURCE[found].name, "publisher")
            out.append(found)
    if item.provider:
        known = agency_of(item.provider)
        out.append(known.source if known else short_name(item.provider))
    for address in _addresses(draft):
        publisher = publisher_of(address)
        if publisher:
            draft.source_is(publisher.name, "publisher")
            out.append(publisher.source)
    sources: list[Party | InfoSource] = [*item.sources, *draft.sources]
    for named in sources:
        known = agency_of(named.name)
        if known and named.role in ("agency", "provider", "publisher", ""):
            out.append(known.source)
    return out
