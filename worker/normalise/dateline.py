"""The dateline: where and when a story was filed and by whose wire, taken off the front of the text.

A bracket is believed when it names a known agency, or when a date or a place in capitals stands before it; what
stands before it must look like a place. `North Korea (DPRK) - a …` and `He said (AP) - …` are no datelines.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from worker.normalise.agencies import agency_of
from worker.normalise.dates import MONTHS

HEAD_CHARS = 180  # a dateline ends within so many characters

_DASH = r"(?:\.-|--|[-–—_=:]|\.(?=\s))"
_BRACKET = re.compile(rf"\((?P<who>[^()\n]{{2,60}})\)\s*(?P<dash>{_DASH}(?:\s*[-–—_]+)?)?\s*")
_SLASHES = re.compile(rf"/(?P<who>[A-Za-z][A-Za-z .-]{{1,40}})/\s*(?P<dash>{_DASH}(?:\s*[-–—]+)?)?\s*")
_BARE = re.compile(r"\s(?P<who>Kyodo|AAP|ANA|NZN)\s+(?P<dash>[-–—]+)\s+")
_COLON_OR_DASH = re.compile(
    r"(?P<place>[A-Z][A-Z .'’-]{2,38}[A-Z.](?:,\s[A-Z][\w. ]{1,30})?)(?P<day>,\s[^:—–\n]{3,20})?"
    r"\s?(?P<dash>:|--|—|\s-(?=\s))\s?(?=[\w“\"'‘<(])"
)
_ANSA = re.compile(
    r"\((?P<who>ANSA)\)\s*-\s*(?P<place>[A-ZÀ-Ý][\w' /.]{1,39}),\s*"
    r"(?P<day>\d{1,2}\s+[A-Za-z]{3,9}|[A-Z][A-Za-z]{2,8}\s+\d{1,2})\s*-\s*"
)
_DAY = re.compile(
    r"(?:^|[,.\s]\s*)(?P<day>(?P<m1>[^\W\d_]{3,10})\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?\s+(?P<m2>[^\W\d_]{3,10})\.?(?:,?\s+\d{4})?"
    r"|\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?)$"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_NO_PLACE_SIGN = re.compile('["“”?!;:\n]')
_SMALL = frozenset(
    "a al am an and are as aux bei bin by ca da de del den der des di do dos du e ed el en et i im in la las le "
    "les lo los "
    "mit na nad near of off on os près sobre st sul sur the und upon van von y".split()
)
_NO_PLACE = frozenset(
    "he she it they we you i this that these those there but and or if when while after before since although however "
    "his her its their our said says according mr mrs ms dr exclusive breaking update updated watch video photos "
    "warning "
    "note editor's editors correction clarification opinion analysis review advisory embargoed embargo attention eds "
    "in on at as and near off to with for by from source contact contacts media release press brief briefs live "
    "kill hold urgent alert flash".split()
)
_PAPERS = frozenset(
    "today daily times herald news post gazette tribune online press".split()
)  # a paper's name, no place
# Places whose names alone, before a colon and without a date, are taken for a dateline.
CITIES = frozenset(
    "abuja addis ababa amman amsterdam ankara athens baghdad bangkok beijing beirut berlin bogota brasilia brussels "
    "bucharest budapest buenos aires cairo canberra caracas colombo copenhagen damascus delhi dhaka doha dubai dublin "
    "frankfurt geneva hanoi harare havana helsinki hong kong islamabad istanbul jakarta jeddah jerusalem "
    "johannesburg kabul "
    "kathmandu khartoum kinshasa kuala lumpur kuwait kyiv kiev lagos lahore lima lisbon london los angeles "
    "madrid manila "
    "mexico city moscow mumbai nairobi new delhi new york oslo ottawa paris phnom penh prague pretoria putrajaya "
    "pyongyang "
    "rabat riyadh rome santiago sao paulo sarajevo seoul shanghai singapore sofia stockholm sydney taipei tehran "
    "tel aviv "
    "tokyo toronto tripoli tunis ulaanbaatar united nations vienna warsaw washington wellington yangon zurich".split()
)
_STATE_PARTS = 4  # CITY, County, State, Country


class Found(NamedTuple):
    """`end`: where the text goes on."""

    text: str
    place: str
    day: str
    agency: str
    end: int


def find(text: str, *, loose: bool = True) -> Found | None:
    """The dateline at the front of `text`, or None. `loose` also takes `CITY: …` and `CITY — …` without an agency."""
    head = text[:HEAD_CHARS]
    return _with_agency(head) or (_without_agency(head) if loose else None)


def parse(text: str) -> Found:
    """A dateline that the format gives apart: always one, with whatever of it can be read."""
    line = " ".join(text.split())
    found = _with_agency(line[:HEAD_CHARS] + " ", apart=True)
    if found and not line[found.end :].strip():
        return found._replace(text=line.rstrip(" -–—_"))
    place, day = _split(line.rstrip(" -–—_:"))
    agency = ""
    words = place.rsplit(" ", 1)
    if len(words) == 2 and agency_of(words[1]) and words[1].isupper():
        place, agency = words[0].rstrip(" ,"), words[1]
        place, day = _split(place) if not day else (place, day)
    return Found(line.rstrip(" -–—_"), place if plausible(place) else "", day, agency, len(line))


def _with_agency(head: str, *, apart: bool = False) -> Found | None:
    ansa = _ANSA.match(head) if head[:1] == "(" else None
    if ansa:
        return Found(ansa.group().strip(" -"), ansa["place"].strip(), ansa["day"], "ANSA", ansa.end())
    for shape, sign in ((_BRACKET, "("), (_SLASHES, "/"), (_BARE, "")):
        match = shape.search(head) if sign in head else None
        if match is None:
            continue
        who = match["who"].strip()
        known = agency_of(who)
        if known is None and shape is _BRACKET and match["dash"]:
            dated = _dated_bracket(head, match, who)
            if dated:
                return dated
        before = head[: match.start()].strip(" ,")
        if known is None and shape is _BRACKET and before and agency_of(before):
            continue
        place, day = _split(before)
        sure = known is not None or (shape is _BRACKET and bool(day) and place.isupper() and who[0].isupper())
        if not sure or not (plausible(place) if place else known is not None):
            continue
        if not match["dash"] and not apart and not _may_lack_dash(who, shape, place, head[match.end() :]):
            continue
        end = match.end()
        place = "" if _PAPERS & set(place.casefold().split()) else place
        return Found(head[:end].strip(), place, day, known.name if known and known.name != "Reuters" else who, end)
    return None


def _dated_bracket(head: str, match: re.Match[str], who: str) -> Found | None:
    """`SINGAPORE (May 6, 2021) — …`"""
    place = head[: match.start()].strip(" ,.")
    if _split(f"X, {who}")[1] and place.isupper() and plausible(place):
        return Found(head[: match.end()].strip(), place, who, "", match.end())
    return None


def _may_lack_dash(who: str, shape: re.Pattern[str], place: str, rest: str) -> bool:
    """Some wires put no dash after the bracket: `Paris (ats afp) Le …`, `New Delhi, Mar 14 (PTI) The …`.

    A release's dateline may stand in a line of its own.
    """
    if shape is _SLASHES and not rest.strip():
        return True
    if shape is _BARE or not rest[:1].isupper():
        return False
    return shape is _SLASHES or (
        bool(place) and (who.islower() or place.isupper() or who in ("PTI", "CNA", "EFE", "AFP"))
    )


def _without_agency(head: str) -> Found | None:
    match = _COLON_OR_DASH.match(head)
    if not match:
        return None
    place, day = _split(match["place"].strip(" ,"))
    day = day or (match["day"] or "").strip(" ,")
    city = place.split(",")[0]
    if day and not _split("X, " + day)[1]:
        return None
    if not plausible(place) or len(city.split()) > 4:
        return None
    if match["dash"] != "--" and not day and not set(city.casefold().replace(".", "").split()) <= CITIES:
        return None
    return Found(match.group().strip(), place, day, "", match.end())


def _split(before: str) -> tuple[str, str]:
    """(place, day) of what stands before the bracket."""
    match = _DAY.search(before.rstrip(" ,.")) if _DIGIT.search(before) else None
    if not match:
        return _without_stop(before), ""
    month = match["m1"] or match["m2"]
    if month and month.casefold() not in MONTHS:
        return _without_stop(before), ""
    return _without_stop(before[: match.start()]), match["day"]


def _without_stop(place: str) -> str:
    """`MOSCOW.` loses its full stop (Interfax writes one), `GREENWICH, Conn.` keeps it."""
    place = place.strip(" ,-–—_=")
    return place if "," in place else place.rstrip(".")


def plausible(place: str) -> bool:
    """Does it look like the name of a place? Few words, each with a capital (or none of its own), no pronoun."""
    if not place or len(place) > 80 or place.count(",") >= _STATE_PARTS:
        return False
    words = _WORD.findall(place)
    if not words or len(words) > 9 or words[0].casefold() in _NO_PLACE:
        return False
    if _NO_PLACE_SIGN.search(place):
        return False
    for word in words:
        if word[0].islower() and word.casefold() not in _SMALL and not word.startswith(("d'", "l'")):
            return False
    return True
