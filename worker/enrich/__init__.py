"""Metadata out of the text. One extractor a file, listed in order in `EXTRACTORS`.

Entry: `enrich(story) -> Story`, and `enrich_all(stories)` for several, which is cheaper. Neither raises for what an
extractor does: a failing one leaves the warning `extractor-failed`, and the rest go on.
"""

from __future__ import annotations

from worker.enrich.pipeline import EXTRACTORS, enrich, enrich_all

__all__ = ["EXTRACTORS", "enrich", "enrich_all"]
