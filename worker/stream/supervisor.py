"""`worker run`: a judge and N readers as child processes, started again when they end, stopped together.

* A child that ends is started again: at once after a healthy run, then after 0.1 s, doubled up to a limit.
* A child that ends with 78 stops the whole with 78: a person must change something, and starting again will not.
* A child that ends with 75 before any child was ever ready stops the whole with 75: the brokers were never there.
* A child whose probes do not answer (frozen: its own watchdog cannot run) is killed.
* SIGTERM and SIGINT are passed on; what has not ended in time is killed. A second signal kills at once.
* One more process is kept loaded as a spare, so that a killed child is replaced within a fraction of a second.
* When the supervisor dies, its children's standard input ends, and they stop by themselves.
"""

from __future__ import annotations

import contextlib
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Literal

from worker.ops.logging import logger
from worker.stream.assignment import Assignment
from worker.stream.children import Children
from worker.stream.stop import ExitCode, Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.settings import Settings

LOOK_SECONDS = 0.05
PAUSE_FIRST_SECONDS = 0.1
HEALTHY_SECONDS = 10.0
SPARE_SECONDS = 5.0  # after a start, before a spare is loaded
CHILD = (sys.executable, "-m", "worker.stream.child")


class Backoff:
    """How long to wait before a child is started again: nothing after a healthy run, then 0.1, 0.2, 0.4 … s."""

    def __init__(self, seconds_max: float, healthy_seconds: float = HEALTHY_SECONDS) -> None:
        self._seconds_max = seconds_max
        self._healthy_seconds = healthy_seconds
        self._next = 0.0

    def pause(self, ran_seconds: float) -> float:
        """The pause in seconds after a run of `ran_seconds`."""
        if ran_seconds >= self._healthy_seconds:
            self._next = 0.0
        pause = min(self._next, self._seconds_max)
        self._next = max(PAUSE_FIRST_SECONDS, pause * 2)
        return pause


class Child:
    """One place with its process, if it has one now. Times are monotonic seconds."""

    def __init__(self, place: Assignment, backoff: Backoff) -> None:
        self.place = place
        self.name = place.name
        self.backoff = backoff
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.due = 0.0  # when to start it next
        self.restarts = 0


