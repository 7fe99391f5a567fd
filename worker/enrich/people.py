"""What the text says a person is: roles and affiliations, before the name and in apposition after it.

"South Korea's foreign ministry spokesman Cho June-hyuck", "Rex Tillerson, the US secretary of state,".
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, NamedTuple

from worker.enrich.gazetteer import gazetteer
from worker.enrich.wordlists import ACRONYMS, BODIES, BODY_MODIFIERS, KINSHIP, ROLES

if TYPE_CHECKING:
    from worker.enrich.crf import Tagged
    from worker.enrich.linking import Entry
    from worker.enrich.mentions import Mention

BEFORE_WORDS_MAX: Final = 9
AFTER_WORDS_MAX: Final = 16
MENTIONS_MAX: Final = 100  # of one person that are searched for roles
ROLES_MAX: Final = 4  # of one person
_MODIFIERS: Final = (
    BODIES
    | BODY_MODIFIERS
    | frozenset(
        "former late ex- acting interim deputy vice senior chief top prime lead incoming outgoing then longtime "
        "assistant associate executive general managing lieutenant state attorney presidential opposition party local "
        "first second third police fire district county city town campaign team club head veteran ruling hard-line "
        "reformist spiritual supreme ousted exiled elected self-styled press marketing sales operating financial "
        "technology shadow home culture health education trade environment housing works treasury "
        "commercial research human rights political religious military naval rebel separatist republican democratic "
        "conservative labour labor liberal socialist communist new then-".split()
    )
)
_COURTESY: Final = frozenset("mr mrs ms miss dr sir dame lord lady".split())
_POSSESSIVE: Final = frozenset({"'s", "’s", "'S", "'", "’"})
_ARTICLES: Final = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_CLAUSE: Final = frozenset(
    "who which that whose where when said says told was is were are has had have will would".split()
)
_ENDS: Final = _CLAUSE | frozenset({",", ".", ";", ":", "", "(", ")", '"', "“", "”", "-", "–", "—", "!", "?"})
_PREPOSITIONS: Final = frozenset("of for at in to on with from under by and".split())
_BEYOND: Final = frozenset("from with by studying working living based serving".split())
"""What follows a role and is no part of it: a student from Hong Kong."""
_AFFILIATIONS: Final = frozenset({"LOC", "ORG", "NORP"})
_DEPARTMENTS: Final = frozenset({"state", "defense", "defence", "treasury"})  # "secretary of state"
_REWORDED: Final = {"state secretary": "Secretary of State"}


_NOUNS: Final = ROLES | KINSHIP


class Fact(NamedTuple):
    role: str
    affiliations: tuple[str, ...]


def describe(tagged: Tagged, entries: list[Entry], mentions: list[Mention]) -> dict[int, tuple[list[str], list[str]]]:
    """Roles and affiliations by `id` of the person's entry."""
    words = tagged.words
    inside: dict[int, Mention] | None = None
    ending: dict[int, Entry] = {}
    found: dict[int, tuple[list[str], list[str]]] = {}
    for entry in entries:
        if entry.kind != "PER":
            continue
        roles: list[str] = []
        affiliations: list[str] = []
        for mention, _ in entry.mentions[:MENTIONS_MAX]:
            before = _leads(words[mention.first - 1]) if mention.first else ""
            after = words[mention.last : mention.last + 1] == [","]
            if not before and not after:
                continue
            if inside is None:
                inside = _inside(mentions)
            for fact in (
                _before(words, mention.first, inside) if before else None,
                _after(words, mention, inside) if after else None,
            ):
                if fact is not None and len(roles) < ROLES_MAX:
                    _add(roles, [fact.role])
                    _add(affiliations, fact.affiliations)
        at = _kin_before(words, entry.mentions[0][0].first)
        if at:
            ending = ending or {m.last: e for e in entries if e.kind == "PER" for m, _ in e.mentions}
            _add(roles, [_announced_kin(words, at, entry, ending)])
        if roles:
            found[id(entry)] = (roles, affiliations)
    return found


def _inside(mentions: list[Mention]) -> dict[int, Mention]:
    """The names that can be an affiliation, by each of their words."""
    return {at: m for m in mentions if m.kind in _AFFILIATIONS for at in range(m.first, m.last)}


def _add(to: list[str], values: list[str] | tuple[str, ...]) -> None:
    for value in values:
        if value and value.casefold() not in {known.casefold() for known in to}:
            to.append(value)


