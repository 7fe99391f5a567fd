"""One `uri` for all versions and formats of a story; for wires without ids one a telling, made of its content.

The source header, the topic and the offset never enter an identity: the same bytes give the same uri for ever.
"""

from __future__ import annotations

import hashlib
import re
import urllib.parse
from typing import TYPE_CHECKING

from worker.normalise.subjects import is_uri
from worker.normalise.text import OTHER_SPACE, odd_of
from worker.normalise.warns import WarnCode

if TYPE_CHECKING:
    from worker.normalise.draft import Draft
    from worker.story import Item

CONTENT_PREFIX = "urn:wire:text:"  # the provider has no id: one uri a telling
PROVIDER_PREFIX = "urn:wire-id:"  # the provider has an id that is no URI
_AP = re.compile(r"[0-9a-f]{32}$")
_SPACE = re.compile(r"\s+")
_SAFE = re.compile(r"[A-Za-z0-9._~:/@=+$,;-]{0,500}")


def uri_of(draft: Draft) -> str:
    """The story's uri."""
    item = draft.item
    given = item.uri.strip()
    if given and is_uri(given):
        return given
    local = item.local_id.strip() or given
    provider = item.provider.strip().casefold()
    if local:
        if provider == "ap" and _AP.match(local):
            return f"tag:ap.org,2011:{local}"
        if given:
            draft.warn(WarnCode.ID_UNUSABLE, f"not a URI: {given[:200]!r}")
        name = _quoted(provider or item.format)
        return f"{PROVIDER_PREFIX}{name}:{_quoted(local)}"
    return CONTENT_PREFIX + content_id(item)


def _quoted(text: str) -> str:
    """Safe in a URN (RFC 8141): everything else percent-encoded."""
    if _SAFE.fullmatch(text):
        return text
    return urllib.parse.quote(_SPACE.sub(" ", text.encode("utf-8", "replace").decode()), safe="-._~:/@=+$,;")[:500]


_ASCII_SPACE = b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"


def _without_space(text: str) -> bytes:
    """`"".join(text.split())` as UTF-8, several times faster."""
    data = text.encode("utf-8", "replace")
    if not text.isascii() and OTHER_SPACE.search(odd_of(data)):
        data = "".join(text.split()).encode("utf-8", "replace")
    return data.translate(None, _ASCII_SPACE)


def content_id(item: Item) -> str:
    """32 hex digits of the item's own words: header fields, headlines and body as its reader gave them.

    White space does not count, so that a redelivery over another line protocol keeps its id. Nothing that later
    versions of normalise may learn to do better enters it.
    """
    stamps = (item.version_created, item.first_created, item.content_created)
    parts = [item.provider, item.type, item.slugline, item.category, item.sequence]
    parts += str(item.take or ""), item.version, item.dateline
    parts += [stamp.text for stamp in stamps if stamp]
    parts += [headline.value for headline in item.headlines]
    parts += item.byline, item.body
    parts += [given.value for given in item.descriptions]
    parts += [note.value for note in item.notes]
    parts += [part.uri or part.caption or part.headline for part in item.parts]
    return hashlib.sha256(_without_space("\0".join(parts))).hexdigest()[:32]
