"""ANPA 1312: the American wire's envelope of control bytes (AP and others; Kyodo's form of it has no SYN).

    SYN SYN SOH service+number US selector        V4644 US -----
    priority category DC3 DC1 slug mm-dd words     r e DC3 DC1 AP-Some-Slug 1stLd-Writethru 02-09 0121
    STX ^keyword line<  ^headline<  ^Eds: …<  ^By NAME=  text, paragraphs by indent
    ETX AP-WF-mm-dd-yy hhmmGMT EOT

Source: ANPA 1312 (1979, revised 1989) as AP and Kyodo send it. A line with `^` is a header line, `<` or `=` ends it.
In agate TLI (0x08) starts a line of columns and SPB (0x10) is a space that must not break.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from worker.formats.anpa_head import CYCLE, caret_block, head_fields, plain_block
from worker.formats.charset import decode
from worker.formats.lines import Kind, body_of
from worker.formats.storyhead import embargo_in, embargo_words
from worker.formats.view import line_ends
from worker.story import DeadCode, Item, Limits, Moment, Note, Party, Rejected, Text

if TYPE_CHECKING:
    from worker.formats.view import View

WHERE = {
    "local_id": "line 1: service letter and number, with the footer's date",
    "priority": "line 2, first letter",
    "category": "line 2, second letter",
    "slugline": "line 2, after DC3 DC1 (the keyword line's where that is longer)",
    "word_count": "line 2, last number",
    "signals": "line 2 and keyword line: behind the slug",
    "headlines": "second ^ line (the line after the keyword line, ended by +, at Kyodo)",
    "byline": "^By …=",
    "notes": "^Eds: …, ^EDITOR'S NOTE _ …",
    "version_created": "footer: AP-WF-mm-dd-yy hhmmGMT, or KWS-hh:mm-dd-mm-yy (JST)",
    "body": "what follows the header lines, up to ETX",
}

_LINE_1 = re.compile(rb"[\x16\x00\s]{0,40}\x01?([A-Za-z]?)(\d{3,5})([A-Za-z]{0,12})\x1f?([^\r\n\x02]{0,40})")
_BARE = re.compile(  # the first two lines of a copy that lost its control bytes
    rb"[A-Za-z]?\d{4}[A-Za-z-]{0,12}\r?\n[a-z] [a-z]\s?(?:AM|PM|BC|AP)-[^\r\n]{2,60}?\s\d\d-\d\d\b", re.IGNORECASE
)
_LINE_2 = re.compile(
    rb"\s*([A-Za-z])\s+([A-Za-z])[ ]?([\x11-\x14]{0,2})[ ]*([^\r\n\x02]{0,200}?)"
    rb"(?:\s+(\d{1,2})-(\d{1,2})(?:\s+(\d{1,5}))?)?[ \t]*(?=[\r\n\x02])"
)
_AP_FOOTER = re.compile(rb"([A-Z]{2,4})-([A-Z]{2})-(\d\d)-(\d\d)-(\d\d)\s+(\d\d)(\d\d)\s?([A-Z]{3,4})?")
_KYODO_FOOTER = re.compile(rb"KWS-(\d\d):(\d\d)-(\d\d)-(\d\d)-(\d\d)")
# Behind the slug, in the header's glued spelling and the keyword line's own.
_VERSION = re.compile(
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)|[A-Z][a-z]{2,6}(?=\s?-?(?:Ld|Add)))?\s?-?)?"
    r"(?:Lds?-?Writethru|Writethru|Lds?|Adds?|Insert|Sub|Correction|Corrective|Clarification|Kill|Withhold"
    r"|Elimination|Advisory|Advance|HFR|Hold For Release|Bulletin|Urgent|Flash|NewsAlert|APNewsAlert|Alert)\b",
    re.IGNORECASE,
)
_IN_SLUG = re.compile(
    r"(?:^|-)(Correction|Corrective|Clarification|Kill|Withhold|Elimination|Advisory|A?P?NewsAlert|Bulletin|Flash)(?=-|$)",
    re.IGNORECASE,
)
_DASH = re.compile(r" _ (?<=[^\s_] _ )(?=[^\s_])")  # a literal first: looked for at the speed of memory
_HALF = re.compile(r"\{(?<=[\d;]\{)(?!\w)")
_OFFSETS = {
    "GMT": "Z", "UTC": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
    "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "JST": "+09:00",
}  # fmt: skip
_PROVIDERS = {"AP": ("ap", "AP"), "KWS": ("kyodo", "Kyodo")}


class _Header(NamedTuple):
    service: str
    number: str
    selector: str
    priority: str
    category: str
    slug: str
    rest: str
    words: int | None


def sniff(view: View) -> str:
    found = _LINE_1.match(view.head)
    if not found:
        return ""
    number = (found[1] + found[2]).decode()
    if b"\x01" in found[0] and b"\x1f" in found[0]:
        return f"SOH, number {number}, US: ANPA 1312 header"
    return (
        f"number {number}, priority, category, slug: ANPA 1312 without its control bytes"
        if _BARE.match(view.head)
        else ""
    )


def read(view: View, limits: Limits) -> list[Item | Rejected]:  # noqa: ARG001 - one item, bounded by the record
    data = view.data
    first = _LINE_1.search(data[:4096])
    if not first:
        raise Rejected(DeadCode.MALFORMED, "ANPA: no header line")
    header, after = _header(data, first)
    start = max(data.find(b"\x02", after), after)
    end, footer = _end(data, start)
    text = decode(_agate(data[start:end]), declared="windows-1252")
    agency, moment = _footer(footer)
    lines = [line.rstrip() for line in line_ends(text.text).split("\n")]
    done = tuple(t for t in text.transformations if not t.startswith("charset:windows"))
    warnings = () if footer else (("truncated", "no ETX and no footer: the message was cut off"),)
    return [_item(header, lines, agency, moment, (*view.transformations, *done), warnings)]


def _end(data: bytes, start: int) -> tuple[int, bytes]:
    """(end of the text, footer line or b""): ETX, or the footer itself where control bytes were lost."""
    end = data.find(b"\x03", start)
    if end >= 0:
        return end, data[end + 1 : end + 200] or b"\x03"
    tail = max(start, len(data) - 200)
    found = _AP_FOOTER.search(data, tail) or _KYODO_FOOTER.search(data, tail)
    return (found.start(), found[0]) if found else (len(data), b"")


def _header(data: bytes, first: re.Match[bytes]) -> tuple[_Header, int]:
    """The two header lines, and where they end. A broken second line leaves its fields empty."""
    line_end = data.find(b"\n", first.end(), first.end() + 200)
    at = line_end + 1 if line_end >= 0 else first.end()
    second = _LINE_2.match(data, at)
    service, number, name, selector = (part.decode("latin-1") for part in first.groups())
    if not second:
        return _Header(service, number, name or selector.strip(), "", "", slug="", rest="", words=None), first.end()
    slug, _, rest = second[4].decode("latin-1").strip().partition(" ")
    words = int(second[7]) if second[7] else None
    header = _Header(
        service, number, name or selector.strip(), second[1].decode().lower(), second[2].decode().lower(),
        slug, rest.strip(), words,
    )  # fmt: skip
    return header, second.end()


def _footer(footer: bytes) -> tuple[str, Moment | None]:
    found = _AP_FOOTER.search(footer)
    if found:
        agency, _, month, day, year, hour, minute, zone = ((part or b"").decode() for part in found.groups())
        offset = _OFFSETS.get(zone, "")
        text = f"{_century(year)}-{month}-{day}T{hour}:{minute}{offset}"
        return agency, Moment(text, precision="minute", assumed=not offset, zone="" if offset else "America/New_York")
    found = _KYODO_FOOTER.search(footer)
    if found:
        hour, minute, day, month, year = (part.decode() for part in found.groups())
        return "KWS", Moment(
            f"{_century(year)}-{month}-{day}T{hour}:{minute}+09:00", zone="Asia/Tokyo", precision="minute"
        )
    return "", None


def _century(year: str) -> str:
    return ("19" if int(year) >= 70 else "20") + year


def _agate(text: bytes) -> bytes:
    """Spaces for space bands within a line; the other control bytes of the body carry no text."""
    if b"\x10" in text:
        text = text.replace(b"\x10 ", b" ").replace(b"\x10", b" ")
    return text.translate(None, b"\x02\x04\x11\x12\x13\x14\x1e\x1f\x7f")


def _item(
    header: _Header,
    lines: list[str],
    agency: str,
    moment: Moment | None,
    done: tuple[str, ...],
    warnings: tuple[tuple[str, str], ...],
) -> Item:
    provider, name = _PROVIDERS.get(agency, ("", ""))
    if not provider and header.selector.upper().startswith("KYODO"):
        provider, name = "kyodo", "Kyodo"
    caret = any(line.startswith(("^", "\x08")) for line in lines)
    head, rest = caret_block(lines) if caret else plain_block(lines)
    fields = head_fields(head, header.slug, body_follows=any(line.strip(" \t<=^") for line in rest))
    agate = any("\x08" in line for line in rest)
    spill = [line for one in fields.spill for line in ((one,) if agate else (one, ""))]
    body, kind, quirks = _body([*spill, *rest], agate=agate)
    furniture = list(fields.furniture)
    if body.endswith("==Kyodo"):
        body, name = body.removesuffix("==Kyodo").rstrip(), "Kyodo"
        furniture.append("==Kyodo")
    day = moment.text[:10] if moment else ""
    number = header.service + header.number
    slug = fields.slug or header.slug
    return Item(
        format="anpa1312",
        provider=provider,
        local_id=f"{number}-{day}" if provider and day else "",  # numbers wrap, so the day belongs to the id
        alt_ids=(Text(number, "sequence"),),
        sequence=header.number,
        priority=header.priority,
        category=header.category,
        slugline=CYCLE.sub("", slug, count=1),
        signals=_signals(slug, header.rest, fields.version, held=fields.embargo is not None),
        word_count=header.words,
        headlines=(Text(_typographic(fields.headline)),) if fields.headline else (),
        byline=fields.byline,
        descriptions=(Text(_typographic(fields.abstract), "abstract"),) if fields.abstract else (),
        notes=tuple(map(_note, fields.notes)),
        embargoed_until=Moment(fields.embargo, zone="America/New_York") if fields.embargo else None,
        body=body,
        body_kind=kind,
        version_created=moment,
        sources=(Party(name=name, role="agency"),) if name else (),
        product_codes=(header.service,) if header.service and provider == "ap" else (),
        transformations=(*done, *(("anpa-typography",) if quirks else ())),
        warnings=warnings,
        furniture=tuple(furniture),
    )


def _signals(slug: str, rest: str, version: str, *, held: bool) -> tuple[str, ...]:
    """Version words as they stand; HFR (hold for release) is an embargo by another name."""
    said = [*(m[0].strip() for m in _VERSION.finditer(f"{version or rest}"[:200])), *_IN_SLUG.findall(slug[:200])]
    said = ["embargo" if word.upper() in ("HFR", "HOLD FOR RELEASE") else word for word in said]
    return tuple(dict.fromkeys([*said, *(["embargo"] if held else [])]))


def _note(text: str) -> Note:
    held = embargo_words(text) is not None or embargo_in(text) is not None
    return Note(_typographic(text), "embargo" if held else "advisory")


def _body(lines: list[str], *, agate: bool) -> tuple[str, Kind, bool]:
    """(body, kind, whether typography was changed)."""
    if agate:
        rows = "\n".join([line.lstrip("\x08^\t ").rstrip("<= ") for line in lines])
        rows = _HALF.sub("½", rows).replace("\x08", "")
        return re.sub(r"\n{3,}", "\n\n", rows).strip(), "preformatted", True
    text, kind = body_of(
        [line if line[:1] != "^" and line[-1:] not in ("<", "=") else _text_line(line) for line in lines]
    )
    text = _HALF.sub("½", text)
    written = _typographic(text)
    return written, kind, written != text


def _text_line(line: str) -> str:
    """A `^` line within the text is a line of its own; `<` and `=` at its end are marks."""
    if line.startswith("^"):
        return "\t" + line.lstrip("^ ").rstrip("<= ")
    return line[:-1].rstrip() if line.endswith(("<", "=")) and not line.endswith("==") else line


def _typographic(text: str) -> str:
    """AP's stand-ins: two grave accents or apostrophes are double quotes, ` _ ` is a dash."""
    if "`" in text:
        text = text.replace("``", "“").replace("`", "‘")
    if "'" in text:
        text = text.replace("''", "”")
    return _DASH.sub(" — ", text) if "_" in text else text
