"""Tell languages that read nearly alike by their telling words, once letter n-grams have come down to them."""

from __future__ import annotations

import functools
import importlib.resources
from typing import TYPE_CHECKING, Final, NamedTuple

from worker.enrich.language_kin_words import EVIDENCE

if TYPE_CHECKING:
    from worker.enrich.language_kin_words import Evidence

_Weights = tuple[float, ...]
_BOUND: Final = 12.0  # logarithm of odds that words may add: more is no surer


class _Family(NamedTuple):
    """Weights for each member, in the members' order."""

    members: tuple[str, ...]
    words: dict[str, _Weights]
    starts: dict[str, _Weights]
    ends: dict[str, _Weights]
    letters: dict[str, _Weights]
    start_sizes: tuple[int, ...]
    end_sizes: tuple[int, ...]


KIN_OF: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    (script, member): tuple(family.split()) for script, family in EVIDENCE for member in family.split()
}
"""The family of each language that has near kin, itself in it, by (script, language)."""


def weigh(script: str, language: str, text: str) -> dict[str, float]:
    """What the words of `ngrams.letters(text)` add to the logarithm of the odds of `language` and each of its kin."""
    family = _family(script, " ".join(KIN_OF[script, language]))
    total = [0.0] * len(family.members)
    for word in set(text.split()):
        for weights in _of_word(family, word):
            total = [a + b for a, b in zip(total, weights, strict=True)]
    for letter, weights in family.letters.items():
        if letter in text:
            total = [a + b for a, b in zip(total, weights, strict=True)]
    least = max(total) - _BOUND
    return {member: max(value, least) for member, value in zip(family.members, total, strict=True)}


def _of_word(family: _Family, word: str) -> tuple[_Weights, ...]:
    """The evidence of a word: its own, else that of its longest known beginning and of its longest known end."""
    whole = family.words.get(word)
    if whole:
        return (whole,)
    start = next((w for n in family.start_sizes if (w := family.starts.get(word[:n]))), None)
    end = next((w for n in family.end_sizes if n < len(word) and (w := family.ends.get(word[-n:]))), None)
    return tuple(weights for weights in (start, end) if weights)


@functools.cache
def _family(script: str, name: str) -> _Family:
    members = tuple(name.split())
    tables: dict[str, dict[str, _Weights]] = {"word": {}, "start": {}, "end": {}, "letter": {}}
    for kind, form, weights in _entries(EVIDENCE[script, name], members):
        before = tables[kind].get(form, (0.0,) * len(members))
        tables[kind][form] = tuple(map(max, before, weights))
    family = _Family(
        members, tables["word"], tables["start"], tables["end"], tables["letter"],
        tuple(sorted({len(form) for form in tables["start"]}, reverse=True)),
        tuple(sorted({len(form) for form in tables["end"]}, reverse=True)),
    )  # fmt: skip
    if script == "Latn":
        family.words.update({w: weights for w, weights in _learnt(name).items() if not _of_word(family, w)})
    return family


def _learnt(name: str) -> dict[str, _Weights]:
    """Words and weights of `data/kin.tsv`, fewer and surer than n-grams: `deploy/models/language_kin_table.py`."""
    file = importlib.resources.files("worker.enrich") / "data" / "kin.tsv"
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return {word: tuple(int(w) / 10 for w in weights.split()) for members, word, weights in rows if members == name}


def _entries(evidence: Evidence, members: tuple[str, ...]) -> list[tuple[str, str, _Weights]]:
    out = []
    for languages, weight, forms in evidence:
        weights = tuple(weight if member in languages.split() else 0.0 for member in members)
        for form in forms.split():
            kind = "start" if form[-1] == "-" else "end" if form[0] == "-" else "letter" if form[0] == "*" else "word"
            out.append((kind, form.strip("-*"), weights))
    return out
