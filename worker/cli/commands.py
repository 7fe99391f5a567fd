"""Every command in the order in which `worker --help` lists them: its words, and where the function is that does it.

They are named, not imported: a command loads what it needs and no more. The tests load them all.
"""

from __future__ import annotations

COMMANDS: dict[tuple[str, ...], str] = {
    ("process",): "worker.cli.process:process",
    ("run",): "worker.cli.run:run",
    ("topics", "create"): "worker.cli.topics:create",
    ("produce",): "worker.cli.produce:produce",
    ("explain",): "worker.cli.explain:explain",
    ("explain-pair",): "worker.cli.explain_pair:explain_pair",
    ("index", "rebuild"): "worker.cli.index:rebuild",
    ("settings",): "worker.cli.settings:settings",
}

GROUPS: dict[str, str] = {
    "index": "The judge's state.",
    "topics": "The six topics of this worker.",
}
"""The help of the words that only stand before others."""
