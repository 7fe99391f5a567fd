"""What the loops are told: plain frozen values, no environment. `worker.settings` maps onto these.

Units come last in the names; every bound says what it bounds. Defaults are the settings measured on
Apache Kafka 4.3.1 with kafka-python 3.0.12.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec


class KafkaConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How the brokers are reached; shared by every client of a process."""

    bootstrap_servers: tuple[str, ...]
    client_id: str = "wire-story-worker"
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = ""
    sasl_username: str = ""
    sasl_password: str = ""
    ssl_cafile: str = ""
    ssl_certfile: str = ""
    ssl_keyfile: str = ""
    ssl_password: str = ""
    ssl_check_hostname: bool = True
    request_timeout_ms: int = 30_000
    start_seconds_max: float = 60.0  # how long a start waits for brokers, topics and rights to appear


class TopicNames(msgspec.Struct, frozen=True, kw_only=True):
    """The six topics. `stories` has as many partitions as `raw`, `index` has one."""

    raw: str
    clean: str
    duplicates: str
    dead: str
    stories: str
    index: str

    @classmethod
    def of(cls, raw: str, clean: str) -> TopicNames:
        """The conventional names: everything but raw hangs on the name of clean."""
        return cls(
            raw=raw,
            clean=clean,
            duplicates=f"{clean}.duplicates",
            dead=f"{clean}.dead",
            stories=f"{clean}.stories",
            index=f"{clean}.index",
        )


class ReaderConfig(msgspec.Struct, frozen=True, kw_only=True):
    """One reader. With `instance_id` the member is static: killed and started again, it works on at once."""

    group_id: str
    instance_id: str = ""  # "" = dynamic; else unique in the group
    batch_records: int = 200  # raw records of one commit, at most
    batch_bytes: int = 8_000_000  # bytes of raw values of one commit (one record may be larger)
    in_flight_bytes_max: int = 32_000_000  # bytes of envelopes sent and not yet acknowledged
    envelope_bytes_max: int = 24_000_000  # one stories record; not above max.message.bytes of the stories topic
    session_timeout_ms: int = 10_000
    heartbeat_interval_ms: int = 2_000
    max_poll_interval_ms: int = 300_000
    ack_seconds_max: float = 120.0  # from sending to the last acknowledgement of a batch; then the process ends
    commit_seconds_max: float = 60.0  # for one offset commit, retries included
    stop_seconds_max: float = 20.0  # asked to stop: to finish the batch, commit and leave; then the process ends anyway
    end_offsets_seconds: float = 15.0  # how often the ends of the partitions are asked for, for lag
    broker_away_seconds_max: float = 600.0  # polls that find no broker for so long end the process
    poll_ms: int = 500
    fetch_max_wait_ms: int = 100
    linger_ms: int = 2
    offset_reset: Literal["fail", "earliest", "latest"] = "fail"
    start_at: Mapping[int, int] = {}  # raw partition -> first offset, for a group that never committed it
    stop_at: Mapping[int, int] = {}  # raw partition -> offset to stop before; empty = never ends


class JudgeLoopConfig(msgspec.Struct, frozen=True, kw_only=True):
    """The judge's loop. Every judge of a deployment has the same `group_id` and `transactional_id`."""

    group_id: str  # elects; commits nothing that matters
    transactional_id: str  # fences: the fixed id of the one writer
    instance_id: str = ""
    batch_records: int = 1_000  # stories records of one transaction, at most
    batch_items: int = 5_000  # their items (one record may have more)
    batch_bytes: int = 16_000_000  # their bytes (one record may be larger)
    in_flight_bytes_max: int = 64_000_000  # bytes sent and not yet acknowledged
    record_bytes_max: int = 24_000_000  # one output record; not above max.message.bytes of its topic
    dead_bytes_max: int = 64_000_000  # raw bytes repeated over the dead letters of one record
    transaction_timeout_ms: int = 15_000
    ack_seconds_max: float = 30.0  # from sending to the last acknowledgement of a transaction
    end_seconds_max: float = 10.0  # from a commit to its end in every partition; then the process ends, and mends it
    stop_seconds_max: float = 20.0  # asked to stop: to finish the transaction and leave; then the process ends anyway
    end_offsets_seconds: float = 15.0
    broker_away_seconds_max: float = 600.0
    session_timeout_ms: int = 6_000
    heartbeat_interval_ms: int = 1_000
    poll_ms: int = 500
    fetch_max_wait_ms: int = 100  # an idle judge asks this often; with data the broker answers at once
    linger_ms: int = 5
    checkpoint_seconds: float = 3_600.0  # an idle judge writes its positions again after so long
    ahead_alarm_seconds: float = 60.0  # a hole in a partition's chain that stays open so long raises the alarm
    catch_up_seconds_max: float = 300.0  # from election to the end of index; it was hot before, so this is short
    duplicates: Literal["topic", "drop"] = "topic"
    offset_reset: Literal["fail", "earliest"] = "fail"
    # "earliest": stories deleted before they were judged do not stop the judge; what lies beyond the hole is still
    # not judged until the readers have filled it again
    stop_at: Mapping[int, int] = {}  # stories partition -> offset to stop before; empty = never ends
