"""Organisations beyond proper names: state bodies in small letters, and the stock symbols that texts give."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, Final

from worker.enrich.doc import Name, Span
from worker.enrich.gazetteer import gazetteer
from worker.enrich.wordlists import BODIES, BODY_MODIFIERS

if TYPE_CHECKING:
    from worker.enrich.crf import Tagged
    from worker.enrich.mentions import Mention

BODY_CONFIDENCE: Final = 0.7
BODY_REACH: Final = 5  # words after its country in which one begins: 's and three modifiers before it
SYMBOL_REACH: Final = 40  # code points between a company's name and its symbol
_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
_EXCHANGES: Final = (
    "NYSE|NASDAQ|Nasdaq|AMEX|NYSE American|NYSE Arca|LSE|LON|AIM|TSX|TSXV|TSE|TYO|ASX|NSE|BSE|HKEX|SEHK|HKG|KRX|SGX|"
    "FWB|ETR|XETRA|Euronext|EPA|AMS|SIX|SWX|BIT|BME|OTC|OTCBB|OTCQB|OTCQX|CSE|JSE|NZX|OSE|STO|SSE|SZSE"
)
_LISTED: Final = re.compile(rf"\((?:{_EXCHANGES})[^\S\n]?:[^\S\n]?[A-Z0-9][A-Z0-9.\-]{{0,9}}[^()\n]{{0,40}}\)")
_LISTING: Final = re.compile(rf"({_EXCHANGES})[^\S\n]?:[^\S\n]?([A-Z0-9][A-Z0-9.\-]{{0,9}})")
_RIC: Final = re.compile(r"<([A-Z0-9]{1,8})\.([A-Z]{1,2})>")
# Reuters Instrument Codes: the letters after the point name the exchange.
_RIC_EXCHANGES: Final = {
    "N": "NYSE", "K": "NYSE", "O": "NASDAQ", "OQ": "NASDAQ", "A": "AMEX", "L": "LSE", "T": "TSE", "HK": "HKEX",
    "DE": "XETRA", "PA": "Euronext Paris", "AS": "Euronext Amsterdam", "BR": "Euronext Brussels",
    "TO": "TSX", "V": "TSXV",
    "AX": "ASX", "KS": "KRX", "SS": "SSE", "SZ": "SZSE", "NS": "NSE", "BO": "BSE", "MI": "Borsa Italiana", "MC": "BME",
    "S": "SIX", "VX": "SIX", "ST": "Nasdaq Stockholm", "HE": "Nasdaq Helsinki", "CO": "Nasdaq Copenhagen", "OL": "Oslo",
    "SI": "SGX", "J": "JSE", "TW": "TWSE", "SA": "B3", "MX": "BMV", "VI": "Wiener Börse",
}  # fmt: skip


def state_bodies(tagged: Tagged, mentions: list[Mention], headline_chars: int) -> list[Name]:
    """South Korea's foreign ministry, the Malaysian police: a country and one of its bodies in small letters."""
    peoples = gazetteer().demonyms
    words = tagged.words
    at_end: dict[int, Mention] = {}
    bodies: set[int] = set()
    for mention in mentions:
        if mention.kind == "LOC" or mention.surface in peoples:
            end = mention.last
            at_end[end] = mention
            near = words[end : end + BODY_REACH]
            if not BODIES.isdisjoint(near):
                bodies.update([at for at, word in enumerate(near, end) if word in BODIES])
    found: dict[str, Name] = {}
    for at in sorted(bodies):
        begin = at
        while begin > 0 and words[begin - 1] in BODY_MODIFIERS and at - begin < 3:
            begin -= 1
        owner = at_end.get(begin - 1) if begin and words[begin - 1] in _POSSESSIVE else at_end.get(begin)
        if owner is None or (owner.kind == "LOC" and owner.last == begin and owner.surface.count(" ") > 1):
            continue
        start, end = tagged.start(owner.first), tagged.ends[at]
        label = " ".join(words[owner.first : at + 1])
        for sign in _POSSESSIVE:
            label = label.replace(f" {sign} ", f"{sign} ")
        where = "headline" if start < headline_chars else "body"
        shift = 0 if where == "headline" else headline_chars
        name = found.setdefault(label, Name(kind="organisation", label=label, confidence=BODY_CONFIDENCE, spans=[]))
        name.spans.append(Span(start - shift, end - shift, BODY_CONFIDENCE, where))
        if owner.kind == "NORP":
            name.affiliations = [owner.surface]
    return list(found.values())


def symbols(text: str, where: str, names: list[Name]) -> None:
    """Adds `(NYSE: WFC)` and `<WFC.N>` to the organisation that stands before them."""
    if "<" not in text and ":" not in text:
        return
    matches = [*_LISTED.finditer(text), *_RIC.finditer(text)]
    if not matches:
        return
    ends = sorted(
        (
            (span.end, number)
            for number, name in enumerate(names)
            if name.kind == "organisation"
            for span in name.spans
            if span.where == where
        )
    )
    for match in matches:
        at = bisect.bisect_right(ends, (match.start(), len(names))) - 1
        if at >= 0 and match.start() - ends[at][0] <= SYMBOL_REACH:
            _add(names[ends[at][1]], _listings(match))


def _listings(match: re.Match[str]) -> list[tuple[str, str]]:
    """(symbol, exchange) of every listing in the match."""
    if match.re is _RIC:
        return [(match[1], _RIC_EXCHANGES.get(match[2], match[2]))]
    return [(m[2].rstrip(".-"), "NASDAQ" if m[1] == "Nasdaq" else m[1]) for m in _LISTING.finditer(match[0])]


def _add(name: Name, found: list[tuple[str, str]]) -> None:
    name.symbols = [*name.symbols, *(symbol for symbol in found if symbol not in name.symbols)]
