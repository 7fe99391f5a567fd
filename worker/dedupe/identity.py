"""Stories known by their provider's id: redeliveries, versions in and out of order, kills, reused ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.dedupe.decision import Decision, duplicate, published
from worker.dedupe.rows import CANCELED, CORRECTION, KILL, KILLED, PUBLISHED, TIMELESS, WITHHELD
from worker.dedupe.told import is_number

if TYPE_CHECKING:
    from worker.dedupe.rows import Row
    from worker.dedupe.sight import Sight
    from worker.dedupe.told import Told

HISTORY_MAX = 32  # earlier rows of an id that are looked at
_STATUS = WITHHELD | CANCELED | KILL | CORRECTION


def order(told: Told, row: Row) -> int:
    """1 if the story is a newer version than the row, -1 if older, 0 if that cannot be told.

    Version numbers decide where both have one and they differ, then versionCreated.
    """
    if is_number(told.version) and is_number(row.version) and told.version != row.version:
        return 1 if told.version > row.version else -1
    at = told.claim.version_ms
    if at and row.version_ms and at != row.version_ms:
        return 1 if at > row.version_ms else -1
    return 0


def by_identity(told: Told, known: Row, sight: Sight) -> Decision | None:
    """The verdict on a story whose id is known; None when the id now stands for another story.

    `known` is the row that was judged last under the id, which is its newest version: stale ones leave no row.
    """
    again = _redelivered(told, known, sight)
    if again is not None:
        return again
    newer = order(told, known)
    if told.kills:
        late = newer < 0 and told.claim.version_ms <= known.version_ms
        return _stale(known) if late else _killed(told, known, sight)
    if _reused(told, known, sight):
        return None
    if known.flags & (KILL | KILLED) and newer <= 0:
        return _stale(known)
    if newer < 0:
        return _late(told, known, sight)
    return _version(told, known)


def _redelivered(told: Told, known: Row, sight: Sight) -> Decision | None:
    """The same id, version, status and text as before, whatever came in between."""
    row: Row | None = known
    for _ in range(HISTORY_MAX):
        if row is None:
            return None
        if _same(told, row):
            return _again(told, row, known, sight)
        row = sight.previous(row)
    return None


def _same(told: Told, row: Row) -> bool:
    return (
        row.digest == told.digest
        and row.version == told.version
        and (row.version != 0 or row.version_ms == told.claim.version_ms)
        and row.embargo == told.embargo
        and (row.flags ^ told.flags) & _STATUS == 0
    )


def _again(told: Told, row: Row, known: Row, sight: Sight) -> Decision | None:
    """An id made of the content says that the text is the same, not that it is the same notice: undated text that
    comes again after its window is a notice of its own.
    """
    if told.claim.identity or told.claim.version_ms:
        kind = "same-id" if told.claim.identity else "exact"
        return duplicate(kind, _original(row), cluster=row.root, containment=1000, numbers=1000)
    if known.flags & KILLED:
        return _stale(known)
    if (told.flags | row.flags) & TIMELESS or abs(told.event - row.event) <= sight.window_s:
        return duplicate("exact", _original(row), cluster=row.root, containment=1000, numbers=1000)
    return None


def _original(row: Row) -> str:
    """The published story that a row stands for."""
    return row.uri if row.flags & PUBLISHED else row.root


def _stale(known: Row) -> Decision:
    return duplicate("stale", _original(known), cluster=known.root)


def _agrees(told: Told, known: Row) -> bool:
    return told.first != 0 and told.first == known.first


def _disagrees(told: Told, known: Row) -> bool:
    return told.first != 0 and known.first not in (0, told.first)


def _reused(told: Told, known: Row, sight: Sight) -> bool:
    """The id now stands for another story: other text, and firstCreated says so too.

    A kill whose story was never seen has no text to compare: it fails closed.
    """
    if not _disagrees(told, known):
        return False
    same = sight.same_text(told, known)
    return not same if same is not None else not known.flags & KILL


def _late(told: Told, known: Row, sight: Sight) -> Decision | None:
    """An older version after a newer one; without evidence that it is the same story, a new one."""
    if _agrees(told, known) or sight.same_text(told, known) or sight.same_headline(told, known):
        return _stale(known)
    return None


def _killed(told: Told, known: Row, sight: Sight) -> Decision:
    rows = [known]
    while len(rows) < HISTORY_MAX and (before := sight.previous(rows[-1])) is not None:
        rows.append(before)
    return published(
        told.relation or "kill",
        cluster=known.root,
        replaces=known.uri if known.flags & PUBLISHED else "",
        killed=[row.number for row in rows],
    )


def _version(told: Told, known: Row) -> Decision:
    """A newer version, or the same one with other text or another status."""
    relation = told.relation or "update"
    if known.flags & WITHHELD and not told.flags & WITHHELD and not told.relation:
        relation = "release"
    was_published = bool(known.flags & PUBLISHED)
    return published(
        relation,
        cluster=known.root,
        replaces=known.uri if was_published else "",
        follows=known if was_published else None,
    )
