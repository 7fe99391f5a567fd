"""An item becomes a Story: text repaired, fields taken out of the text, identity, status, signals, embargo.

Entry: `normalise(item, origin) -> Story`. Raises `Rejected` and nothing else.
"""

from __future__ import annotations

from worker.normalise.origin import Origin
from worker.normalise.pipeline import normalise

__all__ = ["Origin", "normalise"]
