"""Ends a process that is alive but gets nowhere: whatever hangs, it is started again from what is committed."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from worker.stream.stop import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

CHECK_SECONDS = 1.0


class Watchdog:
    """A thread that asks `stuck` every second, and ends the process at the first answer that is not "".

    stuck: why the process is to be ended, in one sentence (`ops.liveness`). alarm: tells the log. end: ends the
    process at once, without unwinding (what hangs may hang there too).
    """

    def __init__(
        self,
        stuck: Callable[[], str],
        alarm: Callable[[str], None],
        end: Callable[[int], None] = os._exit,
        check_seconds: float = CHECK_SECONDS,
    ) -> None:
        self._stuck, self._alarm, self._end = stuck, alarm, end
        self._check_seconds = check_seconds
        self._over = threading.Event()
        self._stop_deadline = float("inf")

    def start(self) -> None:
        threading.Thread(target=self._run, name="watchdog", daemon=True).start()

    def stop_within(self, seconds: float) -> None:
        """From now on the process has this long to end by itself."""
        self._stop_deadline = min(self._stop_deadline, time.monotonic() + seconds)

    def over(self) -> None:
        """The loop has ended: nothing is left to watch."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.wait(self._check_seconds):
            late = time.monotonic() > self._stop_deadline
            why = "it was asked to stop and did not in time" if late else self._stuck()
            if why:
                self._alarm(why)
                faulthandler.dump_traceback(sys.stderr)
                self._end(ExitCode.INTERNAL)
                return
