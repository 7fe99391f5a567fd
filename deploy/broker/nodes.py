"""Apache Kafka in KRaft mode as child processes of this one: one node or three, each broker and controller."""

from __future__ import annotations

import atexit
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from deploy.broker.java import BrokerUnavailableError, java

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEAP_MB_SINGLE = 400
HEAP_MB_CLUSTER = 256
READY_SECONDS_MAX = 90
STOP_SECONDS_MAX = 20
READY_LINE = "Kafka Server started"
LOG_TAIL_CHARS = 3000

# Reads process ids from its standard input, which only this process holds open. At its end, however this process
# came to die, it kills what is left of the brokers and removes their data.
_GUARDIAN = """
import os, shutil, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
alive = set()
for line in sys.stdin:
    number = int(line)
    alive.add(number) if number > 0 else alive.discard(-number)
for number in alive:
    try:
        os.killpg(number, signal.SIGKILL)
    except OSError:
        pass
shutil.rmtree(sys.argv[1], ignore_errors=True)
"""


class JarBroker:
    """A cluster of `nodes` nodes made of Kafka's jars. Data lie in a temporary folder, ports are free ones.

    listeners: security protocols that node 0 serves besides PLAINTEXT, each under its own name as the listener's;
    `addresses` has host:port of each. properties: the nodes' own settings, which go before those here.
    format_options: more arguments of `kafka-storage format`, such as `--add-scram`.
    """

    def __init__(
        self,
        jars: pathlib.Path,
        nodes: int = 1,
        *,
        listeners: Sequence[str] = (),
        properties: Mapping[str, object] | None = None,
        format_options: Sequence[str] = (),
    ) -> None:
        self._java = java()
        self._jars = jars
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="wire-story-broker-"))
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._properties, self._format_options = dict(properties or {}), tuple(format_options)
        ports = _free_ports(2 * nodes + len(listeners))
        self._ports, self._controller_ports, more = ports[:nodes], ports[nodes : 2 * nodes], ports[2 * nodes :]
        self.addresses = {name: f"127.0.0.1:{port}" for name, port in zip(listeners, more, strict=True)}
        self._heap_mb = HEAP_MB_SINGLE if nodes == 1 else HEAP_MB_CLUSTER
        self.nodes = nodes
        self.bootstrap = ",".join(f"127.0.0.1:{port}" for port in self._ports)
        self._guardian = subprocess.Popen(
            [sys.executable, "-c", _GUARDIAN, str(self._folder)], stdin=subprocess.PIPE, start_new_session=True
        )
        atexit.register(self.stop)
        try:
            self._format()
            self._launch(range(nodes))
        except BaseException:
            self.stop()
            raise

    def kill(self, node: int = 0) -> None:
        """SIGKILL, as a machine that loses power; the data stay for `start`."""
        process = self._processes.pop(node)
        _kill_group(process.pid)
        process.wait()
        self._tell_guardian(-process.pid)

    def start(self, node: int = 0) -> None:
        """Start a killed node again on its old port and data; returns when it serves."""
        if node not in self._processes:
            self._launch([node])

    def process_group(self, node: int = 0) -> int:
        """For who wants to kill the node at a moment of its own; `kill` is then still to be called."""
        return self._processes[node].pid

    def stop(self) -> None:
        """Stop every node and remove the data. May be called more than once."""
        atexit.unregister(self.stop)
        processes, self._processes = list(self._processes.values()), {}
        for process in processes:  # data are thrown away: there is nothing to shut down in order
            _kill_group(process.pid)
        for process in processes:
            process.wait(timeout=STOP_SECONDS_MAX)
        if self._guardian.stdin and not self._guardian.stdin.closed:
            for process in processes:
                self._tell_guardian(-process.pid)
            with contextlib.suppress(BrokenPipeError):
                self._guardian.stdin.close()
            self._guardian.wait(timeout=STOP_SECONDS_MAX)
        shutil.rmtree(self._folder, ignore_errors=True)

    def log(self, node: int = 0) -> str:
        """What the node logged so far."""
        return self._log_file(node).read_text(encoding="utf-8", errors="replace")

    # ------------------------------------------------------------------------------------------------

    def _format(self) -> None:
        # never a leading "-": the tool would take such an id for an option
        cluster = "w" + urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")[1:]
        running = []
        for node in range(self.nodes):
            path = self._folder / f"node-{node}.properties"
            path.write_text(_properties(self._settings(node)), encoding="utf-8")
            command = [*self._jvm(64), "kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(path)]
            command += self._format_options
            running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
        for process in running:
            output, _ = process.communicate(timeout=READY_SECONDS_MAX)
            if process.returncode != 0:
                said = output.decode(errors="replace")[-LOG_TAIL_CHARS:]
                raise BrokerUnavailableError(f"formatting Kafka's data folder ended with {process.returncode}: {said}")

    def _launch(self, nodes: Iterable[int]) -> None:
        offsets = {}
        for node in nodes:
            log = self._log_file(node)
            offsets[node] = log.stat().st_size if log.exists() else 0
            command = [*self._jvm(self._heap_mb), "kafka.Kafka", str(self._folder / f"node-{node}.properties")]
            with log.open("ab") as sink:
                process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=sink,
                    cwd=self._folder,
                    start_new_session=True,
                )
            self._processes[node] = process
            self._tell_guardian(process.pid)
        for node, offset in offsets.items():
            self._wait_ready(node, offset)

    def _wait_ready(self, node: int, offset: int) -> None:
        deadline = time.monotonic() + READY_SECONDS_MAX
        while True:
            said = self._log_file(node).read_bytes()[offset:]
            if READY_LINE.encode() in said:
                return
            ended = self._processes[node].poll()
            if ended is not None or time.monotonic() > deadline:
                why = f"ended with {ended}" if ended is not None else f"was not ready within {READY_SECONDS_MAX} s"
                tail = said[-LOG_TAIL_CHARS:].decode(errors="replace")
                raise BrokerUnavailableError(f"Kafka node {node} {why}:\n{tail}")
            time.sleep(0.05)

    def _jvm(self, heap_mb: int) -> list[str]:
        return [
            self._java,
            f"-Xmx{heap_mb}m",
            "-Xms64m",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            f"-Djava.io.tmpdir={self._folder}",  # a killed broker leaves its unpacked codecs behind
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-cp",
            f"{self._jars}/*",
        ]

    def _settings(self, node: int) -> dict[str, object]:
        copies = min(3, self.nodes)
        offered = {"PLAINTEXT": f"127.0.0.1:{self._ports[node]}"} | (self.addresses if node == 0 else {})
        public = ",".join(f"{name}://{address}" for name, address in offered.items())
        protocols = ",".join(f"{name}:{name}" for name in offered)
        voters = ",".join(f"{number}@127.0.0.1:{port}" for number, port in enumerate(self._controller_ports))
        return {
            "process.roles": "broker,controller",
            "node.id": node,
            "controller.quorum.voters": voters,
            "listeners": f"{public},CONTROLLER://127.0.0.1:{self._controller_ports[node]}",
            "advertised.listeners": public,
            "listener.security.protocol.map": f"{protocols},CONTROLLER:PLAINTEXT",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": self._folder / f"data-{node}",
            "auto.create.topics.enable": "false",
            "default.replication.factor": copies,
            "min.insync.replicas": max(1, copies - 1),
            "offsets.topic.num.partitions": 4,
            "offsets.topic.replication.factor": copies,
            "transaction.state.log.num.partitions": 4,
            "transaction.state.log.replication.factor": copies,
            "transaction.state.log.min.isr": max(1, copies - 1),
            "group.initial.rebalance.delay.ms": 0,
            "group.min.session.timeout.ms": 1000,
            "broker.session.timeout.ms": 3000,  # a killed node may register again only when its session is over
            "broker.heartbeat.interval.ms": 500,
            "message.max.bytes": 16_000_000,
            "replica.fetch.max.bytes": 16_000_000,
            "num.network.threads": 2,
            "num.io.threads": 4,
            "background.threads": 2,
            "num.recovery.threads.per.data.dir": 1,
            "log.cleaner.dedupe.buffer.size": 8_000_000,  # the default takes 128 MB of the heap
            "controlled.shutdown.enable": "false",
            **self._properties,
        }

    def _log_file(self, node: int) -> pathlib.Path:
        return self._folder / f"node-{node}.log"

    def _tell_guardian(self, number: int) -> None:
        if self._guardian.stdin and not self._guardian.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self._guardian.stdin.write(f"{number}\n".encode())
                self._guardian.stdin.flush()


def _properties(settings: dict[str, object]) -> str:
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _free_ports(count: int) -> list[int]:
    """Ports that were free just now, taken all at once so that they differ."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]
