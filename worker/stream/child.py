"""`python -m worker.stream.child`: a process of the supervisor's. It loads everything, then waits to be told who it is.

The supervisor writes one line to its standard input, the assignment, when the process has a place to take: at once, or
later, which makes it a spare: a killed reader or judge is then replaced without the second or two that loading takes.
Standard input stays open as long as the supervisor lives; its end asks the process to stop.
"""

from __future__ import annotations

import os
import sys

import msgspec

from worker.ops.logging import configure
from worker.ops.memory import settle
from worker.settings import SettingsError, load
from worker.stream.assignment import Assignment
from worker.stream.process import run_role
from worker.stream.stop import ExitCode

STDIN = 0


def await_assignment() -> Assignment | None:
    """The line on standard input; None when it ends before."""
    said = b""
    while not said.endswith(b"\n"):
        part = os.read(STDIN, 4096)
        if not part:
            return None
        said += part
    return msgspec.json.decode(said, type=Assignment)


def main() -> int:
    """Wait, then be a reader or a judge; gives the exit code."""
    settle()
    assignment = await_assignment()
    if assignment is None:
        return ExitCode.CLEAN
    try:
        settings = load(os.environ)
    except SettingsError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return ExitCode.CONFIG
    configure(settings.log_format, settings.log_level, fields={"process": assignment.name})
    return run_role(settings, assignment.role, assignment.slot, socket_path=assignment.socket)


if __name__ == "__main__":
    sys.exit(main())
