"""Where a duplicate is decided.

Entries: `fingerprint(stories) -> claims` (in the readers), `Judge.decide(claims) -> verdicts` (in the judge).
"""

from __future__ import annotations

from worker.dedupe.entries import CorruptEntries
from worker.dedupe.fingerprint import fingerprint
from worker.dedupe.judge import Judge, JudgeConfig

__all__ = ["CorruptEntries", "Judge", "JudgeConfig", "fingerprint"]
