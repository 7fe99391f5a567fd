"""What travels like ZCZC copy but has fields of another make: tagged lines, racing results, numbered bulletins.

See `zczc`, whose reader calls these.
"""

from __future__ import annotations

import re

from worker.formats.lines import body_of
from worker.story import Item, Moment, Party, Spot, Text

TAGGED = re.compile(r"(?P<tag>[A-Z]{2})#(?P<value>.*)$")
RACING = re.compile(
    r"\x01(?:(?P<form>[A-Z]{3,10}):\s*|SHD(?P<shd>RACE):\s*)?(?P<meeting>[^\x1f\n]{2,60})\x1f(?P<rest>[^\n]{0,120})"
)
_ADDRESS = re.compile(r"[\d:.NSEW]{8,60}")  # of a satellite's broadcast: 40:2:1:04:55S075E35100:11:00
_ISSUED = re.compile(r"Issued by (?:the )?(?P<by>[A-Z][^\n]{3,100}?)(?:,|\s+at\b|\s+on\b|\.?$)", re.IGNORECASE)
_ODD = "\x01\x02\x03\x04\x0f\x19\x1e\x7f"


def without_odd(text: str) -> str:
    """The text without the typesetting controls that stand in such copy."""
    for sign in _ODD:
        if sign in text:
            text = text.replace(sign, "")
    return text


def read_tagged(lines: list[str], done: tuple[str, ...]) -> Item:
    """News Bites: two letters and # say what a line is; TX# begins the text."""
    given: dict[str, str] = {}
    at = 0
    while at < len(lines):
        found = TAGGED.match(lines[at].strip())
        if found:
            given.setdefault(found["tag"], found["value"].strip(" *"))
        elif lines[at].strip():
            break
        at += 1
        if found and found["tag"] == "TX":
            break
    body, kind = body_of([given.get("TX", ""), *lines[at:]])
    number = given.get("AN", "")
    provider = "newsbites" if "news bites" in given.get("KN", "").lower() else ""
    return Item(
        format="zczc",
        format_version="tagged",
        provider=provider,
        local_id=number if provider else "",
        alt_ids=(Text(number, "provider"),) if number else (),
        headlines=(Text(given["TI"]),) if given.get("TI") else (),
        descriptions=(Text(given["AB"], "abstract"),) if given.get("AB") else (),
        byline=given.get("BY", ""),
        version_created=Moment(given["PD"], zone="Australia/Sydney", assumed=True) if given.get("PD") else None,
        keywords=tuple(given.get("KY", "").split()),
        organisations=_companies(given.get("CO", "")),
        sources=tuple(
            Party(name=given[tag], role=role) for tag, role in (("KN", "agency"), ("SO", "credit")) if given.get(tag)
        ),
        body=body,
        body_kind=kind,
        transformations=done,
    )


def _companies(value: str) -> tuple[Party, ...]:
    """`UGL.AX`: a Reuters instrument code; AX is the exchange in Australia."""
    out = []
    for code in value.replace(",", " ").split():
        symbol, _, market = code.partition(".")
        out.append(Party(name=symbol, symbols=((symbol, "ASX" if market == "AX" else market),)))
    return tuple(out)


def read_racing(found: re.Match[str], text: str, done: tuple[str, ...]) -> Item:
    """Fields apart by US: meeting, race, state and day; the text has no headline of its own."""
    fields = [field for field in found["rest"].split("\x1f") if field not in ("", "Y", "N")]
    meeting = found["meeting"].strip()
    day = next((field for field in fields if field.endswith("day")), "")
    race = fields[0] if fields and fields[0][:1].isdigit() else ""
    body, kind = body_of(without_odd(text).split("\n"))
    headline = " ".join(part for part in (meeting.title(), f"race {race}" if race else "", day) if part)
    state = next((field for field in fields if field.isupper() and len(field) <= 4 and field != race), "")
    return Item(
        format="zczc",
        format_version="racing",
        slugline=meeting.title(),
        headlines=(Text(headline),),
        places=(Spot(name=state),) if state else (),
        body=body,
        body_kind=kind,
        transformations=(*done, "headline-derived"),
    )


def read_bulletin(text: str, done: tuple[str, ...]) -> Item:
    """A product number, the issuing office in the lines below it, then title and text."""
    lines = without_odd(text).strip().split("\n")
    number = lines[0].strip()
    end = next((i for i, line in enumerate(lines) if not line.strip()), 1)
    head = [line.strip() for line in lines[1:end] if line.strip() and not _ADDRESS.fullmatch(line.strip())]
    issuer = next((found["by"] for line in head if (found := _ISSUED.match(line))), "")
    office = [issuer or next(iter(head), ""), *[line for line in head if issuer or line is not head[0]]]
    at = next((i for i in range(end, len(lines)) if lines[i].strip()), len(lines))
    stop = next((i for i in range(at, len(lines)) if not lines[i].strip()), len(lines))
    title = " ".join(line.strip() for line in lines[at:stop])
    if len(title) > 200:
        title, stop = "", at
    body, kind = body_of(lines[stop:])
    return Item(
        format="zczc",
        format_version="bulletin",
        alt_ids=(Text(number, "provider"),),
        sequence=number,
        headlines=(Text(title),) if title else (),
        sources=tuple(Party(name=name, role="agency") for name in office[:1] if name),
        furniture=tuple(office[1:]),
        body=body,
        body_kind=kind,
        transformations=done,
    )
