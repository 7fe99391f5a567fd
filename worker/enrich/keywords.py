"""Keywords: words, pairs of words and names that carry the story, best first.

A word counts by how often it stands there, how rare it is in the news (English) and where it first stands; forms of a
word are put together and shown as most often written. A pair of neighbouring words stands for both where they mostly
stand together. Names come whole: their parts are no keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from worker.enrich.words import CLOSES, COUNTED_WORDS, FORM, KEY, LEAD, OPENS, TITLE, Tally, tally

if TYPE_CHECKING:
    import numpy.typing as npt

    from worker.enrich.doc import Doc, Found
    from worker.enrich.words import Ints

KEYWORDS_MAX: Final = 12
_NAME: Final = 4.5 * 1.25  # a name is worth as much as a rather rare word that stands as often
_TOGETHER: Final = 0.65  # share of a word's places within a pair from which on the pair stands for it
_CANDIDATES: Final = 40
_PAIR: Final = 0.62  # worth of a pair beside its words
_MANY_WORDS: Final = 80
_FORM: Final = (1 << KEY) - (1 << FORM)  # the bits of a form's number
_OFTEN: Final = np.array([count**0.8 for count in range(COUNTED_WORDS + 1)])  # what standing so often is worth


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
    counted = tally(text, language, title)
    value = _values(counted, " ".join([label for label, _ in names]).split())
    best = _best(counted, value)
    values, counts = value[best].tolist(), counted.times[best].tolist()
    forms = _shown(counted, best)
    absorbed = [0] * len(forms)
    shown = [(-_NAME * count**0.8, label) for label, count in names]
    for (one, other), count in _pairs(counted, best):
        worth = (values[one] / counts[one] + values[other] / counts[other]) * _PAIR * count
        shown.append((-worth, f"{forms[one]} {forms[other]}"))
        absorbed[one] = max(absorbed[one], count)
        absorbed[other] = max(absorbed[other], count)
    for at, form in enumerate(forms):
        if absorbed[at] < _TOGETHER * counts[at]:
            shown.append((-values[at], form))
    shown.sort()
    return _distinct([text for _, text in shown], many)


def _values(counted: Tally, names: list[str]) -> npt.NDArray[np.float64]:
    """What each key is worth; 0 or less what is no keyword: a name's part, and in a long text a word that stands once
    outside title and lead.
    """
    key, count, lexicon = counted.key, counted.times, counted.lexicon
    if not len(key):
        return np.empty(0)
    long = len(count.nonzero()[0]) >= _MANY_WORDS
    early = (count > 1).astype(np.float64) if long else np.ones(len(key))
    early[np.bitwise_or.reduceat(counted.content, counted.at) & LEAD > 0] = 1.5
    early[counted.titled > 0] = 2.0
    hidden = lexicon.codes(names) >> KEY
    place = key.searchsorted(hidden)
    early[place[key.take(place, mode="clip") == hidden]] = 0.0
    value: npt.NDArray[np.float64] = _OFTEN[count] * lexicon.rarity.take(key, mode="clip") * early
    return value


def _best(counted: Tally, value: npt.NDArray[np.float64]) -> Ints:
    """The places of the candidates, ascending; of equals the last by the alphabet."""
    chosen: Ints = (value > 0).nonzero()[0]
    if len(chosen) <= _CANDIDATES:
        return chosen
    least = np.partition(value, -_CANDIDATES)[-_CANDIDATES]
    chosen = (value >= least).nonzero()[0]
    if len(chosen) > _CANDIDATES:
        keys = [counted.lexicon.key[n] for n in counted.key[chosen].tolist()]
        ranked = sorted(zip(value[chosen].tolist(), keys, chosen.tolist(), strict=True))
        chosen = np.array(sorted([place for _, _, place in ranked[-_CANDIDATES:]]))
    return chosen


def _shown(counted: Tally, best: Ints) -> list[str]:
    """How each of the best is shown: as most often written; in lower case unless it never is."""
    texts, content, out = counted.lexicon.text, counted.content.tolist(), []
    begins = counted.at[best]
    ends = begins + counted.times[best] + counted.titled[best]
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        first = content[begin]
        if first ^ content[end - 1] < 1 << FORM:
            out.append(texts[(first & _FORM) >> FORM])
        else:
            written = [texts[(code & _FORM) >> FORM] for code in content[begin:end] if not code & TITLE]
            forms = set(written)
            out.append(written[0] if len(forms) == 1 else max([_rank(text, written.count(text)) for text in forms])[3])
    return out


def _rank(text: str, count: int) -> tuple[bool, int, int, str]:
    return text.islower(), count, -len(text), text


def _pairs(counted: Tally, best: Ints) -> list[tuple[tuple[int, int], int]]:
    """Which of the best stand beside each other in one phrase more than once, by their places in `best`; how often."""
    chosen = (counted.times[best] > 1).nonzero()[0]
    if not len(chosen):
        return []
    keys, held = counted.key[best[chosen]], counted.codes >> KEY
    place = keys.searchsorted(held)
    hit = keys.take(place, mode="clip") == held
    at = (hit[1:] & hit[:-1]).nonzero()[0]
    at = at[(counted.codes[at] & CLOSES | counted.codes[at + 1] & OPENS) == 0]
    out: dict[tuple[int, int], int] = {}
    for pair in zip(chosen[place[at]].tolist(), chosen[place[at + 1]].tolist(), strict=True):
        out[pair] = out.get(pair, 0) + 1
    return [item for item in out.items() if item[1] > 1]


def _distinct(texts: list[str], many: int) -> list[str]:
    """The first `many` without what only repeats a part of a better one."""
    out: list[str] = []
    seen: list[set[str]] = []
    known: set[str] = set()
    for text in texts:
        parts = text.lower().split()
        if known.issuperset(parts) and (len(parts) == 1 or any(other.issuperset(parts) for other in seen)):
            continue
        out.append(text)
        seen.append(set(parts))
        known.update(parts)
        if len(out) == many:
            break
    return out
