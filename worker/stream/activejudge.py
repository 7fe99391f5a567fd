"""The judge's loop: stories in; clean, duplicates, dead letters and the index out, exactly once.

    poll -> what is next in each chain -> decide (pure) -> one transaction with everything, positions included

Whoever holds the newest epoch of the transactional id is the one writer. After any exception the process ends; the
state is built again from the index, never repaired.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any, assert_never

from kafka import errors

from worker import __version__
from worker.story import DeadLetter, Duplicate, Outcome, Published
from worker.stream import state as index
from worker.stream.deadline import within
from worker.stream.failures import ending
from worker.stream.outputs import Output, outputs
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from worker.judging import Judging
    from worker.stream.acks import Sender
    from worker.stream.config import JudgeLoopConfig, TopicNames
    from worker.stream.election import Election
    from worker.stream.ends import Ends
    from worker.stream.envelope import Envelope
    from worker.stream.feed import Fed, Feed
    from worker.stream.holes import Holes
    from worker.stream.hooks import Hooks, OutcomeKind
    from worker.stream.stop import Stop

    Judged = list[tuple[Envelope, list[Outcome]]]


class ActiveJudge:
    """The one that writes. Everything it is given is ready: fenced, restored, placed.

    partitions: number of partitions of each topic. settings: what verdicts depend on besides the claims.
    """

    def __init__(
        self,
        *,
        state: index.JudgeState,
        judging: Judging,
        settings: Mapping[str, Any],
        feed: Feed,
        sender: Sender,
        election: Election,
        ends: Ends,
        holes: Holes,
        topics: TopicNames,
        partitions: Mapping[str, int],
        config: JudgeLoopConfig,
        hooks: Hooks,
        stop: Stop,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._state = state
        self._judging = judging
        self._settings = dict(settings)
        self._feed = feed
        self._sender = sender
        self._election = election
        self._ends = ends
        self._unconfirmed: dict[tuple[str, int], int] = {}
        self._holes = holes
        self._topics = topics
        self._partitions = partitions
        self._config = config
        self._hooks = hooks
        self._stop = stop
        self._clock = clock
        self._wall = wall
        self._written = clock()

    def run(self) -> None:
        """Judge until asked to stop or to the end of `config.stop_at`. Raises LoopEnded."""
        self._note_settings()
        self._measure()
        while not self._stop and not self._finished():
            self._hooks.beat()
            self._election.check()
            self._feed.poll()
            batch = self._feed.take()
            if batch:
                self._batch(batch)
            else:
                self._idle()
            self._holes.report(self._clock())
            self._feed.report(self._state.positions)
        self._confirm()  # nobody may come after this judge to end what was left open

    def _idle(self) -> None:
        self._confirm()
        if self._clock() - self._written >= self._config.checkpoint_seconds:
            self._checkpoint()

    # -- a batch -------------------------------------------------------------------------------------

    def _batch(self, batch: Sequence[Fed]) -> None:
        started = self._clock()
        self._hooks.at("judge.polled")
        taken = self._next_in_chain(batch)
        if not taken:
            return
        judged = self._decide(taken)
        self._hooks.at("judge.judged")
        self._hooks.seconds("stage:judge", self._clock() - started, len(taken))
        records = outputs(
            judged,
            self._topics,
            self._partitions,
            duplicates=self._config.duplicates == "topic",
            dead_bytes_max=self._config.dead_bytes_max,
        )
        self._transaction(records, self._judging.judge.entries())
        self._hooks.seconds("batch", self._clock() - started, len(batch))
        self._tell(judged)

    def _next_in_chain(self, batch: Sequence[Fed]) -> list[Envelope]:
        """The records that are next in their partition's chain; positions move past all."""
        taken: list[Envelope] = []
        dropped: Counter[tuple[str, int]] = Counter()
        marks = self._state.watermarks
        for fed in batch:
            read = fed.envelope
            self._state.positions[read.partition] = fed.next
            before = marks.at.get((read.topic_id, read.partition), 0)
            match marks.take(read):
                case "next":
                    taken.append(read)
                    self._holes.closed(read.partition)
                    if read.fresh and before and read.offset > before:
                        self._hooks.alarm("raw_range_skipped", partition=read.partition, first=before, end=read.offset)
                case "repeat":
                    dropped["repeat", read.partition] += 1
                case "ahead":
                    dropped["ahead", read.partition] += 1
                    self._holes.opened(read.partition, before, self._clock())
                case never:
                    assert_never(never)
        for (why, partition), count in dropped.items():
            self._hooks.dropped(why, partition, count)  # type: ignore[arg-type]
        return taken

    def _decide(self, taken: Sequence[Envelope]) -> Judged:
        """Outcomes of each record, in order. The memory now holds them provisionally: a failure ends the process."""
        outcomes = iter(self._judging.decide([reading for read in taken for reading in read.readings]))
        judged = [(read, [next(outcomes) for _ in read.readings]) for read in taken]
        self._state.order = self._judging.order
        return judged

    # -- writing -------------------------------------------------------------------------------------

    def _transaction(self, records: Sequence[Output], entries: bytes) -> None:
        """All records and the index record that explains them, or nothing."""
        record = self._state.record(entries, self._settings, self._topics.raw, __version__)
        value = index.encode(record)
        self._within_limit(records, len(value))
        self._confirm()
        self._election.check()
        started = self._clock()
        producer = self._sender.producer
        half = len(records) // 2
        try:
            producer.begin_transaction()
            for number, output in enumerate(records):
                if number == half:
                    self._hooks.at("judge.half-sent")
                self._sender.send(output)
            self._sender.send(Output(self._topics.index, 0, None, value, []))
            self._hooks.at("judge.sent")
            self._sender.settle()
            self._hooks.at("judge.flushed")
            within(producer.commit_transaction, self._commit_seconds_max, self._hooks.beat, "committing a transaction")
        except errors.KafkaError as error:
            raise ending(error, "writing a transaction") from error
        self._hooks.at("judge.committed")
        self._unconfirmed = self._sender.written()
        self._state.serial = record.serial
        self._written = self._clock()
        self._hooks.seconds("transaction", self._written - started)

    def _confirm(self) -> None:
        """The last transaction has ended in every partition. An abort of the next one could take it along otherwise."""
        if self._unconfirmed:
            self._ends.confirm(self._unconfirmed)
            self._unconfirmed = {}

    def _commit_seconds_max(self) -> float:
        return self._config.stop_seconds_max if self._stop else self._config.ack_seconds_max

    def _within_limit(self, records: Sequence[Output], index_bytes: int) -> None:
        largest = max((output.size for output in records), default=0)
        if max(largest, index_bytes) > self._config.record_bytes_max:
            raise LoopEnded(
                ExitCode.CONFIG,
                f"a record of {max(largest, index_bytes)} bytes is to be written, {self._config.record_bytes_max} are "
                "allowed: raise the judge's record limit (and max.message.bytes) above the readers' envelope limit",
            )

    def _checkpoint(self) -> None:
        """Positions and watermarks again, so that they do not reach the end of the index's retention while idle."""
        self._transaction([], b"")
        self._hooks.event("checkpoint_written", serial=self._state.serial, order=self._state.order)

    def _note_settings(self) -> None:
        if not self._state.empty and self._state.settings != self._settings:
            self._hooks.event("judging_settings_changed", before=self._state.settings, now=self._settings)
            self._checkpoint()

    # -- reporting -----------------------------------------------------------------------------------

    def _finished(self) -> bool:
        ends = self._config.stop_at
        return bool(ends) and all(self._state.positions.get(part, 0) >= end for part, end in ends.items())

    def _tell(self, judged: Judged) -> None:
        now = self._wall()
        counts: Counter[tuple[OutcomeKind, str, str, str]] = Counter()
        for read, outcomes in judged:
            if read.timestamp_ms:
                self._hooks.seconds("end_to_end", max(0.0, now - read.timestamp_ms / 1000), len(outcomes))
            counts.update(kind_of(outcome) for outcome in outcomes)
        for (kind, format_, source, code), count in counts.items():
            self._hooks.outcomes(kind, format_, source, code, count)
        self._measure()

    def _measure(self) -> None:
        self._hooks.measures({**self._judging.judge.measures(), "order": float(self._state.order)})


def kind_of(outcome: Outcome) -> tuple[OutcomeKind, str, str, str]:
    """(kind, format, source, code) for counting."""
    match outcome:
        case Published():
            return "published", outcome.format, outcome.source, outcome.relation
        case Duplicate():
            return "duplicate", outcome.format, outcome.source, outcome.kind
        case DeadLetter():
            return "dead_letter", outcome.dead.format, outcome.dead.source, str(outcome.dead.code)
        case _:
            assert_never(outcome)
