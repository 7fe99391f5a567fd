"""Short forms and what they stand for, both ways: `Sexual Minorities Uganda (SMUG)`, `WHO (World Health …)`, CVID.

A short form is resolved by the text first: in brackets beside its expansion, or by the one run of words whose first
letters spell it. The handful that news never spells out is in `wordlists.ACRONYMS`.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from worker.enrich.gazetteer import gazetteer

if TYPE_CHECKING:
    from worker.enrich.crf import Tagged

SHORT: Final = re.compile(r"[A-Z][A-Z&]{1,7}s?|(?:[A-Z]\.){2,6}")
LETTERS_FREE: Final = 4  # so many letters or more may be spelt by small words anywhere in the text
EXPANSION_WORDS_MAX: Final = 12
_SMALL: Final = frozenset(
    {"of", "the", "and", "for", "in", "on", "to", "de", "la", "des", "du", "&", "a", "an", "with", "at", "by"}
)
_QUOTES: Final = frozenset("\"'“”‘’(),")
_PASSED: Final = _SMALL | _QUOTES | {""}
SHORTS_MAX: Final = 60  # of one text
PLACES_MAX: Final = 20  # of one short form that are looked at


def expansions(tagged: Tagged) -> dict[str, str]:
    """Short form -> expansion, as the text writes it."""
    if not tagged.shorts:
        return {}
    words = tagged.words
    places: dict[str, list[int]] = {}
    for at in tagged.shorts:
        if _is_short(word := words[at]):
            places.setdefault(word, []).append(at)
    if not places:
        return {}
    wanted = sorted(places)[:SHORTS_MAX]
    if tagged.shouted:  # they stand in lines of capitals too
        places = {short: [] for short in wanted}
        for at in [at for at, word in enumerate(words) if word in places]:
            places[words[at]].append(at)
    found = {short: run for short in wanted if (run := _in_brackets(words, short, places[short]))}
    if len(found) < len(wanted):
        capitals = "".join([words[at][0] for at in tagged.capital]).lower()
        every = ""
        for short in wanted:
            if short in found:
                continue
            letters = short.replace(".", "").lower()
            if len(letters) < LETTERS_FREE:
                run = _spelt(words, tagged.capital, capitals, letters)
            else:
                every = every or "".join([word[0] for word in words if word not in _PASSED]).lower()
                run = _spelt(words, None, every, letters)
            if run:
                found[short] = run
    return found


@functools.lru_cache(maxsize=4096)
def _is_short(word: str) -> bool:
    return SHORT.fullmatch(word) is not None and word not in gazetteer().countries


def _in_brackets(words: list[str], short: str, places: list[int]) -> str:
    """The words before `(SHORT)`, or those in the brackets after `SHORT (`."""
    letters = short.replace(".", "").rstrip("s").lower()
    for at in places[:PLACES_MAX]:
        if words[at - 1] == "(" and words[at + 1 : at + 2] == [")"]:
            run = _ending(words, at - 1, letters)
        elif words[at + 1 : at + 2] == ["("]:
            run = _beginning(words, at + 2, letters)
        else:
            continue
        if run:
            return run
    return ""


def _ending(words: list[str], end: int, letters: str) -> str:
    """The shortest run of words that ends at `end` and spells `letters`."""
    left = len(letters)
    for at in range(end - 1, max(-1, end - 1 - EXPANSION_WORDS_MAX), -1):
        word = words[at]
        if not word or word in {".", ";", "(", ")"}:
            break
        left = _spell_back(word, letters, left)
        if left == 0:
            return _joined(words[at:end])
        if left < 0:
            break
    return ""


def _spell_back(word: str, letters: str, left: int) -> int:
    """How many letters are still to be spelt before this word; -1 if it cannot be part of it."""
    parts = [part for part in re.split(r"[-&/]", word.lower()) if part]
    for part in reversed(parts):
        if left and part[0] == letters[left - 1]:
            left -= 1
        elif part not in _SMALL and not (len(parts) > 1):
            return -1 if part.isalnum() else left
    return left


def _beginning(words: list[str], start: int, letters: str) -> str:
    """The run of words from `start` to the closing bracket, if it spells `letters`."""
    for end in range(start + 1, min(len(words), start + EXPANSION_WORDS_MAX) + 1):
        if words[end - 1] == ")":
            run = _ending(words, end - 1, letters)
            return run if run == _joined(words[start : end - 1]) else ""
    return ""


def _spelt(words: list[str], content: list[int] | None, first_letters: str, letters: str) -> str:
    """The one run of words anywhere that spells the short form: capitalised words, or any if it is long enough.

    `letters` are its own in small; `content` are the capitalised words or, if None, all that count, and
    `first_letters` theirs.
    """
    at = first_letters.find(letters)
    if at < 0:
        return ""
    if content is None:
        content = [at for at, word in enumerate(words) if word not in _PASSED]
    if len(first_letters) != len(content):
        return ""
    while at >= 0:
        run = words[content[at] : content[at + len(letters) - 1] + 1]
        if _whole(run) and _plausible(run, letters):
            return _joined(run)
        at = first_letters.find(letters, at + 1)
    return ""


def _whole(run: list[str]) -> bool:
    return "" not in run and not any(word in {".", "!", "?", ":", ";", "'s", "’s"} for word in run)


def _plausible(run: list[str], letters: str) -> bool:
    content = [word for word in run if word not in _SMALL and word not in _QUOTES]
    if len(content) != len(letters) or any(word.isupper() and len(word) > 1 for word in content):
        return False
    if all(word[0].isupper() for word in content):
        return len(letters) > 2 or len(content) == len(run)  # "US" is not any two capitals
    return len(letters) >= LETTERS_FREE and all(word.islower() and len(word) > 3 for word in content)


def _joined(run: list[str]) -> str:
    text = " ".join(word for word in run if word not in {'"', "“", "”", "(", ")"})
    return text.replace(" ,", ",").replace(" - ", "-").strip(" ,")
