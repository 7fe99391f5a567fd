"""How a loop ends: a flag to ask it, and one exception that carries the process's exit code."""

from __future__ import annotations

import enum
import threading


class ExitCode(enum.IntEnum):
    """sysexits(3): what a supervisor may conclude from how a process ended."""

    CLEAN = 0  # asked to stop, or the bounded range is done
    INTERNAL = 70  # a defect, a failed acknowledgement, a stuck loop, being fenced: start again
    TRY_LATER = 75  # the brokers were away for too long: start again later
    CONFIG = 78  # a person must change something first: settings, rights, topics, a lost range


class LoopEnded(Exception):  # noqa: N818 - it is how a loop ends, not always a fault
    """Ends the process with `code`; the message is one sentence for the operator."""

    def __init__(self, code: ExitCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Stop:
    """Set by a signal handler, looked at by the loops between two batches."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self, *_: object) -> None:
        """Ask to stop; fits `signal.signal`."""
        self._event.set()

    def __bool__(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep, but no longer than until asked to stop."""
        return self._event.wait(seconds)
