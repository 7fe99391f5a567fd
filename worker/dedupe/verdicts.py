"""The order in which a story is decided: its id, what it kills, its take, its slug, its text.

Suppressed is only what adds nothing: the same again, an older version, a copy. What updates, corrects, extends,
kills or releases a story is published and linked to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from worker.dedupe.decision import Decision, duplicate, published
from worker.dedupe.identity import HISTORY_MAX, by_identity
from worker.dedupe.rows import KILL, KILLED, NO_DATE, PUBLISHED, SUPERSEDED, TIMELESS, UPDATE, WITHHELD, Row
from worker.dedupe.rule import Match
from worker.dedupe.told import killed_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.dedupe.sight import Sight
    from worker.dedupe.told import Told

SLUG_WINDOW_S = 36 * 3600
"""A slug names one story on its day and the night after."""

UNKNOWN_TARGET = "unknown-target"
ID_REUSED = "id-reused"
_COPIES = {Match.EXACT: "exact", Match.NEAR: "near", Match.CONTAINED: "contained"}


class Matched(NamedTuple):
    """A published story whose text is the same story as the one being decided."""

    row: Row
    match: Match
    containment: int  # thousandths
    numbers: int
    keys: int


def decide(told: Told, sight: Sight, matches: Sequence[Matched]) -> Decision:
    """The decision on one story."""
    known = sight.known(told.identity)
    if known is not None:
        decision = by_identity(told, known, sight)
        if decision is not None:
            return decision
    decision = _unknown(told, sight, matches)
    if known is not None and told.claim.identity and not decision.kind:
        decision.warnings = [*decision.warnings, (ID_REUSED, f"{told.claim.uri} stood for another story before")]
    return decision


def _unknown(told: Told, sight: Sight, matches: Sequence[Matched]) -> Decision:
    if told.kills:
        return _kill(told, sight)
    kill = sight.known(told.killed_by) if told.killed_by else None
    if kill is not None and kill.flags & KILL and told.event <= kill.event and _near_in_time(told, kill):
        return duplicate("stale", kill.uri, cluster=kill.root)
    slug = _chained(told, sight)
    if told.claim.take > 1:
        return _take(slug)
    target = _named(told, sight)
    if target is not None:
        return _linked(told, target, told.relation or "update")
    by_slug = _by_slug(told, slug, matches) if slug is not None else None
    if by_slug is not None:
        return by_slug
    return _by_text(told, matches) or published("correction" if told.relation == "correction" else "original")


def _near_in_time(told: Told, row: Row) -> bool:
    return bool((told.flags | row.flags) & TIMELESS) or abs(told.event - row.event) <= SLUG_WINDOW_S


def _linked(told: Told, row: Row, relation: str) -> Decision:
    """A later version of `row` under another uri. Another agency's telling does not replace it."""
    same_source = row.source == told.source
    return published(
        relation, cluster=row.root, replaces=row.uri if same_source else "", follows=row if same_source else None
    )


# -- kills and corrections that name their target


def _targets(told: Told, sight: Sight) -> Row | None:
    """The story that a kill or correction names: by uri, by headline, by slug."""
    for uri, slug, headline in told.targets:
        for key in (uri, headline, slug):
            row = sight.known(key) if key else None
            if row is not None and row.flags & PUBLISHED and not row.flags & KILL:
                return row
    return None


def _loose_target(told: Told, sight: Sight) -> Row | None:
    """The story that a kill names, where notice and story name their agency differently. It must have come from the
    same source, unless the notice does not say where it came from.
    """
    for key in told.loose:
        row = sight.known(key)
        if row is None or not row.flags & PUBLISHED or row.flags & (KILL | KILLED):
            continue
        if _near_in_time(told, row) and (row.source == told.source or not told.claim.source):
            return row
    return None


def _kill(told: Told, sight: Sight) -> Decision:
    row = _targets(told, sight) or _loose_target(told, sight)
    if row is None and told.slug:
        chained = _chained(told, sight)
        row = chained if chained is not None and chained.source == told.source else None
    if row is not None:
        killed, at = [row.number], row
        while len(killed) < HISTORY_MAX and (before := sight.previous(at)) is not None:
            killed.append(before.number)
            at = before
        return published(told.relation, cluster=row.root, replaces=row.uri, killed=killed)
    waits = [uri for uri, _, _ in told.targets if uri]
    waits += [killed_key(told.claim, headline) for _, _, headline in told.claim.target_keys if headline]
    return published(told.relation, waits=waits, warnings=[(UNKNOWN_TARGET, "no story that this kills was published")])


