"""Which stories records the judge may take, as a pure function.

A partition of a raw topic has a watermark: the offset after the last raw record that was judged. A stories record
says where it stands (`offset`) and up to where its session had written without a hole (`prev`).

* offset below the watermark: a repeat, already judged.
* prev above the watermark: ahead of a hole. Its session cannot commit past the hole, because readers commit only
  what was acknowledged without a gap; so whatever is missing, and this record, will be sent again.
* else the record is next, and the watermark moves behind it.

A partition is known by the id of its raw topic: a topic that was created again starts a new watermark. One that was
never seen begins at 0, or where the first session of a group without commits says the log begins (`fresh`).
Each of these rules is needed: tests/unit/test_stream_chain_model.py removes them one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from worker.stream.envelope import Envelope

Step = Literal["next", "repeat", "ahead"]
Partition = tuple[bytes, int]
"""Id of the raw topic, partition number."""


def step(watermark: int | None, *, offset: int, prev: int, fresh: bool) -> Step:
    """What a record is to its partition. `watermark` None: nothing of this partition was judged yet."""
    if watermark is None:
        return "next" if prev == 0 or fresh else "ahead"
    if offset < watermark:
        return "repeat"
    return "ahead" if prev > watermark else "next"


class Watermarks:
    """The watermarks of all partitions of all raw topics seen."""

    def __init__(self, at: dict[Partition, int] | None = None) -> None:
        self.at: dict[Partition, int] = dict(at or {})

    def take(self, envelope: Envelope) -> Step:
        """Decide on a record; the watermark moves when it is next."""
        partition = (envelope.topic_id, envelope.partition)
        is_ = step(self.at.get(partition), offset=envelope.offset, prev=envelope.prev, fresh=envelope.fresh)
        if is_ == "next":
            self.at[partition] = envelope.offset + 1
        return is_
