"""What a command says while it runs once and ends: events and alarms go to the log, everything else is for services."""

from __future__ import annotations

from worker.ops.logging import logger
from worker.stream.hooks import NoHooks


class Aloud(NoHooks):
    """Who waits for a broker is told so, not left in silence."""

    def event(self, name: str, **fields: object) -> None:
        logger().info(name, **fields)

    def alarm(self, name: str, **fields: object) -> None:
        logger().error(name, **fields)
