"""Topics, processes and what they wrote: what the broker tests and the chaos run stand on."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
import uuid
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

from tests.chaos.process import Job
from worker.stream.config import JudgeLoopConfig, KafkaConfig, ReaderConfig, TopicNames

if TYPE_CHECKING:
    import pathlib

    from tests.chaos.zygote import Child, Zygote

BIG = {"max.message.bytes": "30000000"}


class Written(NamedTuple):
    """A record that a read_committed consumer saw. `raw`: partition, offset; `item`, `order`: as the record says."""

    topic: str
    partition: int
    offset: int
    raw: tuple[int, int]
    item: int
    order: int
    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]
    story: dict


class Stage:
    """One set of topics on a broker, with the processes that work on it."""

    def __init__(
        self, bootstrap: str, folder: pathlib.Path, zygote: Zygote, *, partitions: int = 3, clean_partitions: int = 3
    ) -> None:
        self.bootstrap = bootstrap
        self._zygote = zygote
        self.partitions = partitions
        self.clean_partitions = clean_partitions
        self.name = f"s{uuid.uuid4().hex[:8]}"
        self.topics = TopicNames.of(f"{self.name}.raw", f"{self.name}.clean")
        self.kafka = KafkaConfig(bootstrap_servers=tuple(bootstrap.split(",")), start_seconds_max=30.0)
        self.log_path = folder / f"{self.name}.log"
        self.log_path.touch()
        self.processes: dict[str, Child] = {}
        self.admin = KafkaAdminClient(bootstrap_servers=bootstrap)
        self._producer: KafkaProducer | None = None

    # -- topics --------------------------------------------------------------------------------------

    def create_topics(self, *, raw: bool = True, replicas: int = -1) -> None:
        names = {
            self.topics.raw: self.partitions,
            self.topics.stories: self.partitions,
            self.topics.clean: self.clean_partitions,
            self.topics.duplicates: self.clean_partitions,
            self.topics.dead: 2,
            self.topics.index: 1,
        }
        if not raw:
            names.pop(self.topics.raw)
        self.create(dict(names.items()), replicas)

    def create(self, names: dict[str, int], replicas: int = -1) -> None:
        self.admin.create_topics([NewTopic(name, count, replicas, topic_configs=BIG) for name, count in names.items()])
        self.admin.wait_for_topics(list(names))

    def delete(self, topic: str) -> None:
        self.admin.delete_topics([topic])
        deadline = time.monotonic() + 10
        while topic in self.admin.list_topics() and time.monotonic() < deadline:
            time.sleep(0.05)

    @property
    def producer(self) -> KafkaProducer:
        if self._producer is None:
            self._producer = KafkaProducer(
                bootstrap_servers=self.bootstrap.split(","), acks="all", linger_ms=2, max_request_size=30_000_000
            )
        return self._producer

    def produce(self, partition: int, value: bytes | None, key: bytes | None = None, headers=None):
        """Send a raw record; gives the future of its place."""
        return self.producer.send(self.topics.raw, value, key=key, partition=partition, headers=headers or [])

    # -- processes -----------------------------------------------------------------------------------

    def reader_config(self, **more) -> ReaderConfig:
        usual = {
            "group_id": f"{self.name}.readers",
            "session_timeout_ms": 6000,
            "heartbeat_interval_ms": 1000,
            "envelope_bytes_max": 20_000_000,
        }
        return ReaderConfig(**(usual | more))

    def judge_config(self, **more) -> JudgeLoopConfig:
        usual = {"group_id": f"{self.name}.judges", "transactional_id": f"{self.name}.judge"}
        return JudgeLoopConfig(**(usual | more))

    def start_reader(self, name: str, *, faults=(), version: int = 1, milliseconds: float = 0.0, **config) -> None:
        job = Job(
            name=name,
            kafka=self.kafka,
            topics=self.topics,
            log=str(self.log_path),
            reader=self.reader_config(**config),
            version=version,
            milliseconds=milliseconds,
        )
        self._start(job, faults)

    def start_judge(self, name: str, *, faults=(), partition_local: bool = False, **config) -> None:
        job = Job(
            name=name,
            kafka=self.kafka,
            topics=self.topics,
            log=str(self.log_path),
            judge=self.judge_config(**config),
            partition_local=partition_local,
        )
        self._start(job, faults)

    def _start(self, job: Job, faults) -> None:
        self.processes[job.name] = self._zygote.start(msgspec.json.encode(job).decode(), list(faults))

    def signal(self, name: str, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.processes[name].pid, number)

    def kill(self, name: str) -> None:
        self.signal(name, signal.SIGKILL)
        self.processes[name].wait(10)

    def end(self, name: str, seconds: float = 15.0) -> int:
        """SIGTERM; gives the exit code."""
        self.signal(name, signal.SIGTERM)
        return self.processes[name].wait(seconds)

    def exit_code(self, name: str, seconds: float = 20.0) -> int:
        return self.processes[name].wait(seconds)

    def close(self) -> None:
        for process in self.processes.values():
            process.kill()
        if self._producer is not None:
            with contextlib.suppress(Exception):
                self._producer.close(timeout=3)
        with contextlib.suppress(Exception):
            self.admin.delete_topics(list(msgspec.structs.asdict(self.topics).values()))
        self.admin.close()

    # -- what happened -------------------------------------------------------------------------------

    def log(self) -> list[dict]:
        """What all processes logged so far, in order of time."""
        lines = self.log_path.read_text(encoding="utf-8").splitlines()
        return sorted((json.loads(line) for line in lines if line.endswith("}")), key=lambda entry: entry["at"])

    def wait_log(self, seconds: float = 20.0, since: float = 0.0, **wanted) -> dict:
        """The first entry with these fields, once it is there."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for entry in self.log():
                if entry["at"] >= since and all(entry.get(name) == value for name, value in wanted.items()):
                    return entry
            time.sleep(0.05)
        tail = "\n".join(map(str, self.log()[-25:]))
        raise AssertionError(f"nothing was logged with {wanted} within {seconds} s; the last entries:\n{tail}")

    def outcomes(self, count: int, seconds: float = 30.0, quiet: float = 0.5) -> list[Written]:
        """Everything committed to clean, duplicates and dead: at least `count`, and what follows within `quiet`."""
        watch = Watch(self)
        try:
            return watch.until(count, seconds, quiet)
        finally:
            watch.close()


