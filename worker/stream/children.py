"""What a supervisor's children say of themselves, on one port: probes joined, metrics merged under `process`."""

from __future__ import annotations

import contextlib
import json
import pathlib
import threading
import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from worker.ops.http import Answer, Endpoints, fetch, serving
from worker.ops.merge import merge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ASK_SECONDS = 1.0
ANSWER_SECONDS_MAX = 2.0
START_SECONDS = 30.0  # a child that does not answer yet is starting, not dead


class Children:
    """`sockets`: name of a child -> where it serves its probes.

    Fed by the supervisor's thread (started, ended, restarted); asks the children in threads of its own.
    """

    def __init__(self, sockets: Mapping[str, str]) -> None:
        self._sockets = dict(sockets)
        self._started: dict[str, float] = {}
        self._heard: dict[str, float] = {}
        self.any_was_ready = False
        self._registry = CollectorRegistry()
        self._up = Gauge("worker_process_up", "1 while the process runs.", ["process"], registry=self._registry)
        self._restarts = Counter(
            "worker_process_restarts", "Starts after the first.", ["process"], registry=self._registry
        )
        for name in self._sockets:
            self._up.labels(name).set(0)
            self._restarts.labels(name)

    def started(self, name: str, now: float) -> None:
        self._heard[name] = self._started[name] = now
        self._up.labels(name).set(1)

    def ended(self, name: str) -> None:
        self._started.pop(name, None)
        self._up.labels(name).set(0)
        pathlib.Path(self._sockets[name]).unlink(missing_ok=True)

    def restarted(self, name: str) -> None:
        self._restarts.labels(name).inc()

    def silent_seconds(self, name: str, now: float) -> float:
        """Since the child last answered a probe, or was started."""
        return now - self._heard.get(name, now)

    @contextlib.contextmanager
    def serving(self, host: str, port: int) -> Iterator[int]:
        """Serve the joined endpoints, and keep asking the children, for the length of the block; gives the port."""
        over = threading.Event()
        asking = threading.Thread(target=self._ask, args=(over,), name="children", daemon=True)
        with serving(Endpoints(self._live, self._ready, self._metrics), host=host, port=port) as bound:
            asking.start()
            try:
                yield bound
            finally:
                over.set()

    def _ask(self, over: threading.Event) -> None:
        while not over.wait(ASK_SECONDS):
            for name in list(self._started):
                status, _ = fetch(self._sockets[name], "/readyz", ANSWER_SECONDS_MAX)
                if status:
                    self._heard[name] = time.monotonic()
                self.any_was_ready = self.any_was_ready or status == 200

    def _live(self) -> Answer:
        """Good unless a running child says that it is stuck, or has stopped answering."""
        now = time.monotonic()
        good, detail = True, {}
        for name, started in list(self._started.items()):
            status, body = fetch(self._sockets[name], "/livez", ANSWER_SECONDS_MAX)
            detail[name] = _said(status, body)
            good = good and (status == 200 or (status == 0 and now - started < START_SECONDS))
        return Answer(good, {"processes": detail})

    def _ready(self) -> Answer:
        """Good when every child runs and is ready."""
        good, detail = True, {}
        for name in self._sockets:
            status, body = fetch(self._sockets[name], "/readyz", ANSWER_SECONDS_MAX)
            detail[name] = _said(status, body)
            good = good and status == 200
        return Answer(good, {"processes": detail})

    def _metrics(self) -> bytes:
        texts = {"supervisor": generate_latest(self._registry)}
        for name in list(self._started):
            status, body = fetch(self._sockets[name], "/metrics", ANSWER_SECONDS_MAX)
            if status == 200:
                texts[name] = body
        return merge(texts)


def _said(status: int, body: bytes) -> object:
    return json.loads(body) if status else {"ok": False, "why": "it does not answer"}
