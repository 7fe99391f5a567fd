"""What the judge still remembers, told by its own sequence: never by a wall clock, so that a replay decides alike.

The clock is the latest event time, held back to the record's own time plus an hour (one future-dated story would
otherwise make everything old), and moves only with records that have a time: files that come without one are all of
one day. A text is live for as many days of this clock as the widest window and one for late arrivals, an id for
`identity_days`, counted from when they were judged. So a late story is compared with what came lately, whatever its
own date.
"""

from __future__ import annotations

import bisect

DAY_MS = 86_400_000
CLAMP_MS = 3_600_000


class Horizon:
    def __init__(self, text_days: int, identity_days: int) -> None:
        self.text_days = text_days
        self.identity_days = identity_days
        self._days: list[int] = [0]
        self._rows: list[int] = [0]
        self._slots: list[int] = [0]

    @property
    def day(self) -> int:
        return self._days[-1]

    def starts(self) -> list[tuple[int, int, int]]:
        """(day, first row, first slot) of the days that are known."""
        return list(zip(self._days, self._rows, self._slots, strict=True))

    def advance(self, day: int, row: int, slot: int) -> bool:
        """Begin a day at this row and slot. False if the clock is already there.

        The first day that is told holds what came before it, too: records without a time do not age.
        """
        if day <= self.day:
            return False
        if not self.day:
            self._days[0] = day
            return True
        self._days.append(day)
        self._rows.append(row)
        self._slots.append(slot)
        old = max(bisect.bisect_left(self._days, day - max(self.text_days, self.identity_days)) - 1, 0)
        del self._days[:old], self._rows[:old], self._slots[:old]
        return True

    def text_from(self) -> int:
        """First slot that is live."""
        return self._from(self._slots, self.text_days)

    def rows_from(self) -> int:
        """First row whose id is live."""
        return self._from(self._rows, self.identity_days)

    def _from(self, starts: list[int], days: int) -> int:
        return starts[min(bisect.bisect_left(self._days, self.day - days), len(starts) - 1)]


def clock_day(event_ms: int, record_ms: int) -> int:
    """The day to which a story moves the clock; 0 = it does not."""
    return min(event_ms or record_ms, record_ms + CLAMP_MS) // DAY_MS if record_ms else 0
