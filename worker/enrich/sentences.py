"""Where sentences end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# The first mark stands by itself: a pattern that begins with a repeat is tried at every character.
_END: Final = re.compile(
    r"([.!?…。！？][.!?…。！？]{0,7}[\"'”’»)\]]{0,4})(?:\s{1,8}(?=[^a-z\s])|(?<=[。！？])(?=\S)|$)"
)
_ABBREVIATIONS: Final = frozenset(
    """
    Mr Mrs Ms Dr Prof Gen Sen Rep Gov Lt Col Sgt Capt Maj Adm Rev Hon St Jr Sr Inc Corp Co Ltd No vs v etc Jan Feb Mar
    Apr Jun Jul Aug Sep Sept Oct Nov Dec Mt Ft Ave Bros Messrs M Mme Sr Sra ca bzw Nr S
    """.split()
)
_MARKED: Final = re.compile(  # beside a mark, or with a point of its own
    rf"(?:^|[\s(\"“'‘])(?:{'|'.join(sorted(_ABBREVIATIONS))}|z\.B|u\.a|\d{{1,2}}|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])$"
)
_LOOK_BACK: Final = 14


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence between two offsets: one paragraph. An abbreviation's point ends none."""
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if stop < end:
            at = match.start()
            if text[at] == "." and _abbreviated(text[max(start, at - _LOOK_BACK) : at]):
                continue
        yield begin, match.end(1)
        begin = stop
    if begin < end:
        yield begin, end


def _abbreviated(before: str) -> bool:
    """Whether a point here is that of an abbreviation, an initial or a short number."""
    word = before[before.rfind(" ") + 1 :]
    if not word.isalnum():
        return _MARKED.search(before) is not None
    size = len(word)
    if size == 1:
        return word.isdecimal() or (word.isupper() and word.isascii()) or word in _ABBREVIATIONS
    return size < _LOOK_BACK and (word in _ABBREVIATIONS or (size == 2 and word.isdecimal()))
