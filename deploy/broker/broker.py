"""Which broker: the one that is given, else a container, else Kafka's own jars on this machine's Java."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Protocol

from deploy.broker.docker import DockerBroker, engine_answers
from deploy.broker.java import BrokerUnavailableError, jars
from deploy.broker.nodes import JarBroker

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator

__all__ = ["Broker", "BrokerUnavailableError", "running_broker"]

GIVEN = "WORKER_KAFKA_BOOTSTRAP_SERVERS"


class Broker(Protocol):
    """A running Kafka. `bootstrap`: host:port, several separated by commas."""

    bootstrap: str
    nodes: int

    def kill(self, node: int = 0) -> None: ...
    def start(self, node: int = 0) -> None: ...
    def stop(self) -> None: ...


class GivenBroker:
    """Somebody else's broker: it is used and never touched."""

    nodes = 1

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap

    def kill(self, node: int = 0) -> None:
        raise BrokerUnavailableError(f"{GIVEN} names a broker that is not ours: node {node} is not killed")

    def start(self, node: int = 0) -> None:
        del node

    def stop(self) -> None:
        pass


@contextlib.contextmanager
def running_broker(
    nodes: int = 1, *, jar_folder: pathlib.Path | None = None, own: bool = False, quiet: bool = False
) -> Iterator[Broker]:
    """A broker for the length of the block; it is stopped and its data removed however the block ends.

    nodes: 1 or 3; three nodes are always made of Kafka's jars. own: never the given one nor a container (tests that
    kill brokers). jar_folder: where Kafka's jars are or shall be.

    Raises:
        BrokerUnavailableError: nothing can be started; the message says what to install.
    """
    broker = _choose(nodes, jar_folder, own=own, say=not quiet)
    try:
        yield broker
    finally:
        broker.stop()


def _choose(nodes: int, jar_folder: pathlib.Path | None, *, own: bool, say: bool) -> Broker:
    given = os.environ.get(GIVEN, "")
    if given and not own:
        _say(say, f"broker: {given}, as {GIVEN} says")
        return GivenBroker(given)
    if nodes == 1 and not own and engine_answers():
        _say(say, "broker: Kafka in a container")
        try:
            return DockerBroker()
        except Exception as error:  # noqa: BLE001 - no image, no network, no space: the jars may still do
            _say(say, f"broker: the container did not start ({error}); trying Kafka's jars")
    folder = jars(jar_folder)
    _say(say, f"broker: Apache Kafka from {folder}, {nodes} node{'s' if nodes > 1 else ''}")
    return JarBroker(folder, nodes)


def _say(wanted: bool, text: str) -> None:  # noqa: FBT001
    if wanted:
        print(text, file=sys.stderr, flush=True)
