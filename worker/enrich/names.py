"""People, organisations, places and other names, linked over the document.

tag (crf.py) → one opinion a document (mentions.py) → one entry a name (linking.py) → what the text says of them
(people.py, organisations.py, acronyms.py). Places are resolved afterwards, by places.py.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from msgspec import structs

from worker.enrich.acronyms import expansions
from worker.enrich.crf import Tagged, Tagger
from worker.enrich.crf_model import tables
from worker.enrich.doc import Name
from worker.enrich.linking import link, name_of
from worker.enrich.mentions import Mention, linked_places, mentions
from worker.enrich.organisations import state_bodies, symbols
from worker.enrich.people import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.enrich.doc import Doc, Found

METHOD: Final = "crf-en-1"
LANGUAGES: Final = frozenset({"en"})
TOGETHER: Final = 16  # stories tagged at a time: more no longer fit into the processor's caches
TOKEN_CHARS_MAX: Final = 400_000  # what is longer is tagged up to here: 70,000 words
_BREAK: Final = "\n\n"


_tagged: Final[dict[str, Tagged]] = {}  # by `tag_ahead`


@functools.cache
def tagger() -> Tagger:
    """The one tagger of this process. It learns words as it goes and is not for threads."""
    return Tagger(tables())


def tag_ahead(docs: Sequence[Doc], founds: Sequence[Found]) -> None:
    """Tags several stories at a time, which costs less than one by one; `extract` finds what it needs done."""
    texts = [_text(doc) for doc, found in zip(docs, founds, strict=True) if _knows(found)]
    _tagged.clear()
    for begin in range(0, len(texts), TOGETHER):
        part = texts[begin : begin + TOGETHER]
        _tagged.update(zip(part, tagger().tag_all(part), strict=True))


def extract(doc: Doc, found: Found) -> None:
    """Adds names to `found.names`, and short forms with their expansions to `found.abbreviations`."""
    if not _knows(found):
        found.applied["names"] = "none"
        return
    found.applied["names"] = METHOD
    before = doc.headline + _BREAK if doc.headline else ""
    text = _text(doc)
    tagged = _tagged.pop(text, None) or tagger().tag(text)
    named = proper_names(tagged)
    short = expansions(tagged)
    entries = link(tagged, named, short)
    facts = describe(tagged, entries, named)
    for entry in entries:
        name = name_of(entry, tagged, len(before))
        if id(entry) in facts:
            name.roles, name.affiliations = facts[id(entry)]
        _expand(name, short)
        found.names += _apart(name)
    found.names += state_bodies(tagged, named, len(before))
    symbols(doc.headline, "headline", found.names)
    symbols(doc.body, "body", found.names)
    found.abbreviations.update(short)


def _knows(found: Found) -> bool:
    """Whether the model reads the story's language."""
    return (found.language or "en").partition("-")[0] in LANGUAGES


def _text(doc: Doc) -> str:
    return (doc.headline + _BREAK + doc.body if doc.headline else doc.body)[:TOKEN_CHARS_MAX]


def proper_names(tagged: Tagged) -> list[Mention]:
    """The mentions of a tagged text with one kind a name."""
    return mentions(tagged)


def _apart(name: Name) -> list[Name]:
    """Tokyo-Seoul is two places."""
    halves = linked_places(name.label) if name.kind == "place" and "-" in name.label else None
    if halves is None:
        return [name]
    cut = len(halves[0])
    left = [structs.replace(span, end=span.start + cut) for span in name.spans]
    right = [structs.replace(span, start=span.start + cut + 1) for span in name.spans]
    return [
        Name(kind="place", label=half, spans=spans, confidence=name.confidence)
        for half, spans in zip(halves, (left, right), strict=True)
    ]


def _expand(name: Name, short: dict[str, str]) -> None:
    """The expansion of a name that only stands in its short form."""
    expansion = short.get(name.label)
    if expansion and expansion != name.label and expansion not in name.aliases:
        name.aliases.append(expansion)


def same_name(found: Name, given: str) -> bool:
    """Whether a found name is the one that the provider gave (`Doe, Jane` is Jane Doe)."""
    last, comma, first = given.partition(", ")
    wanted = (f"{first} {last}" if comma else given).casefold()
    return wanted == found.label.casefold() or any(
        wanted == alias.casefold() for alias in found.aliases if " " in alias or alias.isupper()
    )
