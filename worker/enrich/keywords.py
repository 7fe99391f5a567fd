"""Keywords: words, pairs of words and names that carry the story, best first.

A word counts by how often it stands there, how rare it is in the news (English) and where it first stands; forms of a
word are put together and shown as most often written. A pair of neighbouring words stands for both where they mostly
stand together. Names come whole: their parts are no keywords.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from typing import TYPE_CHECKING, Final

from worker.enrich.words import Word, vocabulary, words

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

KEYWORDS_MAX: Final = 12
TEXT_CHARS: Final = 12_000  # of the body: what a long story is about stands before
_RARITY_OTHER: Final = 4.0  # of any word where no frequencies are known
_RARITY_NAME: Final = 4.5
_RARITY_UNKNOWN: Final = 7.5  # English: a word never seen is no better than a rare one
_LEAD_WORDS: Final = 60
_TOGETHER: Final = 0.65  # share of a word's places within a pair from which on the pair stands for it
_CANDIDATES: Final = 40
_PAIR: Final = 0.62  # worth of a pair beside its words
_MANY_WORDS: Final = 80


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.keywords`."""
    language = found.language[:2]
    text = f"{doc.headline} .\n{doc.body[:TEXT_CHARS]}"
    names = [(name.label, len(name.spans)) for name in found.names if name.level not in ("continent", "demonym")]
    found.keywords = keywords(text, language, names=names, title_words=len(doc.headline.split()))
    found.applied["keywords"] = "frequency-en" if language == "en" else "frequency"


def keywords(
    text: str, language: str, *, names: list[tuple[str, int]], title_words: int = 0, many: int = KEYWORDS_MAX
) -> list[str]:
    """The best `many` of a text. `names`: (label, number of mentions) of what was found in it."""
    sequence = words(text, language)
    keys = [word.key for word in sequence]
    counts = Counter(keys)
    del counts[""]
    hidden = _parts_of(names, language)
    value = _values(counts, keys, language, title_words)
    ranked: list[tuple[float, tuple[str, ...]]] = []
    absorbed: dict[str, int] = {}
    for pair, count in _pairs(sequence).items():
        one, other = pair
        if count > 1 and one not in hidden and other not in hidden and one in value and other in value:
            ranked.append(((value[one] / counts[one] + value[other] / counts[other]) * _PAIR * count, pair))
            for key in pair:
                absorbed[key] = max(absorbed.get(key, 0), count)
    for key, score in value.items():
        if key not in hidden and absorbed.get(key, 0) < _TOGETHER * counts[key]:
            ranked.append((score, (key,)))
    ranked = heapq.nlargest(_CANDIDATES, ranked)
    forms = _forms(sequence, {key for _, entry in ranked for key in entry})
    shown = [(score, " ".join(forms[key] for key in entry)) for score, entry in ranked]
    shown += [(_name_value(count), label) for label, count in names]
    shown.sort(key=lambda item: (-item[0], item[1]))
    return _distinct([text for _, text in shown], many)


def _values(counts: Counter[str], keys: list[str], language: str, title_words: int) -> dict[str, float]:
    """What each word is worth. In a long text a word that stands once counts only in the lead."""
    rarity = vocabulary().rarity if language == "en" else {}
    unknown = _RARITY_UNKNOWN if language == "en" else _RARITY_OTHER
    title, lead = set(keys[:title_words]), set(keys[:_LEAD_WORDS])
    out = {}
    for key, count in counts.items():
        if count > 1 or key in lead or len(counts) < _MANY_WORDS:
            early = 2.0 if key in title else 1.5 if key in lead else 1.0
            out[key] = count**0.8 * rarity.get(key, unknown) * early
    return out


def _pairs(sequence: list[Word]) -> Counter[tuple[str, str]]:
    """Neighbouring content words of one phrase."""
    return Counter(
        [
            (one.key, other.key)
            for one, other in itertools.pairwise(sequence)
            if one.key and other.key and not one.closes and not other.opens
        ]
    )


def _parts_of(names: list[tuple[str, int]], language: str) -> set[str]:
    return {word.key for label, _ in names for word in words(label, language) if word.key}


def _name_value(count: int) -> float:
    """A name is worth as much as a rather rare word that stands as often."""
    return float(_RARITY_NAME * 1.25 * count**0.8)


def _forms(sequence: list[Word], keys: set[str]) -> dict[str, str]:
    """How each key is shown: as most often written; in lower case unless it never is."""
    written: dict[str, Counter[str]] = {key: Counter() for key in keys}
    for word in sequence:
        if word.key in keys:
            written[word.key][word.text] += 1
    out = {}
    for key, forms in written.items():
        lower = {form: n for form, n in forms.items() if form.islower()} or dict(forms)
        out[key] = max(lower, key=lambda form: (lower[form], -len(form), form))  # noqa: B023 - used at once
    return out


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
