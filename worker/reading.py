"""The first pure pipeline: raw records in, readings out (a candidate or a dead item each), in order.

    bytes -> formats.read -> normalise -> enrich -> fingerprint -> encode, check the size

No input raises: what cannot be read becomes `Dead` with a bounded code. `DeadCode.INTERNAL` is a defect of
this worker: the story is kept in the dead letters and the metric says so.
"""

from __future__ import annotations

import hashlib
from email.message import Message
from typing import TYPE_CHECKING

import msgspec

from worker import __version__
from worker.dedupe import fingerprint
from worker.enrich import enrich, enrich_all
from worker.formats import read_as, recognise
from worker.formats.view import View
from worker.normalise import Origin, normalise
from worker.story import Candidate, Claim, Dead, DeadCode, Item, Limits, RawRecord, Reading, Rejected, Story

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Clock = Callable[[], float]


Draft = tuple[Story, int] | Dead  # with the item's number


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What reading depends on besides the record: settings, the same for every record of a run."""

    limits: Limits = msgspec.field(default_factory=Limits)
    source: str = ""  # when neither a header nor the text names one
    enrich: bool = True


class Stages:
    """Seconds spent in each stage since the last `take`, for the stage histogram. The clock is passed in."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock
        self._last = 0.0
        self.seconds: dict[str, float] = {}

    def start(self) -> None:
        if self._clock:
            self._last = self._clock()

    def end(self, stage: str) -> None:
        if self._clock:
            now = self._clock()
            self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
            self._last = now


def headers_of(record: RawRecord) -> dict[str, str]:
    """Headers by lower-case name; CloudEvents' `ce_` attributes stand in for absent plain names.

    `charset` is what `content-type` declares: asked only where the bytes leave it open.
    """
    plain = {name.lower(): value.decode("utf-8", "replace").strip() for name, value in record.headers}
    for theirs, ours in (("ce_source", "source"), ("ce_time", "received")):
        if theirs in plain:
            plain.setdefault(ours, plain[theirs])
    if "content-type" in plain:
        said = Message()
        said["content-type"] = plain["content-type"]
        plain.setdefault("charset", said.get_content_charset(""))
    return plain


def read_batch(records: Sequence[RawRecord], plan: Plan, stages: Stages | None = None) -> list[list[Reading]]:
    """The readings of each record, in order. Never raises; every record gives at least one reading."""
    stages = stages or Stages()
    stages.start()
    drafts = [_drafts(record, plan, stages) for record in records]
    if plan.enrich:
        drafts = _enriched(drafts)
        stages.end("enrich")
    stories = [
        (draft[0], record.timestamp_ms or 0)
        for record, of in zip(records, drafts, strict=True)
        for draft in of
        if isinstance(draft, tuple)
    ]
    claims = iter(fingerprint(stories))
    stages.end("fingerprint")
    out = [
        [
            draft if isinstance(draft, Dead) else _candidate(draft[0], next(claims), draft[1], plan.limits)
            for draft in of
        ]
        for of in drafts
    ]
    stages.end("encode")
    return out


class _Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the items of one record have in common."""

    record: RawRecord
    source: str
    received: str = ""
    digest: str = ""
    format: str = ""

    def dead(self, why: Rejected, number: int, stage: str) -> Dead:
        return Dead(code=why.code, detail=why.detail, stage=stage, format=self.format, source=self.source, item=number)


def _defect(stage: str, error: Exception) -> Rejected:
    return Rejected(DeadCode.INTERNAL, f"{stage}: {type(error).__name__}: {error}"[:500], stage=stage)


def _enriched(drafts: list[list[Draft]]) -> list[list[Draft]]:
    """The same with metadata, found for all stories of the batch together."""
    stories = [draft[0] for of in drafts for draft in of if isinstance(draft, tuple)]
    try:
        found = iter(enrich_all(stories))
    except Exception:  # noqa: BLE001 - a defect costs the story that it is met in, not the batch
        return [[draft if isinstance(draft, Dead) else _enriched_alone(*draft) for draft in of] for of in drafts]
    return [[draft if isinstance(draft, Dead) else (next(found), draft[1]) for draft in of] for of in drafts]


def _enriched_alone(story: Story, number: int) -> Draft:
    try:
        return enrich(story), number
    except Exception as error:  # noqa: BLE001 - as above
        why = _defect("enrich", error)
        told = {"format": story.wire.format, "source": story.wire.source, "item": number}
        return Dead(code=why.code, detail=why.detail, stage="enrich", **told)  # type: ignore[arg-type]


def _drafts(record: RawRecord, plan: Plan, stages: Stages) -> list[Draft]:
    """(story, item number) or Dead, one an item."""
    headers = headers_of(record)
    facts = _Facts(record=record, source=headers.get("source", "") or plan.source, received=headers.get("received", ""))
    if not record.value:
        missing = "the record has no value" if record.value is None else "the value is empty"
        return [facts.dead(Rejected(DeadCode.EMPTY, missing), 0, "read")]
    try:
        view = View(record.value, plan.limits, headers)
        recognised = recognise(view)
        facts = msgspec.structs.replace(facts, format=recognised.name)
        items = read_as(recognised, view, plan.limits)
    except Rejected as why:
        return [facts.dead(why, 0, why.stage)]
    except Exception as error:  # noqa: BLE001 - a defect of a reader must not stop the partition
        return [facts.dead(_defect("read", error), 0, "read")]
    finally:
        stages.end("read")
    facts = msgspec.structs.replace(facts, digest=hashlib.sha256(record.value).hexdigest())
    return [_draft(item, number, facts, stages) for number, item in enumerate(items)]


def _draft(item: Item | Rejected, number: int, facts: _Facts, stages: Stages) -> Draft:
    if isinstance(item, Rejected):
        return facts.dead(item, number, item.stage)
    record = facts.record
    origin = Origin(
        sha256=facts.digest,
        item=number,
        source=facts.source,
        topic=record.topic,
        partition=record.partition if record.topic else None,
        offset=record.offset if record.topic else None,
        timestamp_ms=record.timestamp_ms,
        received=facts.received,
        worker=__version__,
    )
    try:
        story = normalise(item, origin)
        stages.end("normalise")
    except Rejected as why:
        return facts.dead(why, number, "normalise")
    except Exception as error:  # noqa: BLE001 - as above
        return facts.dead(_defect("normalise", error), number, "normalise")
    return story, number


def _candidate(story: Story, claim: Claim, number: int, limits: Limits) -> Reading:
    encoded = msgspec.json.encode(story)
    told = {"format": story.wire.format, "source": story.wire.source, "item": number}
    if len(encoded) > limits.story_bytes_max:
        detail = f"the clean story takes {len(encoded)} bytes; at most {limits.story_bytes_max} are produced"
        return Dead(code=DeadCode.TOO_LARGE, detail=detail, stage="encode", **told)  # type: ignore[arg-type]
    return Candidate(story=encoded, claim=claim, **told)  # type: ignore[arg-type]
