"""Numbers that matter, as typed values: money with its currency, percentages, casualties, scores.

`unit` is the ISO 4217 code of money, "%" or "pp" (percentage points), "killed", "injured" or "missing" of people,
and of a score the score itself, whose `value` is the first side's. Decimal commas are read in the languages that
write them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.enrich.amounts_harm import casualties
from worker.enrich.amounts_words import (
    AMBIGUOUS,
    CURRENCY_NAMES,
    CURRENCY_SIGNS,
    MULTIPLIERS,
    PERCENT,
    POINTS,
    SPORT,
)
from worker.enrich.anchors import anchors
from worker.story import Amount

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

AMOUNTS_MAX: Final = 200  # of one story: a market table has thousands
COMMA_DECIMAL: Final = frozenset(
    {"de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "nn", "pl", "cs", "ru", "fi", "tr"}
)
_AHEAD: Final = 40  # characters looked at after a number
_BEHIND: Final = 6  # … before it, for a currency sign
_NUMBER: Final = re.compile(
    r"(?<![\w])(?<!\d[.,])(?:\d{1,3}(?:[.,' \u00a0]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?(?!\d))"
)
_SIGN_BEFORE: Final = re.compile(
    "(" + "|".join(re.escape(s) for s in sorted(CURRENCY_SIGNS, key=len, reverse=True)) + r")[ \u00a0]?$"
)
_SIGN_AFTER: Final = re.compile(
    r"[ \u00a0]?(" + "|".join(re.escape(s) for s in sorted(CURRENCY_SIGNS, key=len, reverse=True)) + r")(?![\w])"
)
_WORDS_AFTER: Final = re.compile(r"[ \u00a0-]?([^\W\d_]+\.?)(?:[ \u00a0-]([^\W\d_]+\.?))?(?:[ \u00a0-]([^\W\d_]+))?")
_PERCENT: Final = re.compile(rf"[ \u00a0-]?(?:%|(?:{PERCENT})\b)(?:[ -]?({POINTS}))?", re.IGNORECASE)
_SCORE: Final = re.compile(r"(?<![\w.,:/–-])(\d{1,3})([-–:])(\d{1,3})(?![\w%]|[.,:/–-]\d|[-–]\w)")
_SPORT: Final = re.compile(rf"\b(?:{SPORT})\b")  # of lower case
_SCORE_WINDOW: Final = 60

_BLANKS: Final = frozenset(" \u00a0-")  # what can stand between a number and its unit
_LETTERS: Final = frozenset("mbk")  # multipliers of one letter
_SIGN_ENDS: Final = frozenset(sign[-2:] for sign in CURRENCY_SIGNS)  # what can stand before a number
_DASHES: Final = frozenset("-–:")


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.amounts`, in the order of the text."""
    language = found.language[:2]
    comma = language in COMMA_DECIMAL
    text = doc.body
    places = anchors(text, language)
    out = _numbers(text, places.numbers, comma=comma)
    if len(out) < AMOUNTS_MAX and places.harm:
        out += casualties(text, places)
    out.sort(key=lambda amount: amount.start)
    found.amounts = out[:AMOUNTS_MAX]


def _numbers(text: str, starts: list[int], *, comma: bool) -> list[Amount]:
    """Money, percentages and scores: all of them hold a number written in digits."""
    out: list[Amount] = []
    past = 0
    for start in starts:
        match = _NUMBER.match(text, start) if start >= past else None
        if match is None:
            continue
        end = past = match.end()
        may_be = _AFTER[text[end : end + 3]]
        ahead = text[max(0, start - 3) : start].rstrip(" \u00a0")[-2:]
        signed = ahead in _SIGN_ENDS or ahead[-1:] in _SIGN_ENDS
        if not (may_be or signed):
            continue
        amount = _percent(text, start, end, comma=comma) if may_be & _A_PERCENT else None
        if amount is None and (may_be & _A_UNIT or signed):
            amount = _money(text, start, end, signed=signed, comma=comma)
        if amount is None and may_be & _A_SCORE:
            amount = _score(text, start, colon=comma)
        if amount:
            out.append(amount)
            past = amount.end
            if len(out) == AMOUNTS_MAX:
                break
    return out


class _After(dict[str, int]):
    """What a number may be, by the three characters after it: quick, and sure only in its no."""

    def __missing__(self, after: str) -> int:
        if len(self) >= _AFTER_MAX:
            self.clear()
        first = after[:1]
        percent = "%" in after[:2] or "p" in after[:2].lower()
        word = (after[1:] if first in _BLANKS else after[:2]).lower()
        alone = word[:1] in _LETTERS and not word[1:].isalpha()
        unit = alone or word in _UNIT_BEGINS or word[:1] in _SIGN_ENDS or first in _LETTERS
        may_be = self[after] = (
            _A_PERCENT * percent | _A_UNIT * unit | _A_SCORE * (first in _DASHES and after[1:2].isdigit())
        )
        return may_be


