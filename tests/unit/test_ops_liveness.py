"""A process that gets nowhere is seen; brokers that are away are not taken for that."""

from __future__ import annotations

import pytest

from worker.ops.liveness import Liveness, LivenessLimits

LIMITS = LivenessLimits(loop_seconds_max=240, partition_seconds_max=120, stalled_seconds_max=900)


@pytest.fixture
def liveness():
    return Liveness(LIMITS, now=0.0)


def test_a_loop_that_stands_still_is_stuck(liveness):
    liveness.beat(10)
    assert liveness.stuck(250) == ""
    assert "the loop has not gone round" in liveness.stuck(251)


def run(liveness, seconds, start=0, **positions):
    """`positions`: partition -> function of time giving (position, end)."""
    for now in range(start, start + seconds):
        liveness.beat(now)
        for partition, at in positions.items():
            liveness.progress("raw", int(partition.removeprefix("p")), *at(now), now)
    return liveness.stuck(start + seconds)


def test_one_partition_with_lag_that_stands_still_while_another_advances_is_stuck(liveness):
    why = run(liveness, 130, p0=lambda now: (now, now), p1=lambda _: (7, 9))
    assert why == "raw[1] has stood at 7 for 130 s with a lag of 2"


def test_a_partition_without_lag_may_stand_still_for_ever(liveness):
    assert run(liveness, 2000, p0=lambda now: (now, now), p1=lambda _: (9, 9)) == ""


def test_an_outage_of_the_brokers_is_no_stuck_partition(liveness):
    assert run(liveness, 10, p0=lambda now: (now, 100), p1=lambda now: (now, 100)) == ""
    assert run(liveness, 800, start=10, p0=lambda _: (9, 100), p1=lambda _: (9, 100)) == ""
    assert run(liveness, 100, start=810, p0=lambda now: (now, 1000), p1=lambda _: (9, 100)) == "", "one recovers first"


def test_lag_with_no_movement_at_all_is_stuck_in_the_end(liveness):
    assert run(liveness, 890, p0=lambda _: (9, 100)) == ""
    assert "lag of 91" in run(liveness, 20, start=890, p0=lambda _: (9, 100))


def test_a_growing_end_shows_that_the_brokers_are_there(liveness):
    assert "has stood at 9" in run(liveness, 130, p0=lambda now: (9, 100 + now))


def test_a_partition_that_was_released_is_not_watched(liveness):
    run(liveness, 60, p0=lambda now: (now, now), p1=lambda _: (7, 9))
    liveness.released("raw", [1])
    assert run(liveness, 100, start=60, p0=lambda now: (now, now)) == ""
