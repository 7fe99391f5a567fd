"""Where an item came from: what normalise may know beyond the item itself."""

from __future__ import annotations

import msgspec


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The raw record's coordinates and hints. `source` is the header or setting, "" when unknown."""

    sha256: str
    item: int = 0
    source: str = ""
    topic: str = ""
    partition: int | None = None
    offset: int | None = None
    timestamp_ms: int | None = None  # the record's time: the story's time when it states none
    received: str = ""  # header `received`, ISO 8601
    worker: str = ""  # version of this worker
