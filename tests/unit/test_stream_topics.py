"""Existing topics are compared: what breaks the worker is told from what is the owner's choice."""

from __future__ import annotations

import pytest

from worker.settings import load
from worker.stream.topics import Existing, compare, plans

PLANS = {plan.name: plan for plan in plans(load({}), raw_partitions=12)}


def existing(name, partitions=None, **configs):
    plan = PLANS[name]
    changed = {key.replace("_", "."): value for key, value in configs.items()}
    return compare(plan, Existing(partitions=partitions or plan.partitions, configs={**plan.configs, **changed}))


def test_stories_have_raw_s_partitions_and_the_index_one():
    assert PLANS["clean.stories"].partitions == 12
    assert PLANS["clean.index"].partitions == 1
    assert PLANS["clean.index"].configs["retention.ms"] == str(30 * 86_400_000)


def test_a_topic_as_planned_has_no_findings():
    for name in PLANS:
        assert existing(name)[1:] == (False, (), ())


@pytest.mark.parametrize(
    ("name", "difference"),
    [
        ("clean.stories", {"partitions": 6}),
        ("clean.stories", {"retention_ms": "1000"}),
        ("clean.stories", {"retention_bytes": "1000"}),
        ("clean.index", {"cleanup_policy": "compact"}),
        ("clean.index", {"partitions": 2}),
        ("clean", {"max_message_bytes": "1000"}),
    ],
)
def test_what_loses_or_stops_is_wrong(name, difference):
    assert existing(name, **difference).wrong


@pytest.mark.parametrize(
    ("name", "difference"),
    [
        ("clean", {"partitions": 3}),
        ("clean", {"retention_ms": "1000"}),
        ("clean", {"cleanup_policy": "compact"}),
        ("clean.stories", {"retention_ms": "-1"}),
        ("raw", {"max_message_bytes": "99999999"}),
    ],
)
def test_what_is_the_owner_s_choice_is_only_said(name, difference):
    finding = existing(name, **difference)
    assert not finding.wrong
    assert finding.differs
