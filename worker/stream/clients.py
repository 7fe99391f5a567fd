"""Kafka clients as this project needs them. Each setting that is not a default has its reason here or in DESIGN.md."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafka import TopicPartition

    from worker.stream.config import JudgeLoopConfig, KafkaConfig, ReaderConfig

NEVER_MS = 2_000_000_000  # delivery_timeout_ms: a batch that expires wedges the idempotent producer; deadlines are ours
BOOTSTRAP_MS = (
    5_000  # one attempt of a start; `start.patiently` tries again. The default of 30 s would outlast its limit
)
RECONNECT_MS_MAX = 2_000  # after an outage work goes on within this
METADATA_AGE_MS = 30_000  # a topic created again, or a moved leader, is noticed within this
PARTITION_FETCH_BYTES = 4 << 20
FETCH_BYTES = 16 << 20
BATCH_BYTES = 512 << 10
SIZE_MARGIN_BYTES = 65_536  # max_request_size counts key, headers and batch too

_KEEPALIVE = [
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
]


def common(kafka: KafkaConfig) -> dict[str, Any]:
    """What every client is given: addresses, security, keepalive."""
    given: dict[str, Any] = {
        "bootstrap_servers": list(kafka.bootstrap_servers),
        "client_id": kafka.client_id,
        "security_protocol": kafka.security_protocol,
        "request_timeout_ms": kafka.request_timeout_ms,
        "reconnect_backoff_max_ms": RECONNECT_MS_MAX,
        "bootstrap_timeout_ms": BOOTSTRAP_MS,
        "socket_options": _KEEPALIVE,
    }
    if "SSL" in kafka.security_protocol:
        given |= {
            "ssl_check_hostname": kafka.ssl_check_hostname,
            "ssl_cafile": kafka.ssl_cafile or None,
            "ssl_certfile": kafka.ssl_certfile or None,
            "ssl_keyfile": kafka.ssl_keyfile or None,
            "ssl_password": kafka.ssl_password or None,
        }
    if kafka.security_protocol.startswith("SASL"):
        given |= {
            "sasl_mechanism": kafka.sasl_mechanism,
            "sasl_plain_username": kafka.sasl_username,
            "sasl_plain_password": kafka.sasl_password,
        }
    return given


def _consumer(kafka: KafkaConfig, **more: Any) -> KafkaConsumer:
    settings = common(kafka) | {
        "enable_auto_commit": False,
        "auto_offset_reset": "none",  # offsets are chosen here, never by the client
        "allow_auto_create_topics": False,
        "max_partition_fetch_bytes": PARTITION_FETCH_BYTES,
        "fetch_max_bytes": FETCH_BYTES,
        "isolation_level": "read_committed",
        "metadata_max_age_ms": METADATA_AGE_MS,
        "metrics_enabled": False,
    }
    return KafkaConsumer(**(settings | more))


def _membership(config: ReaderConfig | JudgeLoopConfig) -> dict[str, Any]:
    """What makes a member of a group: static where it has an instance id, cooperative always."""
    return {
        "group_id": config.group_id,
        "group_instance_id": config.instance_id or None,
        "partition_assignment_strategy": (CooperativeStickyAssignor,),
        "session_timeout_ms": config.session_timeout_ms,
        "heartbeat_interval_ms": config.heartbeat_interval_ms,
    }


def raw_consumer(kafka: KafkaConfig, config: ReaderConfig) -> KafkaConsumer:
    """A reader's member of its group. Raw is read committed even where raw has no transactions: producers may have."""
    return _consumer(
        kafka,
        **_membership(config),
        max_poll_interval_ms=config.max_poll_interval_ms,
        max_poll_records=config.batch_records,
        fetch_max_wait_ms=config.fetch_max_wait_ms,
    )


def election_consumer(kafka: KafkaConfig, config: JudgeLoopConfig) -> KafkaConsumer:
    """A judge's member of the group that elects. It reads nothing."""
    return _consumer(
        kafka,
        **_membership(config),
        max_poll_records=1,
        auto_offset_reset="latest",
    )


def tail_consumer(kafka: KafkaConfig, *, records_max: int, wait_ms: int, committed: bool = True) -> KafkaConsumer:
    """A consumer without a group; partitions and offsets are assigned by hand."""
    return _consumer(
        kafka,
        max_poll_records=records_max,
        fetch_max_wait_ms=wait_ms,
        isolation_level="read_committed" if committed else "read_uncommitted",
    )


def _producer(kafka: KafkaConfig, record_bytes_max: int, **more: Any) -> KafkaProducer:
    settings = common(kafka) | {
        "enable_idempotence": True,
        "acks": "all",
        "compression_type": "lz4",
        "batch_size": BATCH_BYTES,
        "max_request_size": record_bytes_max + SIZE_MARGIN_BYTES,
        "delivery_timeout_ms": NEVER_MS,
        "retry_backoff_ms": 20,  # a retried transaction request sleeps this long in the sender
        "allow_auto_create_topics": False,
        "metadata_max_age_ms": METADATA_AGE_MS,
        "metrics_enabled": False,
    }
    return KafkaProducer(**(settings | more))


def stories_producer(kafka: KafkaConfig, config: ReaderConfig) -> KafkaProducer:
    """A reader's: idempotent, no transaction."""
    return _producer(kafka, config.envelope_bytes_max, linger_ms=config.linger_ms)


def judge_producer(kafka: KafkaConfig, config: JudgeLoopConfig) -> KafkaProducer:
    """The judge's: one fixed transactional id for all judges, which is the fence."""
    return _producer(
        kafka,
        config.record_bytes_max,
        linger_ms=config.linger_ms,
        transactional_id=config.transactional_id,
        transaction_timeout_ms=config.transaction_timeout_ms,
        max_block_ms=30_000,
    )


def admin(kafka: KafkaConfig) -> KafkaAdminClient:
    return KafkaAdminClient(**common(kafka))


def learn(producer: KafkaProducer, topics: Iterable[str]) -> None:
    """Have the producer know the topics' partitions: a first record to one that it does not know blocks, for as long as
    `max_block_ms`, while brokers are away.
    """
    for topic in topics:
        producer.partitions_for(topic)


def add_to_transaction(producer: KafkaProducer, partition: TopicPartition) -> None:
    """Make a partition part of the producer's transaction without a record: it gets the transaction's end only.

    kafka-python has no public way to this; the attribute is checked by the broker tests.
    """
    producer._transaction_manager.maybe_add_partition_to_transaction(partition)  # noqa: SLF001


def cached_topic_id(consumer: KafkaConsumer, topic: str) -> bytes | None:
    """The topic's id as the consumer's metadata have it now, without asking a broker. None: not known.

    kafka-python gives no public way to this; the attribute is checked by the broker tests.
    """
    found = consumer._cluster.topic_id(topic)  # noqa: SLF001
    return found.bytes if found is not None else None
