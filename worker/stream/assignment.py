"""What a supervisor tells its child: who it is."""

from __future__ import annotations

from typing import Literal

import msgspec


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """Who a child is. `socket`: path of the Unix socket on which it serves its probes."""

    role: Literal["reader", "judge"]
    slot: int
    socket: str

    @property
    def name(self) -> str:
        return f"{self.role}-{self.slot}"

    def line(self) -> bytes:
        """As the supervisor writes it."""
        return msgspec.json.encode(self) + b"\n"
