"""Every command in the order in which `worker --help` lists them: its words, and the function that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.cli.process import process
from worker.cli.produce import produce
from worker.cli.run import run
from worker.cli.settings import settings
from worker.cli.topics import create

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS: dict[tuple[str, ...], Callable[..., None]] = {
    ("process",): process,
    ("run",): run,
    ("topics", "create"): create,
    ("produce",): produce,
    ("settings",): settings,
}

GROUPS: dict[str, str] = {
    "topics": "The six topics of this worker.",
}
"""The help of the words that only stand before others."""
