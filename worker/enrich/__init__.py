"""Metadata out of the text. One extractor a file, listed in order in `EXTRACTORS`.

Entry: `enrich(story) -> Story`. Never raises: a failing extractor leaves the warning `extractor-failed`, and the
rest go on.
"""

from __future__ import annotations

from worker.enrich.pipeline import EXTRACTORS, enrich

__all__ = ["EXTRACTORS", "enrich"]
