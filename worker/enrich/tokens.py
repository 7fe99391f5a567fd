"""Text into tokens and sentences, as the name tagger was trained on them.

`tokenize` gives every token *with the blanks before it*, so that offsets are running sums of lengths and a token
needs no object of its own. `Vocabulary` turns such tokens into numbers; what a token looks like is worked out once.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint16]

# A hyphen before one of these ends the name: "Kuala Lumpur-based" names Kuala Lumpur.
HYPHEN_TAILS: Final = (
    "based born led backed style wide area run owned controlled held made bound trained funded era old year like "
    "ruled sponsored listed educated speaking dominated occupied administered brokered mediated friendly"
).split()

# Abbreviations keep their full stop, so a lone "." always ends a sentence.
ABBREVIATIONS: Final = (
    "Mr Mrs Ms Dr Gen Sen Rep Gov Lt Col Capt Sgt Cpl Pvt Prof Adm Rev Maj Brig Cmdr Hon Msgr St Ste Jr Sr Inc Corp "
    "Co Cos Ltd Bros Plc No vs Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Ala Ariz Ark Calif Colo Conn Del Fla "
    "Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Dept Univ Assn"
).split()

TOKEN: Final = re.compile(
    r" ?[A-Za-z][a-z]*(?=[ ,\n])"  # most words: only for speed
    r"|[^\S\n]*(?:"
    r"\n\s*"  # a line break and all blanks after it: the end of a sentence
    r"|(?=[A-Z][A-Za-z]{0,4}\.)(?:"  # only for speed
    r"(?:[A-Z]\.){2,}"  # U.S.
    r"|[A-Z]\.(?=[^\S\n]?[A-Z])"  # the J. of J. Smith
    r"|(?:" + "|".join(ABBREVIATIONS) + r")\.(?=[\s,;:)'’\"”]|$)"
    r")"
    r"|['’](?:s|S|re|ve|ll|d|m|t)\b"
    r"|\w+(?:-(?!(?:" + "|".join(HYPHEN_TAILS) + r")\b)\w+|&\w+|\.(?:\d+|[a-z]\w*)|['’](?:[A-Z]\w*|a\b))*"
    r"|[^\w\s]"
    r")"
)

# What a token is, as bits.
NEWLINE: Final = 1
STOP: Final = 2  # . ! ?
CLOSER: Final = 4  # stands before the break after a stop: quotes, brackets
UPPER: Final = 8  # two letters or more, all capitals
LOWER: Final = 16  # letters, none of them a capital
TITLE: Final = 32  # begins with a capital, has small letters
LETTERS: Final = 64
CAPITAL: Final = 128  # begins with one of A to Z
INITIAL: Final = 256  # one of them and a full stop

_CLOSERS: Final = "\"”’')]"


def tokenize(text: str) -> list[str]:
    """The tokens of `text`, each with the blanks before it; together they are the text but for blanks at its end."""
    return TOKEN.findall(text)


def token_flags(word: str) -> int:
    """The bits of one token (without its blanks; "" for a line break)."""
    if not word:
        return NEWLINE
    if word in {".", "!", "?"}:
        return STOP
    if word in _CLOSERS:
        return CLOSER
    if not word[0].isalpha():
        return 0
    if word.islower():
        return LETTERS | LOWER
    flags = LETTERS | CAPITAL if "A" <= word[0] <= "Z" else LETTERS
    if word.isupper():
        if len(word) == 2 and word[1] == ".":
            return flags | INITIAL if flags & CAPITAL else flags
        return flags | UPPER if len(word) > 1 else flags
    return flags | TITLE if word[0].isupper() else flags


def offsets(tokens: list[str]) -> Ints:
    """The end of every token in the text, in code points."""
    return np.cumsum(np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens)))
