"""The sequential half of judging: the stories of a part one after the other, each seeing the verdicts before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.dedupe.candidates import CANDIDATES_MAX, HOT, SHARED_MIN, Found, Pairs, count_keys, weigh
from worker.dedupe.rows import KILLED, PUBLISHED, SUPERSEDED, Row, pack
from worker.dedupe.rule import Match
from worker.dedupe.verdicts import Matched, decide
from worker.story import Evidence, Relation, Target, Verdict, Warn

if TYPE_CHECKING:
    from worker.dedupe.candidates import U64, Bools
    from worker.dedupe.decision import Decision, Recorded
    from worker.dedupe.sight import Sight
    from worker.dedupe.told import Told

    _Weighed = tuple[int, int]  # (number of the pair, what the shared keys weigh)


class Part:
    """Judges the stories in order and collects what they add to the memory."""

    def __init__(self, found: Found, sight: Sight, keys: U64, valid: Bools, next_row: int, next_slot: int) -> None:
        self._sight = sight
        self._keys = keys
        self._valid = valid
        self._crowd = found.crowd
        self._holders: dict[int, list[int]] = {}  # key -> stories entered under it; kept when there is a crowd
        self._indexed, self._fresh = _Reader(found.indexed), _Reader(found.fresh)
        self._next_row = next_row
        self._next_slot = next_slot
        self._numbers: list[int] = []  # of each story's row; -1 = not entered into the text index
        self._at = 0  # bytes of strings
        self.rows: list[bytes] = []
        self.strings: list[bytes] = []
        self.texts: list[int] = []  # stories with a slot
        self.text_rows: list[int] = []
        self.links: list[tuple[int, int]] = []
        self.marks: list[tuple[int, int]] = []

    def judge(self, at: int, told: Told, recorded: Recorded | None = None) -> Verdict:
        """The verdict on story `at`. What is `recorded` of it takes the place of what would be decided now."""
        self._sight.at = at
        decision = decide(told, self._sight, self._matches(at))
        if recorded is not None:
            decision = recorded.instead_of(decision)
        enters = decision.remembered and not decision.kind and told.matchable and bool(self._valid[at].any())
        number = self._next_row + len(self.rows)
        self._numbers.append(number if enters else -1)
        if decision.remembered:
            self._add(at, told, decision, number, enters=enters)
        return _verdict(told, decision)

    def _add(self, at: int, told: Told, decision: Decision, number: int, *, enters: bool) -> None:
        claim = told.claim
        before = self._sight.known(told.identity)
        row = Row(
            number=number,
            uri=claim.uri,
            root=decision.cluster or claim.uri,
            digest=told.digest,
            version=told.version,
            version_ms=claim.version_ms,
            previous=before.number + 1 if before is not None else 0,
            slot=self._next_slot + len(self.texts) + 1 if enters else 0,
            event=told.event,
            first=told.first,
            embargo=told.embargo,
            source=told.source,
            flags=told.flags | (0 if decision.kind else PUBLISHED),
            lead=min(claim.lead, 0xFF),
            take=min(claim.take, 0xFF),
        )
        packed, strings = pack(row, told.identity, told.slug, told.headline, self._at)
        self.rows.append(packed)
        self.strings.append(strings)
        self._at += len(strings)
        if enters:
            self.texts.append(at)
            self.text_rows.append(number)
            if self._crowd:
                for key in self._keys[at][self._valid[at]].tolist():
                    self._holders.setdefault(key, []).append(at)
        self._sight.remember(row, (told.identity, told.slug, told.headline, *decision.waits))
        self.links += [(key, number) for key in decision.waits]
        for killed in decision.killed:
            self._mark(killed, KILLED)
        follows = decision.follows
        if follows is not None and (follows.previous or follows.root != follows.uri):
            self._mark(follows.number, SUPERSEDED)

    def _mark(self, number: int, flag: int) -> None:
        self._sight.mark(number, flag)
        self.marks.append((number, flag))

    def _matches(self, at: int) -> list[Matched]:
        """The accepted candidates of a story that are published, among its best CANDIDATES_MAX."""
        indexed, fresh = self._indexed.pairs, self._fresh.pairs
        old = [(i, indexed.weight[i]) for i in self._indexed.range(at)]
        new = [(i, fresh.weight[i]) for i in self._fresh.range(at) if self._numbers[fresh.other[i]] >= 0]
        if at in self._crowd:
            old, new = self._without_hot(at, old, new)
        if len(old) + len(new) > CANDIDATES_MAX:
            old, new = _best(old, new)
        found = [(indexed.row[i], indexed, i, weight) for i, weight in old if indexed.match[i]]
        found += [(self._numbers[fresh.other[i]], fresh, i, weight) for i, weight in new if fresh.match[i]]
        out = []
        for number, pairs, i, weight in found:
            row = self._sight.row(number)
            if row is not None:
                keys = count_keys(weight)
                out.append(Matched(row, Match(pairs.match[i]), pairs.containment[i], pairs.numbers[i], keys))
        return out

    def _without_hot(self, at: int, old: list[_Weighed], new: list[_Weighed]) -> tuple[list[_Weighed], list[_Weighed]]:
        """Candidates weighed again by the last HOT holders of each key, those of this batch included."""
        indexed, fresh = self._indexed.pairs, self._fresh.pairs
        slots: dict[int, int] = {}
        stories: dict[int, int] = {}
        keys = self._keys[at].tolist()
        for column, found in self._crowd[at]:
            holders = self._holders.get(keys[column], [])
            dropped = max(0, len(found) + len(holders) - HOT)
            for slot in found[dropped:]:
                slots[slot] = slots.get(slot, 0) | 1 << column
            for story in holders[max(0, dropped - len(found)) :]:
                stories[story] = stories.get(story, 0) | 1 << column
        kept_old = [(i, weigh(slots.get(indexed.other[i], 0))) for i, _ in old]
        kept_new = [(i, weigh(stories.get(fresh.other[i], 0))) for i, _ in new]
        return [w for w in kept_old if w[1] >= SHARED_MIN], [w for w in kept_new if w[1] >= SHARED_MIN]


def _best(old: list[_Weighed], new: list[_Weighed]) -> tuple[list[_Weighed], list[_Weighed]]:
    """Most shared keys first, then the earliest."""
    ranked = sorted([(-weight, 0, i) for i, weight in old] + [(-weight, 1, i) for i, weight in new])[:CANDIDATES_MAX]
    chosen = {(is_new, i) for _, is_new, i in ranked}
    return [w for w in old if (0, w[0]) in chosen], [w for w in new if (1, w[0]) in chosen]


class _Reader:
    """Pairs in the order of their stories, read once from front to back."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self._next = 0

    def range(self, story: int) -> range:
        """The pairs of a story; asked for every story in order."""
        start = end = self._next
        query = self.pairs.query
        while end < len(query) and query[end] == story:
            end += 1
        self._next = end
        return range(start, end)


def _verdict(told: Told, decision: Decision) -> Verdict:
    cluster = decision.cluster or told.claim.uri
    if not decision.kind:
        relation = Relation(
            cluster=cluster,
            relation=decision.relation,
            replaces=decision.replaces or told.claim.replaces,
            targets=tuple(Target(**target) for target in told.claim.targets),
        )
        return Verdict(
            relation=relation, warnings=tuple(Warn(code=code, detail=detail) for code, detail in decision.warnings)
        )
    return Verdict(
        relation=Relation(cluster=cluster),
        duplicate_of=decision.duplicate_of,
        evidence=Evidence(
            kind=decision.kind,
            containment=_share(decision.containment),
            numbers=_share(decision.numbers),
            keys=decision.keys,
        ),
    )


def _share(thousandths: int | None) -> float | None:
    return None if thousandths is None else thousandths / 1000
