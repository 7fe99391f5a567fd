"""Everything the judge remembers, and the two ways it changes: a judged batch, restored entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worker.dedupe import record
from worker.dedupe.candidates import COLUMNS, key_matrix
from worker.dedupe.entries import CorruptEntries, Entries, records_of, rows_of
from worker.dedupe.hashing import ALGORITHM
from worker.dedupe.horizon import Horizon
from worker.dedupe.postings import Postings
from worker.dedupe.rows import TIMELESS, Rows
from worker.dedupe.table import LatestOf
from worker.dedupe.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worker.dedupe.candidates import U64, Bools
    from worker.dedupe.record import Records

_GROUP_ROWS = 1 << 16  # restored together


class Memory:
    def __init__(self, text_days: int, identity_days: int) -> None:
        self.rows = Rows()
        self.texts = Texts()
        self.postings = Postings()
        self.table = LatestOf()
        self.horizon = Horizon(text_days, identity_days)
        self.latest_event_ms = 0
        self.texts_unreadable = 0  # records of another algorithm version: their texts cannot be compared

    # -- a judged batch

    def add(
        self,
        rows: Records,
        strings: bytes,
        records: Records,
        keys: U64,
        entered: Bools,
        links: Sequence[tuple[int, int]],
    ) -> None:
        """Rows (ENTRY_ROW) and the texts of those that have a slot (RESIDENT), with the keys to enter."""
        first_slot = self.texts.next
        if len(rows):
            self._put(rows, self.rows.next, links)
            self.rows.append(rows, strings)
        if len(records):
            self.texts.append(records)
            slots = np.repeat(np.arange(first_slot, first_slot + len(records), dtype=np.uint64), COLUMNS)
            chosen = entered.ravel()
            self.postings.add(keys.ravel()[chosen], slots[chosen])
            self.postings.settle(self.horizon.text_from())

    def _put(self, rows: Records, first: int, links: Sequence[tuple[int, int]]) -> None:
        """The rows' keys, the first row being `first`, and further keys of them: each then finds its latest row."""
        numbers = np.tile(np.arange(first, first + len(rows)), 3)
        keys = np.concatenate([rows["id"], rows["slug"], rows["headline"]])
        if links:
            keys = np.concatenate([keys, np.array([key for key, _ in links], np.uint64)])
            numbers = np.concatenate([numbers, np.array([row for _, row in links], np.int64)])
        order = np.argsort(numbers, kind="stable")
        keys, numbers = keys[order], numbers[order]
        real = keys != 0
        self.table.put(keys[real], numbers[real], self.horizon.rows_from())

    def forget(self) -> None:
        """Let go of what no story can meet any more. Never changes an answer."""
        self.rows.forget_before(self.horizon.rows_from())
        self.texts.forget_before(self.horizon.text_from())

    # -- restored entries

    def restore(self, many: Sequence[Entries]) -> None:
        """Take over entries in their order. Raises CorruptEntries when one is missing between them."""
        for entries in many:
            if not self.horizon.day:  # the beginning may have been deleted by retention
                self.horizon.advance(entries.days[0][0] if entries.days else entries.day, 0, 0)
            for day, row, slot in entries.days:
                self.horizon.advance(day, row, slot)
            self.latest_event_ms = entries.latest_event_ms or self.latest_event_ms
        rows_from, text_from = self.horizon.rows_from(), self.horizon.text_from()
        for group in _groups(many):
            self._restore(group, rows_from, text_from)
        for entries in many:
            for number, flag in entries.marks:
                self.rows.mark(number, flag)
        self.forget()

    def _restore(self, group: Sequence[Entries], rows_from: int, text_from: int) -> None:
        row_parts: list[Records] = []
        strings: list[bytes] = []
        record_parts: list[Records] = []
        links: list[tuple[int, int]] = []
        at = 0
        for entries in group:
            rows = self._following(entries, sum(map(len, row_parts)))
            if at:
                rows = rows.copy()
                rows["text"] += np.uint32(at)
            row_parts.append(rows)
            strings.append(entries.strings)
            at += len(entries.strings)
            links += entries.links
            if entries.record_size and len(entries.records):
                record_parts.append(self._readable(entries))
        rows = np.concatenate(row_parts)
        if len(rows):
            if self.rows.next + len(rows) > rows_from:
                self._put(rows, self.rows.next, links)
            self.rows.append(rows, b"".join(strings))
        if record_parts:
            self._restore_texts(rows, np.concatenate(record_parts), text_from)

    def _following(self, entries: Entries, pending: int) -> Records:
        """The rows of entries, checked to go on where the last ones ended."""
        rows = rows_of(entries)
        if self.rows.first is None and not pending:
            self.rows.start_at(entries.first_row)
            self.texts.next = entries.first_slot
            self.table = LatestOf(entries.first_row)
            self.postings = Postings(entries.first_slot)
        expected = self.rows.next + pending
        if entries.first_row != expected:
            raise CorruptEntries(
                f"index entry begins at story {entries.first_row}, expected {expected}: entries are missing or out of "
                "order; run `worker index rebuild`"
            )
        return rows

    def _readable(self, entries: Entries) -> Records:
        records = records_of(entries)
        if entries.algorithm == ALGORITHM:
            return records
        self.texts_unreadable += len(records)
        blank: Records = np.zeros(len(records), record.RECORD)
        return blank

    def _restore_texts(self, rows: Records, records: Records, text_from: int) -> None:
        """Features inside the window only; the others' slots are counted."""
        first_slot = self.texts.next
        with_text = rows[rows["slot"] > 0]
        numbers = np.flatnonzero(rows["slot"] > 0) + self.rows.next - len(rows)
        old = min(max(text_from - first_slot, 0), len(records))
        self.texts.skip(old)
        live, with_text, numbers = records[old:], with_text[old:], numbers[old:]
        if not len(live):
            return
        events = np.where(with_text["flags"] & TIMELESS, 0, with_text["event"])
        self.texts.append(record.resident(live, numbers, events))
        keys, valid = key_matrix(live, with_text["digest"])
        slots = np.repeat(np.arange(first_slot + old, first_slot + len(records), dtype=np.uint64), COLUMNS)
        chosen = valid.ravel()
        self.postings.add(keys.ravel()[chosen], slots[chosen])
        self.postings.settle(text_from)


def _groups(many: Sequence[Entries]) -> Iterator[Sequence[Entries]]:
    """Entries in their order, some ten thousand rows together."""
    start = rows = 0
    for end, entries in enumerate(many, 1):
        rows += len(entries.rows) // entries.row_size
        if rows >= _GROUP_ROWS or end == len(many):
            yield many[start:end]
            start, rows = end, 0
