"""Starts a process again whenever it ends, as a supervisor would; wakes those that stopped themselves."""

from __future__ import annotations

import collections
import contextlib
import os
import pathlib
import signal
import threading
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.chaos.stage import Stage


class Keeper:
    """`starters`: name -> what starts it. `asleep_seconds`: how long a stopped process sleeps before it is woken."""

    def __init__(self, stage: Stage, starters: dict[str, Callable[[], None]], asleep_seconds: float = 9.0) -> None:
        self._stage = stage
        self._starters = starters
        self._asleep_seconds = asleep_seconds
        self._over = threading.Event()
        self._asleep: dict[int, float] = {}
        self.restarts: collections.Counter[str] = collections.Counter()
        self.ended_with: collections.Counter[int] = collections.Counter()
        self.woken = 0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        for start in self._starters.values():
            start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(10)

    def _run(self) -> None:
        while not self._over.wait(0.05):
            for name, start in self._starters.items():
                process = self._stage.processes[name]
                code = process.poll()
                if code is not None and not self._over.is_set():
                    self.ended_with[code] += 1
                    self.restarts[name] += 1
                    start()
                elif asleep(process.pid):
                    since = self._asleep.setdefault(process.pid, time.monotonic())
                    if time.monotonic() - since > self._asleep_seconds:
                        del self._asleep[process.pid]
                        self.woken += 1
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(process.pid, signal.SIGCONT)


def asleep(pid: int) -> bool:
    """Whether a process is stopped."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T"
    except (OSError, IndexError):
        return False
