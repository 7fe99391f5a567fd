"""What was decided about one story, before it is written into the memory and into the verdict."""

from __future__ import annotations

import msgspec

from worker.dedupe.rows import Row


class Decision(msgspec.Struct, kw_only=True):
    relation: str = ""
    cluster: str = ""  # "" = its own uri
    replaces: str = ""
    kind: str = ""  # of a duplicate; "" = publish
    duplicate_of: str = ""
    containment: int | None = None  # thousandths
    numbers: int | None = None
    keys: int | None = None
    follows: Row | None = None  # whose place as the cluster's latest it takes
    killed: list[int] = []  # rows
    waits: list[int] = []  # keys under which this kill is found by a story that comes later
    warnings: list[tuple[str, str]] = []
    remembered: bool = True


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """How a story was decided before, as its JSON tells: what was committed holds, whatever would be decided today."""

    relation: str = ""
    cluster: str = ""
    replaces: str = ""
    kind: str = ""
    duplicate_of: str = ""

    def instead_of(self, decision: Decision) -> Decision:
        if not self.kind:
            killed, waits, follows = decision.killed, decision.waits, decision.follows
            return Decision(
                relation=self.relation,
                cluster=self.cluster,
                replaces=self.replaces,
                killed=killed,
                waits=waits,
                follows=follows,
            )
        remembered = decision.remembered if decision.kind else self.kind in COPIES
        return Decision(kind=self.kind, duplicate_of=self.duplicate_of, cluster=self.cluster, remembered=remembered)


COPIES = ("exact", "near", "contained")
"""Kinds of duplicates that were recognised by their text."""


def published(
    relation: str,
    *,
    cluster: str = "",
    replaces: str = "",
    follows: Row | None = None,
    killed: list[int] | None = None,
    waits: list[int] | None = None,
    warnings: list[tuple[str, str]] | None = None,
) -> Decision:
    return Decision(
        relation=relation,
        cluster=cluster,
        replaces=replaces,
        follows=follows,
        killed=killed or [],
        waits=waits or [],
        warnings=warnings or [],
    )


def duplicate(
    kind: str,
    duplicate_of: str,
    *,
    cluster: str = "",
    containment: int | None = None,
    numbers: int | None = None,
    keys: int | None = None,
    remembered: bool = False,
) -> Decision:
    """Redelivered and stale versions leave no row: judged again they give the same. Copies do (`remembered`): their
    own versions are linked through it.
    """
    return Decision(
        kind=kind,
        duplicate_of=duplicate_of,
        cluster=cluster or duplicate_of,
        containment=containment,
        numbers=numbers,
        keys=keys,
        remembered=remembered,
    )
