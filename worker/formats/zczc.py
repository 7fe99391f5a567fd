"""ZCZC … NNNN: the teleprinter frame, with the header dialects seen inside it, and its unframed cousins.

    ZCZC AAP                  marked lines: one character says what the line is
    #Slug  $Headline or category  :Keyword, headline or place  ^Headline  =Sub-headline
    %Destinations  &User or format  *Subject or service  @State  ~Service  +Subject
    …
    NNNN

    zczc                      tagged lines (News Bites): AN# id, TI# headline, AB# abstract, PD# date, TX# text …
    ZCZC FMG000               coded lines: destinations, then :KEYWORD, :HEADLINE or a plain headline
    SOH MEETING US 6 US …     racing results: fields apart by US, no frame
    IDN38100                  bulletins under a product number of their own

Several frames in one record are several items.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import msgspec

from worker.formats.lines import body_of
from worker.formats.plaintext import read_lines
from worker.formats.storyhead import date_and_byline, embargo_words
from worker.formats.zczc_kin import RACING, TAGGED, read_bulletin, read_racing, read_tagged, without_odd
from worker.story import Code, DeadCode, Item, Limits, Moment, Note, Party, Rejected, Spot, Text

if TYPE_CHECKING:
    from worker.formats.view import View

WHERE = {
    "slugline": "# line, or the first : line",
    "headlines": "^ line, TI#, a $ line of words, a : line below #, or the first line of the text",
    "descriptions": "AB#",
    "byline": "BY#, or 'By …' above the text",
    "version_created": "PD#, or a date line below the headline",
    "located": ":(PLACE)",
    "subjects": "* or + line of digits",
    "product_codes": "% line, code lines below ZCZC",
    "sign_off": "& line",
    "sources": "SO#, KN#, SOURCE: on the last lines",
    "body": "what follows the header lines, up to NNNN",
}

_FIRST_FRAME = re.compile(r"[ \t]*ZCZC\b", re.IGNORECASE)
# A line's end first: patterns are looked for at the speed of memory where they begin with a character.
_FRAME = re.compile(r"\n[ \t]*ZCZC\b", re.IGNORECASE)
_END = re.compile(r"\n[ \t]*N{4}[ \t]*$", re.IGNORECASE | re.MULTILINE)
_OPENING = re.compile(r"[ \t]*ZCZC\b[ \t]*(?P<id>[^\n]{0,80})\n?", re.IGNORECASE)
_SNIFF = re.compile(rb"[\x00-\x20]{0,40}ZCZC(?![A-Za-z])", re.IGNORECASE)
_RACING_BYTES = re.compile(rb"\x01[A-Z][^\x1f\r\n]{2,60}\x1f[\w-]{1,8}\x1f")
_BULLETIN = re.compile(rb"([A-Z]{2,4}\d{4,6})[ \t]*\r?\n[^\r\n]{3,}")
_MARKS = "#$:^=%&*@~+"
_CODE = re.compile(r"(?:[A-Z0-9()/:]{1,24}|[A-Z]{2,4}[a-z]{2,4})$")  # the last: TDCom
_SUBJECT = re.compile(r"\d{8}$")
_PLACE = re.compile(r"\((?P<place>[^()]{2,60})\)$")
_FIGURES = re.compile(r"[\d/:. -]+")
_DATELINE = re.compile(r"[A-Z][A-Z .'-]{2,40},\s[A-Z][a-z]{2,8}\.?\s\d{1,2}\s(?:AAP|NZN|AFP|AP)\s+-")
_TYPESETTING = re.compile(r"^<(?=[A-Z])|\s*\.?(?:=!|<!)$")  # `<QUEENSLAND DERBY 2400M .=!`
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}$")
_SOURCE = re.compile(r"SOURCE\s*:\s*(?P<name>\S.{0,150})$", re.IGNORECASE)


def sniff(view: View) -> str:
    if _SNIFF.match(view.data[:200]):
        return "the frame ZCZC"
    if _RACING_BYTES.match(view.head):
        return "SOH and fields apart by US: racing results"
    found = _BULLETIN.match(view.head)
    return f"bulletin under the product number {found[1].decode()}" if found else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    text = view.text
    done = tuple(view.transformations)
    racing = RACING.match(text.lstrip())
    if racing:
        return [read_racing(racing, text.lstrip()[racing.end() :], done)]
    starts = [0] if _FIRST_FRAME.match(text) else []
    starts += [found.start() + 1 for found in _FRAME.finditer(text)]
    if not starts:
        return [read_bulletin(text, done)]
    if len(starts) > limits.items_max:
        raise Rejected(DeadCode.TOO_MANY_ITEMS, f"{len(starts)} frames; at most {limits.items_max} are read")
    return [_frame(text[at:end], limits, done) for at, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _frame(text: str, limits: Limits, done: tuple[str, ...]) -> Item | Rejected:
    opening = _OPENING.match(text)
    after = opening.end() if opening else 0
    end = _END.search(text, max(after - 1, 0))
    number = opening["id"].strip() if opening else ""
    lines = [line.rstrip() for line in without_odd(text[after : end.start() + 1 if end else len(text)]).split("\n")]
    full = next((line.strip() for line in lines if line.strip()), "")
    if not full:
        return Rejected(DeadCode.NO_CONTENT, "an empty frame")
    if number[:1] in _MARKS and len(number) > 1:  # the first marked line stands beside ZCZC
        lines, number = [number, *lines], ""
        full = lines[0]
    if TAGGED.match(full):
        return read_tagged(lines, done)
    if full[0] in _MARKS:
        return _marked(lines, number, done)
    return _coded(lines, number, limits, done)


def _marked(lines: list[str], number: str, done: tuple[str, ...]) -> Item:
    """AAP's header: each line begins with the character that says what it is."""
    given: dict[str, list[str]] = {}
    at = 0
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip()[0] in _MARKS):
        bare = lines[at].strip()
        if not bare and given:
            after = next((line.strip() for line in lines[at:] if line.strip()), "")
            if not after or after[0] not in _MARKS or _bullet(after):
                break
        if _bullet(bare):
            break
        if bare:
            given.setdefault(bare[0], []).append(bare[1:].strip())
        at += 1
    rest, source = _tail(lines[at:])
    headline, slug, place, credit, left = _roles(given)
    first, following = _first_line(rest)
    if not headline and _DATELINE.match(first or next((line.strip() for line in rest if line.strip()), "")):
        headline = slug
    elif not headline or headline == first:
        headline, rest = first, following
    held = [(line, until) for line in lines[at : at + 6] if (until := embargo_words(line)) is not None]
    embargo = held[0][1] if held else None
    date = next((value for value in left if _DATE.match(value)), "")
    body, kind = body_of(rest)
    codes = [
        word for mark in "%*" for value in given.get(mark, ()) for word in value.split() if not _SUBJECT.match(word)
    ]
    subjects = [value for mark in "*+" for value in given.get(mark, ()) if _SUBJECT.match(value)]
    users = [value for value in given.get("&", ()) if len(value) > 1]
    category = next((value for value in given.get("$", ()) if len(value) == 1), "")
    party = source or credit
    return Item(
        format="zczc",
        format_version="marked",
        slugline=slug,
        headlines=(
            *((Text(headline),) if headline else ()),
            *(Text(value, "sub") for value in given.get("=", ()) if value and value != headline),
        ),
        body=body,
        body_kind="preformatted" if "T" in given.get("&", ()) and kind != "text" else kind,
        located=place,
        places=tuple(Spot(name=value) for value in given.get("@", ()) if value),
        category=category,
        product_codes=tuple(dict.fromkeys(codes)),
        subjects=tuple(Code(code=value, scheme="subj") for value in subjects),
        sign_off=" ".join(users),
        sources=(*_agency(number), *((Party(name=party, role="credit"),) if party else ())),
        notes=tuple(Note(line.strip(), "embargo") for line, _ in held),
        version_created=Moment(date) if date else None,
        furniture=tuple(value for value in left if value != date),
        embargoed_until=Moment(embargo) if embargo else None,
        signals=("embargo",) if embargo is not None else (),
        transformations=done,
    )


