"""The settings. One field is one environment variable: `reader_batch_bytes` is `WORKER_READER_BATCH_BYTES`.

Rule of the room: a field says its unit, its bounds and what it is for. What several must satisfy together is in
checks.py.
"""

from __future__ import annotations

import socket
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from worker.dedupe import JudgeConfig
from worker.settings.fields import TOPIC, TOPIC_WANT, hours_by_source, servers_of, setting
from worker.story import Limits

PREFIX = "WORKER_"
_LIMITS = Limits()
_JUDGE = JudgeConfig()


class Settings(BaseModel):
    """All settings with their defaults. Made by `worker.settings.load`; frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # How Kafka is reached
    kafka_bootstrap_servers: Annotated[tuple[str, ...], BeforeValidator(servers_of)] = setting(
        ("localhost:9092",), "host:port", "Brokers to ask first, separated by commas.", want="host:port[,host:port…]"
    )
    kafka_client_id: str = setting("wire-story-worker", "", "Name of this client in the brokers' logs and quotas.")
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = setting(
        "PLAINTEXT", "", "Encryption and authentication of the connection."
    )
    kafka_sasl_mechanism: Literal["", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = setting(
        "",
        "",
        "How to authenticate; needed with SASL_PLAINTEXT and SASL_SSL.",
        want="PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512",
    )
    kafka_sasl_username: str = setting("", "", "User name for SASL.", secret=True)
    kafka_sasl_password: str = setting("", "", "Password for SASL.", secret=True)
    kafka_ssl_cafile: str = setting("", "path", "Certificates to trust, PEM; empty = those of the system.")
    kafka_ssl_certfile: str = setting("", "path", "This client's certificate, PEM.")
    kafka_ssl_keyfile: str = setting("", "path", "This client's key, PEM.")
    kafka_ssl_key_password: str = setting("", "", "Password of the key.", secret=True)
    kafka_ssl_check_hostname: bool = setting(True, "", "Whether the broker's certificate must bear its host name.")  # noqa: FBT003
    kafka_request_timeout_ms: int = setting(30_000, "ms", "One request to a broker, at most.", ge=1_000, le=500_000)
    kafka_start_seconds_max: float = setting(
        60.0, "s", "How long a start waits for brokers and topics; then it exits with 75 or 78.", ge=1, le=3_600
    )
    kafka_away_seconds_max: float = setting(
        600.0, "s", "A process that finds no broker for so long exits with 75.", ge=5, le=86_400
    )

    # Topics
    topic_raw: str = setting("raw", "", "Wire messages in any format, as bytes.", pattern=TOPIC, want=TOPIC_WANT)
    topic_clean: str = setting(
        "clean",
        "",
        "Clean stories. The other topics hang on this name: .duplicates, .dead, and, internal, .stories and .index.",
        pattern=TOPIC,
        want=TOPIC_WANT,
    )
    topic_raw_partitions: int = setting(
        6, "", "For `worker topics create` where raw does not exist yet.", ge=1, le=10_000
    )
    topic_clean_partitions: int = setting(
        6, "", "For `worker topics create`: clean, duplicates and dead.", ge=1, le=10_000
    )
    topic_replication_factor: int = setting(
        -1, "", "For `worker topics create`; -1 = the brokers' default.", ge=-1, le=10
    )
    topic_raw_retention_days: int = setting(7, "days", "How long raw is kept; 0 = for ever.", ge=0, le=36_500)
    topic_clean_retention_days: int = setting(
        30, "days", "How long clean, duplicates and dead are kept; 0 = for ever.", ge=0, le=36_500
    )
    topic_stories_retention_days: int = setting(
        7,
        "days",
        "How long read stories wait for the judge. Stories deleted before they are judged stop it.",
        ge=1,
        le=365,
    )

    # Readers
    readers: int = setting(2, "processes", "Readers that `worker run` supervises.", ge=0, le=256)
    reader_group_id: str = setting("", "", "Consumer group of the readers; empty = <clean>.readers.")
    reader_batch_records: int = setting(200, "records", "Raw records of one commit, at most.", ge=1, le=10_000)
    reader_batch_bytes: int = setting(
        8_000_000, "bytes", "Raw bytes of one commit (a single record may be larger).", ge=10_000, le=1_000_000_000
    )
    reader_in_flight_bytes_max: int = setting(
        32_000_000, "bytes", "Sent and not yet acknowledged: bounds a reader's memory.", ge=100_000, le=2_000_000_000
    )
    reader_envelope_bytes_max: int = setting(
        24_000_000,
        "bytes",
        "One read record on the stories topic; a larger one becomes a dead letter.",
        ge=100_000,
        le=1_000_000_000,
    )
    reader_session_timeout_ms: int = setting(
        10_000, "ms", "A reader that is silent for so long loses its partitions.", ge=1_000, le=1_800_000
    )
    reader_heartbeat_interval_ms: int = setting(
        2_000, "ms", "At most a third of the session timeout.", ge=100, le=600_000
    )
    reader_max_poll_interval_ms: int = setting(
        300_000, "ms", "A reader that works longer on one batch loses its partitions.", ge=10_000, le=86_400_000
    )
    reader_ack_seconds_max: float = setting(
        120.0, "s", "From sending to the last acknowledgement; then the process ends.", ge=1, le=3_600
    )
    reader_commit_seconds_max: float = setting(
        60.0, "s", "One commit of offsets, retries included; then its batch is read again.", ge=1, le=3_600
    )
    reader_offset_reset: Literal["fail", "earliest", "latest"] = setting(
        "fail", "", "When committed raw records were deleted: stop and name the lost range, or go on at one end."
    )

    # Judge
    judges: int = setting(
        1, "processes", "Judges that `worker run` supervises: one is active, the others are hot standbys.", ge=0, le=8
    )
    judge_group_id: str = setting("", "", "Consumer group that elects the judge; empty = <clean>.judges.")
    judge_transactional_id: str = setting(
        "", "", "Fences the one writer: the same for all judges of a deployment; empty = <clean>.judge."
    )
    judge_batch_records: int = setting(1_000, "records", "Read records of one transaction, at most.", ge=1, le=100_000)
    judge_batch_items: int = setting(5_000, "items", "Their items (a single record may have more).", ge=1, le=1_000_000)
    judge_batch_bytes: int = setting(
        16_000_000, "bytes", "Their bytes (a single record may be larger).", ge=10_000, le=1_000_000_000
    )
    judge_in_flight_bytes_max: int = setting(
        64_000_000, "bytes", "Sent and not yet acknowledged: bounds the judge's memory.", ge=100_000, le=2_000_000_000
    )
    judge_record_bytes_max: int = setting(
        24_000_000, "bytes", "One output record; also max.message.bytes of the topics.", ge=100_000, le=1_000_000_000
    )
    judge_dead_bytes_max: int = setting(
        64_000_000,
        "bytes",
        "Raw bytes repeated over the dead letters of one record; further ones say only where the bytes are.",
        ge=0,
        le=2_000_000_000,
    )
    judge_transaction_timeout_ms: int = setting(
        15_000, "ms", "A transaction of a judge that died is ended after so long.", ge=1_000, le=900_000
    )
    judge_ack_seconds_max: float = setting(
        30.0, "s", "From sending to the last acknowledgement; then the process ends.", ge=1, le=3_600
    )
    judge_end_seconds_max: float = setting(
        10.0, "s", "From a commit to its end in every partition; then the next judge mends it.", ge=1, le=600
    )
    judge_catch_up_seconds_max: float = setting(
        300.0, "s", "How long an elected judge may read the rest of index; then it ends.", ge=1, le=86_400
    )
    judge_session_timeout_ms: int = setting(
        6_000, "ms", "A judge that is silent for so long is replaced by a standby.", ge=1_000, le=1_800_000
    )
    judge_heartbeat_interval_ms: int = setting(
        1_000, "ms", "At most a third of the session timeout.", ge=100, le=600_000
    )
    judge_checkpoint_seconds: float = setting(
        3_600.0, "s", "An idle judge writes its positions again after so long.", ge=1, le=86_400
    )
    judge_ahead_alarm_seconds: float = setting(
        60.0, "s", "A hole in a partition's chain that stays open so long raises the alarm.", ge=1, le=86_400
    )
    judge_offset_reset: Literal["fail", "earliest"] = setting(
        "fail", "", "When read records were deleted before they were judged: stop, or go on where they begin now."
    )

    # Duplicates
    dedupe: Literal["full", "ids", "off"] = setting(
        "full", "", "Recognise duplicates by text and ids, by ids and versions only, or not at all."
    )
    duplicates: Literal["topic", "drop"] = setting("topic", "", "Whether suppressed stories go to <clean>.duplicates.")
    dedupe_window_hours: int = setting(
        _JUDGE.window_hours, "h", "A text older than this (event time) is no original any more.", ge=0, le=8_760
    )
    dedupe_window_short_hours: int = setting(
        _JUDGE.window_short_hours, "h", "The same for stories under 60 words.", ge=0, le=8_760
    )
    dedupe_window_by_source: Annotated[dict[str, int], BeforeValidator(hours_by_source)] = setting(
        {}, "h", "Windows of single sources: source=hours, separated by commas.", want="source=hours[,source=hours…]"
    )
    dedupe_identity_days: int = setting(
        _JUDGE.identity_days,
        "days",
        "How long ids and versions are remembered; also the retention of index.",
        ge=1,
        le=3_650,
    )

    # Reading
    source: str = setting("", "", "Sender of records whose header and text name none.")
    enrich: bool = setting(True, "", "Whether names, dates, quotes, subjects and the like are extracted.")  # noqa: FBT003
    limit_message_bytes_max: int = setting(
        _LIMITS.message_bytes_max, "bytes", "One raw record, after gzip is undone.", ge=1_000, le=1_000_000_000
    )
    limit_story_bytes_max: int = setting(
        _LIMITS.story_bytes_max, "bytes", "One clean story as JSON.", ge=1_000, le=1_000_000_000
    )
    limit_body_chars_max: int = setting(_LIMITS.body_chars_max, "characters", "One body.", ge=1_000, le=100_000_000)
    limit_items_max: int = setting(_LIMITS.items_max, "items", "Items of one record.", ge=1, le=100_000)
    limit_depth_max: int = setting(_LIMITS.depth_max, "levels", "Nesting of JSON or XML.", ge=10, le=1_000)
    limit_field_chars_max: int = setting(
        _LIMITS.field_chars_max, "characters", "A field that is no body, note or caption.", ge=100, le=10_000_000
    )
    limit_list_max: int = setting(_LIMITS.list_max, "entries", "Entries of any list of a story.", ge=10, le=1_000_000)

    # Operation
    instance: str = setting(
        "",
        "",
        "Names this worker in its groups; unique a deployment. Empty = the host's name.",
        pattern=r"^[A-Za-z0-9._-]{0,200}$",
        want="at most 200 letters, digits, dots, dashes, underscores",
    )
    instance_static: bool = setting(
        True,  # noqa: FBT003
        "",
        "Static membership: a process killed and started again goes on at once with its partitions.",
    )
    http_host: str = setting("0.0.0.0", "", "Address of /livez, /readyz and /metrics.")  # noqa: S104 - probes come from outside
    http_port: int = setting(
        8080, "", "Port of /livez, /readyz and /metrics; 0 = any free one, which the log names.", ge=0, le=65_535
    )
    log_format: Literal["auto", "json", "console"] = setting(
        "auto", "", "auto = console on a terminal, else JSON lines."
    )
    log_level: Literal["debug", "info", "warning", "error"] = setting("info", "", "Least level that is logged.")
    stop_seconds_max: float = setting(
        25.0, "s", "From SIGTERM to the exit: batches are finished, what lasts longer is killed.", ge=1, le=600
    )
    restart_seconds_max: float = setting(
        30.0, "s", "Longest pause before an ended process is started again (it doubles from 0.1 s).", ge=0.1, le=600
    )
    spare: bool = setting(
        True,  # noqa: FBT003
        "",
        "Keep one more process loaded (90 MB), so that a killed one is replaced within a fraction of a second.",
    )
    lag_seconds: float = setting(
        15.0, "s", "How often the ends of partitions are asked for, which the lag is reckoned from.", ge=1, le=3_600
    )
    watchdog_loop_seconds_max: float = setting(
        240.0, "s", "A loop that stands still for so long ends its process with 70.", ge=5, le=86_400
    )
    watchdog_partition_seconds_max: float = setting(
        120.0, "s", "The same for one partition that has lag while others advance.", ge=5, le=86_400
    )
    watchdog_stalled_seconds_max: float = setting(
        900.0, "s", "The same when nothing at all arrives, as in an outage of the brokers.", ge=5, le=86_400
    )

    @property
    def instance_name(self) -> str:
        """The instance, or this host's name where none is set."""
        return self.instance or socket.gethostname()

    def limits(self) -> Limits:
        """What the readers refuse."""
        return Limits(
            message_bytes_max=self.limit_message_bytes_max,
            story_bytes_max=self.limit_story_bytes_max,
            body_chars_max=self.limit_body_chars_max,
            items_max=self.limit_items_max,
            depth_max=self.limit_depth_max,
            field_chars_max=self.limit_field_chars_max,
            list_max=self.limit_list_max,
        )

    def judge_config(self) -> JudgeConfig:
        """What verdicts depend on."""
        return JudgeConfig(
            mode=self.dedupe,
            window_hours=self.dedupe_window_hours,
            window_short_hours=self.dedupe_window_short_hours,
            window_by_source=self.dedupe_window_by_source,
            identity_days=self.dedupe_identity_days,
        )
