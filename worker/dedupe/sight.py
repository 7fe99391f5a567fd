"""What the memory looks like to the stories of one batch, in their order: what was decided before them included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worker.dedupe import counts, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.dedupe.memory import Memory
    from worker.dedupe.record import Records
    from worker.dedupe.rows import Row
    from worker.dedupe.told import Told

_HEADLINE_SHARE, _HEADLINE_WORDS_MIN = 600, 2
_TEXT_HISTORY_MAX = 8  # rows of an id that are searched for a text


class Sight:
    def __init__(self, memory: Memory, told: Sequence[Told], records: Records, windows_s: Sequence[int]) -> None:
        self._memory = memory
        self._records = records
        self._windows_s = windows_s
        self._rows_from = memory.horizon.rows_from()
        self._text_from = memory.horizon.text_from()
        self._known = self._looked_up(told)
        self._fresh: dict[int, Row] = {}
        self._fresh_texts: dict[int, int] = {}  # slot -> story of the batch
        self.at = 0  # the story of the batch that is being decided

    def _looked_up(self, told: Sequence[Told]) -> dict[int, int]:
        keys: set[int] = set()
        for one in told:
            keys.update((one.identity, one.slug, one.killed_by))
            for target in one.targets:
                keys.update(target)
        keys.discard(0)
        numbers = self._memory.table.get(np.fromiter(keys, np.uint64, len(keys))).tolist()
        return {key: number for key, number in zip(keys, numbers, strict=True) if number >= self._rows_from}

    @property
    def window_s(self) -> int:
        return self._windows_s[self.at]

    def known(self, key: int) -> Row | None:
        """The latest row under a key."""
        number = self._known.get(key)
        return self.row(number) if number is not None else None

    def row(self, number: int) -> Row | None:
        return self._fresh.get(number) or self._memory.rows.get(number)

    def previous(self, row: Row) -> Row | None:
        """The row that had the same id before."""
        return self.row(row.previous - 1) if row.previous > self._rows_from else None

    def remember(self, row: Row, keys: Iterable[int]) -> None:
        """Let the rest of the batch see a new row."""
        self._fresh[row.number] = row
        if row.slot:
            self._fresh_texts[row.slot - 1] = self.at
        for key in keys:
            if key:
                self._known[key] = row.number

    def mark(self, number: int, flag: int) -> None:
        """Let the rest of the batch see a flag of a row."""
        row = self._fresh.get(number)
        if row is not None:
            row.flags |= flag
        else:
            self._memory.rows.mark(number, flag)

    def same_text(self, told: Told, row: Row) -> bool | None:
        """Whether the rule takes the story's text for that of the row (or of the id's row before it), whatever time
        lies between; None when no text of it is remembered.
        """
        if told.digest == row.digest:
            return True
        other = self._text(row)
        if other is None:
            return None
        mine = self._records[self.at : self.at + 1]
        return bool(rule.judge(mine, other, 0, np.ones(1, bool)).match[0])

    def same_headline(self, told: Told, row: Row) -> bool:
        """Whether the headlines say the same, within the window, where neither text nor firstCreated can tell."""
        other = self._text(row)
        if other is None or (told.first and row.first) or abs(told.event - row.event) > self.window_s:
            return False
        c = counts.count(self._records[self.at : self.at + 1], other)
        enough = c.title_smaller[0] >= _HEADLINE_WORDS_MIN
        return bool(enough and counts.at_least(c.title_shared, c.title_smaller, _HEADLINE_SHARE)[0])

    def _text(self, row: Row) -> Records | None:
        at: Row | None = row
        for _ in range(_TEXT_HISTORY_MAX):
            if at is None:
                return None
            if at.slot:
                return self._record(at.slot - 1)
            at = self.previous(at)
        return None

    def _record(self, slot: int) -> Records | None:
        story = self._fresh_texts.get(slot)
        if story is not None:
            return self._records[story : story + 1]
        return self._memory.texts.gather(np.array([slot])) if slot >= self._text_from else None
