"""Before a loop begins: brokers answer, topics are there and fit together. Retries only here, and with an end."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, TypeVar

import msgspec
import tenacity
from kafka import errors
from kafka.admin import ConfigResource, ConfigResourceType

from worker.stream import clients
from worker.stream.failures import TRANSIENT, Heard, ending
from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kafka import KafkaAdminClient

    from worker.stream.config import KafkaConfig
    from worker.stream.hooks import Hooks
    from worker.stream.stop import Stop

Made = TypeVar("Made")


class TopicFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a broker says of a topic. `message_bytes_max`: its max.message.bytes, 0 = not to be learnt."""

    name: str
    id: bytes
    partitions: int
    message_bytes_max: int = 0


def patiently(make: Callable[[], Made], kafka: KafkaConfig, hooks: Hooks, stop: Stop, doing: str) -> Made:
    """Call `make` until it works, for `start_seconds_max`; only errors of absent or starting brokers are waited out.

    Raises:
        LoopEnded: TRY_LATER after that time; CONFIG for missing rights and, after one attempt, for a refused password
            or certificate; CLEAN when asked to stop meanwhile.
    """
    heard = Heard()

    def attempt() -> Made:
        heard.errors.clear()
        try:
            return make()
        except TRANSIENT as error:
            if refusal := heard.refusal():
                raise ending(refusal, doing) from error
            raise

    def failed(state: tenacity.RetryCallState) -> None:
        hooks.beat()
        hooks.event(
            "broker_awaited",
            doing=doing,
            attempt=state.attempt_number,
            error=repr(state.outcome.exception()) if state.outcome else "",
        )

    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(TRANSIENT),
        wait=tenacity.wait_random_exponential(multiplier=0.2, max=3),
        stop=lambda state: bool(stop) or (state.seconds_since_start or 0.0) > kafka.start_seconds_max,
        before_sleep=failed,
        sleep=lambda seconds: void(stop.wait(seconds)),
        reraise=True,
    )
    try:
        with heard:
            return retrying(attempt)
    except TRANSIENT as error:
        if stop:
            raise LoopEnded(ExitCode.CLEAN, f"{doing}: asked to stop") from error
        servers = ",".join(kafka.bootstrap_servers)
        last = heard.errors[-1] if heard.errors else error
        # the broker hangs up on a refused password, often before kafka-python has read its reason
        refused = ", or a user name or password that is refused," if kafka.sasl_mechanism else ""
        raise LoopEnded(
            ExitCode.TRY_LATER,
            f"{doing}: no answer from {servers} over {kafka.security_protocol} in {kafka.start_seconds_max:.0f} s "
            f"({str(last)[:200] or type(last).__name__}). Wrong host or port, a broker that is down, or a security "
            f"protocol or CA file that does not match the listener{refused} look all the same from here",
        ) from error
    except Exception as error:
        raise ending(error, doing) from error


def void(_: object) -> None:
    """Take a value and give none."""


def topic_facts(kafka: KafkaConfig, names: Sequence[str], hooks: Hooks, stop: Stop) -> dict[str, TopicFacts]:
    """What the brokers say of these topics; waits for topics that are not there yet.

    Raises:
        LoopEnded: CONFIG for a topic that does not appear within `start_seconds_max`, and as `patiently`.
    """
    admin = patiently(lambda: clients.admin(kafka), kafka, hooks, stop, "connecting")
    deadline = time.monotonic() + kafka.start_seconds_max
    try:
        while True:
            described = patiently(lambda: admin.describe_topics(list(names)), kafka, hooks, stop, "looking for topics")
            absent = {topic["name"]: errors.for_code(topic["error_code"]) for topic in described if topic["error_code"]}
            for name, error in absent.items():
                if error.__name__ != "UnknownTopicOrPartitionError" and not issubclass(error, TRANSIENT):
                    raise ending(error(name), f"looking for topic {name}")
            if not absent:
                break
            if stop:
                raise LoopEnded(ExitCode.CLEAN, "asked to stop")
            if time.monotonic() > deadline:
                raise LoopEnded(
                    ExitCode.CONFIG,
                    f"there is no topic {', '.join(sorted(absent))}: make the topics with `worker topics create`, "
                    "or correct the names",
                )
            hooks.beat()
            hooks.event("topics_awaited", topics=sorted(absent))
            stop.wait(1.0)
        limits = _limits(admin, names, hooks)
    finally:
        admin.close()
    return {
        topic["name"]: TopicFacts(
            name=topic["name"],
            id=uuid.UUID(str(topic["topic_id"])).bytes,
            partitions=len(topic["partitions"]),
            message_bytes_max=limits.get(topic["name"], 0),
        )
        for topic in described
    }


def _limits(admin: KafkaAdminClient, names: Sequence[str], hooks: Hooks) -> dict[str, int]:
    """max.message.bytes of the topics, as far as this user may ask."""
    asked = [ConfigResource(ConfigResourceType.TOPIC, name, ["max.message.bytes"]) for name in names]
    try:
        answers = admin.describe_configs(asked, config_filter="all")["topic"]
    except errors.KafkaError as error:  # without the right to ask, sizes are only checked against settings
        hooks.event("topic_limits_unknown", error=repr(error))
        return {}
    return {name: int(configs["max.message.bytes"]["value"]) for name, configs in answers.items() if configs}


def check_partitions(raw: TopicFacts, stories: TopicFacts) -> None:
    """Raises LoopEnded CONFIG when stories does not have raw's number of partitions."""
    if raw.partitions != stories.partitions:
        raise LoopEnded(
            ExitCode.CONFIG,
            f"topic {raw.name} has {raw.partitions} partitions but {stories.name} has {stories.partitions}: they need "
            f"the same number; add partitions to {stories.name if stories.partitions < raw.partitions else raw.name}",
        )


def check_limit(topic: TopicFacts, bytes_max: int, setting: str) -> None:
    """Raises LoopEnded CONFIG when the topic takes less than what may be sent to it."""
    if 0 < topic.message_bytes_max < bytes_max:
        raise LoopEnded(
            ExitCode.CONFIG,
            f"topic {topic.name} takes records of {topic.message_bytes_max} bytes (max.message.bytes), but {setting} "
            f"may have {bytes_max}: raise the one or lower the other",
        )
