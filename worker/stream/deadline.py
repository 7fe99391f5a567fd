"""A deadline for calls of kafka-python that have none: `commit_transaction` waits for ever while brokers are away."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from worker.stream.stop import ExitCode, LoopEnded

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK_SECONDS = 0.5


def within(call: Callable[[], object], seconds_max: Callable[[], float], beat: Callable[[], None], doing: str) -> None:
    """Make the call; whatever it raises is raised here.

    seconds_max: asked again while waiting, since being asked to stop shortens it. Not to be used where the process
    goes on after the deadline: the call then still waits in its thread.

    Raises:
        LoopEnded: TRY_LATER past the deadline.
    """
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - handed over to the waiting thread
            raised.append(error)

    thread = threading.Thread(target=run, name=doing, daemon=True)
    began = time.monotonic()
    thread.start()
    while True:
        thread.join(_LOOK_SECONDS)
        if not thread.is_alive():
            break
        beat()
        limit = seconds_max()
        if time.monotonic() - began > limit:
            raise LoopEnded(ExitCode.TRY_LATER, f"{doing}: Kafka did not answer within {limit:.0f} s")
    if raised:
        raise raised[0]
