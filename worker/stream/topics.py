"""The six topics: what they must be; made where absent, checked where they exist. Nothing existing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from kafka import errors
from kafka.admin import ConfigResource, ConfigResourceType

from worker.stream import clients, start, wiring
from worker.stream.aloud import Aloud
from worker.stream.failures import ending
from worker.stream.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafka import KafkaAdminClient

    from worker.settings import Settings

DAY_MS = 86_400_000
RECORD_MARGIN_BYTES = 131_072  # key, headers and the batch around a record count too
FOR_EVER = "-1"


class TopicPlan(NamedTuple):
    """What a topic is to be. `internal`: read by this worker alone, so that a difference breaks it."""

    name: str
    partitions: int
    configs: Mapping[str, str]
    internal: bool = False


class Existing(msgspec.Struct, frozen=True, kw_only=True):
    """What a broker says of a topic; configs with defaults filled in."""

    partitions: int
    configs: Mapping[str, str]


class Finding(NamedTuple):
    """A topic after `create`. `wrong`: the worker cannot run so; `differs`: it can."""

    plan: TopicPlan
    created: bool
    wrong: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


def plans(settings: Settings, raw_partitions: int) -> tuple[TopicPlan, ...]:
    """All six. `stories` has as many partitions as raw, `index` has one."""
    names = wiring.topic_names(settings)
    judged = settings.judge_record_bytes_max
    clean = _configs(settings.topic_clean_retention_days, judged)
    return (
        TopicPlan(
            names.raw, raw_partitions, _configs(settings.topic_raw_retention_days, settings.limit_message_bytes_max)
        ),
        TopicPlan(names.clean, settings.topic_clean_partitions, clean),
        TopicPlan(names.duplicates, settings.topic_clean_partitions, clean),
        TopicPlan(names.dead, settings.topic_clean_partitions, clean),
        TopicPlan(
            names.stories,
            raw_partitions,
            _configs(settings.topic_stories_retention_days, settings.reader_envelope_bytes_max)
            | {"retention.bytes": FOR_EVER},
            internal=True,
        ),
        TopicPlan(
            names.index,
            1,
            # rolled daily, so that what is older than the retention really goes
            _configs(settings.dedupe_identity_days, judged) | {"retention.bytes": FOR_EVER, "segment.ms": str(DAY_MS)},
            internal=True,
        ),
    )


def _configs(retention_days: int, record_bytes: int) -> dict[str, str]:
    return {
        "cleanup.policy": "delete",
        "retention.ms": str(retention_days * DAY_MS) if retention_days else FOR_EVER,
        "max.message.bytes": str(record_bytes + RECORD_MARGIN_BYTES),
    }


def compare(plan: TopicPlan, existing: Existing) -> Finding:
    """What an existing topic lacks: a pure decision.

    Wrong: too few bytes a record, compaction where history is read, and for the internal ones the number of partitions
    or a retention shorter than what the judge needs. All else is the owner's choice and only said.
    """
    wrong: list[str] = []
    differs: list[str] = []
    if existing.partitions != plan.partitions:
        (wrong if plan.internal else differs).append(f"{existing.partitions} partitions, want {plan.partitions}")
    for key, want in plan.configs.items():
        have = existing.configs.get(key, "")
        if have in ("", want):
            continue
        text = f"{key}={have}, want {want}"
        if key == "max.message.bytes":
            (wrong if int(have) < int(want) else differs).append(text)
        elif key == "cleanup.policy" or (key in ("retention.ms", "retention.bytes") and _shorter(have, want)):
            (wrong if plan.internal else differs).append(text)
        elif key != "segment.ms":
            differs.append(text)
    return Finding(plan, created=False, wrong=tuple(wrong), differs=tuple(differs))


def _shorter(have: str, want: str) -> bool:
    return have != FOR_EVER and (want == FOR_EVER or int(have) < int(want))


def create(settings: Settings) -> list[Finding]:
    """Create what is absent and compare what exists.

    Raises:
        LoopEnded: brokers do not answer, or rights are missing.
    """
    kafka = wiring.kafka_config(settings, "topics")
    hooks, stop = Aloud(), Stop()
    admin = start.patiently(lambda: clients.admin(kafka), kafka, hooks, stop, "connecting")
    try:
        names = [plan.name for plan in plans(settings, settings.topic_raw_partitions)]
        existing = start.patiently(lambda: _existing(admin, names), kafka, hooks, stop, "looking for topics")
        raw = existing.get(settings.topic_raw)
        wanted = plans(settings, raw.partitions if raw else settings.topic_raw_partitions)
        findings = []
        for plan in wanted:
            if plan.name in existing:
                findings.append(compare(plan, existing[plan.name]))
            else:
                _create(admin, plan, settings.topic_replication_factor)
                findings.append(Finding(plan, created=True))
        admin.wait_for_topics(names)
        return findings
    finally:
        admin.close()


def _existing(admin: KafkaAdminClient, names: Sequence[str]) -> dict[str, Existing]:
    partitions = {}
    for topic in admin.describe_topics(list(names)):
        error = errors.for_code(topic["error_code"])
        if error is errors.UnknownTopicOrPartitionError:
            continue
        if error is not errors.NoError:
            raise error(topic["name"])
        partitions[topic["name"]] = len(topic["partitions"])
    if not partitions:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in partitions]
    configs = admin.describe_configs(asked, config_filter="all")["topic"]
    return {
        name: Existing(
            partitions=count,
            configs={key: str(entry["value"]) for key, entry in configs[name].items() if entry["value"] is not None},
        )
        for name, count in partitions.items()
    }


def _create(admin: KafkaAdminClient, plan: TopicPlan, replication: int) -> None:
    configs = dict(plan.configs)
    if replication >= 3:
        configs["min.insync.replicas"] = "2"
    wish = {"num_partitions": plan.partitions, "replication_factor": replication, "configs": configs}
    try:
        admin.create_topics({plan.name: wish})
    except errors.TopicAlreadyExistsError:  # somebody was faster; a second call compares it
        return
    except errors.KafkaError as error:
        raise ending(error, f"creating topic {plan.name}") from error
