"""Invented stories for the tests of deduplication, and a judge that does everything the slow and plain way."""

import dataclasses
import random

import numpy as np

from worker.dedupe import counts, record, rule
from worker.dedupe.candidates import CANDIDATES_MAX, HOT, SHARED_MIN, count_keys, weigh
from worker.dedupe.horizon import clock_day
from worker.dedupe.judge import JudgeConfig
from worker.dedupe.part import _verdict
from worker.dedupe.rows import KILLED, PUBLISHED, SUPERSEDED, TIMELESS, Row
from worker.dedupe.told import told
from worker.dedupe.verdicts import Matched, decide
from worker.story import Body, Headline, Story, Wire

SYLLABLES = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
WORDS = ["".join(random.Random(i).choices(SYLLABLES, k=2 + i % 3)) for i in range(3000)]
HOUR = 3600
START = 1_490_000_000  # seconds


def text(rng, words=120, numbers=0.05):
    """Invented words in sentences and paragraphs."""
    out = []
    for n in range(1, words + 1):
        word = str(rng.randint(2, 9999)) if rng.random() < numbers else rng.choice(WORDS)
        out.append(word + ("." if n % 14 == 0 else "") + ("\n\n" if n % 42 == 0 else ""))
    return " ".join(out)


def headline(rng, words=6):
    return " ".join(rng.choices(WORDS, k=words)).capitalize()


def instant(seconds):
    import datetime as dt

    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat().replace("+00:00", "Z") if seconds else ""


def story(
    uri, head="", body="", *, at=0, status="usable", signals=(), take=None, source="agency", kind="text", **fields
):
    """A clean story. `at` is versionCreated in seconds."""
    relation = fields.pop("relation", None)
    return Story(
        uri=uri,
        type=kind,
        pub_status=status,
        version_created=instant(at),
        headlines=(Headline(role="main", value=head),) if head else (),
        bodies=(Body(role="main", content_type="text/plain", value=body),) if body else (),
        wire=Wire(source=source, signals=tuple(signals), take=take, story=relation),
        **fields,
    )


@dataclasses.dataclass
class Plain:
    """The definition, word for word: every published text is looked at for every story. No arrays, no batches."""

    config: JudgeConfig = dataclasses.field(default_factory=JudgeConfig)

    def __post_init__(self):
        self.rows, self.texts, self.keys, self.holders, self.days = [], [], {}, {}, [(0, 0, 0)]
        self.latest = 0

    # what verdicts.decide asks for
    def known(self, key):
        numbers = [n for n in self.keys.get(key, ()) if n >= self._from(1, self.config.identity_days)]
        return self.rows[numbers[-1]] if numbers else None

    def previous(self, row):
        return self.rows[row.previous - 1] if row.previous > self._from(1, self.config.identity_days) else None

    def same_text(self, one, row):
        if one.digest == row.digest:
            return True
        other = self._text(row)
        return None if other is None else bool(rule.judge(self.mine, other, 0, np.ones(1, bool)).match[0])

    def same_headline(self, one, row):
        other = self._text(row)
        if other is None or (one.first and row.first) or abs(one.event - row.event) > self.window_s:
            return False
        c = counts.count(self.mine, other)
        return bool(c.title_smaller[0] >= 2 and c.title_shared[0] * 1000 >= c.title_smaller[0] * 600)

    def _text(self, row):
        for _ in range(8):
            if row is None:
                return None
            if row.slot:
                return self.texts[row.slot - 1][0] if row.slot - 1 >= self._from(2, self.config.text_days()) else None
            row = self.previous(row)
        return None

    def _from(self, which, days):
        live = [d for d in self.days if d[0] >= self.days[-1][0] - days]
        return live[0][which]

    def decide(self, claims):
        return [self._decide(claim) for claim in claims]

    def _decide(self, claim):
        one = told(claim, self.latest)
        self.latest = claim.event_ms or claim.record_ms or self.latest
        day = clock_day(claim.event_ms, claim.record_ms)
        if day > self.days[-1][0]:
            if self.days[-1][0]:
                self.days.append((day, len(self.rows), len(self.texts)))
            else:
                self.days = [(day, 0, 0)]
        packed = record.unpack([claim.print])
        self.window_s = self.config.window_s(claim.source)
        self.mine = record.resident(packed, 0, 0 if one.flags & TIMELESS else one.event)
        keys = list(enumerate(packed["keys"][0][: packed["keys_n"][0]].tolist())) if one.matchable else []
        if one.matchable and (packed["words"][0] or packed["title_n"][0] >= 3):
            keys.append((12, one.digest & 0xFFFFFFFF))
        decision = decide(one, self, self._matches(one, keys))
        if decision.remembered:
            self._remember(one, decision, keys)
        return _verdict(one, decision)

    def _matches(self, one, keys):
        if not one.matchable:
            return []
        start, bits = self._from(2, self.config.text_days()), {}
        for column, key in keys:
            for slot in [s for s in self.holders.get(key, ()) if s >= start][-HOT:]:
                bits[slot] = bits.get(slot, 0) | 1 << column
        found = []
        for slot, shared in bits.items():
            theirs, number = self.texts[slot]
            dated = self.mine["event"][0] and theirs["event"][0]
            apart = abs(int(self.mine["event"][0]) - int(theirs["event"][0])) if dated else 0
            if weigh(shared) >= SHARED_MIN and apart <= self.window_s:
                found.append((-weigh(shared), slot, number, theirs, not dated))
        out = []
        for weight, _slot, number, theirs, undated in sorted(found, key=lambda f: f[:2])[:CANDIDATES_MAX]:
            short = self.config.window_short_hours * HOUR
            judged = rule.judge(self.mine, theirs, short, np.array([undated]))
            if judged.match[0]:
                share = (int(judged.containment[0]), int(judged.numbers[0]), count_keys(-weight))
                out.append(Matched(self.rows[number], rule.Match(int(judged.match[0])), *share))
        return sorted(out, key=lambda m: m.row.number)

    def _remember(self, one, decision, keys):
        claim, number, before = one.claim, len(self.rows), self.known(one.identity)
        slot = 0
        if not decision.kind and keys:
            for _, key in keys:
                self.holders.setdefault(key, []).append(len(self.texts))
            self.texts.append((self.mine, number))
            slot = len(self.texts)
        self.rows.append(
            Row(
                number=number, uri=claim.uri, root=decision.cluster or claim.uri, digest=one.digest,
                version=one.version,
                version_ms=claim.version_ms, previous=before.number + 1 if before else 0, slot=slot, event=one.event,
                first=one.first, embargo=one.embargo, source=one.source, lead=claim.lead, take=claim.take,
                flags=one.flags | (0 if decision.kind else PUBLISHED),
            )
        )  # fmt: skip
        for key in (one.identity, one.slug, one.headline, *decision.waits):
            if key:
                self.keys.setdefault(key, []).append(number)
        for killed in decision.killed:
            self.rows[killed].flags |= KILLED
        if decision.follows and (decision.follows.previous or decision.follows.root != decision.follows.uri):
            self.rows[decision.follows.number].flags |= SUPERSEDED
