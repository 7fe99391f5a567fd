"""The sequential half of judging: the stories of a part one after the other, each seeing the verdicts before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.dedupe.candidates import CANDIDATES_MAX, COLUMNS, SHARED_MIN, Found, Pairs, shared_keys
from worker.dedupe.rows import KILLED, PUBLISHED, SUPERSEDED, Row, pack
from worker.dedupe.rule import Match
from worker.dedupe.verdicts import Matched, decide
from worker.story import Evidence, Relation, Target, Verdict, Warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.dedupe.candidates import I64, U64, Bools
    from worker.dedupe.decision import Decision
    from worker.dedupe.sight import Sight
    from worker.dedupe.told import Told


class Part:
    """Judges the stories in order and collects what they add to the memory."""

    def __init__(self, found: Found, sight: Sight, keys: U64, valid: Bools, next_row: int, next_slot: int) -> None:
        self._sight = sight
        self._valid = valid
        self._room = _Room(found, keys, valid)
        self._indexed, self._fresh = _Reader(found.indexed), _Reader(found.fresh)
        self._next_row = next_row
        self._next_slot = next_slot
        self._numbers: list[int] = []  # of each story's row; -1 = not remembered
        self._entered: list[int] = []  # of each story: bits of the keys it was entered under
        self._at = 0  # bytes of strings
        self.rows: list[bytes] = []
        self.strings: list[bytes] = []
        self.texts: list[int] = []  # stories with a slot
        self.text_rows: list[int] = []
        self.links: list[tuple[int, int]] = []
        self.marks: list[tuple[int, int]] = []

    def judge(self, at: int, told: Told) -> Verdict:
        self._sight.at = at
        decision = decide(told, self._sight, self._matches(at))
        number = -1
        entered: list[bool] = []
        if decision.remembered:
            number = self._next_row + len(self.rows)
            if not decision.kind and told.matchable and self._valid[at].any():
                entered = self._room.enter(at)
            self._add(at, told, decision, number, entered)
        self._numbers.append(number)
        self._entered.append(sum(1 << column for column, is_in in enumerate(entered) if is_in))
        return _verdict(told, decision)

    def entered(self) -> list[list[bool]]:
        """For each of `texts`, the keys it was entered under."""
        return [[bool(self._entered[at] >> column & 1) for column in range(COLUMNS)] for at in self.texts]

    def _add(self, at: int, told: Told, decision: Decision, number: int, entered: list[bool]) -> None:
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
            slot=self._next_slot + len(self.texts) + 1 if entered else 0,
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
        if entered:
            self.texts.append(at)
            self.text_rows.append(number)
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
        old: Sequence[int] = self._indexed.range(at)
        new = [(i, shared) for i in self._fresh.range(at) if (shared := self._shared_with_fresh(i)) >= SHARED_MIN]
        if len(old) + len(new) > CANDIDATES_MAX:
            old, new = self._best(old, new)
        indexed, fresh = self._indexed.pairs, self._fresh.pairs
        found = [(indexed.row[i], indexed, i, indexed.shared[i]) for i in old if indexed.match[i]]
        found += [(self._numbers[fresh.other[i]], fresh, i, shared) for i, shared in new if fresh.match[i]]
        out = []
        for number, pairs, i, shared in found:
            row = self._sight.row(number)
            if row is not None:
                out.append(Matched(row, Match(pairs.match[i]), pairs.containment[i], pairs.numbers[i], shared))
        return out

    def _shared_with_fresh(self, pair: int) -> int:
        fresh = self._fresh.pairs
        return shared_keys(fresh.keys[pair] & self._entered[fresh.other[pair]])

    def _best(self, old: Sequence[int], new: list[tuple[int, int]]) -> tuple[list[int], list[tuple[int, int]]]:
        """Most shared keys first, then the earliest."""
        ranked = sorted(
            [(-self._indexed.pairs.shared[i], i, False) for i in old]
            + [(-shared, len(self._indexed.pairs.query) + i, True) for i, shared in new]
        )[:CANDIDATES_MAX]
        kept = {(i, is_new) for _, i, is_new in ranked}
        offset = len(self._indexed.pairs.query)
        return [i for i in old if (i, False) in kept], [(i, s) for i, s in new if (offset + i, True) in kept]


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


class _Room:
    """Which keys a published text is entered under: not under a key that is hot already."""

    def __init__(self, found: Found, keys: U64, valid: Bools) -> None:
        self._valid = valid
        self._keys = keys
        self._room: I64 = found.room
        self._crowded = bool(found.crowded.any())
        self._used: dict[int, int] = {}

    def enter(self, story: int) -> list[bool]:
        valid: list[bool] = self._valid[story].tolist()
        if not self._crowded:
            return valid
        keys, room = self._keys[story].tolist(), self._room[story].tolist()
        for column in range(COLUMNS - 1):  # the digest is always entered
            if not valid[column]:
                continue
            used = self._used.get(keys[column], 0)
            if used >= room[column]:
                valid[column] = False
            else:
                self._used[keys[column]] = used + 1
        return valid


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
