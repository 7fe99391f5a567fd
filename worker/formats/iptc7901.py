"""IPTC 7901: the European wire's envelope (dpa, AFP, PA and others), also where its control bytes were lost.

    SOH eca0003 3 i 380  dpa 0045           source and number, priority, category, words, options
    Switzerland/migration/UN/               slug, ended by /
    STX REFILE                              version lines in capitals
    Headline of one or more lines =         ended by " =", at dpa; a byline may be the last line
    text
    ETX 212322 GMT Nov 18                   ddhhmm zone month yy
    DEL … EOT

Source: IPTC 7901, "The IPTC Recommended Message Format" (1989), as dpa sends it. Months may be German.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from worker.formats.charset import decode
from worker.formats.lines import body_of
from worker.formats.storyhead import embargo_words
from worker.formats.view import line_ends
from worker.story import DeadCode, Item, Limits, Moment, Note, Party, Rejected, Text

if TYPE_CHECKING:
    from worker.formats.view import View

WHERE = {
    "local_id": "header: source and number, with the trailer's date",
    "urgency": "header: priority",
    "category": "header: category",
    "word_count": "header: words",
    "slugline": "the line before STX, ended by /",
    "signals": "lines in capitals after STX",
    "headlines": "after STX, up to ' =' or a blank line",
    "byline": "last line of the headline block, 'By …' or 'Von …'",
    "notes": "# Notebook, and all that is not for publication",
    "version_created": "trailer after ETX: ddhhmm GMT month yy",
    "sign_off": "last line: dpa and initials",
}

_HEADER = re.compile(
    rb"[\x16\x00\x7f\s]{0,40}(\x01?)([A-Za-z]{2,4})[ ]?(\d{3,5})[ ]+([1-9])[ ]+([A-Za-z]{1,4})[ ]+(\d{1,5})?"
    rb"([^\r\n\x02]{0,80})(?=[\r\n\x02])"
)
_TRAILER = re.compile(
    rb"(\d\d)(\d\d)(\d\d)[ ]?([A-Z]{2,4})?[ ]+([A-Za-z\xc0-\xff]{3,9})\.?[ ]+(\d\d)(?!\d)[^\r\n]{0,20}\s*\Z"
)
_MONTHS = {
    name: n
    for n, names in enumerate(
        ("jan jän", "feb", "mar mär mrz maerz", "apr avr", "may mai", "jun juin", "jul juil", "aug aou aoû", "sep",
         "oct okt", "nov", "dec dez déc"), 1,
    )
    for name in names.split()
}  # fmt: skip
_ZONES = {"GMT": "Z", "UTC": "Z", "UT": "Z", "CET": "+01:00", "MEZ": "+01:00", "CEST": "+02:00", "MESZ": "+02:00"}
# Versions and forms that dpa and others set in a line of their own, in capitals.
_VERSION_LINE = re.compile(
    r"\(?(?:(?:\d{1,2}(?:ST|ND|RD|TH)|NEW|FIRST|SECOND)\s+(?:LEAD|NET|ADD|TAKE)|LEAD|NET|EXTRA|URGENT|FLASH|ALERT|REFILE"
    r"|CORRECTION|CORRECTED|ADVISORY|(?:HOLD\s*){1,3}|(?:KILL\s*){1,3}|WITHDRAWN|WITHDRAWAL|EMBARGO(?:ED)?|ROUNDUP"
    r"|PREVIEW|FEATURE|INTERVIEW|NEWS ANALYSIS|ANALYSIS|BACKGROUND|PROFILE|CHRONOLOGY|DIARY|EIL|BLITZ|KORREKTUR"
    r"|BERICHTIGUNG|ACHTUNG|STORNO|SPERRFRIST|RPT|REPEAT|BULLETIN|SNAP)\b[^a-zäöü]{0,60}$"
)
_NOTE_LINE = re.compile(r"\(.+\)$|(?:Eds|EDS|Editors|Achtung|Sperrfrist|EMBARGO|Embargo)\b.{0,200}:")
_EMBARGO = re.compile(r"sperrfrist|embargo", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By|Von|Par|Por|Di|Da)\s+[^\W\d_][^\n]{1,120}$")
_REPEATED = re.compile(r"\b([A-Z]{3,10})(?:[ ,!.]+\1\b)+[!.]*")  # KILL KILL KILL
_NOTEBOOK = re.compile(r"^#\s?(?:dpa[- ])?(?:notebook|notizblock|notiz)\b", re.IGNORECASE | re.MULTILINE)
_PRIVATE = re.compile(
    r"^\* \* \* \*|^The following information is not|^Die folgenden Informationen sind nicht", re.MULTILINE
)
_SIGN_OFF = re.compile(r"dpa(?:[- /](?:[a-z]{1,5}|afx)){1,8}$")
_DASHED_RULE = re.compile(r"[-=_*]{3,}$")


class _Head(NamedTuple):
    signals: list[str]
    headline: list[str]
    notes: list[str]
    byline: str = ""
    embargo: str | None = None  # words of an embargo, "" = one without a date


def sniff(view: View) -> str:
    found = _HEADER.match(view.head)
    if not found:
        return ""
    number = (found[2] + found[3]).decode()
    if found[1]:
        return f"SOH, source and number {number}: IPTC 7901 header"
    lost = b"/" in view.head[found.end() : found.end() + 300] or _TRAILER.search(
        view.data[-200:].strip(b"\x7f\x04\x03\r\n ")
    )
    return f"source and number {number}, priority, category: IPTC 7901 header without its control bytes" if lost else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:  # noqa: ARG001 - one item, bounded by the record
    data = view.data
    header = _HEADER.match(data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n"))
    if not header:
        raise Rejected(DeadCode.MALFORMED, "IPTC 7901: no header line")
    at = data.find(header[0]) + len(header[0])
    start = data.find(b"\x02", at)
    end = data.rfind(b"\x03")
    stop = end if end > start else len(data)
    tail = data[stop:].strip(b"\x03\x04\x7f\r\n \t") if end > start else data[-200:].strip(b"\x03\x04\x7f\r\n \t")
    trailer = _TRAILER.search(tail)
    if trailer and end <= start:  # control bytes lost: the trailer is the last line of the text
        stop = data.rfind(trailer[0].strip())
    decoded = decode(data[at:stop].translate(None, b"\x01\x03\x04\x11\x12\x13\x14\x7f"), declared="windows-1252")
    text = line_ends(decoded.text)
    before, mark, after = text.partition("\x02")
    slug, lines = _slug(before, after) if mark else _slug(text, None)
    warnings = () if trailer else (("truncated", "no trailer: the message was cut off"),)
    done = tuple(t for t in decoded.transformations if not t.startswith("charset:windows"))
    return [_item(header, slug, lines, _moment(trailer), (*view.transformations, *done), warnings)]


def _slug(before: str, after: str | None) -> tuple[str, list[str]]:
    """(slug without its last slash, the lines that follow). Without STX the first full line is it, if it ends in /."""
    lines = before.split("\n")
    if after is not None:
        return " ".join([bare for line in lines if (bare := line.strip())]).rstrip("/ "), after.split("\n")
    full = [i for i, line in enumerate(lines) if line.strip()]
    first = lines[full[0]].strip() if full else ""
    if first.endswith("/") or ("/" in first and " " not in first):
        return first.rstrip("/ "), lines[full[0] + 1 :]
    return "", lines


def _moment(trailer: re.Match[bytes] | None) -> Moment | None:
    if not trailer:
        return None
    day, hour, minute, zone, month, year = ((part or b"").decode("latin-1") for part in trailer.groups())
    number = _MONTHS.get(month.lower()[:3]) or _MONTHS.get(month.lower()[:5])
    if not number:
        return Moment(trailer[0].decode("latin-1").strip(), precision="minute")
    century = "19" if int(year) >= 70 else "20"
    offset = _ZONES.get(zone, "")
    text = f"{century}{year}-{number:02}-{day}T{hour}:{minute}{offset or 'Z'}"  # the format's time is GMT
    return Moment(text, zone="" if offset else "UTC", precision="minute", assumed=not offset)


def _item(
    header: re.Match[bytes],
    slug: str,
    lines: list[str],
    moment: Moment | None,
    done: tuple[str, ...],
    warnings: tuple[tuple[str, str], ...],
) -> Item:
    _, service, number, priority, category, words, options = (
        (part or b"").decode("latin-1") for part in header.groups()
    )
    head, rest = _head(lines)
    body, notes, sign_off = _notebook(rest)
    named = (word.partition("-")[0].lower() for word in reversed(options.split()))
    provider = next((word for word in named if word in _AGENCIES), "dpa" if sign_off else "")
    day = moment.text[:10] if moment and moment.text[4:5] == "-" else ""
    text, kind = body_of(body)
    name = _AGENCIES.get(provider, "")
    return Item(
        format="iptc7901",
        provider=provider,
        local_id=f"{service}{number}-{day}" if provider and day else "",
        alt_ids=(Text(f"{service}{number}", "sequence"),),
        sequence=number,
        urgency=priority,
        category=category,
        word_count=int(words) if words else None,
        slugline=slug,
        signals=(*head.signals, *(("embargo",) if head.embargo is not None else ())),
        embargoed_until=Moment(head.embargo, zone="Europe/Berlin" if provider == "dpa" else "")
        if head.embargo
        else None,
        headlines=(Text(" ".join(head.headline)),) if head.headline else (),
        byline=head.byline,
        notes=(*(Note(note, "embargo" if _EMBARGO.search(note) else "advisory") for note in head.notes), *notes),
        body=text,
        body_kind=kind,
        version_created=moment,
        sign_off=sign_off,
        sources=(Party(name=name, role="agency"),) if name else (),
        transformations=done,
        warnings=warnings,
    )


_AGENCIES = {
    "dpa": "dpa", "afp": "AFP", "pa": "PA", "apa": "APA", "sda": "SDA", "ats": "ATS", "ansa": "ANSA", "efe": "EFE",
    "rtr": "Reuters", "ap": "AP", "dow": "Dow Jones", "epd": "epd", "kna": "KNA", "sid": "SID", "belga": "Belga",
    "anp": "ANP", "tt": "TT", "ntb": "NTB", "stt": "STT", "mti": "MTI", "pap": "PAP", "ctk": "CTK",
}  # fmt: skip


def _head(lines: list[str]) -> tuple[_Head, list[str]]:
    """Version lines, headline, byline and notes; and the lines of the text."""
    end = _head_end(lines)
    head = _Head([], [], [])
    byline = ""
    embargo: str | None = None
    for line in (one.strip() for one in lines[:end]):
        bare = line.removesuffix("=").rstrip()
        if not bare or _DASHED_RULE.match(bare):
            continue
        until = embargo_words(bare)
        if until is not None:
            embargo = until
            head.notes.append(bare)
        elif not head.headline and _VERSION_LINE.match(bare):
            head.signals.append(_REPEATED.sub(r"\1", bare.strip("() ")))
        elif _BYLINE.match(bare) and head.headline:
            byline = bare
        elif _NOTE_LINE.match(bare):
            head.notes.append(bare)
        else:
            head.headline.append(bare)
    return head._replace(byline=byline, embargo=embargo), lines[end:]


def _head_end(lines: list[str]) -> int:
    """Behind the line that ends with " =" among the first ones, else at the first blank line after some text."""
    for i, line in enumerate(lines[:15]):
        if line.rstrip().endswith((" =", "=")) and line.strip() != "=" and not line.rstrip().endswith("=="):
            return i + 1
    full = 0
    for i, line in enumerate(lines[:15]):
        if line.strip():
            full += 1
        elif full:
            return i
    return 0 if full > 4 else full


def _may_be_private(text: str) -> bool:
    """A cheap look: each way to begin holds one of these."""
    return "nformation" in text or ("*" in text and "* * * *" in text)


def _notebook(lines: list[str]) -> tuple[list[str], list[Note], str]:
    """(lines of the text, notes, sign-off): what follows `# Notebook` is for editors."""
    text = "\n".join([line.rstrip() for line in lines]).strip()
    sign_off = ""
    last = text.rsplit("\n", 1)[-1].strip()
    if _SIGN_OFF.match(last):
        sign_off, text = last, text[: len(text) - len(last)].rstrip()
    found = _NOTEBOOK.search(text) if "#" in text else None
    private = _PRIVATE.search(text, found.start() if found else 0) if _may_be_private(text) else None
    cut = found.start() if found else private.start() if private else len(text)
    notes: list[Note] = []
    if found:
        public = text[found.end() : private.start() if private else len(text)].strip()
        notes += [Note(public, "advisory", public=True)] if public else []
    if private:
        contacts = _PRIVATE.sub("", text[private.start() :]).strip()
        contacts = re.sub(r"\A[^\n#]{0,80}\n", "", contacts).strip()
        notes += [Note(contacts, "contacts")] if contacts else []
    return text[:cut].rstrip().split("\n"), notes, sign_off
