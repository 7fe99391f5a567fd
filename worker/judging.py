"""The second pure pipeline: readings in judging order become outcomes. `worker process` is this without Kafka.

The judge's words are appended to the encoded story; the story itself is not read again, except for a duplicate,
whose enrichment is taken out, and for a claim of another algorithm version, which is fingerprinted again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import orjson

from worker.dedupe import Judge, fingerprint
from worker.dedupe.fingerprint import ALGORITHM
from worker.story import Candidate, Claim, Dead, DeadLetter, Duplicate, Outcome, Published, Reading, Story, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENRICHED_WIRE = frozenset(
    "mentions details abbreviations dates quotes keywords amounts applied origins readingTimeSeconds kind languages "
    "script".split()
)
_LISTS_WITH_ORIGIN = ("people", "organisations", "places")
_DECODER = msgspec.json.Decoder(Story)


class Judging:
    """The judge with its running number. `order` is the judging sequence written to `wire.order`."""

    def __init__(self, judge: Judge, order: int = 0) -> None:
        self.judge = judge
        self.order = order

    def decide(self, readings: Sequence[Reading]) -> list[Outcome]:
        """Exactly one outcome a reading, in order; dead items take a number too."""
        candidates = [r for r in readings if isinstance(r, Candidate)]
        verdicts = iter(self.judge.decide([current_claim(c) for c in candidates]))
        outcomes: list[Outcome] = []
        for reading in readings:
            outcomes.append(
                DeadLetter(dead=reading, order=self.order)
                if isinstance(reading, Dead)
                else finish(reading, next(verdicts), self.order)
            )
            self.order += 1
        return outcomes


def current_claim(candidate: Candidate) -> Claim:
    """The candidate's claim, made again from its story when another version of the algorithm made it."""
    claim = candidate.claim
    if claim.algorithm == ALGORITHM:
        return claim
    return fingerprint([(_DECODER.decode(candidate.story), claim.record_ms)])[0]


def finish(candidate: Candidate, verdict: Verdict, order: int) -> Published | Duplicate:
    """The outcome with its final JSON."""
    if verdict.duplicate_of:
        added = {
            "order": order,
            "story": msgspec.to_builtins(verdict.relation),
            "duplicateOf": verdict.duplicate_of,
            "verdict": msgspec.to_builtins(verdict.evidence),
        }
        return Duplicate(
            uri=candidate.claim.uri,
            duplicate_of=verdict.duplicate_of,
            story=without_enrichment(candidate.story, added),
            order=order,
            kind=verdict.evidence.kind if verdict.evidence else "",
            format=candidate.format,
            source=candidate.source,
        )
    return Published(
        uri=candidate.claim.uri,
        story=append_to_wire(candidate.story, order, verdict),
        order=order,
        relation=verdict.relation.relation,
        format=candidate.format,
        source=candidate.source,
    )


def append_to_wire(story: bytes, order: int, verdict: Verdict) -> bytes:
    """Splice the judge's fields into the last object of the encoded story, which is `wire` and never empty."""
    if verdict.warnings:
        tree = orjson.loads(story)
        tree["wire"].pop("story", None)  # as below: what is added must not stand behind it
        tree["wire"]["warnings"] = [*tree["wire"].get("warnings", []), *msgspec.to_builtins(verdict.warnings)]
        story = orjson.dumps(tree)
    stated = story.rfind(b',"story":{')  # what the reader found of targets, last in `wire`: the verdict holds it too
    if stated > story.rfind(b',"wire":{'):
        story = story[:stated] + b"}}"
    return b'%b,"order":%d,"story":%b}}' % (story[:-2], order, msgspec.json.encode(verdict.relation))


def without_enrichment(story: bytes, added: dict[str, Any]) -> bytes:
    """The story as it was before enrichment, with the judge's fields: what goes to the duplicates topic."""
    tree = orjson.loads(story)
    wire = tree["wire"]
    origins = wire.get("origins", {})
    for name in _LISTS_WITH_ORIGIN:
        kept = tree.get(name, [])[: origins.get(name, 0)]
        tree.pop(name, None)
        if kept:
            tree[name] = kept
    for name, field, ours in (("subjects", "creator", "worker"), ("descriptions", "role", "extract")):
        kept = [entry for entry in tree.get(name, []) if entry.get(field) != ours]
        tree.pop(name, None)
        if kept:
            tree[name] = kept
    tree["wire"] = {k: v for k, v in wire.items() if k not in _ENRICHED_WIRE} | added
    tree["wire"] = tree.pop("wire")
    return orjson.dumps(tree)