@functools.lru_cache(maxsize=8192)
def _leads(word: str) -> str:
    """Whether a word may be the end of a role before a name: "role", "state" (of a role like secretary of state)."""
    plain = word.rstrip(".").casefold()
    if plain in _COURTESY:
        return ""
    return "state" if plain in _DEPARTMENTS else "role" if plain in _NOUNS else ""


def _before(words: list[str], first: int, inside: dict[int, Mention]) -> Fact | None:
    """A role that leads up to the name."""
    at = first - 1
    if at in inside:
        return None
    state = _leads(words[at]) == "state" and at >= 2 and words[at - 1] in {"of", "the"}
    if not state and words[at].rstrip(".").casefold() not in _NOUNS:
        return None
    begin = at - 2 if state else at
    affiliations: list[str] = []
    while begin > 0 and first - begin < BEFORE_WORDS_MAX:
        word = words[begin - 1]
        mention = inside.get(begin - 1)
        if word in _POSSESSIVE and inside.get(begin - 2) is not None:
            mention = inside[begin - 2]
            affiliations.insert(0, _whole(mention))
            break
        if mention is not None:
            affiliations.insert(0, _whole(mention))
            begin = mention.first
            if mention.kind != "ORG":
                break
        elif word.casefold() in _MODIFIERS or word.casefold() in ROLES:
            begin -= 1
        else:
            break
    own = [words[i] for i in range(begin, first) if i not in inside and words[i] not in _POSSESSIVE]
    role = " ".join(own)
    return Fact(_REWORDED.get(role.casefold(), role), tuple(affiliations))


def _after(words: list[str], mention: Mention, inside: dict[int, Mention]) -> Fact | None:
    """A role in apposition: after a comma, up to the next comma or the end of the clause.

    What makes it one is a noun of `ROLES` at its end or before its first preposition: "chief of the fire brigade".
    """
    at = mention.last
    begin = end = at + 1
    for word in words[begin : begin + AFTER_WORDS_MAX]:
        if word in _ENDS:
            break
        end += 1
    else:
        return None
    if end == begin:
        return None
    if words[begin].casefold() in _ARTICLES:
        begin += 1
    noun = end - 1
    for i in range(begin, end):
        if words[i] in _PREPOSITIONS:
            noun = i - 1
            break
    if noun < begin or noun - at > BEFORE_WORDS_MAX or words[noun].casefold() not in _NOUNS:
        return None
    affiliations = []
    owner = inside.get(begin)
    if owner is not None and owner.last <= noun:
        affiliations.append(_whole(owner))
        begin = owner.last + (1 if words[owner.last] in _POSSESSIVE else 0)
    bodies = (inside[i] for i in range(noun, end) if i in inside and inside[i].first == i and inside[i].kind == "ORG")
    affiliations += map(_whole, bodies)
    stop = next((i for i in range(noun + 1, end) if words[i] in _BEYOND), end)
    role = " ".join(words[begin:stop])
    for sign in _POSSESSIVE:
        role = role.replace(" " + sign, sign)
    return Fact(role, tuple(affiliations))


def _whole(mention: Mention) -> str:
    """Nationalities and other names of a country as the country, short forms in full."""
    known = gazetteer()
    iso = known.demonyms.get(mention.surface) or known.countries.get(mention.surface)
    return known.nations[iso].name if iso in known.nations else ACRONYMS.get(mention.surface, mention.surface)


def _kin_before(words: list[str], first: int) -> int:
    """`…the killing of X's half brother.` before a sentence that begins with a name: where the brother is, or 0."""
    at = first - 1
    while at >= 0 and not words[at]:
        at -= 1
    return at - 1 if at >= 3 and words[at] == "." and words[at - 1] in KINSHIP else 0


def _announced_kin(words: list[str], at: int, entry: Entry, ending: dict[int, Entry]) -> str:
    """Who is introduced after such a sentence is the half brother of X."""
    begin = at
    while begin > 0 and words[begin - 1].islower() and at + 1 - begin < 4 and words[begin - 1] not in _POSSESSIVE:
        begin -= 1
    if words[begin - 1] not in _POSSESSIVE:
        return ""
    other = ending.get(begin - 1)
    return f"{' '.join(words[begin : at + 1])} of {other.label}" if other is not None and other is not entry else ""
