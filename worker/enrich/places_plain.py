"""Places by the gazetteer alone, for languages without a name model.

Only what is rarely anything else: countries as the language calls them, and large cities; a single word that is also
an ordinary word of the text, or part of a longer name, is left out.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from worker.enrich.doc import Name, Span
from worker.enrich.gazetteer import gazetteer

if TYPE_CHECKING:
    from worker.enrich.doc import Doc

CITY_PEOPLE_MIN: Final = 100_000
FAMOUS_PEOPLE_MIN: Final = 1_000_000  # of this size a city needs no word before it that points to a place
NAME_WORDS_MAX: Final = 3
CONFIDENCE: Final = 0.7
_MORE: Final = r"[\w'’]*(?:-[^\W\d_][\w'’]*)*"
_WORD: Final = re.compile(rf"[^\W\d_]{_MORE}")
_UPPER: Final = "".join(filter(str.isupper, map(chr, range(0x2000))))
_CAPITAL: Final = re.compile(rf"[{_UPPER}](?<!\w.)(?<!\w['’-].){_MORE}")  # looks back last: it can skip to a capital
_BEFORE_CHARS: Final = 20
_PREPOSITIONS: Final = {
    "de": frozenset("in aus nach bei von um nahe bis über".split()),
    "fr": frozenset("à de en dans vers depuis près d'".split()),
    "es": frozenset("en de a desde hacia hasta".split()),
    "it": frozenset("a di da in per verso".split()),
    "pt": frozenset("em de a para no na desde".split()),
    "nl": frozenset("in uit naar te bij van".split()),
}
# Cities that are first of all ordinary words or names.
_ORDINARY: Final = frozenset(
    "Halle Hof Nancy Tours Reading Mobile Man Police March Of Along Bath Split Ales Lens Victoria Santiago Martin Leon "
    "León Paz Rosario Mercedes Regina Salvador Santos Kent Lincoln Jackson Most Milan Roman".split()
)


def scan(doc: Doc, language: str) -> list[Name]:
    """Places in headline and body, by exact name."""
    names: dict[str, Name] = {}
    for where, text in (("headline", doc.headline), ("body", doc.body)):
        for start, end, label in _hits(text, language):
            name = names.setdefault(label, Name(kind="place", label=label, spans=[], aliases=[], confidence=CONFIDENCE))
            name.spans.append(Span(start, end, CONFIDENCE, where))
            surface = text[start:end]
            if surface != label and surface not in name.aliases:
                name.aliases.append(surface)
    return list(names.values())


def _hits(text: str, language: str) -> list[tuple[int, int, str]]:
    nations, exonyms = gazetteer().nations, gazetteer().exonyms.get(language, {})
    large, several, more = _large(), _several(""), _several(language)
    hits, past = [], 0
    small = _Small(text)
    for first in _CAPITAL.finditer(text):
        word, start = first[0], first.start()
        longer = word in several or word in more
        if start < past or not (longer or word in large or word in exonyms):
            continue
        for end in _ends(text, first.end(), NAME_WORDS_MAX if longer else 1):
            form = text[start:end]
            iso = exonyms.get(form)
            if iso in nations:
                hits.append((start, end, nations[iso].name))
            elif form in large and not small[form] and _is_city(text, start, form, language):
                hits.append((start, end, form))
            else:
                continue
            past = end
            break
    return hits


class _Small(dict[str, bool]):
    """Whether a name of one word is also an ordinary word of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] = frozenset()

    def __missing__(self, form: str) -> bool:
        lower = form.lower()
        if lower in self._text and not self._words:
            self._words = frozenset(_WORD.findall(self._text))
        small = self[form] = " " not in form and lower in self._words
        return small


def _ends(text: str, end: int, words: int) -> list[int]:
    """Where a name of so many words, and of fewer, ends; the first of them ends at `end`."""
    ends = [end]
    while len(ends) < words and (word := _WORD.search(text, ends[0])):
        ends.insert(0, word.end())
    return ends


@functools.cache
def _large() -> frozenset[str]:
    return gazetteer().large_cities(CITY_PEOPLE_MIN) - _ORDINARY


@functools.cache
def _several(language: str) -> frozenset[str]:
    """The first words of names that have several: of a language's names of countries, of large cities for ""."""
    names = gazetteer().exonyms.get(language, {}) if language else _large()
    return frozenset(name.split(" ", 1)[0] for name in names if " " in name)


def _is_city(text: str, start: int, form: str, language: str) -> bool:
    """Whether the name of a large city, which begins at `start`, means the city."""
    if " " in form:
        return True
    before = _WORD.findall(text, max(0, start - _BEFORE_CHARS), start)
    if before and before[-1].casefold() in _PREPOSITIONS.get(language, ()):
        return True
    return max(city.people for city in gazetteer().cities(form)) >= FAMOUS_PEOPLE_MIN
