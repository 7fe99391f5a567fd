"""Provider ids: which of them are URIs that stand for all versions of a story."""

from __future__ import annotations

import re

_URI = re.compile(r"(?:urn:[a-z0-9][a-z0-9.-]{0,60}|tag|https?|info|oid|doi):[^\s<>\"{}|\\^`]{1,500}$", re.IGNORECASE)


def as_uri(value: str) -> str:
    """The id itself when it is a URI, else ""."""
    return value if _URI.match(value) else ""
