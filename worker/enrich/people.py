"""What the text says a person is: roles and affiliations, before the name and in apposition after it.

"South Korea's foreign ministry spokesman Cho June-hyuck", "Rex Tillerson, the US secretary of state,".
"""

from __future__ import annotations

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
_REWORDED: Final = {"state secretary": "Secretary of State"}


class Fact(NamedTuple):
    role: str
    affiliations: tuple[str, ...]


def describe(tagged: Tagged, entries: list[Entry], mentions: list[Mention]) -> dict[int, tuple[list[str], list[str]]]:
    """Roles and affiliations by `id` of the person's entry."""
    inside: dict[int, Mention] = {}
    for mention in mentions:
        if mention.kind in {"LOC", "ORG", "NORP"}:
            for at in range(mention.first, mention.last):
                inside[at] = mention
    ending = {mention.last: entry for entry in entries if entry.kind == "PER" for mention, _ in entry.mentions}
    found: dict[int, tuple[list[str], list[str]]] = {}
    for entry in entries:
        if entry.kind != "PER":
            continue
        roles: list[str] = []
        affiliations: list[str] = []
        for mention, _ in entry.mentions[:MENTIONS_MAX]:
            for fact in (_before(tagged.words, mention.first, inside), _after(tagged.words, mention, inside)):
                if fact is not None and len(roles) < ROLES_MAX:
                    _add(roles, [fact.role])
                    _add(affiliations, fact.affiliations)
        kin = _announced_kin(tagged, entry, ending)
        if kin:
            _add(roles, [kin])
        if roles:
            found[id(entry)] = (roles, affiliations)
    return found


def _add(to: list[str], values: list[str] | tuple[str, ...]) -> None:
    for value in values:
        if value and value.casefold() not in {known.casefold() for known in to}:
            to.append(value)


def _before(words: list[str], first: int, inside: dict[int, Mention]) -> Fact | None:
    """A role that leads up to the name."""
    at = first - 1
    if at < 0 or at in inside:
        return None
    last = words[at].rstrip(".").casefold()
    if last in _COURTESY:
        return None
    state = last in {"state", "defense", "defence", "treasury"} and at >= 2 and words[at - 1] in {"of", "the"}
    if not state and last not in ROLES and last not in KINSHIP:
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
    if words[at : at + 1] != [","]:
        return None
    begin = at + 1
    end = next((i for i in range(begin, min(len(words), begin + AFTER_WORDS_MAX)) if words[i] in _ENDS), None)
    if end is None or end == begin:
        return None
    if words[begin].casefold() in _ARTICLES:
        begin += 1
    noun = next((i for i in range(begin, end) if words[i] in _PREPOSITIONS), end) - 1
    if noun < begin or noun - at > BEFORE_WORDS_MAX:
        return None
    if words[noun].casefold() not in ROLES and words[noun].casefold() not in KINSHIP:
        return None
    affiliations = []
    owner = inside.get(begin)
    if owner is not None and owner.last <= noun:
        affiliations.append(_whole(owner))
        begin = owner.last + (1 if words[owner.last] in _POSSESSIVE else 0)
    bodies = (inside[i] for i in range(noun, end) if i in inside and inside[i].first == i and inside[i].kind == "ORG")
    affiliations += map(_whole, bodies)
    role = " ".join(words[begin:end])
    for sign in _POSSESSIVE:
        role = role.replace(" " + sign, sign)
    return Fact(role, tuple(affiliations))


def _whole(mention: Mention) -> str:
    """Nationalities and other names of a country as the country, short forms in full."""
    known = gazetteer()
    iso = known.demonyms.get(mention.surface) or known.countries.get(mention.surface)
    return known.nations[iso].name if iso in known.nations else ACRONYMS.get(mention.surface, mention.surface)


def _announced_kin(tagged: Tagged, entry: Entry, ending: dict[int, Entry]) -> str:
    """`…the killing of X's half brother.` and the next sentence introduces somebody: he is the half brother of X."""
    words, first = tagged.words, entry.mentions[0][0].first
    at = first - 1
    while at >= 0 and not words[at]:
        at -= 1
    if at < 3 or words[at] != "." or words[at - 1] not in KINSHIP:
        return ""
    begin = at - 1
    while begin > 0 and words[begin - 1].islower() and at - begin < 4 and words[begin - 1] not in _POSSESSIVE:
        begin -= 1
    if words[begin - 1] not in _POSSESSIVE:
        return ""
    other = ending.get(begin - 1)
    return f"{' '.join(words[begin:at])} of {other.label}" if other is not None and other is not entry else ""
