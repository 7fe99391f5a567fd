"""Content goes to the raw topic, at a rate, and what is expected of it is noted by its place."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.chaos.content import Content, Made
    from tests.chaos.stage import Stage


class Expected(NamedTuple):
    """What was fed: (partition, offset) -> the record made. `least`: outcomes that version 1 alone would give."""

    records: dict[tuple[int, int], Made]

    @property
    def least(self) -> int:
        return sum(max(1, made.items) for made in self.records.values())


def feed(stage: Stage, content: Content, *, rate: float = 0.0, ahead: float = 0.3, seed: int = 7) -> Expected:
    """Send all groups; the first share `ahead` at once, the rest at `rate` stories a second (0 = at once)."""
    rand = random.Random(seed)
    futures = []
    sent, began = 0, time.monotonic()
    backlog = content.stories * ahead
    for group in content.groups:
        if group.same_partition:
            places = [rand.randrange(stage.partitions)] * len(group.records)
        elif len(group.records) <= stage.partitions:
            places = rand.sample(range(stage.partitions), len(group.records))
        else:
            places = [rand.randrange(stage.partitions) for _ in group.records]
        for partition, made in zip(places, group.records, strict=True):
            futures.append((partition, made, stage.produce(partition, made.value, made.key or b"k")))
            sent += max(1, made.items)
        late = (sent - backlog) / rate - (time.monotonic() - began) if rate else 0.0
        if late > 0:
            time.sleep(late)
    stage.producer.flush(timeout=120)
    return Expected({(partition, future.get(timeout=60).offset): made for partition, made, future in futures})
