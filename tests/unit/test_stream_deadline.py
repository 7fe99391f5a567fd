"""A call without a timeout gets one; its own errors come through."""

from __future__ import annotations

import threading

import pytest

from worker.stream.deadline import within
from worker.stream.stop import ExitCode, LoopEnded


def test_a_call_that_ends_in_time_is_as_if_made_directly():
    made = []
    within(lambda: made.append(1), lambda: 5.0, lambda: None, "trying")
    assert made == [1]
    with pytest.raises(ZeroDivisionError):
        within(lambda: 1 / 0, lambda: 5.0, lambda: None, "trying")


def test_a_call_that_hangs_ends_the_loop_and_the_loop_beats_meanwhile():
    over, beats = threading.Event(), []
    with pytest.raises(LoopEnded, match="within 1 s") as ended:
        within(lambda: over.wait(20), lambda: 1.0, lambda: beats.append(1), "trying")
    over.set()
    assert ended.value.code is ExitCode.TRY_LATER
    assert beats
