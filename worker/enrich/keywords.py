"""Keywords: words, pairs of words and names that carry the story, best first.

A word counts by how often it stands there, how rare it is in the news (English) and where it first stands; forms of a
word are put together and shown as most often written. A pair of neighbouring words stands for both where they mostly
stand together. Names come whole: their parts are no keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.enrich.words import Word, vocabulary, words

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

KEYWORDS_MAX: Final = 12
TEXT_CHARS: Final = 12_000  # of the body: what a long story is about stands before
_RARITY_OTHER: Final = 4.0  # of any word where no frequencies are known
_RARITY_NAME: Final = 4.5
_RARITY_MAX: Final = 7.5  # a word never seen is no better than a rare one
_LEAD_WORDS: Final = 60
_TOGETHER: Final = 0.65  # share of a word's places within a pair from which on the pair stands for it
_CANDIDATES: Final = 40


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
    singles, firsts, forms = _count(sequence)
    hidden = _parts_of(names, language)
    value = _values(singles, firsts, language, title_words)
    pairs = _pairs(sequence, hidden)
    ranked: list[tuple[float, str]] = []
    absorbed: dict[str, int] = {}
    for (one, other), count in pairs.items():
        if count > 1:
            score = (value[one] / singles[one] + value[other] / singles[other]) * 0.62 * count
            ranked.append((score, f"{_shown(forms[one], first=True)} {_shown(forms[other])}"))
            for key in (one, other):
                absorbed[key] = max(absorbed.get(key, 0), count)
    for key, score in value.items():
        if key not in hidden and absorbed.get(key, 0) < _TOGETHER * singles[key]:
            ranked.append((score, _shown(forms[key])))
    for label, count in names:
        ranked.append((_name_value(count), label))
    ranked.sort(key=lambda item: (-item[0], item[1]))
    return _distinct([text for _, text in ranked[:_CANDIDATES]])[:many]


def _count(sequence: list[Word]) -> tuple[dict[str, int], dict[str, int], dict[str, dict[str, int]]]:
    """Of each key: how often, where first, and how it is written how often."""
    counts: dict[str, int] = {}
    firsts: dict[str, int] = {}
    forms: dict[str, dict[str, int]] = {}
    for place, word in enumerate(sequence):
        key = word.key
        if key:
            if key in counts:
                counts[key] += 1
            else:
                counts[key], firsts[key], forms[key] = 1, place, {}
            form = forms[key]
            form[word.text] = form.get(word.text, 0) + 1
    return counts, firsts, forms


def _values(counts: dict[str, int], firsts: dict[str, int], language: str, title_words: int) -> dict[str, float]:
    known = vocabulary() if language == "en" else None
    out = {}
    for key, count in counts.items():
        rarity = min(_RARITY_MAX, known.rarity[known.row.get(key, -1)]) if known else _RARITY_OTHER
        place = firsts[key]
        early = 2.0 if place < title_words else 1.0 + 0.5 * (place < _LEAD_WORDS)
        out[key] = count**0.8 * rarity * early
    return out


def _pairs(sequence: list[Word], hidden: set[str]) -> dict[tuple[str, str], int]:
    out: dict[tuple[str, str], int] = {}
    before = Word("", "", opens=False, closes=True)
    for word in sequence:
        if (
            word.key
            and before.key
            and not before.closes
            and not word.opens
            and word.key not in hidden
            and before.key not in hidden
        ):
            pair = (before.key, word.key)
            out[pair] = out.get(pair, 0) + 1
        before = word
    return out


def _parts_of(names: list[tuple[str, int]], language: str) -> set[str]:
    return {word.key for label, _ in names for word in words(label, language) if word.key}


def _name_value(count: int) -> float:
    """A name is worth as much as a rather rare word that stands as often."""
    return float(_RARITY_NAME * 1.25 * count**0.8)


def _shown(forms: dict[str, int], *, first: bool = False) -> str:
    """The form written most often; lower case unless it is always written otherwise."""
    del first
    lower = [form for form in forms if form.islower()]
    if lower:
        return max(lower, key=lambda form: (forms[form], -len(form)))
    return max(forms, key=lambda form: (forms[form], -len(form), form))


def _distinct(texts: list[str]) -> list[str]:
    """Without what only repeats a better one: the same letters, or a part of a longer one before it."""
    out: list[str] = []
    seen: list[frozenset[str]] = []
    for text in texts:
        parts = frozenset(text.lower().split())
        if not any(parts <= other for other in seen):
            out.append(text)
            seen.append(parts)
    return out
