"""A reader of the records of `content`, in the form of `worker.reading.read_batch`. Version 2 sees more in some."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

import msgspec

from worker.dedupe import fingerprint
from worker.story import Body, Candidate, Dead, DeadCode, Headline, Raw, RawRecord, Reading, Story, Wire

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTRA_ITEMS = 2


class TestReader:
    """`tenant_is_partition` lets the partition-local judge, a double that must fail, know where a story came from."""

    __test__ = False

    def __init__(self, version: int = 1) -> None:
        self.version = version

    def __call__(self, records: Sequence[RawRecord]) -> list[list[Reading]]:
        return [self._read(record) for record in records]

    def _read(self, record: RawRecord) -> list[Reading]:
        if not record.value:
            return [Dead(code=DeadCode.EMPTY, detail="nothing in it", source="test")]
        if not record.value.startswith(b"{"):
            return [Dead(code=DeadCode.UNKNOWN_FORMAT, detail="not ours", source="test")]
        try:
            message = json.loads(record.value)
        except ValueError as error:
            return [Dead(code=DeadCode.MALFORMED, detail=str(error), format="test", source="test")]
        items = message["items"]
        if message.get("ambiguous") and self.version == 2:
            items = items + items[:EXTRA_ITEMS]
        stories = [self._story(record, item, number) for number, item in enumerate(items)]
        claims = fingerprint([(story, record.timestamp_ms or 0) for story in stories])
        return [
            Candidate(story=msgspec.json.encode(story), claim=claim, format="test", source="test", item=number)
            for number, (story, claim) in enumerate(zip(stories, claims, strict=True))
        ]

    def _story(self, record: RawRecord, item: dict, number: int) -> Story:
        at = dt.datetime.fromtimestamp(item["at_ms"] / 1000, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        kill = item["kill"]
        return Story(
            uri=item["uri"],
            type="text",
            version=str(item["version"]),
            first_created=at,
            version_created=at,
            pub_status="canceled" if kill else "usable",
            language="en",
            headlines=(Headline(role="main", value=item["headline"]),),
            bodies=(Body(role="main", content_type="text/plain", value=item["body"]),),
            wire=Wire(
                worker=str(self.version),
                source="test",
                format="test",
                sequence=item["tag"],
                signals=("kill",) if kill else (),
                raw=Raw(
                    sha256=hashlib.sha256(record.value or b"").hexdigest(),
                    item=number,
                    topic=record.topic,
                    partition=record.partition,
                    offset=record.offset,
                ),
            ),
        )