class Watch:
    """A read_committed consumer of the three output topics, from their start."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._consumer = KafkaConsumer(
            bootstrap_servers=stage.bootstrap.split(","),
            isolation_level="read_committed",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            max_poll_records=5000,
            fetch_max_wait_ms=100,
            reconnect_backoff_max_ms=1000,
        )
        topics = stage.topics
        self._partitions = [
            TopicPartition(topic, number)
            for topic, count in (
                (topics.clean, stage.clean_partitions),
                (topics.duplicates, stage.clean_partitions),
                (topics.dead, 2),
            )
            for number in range(count)
        ]
        self._consumer.assign(self._partitions)
        self._consumer.seek_to_beginning(*self._partitions)
        self.seen: list[Written] = []
        self.seen_at: list[float] = []
        self.last_new = time.monotonic()

    def poll(self, milliseconds: int = 200) -> int:
        """Take what has come; gives how many there are in all."""
        for records in self._consumer.poll(timeout_ms=milliseconds).values():
            for record in records:
                self.seen.append(written(self._stage.topics, record))
                self.seen_at.append(time.time())
                self.last_new = time.monotonic()
        return len(self.seen)

    def until(self, count: int, seconds: float = 30.0, quiet: float = 0.5) -> list[Written]:
        deadline = time.monotonic() + seconds
        while self.poll() < count:
            if time.monotonic() > deadline:
                tail = "\n".join(map(str, self._stage.log()[-25:]))
                raise AssertionError(
                    f"{len(self.seen)} of {count} outcomes within {seconds} s; the last entries:\n{tail}"
                )
        end = time.monotonic() + quiet
        while time.monotonic() < end:
            self.poll(100)
        return self.seen

    def close(self) -> None:
        self._consumer.close()


def written(topics: TopicNames, record) -> Written:
    """An output record with what it says of itself."""
    headers = dict(record.headers)
    common = (record.topic, record.partition, record.offset)
    if record.topic == topics.dead:
        raw = (int(headers["__connect.errors.partition"]), int(headers["__connect.errors.offset"]))
        item, order = int(headers["wire.item"]), int(headers["wire.order"])
        return Written(*common, raw, item, order, record.key, record.value, headers, {})
    story = json.loads(record.value)
    wire = story["wire"]
    raw = (wire["raw"]["partition"], wire["raw"]["offset"])
    return Written(*common, raw, wire["raw"]["item"], wire["order"], record.key, record.value, headers, story)
