"""Claims of stories: all that the judge needs to know of a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import xxhash

from worker.story import Claim, Story

ALGORITHM = 1


def _ms(instant: str) -> int:
    return int(dt.datetime.fromisoformat(instant).timestamp() * 1000) if instant else 0


def fingerprint(stories: Sequence[tuple[Story, int]]) -> list[Claim]:
    """One claim a (story, record time in ms or 0). The result does not depend on how stories are batched."""
    out = []
    for story, record_ms in stories:
        body = next((b.value for b in story.bodies if b.content_type == "text/plain"), "")
        head = next((h.value for h in story.headlines if h.role == "main"), "")
        text = " ".join(f"{head}\n{body}".split()).casefold()
        out.append(
            Claim(
                algorithm=ALGORITHM,
                uri=story.uri,
                print=b"",
                digest=xxhash.xxh3_128_digest(text.encode("utf-8", "surrogatepass")),
                type=story.type,
                source=story.wire.source,
                version=story.version,
                version_ms=_ms(story.version_created),
                first_ms=_ms(story.first_created),
                event_ms=_ms(story.version_created) or record_ms,
                record_ms=record_ms,
                embargo_ms=_ms(story.embargoed_until),
                status=story.pub_status or "usable",  # type: ignore[arg-type]
                signals=story.wire.signals,
                take=story.wire.take or 0,
            )
        )
    return out
