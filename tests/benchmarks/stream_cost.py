"""What Kafka costs the loops: `python tests/benchmarks/stream_cost.py [--records 20000]`. One run, ratios printed.

1. A reader's cost a record against a hand-written kafka-python loop with transactions and the same settings.
2. The judge alone, stories a second, at 1,000 records a transaction.
3. One story from raw to clean, at 60 a second.
"""

from __future__ import annotations

import argparse
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

import msgspec
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.structs import OffsetAndMetadata

from deploy.broker import running_broker
from tests.chaos.content import Content, one
from tests.chaos.stage import Stage, Watch
from tests.chaos.testreader import TestReader
from tests.chaos.zygote import Zygote
from worker.dedupe import Judge, JudgeConfig
from worker.judging import Judging
from worker.story import Candidate, Claim, Relation, Verdict
from worker.stream import clients
from worker.stream.hooks import NoHooks
from worker.stream.judge import run_judge
from worker.stream.reader import run_reader
from worker.stream.stop import Stop

PARTITIONS = 4
BATCH = 1000
WARM_SECONDS = 20  # a new broker compiles itself for so long, on the cores that the loops need


class Timer(NoHooks):
    """Notes when a loop began to work and when it last got something done."""

    def __init__(self):
        self.began = self.ended = 0.0
        self.stories = 0
        self.stage_seconds = 0.0
        self.began_cpu = self.ended_cpu = 0.0

    def state(self, state):
        if state in ("active", "reading"):
            self.began = time.perf_counter()
            self.began_cpu = time.process_time()

    def read(self, records, bytes):  # noqa: A002
        self.ended = time.perf_counter()
        self.ended_cpu = time.process_time()

    def seconds(self, what, seconds, count=1):
        if what == "stage:judge":
            self.stage_seconds += seconds

    def outcomes(self, kind, format, source, code, count):  # noqa: A002
        self.stories += count
        self.ended = time.perf_counter()


def fill(stage, values):
    for number, value in enumerate(values):
        stage.produce(number % PARTITIONS, value)
    stage.producer.flush(timeout=120)
    return {number: len(values[number::PARTITIONS]) for number in range(PARTITIONS)}


def reader_alone(stage, ends):
    """(wall seconds, CPU seconds) of our reader; reading is free, so that Kafka's cost is left."""
    claim = Claim(algorithm=1, uri="urn:x", print=b"p" * 488, digest=b"d" * 16)

    def read(records):
        return [[Candidate(story=record.value, claim=claim, format="test", source="test")] for record in records]

    config = stage.reader_config(stop_at=ends, batch_records=BATCH, group_id=f"{stage.name}.bench", poll_ms=500)
    timer = Timer()
    run_reader(stage.kafka, stage.topics, config, read, timer, Stop())
    return timer.ended - timer.began, timer.ended_cpu - timer.began_cpu


def by_hand(stage, ends):
    """The same copy, hand-written: poll, begin, send, flush, offsets, commit."""
    common = clients.common(stage.kafka)
    consumer = KafkaConsumer(
        **common,
        group_id=f"{stage.name}.hand",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        partition_assignment_strategy=(CooperativeStickyAssignor,),
        max_poll_records=BATCH,
        max_partition_fetch_bytes=clients.PARTITION_FETCH_BYTES,
        fetch_max_wait_ms=100,
        metrics_enabled=False,
    )
    consumer.subscribe([stage.topics.raw])
    producer = KafkaProducer(
        **common,
        transactional_id=f"{stage.name}.hand",
        enable_idempotence=True,
        acks="all",
        compression_type="lz4",
        batch_size=clients.BATCH_BYTES,
        linger_ms=2,
        retry_backoff_ms=20,
        max_request_size=20_000_000,
        metrics_enabled=False,
    )
    producer.init_transactions()
    left = sum(ends.values())
    wall, cpu = time.perf_counter(), time.process_time()
    while left:
        polled = consumer.poll(timeout_ms=500)
        if not polled:
            continue
        group = consumer.group_metadata()
        producer.begin_transaction()
        futures = [
            producer.send(stage.topics.stories, record.value, partition=record.partition)
            for records in polled.values()
            for record in records
        ]
        producer.flush(timeout=60)
        assert all(future.succeeded() for future in futures)
        offsets = {tp: OffsetAndMetadata(records[-1].offset + 1, "", -1) for tp, records in polled.items()}
        producer.send_offsets_to_transaction(offsets, group)
        producer.commit_transaction()
        left -= len(futures)
    spent = time.perf_counter() - wall, time.process_time() - cpu
    consumer.close()
    producer.close(timeout=5)
    return spent


