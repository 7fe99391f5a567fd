"""Claims of stories: all that the judge needs to know of a story. The only place in this package that reads text
of the outside; it runs in the readers.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import xxhash

from worker.dedupe import record
from worker.dedupe.digest import SECTIONS_MIN, names_a_digest, sections
from worker.dedupe.features import TEXTS_MAX, features
from worker.dedupe.hashing import ALGORITHM, key64, packed_words
from worker.dedupe.tokens import words
from worker.normalise.agencies import AGENCIES
from worker.story import Claim, Relation, Story, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["ALGORITHM", "fingerprint"]

CONTENT_URI = "urn:wire:text:"
"""Start of a `uri` that normalise made of the content because the wire gave no id: it identifies one telling only."""

_KILLS = frozenset({"kill", "withdrawal"})
_SENDERS = tuple(dict.fromkeys(name.casefold() for agency in AGENCIES for name in (agency.name, agency.source)))
_LOOSE_TARGETS_MAX = 4
_CORRECTIVE_SIGNALS = frozenset({"correction", "repeat"})
_CORRECTIVE = re.compile(
    r"""^\W{0,3}(?i:correct(?:s|ed|ion)|refile[sd]?|rpt|repeat(?:s|ing)?)\b[^\w\s]
      | [(\[](?i:corrected|correction|refiled?|rpt|repeats?)\b
      | \b(?:CORRECTED|CORRECTION|REFILED?|RPT)\b""",
    re.VERBOSE,
)
_SLUG_VERSION = re.compile(
    r"""[ ,;/-]*\b(?:\d{1,2}(?:st|nd|rd|th)?[ ]?(?:-[ ]?)?(?:ld|lead|net|add|take|sub)\b.*
      | (?:writethru|write-thru|bjt|urgent|correction|corrective|lead|take[ ]?\d{0,2})\b.*
      | ,[ ]?(?:\d{2,5}|[a-z]\d{4})\b.* )$""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD_NUMBER = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?[ -]{0,2}(?:ld|lead)\b", re.IGNORECASE)
_UPDATE_NUMBER = re.compile(r"\b(?:update|wrapup)[ -](\d{1,2})\b", re.IGNORECASE)
_PREFIX = re.compile(
    r"""^(?:(?:correct(?:ed|ion)|refiled?|rpt|repeat|(?:update|wrapup)[ -]?\d{0,2}|brief|urgent|adv)
            (?:\s*[-:–—]+\s*|\s+(?=\d)))+""",
    re.IGNORECASE | re.VERBOSE,
)
_SLUG_CHARS_MAX = 200


def fingerprint(stories: Sequence[tuple[Story, int]]) -> list[Claim]:
    """One claim a (story, record time in ms or 0). The result does not depend on how stories are batched."""
    out: list[Claim] = []
    for at in range(0, len(stories), TEXTS_MAX):
        out += _claims(stories[at : at + TEXTS_MAX])
    return out


def _claims(stories: Sequence[tuple[Story, int]]) -> list[Claim]:
    texts = [_text(story) for story, _ in stories]
    records = features(
        [t.title for t in texts], [t.body for t in texts], [t.flags for t in texts], [t.sections for t in texts]
    )
    size, packed, counts = record.RECORD.itemsize, records.tobytes(), records["words"].tolist()
    return [
        _claim(story, text, record_ms, packed[size * i : size * (i + 1)], counts[i])
        for i, ((story, record_ms), text) in enumerate(zip(stories, texts, strict=True))
    ]


class _Text(NamedTuple):
    headline: str
    title: bytes  # hashes of the headline's words
    body: bytes  # and of the body's: its words themselves are let go at once, a batch of them fits no cache
    flags: int
    sections: int
    digest: bytes


def _text(story: Story) -> _Text:
    headline = next((h.value for h in story.headlines if h.role == "main"), "")
    body = next((b.value for b in story.bodies if b.role == "main" and b.content_type == "text/plain"), "")
    labels = [h.value for h in story.headlines]
    if story.type not in ("", "text"):
        digest = _digest(headline, " ".join([body, *_beside_text(story)]))
        head = headline.split()
        return _Text(" ".join(head), packed_words(head), b"", 0, 0, digest)
    if not labels and not body:
        return _Text("", b"", b"", 0, 0, _digest("", ""))
    parts = sections(body)
    flags = record.UPDATING if "update" in story.wire.signals else 0
    if not _CORRECTIVE_SIGNALS.isdisjoint(story.wire.signals) or any(map(_CORRECTIVE.search, labels)):
        flags |= record.CORRECTIVE
    if parts >= SECTIONS_MIN or names_a_digest(*labels, story.slugline):
        flags |= record.DIGEST
    head, text = _PREFIX.sub("", headline).split(), body.split()
    title = " ".join(head)
    return _Text(title, packed_words(head), packed_words(text), flags, parts, _digest(title, " ".join(text)))


def _beside_text(story: Story) -> list[str]:
    """What makes the content of a picture, an event or a package: captions, parts, the provider's event details."""
    out = [d.value for d in story.descriptions if d.role != "extract"]
    out += [f"{part.uri} {part.rel} " + " ".join(d.value for d in part.descriptions) for part in story.associations]
    return [*out, msgspec.json.encode([story.event_details, story.planned_coverage]).decode()]


def _digest(headline: str, body: str) -> bytes:
    """Headline and body, their white space folded, with case folded too: two texts that differ in a comma differ."""
    folded = f"{headline}\n{body}"
    folded = folded.lower() if folded.isascii() else folded.casefold()
    return xxhash.xxh3_128_digest(folded.encode("utf-8", "surrogatepass"))


def _claim(story: Story, text: _Text, record_ms: int, packed: bytes, count: int) -> Claim:
    wire = story.wire
    relation = wire.story
    targets = relation.targets if relation else ()
    version_ms = _ms(story.version_created)
    provider = _provider(story)
    return Claim(
        algorithm=ALGORITHM,
        uri=story.uri,
        print=packed if story.type in ("", "text") else b"",
        digest=text.digest,
        type=story.type or "text",
        source=wire.source,
        identity="" if story.uri.startswith(CONTENT_URI) else story.uri,
        version=story.version,
        version_ms=version_ms,
        first_ms=_ms(story.first_created),
        event_ms=version_ms or _ms(story.content_created) or _ms(story.first_created) or record_ms,
        record_ms=record_ms,
        embargo_ms=_ms(story.embargoed_until) or (-1 if story.pub_status == "withheld" else 0),
        status=story.pub_status or "usable",  # type: ignore[arg-type]
        signals=wire.signals,
        take=wire.take or 0,
        words=count,
        slug_key=_slug_key(provider, story.slugline),
        headline_key=_headline_key(provider, text.headline),
        replaces=relation.replaces if relation else "",
        targets=tuple(_named(target) for target in targets),
        target_keys=_target_keys(provider, relation),
        lead=_lead(story),
        loose_keys=_loose_keys(story, provider) if takes_back(story.pub_status, wire.signals) else (),
    )


def _ms(instant: str) -> int:
    """Milliseconds since the epoch of an ISO instant; 0 for none, for one that cannot be read and before 1970."""
    if not instant:
        return 0
    try:
        at = dt.datetime.fromisoformat(instant)
    except ValueError:
        return 0
    return max(0, int((at if at.tzinfo else at.replace(tzinfo=dt.UTC)).timestamp() * 1000))


def _provider(story: Story) -> str:
    """Who sent it, for slugs: two agencies use the same words."""
    return next((s.name for s in story.info_sources if s.role == "agency"), "") or story.wire.source


def _slug_key(provider: str, slugline: str) -> str:
    """Key of a slug without its version: `Quake, 2nd Ld-Writethru, 0123` and `Quake` chain."""
    if not slugline:
        return ""
    base = " ".join(words(_SLUG_VERSION.sub("", slugline[:_SLUG_CHARS_MAX].strip())))
    return f"{key64(provider.casefold(), base):016x}" if base else ""


def _headline_key(provider: str, headline: str) -> str:
    key = " ".join(words(headline))
    return f"{key64(provider.casefold(), key):016x}" if key else ""


def _named(target: Target) -> dict[str, str]:
    return {name: value for name in ("uri", "slug", "date", "headline") if (value := getattr(target, name))}


def _target_keys(provider: str, relation: Relation | None) -> tuple[tuple[str, str, str], ...]:
    """What the story kills, corrects or replaces: by uri, by slug, by headline, as far as it is named."""
    if relation is None:
        return ()
    keys = [(t.uri, _slug_key(provider, t.slug), _headline_key(provider, t.headline)) for t in relation.targets]
    if relation.replaces:
        keys.append((relation.replaces, "", _headline_key(provider, relation.replaces)))
    return tuple(keys)


def takes_back(status: str, signals: Iterable[str]) -> bool:
    """Whether a story is a kill or a withdrawal."""
    return status == "canceled" or not _KILLS.isdisjoint(signals)


def _loose_keys(story: Story, provider: str) -> tuple[tuple[str, str], ...]:
    """The keys of what a kill names, under the other names that its sender may have in the story itself.

    A notice often names no agency, where the story did in its dateline; and the other way round. Which of them the
    story came from is checked by the judge.
    """
    targets = story.wire.story.targets if story.wire.story else ()
    named = any(source.role == "agency" for source in story.info_sources)
    names = [story.wire.source] if named else [story.wire.source, *_SENDERS]
    return tuple(
        (_slug_key(name, target.slug), _headline_key(name, target.headline))
        for target in targets[:_LOOSE_TARGETS_MAX]
        if target.slug or target.headline
        for name in names
        if name.casefold() != provider.casefold()
    )


def _lead(story: Story) -> int:
    """N of "2nd Ld" in the slug or "UPDATE 2-" in a headline; 0 for a first telling."""
    if story.wire.lead:
        return story.wire.lead
    for label in (story.slugline, *(h.value for h in story.headlines)):
        found = _LEAD_NUMBER.search(label) or _UPDATE_NUMBER.search(label)
        if found:
            return int(found.group(1))
    return 1 if "update" in story.wire.signals else 0
