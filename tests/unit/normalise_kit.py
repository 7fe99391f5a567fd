"""Items of invented wires, and their clean stories as plain objects."""

from __future__ import annotations

from typing import Any

import msgspec

from worker.normalise import Origin, normalise
from worker.story import Item, Moment, Text

SHA = "0" * 64
SENT = Moment("2024-05-02T08:00:00Z")


def item(body: str = "", headline: str = "", **fields: Any) -> Item:
    fields.setdefault("format", "plaintext")
    return Item(body=body, headlines=(Text(headline),) if headline else (), **fields)


def told(body: str = "", headline: str = "", *, origin: Origin | None = None, **fields: Any) -> dict[str, Any]:
    """The clean story as it is written: only what is known is there."""
    story = normalise(item(body, headline, **fields), origin or Origin(sha256=SHA))
    return msgspec.json.decode(msgspec.json.encode(story))


def plain(story: dict[str, Any]) -> str:
    return next((b["value"] for b in story.get("bodies", ()) if b["contentType"] == "text/plain"), "")


def html(story: dict[str, Any]) -> str:
    return next((b["value"] for b in story.get("bodies", ()) if b["contentType"] == "text/html"), "")


def headline(story: dict[str, Any], role: str = "main") -> str:
    return next((h["value"] for h in story.get("headlines", ()) if h["role"] == role), "")


def signals(story: dict[str, Any]) -> set[str]:
    return set(story["wire"].get("signals", ()))
