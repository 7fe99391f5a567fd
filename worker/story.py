"""The domain's words as frozen types; every other module speaks in them.

Rule of the room: values only. Nothing here reads, parses or decides.

    RawRecord --formats--> Item --normalise--> Story --enrich--> Story
                                                 |--dedupe.fingerprint--> Claim
    (Story, Claim) = Candidate --judge--> Published | Duplicate,   Rejected --> DeadLetter

`Story` is the clean story, field for field as `schemas/clean-story.schema.json` states it
(ninjs 3.1 names first, the rest under `wire`). In it, absent means unknown: a field at its default is
not written, so there are no nulls, no empty strings and no empty arrays in the output.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

# --------------------------------------------------------------------------------------------------
# What comes in


class RawRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One record of the raw topic (or one file), untouched."""

    value: bytes | None
    key: bytes | None = None
    topic: str = ""
    partition: int = 0
    offset: int = 0
    timestamp_ms: int | None = None  # Kafka's record time, milliseconds since the epoch, UTC
    headers: tuple[tuple[str, bytes], ...] = ()


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of what a record may hold; each is a setting of the same name (`WORKER_LIMIT_…`)."""

    message_bytes_max: int = 10_000_000  # one raw record, after gzip is undone
    story_bytes_max: int = 4_000_000  # one clean story as JSON
    body_chars_max: int = 2_000_000  # characters of one body
    items_max: int = 500  # items of one record
    depth_max: int = 200  # nesting of JSON or XML
    field_chars_max: int = 20_000  # any single field that is not a body, note or caption
    list_max: int = 1_000  # entries of any list: subjects, associations, …


class DeadCode(enum.StrEnum):
    """Why a record or an item became a dead letter. Bounded for ever: the detail is free text, this is not."""

    EMPTY = "empty"  # null or empty value
    TOO_LARGE = "too-large"  # message_bytes_max, body_chars_max or story_bytes_max exceeded
    TOO_DEEP = "too-deep"  # depth_max exceeded
    TOO_MANY_ITEMS = "too-many-items"  # items_max exceeded
    UNKNOWN_FORMAT = "unknown-format"  # no reader recognises the bytes
    MALFORMED = "malformed"  # recognised, but broken: not well-formed, cut off
    ENCODING = "encoding"  # no charset makes text of the bytes
    BAD_COMPRESSION = "bad-compression"  # gzip or base64 that does not unpack
    FRAGMENT = "fragment"  # a part of a message that never became whole
    NOT_A_STORY = "not-a-story"  # concept items, heartbeats, service messages
    NO_CONTENT = "no-content"  # neither headline nor body nor anything to show
    INTERNAL = "internal"  # a defect of this worker; the detail names the stage


class Rejected(Exception):  # noqa: N818 - it is an outcome, not a fault
    """Raised by a reader or by normalise: the record (or item) is a dead letter with this code.

    `stage` is the pipeline's stage for `__connect.errors.stage`.
    """

    def __init__(self, code: DeadCode, detail: str, *, stage: str = "read") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail[:1000]
        self.stage = stage


# --------------------------------------------------------------------------------------------------
# What a reader gives: an item as the provider wrote it, before any judgement about its text


class Moment(msgspec.Struct, frozen=True):
    """A date as given. `text` is ISO 8601 when the format's reader understood it (with `Z` or an offset
    if the zone is known), else the words of the source, for `normalise.dates` to read.
    """

    text: str
    zone: str = ""  # IANA name to assume when the text has none; "" = the source's default
    precision: Literal["", "second", "minute", "hour", "day", "month", "year"] = ""
    assumed: bool = False  # the zone (or a part of the date) was inferred by the reader


class Text(msgspec.Struct, frozen=True):
    """A text with a role: headlines (main, original, sub, kicker, seo), descriptions (abstract, summary, caption)."""

    value: str
    role: str = "main"
    html: bool = False  # the value is HTML (sanitised later), else plain text


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """A note to editors. `role`: correction, contacts, advisory, closingline, embargo, …"""

    value: str
    role: str = msgspec.field(default_factory=lambda: "advisory")  # factories: written though they are defaults
    public: bool = msgspec.field(default_factory=lambda: False)


class Code(msgspec.Struct, frozen=True, omit_defaults=True):
    """A coded or named thing as given: a subject, genre, event, object.

    `scheme` is the vocabulary as the source names it (`medtop`, `subj`, `iptccat`, a URI, "");
    normalise turns scheme and code into ninjs `uri` and `literal`.
    """

    name: str = ""
    code: str = ""
    scheme: str = ""
    uri: str = ""
    rel: str = ""
    relevance: int | None = None
    confidence: int | None = None
    creator: str = ""


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person, organisation or source as given."""

    name: str = ""
    role: str = ""  # sources: agency, publisher, credit, desk, …; people: author, about, mentions
    uri: str = ""
    code: str = ""
    symbols: tuple[tuple[str, str], ...] = ()  # (ticker or ISIN, exchange or "")


