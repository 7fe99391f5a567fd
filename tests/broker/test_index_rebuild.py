"""A lost index is made again from what was published, and the judge works on as if nothing had happened."""

from __future__ import annotations

import collections

import pytest

from tests.chaos.content import Content
from tests.chaos.feeding import feed
from worker.dedupe import JudgeConfig
from worker.stream.reindex import rebuild_index, recorded_settings
from worker.stream.stop import LoopEnded


def rebuilt(stage):
    rule = JudgeConfig()
    return rebuild_index(stage.kafka, stage.topics, stage.judge_config(), rule, recorded_settings(rule))


def work(stage, name, least):
    stage.start_reader(f"reader-{name}")
    stage.start_judge(f"judge-{name}")
    seen = list(stage.outcomes(least))
    assert stage.end(f"reader-{name}") == 0
    assert stage.end(f"judge-{name}") == 0
    return seen


def test_a_lost_index_is_rebuilt_and_nothing_is_published_again(stage):
    content = Content(3, 80)
    expected = feed(stage, content)
    before = work(stage, 1, expected.least)
    with pytest.raises(LoopEnded, match="holds records"):
        rebuilt(stage)
    stage.delete(stage.topics.index)
    stage.create({stage.topics.index: 1})
    done = rebuilt(stage)
    assert done.order == len(before)
    again = feed(stage, content)
    after = work(stage, 2, len(before) + again.least)
    places = collections.Counter((written.raw, written.item) for written in after)
    assert set(places.values()) == {1}, "no item has two outcomes"
    assert sorted(written.order for written in after) == list(range(len(after)))
    clean = [sum(written.topic == stage.topics.clean for written in seen) for seen in (before, after)]
    assert clean[0] == clean[1], "the same stories again are all known"


def test_an_index_is_not_rebuilt_for_a_raw_topic_that_was_created_again(stage):
    expected = feed(stage, Content(4, 10))
    work(stage, 1, expected.least)
    for topic, count in ((stage.topics.index, 1), (stage.topics.raw, stage.partitions)):
        stage.delete(topic)
        stage.create({topic: count})
    feed(stage, Content(5, 60))
    with pytest.raises(LoopEnded, match="created again"):
        rebuilt(stage)