_AFTER: Final = _After()


def _percent(text: str, start: int, end: int, *, comma: bool) -> Amount | None:
    match = _PERCENT.match(text, end, end + _AHEAD)
    if match is None:
        return None
    stop = match.end()
    unit = "pp" if match[1] else "%"
    return Amount(
        kind="percent",
        value=_value(text[start:end], comma=comma),
        unit=unit,
        text=text[start:stop],
        start=start,
        end=stop,
    )


def _money(text: str, start: int, end: int, *, signed: bool, comma: bool) -> Amount | None:
    before = _SIGN_BEFORE.search(text, max(0, start - _BEHIND), start) if signed else None
    after = _SIGN_AFTER.match(text, end, end + _AHEAD)
    words = _WORDS_AFTER.match(text, end, end + _AHEAD)
    factor, stop, unit = 1.0, end, ""
    if words:
        factor, stop, unit = _words(words)
        if factor == 1 and unit in AMBIGUOUS and _value(text[start:end], comma=comma) < AMBIGUOUS[unit]:
            unit = ""
        if factor > 1 and not unit and not before:
            after = _SIGN_AFTER.match(text, stop, stop + _AHEAD) or after
    if before:
        begin, unit, stop = before.start(1), CURRENCY_SIGNS[before[1]], (stop if factor > 1 else end)
    elif unit:
        begin = start
    elif after and (after.start() == end or after.start() == stop):
        begin, unit, stop = start, CURRENCY_SIGNS[after[1]], after.end()
    else:
        return None
    if before and before.start(1) and text[before.start(1) - 1].isalnum() and before[1][0].isalpha():
        return None
    value = round(_value(text[start:end], comma=comma) * factor, 4)
    return Amount(kind="money", value=value, unit=unit, text=text[begin:stop], start=begin, end=stop)


def _words(match: re.Match[str]) -> tuple[float, int, str]:
    """(multiplier, where it all ends, currency) of up to three words after a number."""
    factor, stop, at = 1.0, match.start(), 1
    first = (match[1] or "").lower().rstrip(".")
    if first in MULTIPLIERS:
        factor, stop, at = MULTIPLIERS[first], match.start(1) + len(first), 2
    for group in (at, at + 1):
        word = (match[group] or "").rstrip(".") if group <= 3 else ""
        if word.lower() in CURRENCY_NAMES:
            return factor, match.start(group) + len(word), CURRENCY_NAMES[word.lower()]
        if group == at and word.lower() not in _NATIONS:
            break
        if (
            group == at
            and (both := f"{word} {match[group + 1] or ''}".lower().rstrip(".") if group < 3 else "") in CURRENCY_NAMES
        ):
            return factor, match.end(group + 1), CURRENCY_NAMES[both]
    return factor, stop, ""


_NATIONS: Final = frozenset(name.split()[0] for name in CURRENCY_NAMES if " " in name)
_A_PERCENT, _A_UNIT, _A_SCORE = 1, 2, 4
_AFTER_MAX: Final = 10_000  # remembered
_UNIT_BEGINS: Final = frozenset(unit[:2].lower() for unit in (*MULTIPLIERS, *CURRENCY_NAMES, *CURRENCY_SIGNS))


def _score(text: str, start: int, *, colon: bool) -> Amount | None:
    match = _SCORE.match(text, start)
    if match is None:
        return None
    if match[2] == ":" and not colon:
        return None
    around = text[max(0, start - _SCORE_WINDOW) : match.end() + _SCORE_WINDOW // 2]
    if not _SPORT.search(around.lower()):
        return None
    return Amount(
        kind="score",
        value=float(match[1]),
        unit=f"{match[1]}-{match[3]}",
        text=match.group(),
        start=start,
        end=match.end(),
    )


_THOUSANDS: Final = {sign: re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+") for sign in ".,"}


def _value(text: str, *, comma: bool) -> float:
    """A number as written: thousands and decimals by the language, by the look where only one reading is possible."""
    text = text.replace(" ", "").replace("'", "")
    point, other = (",", ".") if comma else (".", ",")
    if other in text and point not in text and not _THOUSANDS[other].fullmatch(text):
        point, other = other, point
    return float(text.replace(other, "").replace(point, ".") if text.count(point) <= 1 else re.sub(r"\D", "", text))
