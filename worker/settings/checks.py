"""What several settings must satisfy together, in plain sight. The error stands at the first of `fields`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.settings.model import Settings


OWN_SUFFIXES = ("", ".duplicates", ".dead", ".stories", ".index")


class Check(NamedTuple):
    """`holds` is asked only when every one of `fields` is good by itself."""

    fields: tuple[str, ...]
    holds: Callable[[Settings], bool]
    want: str


def _uses_sasl(s: Settings) -> bool:
    return s.kafka_security_protocol.startswith("SASL")


CHECKS: tuple[Check, ...] = (
    Check(
        ("kafka_sasl_mechanism", "kafka_security_protocol"),
        lambda s: bool(s.kafka_sasl_mechanism) == _uses_sasl(s),
        "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512 with WORKER_KAFKA_SECURITY_PROTOCOL=SASL_…, and nothing without",
    ),
    Check(
        ("kafka_sasl_username", "kafka_security_protocol"),
        lambda s: bool(s.kafka_sasl_username) or not _uses_sasl(s),
        "a user name, as WORKER_KAFKA_SECURITY_PROTOCOL is SASL_…",
    ),
    Check(
        ("kafka_sasl_password", "kafka_security_protocol"),
        lambda s: bool(s.kafka_sasl_password) or not _uses_sasl(s),
        "a password, as WORKER_KAFKA_SECURITY_PROTOCOL is SASL_…",
    ),
    Check(
        ("kafka_ssl_keyfile", "kafka_ssl_certfile"),
        lambda s: bool(s.kafka_ssl_keyfile) == bool(s.kafka_ssl_certfile),
        "a key exactly when WORKER_KAFKA_SSL_CERTFILE names a certificate",
    ),
    Check(
        ("topic_raw", "topic_clean"),
        lambda s: s.topic_raw not in {s.topic_clean + suffix for suffix in OWN_SUFFIXES},
        "none of the topics that this worker writes, which hang on WORKER_TOPIC_CLEAN",
    ),
    Check(
        ("reader_group_id", "judge_group_id"),
        lambda s: not s.reader_group_id or s.reader_group_id != s.judge_group_id,
        "another group than WORKER_JUDGE_GROUP_ID",
    ),
    Check(
        ("reader_heartbeat_interval_ms", "reader_session_timeout_ms"),
        lambda s: s.reader_heartbeat_interval_ms * 3 <= s.reader_session_timeout_ms,
        "at most a third of WORKER_READER_SESSION_TIMEOUT_MS",
    ),
    Check(
        ("judge_heartbeat_interval_ms", "judge_session_timeout_ms"),
        lambda s: s.judge_heartbeat_interval_ms * 3 <= s.judge_session_timeout_ms,
        "at most a third of WORKER_JUDGE_SESSION_TIMEOUT_MS",
    ),
    Check(
        ("reader_envelope_bytes_max", "limit_message_bytes_max", "limit_story_bytes_max"),
        lambda s: s.reader_envelope_bytes_max >= s.limit_message_bytes_max + s.limit_story_bytes_max,
        "at least WORKER_LIMIT_MESSAGE_BYTES_MAX + WORKER_LIMIT_STORY_BYTES_MAX",
    ),
    Check(
        ("judge_record_bytes_max", "limit_message_bytes_max", "limit_story_bytes_max"),
        lambda s: s.judge_record_bytes_max >= s.limit_message_bytes_max + s.limit_story_bytes_max,
        "at least WORKER_LIMIT_MESSAGE_BYTES_MAX + WORKER_LIMIT_STORY_BYTES_MAX",
    ),
    Check(
        ("dedupe_window_short_hours", "dedupe_window_hours"),
        lambda s: s.dedupe_window_short_hours <= s.dedupe_window_hours,
        "at most WORKER_DEDUPE_WINDOW_HOURS",
    ),
    Check(
        ("dedupe_identity_days", "dedupe_window_hours"),
        lambda s: s.dedupe_identity_days * 24 >= s.dedupe_window_hours,
        "at least as long as WORKER_DEDUPE_WINDOW_HOURS",
    ),
)
