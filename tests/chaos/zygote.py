"""Processes in milliseconds: one process imports everything once and forks the others, before any thread exists.

`python -m tests.chaos.zygote` reads {"token", "job", "faults"} lines from its input and answers {"token", "pid"} and,
when one has ended, {"pid", "code"}. Its children die with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
_PR_SET_PDEATHSIG = 1


class Child:
    """What `subprocess.Popen` gives, as far as the tests need it."""

    def __init__(self, zygote: Zygote, pid: int) -> None:
        self._zygote = zygote
        self.pid = pid

    def poll(self) -> int | None:
        return self._zygote.codes.get(self.pid)

    def wait(self, seconds: float = 20.0) -> int:
        deadline = time.monotonic() + seconds
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(f"process {self.pid}", seconds)
            time.sleep(0.01)
        return code

    def kill(self) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


class Zygote:
    """The parent's side."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.chaos.zygote"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        self.codes: dict[int, int] = {}
        self._pids: dict[int, int] = {}
        self._token = 0
        self._lock = threading.Lock()
        self._told = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self, job: str, faults: list[dict]) -> Child:
        with self._lock:
            self._token += 1
            token = self._token
            line = json.dumps({"token": token, "job": job, "faults": faults}) + "\n"
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()
        with self._told:
            if not self._told.wait_for(lambda: token in self._pids, timeout=30):
                raise RuntimeError("the zygote does not answer")
        return Child(self, self._pids[token])

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def _listen(self) -> None:
        for line in self._process.stdout:
            told = json.loads(line)
            with self._told:
                if "token" in told:
                    self._pids[told["token"]] = told["pid"]
                else:
                    self.codes[told["pid"]] = told["code"]
                self._told.notify_all()


def main() -> None:
    from tests.chaos import process

    living: set[int] = set()
    waiting = b""
    while True:
        ready, _, _ = select.select([0], [], [], 0.01)
        if ready:
            data = os.read(0, 1 << 20)
            if not data:
                break
            *lines, waiting = (waiting + data).split(b"\n")
            for line in lines:
                living.add(_fork(process, json.loads(line)))
        for pid in list(living):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                living.discard(pid)
                _tell({"pid": pid, "code": os.waitstatus_to_exitcode(status)})
    for pid in living:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _fork(process, told: dict) -> int:
    pid = os.fork()
    if pid:
        _tell({"token": told["token"], "pid": pid})
        return pid
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.environ[process.FAULTS] = json.dumps(told["faults"])
    with pathlib.Path(os.devnull).open("r+b") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    code = 70
    try:
        code = process.main(told["job"])
    finally:
        os._exit(code)


def _tell(what: dict) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    main()
