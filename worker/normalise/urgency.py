"""Urgency and priority on one scale: IPTC's 1 (flash) to 8, 9 for what a provider calls user-defined; 5 is normal."""

from __future__ import annotations

# AP's priority letters (ANPA 1312): flash, bulletin, urgent, rush, deferred (the day's file), release at will,
# weekday advance, weekend advance.
_LETTERS = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5, "w": 6, "a": 7, "s": 8}
_WORDS = {
    "flash": 1, "blitz": 1, "bulletin": 2, "alert": 1, "eil": 2, "urgent": 3, "rush": 4, "high": 3, "normal": 5,
    "routine": 5,
    "regular": 5, "deferred": 6, "low": 7, "immediate": 2,
}  # fmt: skip


def urgency_of(urgency: str, priority: str) -> tuple[int | None, str]:
    """(urgency 1 to 9 or None, the words it was made of where they differ from the number).

    A number is the provider's own; letters and words of a priority stand in when there is no urgency.
    """
    given = urgency.strip()
    if given:
        number = _number(given)
        return (number, "" if number is None or given == str(number) else given)
    word = priority.strip()
    number = _number(word) if word and not word.isdigit() else None
    return number, word if number is not None else ""


def _number(given: str) -> int | None:
    text = given.casefold()
    bare = text.rsplit(":", 1)[-1].strip()
    if bare.isascii() and bare.isdigit() and len(bare) <= 3:
        return int(bare) if 1 <= int(bare) <= 9 else None
    return _LETTERS.get(bare) or _WORDS.get(bare)
