"""The Associated Press's identifiers, which reach us in four formats."""

from __future__ import annotations

import re

# The `uri` of AP's Media API holds session parameters; the item id in it is the identity.
_CONTENT = re.compile(r"https?://[^/]{1,100}/media/v/content/([0-9a-f]{32})(?:[?.].*)?$")


def ap_uri(item_id: str) -> str:
    """`tag:ap.org,2011:<itemid>`: one URI for all versions and formats of an AP item."""
    return f"tag:ap.org,2011:{item_id}"


def item_id_of(uri: str) -> str:
    """The item id in a Media API `uri`, or ""."""
    found = _CONTENT.match(uri)
    return found[1] if found else ""