def _bullet(line: str) -> bool:
    """A list entry of the text, not a `*` header line."""
    return line[:1] in "*+=~:" and line[1:2] == " " and len(line) > 40


def _roles(given: dict[str, list[str]]) -> tuple[str, str, str, str, list[str]]:
    """(headline, slug, place, credit, what is left): which line holds what depends on which of them are there."""
    headline = next(iter(given.get("^", ())), "")
    slug = next(iter(given.get("#", ())), "")
    place = credit = ""
    left: list[str] = []
    if not headline:
        headline = next((value for value in given.get("$", ()) if len(value) > 3), "")
    for value in filter(None, given.get(":", ())):
        where = _PLACE.match(value)
        if where:
            place = where["place"]
        elif not slug and "^" in given:
            slug = value
        elif not headline and slug and not _FIGURES.fullmatch(value):
            headline = value
        elif not slug and not headline:
            credit = value
        elif value != headline:
            left.append(value)
    return headline, slug, place, credit, left


def _is_codes(line: str) -> bool:
    """A line of destination codes: `YY RFG INTERNET(3RR)`."""
    return len(line) <= 80 and all(map(_CODE.match, line.split()))


def _coded(lines: list[str], number: str, limits: Limits, done: tuple[str, ...]) -> Item | Rejected:
    """Lines of codes, then `:KEYWORD` lines or a headline of its own, then the text."""
    codes: list[str] = []
    keywords: list[str] = []
    at = 0
    if any("=!" in line for line in lines):
        lines = [_TYPESETTING.sub("", line) for line in lines]
    while at < len(lines) and at < 12:
        bare = lines[at].strip()
        if bare.startswith(":"):
            keywords += [word.strip() for word in re.split(r"(?:^|\s):", bare) if word.strip()]
        elif bare and _is_codes(bare) and not keywords and len(codes) < 40:
            codes += bare.split()
        elif bare:
            break
        at += 1
    rest, source = _tail(lines[at:])
    if keywords:
        headline = max(keywords, key=len)
        slug = next((word for word in keywords if word != headline), "")
        body, kind = body_of(rest)
        item: Item | Rejected = Item(
            format="zczc",
            slugline=slug.strip(),
            headlines=(Text(headline),),
            body=body,
            body_kind=kind,
            transformations=done,
        )
    else:
        headline, text = _first_line(rest)
        kind_of, _, words = headline.partition(" : ")  # RACING : Somewhere Fields Saturday
        headline = words.strip() if words and kind_of.isupper() else headline
        item = read_lines([headline, "", *text] if headline else rest, limits, name="zczc", transformations=done)
    if isinstance(item, Rejected):
        return item
    return msgspec.structs.replace(
        item,
        format_version="coded",
        sequence=number,
        product_codes=tuple(dict.fromkeys(codes)),
        sources=(*_agency(number), *((Party(name=source, role="credit"),) if source else item.sources)),
    )


def _first_line(lines: list[str]) -> tuple[str, list[str]]:
    """(headline, the rest): a first line that is no sentence and does not begin the text."""
    full = (i for i, line in enumerate(lines) if line.strip())
    at = next(full, -1)
    if next(full, -1) < 0:
        return "", lines
    first = lines[at].strip()
    if len(first) > 200 or first.endswith((".", "...", ":")) or any(date_and_byline(first)):
        return "", lines
    return first, lines[at + 1 :]


def _tail(lines: list[str]) -> tuple[list[str], str]:
    """(lines without a closing `SOURCE: Company`, the company)."""
    full = (i for i in range(len(lines) - 1, -1, -1) if lines[i].strip())
    for i in itertools.islice(full, 4):
        found = _SOURCE.match(lines[i].strip())
        if found:
            return lines[:i] + lines[i + 1 :], found["name"].strip()
    return lines, ""


def _agency(number: str) -> tuple[Party, ...]:
    """`ZCZC AAP`: the agency stands beside the frame's opening."""
    return (Party(name=number, role="agency"),) if number.isalpha() and 2 <= len(number) <= 8 else ()
