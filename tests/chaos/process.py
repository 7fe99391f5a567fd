"""A reader or a judge as a process of its own, with faults. `python -m tests.chaos.process CONFIG` (JSON).

Faults come from the environment of this process alone, `WORKER_TEST_FAULTS`, a list of
{"at": step, "nth": 3, "do": "kill"|"stop"} and {"chance": 0.001, "do": "kill"}: at a step of the loops, the n-th time
it is reached, or by chance. "forget" has the judge's next transaction as a broker leaves it that was killed before it
wrote the end everywhere: the coordinator knows of one partition only (see `forgetful`). "kill" takes a "group" too: of
the processes of a broker, say, instead of this one.

Log: one JSON object a line, with the time.
"""

from __future__ import annotations

import collections
import json
import logging
import os
import pathlib
import random
import signal
import sys
import time

import msgspec
from kafka import TopicPartition

from tests.chaos.doubles import PartitionLocalJudging
from tests.chaos.testreader import TestReader
from worker.dedupe import JudgeConfig
from worker.stream import clients
from worker.stream.config import JudgeLoopConfig, KafkaConfig, ReaderConfig, TopicNames
from worker.stream.hooks import NoHooks
from worker.stream.judge import run_judge
from worker.stream.reader import run_reader
from worker.stream.stop import LoopEnded, Stop

FAULTS = "WORKER_TEST_FAULTS"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is told."""

    name: str
    kafka: KafkaConfig
    topics: TopicNames
    log: str
    reader: ReaderConfig | None = None
    judge: JudgeLoopConfig | None = None
    version: int = 1
    partition_local: bool = False
    milliseconds: float = 0.0  # of work a record, for readers


class FaultyHooks(NoHooks):
    """Writes the log, and ends or stops the process where it is told to."""

    def __init__(self, name: str, path: str, faults: list[dict]) -> None:
        self._name = name
        self._file = pathlib.Path(path).open("a", buffering=1)  # noqa: SIM115 - open until the process ends
        self._faults = faults
        self._reached = collections.Counter()
        self._random = random.Random(f"{name}{os.getpid()}")
        self.forgetting = False

    def log(self, what: str, **fields: object) -> None:
        record = {"at": round(time.time(), 3), "pid": os.getpid(), "name": self._name, "what": what, **fields}
        self._file.write(json.dumps(record, default=repr) + "\n")

    def at(self, step: str) -> None:
        self._reached[step] += 1
        for fault in self._faults:
            here = fault.get("at") == step and fault.get("nth", 1) == self._reached[step]
            if here or ("chance" in fault and self._random.random() < fault["chance"]):
                self.log("fault", do=fault["do"], step=step)
                if fault["do"] == "forget":
                    self.forgetting = True
                    continue
                if "group" in fault:
                    os.killpg(fault["group"], signal.SIGKILL)
                    continue
                os.kill(os.getpid(), signal.SIGKILL if fault["do"] == "kill" else signal.SIGSTOP)
                self.log("woken", step=step)

    def state(self, state: str) -> None:
        self.log("state", state=state)

    def event(self, name: str, **fields: object) -> None:
        self.log("event", event=name, **fields)

    def alarm(self, name: str, **fields: object) -> None:
        self.log("alarm", alarm=name, **fields)

    def dropped(self, why: str, partition: int, count: int) -> None:
        self.log("dropped", why=why, partition=partition, count=count)


def main(told: str) -> int:
    job = msgspec.json.decode(told, type=Job)
    logging.basicConfig(stream=sys.stderr, level=logging.CRITICAL)
    hooks = FaultyHooks(job.name, job.log, json.loads(os.environ.get(FAULTS, "[]")))
    stop = Stop()
    signal.signal(signal.SIGTERM, stop.set)
    signal.signal(signal.SIGINT, stop.set)
    try:
        if job.reader is not None:
            run_reader(
                job.kafka, job.topics, job.reader, slowed(TestReader(job.version), job.milliseconds), hooks, stop
            )
        elif job.judge is not None:
            judging = PartitionLocalJudging() if job.partition_local else None
            clients.judge_producer = forgetful(clients.judge_producer, job.topics, hooks)
            run_judge(job.kafka, job.topics, job.judge, JudgeConfig(), hooks, stop, judging)
    except LoopEnded as ended:
        hooks.log("ended", code=int(ended.code), why=ended.message)
        return ended.code
    hooks.log("ended", code=0, why="")
    return 0


def forgetful(make, topics, hooks):
    """Makes producers whose transaction, when told so, leaves all but one partition open when it is committed.

    The broker must let unknown transactions in: transaction.partition.verification.enable=false.
    """

    def make_forgetful(kafka, config):
        producer = make(kafka, config)
        begin = producer.begin_transaction

        def begin_transaction():
            begin()
            if hooks.forgetting:
                hooks.forgetting = False
                clients.add_to_transaction(producer, TopicPartition(topics.clean, 0))
                manager = producer._transaction_manager
                manager._partitions_in_transaction |= {
                    TopicPartition(topic, number)
                    for topic in (topics.clean, topics.duplicates, topics.dead, topics.index)
                    for number in range(3)
                } - {TopicPartition(topics.clean, 0)}

        producer.begin_transaction = begin_transaction
        return producer

    return make_forgetful


def slowed(read, milliseconds):
    """The reading function, taking this much longer a record."""
    if not milliseconds:
        return read

    def read_slowly(records):
        time.sleep(milliseconds * len(records) / 1000)
        return read(records)

    return read_slowly


if __name__ == "__main__":
    code = main(sys.argv[1])
    sys.stdout.flush()
    os._exit(code)
