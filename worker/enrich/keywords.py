"""Keywords: words, pairs of words and names that carry the story, best first.

A word counts by how often it stands there, how rare it is in the news (English) and where it first stands; forms of a
word are put together and shown as most often written. A pair of neighbouring words stands for both where they mostly
stand together. Names come whole: their parts are no keywords.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from worker.enrich.words import COUNTED_WORDS, Tally, Word, memo, tally, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.enrich.doc import Doc, Found

KEYWORDS_MAX: Final = 12
_RARITY_NAME: Final = 4.5
_LEAD_WORDS: Final = 60
_TOGETHER: Final = 0.65  # share of a word's places within a pair from which on the pair stands for it
_CANDIDATES: Final = 40
_PAIR: Final = 0.62  # worth of a pair beside its words
_MANY_WORDS: Final = 80


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.keywords`."""
    language = found.language[:2]
    names = [(name.label, len(name.spans)) for name in found.names if name.level not in ("continent", "demonym")]
    found.keywords = keywords(doc.body, language, names=names, title=doc.headline)
    found.applied["keywords"] = "frequency-en" if language == "en" else "frequency"


def keywords(
    text: str, language: str, *, names: list[tuple[str, int]], title: str = "", many: int = KEYWORDS_MAX
) -> list[str]:
    """The best `many` of a text. `names`: (label, number of mentions) of what was found in it."""
    counted, known = tally(text, language), memo(language)
    headed = [known[raw].key for raw in title.split()]
    hidden = _parts_of(names, language)
    counts = counted.counts
    value = _values(counted, set(headed), {known[raw].key for raw in counted.tokens[:_LEAD_WORDS]})
    best = heapq.nlargest(_CANDIDATES, (item for item in value.items() if item[0] not in hidden), key=_by_value)
    forms, written = _forms(counted, known, {key for key, _ in best})
    absorbed: dict[str, int] = {}
    shown: list[tuple[float, str]] = []
    for (one, other), count in _pairs(counted.tokens[:COUNTED_WORDS], known, written).items():
        if count > 1:
            worth = (value[one] / counts[one] + value[other] / counts[other]) * _PAIR * count
            shown.append((worth, f"{forms[one]} {forms[other]}"))
            for key in (one, other):
                absorbed[key] = max(absorbed.get(key, 0), count)
    shown += [(score, forms[key]) for key, score in best if absorbed.get(key, 0) < _TOGETHER * counts[key]]
    shown += [(_name_value(count), label) for label, count in names]
    shown.sort(key=lambda item: (-item[0], item[1]))
    return _distinct([text for _, text in shown], many)


def _by_value(item: tuple[str, float]) -> tuple[float, str]:
    return item[1], item[0]


def _values(counted: Tally, title: set[str], lead: set[str]) -> dict[str, float]:
    """What each word is worth. In a long text a word that stands once counts only in title and lead."""
    few = len(counted.counts) < _MANY_WORDS
    out = {}
    for key, count in counted.counts.items():
        if count > 1 or few or key in lead or key in title:
            early = 2.0 if key in title else 1.5 if key in lead else 1.0
            out[key] = count**0.8 * counted.known[key].rarity * early
    return out


def _pairs(tokens: list[str], known: Mapping[str, Word], written: set[str]) -> dict[tuple[str, str], int]:
    """How often two of the words stand beside each other in one phrase."""
    out: dict[tuple[str, str], int] = {}
    last = -2
    for place in [n for n, raw in enumerate(tokens) if raw in written]:
        if place == last + 1:
            one, other = known[tokens[last]], known[tokens[place]]
            if not one.closes and not other.opens:
                pair = (one.key, other.key)
                out[pair] = out.get(pair, 0) + 1
        last = place
    return out


def _parts_of(names: list[tuple[str, int]], language: str) -> set[str]:
    return {word.key for label, _ in names for word in words(label, language) if word.key}


def _name_value(count: int) -> float:
    """A name is worth as much as a rather rare word that stands as often."""
    return float(_RARITY_NAME * 1.25 * count**0.8)


def _forms(counted: Tally, known: Mapping[str, Word], keys: set[str]) -> tuple[dict[str, str], set[str]]:
    """(how each key is shown, every form of them all): as most often written; in lower case unless it never is."""
    best: dict[str, tuple[bool, int, int, str]] = {}
    written: set[str] = set()
    for key, raw, count in counted.forms:
        if key in keys:
            written.add(raw)
            text = known[raw].text
            rank = (text.islower(), count, -len(text), text)
            if key not in best or rank > best[key]:
                best[key] = rank
    return {key: rank[3] for key, rank in best.items()}, written


def _distinct(texts: list[str], many: int) -> list[str]:
    """The first `many` without what only repeats a part of a better one."""
    out: list[str] = []
    seen: list[set[str]] = []
    for text in texts:
        parts = set(text.lower().split())
        if not any(parts <= other for other in seen):
            out.append(text)
            seen.append(parts)
            if len(out) == many:
                break
    return out
