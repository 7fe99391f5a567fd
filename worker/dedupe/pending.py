"""What was decided since entries were last taken: collected part by part, packed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worker.dedupe import entries as codec
from worker.dedupe.hashing import ALGORITHM
from worker.dedupe.record import RECORD
from worker.dedupe.rows import ENTRY_ROW

if TYPE_CHECKING:
    from worker.dedupe.memory import Memory
    from worker.dedupe.part import Part
    from worker.dedupe.record import Records


class Pending:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._begin()

    def _begin(self) -> None:
        self._first_row = self._memory.rows.next
        self._first_slot = self._memory.texts.next
        self._rows: list[bytes] = []
        self._records: list[bytes] = []
        self._strings: list[bytes] = []
        self._string_bytes = 0
        self._links: list[tuple[int, int]] = []
        self._marks: list[tuple[int, int]] = []
        self._days: list[tuple[int, int, int]] = []
        self._event_ms = self._memory.latest_event_ms

    def begin_day(self, day: int) -> None:
        self._days.append((day, self._memory.rows.next, self._memory.texts.next))

    def add(self, part: Part, rows: Records, records: Records) -> None:
        """What a part adds; called before the memory takes it."""
        if self._string_bytes and len(rows):
            rows = rows.copy()
            rows["text"] += np.uint32(self._string_bytes)
        strings = b"".join(part.strings)
        self._rows.append(rows.tobytes())
        self._records.append(records.tobytes())
        self._strings.append(strings)
        self._string_bytes += len(strings)
        self._links += part.links
        self._marks += part.marks

    def take(self, settings: bytes) -> bytes:
        """The packed entries, empty when nothing was decided that must be remembered; and begin anew."""
        rows = b"".join(self._rows)
        same_time = self._memory.latest_event_ms == self._event_ms  # undated stories take it: it must be restored
        if same_time and not (rows or self._marks or self._links or self._days):
            return b""
        packed = codec.pack(
            codec.Entries(
                algorithm=ALGORITHM,
                first_row=self._first_row,
                first_slot=self._first_slot,
                row_size=ENTRY_ROW.itemsize,
                record_size=RECORD.itemsize,
                day=self._memory.horizon.day,
                latest_event_ms=self._memory.latest_event_ms,
                days=self._days,
                marks=self._marks,
                links=self._links,
                rows=rows,
                records=b"".join(self._records),
                strings=b"".join(self._strings),
                settings=settings,
            )
        )
        self._begin()
        return packed
