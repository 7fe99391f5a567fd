"""A lost index made again from what was published and suppressed: the stories are fingerprinted again, the decisions
are taken from their `wire`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from worker.dedupe.decision import Recorded
from worker.dedupe.fingerprint import fingerprint
from worker.dedupe.judge import Judge, JudgeConfig
from worker.story import Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BATCH = 500
_DECODER = msgspec.json.Decoder(Story)


def rebuild(stories: Iterable[bytes], config: JudgeConfig, batch: int = BATCH) -> Iterator[bytes]:
    """Entries of final stories (JSON of the clean and duplicates topics together), which come by `wire.order`.

    Each yielded value is one `Judge.entries()`, to be written to the index in order. Stories of kinds that leave
    nothing to remember give none.

    Raises:
        msgspec.MsgspecError: a value is not a clean story.
    """
    judge = Judge(config)
    held: list[Story] = []
    for value in stories:
        held.append(_DECODER.decode(value))
        if len(held) == batch:
            yield from _entries(judge, held)
            held = []
    yield from _entries(judge, held)


def _entries(judge: Judge, stories: list[Story]) -> Iterator[bytes]:
    claims = fingerprint([(story, _record_ms(story)) for story in stories])
    judge.adopt(claims, [_recorded(story) for story in stories])
    packed = judge.entries()
    if packed:
        yield packed


def _record_ms(story: Story) -> int:
    """The raw record's time, as the reader noted it."""
    stamp = story.wire.raw.timestamp if story.wire.raw else ""
    return int(dt.datetime.fromisoformat(stamp).timestamp() * 1000) if stamp else 0


def _recorded(story: Story) -> Recorded:
    relation, verdict = story.wire.story, story.wire.verdict
    return Recorded(
        relation=relation.relation if relation else "original",
        cluster=relation.cluster if relation else "",
        replaces=relation.replaces if relation else "",
        kind=verdict.kind if verdict else "",
        duplicate_of=story.wire.duplicate_of,
    )