def _named(told: Told, sight: Sight) -> Row | None:
    """What a correction or an update says that it replaces."""
    return _targets(told, sight) if told.targets and (told.kept or told.claim.replaces) else None


# -- slugs: versions and takes on wires without version numbers


def _chained(told: Told, sight: Sight) -> Row | None:
    """The latest story of the slug, if it is recent."""
    row = sight.known(told.slug) if told.slug else None
    return row if row is not None and _near_in_time(told, row) and not row.flags & KILL else None


def _take(slug: Row | None) -> Decision:
    return published("take", cluster=slug.root if slug is not None else "")


def _by_slug(told: Told, latest: Row, matches: Sequence[Matched]) -> Decision | None:
    """A story of a slug that was seen: a later lead or a correction of it is linked, an earlier lead is stale.

    Other stories of the slug are left to their text: one slug names several items of a day.
    """
    if latest.flags & KILLED or told.flags & TIMELESS:
        return None
    same = [m for m in matches if m.row.number == latest.number or m.row.root == latest.root]
    lead = told.claim.lead
    if lead < latest.lead and same and not told.kept:
        return duplicate("stale", latest.uri if latest.flags & PUBLISHED else latest.root, cluster=latest.root)
    if not (told.flags & UPDATE or told.kept):
        return None
    if any(m.match == Match.EXACT and m.row.lead == lead for m in matches) and not told.kept:
        return None
    if latest.flags & WITHHELD and not told.flags & WITHHELD:
        return _linked(told, latest, "release")
    return _linked(told, latest, told.relation or "update")


# -- text


def _visible(told: Told, matched: Matched) -> bool:
    """At least as visible as the story that would be suppressed for it."""
    row = matched.row
    return not row.flags & KILLED and row.embargo <= told.embargo and row.embargo != NO_DATE


def _may_link(matched: Matched) -> bool:
    """A cluster grows at its first and its latest version only: chains of look-alikes would join everything."""
    return matched.match in (Match.EXACT, Match.NEAR) or not matched.row.flags & SUPERSEDED


def _by_text(told: Told, matches: Sequence[Matched]) -> Decision | None:
    seen = [m for m in matches if _visible(told, m) and _may_link(m)]
    if not seen:
        return _released(told, matches)
    copies = [m for m in seen if m.match in _COPIES]
    if told.kept or told.relation:
        return _linked(told, _latest(seen), told.relation or "update")
    if copies:
        best = min(copies, key=lambda m: (m.match, m.row.number))
        if not _updates(told, best):
            return _copy(best)
        return _linked(told, best.row, "update")
    best = max(seen, key=lambda m: (m.match, m.row.number))
    if best.match == Match.CORRECTION:
        return _linked(told, best.row, "correction")
    return _linked(told, best.row, "update" if _updates(told, best) else "extends")


def _latest(matches: Sequence[Matched]) -> Row:
    return max((m.row for m in matches), key=lambda row: row.number)


def _updates(told: Told, best: Matched) -> bool:
    """It says that it is a new lead and its text is not the same: a version, unless another agency passes on one of
    the same number.
    """
    if not told.flags & UPDATE or best.match == Match.EXACT:
        return False
    return best.row.source == told.source or best.row.lead != told.claim.lead


def _copy(best: Matched) -> Decision:
    return duplicate(
        _COPIES[best.match],
        best.row.uri,
        cluster=best.row.root,
        containment=best.containment,
        numbers=best.numbers,
        keys=best.keys,
        remembered=True,
    )


def _released(told: Told, matches: Sequence[Matched]) -> Decision | None:
    """The text was sent under embargo by the same source: this is its release."""
    if told.flags & WITHHELD:
        return None
    held = [
        m.row for m in matches if m.row.flags & WITHHELD and not m.row.flags & KILLED and m.row.source == told.source
    ]
    return _linked(told, held[-1], "release") if held else None
