"""Who a source is: a name of the document, also where it is written as a pronoun, a surname or a role."""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from worker.enrich.doc import Name
    from worker.enrich.quotes_source import Span

NAMED, BY_ROLE, BY_PRONOUN, CONTINUED, GUESSED = 0.9, 0.75, 0.65, 0.6, 0.5
"""Confidence in a speaker by how the text names it."""

_PRONOUNS: Final = frozenset({"he", "she"})
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NO_ROLE: Final = frozenset(
    """
    the a an his her their its of to for in on at and former late then new own first this that these those who also
    us
    """.split()
)
_PREPOSITION: Final = re.compile(r",| (?:to|of|for|in|at|on|from|with|who|whose)\b")
_ROLE_WORDS: Final = frozenset(
    """
    spokesman spokeswoman spokesperson ambassador president minister premier chancellor secretary governor senator
    mayor chairman chairwoman chair chief director general commander leader judge justice attorney lawyer prosecutor
    professor doctor coach manager captain owner founder executive ceo economist analyst author pope bishop
    archbishop cardinal king queen prince princess sheriff inspector detective superintendent officer official envoy
    diplomat candidate nominee congressman congresswoman representative commissioner treasurer principal dean bishop
    rabbi imam pastor striker midfielder goalkeeper actor actress singer director scientist researcher historian
    activist lawmaker deputy
    """.split()
)
"""Heads of roles that a text gives to one person; "official" and the like only where just one person has it."""


_Place = tuple[int, int, int, "Name"]  # start, its number, end
_SPEAK: Final = frozenset({"person", "organisation"})
_POSSESSIVE: Final = ("'s", "’s")


class Speaker(NamedTuple):
    label: str
    confidence: float
    person: bool


class Speakers:
    """Resolves the sources of one document in the order of the text; what was resolved helps with what follows."""

    def __init__(self, body: str, names: list[Name]) -> None:
        self._body = body
        self._people = [name for name in names if name.kind == "person"]
        places: list[_Place] = []
        for name in names:
            if name.kind in _SPEAK:
                for span in name.spans:
                    if span.where == "body":
                        places.append((span.start, len(places), span.end, name))
        places.sort()
        self._places = places
        self._starts = [place[0] for place in places]
        self.last: str = ""
        self._spoken: list[str] = []

    @functools.cached_property
    def _by_role(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """(words of each person's roles and affiliations, heads of the roles)."""
        roles: dict[str, set[str]] = {}
        heads: dict[str, set[str]] = {}
        for name in self._people:
            words = {w.lower() for text in (*name.roles, *name.affiliations) for w in _WORD.findall(text)}
            roles[name.label] = words | _initials(words)
            heads[name.label] = {
                w for text in name.roles for w in map(str.lower, _WORD.findall(text)) if w in _ROLE_WORDS
            }
        return roles, heads

    def resolve(self, source: Span) -> Speaker | None:
        """The speaker of a source; None where the text leaves it open."""
        start, end = source
        text = self._body[start:end]
        found = self._named(start, end, text)
        if found is None:
            found = self._pronoun(start) if text.lower().strip(" ,") in _PRONOUNS else self._role(text, start)
        if found and found.person:
            self.last = found.label
            self._spoken.append(found.label)
        return found

    def _named(self, begin: int, stop: int, text: str) -> Speaker | None:
        organisation: Name | None = None
        first = bisect.bisect_left(self._starts, begin - 1)
        last = bisect.bisect_left(self._starts, stop, first)
        for start, _, end, name in self._places[first:last]:
            if self._body.startswith(_POSSESSIVE, end):
                continue
            if name.kind == "person":
                return Speaker(self._spoken_before(start, end, name), NAMED, person=True)
            organisation = organisation or name
        if organisation is None or _head(text) in _ROLE_WORDS:
            return None  # "the ministry's spokesman", "an official of the ministry": a person, not the ministry
        return Speaker(organisation.label, NAMED, person=False)

    def _spoken_before(self, start: int, end: int, name: Name) -> str:
        """A bare surname that several bear is theirs who has spoken."""
        surface = self._body[start:end]
        if " " in surface:
            return name.label
        bearers = {n.label for n in self._people if surface in n.label and surface in n.label.split()}
        if len(bearers) > 1:
            return next((label for label in reversed(self._spoken) if label in bearers), name.label)
        return name.label

    def _pronoun(self, start: int) -> Speaker | None:
        """Who spoke last, if not long before; else the last person named."""
        before = bisect.bisect_left(self._starts, start)
        near = [name for *_, name in self._places[max(0, before - 6) : before] if name.kind == "person"]
        if self.last and (not near or near[-1].label == self.last or self._spoken[-1:] == [self.last]):
            return Speaker(self.last, BY_PRONOUN, person=True)
        return Speaker(near[-1].label, GUESSED, person=True) if near else None

    def _role(self, text: str, start: int) -> Speaker | None:
        """A role alone ("the spokesman"): who has it in the text, best by its other words, then by who spoke."""
        head = _head(text)
        if head not in _ROLE_WORDS:
            return None
        roles, heads = self._by_role
        bearers = [n for n in self._people if head in heads[n.label]]
        if not bearers:
            return None
        words = {w.lower() for w in _WORD.findall(text)} - _NO_ROLE - {head}
        words |= _initials(words)

        def fit(name: Name) -> tuple[int, int, int]:
            spoken = max((n for n, label in enumerate(self._spoken) if label == name.label), default=-1)
            near = max((s.start for s in name.spans if s.where == "body" and s.start < start), default=-1)
            return len(words & roles[name.label]), spoken, near

        best = max(bearers, key=fit)
        if len(words) > 1 and fit(best)[0] == 0:
            return None  # another ministry's spokesman
        return Speaker(best.label, BY_ROLE, person=True)


@functools.lru_cache(maxsize=4096)
def _head(text: str) -> str:
    """The noun of a phrase, in small letters."""
    phrase = _PREPOSITION.split(text, maxsplit=1)[0]
    words = _WORD.findall(phrase)
    return words[-1].lower().removesuffix("'s").removesuffix("’s") if words else ""


def _initials(words: set[str]) -> set[str]:
    """The short forms that roles are written with."""
    return {"un"} if {"united", "nations"} <= words else {"united", "nations"} if "un" in words else set()
