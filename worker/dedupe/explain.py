"""Why two stories are, or are not, one: the rule's figures in words, for an editor. The verdict is the judge's own."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from worker.dedupe import counts as compared
from worker.dedupe import record, rule
from worker.dedupe.candidates import SHARED_MIN
from worker.dedupe.fingerprint import fingerprint
from worker.dedupe.judge import Judge, JudgeConfig
from worker.dedupe.rule import Match
from worker.dedupe.tokens import number_of, words
from worker.story import Verdict

if TYPE_CHECKING:
    from worker.dedupe.record import Records
    from worker.story import Claim, Story

_LIST_MAX = 30  # numbers and headline words shown of each kind
_HOUR_S = 3600


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """The comparison of a later story with an earlier one. Shares are 0..1."""

    keys_shared: int
    keys: tuple[int, int]  # of the later, of the earlier
    same_digest: bool
    containment: float
    jaccard: float
    words: tuple[int, int]
    numbers_share: float
    numbers_agree: tuple[str, ...]  # a number with the word after it
    numbers_differ: tuple[tuple[str, ...], tuple[str, ...]]  # only in the later, only in the earlier
    title_share: float
    title_agrees: tuple[str, ...]
    title_differs: tuple[tuple[str, ...], tuple[str, ...]]
    hours_apart: float | None  # None: one of them is undated
    window_hours: int
    window_short_hours: int
    conditions: dict[str, bool]  # of the rule; all must hold
    match: str
    verdict: Verdict
    decided_by: str  # the rule that decided, in a sentence


def explain(later: Story, earlier: Story, config: JudgeConfig, record_ms: tuple[int, int] = (0, 0)) -> Explained:
    """Compare two stories as the judge would, the earlier one having been judged first."""
    new, old = fingerprint([(later, record_ms[0]), (earlier, record_ms[1])])
    verdict = Judge(config).decide([old, new])[1]
    a, b = _record(new), _record(old)
    counts = compared.count(a, b)
    dated = bool(new.event_ms and old.event_ms)
    apart_s = abs(new.event_ms - old.event_ms) // 1000 if dated else 0
    short_s = config.window_short_hours * _HOUR_S
    judged = rule.judge(a, b, short_s, np.array([not dated]))
    held = rule.conditions(counts, a, b, np.array([apart_s]), short_s)
    conditions = {name: bool(value[0]) for name, value in held.items()}
    conditions["window"] = apart_s <= config.window_s(new.source)
    keys = _keys(new), _keys(old)
    conditions["candidate"] = len(keys[0] & keys[1]) >= SHARED_MIN or new.digest == old.digest
    containment, numbers = rule.shares(counts)
    body, title = _numbers(later), _title(later)
    other_body, other_title = _numbers(earlier), _title(earlier)
    match = Match(int(judged.match[0]))
    return Explained(
        keys_shared=len(keys[0] & keys[1]),
        keys=(len(keys[0]), len(keys[1])),
        same_digest=new.digest == old.digest,
        containment=int(containment[0]) / 1000,
        jaccard=round(int(counts.shared[0]) / max(1, int(counts.union[0])), 3),
        words=(new.words, old.words),
        numbers_share=int(numbers[0]) / 1000,
        numbers_agree=_listed(body & other_body),
        numbers_differ=(_listed(body - other_body), _listed(other_body - body)),
        title_share=round(int(counts.title_shared[0]) / max(1, int(counts.title_smaller[0])), 3),
        title_agrees=_listed(title & other_title),
        title_differs=(_listed(title - other_title), _listed(other_title - title)),
        hours_apart=apart_s / _HOUR_S if dated else None,
        window_hours=config.window_s(new.source) // _HOUR_S,
        window_short_hours=config.window_short_hours,
        conditions=conditions,
        match=match.name.lower(),
        verdict=verdict,
        decided_by=_decided_by(new, old, verdict, conditions),
    )


def _record(claim: Claim) -> Records:
    return record.resident(record.unpack([claim.print]), 0, claim.event_ms // 1000)


def _keys(claim: Claim) -> set[int]:
    packed = record.unpack([claim.print])
    return set(packed["keys"][0][: packed["keys_n"][0]].tolist())


def _numbers(story: Story) -> set[str]:
    """Each number with the word after it, as the rule sees them."""
    body = next((b.value for b in story.bodies if b.role == "main" and b.content_type == "text/plain"), "")
    tokens = words(body)
    return {f"{number} {after}" for word, after in itertools.pairwise(tokens) if (number := number_of(word))}


def _title(story: Story) -> set[str]:
    return set(words(next((h.value for h in story.headlines if h.role == "main"), "")))


def _listed(found: set[str]) -> tuple[str, ...]:
    return tuple(sorted(found)[:_LIST_MAX])


def _decided_by(new: Claim, old: Claim, verdict: Verdict, conditions: dict[str, bool]) -> str:
    kind = verdict.evidence.kind if verdict.evidence else verdict.relation.relation
    if new.uri == old.uri:
        return f"the same id ({new.uri}): {kind}"
    if verdict.duplicate_of or verdict.relation.cluster != new.uri:
        failed = [name for name, holds in conditions.items() if not holds]
        by = "its slug, its take or the target it names" if failed else "the text: every condition holds"
        return f"{kind}, by {by}"
    if new.type != "text" or old.type != "text":
        return "items that are not text are never matched by text"
    if new.take > 1 or old.take > 1:
        return "takes are never matched by text"
    failed = [name for name, holds in conditions.items() if not holds]
    if failed:
        return f"two stories: {', '.join(failed)} {'does' if len(failed) == 1 else 'do'} not hold"
    return "two stories: the earlier one is killed, a kill or less visible, or one of them has no text"
