"""Phrases that stand in unrelated stories: shingles made of them say nothing about the story.

Frozen with `hashing.ALGORITHM`: a list learnt while running would judge the same story differently on a replay.
Closing and rights lines of agencies and publishers, as the wires repeat them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from worker.dedupe.hashing import U64, packed_words, shingles, unpacked

PHRASES = (
    "this material may not be published broadcast rewritten or redistributed",
    "contributed to this report",
    "all rights reserved",
    "click here for the full story",
    "click on the link below",
    "for more information please visit",
    "for further information please contact",
    "forward looking statements within the meaning of the private securities litigation reform act of",
    "the company undertakes no obligation to update",
    "follow us on twitter and facebook",
    "sign up for our newsletter",
    "read more on this story",
    "reporting by and editing by",
    "shares of the company were trading at",
    "spoke on condition of anonymity because",
    "was not immediately available for comment",
    "did not immediately respond to a request for comment",
    "could not be reached for comment",
)
WIDTH = 3


def _hashed() -> U64:
    return np.unique(np.concatenate([shingles(unpacked(packed_words(phrase.split())), WIDTH) for phrase in PHRASES]))


SHINGLES: U64 = _hashed()
_TOP = np.uint64(48)
_MAYBE = np.zeros(1 << 16, bool)  # by the top 16 bits: nearly all shingles are told apart without a search
_MAYBE[SHINGLES >> _TOP] = True


def furniture_at(hashes: U64) -> npt.NDArray[np.int64]:
    """Where in `hashes` there are 3-word shingles of a furniture phrase."""
    found: npt.NDArray[np.int64] = _MAYBE[hashes >> _TOP].nonzero()[0]
    if len(found):
        maybe = hashes[found]
        found = found[SHINGLES.take(SHINGLES.searchsorted(maybe), mode="clip") == maybe]
    return found
