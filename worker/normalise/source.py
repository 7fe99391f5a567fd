"""Who sent it: the record's header or setting first, else what the story itself tells; and the zone of its times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.formats.providers import short_name
from worker.normalise.agencies import BY_SOURCE, agency_of, publisher_of
from worker.normalise.byline import publisher_source
from worker.normalise.zones import zone_of_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.normalise.draft import Draft


def recognise(draft: Draft) -> None:
    """Set `draft.source` and `draft.zone`; a publisher inferred from its desk or address becomes a source."""
    candidates = list(dict.fromkeys(_candidates(draft)))
    draft.source = draft.origin.source or (candidates[0] if candidates else "")
    draft.zone = zone_of_source(draft.origin.source, *candidates)


def _addresses(draft: Draft) -> Iterator[str]:
    """The page's own address, where a page or a scraped text states it."""
    if draft.item.format in ("plaintext", "html", "rss", "atom", "jsonfeed"):
        yield from (a.value for a in draft.alt_ids if a.value.startswith("http"))
        yield from (link.url for link in draft.links[:1])


def _candidates(draft: Draft) -> Iterator[str]:
    item = draft.item
    for source in tuple(draft.sources):
        if source.role == "desk" and (found := publisher_source(source.name)):
            draft.source_is(BY_SOURCE[found].name, "publisher")
            yield found
    if item.provider:
        known = agency_of(item.provider)
        yield known.source if known else short_name(item.provider)
    for address in _addresses(draft):
        publisher = publisher_of(address)
        if publisher:
            draft.source_is(publisher.name, "publisher")
            yield publisher.source
    named = [(p.name, p.role) for p in item.sources] + [(s.name, s.role) for s in draft.sources]
    for name, role in named:
        known = agency_of(name)
        if known and role in ("agency", "provider", "publisher", ""):
            yield known.source