class Spot(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place as given. `part`: "dateline" for where it was filed, else "about"."""

    name: str = ""
    rel: str = "about"
    uri: str = ""
    code: str = ""  # as given, e.g. an ISO country
    lat: float | None = None
    lon: float | None = None
    broader: tuple[str, ...] = ()  # state, country, region: names or codes around it


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something associated: a picture with its caption, a video, a link to another item, an infobox."""

    type: str = "picture"  # text, picture, audio, video, graphic, composite, event, planning
    rel: str = "picture"
    uri: str = ""
    by: str = ""
    credit: str = ""
    headline: str = ""
    caption: str = ""
    copyright: str = ""
    usage: str = ""
    created: Moment | None = None
    renditions: tuple[Mapping[str, Any], ...] = ()  # ninjs 3.1 renditions
    alt_ids: tuple[Text, ...] = ()


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a message as its reader found it: fields apart, text untouched.

    A reader fills what the format *states in a field*. What only the text says (a dateline at the start
    of the body, `UPDATE 1-` in a headline, a byline line, a closing credit) stays in the text: normalise
    takes it out, in one place for all formats.
    """

    format: str  # key of formats.READERS
    format_version: str = ""
    type: str = "text"

    # identity: `uri` if the provider's own id is a URI for all versions; else provider + local_id
    provider: str = ""  # short name of the sender: "ap", "dpa", "reuters", "afp", …
    uri: str = ""
    local_id: str = ""
    alt_ids: tuple[Text, ...] = ()  # role: provider, guid, transmission, sequence
    version: str = ""

    # state
    status: str = ""  # as given; normalise maps it to usable, withheld, canceled
    signals: tuple[str, ...] = ()  # formal signals of the format, as given (`sig:correction`, `Writethru`, `KILL`)
    take: int | None = None
    replaces: str = ""  # id or headline of what this replaces, as given
    targets: tuple[Mapping[str, str], ...] = ()  # what a kill or correction names: uri, slug, date, headline

    # dates
    first_created: Moment | None = None
    version_created: Moment | None = None
    content_created: Moment | None = None
    embargoed_until: Moment | None = None
    expires: Moment | None = None
    dates: Mapping[str, str] = {}  # other dates as given, kept in wire.given.dates

    # text
    headlines: tuple[Text, ...] = ()
    body: str = ""
    body_kind: Literal["text", "html", "preformatted"] = "text"
    #   text: paragraphs separated by blank lines (hard wraps are still in), html: a fragment or page body,
    #   preformatted: agate or tables whose line breaks and tabs are content
    descriptions: tuple[Text, ...] = ()
    infoboxes: tuple[Text, ...] = ()

    # credit
    byline: str = ""
    dateline: str = ""  # a dateline that the format gives apart from the body
    located: str = ""
    sources: tuple[Party, ...] = ()  # agency, publisher, credit, desk
    sign_off: str = ""
    copyright_holder: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    notes: tuple[Note, ...] = ()

    # classification
    language: str = ""
    slugline: str = ""
    urgency: str = ""  # as given
    priority: str = ""  # as given: AP's letters, editorialpriority
    category: str = ""
    sequence: str = ""
    keywords: tuple[str, ...] = ()
    product_codes: tuple[str, ...] = ()
    genres: tuple[Code, ...] = ()
    subjects: tuple[Code, ...] = ()
    events: tuple[Code, ...] = ()
    objects: tuple[Code, ...] = ()
    people: tuple[Party, ...] = ()
    organisations: tuple[Party, ...] = ()
    places: tuple[Spot, ...] = ()
    word_count: int | None = None  # as given

    parts: tuple[Part, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # (url, text)
    passed: Mapping[str, Any] = {}  # ninjs properties carried through as they are
    transformations: tuple[str, ...] = ()  # what the reader had to do to the bytes: charset:…, mojibake, gzip, …
    warnings: tuple[tuple[str, str], ...] = ()  # (bounded code, detail)
    furniture: tuple[str, ...] = ()  # removed by the reader, verbatim


# --------------------------------------------------------------------------------------------------
# What goes out: the clean story


class Out(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Base of all that is written: frozen, absent means unknown, names in camelCase."""


class Headline(Out, frozen=True, kw_only=True):
    role: str
    value: str
    content_type: str = ""


class Body(Out, frozen=True, kw_only=True):
    role: str
    content_type: str
    value: str
    word_count: int | None = None
    char_count: int | None = None


class Description(Out, frozen=True, kw_only=True):
    role: str
    value: str
    content_type: str = ""


class Person(Out, frozen=True, kw_only=True):
    name: str
    rel: str = ""
    uri: str = ""
    literal: str = ""


class Symbol(Out, frozen=True, kw_only=True):
    symbol: str
    exchange: str = ""
    symbol_type: str = ""


class Organisation(Out, frozen=True, kw_only=True):
    name: str
    rel: str = ""
    uri: str = ""
    literal: str = ""
    symbols: tuple[Symbol, ...] = ()


class Place(Out, frozen=True, kw_only=True, rename={"geo_json": "geoJSON"}):
    name: str = ""
    rel: str = ""
    uri: str = ""
    literal: str = ""
    geo_json: Mapping[str, Any] = {}


class Subject(Out, frozen=True, kw_only=True):
    name: str = ""
    rel: str = ""
    uri: str = ""
    literal: str = ""
    creator: str = ""  # "provider" or "worker"
    relevance: int | None = None
    confidence: int | None = None  # percent


class Term(Out, frozen=True, kw_only=True):
    """A genre, event or object: name, uri, literal."""

    name: str = ""
    rel: str = ""
    uri: str = ""
    literal: str = ""


class InfoSource(Out, frozen=True, kw_only=True):
    name: str
    role: str = ""
    uri: str = ""
    literal: str = ""


class AltId(Out, frozen=True, kw_only=True):
    role: str
    value: str


class Association(Out, frozen=True, kw_only=True):
    name: str
    uri: str
    type: str = ""
    rel: str = ""
    by: str = ""
    version: str = ""
    content_created: str = ""
    info_sources: tuple[InfoSource, ...] = ()
    headlines: tuple[Headline, ...] = ()
    descriptions: tuple[Description, ...] = ()
    copyright_notice: str = ""
    usage_terms: str = ""
    alt_ids: tuple[AltId, ...] = ()
    renditions: tuple[Mapping[str, Any], ...] = ()


class Standard(Out, frozen=True, kw_only=True):
    name: str
    version: str


NINJS = Standard(name="ninjs", version="3.1")


class Raw(Out, frozen=True, kw_only=True):
    """Where the story came from: the raw record's coordinates and the digest of its bytes."""

    sha256: str
    item: int
    topic: str = ""
    partition: int | None = None
    offset: int | None = None
    timestamp: str = ""


class Given(Out, frozen=True, kw_only=True):
    """Values as they stood, where normalise changed them."""

    pub_status: str = ""
    urgency: str = ""
    language: str = ""
    dates: Mapping[str, str] = {}


class Dateline(Out, frozen=True, kw_only=True):
    text: str
    place: str = ""
    date: str = ""
    agency: str = ""


class TimeNote(Out, frozen=True, kw_only=True):
    """How a top-level date is to be read. `precision` second, minute, hour, day, month, year; `zone` IANA name."""

    precision: str
    zone: str = ""
    assumed: bool = False


class Warn(Out, frozen=True, kw_only=True):
    code: str
    detail: str = ""


class Share(Out, frozen=True, kw_only=True):
    language: str
    share: float


class Target(Out, frozen=True, kw_only=True):
    uri: str = ""
    slug: str = ""
    date: str = ""
    headline: str = ""


class Mention(Out, frozen=True, kw_only=True, rename={"where": "in"}):
    """Where a name stands. `where` is "body" or "headline"; start and end count code points; `ref` is the
    position in people, organisations or places.
    """

    kind: str
    start: int
    end: int
    where: str = "body"
    ref: int | None = None
    confidence: float | None = None


class DateFound(Out, frozen=True, kw_only=True):
    text: str
    value: str  # ISO 8601: date, week, month, quarter, year or interval
    start: int
    end: int
    confidence: float | None = None


class Speaker(Out, frozen=True, kw_only=True):
    name: str
    ref: int | None = None


class Quote(Out, frozen=True, kw_only=True):
    type: str  # direct, indirect, partial
    text: str
    start: int
    end: int
    speaker: Speaker | None = None
    cue: str = ""
    confidence: float | None = None


class Amount(Out, frozen=True, kw_only=True):
    kind: str  # money, percent, casualties, score
    value: float
    text: str
    start: int
    end: int
    unit: str = ""


class Link(Out, frozen=True, kw_only=True):
    url: str
    text: str = ""


class Contact(Out, frozen=True, kw_only=True):
    kind: str  # email, phone, handle
    value: str
    name: str = ""


class Detail(Out, frozen=True, kw_only=True):
    """What the text says of a person or organisation beyond the name: `ref` points into that list."""

    kind: str  # person, organisation, place
    ref: int
    roles: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    country: str = ""  # ISO 3166-1 alpha-2
    region: str = ""
    confidence: float | None = None
    level: str = ""  # places: city, region, country, continent, facility, other


class Relation(Out, frozen=True, kw_only=True):
    """`wire.story`: written by the judge."""

    cluster: str = ""
    relation: str = ""
    replaces: str = ""
    targets: tuple[Target, ...] = ()


class Evidence(Out, frozen=True, kw_only=True):
    """`wire.verdict`: why the judge held it for a duplicate. `containment` and `numbers` are shares 0..1."""

    kind: str
    containment: float | None = None
    numbers: float | None = None
    keys: int | None = None


WIRE_SCHEMA = "1.0"
"""Version of the `wire` object: only compatible additions within a major version."""


class Wire(Out, frozen=True, kw_only=True):
    """Everything without a home in ninjs. `order`, `story`, `duplicate_of` and `verdict` are the judge's."""

    schema: str = msgspec.field(default_factory=lambda: WIRE_SCHEMA)  # a factory: written though it is the default
    worker: str = ""
    source: str = ""
    format: str = ""
    format_version: str = ""
    received: str = ""
    raw: Raw | None = None
    given: Given | None = None
    signals: tuple[str, ...] = ()
    take: int | None = None
    lead: int | None = None  # n of "nth Lead", "UPDATE n", "nth Ld-Writethru": orders versions on wires without numbers
    priority: str = ""
    category: str = ""
    sequence: str = ""
    product_codes: tuple[str, ...] = ()
    sign_off: str = ""
    word_count_given: int | None = None
    dateline: Dateline | None = None
    times: Mapping[str, TimeNote] = {}
    notes: tuple[Note, ...] = ()
    languages: tuple[Share, ...] = ()
    script: str = ""  # ISO 15924
    stripped: tuple[str, ...] = ()
    transformations: tuple[str, ...] = ()
    warnings: tuple[Warn, ...] = ()
    applied: Mapping[str, str] = {}  # extractor -> model or method that was applied
    origins: Mapping[str, int] = {}  # people, organisations, places: the first n entries are the provider's
    mentions: tuple[Mention, ...] = ()
    details: tuple[Detail, ...] = ()
    abbreviations: Mapping[str, str] = {}
    dates: tuple[DateFound, ...] = ()
    quotes: tuple[Quote, ...] = ()
    keywords: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    links: tuple[Link, ...] = ()
    contacts: tuple[Contact, ...] = ()
    kind: str = ""
    reading_time_seconds: int | None = None
    order: int | None = None
    story: Relation | None = None
    duplicate_of: str = ""
    verdict: Evidence | None = None


class Story(Out, frozen=True, kw_only=True):
    """The clean story. `wire` is the last field on purpose: the judge appends to the encoded JSON."""

    uri: str
    type: str = ""
    standard: Standard = msgspec.field(default_factory=lambda: NINJS)
    version: str = ""
    first_created: str = ""
    version_created: str = ""
    content_created: str = ""
    pub_status: str = ""
    embargoed_until: str = ""
    expires: str = ""
    urgency: int | None = None
    language: str = ""
    slugline: str = ""
    by: str = ""
    located: str = ""
    title: str = ""
    headlines: tuple[Headline, ...] = ()
    bodies: tuple[Body, ...] = ()
    descriptions: tuple[Description, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    subjects: tuple[Subject, ...] = ()
    genres: tuple[Term, ...] = ()
    events: tuple[Term, ...] = ()
    objects: tuple[Term, ...] = ()
    info_sources: tuple[InfoSource, ...] = ()
    alt_ids: tuple[AltId, ...] = ()
    ed_note: str = ""
    usage_terms: str = ""
    copyright_holder: str = ""
    copyright_notice: str = ""
    associations: tuple[Association, ...] = ()
    # carried through from ninjs as they are
    representation_type: str = ""
    profile: str = ""
    renditions: tuple[Mapping[str, Any], ...] = ()
    event_details: Mapping[str, Any] = {}
    planned_coverage: tuple[Mapping[str, Any], ...] = ()
    trust_indicators: tuple[Mapping[str, Any], ...] = ()
    digital_source_type: Mapping[str, Any] = {}
    rights_info: tuple[Mapping[str, Any], ...] | Mapping[str, Any] = ()
    wire: Wire = msgspec.field(default_factory=Wire)


# --------------------------------------------------------------------------------------------------
# What the judge sees of a story, and what it says


class Claim(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """All that a verdict depends on. Made by `dedupe.fingerprint`, carried in the envelope, never recomputed
    by the judge unless `algorithm` differs from its own. Times are milliseconds since the epoch, UTC; 0 = unknown.
    New fields are only ever added at the end, with a default (array_like: older and newer readers agree).
    """

    algorithm: int  # version of the fingerprint's algorithm
    uri: str
    print: bytes  # packed features, dedupe.record
    digest: bytes  # 16 bytes: xxh3-128 of normalised headline and body
    type: str = "text"
    source: str = ""
    tenant: str = ""
    identity: str = ""  # provider identity shared by versions and formats; "" = the wire has no ids
    version: str = ""
    version_ms: int = 0  # versionCreated
    first_ms: int = 0  # firstCreated
    event_ms: int = 0  # event time for windows
    record_ms: int = 0  # the raw record's own time
    embargo_ms: int = 0  # embargoedUntil; -1 = withheld without a date
    status: Literal["usable", "withheld", "canceled"] = "usable"
    signals: tuple[str, ...] = ()
    take: int = 0
    words: int = 0
    slug_key: str = ""  # provider + slug + day: chains versions and takes of id-less wires
    headline_key: str = ""  # normalised headline, to resolve the target of a kill by its words
    targets: tuple[Mapping[str, str], ...] = ()
    replaces: str = ""
    target_keys: tuple[tuple[str, str, str], ...] = ()  # (uri, slug_key, headline_key) of each target, "" = not named
    lead: int = 0  # n of "nth Lead": orders the versions of a slug on wires without version numbers
    loose_keys: tuple[tuple[str, str], ...] = ()  # of a kill: (slug_key, headline_key) as other senders' stories have


class Candidate(msgspec.Struct, frozen=True, kw_only=True, tag="candidate"):
    """A readable item on its way to the judge: the encoded clean story and its claim."""

    story: bytes  # JSON of Story, `wire` last
    claim: Claim
    format: str
    source: str
    item: int = 0


class Dead(msgspec.Struct, frozen=True, kw_only=True, tag="dead"):
    """An item that cannot become a story. The raw bytes travel beside it, unchanged."""

    code: DeadCode
    detail: str
    stage: str = "read"
    format: str = ""
    source: str = ""
    item: int = 0


Reading = Candidate | Dead
"""What reading a record gives, one an item, in the record's order."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The judge's word on one claim."""

    relation: Relation
    duplicate_of: str = ""  # "" = publish
    evidence: Evidence | None = None  # present exactly when duplicate_of is
    warnings: tuple[Warn, ...] = ()


class Published(msgspec.Struct, frozen=True, kw_only=True):
    uri: str
    story: bytes  # final JSON
    order: int
    relation: str
    format: str = ""
    source: str = ""


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    uri: str
    duplicate_of: str
    story: bytes  # final JSON, without enrichment
    order: int
    kind: str
    format: str = ""
    source: str = ""


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    dead: Dead
    order: int


Outcome = Published | Duplicate | DeadLetter
"""The closed union: every item ends as exactly one of these."""
