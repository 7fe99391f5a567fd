"""The command line: one command a file, all of them listed in COMMANDS.

To add a command: write `cli/<name>.py` with one function, whose docstring is its help, and add it to COMMANDS in
`commands.py`.
"""

from __future__ import annotations

from worker.cli.app import main
from worker.cli.commands import COMMANDS

__all__ = ["COMMANDS", "main"]
