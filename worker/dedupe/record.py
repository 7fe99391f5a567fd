"""The features of a story as a packed record: what two texts are compared by. Little-endian, no padding.

Sketches hold the smallest hashes ("bottom-k"), sorted, padded with the type's maximum; 48 of 32 bits lose nothing
against 96 of 64 (measured on the pairs of the quality benchmark). Sketch values are *top* bits of the hashes, keys
*low* bits: small hashes share their top bits, so keys made of them would collide.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

KEYS, SKETCH, LEAD, WINDOW, NUMBERS, VALUES, TITLE = 12, 48, 16, 32, 24, 16, 12
KEYS_STORY, KEYS_LEAD = 8, 4  # lookup keys: the smallest of the story, and of its first words
LEAD_WORDS, WINDOW_WORDS = 40, 80

CORRECTIVE, DIGEST, UNSPACED, UPDATING = 1, 2, 4, 8
"""Flags: says that it corrects or repeats; a collection of several stories; script without spaces; a new lead."""

_COUNTS = [
    ("words", "<u2"),
    ("shingles", "<u2"),  # distinct
    ("lead_n", "u1"),  # of the sketches below: how many distinct values there were, so that a full one is known
    ("window_n", "u1"),
    ("numbers_n", "<u2"),
    ("title_n", "u1"),
    ("values_n", "u1"),
    ("keys_n", "u1"),
    ("flags", "u1"),
    ("sections", "u1"),  # parts that begin like a story of their own
    ("tokens", "<u4"),  # hash of the body word for word
]
_COMPARED = [
    ("sketch", "<u4", SKETCH),  # shingles of the body
    ("lead", "<u2", LEAD),  # shingles of the first 40 words
    ("window", "<u2", WINDOW),  # shingles of the first 80 words
    ("numbers", "<u2", NUMBERS),  # (number, next word)
    ("contexts", "<u2", NUMBERS),  # (next word, how manieth number before it): where a number stands, not which
    ("values", "<u2", VALUES),  # the numbers alone
    ("title", "<u2", TITLE),  # words of the headline without stop words; bit 0 = holds a digit
]
RECORD = np.dtype([*_COUNTS, ("keys", "<u4", KEYS), *_COMPARED])
"""What a claim carries and an index entry keeps."""

RESIDENT = np.dtype([("row", "<u8"), ("event", "<u4"), *_COUNTS, *_COMPARED])
"""What the judge keeps in memory: without the keys, which are in the postings, with the number of its row and the
event time in seconds."""

Records = npt.NDArray[np.void]

_SHARED = [name for name in RESIDENT.names or () if name in (RECORD.names or ())]


def resident(records: Records, rows: npt.ArrayLike, events: npt.ArrayLike) -> Records:
    """Records as the judge keeps and compares them."""
    out = np.empty(len(records), RESIDENT)
    out["row"], out["event"] = rows, events
    for name in _SHARED:
        out[name] = records[name]
    return out


def unpack(prints: list[bytes]) -> Records:
    """Records of claims; an empty or foreign print is a record without text."""
    blank = bytes(RECORD.itemsize)
    return np.frombuffer(b"".join(p if len(p) == RECORD.itemsize else blank for p in prints), RECORD)
