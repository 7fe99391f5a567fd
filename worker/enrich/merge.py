"""What the extractors found enters the story: the provider's entries first and untouched, the worker's after them.

`wire.origins` says how many of `people`, `organisations` and `places` are the provider's; a found name that the
provider has already given is not written again: its mentions and details point to the provider's entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import structs

from worker.enrich.words import tally
from worker.story import (
    Body,
    Description,
    Detail,
    Link,
    Mention,
    Organisation,
    Person,
    Place,
    Quote,
    Speaker,
    Story,
    Symbol,
    Warn,
    Wire,
)

if TYPE_CHECKING:
    from worker.enrich.doc import Found, Name

_T = TypeVar("_T")


class _Named(Protocol):
    name: str
    uri: str


def merge(story: Story, found: Found) -> Story:
    """The story with what was found in its places. Pure: the given story is not changed."""
    refs, lists, origins = _entries(story, found)
    subjects = (*story.subjects, *found.subjects)
    descriptions = story.descriptions
    if found.extract:
        descriptions = (*descriptions, Description(role="extract", value=found.extract))
    return structs.replace(
        story,
        language=story.language or found.language,
        descriptions=descriptions,
        subjects=subjects,
        wire=_wire(story, found, refs, origins),
        **lists,
    )


def _wire(story: Story, found: Found, refs: dict[int, int], origins: dict[str, int]) -> Wire:
    wire = story.wire
    return structs.replace(
        wire,
        languages=wire.languages or tuple(found.languages),
        script=wire.script or found.script,
        warnings=(*wire.warnings, *[Warn(code=code, detail=detail) for code, detail in found.warnings]),
        applied={**wire.applied, **found.applied},
        origins=origins,
        mentions=_mentions(found, refs),
        details=_details(found, refs),
        abbreviations=found.abbreviations,
        dates=tuple(found.dates),
        quotes=_quotes(found, refs),
        keywords=_more(wire.keywords, found.keywords),
        amounts=tuple(found.amounts),
        links=_links(wire.links, found.links),
        contacts=_more(wire.contacts, found.contacts),
        kind=found.kind or wire.kind,
        reading_time_seconds=reading_time_seconds(story.bodies, story.language or found.language, found.language),
    )


def _more(given: tuple[_T, ...], found: list[_T]) -> tuple[_T, ...]:
    return (*given, *[one for one in found if one not in given]) if given else tuple(found)


# --------------------------------------------------------------------------------------------------
# names


def _entries(story: Story, found: Found) -> tuple[dict[int, int], dict[str, Any], dict[str, int]]:
    """(position of each found name in its list, the lists, how many of each are the provider's)."""
    lists: dict[str, list[Any]] = {
        "person": list(story.people),
        "organisation": list(story.organisations),
        "place": list(story.places),
    }
    origins = {field: len(lists[kind]) for kind, field in _FIELDS.items() if lists[kind]}
    given = {kind: _by_name(entries) for kind, entries in lists.items() if entries}
    refs: dict[int, int] = {}
    for number, name in enumerate(found.names):
        kind = name.kind
        entries = lists.get(kind)
        if entries is not None:
            at = _given(name, given[kind]) if kind in given else None
            if at is None:
                at = len(entries)
                entries.append(_ENTRY[kind](name))
            refs[number] = at
    return refs, {field: tuple(lists[kind]) for kind, field in _FIELDS.items()}, origins


_FIELDS = {"person": "people", "organisation": "organisations", "place": "places"}


def _by_name(entries: list[_Named]) -> dict[str, int]:
    known: dict[str, int] = {}
    for at, entry in enumerate(entries):
        for key in (entry.name.casefold(), _turned(entry.name), entry.uri):
            if key:
                known.setdefault(key, at)
    return known


def _turned(name: str) -> str:
    """`Doe, Jane` as `jane doe`: agencies give indexed names that way."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}".casefold() if comma else ""


def _given(name: Name, known: dict[str, int]) -> int | None:
    for key in (name.uri, name.label.casefold(), *(alias.casefold() for alias in name.aliases)):
        if key and key in known:
            return known[key]
    return None


def _person(name: Name) -> Person:
    return Person(name=name.label, rel="mentions", uri=name.uri)


def _organisation(name: Name) -> Organisation:
    if not name.symbols:
        return Organisation(name=name.label, rel="mentions", uri=name.uri)
    symbols = tuple(Symbol(symbol=ticker, exchange=exchange) for ticker, exchange in name.symbols)
    return Organisation(name=name.label, rel="mentions", uri=name.uri, symbols=symbols)


def _place(name: Name) -> Place:
    point: dict[str, Any] = {}
    if name.lat is not None and name.lon is not None:
        point = {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Point", "coordinates": [name.lon, name.lat]},
        }
    return Place(name=name.label, rel="mentions", uri=name.uri, geo_json=point)


_ENTRY = {"person": _person, "organisation": _organisation, "place": _place}


def _mentions(found: Found, refs: dict[int, int]) -> tuple[Mention, ...]:
    places = [
        (span.where != "headline", span.start, span.end, number, at, span)  # `at` keeps the order of equals
        for number, name in enumerate(found.names)
        for at, span in enumerate(name.spans)
    ]
    places.sort()
    names = found.names
    return tuple(
        [
            Mention(
                kind=names[number].kind,
                ref=refs.get(number),
                where=span.where,
                start=start,
                end=end,
                confidence=_hundredths(span.confidence),
            )
            for _, start, end, number, _, span in places
        ]
    )


def _hundredths(confidence: float) -> float:
    """`round` to two digits is five times as slow."""
    return int(confidence * 100 + 0.5) / 100


def _details(found: Found, refs: dict[int, int]) -> tuple[Detail, ...]:
    return tuple(
        [
            Detail(
                kind=name.kind,
                ref=refs[number],
                roles=tuple(name.roles),
                affiliations=tuple(name.affiliations),
                aliases=tuple(name.aliases),
                country=name.country,
                region=name.region,
                level=name.level,
                confidence=_hundredths(name.confidence),
            )
            for number, name in enumerate(found.names)
            if number in refs and (name.roles or name.affiliations or name.aliases or name.country or name.level)
        ]
    )


def _quotes(found: Found, refs: dict[int, int]) -> tuple[Quote, ...]:
    """The quotes, each speaker pointed to the entry in `people` of that name where there is one."""
    people = {name.label: refs[n] for n, name in enumerate(found.names) if name.kind == "person" and n in refs}
    return tuple(
        [
            structs.replace(quote, speaker=Speaker(name=quote.speaker.name, ref=people[quote.speaker.name]))
            if quote.speaker and quote.speaker.name in people
            else quote
            for quote in found.quotes
        ]
    )


# --------------------------------------------------------------------------------------------------
# the rest


def _links(given: tuple[Link, ...], found: list[Link]) -> tuple[Link, ...]:
    if not found:
        return given
    known = {link.url for link in given}
    return (*given, *(link for link in found if link.url not in known))


WORDS_A_MINUTE = 238  # silent reading of English non-fiction: Brysbaert, 2019, a meta-analysis of 190 studies
CHARACTERS_A_MINUTE = {"zh": 255, "ja": 357}  # no spaces between words: IReST, Trauzettel-Klosinski & Dietz, 2012


def reading_time_seconds(bodies: tuple[Body, ...], language: str, counted_as: str = "") -> int | None:
    """Silent reading time of the plain main body; None without one. Its words are those that the extractors, reading
    it as `counted_as`, have in hand already.
    """
    for body in bodies:
        if body.content_type == "text/plain" and body.role in ("", "main") and body.value:
            pace = CHARACTERS_A_MINUTE.get(language[:2])
            if pace is not None:
                return max(1, round(60 * len(body.value) / pace))
            words = body.word_count if body.word_count is not None else len(tally(body.value, counted_as[:2]).tokens)
            return max(1, round(60 * words / WORDS_A_MINUTE))
    return None
