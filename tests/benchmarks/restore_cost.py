"""How long a judge's cold start takes: an index of many entries read back from a real Kafka into memory.

    python tests/benchmarks/restore_cost.py [--entries 1000000]

Entries are made by judging invented claims in batches of 50, one index record a batch, as the judge writes them.
"""

from __future__ import annotations

import argparse
import time
import uuid

from kafka import KafkaAdminClient, KafkaProducer
from kafka.admin import NewTopic

from deploy.broker import running_broker
from tests.benchmarks.dedupe_cost import drawn_claims
from worker.dedupe import Judge
from worker.stream.config import JudgeLoopConfig, KafkaConfig
from worker.stream.hooks import NoHooks
from worker.stream.indextail import IndexTail
from worker.stream.state import JudgeState, encode
from worker.stream.stop import Stop

BATCH = 50


def index_records(count: int) -> list[bytes]:
    """The index topic's values after `count` judged claims."""
    judge, state, out = Judge(), JudgeState(), []
    claims = list(drawn_claims(count))
    for at in range(0, count, BATCH):
        judge.decide(claims[at : at + BATCH])
        state.order += BATCH
        record = state.record(judge.entries(), {}, "raw", "bench")
        state.serial = record.serial
        out.append(encode(record))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    count = parser.parse_args().entries
    values = index_records(count)
    with running_broker(quiet=True) as broker:
        topic = f"bench.{uuid.uuid4().hex[:6]}.index"
        admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
        admin.create_topics([NewTopic(topic, 1, 1, topic_configs={"max.message.bytes": "30000000"})])
        admin.wait_for_topics([topic])
        admin.close()
        producer = KafkaProducer(
            bootstrap_servers=broker.bootstrap,
            compression_type="lz4",
            batch_size=512 << 10,
            max_request_size=30_000_000,
        )
        for number, value in enumerate(values):
            producer.send(topic, value)
            if number % 1_000 == 0:
                producer.flush()
        producer.flush()
        producer.close()
        kafka = KafkaConfig(bootstrap_servers=tuple(broker.bootstrap.split(",")))
        config = JudgeLoopConfig(group_id="bench", transactional_id="bench")
        state, judge = JudgeState(), Judge()
        began = time.perf_counter()
        tail = IndexTail(kafka, config, topic, state, judge, NoHooks(), Stop())
        tail.read_to(tail.end(), seconds_max=300)
        took = time.perf_counter() - began
        tail.close()
    print(f"cold start: {count} entries in {len(values)} records of {BATCH} read from Kafka in {took:.1f} s (aim 10)")


if __name__ == "__main__":
    main()
