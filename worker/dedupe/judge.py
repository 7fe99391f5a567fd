"""The judge's memory and rule: a pure function of the sequence of claims, however it is cut into batches."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from worker.story import Claim, Evidence, Relation, Verdict

ENTRIES_VERSION = 1


class JudgeConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What verdicts depend on besides the claims; recorded in the index, a change is an entry there."""

    mode: str = "full"  # full, ids, off
    window_hours: int = 72
    window_short_hours: int = 24  # under 60 words
    window_by_source: dict[str, int] = {}
    identity_days: int = 30


class CorruptEntries(Exception):  # noqa: N818
    """Entries that cannot be read: damaged, cut, or of a newer major version. The judge must stop."""


class Judge:
    """Feed claims in judging order to `decide`; after each batch `entries()` is what must be stored to restore it."""

    def __init__(self, config: JudgeConfig | None = None) -> None:
        self.config = config or JudgeConfig()
        self._seen: dict[bytes, str] = {}
        self._fresh: list[tuple[bytes, str]] = []

    def decide(self, claims: Sequence[Claim]) -> list[Verdict]:
        """One verdict a claim, in order. What is published enters the memory at once, provisionally for the caller."""
        return [self._decide(claim) for claim in claims]

    def _decide(self, claim: Claim) -> Verdict:
        first = self._seen.get(claim.digest)
        if first is not None:
            return Verdict(relation=Relation(cluster=first), duplicate_of=first, evidence=Evidence(kind="exact", containment=1.0))
        self._seen[claim.digest] = claim.uri
        self._fresh.append((claim.digest, claim.uri))
        return Verdict(relation=Relation(cluster=claim.uri, relation="original"))

    def entries(self) -> bytes:
        """Packed entries of all that was decided since the last call; empty bytes when there are none."""
        fresh, self._fresh = self._fresh, []
        return msgspec.msgpack.encode((ENTRIES_VERSION, fresh)) if fresh else b""

    def apply(self, entries: bytes) -> None:
        """Restore what `entries()` gave, in order. Raises CorruptEntries."""
        self.load([entries])

    def load(self, many: Sequence[bytes]) -> None:
        """Restore many in order, faster than one by one. Raises CorruptEntries."""
        for entries in many:
            if entries:
                self._seen.update(msgspec.msgpack.decode(entries, type=tuple[int, list[tuple[bytes, str]]])[1])

    def measures(self) -> dict[str, float]:
        """For metrics: entries, bytes resident, horizon (ms of the latest event), age …"""
        return {"entries": float(len(self._seen))}
