"""Where sentences end."""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(r"[.!?…。！？]{1,8}[\"'”’»)\]]{0,4}(?:\s{1,8}(?=[^a-z\s])|(?<=[。！？])(?=\S)|$)")
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(\"“'‘])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|St|Jr|Sr|Inc|Corp|Co|Ltd|No|vs|v|etc"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mt|Ft|Ave|Bros|Messrs|M|Mme|Sra?|ca|bzw|z\.B|u\.a|Nr|S|\d{1,2}|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])$"
)
_LOOK_BACK: Final = 14


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of each sentence between two offsets: one paragraph. An abbreviation's point ends none."""
    out = []
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if (
            text[match.start()] == "."
            and stop < end
            and _ABBREVIATED.search(text, max(start, match.start() - _LOOK_BACK), match.start())
        ):
            continue
        last = match.start() + len(match.group().rstrip())
        out.append((begin, last))
        begin = stop
    if begin < end:
        out.append((begin, end))
    return out
