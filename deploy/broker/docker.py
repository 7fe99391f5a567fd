"""Apache Kafka in a container of testcontainers, where a Docker engine answers."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from deploy.broker.nodes import READY_LINE, READY_SECONDS_MAX, _free_ports

if TYPE_CHECKING:
    from typing import Any

IMAGE = "confluentinc/cp-kafka:7.9.0"
PING_SECONDS_MAX = 3


def engine_answers() -> bool:
    """Whether a Docker engine runs here (a client without an engine is common)."""
    try:
        import docker  # noqa: PLC0415 - comes with testcontainers, which is a development dependency
    except ImportError:
        return False
    try:
        with contextlib.closing(docker.from_env(timeout=PING_SECONDS_MAX)) as client:
            return bool(client.ping())
    except Exception:  # noqa: BLE001 - whatever the reason, there is no engine to use
        return False


class DockerBroker:
    """One node. Its port on this machine is fixed, so that it is the same after `kill` and `start`."""

    nodes = 1

    def __init__(self) -> None:
        try:
            from testcontainers.community.kafka import KafkaContainer  # noqa: PLC0415
        except ImportError:  # before 4.15
            from testcontainers.kafka import KafkaContainer  # noqa: PLC0415
        (port,) = _free_ports(1)
        self._container: Any = KafkaContainer(IMAGE).with_kraft().with_bind_ports(9093, port)
        for name, value in {
            "AUTO_CREATE_TOPICS_ENABLE": "false",
            "OFFSETS_TOPIC_NUM_PARTITIONS": "4",
            "TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
            "TRANSACTION_STATE_LOG_MIN_ISR": "1",
            "TRANSACTION_STATE_LOG_NUM_PARTITIONS": "4",
            "GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
            "GROUP_MIN_SESSION_TIMEOUT_MS": "1000",
            "BROKER_SESSION_TIMEOUT_MS": "3000",
            "BROKER_HEARTBEAT_INTERVAL_MS": "500",
            "MESSAGE_MAX_BYTES": "16000000",
            "REPLICA_FETCH_MAX_BYTES": "16000000",
            "HEAP_OPTS": "-Xms64m -Xmx400m",
        }.items():
            self._container.with_env(f"KAFKA_{name}", value)
        self._container.start(timeout=READY_SECONDS_MAX)
        self.bootstrap: str = self._container.get_bootstrap_server()

    def kill(self, node: int = 0) -> None:
        del node
        self._container.get_wrapped_container().kill()

    def start(self, node: int = 0) -> None:
        del node
        container = self._container.get_wrapped_container()
        since = int(time.time())
        container.start()
        deadline = time.monotonic() + READY_SECONDS_MAX
        while READY_LINE.encode() not in container.logs(since=since):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the Kafka container was not ready within {READY_SECONDS_MAX} s")
            time.sleep(0.2)

    def stop(self) -> None:
        self._container.stop()