class Supervisor:
    """`command`: a child's command line; it reads its assignment from standard input (see child.py)."""

    def __init__(
        self,
        settings: Settings,
        places: Sequence[Assignment],
        command: Sequence[str],
        children: Children,
        stop: Stop,
    ) -> None:
        self._settings = settings
        self._command = list(command)
        self._spare: subprocess.Popen[bytes] | None = None
        self._spare_due = time.monotonic() + SPARE_SECONDS
        self._watched = children
        self._stop = stop
        self._log = logger()
        self._children = [Child(place, Backoff(settings.restart_seconds_max)) for place in places]
        self._code = ExitCode.CLEAN
        self._kill_at = float("inf")
        self.kill_now = False

    def run(self) -> ExitCode:
        """Until asked to stop, or until a child gives up."""
        try:
            while not self._over():
                for child in self._children:
                    self._look_after(child, time.monotonic())
                self._keep_spare(time.monotonic())
                if self._stop and self._kill_at == float("inf"):
                    self._begin_stop()
                if self.kill_now or time.monotonic() > self._kill_at:
                    self._kill_late()
                time.sleep(LOOK_SECONDS)
        finally:
            self._drop_spare()
            self._kill_late()
        return self._code

    def _over(self) -> bool:
        return bool(self._stop) and not any(child.process for child in self._children)

    def _look_after(self, child: Child, now: float) -> None:
        if child.process is None:
            if not self._stop and now >= child.due:
                self._start(child, now)
            return
        code = child.process.poll()
        if code is not None:
            self._ended(child, code, now)
        elif self._watched.silent_seconds(child.name, now) > self._settings.watchdog_loop_seconds_max:
            self._log.error("process_killed", child=child.name, why="its probes do not answer")
            child.process.kill()

    def _start(self, child: Child, now: float) -> None:
        name = child.name
        process = self._spare if self._spare and self._spare.poll() is None else self._launch()
        self._spare, self._spare_due = None, now + SPARE_SECONDS
        _assign(process, child.place)
        child.process = process
        child.started = now
        self._watched.started(name, now)
        self._log.info("child_started", child=name, pid=child.process.pid, restarts=child.restarts)

    def _launch(self) -> subprocess.Popen[bytes]:
        """In a process group of its own: what a terminal sends is passed on from here, when it is due."""
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, process_group=0)  # noqa: S603 - our own program

    def _keep_spare(self, now: float) -> None:
        """Have a spare, but load none while a child has just been started: the machine is busy with that one."""
        if self._stop or not self._settings.spare or now < self._spare_due:
            return
        if self._spare is None or self._spare.poll() is not None:
            self._spare, self._spare_due = self._launch(), now + SPARE_SECONDS

    def _drop_spare(self) -> None:
        if self._spare is not None:
            self._spare.kill()  # it has done nothing yet
            self._spare.communicate()
            self._spare = None

    def _ended(self, child: Child, code: int, now: float) -> None:
        process, child.process = child.process, None
        if process is not None and process.stdin is not None:
            process.stdin.close()
        name, ran = child.name, now - child.started
        self._watched.ended(name)
        if self._stop:
            self._log.info("child_ended", child=name, code=code)
            unready = code == -signal.SIGTERM  # it was still loading: it had begun nothing
            if code != 0 and not unready and self._code is ExitCode.CLEAN:
                self._code = ExitCode.INTERNAL
            return
        if code == ExitCode.CONFIG or (code == ExitCode.TRY_LATER and not self._watched.any_was_ready):
            self._log.error("child_gave_up", child=name, code=code)
            self._code = ExitCode(code)
            self._stop.set()
            return
        pause = child.backoff.pause(ran)
        child.due = now + pause
        child.restarts += 1
        self._watched.restarted(name)
        self._log.warning("child_ended", child=name, code=code, ran_seconds=round(ran, 1), restart_in_seconds=pause)

    def _begin_stop(self) -> None:
        self._kill_at = time.monotonic() + self._settings.stop_seconds_max
        self._log.info("stop_began", seconds_max=self._settings.stop_seconds_max)
        for child in self._children:
            if child.process is not None:
                child.process.terminate()

    def _kill_late(self) -> None:
        for child in self._children:
            if child.process is not None and child.process.poll() is None:
                self._log.error("process_killed", child=child.name, why="it did not stop in time")
                child.process.kill()
                child.process.wait()


def _assign(process: subprocess.Popen[bytes], place: Assignment) -> None:
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError):  # it has ended already, which is seen soon
            process.stdin.write(place.line())
            process.stdin.flush()


def supervise(settings: Settings) -> ExitCode:
    """Run the settings' judges and readers until SIGTERM; gives the exit code."""
    stop = Stop()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="worker-")))
        counts: tuple[tuple[Literal["judge", "reader"], int], ...] = (
            ("judge", settings.judges),
            ("reader", settings.readers),
        )
        places = [
            Assignment(role=role, slot=slot, socket=str(folder / f"{role}-{slot}.sock"))
            for role, count in counts
            for slot in range(count)
        ]
        children = Children({place.name: place.socket for place in places})
        supervisor = Supervisor(settings, places, CHILD, children, stop)

        def asked(*_: object) -> None:
            supervisor.kill_now = bool(stop)
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            stack.callback(signal.signal, number, signal.signal(number, asked))
        try:
            port = stack.enter_context(children.serving(settings.http_host, settings.http_port))
        except OSError as error:
            where = f"{settings.http_host}:{settings.http_port}"
            logger().error("supervisor_ended", code=78, why=f"cannot serve probes on {where}: {error.strerror}")
            return ExitCode.CONFIG
        logger().info("supervisor_started", port=port, readers=settings.readers, judges=settings.judges)
        code = supervisor.run()
        logger().info("supervisor_ended", code=int(code))
        return code