def readers_cost(broker, zygote, folder, records):
    content = Content(1, 1)
    values = [one(content.story()).value * 2 for _ in range(500)] * (records // 500)
    spent = {}
    runs = {"by hand": by_hand, "reader": reader_alone, "by hand again": by_hand, "reader again": reader_alone}
    for name, run in runs.items():
        stage = Stage(broker.bootstrap, folder, zygote, partitions=PARTITIONS)
        stage.create_topics()
        ends = fill(stage, values)
        spent[name] = run(stage, ends)
        wall, cpu = spent[name]
        each_wall, each_cpu = wall * 1e6 / records, cpu * 1e6 / records
        print(f"  {name:14} {each_wall:7.0f} µs a record, {each_cpu:6.0f} µs CPU, {records / wall:7.0f}/s")
        stage.close()
    ours = [min(pair) for pair in zip(spent["reader"], spent["reader again"], strict=True)]
    theirs = [min(pair) for pair in zip(spent["by hand"], spent["by hand again"], strict=True)]
    wall, cpu = (our / their for our, their in zip(ours, theirs, strict=True))
    print(f"  readers' Kafka cost against a hand-written loop: {wall:.2f} × wall, {cpu:.2f} × CPU (aim 1.2)")


def judge_alone(broker, zygote, folder, records):
    """The real judge on stories of about 100 words, a third of them twins."""
    content = Content(2, records, poisons=False)
    stage = Stage(broker.bootstrap, folder, zygote, partitions=PARTITIONS)
    stage.create_topics()
    values = [made.value for group in content.groups for made in group.records]
    ends = fill(stage, values)
    config = stage.reader_config(stop_at=ends, batch_records=BATCH)
    run_reader(stage.kafka, stage.topics, config, TestReader(), NoHooks(), Stop())
    consumer = KafkaConsumer(**clients.common(stage.kafka))
    partitions = [TopicPartition(stage.topics.stories, number) for number in range(PARTITIONS)]
    stories = {tp.partition: end for tp, end in consumer.end_offsets(partitions).items()}
    consumer.close()
    for name, judging in (("the rule", None), ("no rule, the loop alone", Judging(Unruly()))):
        made = stage if judging is None else beside(stage)
        timer = Timer()
        cpu = time.process_time()
        config = made.judge_config(stop_at=stories)
        run_judge(made.kafka, made.topics, config, JudgeConfig(), timer, Stop(), judging)
        cpu = time.process_time() - cpu
        seconds = timer.ended - timer.began
        print(
            f"  judge alone, {name}: {timer.stories / seconds:.0f} stories/s; a story takes "
            f"{timer.stage_seconds * 1e6 / timer.stories:.0f} µs to decide, {cpu * 1e6 / timer.stories:.0f} µs CPU"
        )
        if made is not stage:
            made.close()
    stage.close()


class Unruly(Judge):
    """Publishes everything and remembers nothing: what is left is the loop."""

    def decide(self, claims):
        return [Verdict(relation=Relation(cluster=claim.uri, relation="original")) for claim in claims]

    def entries(self):
        return b"e" * 500_000


def beside(stage):
    """Another judge's topics beside the same stories."""
    other = Stage(stage.bootstrap, stage.log_path.parent, stage._zygote, partitions=PARTITIONS)
    other.create_topics()
    other.topics = msgspec.structs.replace(other.topics, stories=stage.topics.stories)
    return other


def latency(broker, zygote, folder, seconds, rate=60.0):
    """From send to a read_committed consumer, a reader and a judge at work."""
    stage = Stage(broker.bootstrap, folder, zygote, partitions=PARTITIONS)
    stage.create_topics()
    stage.start_reader("reader")
    stage.start_judge("judge")
    stage.wait_log(what="state", state="active")
    content = Content(3, 1, poisons=False)
    watch = Watch(stage)
    sent_at = {}
    count, began = int(rate * (seconds + WARM_SECONDS)), time.perf_counter()
    for number in range(count):
        story = content.story()
        sent_at[story["uri"]] = time.time()
        stage.produce(number % PARTITIONS, one(story).value)
        while time.perf_counter() < began + number / rate:
            watch.poll(2)
    watch.until(count, quiet=0)
    times = sorted(
        (at - sent_at[each.story["uri"]]) * 1000
        for each, at in zip(watch.seen, watch.seen_at, strict=True)
        if each.order > rate * WARM_SECONDS
    )
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"  raw -> clean at {rate:.0f}/s: p50 {p50:.0f} ms, p99 {p99:.0f} ms, of {len(times)} (aim 20 and 60)")
    watch.close()
    stage.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=15.0, help="of the latency run")
    options = parser.parse_args()
    zygote = Zygote()
    try:
        with running_broker(own=True) as broker, tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            readers_cost(broker, zygote, folder, options.records)
            judge_alone(broker, zygote, folder, options.records)
            latency(broker, zygote, folder, options.seconds)
    finally:
        zygote.close()


if __name__ == "__main__":
    main()
