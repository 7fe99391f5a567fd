"""Settings become the plain structs that the loops are told. The one place where the two meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.stream.config import JudgeLoopConfig, KafkaConfig, ReaderConfig, TopicNames

if TYPE_CHECKING:
    from worker.settings import Settings

LOOP_SHARE_OF_STOP = 0.8  # of the time from SIGTERM to the exit; the rest is for closing, and for the supervisor


def kafka_config(settings: Settings, role: str = "") -> KafkaConfig:
    """How brokers are reached. `role` is added to the client id, so that the brokers' logs tell who it is."""
    return KafkaConfig(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        client_id=f"{settings.kafka_client_id}-{role}" if role else settings.kafka_client_id,
        security_protocol=settings.kafka_security_protocol,
        sasl_mechanism=settings.kafka_sasl_mechanism,
        sasl_username=settings.kafka_sasl_username,
        sasl_password=settings.kafka_sasl_password,
        ssl_cafile=settings.kafka_ssl_cafile,
        ssl_certfile=settings.kafka_ssl_certfile,
        ssl_keyfile=settings.kafka_ssl_keyfile,
        ssl_password=settings.kafka_ssl_key_password,
        ssl_check_hostname=settings.kafka_ssl_check_hostname,
        request_timeout_ms=settings.kafka_request_timeout_ms,
        start_seconds_max=settings.kafka_start_seconds_max,
    )


def topic_names(settings: Settings) -> TopicNames:
    """The six topics."""
    return TopicNames.of(settings.topic_raw, settings.topic_clean)


def reader_group(settings: Settings) -> str:
    return settings.reader_group_id or f"{settings.topic_clean}.readers"


def judge_group(settings: Settings) -> str:
    return settings.judge_group_id or f"{settings.topic_clean}.judges"


def instance_id(settings: Settings, slot: str) -> str:
    """The static member's id of a process ("reader-0"), "" for dynamic membership."""
    return f"{settings.instance_name}-{slot}" if settings.instance_static else ""


def reader_config(settings: Settings, slot: str) -> ReaderConfig:
    """One reader; `slot` tells it from the others of this worker."""
    return ReaderConfig(
        group_id=reader_group(settings),
        instance_id=instance_id(settings, slot),
        batch_records=settings.reader_batch_records,
        batch_bytes=settings.reader_batch_bytes,
        in_flight_bytes_max=settings.reader_in_flight_bytes_max,
        envelope_bytes_max=settings.reader_envelope_bytes_max,
        session_timeout_ms=settings.reader_session_timeout_ms,
        heartbeat_interval_ms=settings.reader_heartbeat_interval_ms,
        max_poll_interval_ms=settings.reader_max_poll_interval_ms,
        ack_seconds_max=settings.reader_ack_seconds_max,
        commit_seconds_max=settings.reader_commit_seconds_max,
        end_offsets_seconds=settings.lag_seconds,
        broker_away_seconds_max=settings.kafka_away_seconds_max,
        stop_seconds_max=settings.stop_seconds_max * LOOP_SHARE_OF_STOP,
        offset_reset=settings.reader_offset_reset,
    )


def judge_loop_config(settings: Settings, slot: str) -> JudgeLoopConfig:
    """One judge, active or standby."""
    return JudgeLoopConfig(
        group_id=judge_group(settings),
        transactional_id=settings.judge_transactional_id or f"{settings.topic_clean}.judge",
        instance_id=instance_id(settings, slot),
        batch_records=settings.judge_batch_records,
        batch_items=settings.judge_batch_items,
        batch_bytes=settings.judge_batch_bytes,
        in_flight_bytes_max=settings.judge_in_flight_bytes_max,
        record_bytes_max=settings.judge_record_bytes_max,
        dead_bytes_max=settings.judge_dead_bytes_max,
        transaction_timeout_ms=settings.judge_transaction_timeout_ms,
        ack_seconds_max=settings.judge_ack_seconds_max,
        end_seconds_max=settings.judge_end_seconds_max,
        end_offsets_seconds=settings.lag_seconds,
        catch_up_seconds_max=settings.judge_catch_up_seconds_max,
        session_timeout_ms=settings.judge_session_timeout_ms,
        heartbeat_interval_ms=settings.judge_heartbeat_interval_ms,
        checkpoint_seconds=settings.judge_checkpoint_seconds,
        ahead_alarm_seconds=settings.judge_ahead_alarm_seconds,
        duplicates=settings.duplicates,
        offset_reset=settings.judge_offset_reset,
        broker_away_seconds_max=settings.kafka_away_seconds_max,
        stop_seconds_max=settings.stop_seconds_max * LOOP_SHARE_OF_STOP,
    )
