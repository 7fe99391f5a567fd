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
_WORD: Final = re.compile(r"[^\W\d_][\w'’]*(?:-[^\W\d_][\w'’]*)*")
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
    known = gazetteer()
    exonyms = known.exonyms.get(language, {})
    tokens = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    small = {word for _, _, word in tokens if word.islower()}
    begins = _begins(language)
    hits, at = [], 0
    while at < len(tokens):
        start, end, word = tokens[at]
        step = 1
        if word[0].isupper():
            for count in range(min(NAME_WORDS_MAX, len(tokens) - at) if word in begins else 1, 0, -1):
                end = tokens[at + count - 1][1]
                form = text[start:end]
                iso = exonyms.get(form)
                if iso in known.nations:
                    hits.append((start, end, known.nations[iso].name))
                elif form not in _ORDINARY and _is_city(form, count, small, tokens[at - 1][2] if at else "", language):
                    hits.append((start, end, form))
                else:
                    continue
                step = count
                break
        at += step
    return hits


@functools.cache
def _begins(language: str) -> frozenset[str]:
    """The first words of all names that have several."""
    names = (*gazetteer().exonyms.get(language, {}), *gazetteer().city_names())
    return frozenset(name.split(" ", 1)[0] for name in names if " " in name)


def _is_city(form: str, count: int, small: set[str], before: str, language: str) -> bool:
    cities = gazetteer().cities(form)
    if not cities:
        return False
    people = max(city.people for city in cities)
    if people < CITY_PEOPLE_MIN or (count == 1 and form.lower() in small):
        return False
    return people >= FAMOUS_PEOPLE_MIN or count > 1 or before.casefold() in _PREPOSITIONS.get(language, ())
