"""Where a reader begins: at the commit, and when that is not possible, at what the operator chose, out loud."""

from __future__ import annotations

import pytest
from kafka import errors

from worker.stream.config import ReaderConfig
from worker.stream.failures import ending
from worker.stream.holes import Holes
from worker.stream.hooks import NoHooks
from worker.stream.session import Place, begin_at
from worker.stream.stop import ExitCode, LoopEnded

OURS, OTHERS = b"a" * 16, b"b" * 16


def place(committed, *, low=10, high=50, by=OURS):
    return Place(
        topic="raw",
        partition=3,
        topic_id=OURS,
        low=low,
        high=high,
        committed=committed,
        committed_topic_id=by.hex() if by else "",
    )


def config(**more):
    return ReaderConfig(group_id="readers", **more)


@pytest.mark.parametrize("reset", ["fail", "earliest", "latest"])
def test_a_committed_offset_that_is_there_is_where_reading_begins(reset):
    for committed in (10, 30, 50):
        beginning = begin_at(place(committed), config(offset_reset=reset))
        assert (beginning.offset, beginning.prev, beginning.fresh) == (committed, committed, False)


def test_a_lost_range_is_named_before_anything_is_skipped():
    with pytest.raises(LoopEnded, match="raw-3: offsets 4 to 9 were deleted") as ended:
        begin_at(place(4), config())
    assert ended.value.code is ExitCode.CONFIG


@pytest.mark.parametrize(("reset", "offset"), [("earliest", 10), ("latest", 50)])
def test_a_lost_range_is_skipped_when_the_operator_chose_so_and_chained_to_the_commit(reset, offset):
    beginning = begin_at(place(4), config(offset_reset=reset))
    assert (beginning.offset, beginning.prev, beginning.lost) == (offset, 4, (4, offset))


@pytest.mark.parametrize("reset", ["fail", "earliest", "latest"])
def test_a_topic_that_lost_its_end_is_never_gone_on_with(reset):
    """New records would get offsets that count as judged."""
    with pytest.raises(LoopEnded, match="lost its end"):
        begin_at(place(60), config(offset_reset=reset))


def test_a_commit_of_an_earlier_topic_of_that_name_means_the_start():
    beginning = begin_at(place(30, low=0, by=OTHERS), config())
    assert (beginning.offset, beginning.prev, beginning.fresh, beginning.recreated) == (0, 0, True, True)


def test_a_commit_set_by_another_tool_is_trusted():
    assert begin_at(place(30, by=b""), config()).offset == 30


@pytest.mark.parametrize(("reset", "offset", "prev"), [("fail", 10, 10), ("earliest", 10, 0), ("latest", 50, 0)])
def test_a_new_group_begins_at_the_logs_start_or_its_end(reset, offset, prev):
    beginning = begin_at(place(None), config(offset_reset=reset))
    assert (beginning.offset, beginning.prev, beginning.fresh) == (offset, prev, True)


def test_a_bounded_range_begins_where_it_says():
    beginning = begin_at(place(None), config(start_at={3: 22}))
    assert (beginning.offset, beginning.prev, beginning.fresh) == (22, 22, True)


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (errors.TopicAuthorizationFailedError("raw"), ExitCode.CONFIG, "no right to the topics"),
        (errors.GroupAuthorizationFailedError("g"), ExitCode.CONFIG, "no right to the consumer group"),
        (errors.TransactionalIdAuthorizationFailedError("t"), ExitCode.CONFIG, "no right to the transactional id"),
        (errors.SaslAuthenticationFailedError("no"), ExitCode.CONFIG, "user name or password"),
        (errors.ProducerFencedError("x"), ExitCode.INTERNAL, "another judge has taken over"),
        (errors.InvalidProducerEpochError("x"), ExitCode.INTERNAL, "another judge has taken over"),
        (errors.FencedInstanceIdError("x"), ExitCode.INTERNAL, "same instance id"),
        (errors.InvalidSessionTimeoutError("x"), ExitCode.CONFIG, "refuses a setting"),
        (errors.KafkaConnectionError("x"), ExitCode.TRY_LATER, "does not answer"),
        (errors.KafkaTimeoutError("x"), ExitCode.TRY_LATER, "does not answer"),
        (errors.MessageSizeTooLargeError("x"), ExitCode.INTERNAL, "MessageSizeTooLargeError"),
        (ZeroDivisionError("x"), ExitCode.INTERNAL, "ZeroDivisionError"),
    ],
)
def test_every_failure_has_an_exit_code_and_a_sentence(error, code, says):
    ended = ending(error, "reading raw stories")
    assert ended.code is code
    assert says in ended.message
    assert ended.message.startswith("reading raw stories: ")


def test_a_hole_is_alarmed_once_a_period_and_only_while_it_stays_open():
    alarms, seen = [], []

    class Hooks(NoHooks):
        def alarm(self, name, **fields):
            alarms.append(fields["watermark"])

        def ahead(self, partition, watermark, seconds):
            seen.append((partition, watermark, seconds))

    holes = Holes(Hooks(), "raw", alarm_seconds=60.0)
    holes.opened(2, 7, now=100.0)
    holes.opened(2, 7, now=130.0)
    for now in (150.0, 161.0, 170.0, 222.0):
        holes.report(now)
    assert alarms == [7, 7]
    holes.closed(2)
    holes.report(500.0)
    assert alarms == [7, 7]
    assert seen[-1] == (2, 7, 0.0)
