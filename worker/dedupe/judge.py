"""The judge: claims in judging order to verdicts, a pure function of the sequence however it is cut into batches.

A batch is judged in parts of at most `PART` claims: what depends on the texts alone is computed for the whole part
(`candidates.find`), what depends on earlier verdicts is decided story by story (`verdicts.decide`), then the part
enters the memory. A part ends where the judge's clock begins a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from worker.dedupe import entries as codec
from worker.dedupe import record, rule
from worker.dedupe.candidates import Queries, find, key_matrix
from worker.dedupe.entries import CorruptEntries
from worker.dedupe.hashing import ALGORITHM
from worker.dedupe.horizon import clock_day
from worker.dedupe.memory import Memory
from worker.dedupe.part import Part
from worker.dedupe.pending import Pending
from worker.dedupe.rows import ENTRY_ROW, TIMELESS
from worker.dedupe.sight import Sight
from worker.dedupe.told import Told, tenant_key, told
from worker.story import Claim, Relation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worker.dedupe.candidates import U64, Bools
    from worker.dedupe.decision import Recorded
    from worker.dedupe.record import Records

__all__ = ["CorruptEntries", "Judge", "JudgeConfig"]

PART = 128
_HOUR_S = 3600
_LATE_DAYS = 1  # a text is kept this much longer than the widest window, for late arrivals


class JudgeConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What verdicts depend on besides the claims; recorded in the index, a change is an entry there."""

    mode: str = "full"  # full: ids and texts; ids: ids, slugs and kills only; off: everything is published
    window_hours: int = 72  # of event time, counted from the published story
    window_short_hours: int = 24  # under 60 words
    window_by_source: dict[str, int] = {}  # hours, in place of window_hours, by the source of the later story
    identity_days: int = 30  # ids are kept that long: the retention of the index

    def window_s(self, source: str) -> int:
        return self.window_by_source.get(source, self.window_hours) * _HOUR_S

    def text_days(self) -> int:
        """Days that a text is kept for comparison."""
        return -(-max(self.window_hours, *self.window_by_source.values(), 0) // 24) + _LATE_DAYS

    def recorded(self) -> bytes:
        """The settings and the versions of the algorithm and its thresholds, as an entry keeps them."""
        return msgspec.json.encode({"settings": self, "algorithm": ALGORITHM, "thresholds": rule.THRESHOLDS_VERSION})


class Judge:
    """Feed claims in judging order to `decide`; after each batch `entries()` is what must be stored to restore it."""

    def __init__(self, config: JudgeConfig | None = None) -> None:
        self.config = config or JudgeConfig()
        self._memory = Memory(self.config.text_days(), self.config.identity_days)
        self._recorded = b""  # settings that the entries so far were made with
        self._pending = Pending(self._memory)

    @property
    def recorded(self) -> bytes:
        """The settings that the restored entries were made with, JSON; empty when there were none."""
        return self._recorded

    def decide(self, claims: Sequence[Claim]) -> list[Verdict]:
        """One verdict a claim, in order. What is published enters the memory at once, provisionally for the caller:
        when the batch is not committed, this judge must be thrown away.
        """
        if self.config.mode == "off":
            return [
                Verdict(relation=Relation(cluster=claim.uri, relation=told(claim, 0).relation or "original"))
                for claim in claims
            ]
        out: list[Verdict] = []
        for part in self._parts(claims):
            out += self._decide(part)
        return out

    def adopt(self, claims: Sequence[Claim], recorded: Sequence[Recorded]) -> None:
        """Remember stories as they were decided before, in order: for rebuilding a lost index."""
        done = 0
        for part in self._parts(claims):
            self._decide(part, recorded[done : done + len(part)])
            done += len(part)

    def entries(self) -> bytes:
        """Packed entries of all that was decided since the last call; empty bytes when there are none."""
        settings = self.config.recorded()
        packed = self._pending.take(b"" if settings == self._recorded else settings)
        if packed:
            self._recorded = settings
        return packed

    def apply(self, entries: bytes) -> None:
        """Restore what `entries()` gave, in order. Raises CorruptEntries."""
        self.load([entries])

    def load(self, many: Sequence[bytes]) -> None:
        """Restore many in order, faster than one by one. Raises CorruptEntries."""
        read = [codec.unpack(entries) for entries in many if entries]
        for entries in read:
            self._recorded = entries.settings or self._recorded
        self._memory.restore(read)
        self._pending = Pending(self._memory)

    def measures(self) -> dict[str, float]:
        """For metrics: stories remembered, texts that can be compared, keys, postings, bytes; the last event time, the
        days that a text stays comparable, and the days since the oldest story that is remembered.
        """
        memory = self._memory
        return {
            "entries": float(len(memory.rows)),
            "texts": float(memory.texts.next - memory.horizon.text_from()),
            "texts_unreadable": float(memory.texts_unreadable),
            "keys": float(len(memory.table)),
            "postings": float(len(memory.postings)),
            "bytes": float(memory.rows.nbytes + memory.texts.nbytes + memory.postings.nbytes + memory.table.nbytes),
            "latest_event_ms": float(memory.latest_event_ms),
            "horizon_days": float(memory.horizon.text_days),
            "age_days": float(memory.horizon.day - memory.horizon.starts()[0][0]),
        }

    # -- one part

    def _parts(self, claims: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
        start = 0
        while start < len(claims):
            horizon, memory = self._memory.horizon, self._memory
            first = claims[start]
            if horizon.advance(clock_day(first.event_ms, first.record_ms), memory.rows.next, memory.texts.next):
                self._pending.begin_day(horizon.day)
                memory.forget()
            end, last = start + 1, min(start + PART, len(claims))
            while end < last and clock_day(claims[end].event_ms, claims[end].record_ms) <= horizon.day:
                end += 1
            yield claims[start:end]
            start = end

    def _decide(self, claims: Sequence[Claim], recorded: Sequence[Recorded] = ()) -> list[Verdict]:
        memory = self._memory
        stories = [self._told(claim) for claim in claims]
        packed, keys, valid = self._texts(stories)
        windows = [self.config.window_s(claim.source) for claim in claims]
        timeless = np.array([bool(one.flags & TIMELESS) for one in stories])
        records = record.resident(packed, 0, np.where(timeless, 0, [one.event for one in stories]))
        queries = Queries(records, keys, valid, np.array(windows), timeless)
        horizon = memory.horizon
        found = find(
            queries,
            memory.postings,
            memory.texts,
            horizon.text_from(),
            self.config.window_short_hours * _HOUR_S,
        )
        sight = Sight(memory, stories, records, windows)
        part = Part(found, sight, keys, valid, memory.rows.next, memory.texts.next)
        before: Sequence[Recorded | None] = recorded or [None] * len(stories)
        verdicts = [part.judge(at, one, known) for at, (one, known) in enumerate(zip(stories, before, strict=True))]
        self._remember(part, queries, packed)
        return verdicts

    def _told(self, claim: Claim) -> Told:
        one = told(claim, self._memory.latest_event_ms)
        if claim.event_ms or claim.record_ms:
            self._memory.latest_event_ms = claim.event_ms or claim.record_ms
        if self.config.mode == "ids":
            one.matchable = False
        return one

    def _texts(self, stories: Sequence[Told]) -> tuple[Records, U64, Bools]:
        """The stories' records with their tenants' keys, the key matrix and which keys there are."""
        packed = record.unpack([one.claim.print for one in stories])
        if any(one.claim.tenant for one in stories):
            packed = packed.copy()
            tenants = np.array([tenant_key(one.claim.tenant) & 0xFFFFFFFF for one in stories], np.uint32)
            packed["keys"] ^= tenants[:, None]
        keys, valid = key_matrix(packed, np.array([one.digest for one in stories], np.uint64))
        valid &= np.array([one.matchable for one in stories])[:, None]
        return packed, keys, valid

    def _remember(self, part: Part, queries: Queries, packed: Records) -> None:
        rows = np.frombuffer(b"".join(part.rows), ENTRY_ROW)
        texts = np.array(part.texts, np.int64)
        kept = queries.records[texts]
        kept["row"] = part.text_rows
        self._pending.add(part, rows, packed[texts])
        self._memory.add(rows, b"".join(part.strings), kept, queries.keys[texts], queries.valid[texts], part.links)
        for number, flag in part.marks:  # rows of this very part, too
            self._memory.rows.mark(number, flag)
