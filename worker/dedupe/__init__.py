"""Where a duplicate is decided.

Entries: `fingerprint(stories) -> claims` (in the readers), `Judge.decide(claims) -> verdicts` (in the judge).

    text      tokens -> hashing, furniture -> features -> record      digest: is it a collection?
    claim     fingerprint (all that the judge gets to know)
    decision  judge -> candidates (which to compare) -> rule, counts (are they one story?)
                    -> part -> verdicts, identity -> decision (what follows)
    memory    memory: rows, texts, postings, table, horizon           entries, pending: as the index keeps it
    besides   explain (why, for an editor), rebuild (a lost index)
"""

from __future__ import annotations

from worker.dedupe.entries import CorruptEntries
from worker.dedupe.fingerprint import fingerprint
from worker.dedupe.judge import Judge, JudgeConfig

__all__ = ["CorruptEntries", "Judge", "JudgeConfig", "fingerprint"]
