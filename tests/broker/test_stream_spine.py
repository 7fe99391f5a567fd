"""The spine on Apache Kafka without faults: every item has one outcome, in order, and nothing else is written."""

from __future__ import annotations

import collections

from tests.chaos.content import Content
from tests.chaos.feeding import feed
from tests.chaos.verify import verify


def test_every_item_has_exactly_one_outcome(stage):
    content = Content(1, 150)
    stage.start_reader("reader-1")
    stage.start_reader("reader-2", version=1)
    stage.start_judge("judge-1")
    expected = feed(stage, content)
    seen = stage.outcomes(expected.least)
    report = verify(stage, content, expected, seen)
    assert report.faults() == {}
    kinds = collections.Counter(written.topic.rsplit(".", 1)[-1] for written in seen)
    assert kinds["clean"] > 0
    assert kinds["duplicates"] > 0
    assert kinds["dead"] > 0
    assert stage.end("reader-1") == 0
    assert stage.end("reader-2") == 0
    assert stage.end("judge-1") == 0
