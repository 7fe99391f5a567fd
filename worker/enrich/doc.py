"""What an extractor gets (`Doc`) and where it leaves what it found (`Found`)."""

from __future__ import annotations

import datetime as dt

import msgspec

from worker.story import Amount, Contact, DateFound, Link, Quote, Share, Story, Subject


class Doc(msgspec.Struct, frozen=True, kw_only=True):
    """The clean text and what the story states about itself. Offsets are code points of `body` or `headline`."""

    story: Story
    headline: str
    body: str  # the plain main body, paragraphs joined by two line feeds
    paragraphs: tuple[tuple[int, int], ...]  # (start, end) in body
    when: dt.datetime | None  # the story's own time, in its own zone where that is known
    zone: str = ""  # IANA name


class Span(msgspec.Struct, frozen=True):
    """One mention: `where` is "body" or "headline"."""

    start: int
    end: int
    confidence: float
    where: str = "body"


class Name(msgspec.Struct, kw_only=True):
    """A linked name: one entry a person, organisation or place of the document, all its mentions with it."""

    kind: str  # person, organisation, place, other
    label: str  # as shown: titles stripped, possessives mended, the full name where the text gives it
    spans: list[Span] = []
    aliases: list[str] = []
    roles: list[str] = []
    affiliations: list[str] = []
    symbols: list[tuple[str, str]] = []  # (ticker, exchange)
    uri: str = ""  # https://sws.geonames.org/<id>/ for places
    country: str = ""  # ISO 3166-1 alpha-2
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    level: str = ""  # places: city, region, country, continent, facility, other
    confidence: float = 0.0


class Found(msgspec.Struct, kw_only=True):
    """Filled extractor by extractor, in the order of `EXTRACTORS`; later ones read what earlier ones left."""

    language: str = ""  # BCP 47, what the text is in
    language_confidence: float = 0.0
    headline_language: str = ""
    script: str = ""  # ISO 15924
    languages: list[Share] = []
    names: list[Name] = []
    abbreviations: dict[str, str] = {}
    dates: list[DateFound] = []
    quotes: list[Quote] = []
    keywords: list[str] = []
    subjects: list[Subject] = []
    kind: str = ""
    amounts: list[Amount] = []
    links: list[Link] = []
    contacts: list[Contact] = []
    extract: str = ""
    applied: dict[str, str] = {}  # extractor -> model or method
    warnings: list[tuple[str, str]] = []
