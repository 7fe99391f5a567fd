"""E-mail: a story in a message's body, as plain text, as HTML, as a web form's JSON, or as another wire format.

The message says who, when and under which subject; what the body holds is decided by the body's own bytes. An inner
format keeps its own identity; otherwise the Message-ID is the story's id (as a `mid:` URI, RFC 2392).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from worker.formats import (
    anpa,
    apmedia,
    dpadigital,
    firstbyte,
    htmlpage,
    iptc7901,
    mailform,
    mrn,
    newsml1,
    newsmlg2,
    ninjs,
    nitf,
    plaintext,
    pressrelease,
    zczc,
)
from worker.formats.mime import Part as MimePart
from worker.formats.mime import leaves, parse
from worker.formats.view import View
from worker.story import DeadCode, Item, Limits, Moment, Part, Party, Rejected, Text

if TYPE_CHECKING:
    from types import ModuleType

FIRST = firstbyte.LETTERS
WHERE = {
    "uri": "Message-ID (unless the body is of a format with an id of its own)",
    "headlines": "the body's own headline, else Subject",
    "version_created": "Date",
    "sources": "From",
    "parts": "attachments",
    "body": "text/plain part, else text/html; or the form field Body",
}

# What a body may be besides plain text, most telling first; a message in a message is none of these.
INNER: tuple[tuple[str, ModuleType], ...] = (
    ("anpa1312", anpa),
    ("iptc7901", iptc7901),
    ("newsmlg2", newsmlg2),
    ("newsml1", newsml1),
    ("nitf", nitf),
    ("ap_media_api", apmedia),
    ("dpa_digitalwires", dpadigital),
    ("refinitiv_mrn", mrn),
    ("ninjs", ninjs),
    ("zczc", zczc),
    ("pressrelease", pressrelease),
)
_ASKED = firstbyte.by_first_byte(INNER)
_FIELD_LINE = re.compile(rb"([A-Za-z][\w-]{1,60}):[ \t]")
_FIELDS = re.compile(rb"\n" + _FIELD_LINE.pattern)
_TELLING = {
    b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to", b"x-mailer", b"content-type",
    b"reply-to", b"x-received", b"dkim-signature", b"x-originating-ip", b"content-transfer-encoding", b"in-reply-to",
}  # fmt: skip
_PLAIN = {b"from", b"to", b"subject", b"date", b"cc", b"sender"}
_REPLY = re.compile(r"^(?:(?:re|fw|fwd|aw|wg|tr|rv)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_ADDRESS = re.compile(
    r"^\s*\"?(?P<name>[^\"<]{0,200}?)\"?\s*<(?P<address>[^<>\s]{3,200})>|^\s*(?P<bare>[^\s<>]{3,200}@[^\s<>]{2,200})"
)
_TYPES = {"image": "picture", "video": "video", "audio": "audio", "text": "text"}


def sniff(view: View) -> str:
    head = view.head
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    if not _FIELD_LINE.match(head):
        return ""
    header = head.partition(b"\n\r\n")[0].partition(b"\n\n")[0]
    fields = _FIELDS.findall(b"\n" + header)
    if len(fields) <= header.count(b"\n"):  # some lines are folded, or no fields at all
        fields = _fields(header)
    names = {name.lower() for name in fields}
    told, plain = names & _TELLING, names & _PLAIN
    if len(told) >= 2 or (told and plain) or (b"from" in plain and len(plain) >= 3):
        return f"header fields {', '.join(sorted(name.decode() for name in told | plain)[:4])}"
    return ""


def _fields(header: bytes) -> list[bytes]:
    """The names of the fields up to a blank line, [] when another line is neither a field nor the rest of one."""
    names: list[bytes] = []
    for line in header.split(b"\n"):
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t"):
            continue
        found = _FIELD_LINE.match(line)
        if found:
            names.append(found[1])
        elif not line.rstrip().endswith(b":"):
            return []
    return names


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    data = view.data.lstrip(b"\xef\xbb\xbf \t\r\n")
    message = parse(data.partition(b"\n")[2] if data.startswith(b"From ") else data)
    parts = leaves(message)
    plain = [p for p in parts if p.kind == "text/plain" and not p.attached]
    pages = [p for p in parts if p.kind == "text/html" and not p.attached]
    chosen = _chosen(plain, pages)
    if chosen is None:
        chosen = next((p for p in parts if _wire_of(p, limits)), None)
    if chosen is None:
        raise Rejected(DeadCode.NO_CONTENT, "a message without a text")
    others = [p for p in parts if p is not chosen and p not in plain and p not in pages] if len(parts) > 1 else []
    parts_out = tuple(map(_attachment, others))
    headers = {**message.headers, **_nested_headers(message)}
    subject = headers.get("subject", "").strip()
    if ":" in subject:
        subject = _REPLY.sub("", subject).strip()
    items = _items(chosen, subject, limits)
    told = _Told(headers, subject, _sender(headers.get("from", "")), tuple(view.transformations), len(items) == 1)
    return [_dressed(item, told, parts_out if n == 0 else ()) for n, item in enumerate(items)]


def _chosen(plain: list[MimePart], pages: list[MimePart]) -> MimePart | None:
    """The plain text if there is any worth the name; the HTML where the plain part only says so."""
    text = next((p for p in plain if p.payload and not p.payload.isspace()), None)
    page = next((p for p in pages if p.payload and not p.payload.isspace()), None) if pages else None
    if text and page and len(text.payload) < 200 and len(page.payload) > 20 * len(text.payload):
        return page
    return text or page


def _nested_headers(message: MimePart) -> dict[str, str]:
    """A forwarded message's own subject, sender and date stand for those of an envelope without a text."""
    if message.kind == "message/rfc822" and message.children:
        return message.children[0].headers
    return {}


def _view(part: MimePart, limits: Limits) -> View | None:
    try:
        return View(part.payload, limits, {"charset": part.parameters.get("charset", "")})
    except Rejected:
        return None


def _wire_of(part: MimePart, limits: Limits) -> tuple[str, ModuleType] | None:
    view = _view(part, limits)
    return _wire_in(view) if view else None


def _wire_in(view: View) -> tuple[str, ModuleType] | None:
    if not view.head:
        return None
    return next(((name, reader) for name, reader in _ASKED[view.head[0]] if reader.sniff(view)), None)


def _items(part: MimePart, subject: str, limits: Limits) -> list[Item | Rejected]:
    """What the body holds: a form, another wire format, a page, or text below the subject."""
    view = _view(part, limits)
    if view is None:
        return [Rejected(DeadCode.BAD_COMPRESSION, "the message's text does not unpack")]
    form = mailform.answers(view) if view.head[:1] == b"{" else {}
    if form:
        return [mailform.item_of(form, tuple(view.transformations))]
    wire = _wire_in(view)
    if wire:
        name, reader = wire
        return [
            i if isinstance(i, Rejected) else msgspec.structs.replace(i, format_version=name)
            for i in reader.read(view, limits)
        ]
    if part.kind == "text/html" or (view.head[:1] == firstbyte.MARKUP and htmlpage.sniff(view)):
        return [_under(subject, item) for item in htmlpage.read(view, limits)]
    text, done = _text(part, view)
    if text.startswith("--") or "\n--" in text:
        text = _SIGNATURE.split(text, maxsplit=1)[0]
    lines = _flowed(text, part).strip().split("\n")
    return [plaintext.read_lines(lines, limits, name="email", subject=subject, transformations=done)]


def _text(part: MimePart, view: View) -> tuple[str, tuple[str, ...]]:
    """(characters, what was done to the bytes): the view's, unless it had to unpack, or no charset makes text of it."""
    try:
        if view.data is part.payload:
            return view.text, tuple(view.transformations)
    except Rejected:
        pass
    return part.text()


def _under(subject: str, item: Item | Rejected) -> Item | Rejected:
    """A page in a message has the subject as its headline."""
    if isinstance(item, Rejected) or not subject:
        return item
    return msgspec.structs.replace(item, headlines=(Text(subject),))


def _flowed(text: str, part: MimePart) -> str:
    """RFC 3676: in `format=flowed` a space before the line end says that the line goes on."""
    if part.parameters.get("format", "").lower() != "flowed":
        return text
    joint = "" if part.parameters.get("delsp", "").lower() == "yes" else " "
    return re.sub(r"(?<!^--) \n(?=[^\s>])", joint, text)


class _Told(NamedTuple):
    """What a message says of all that it holds. `whole`: it holds one item."""

    headers: dict[str, str]
    subject: str  # without Re: and the like
    sender: str
    done: tuple[str, ...]  # to the bytes of the message
    whole: bool


def _dressed(item: Item | Rejected, told: _Told, parts: tuple[Part, ...]) -> Item | Rejected:
    """The item with what the message's header says."""
    if isinstance(item, Rejected):
        return item
    headers, sender = told.headers, told.sender
    number = headers.get("message-id", "").strip("<> ")
    own = bool(item.uri or item.local_id)
    changes: dict[str, object] = {
        "format": "email",
        "parts": (*item.parts, *parts),
        "transformations": tuple(dict.fromkeys((*told.done, *item.transformations))),
        "sources": (*item.sources, *((Party(name=sender, role="credit"),) if sender else ())),
    }
    if number:
        changes["alt_ids"] = (*item.alt_ids, Text(number, "guid"))
        if not own and told.whole:
            changes["uri"] = f"mid:{number}"
    if told.subject and not item.headlines:
        changes["headlines"] = (Text(told.subject),)
    if not item.version_created and headers.get("date"):
        changes["version_created"] = Moment(headers["date"])
    elif headers.get("date"):
        changes["dates"] = {**item.dates, "sent": headers["date"]}
    return msgspec.structs.replace(item, **changes)


def _sender(value: str) -> str:
    found = _ADDRESS.match(value)
    if not found:
        return value.strip()[:200]
    return (found["name"] or "").strip() or found["address"] or found["bare"] or ""


def _attachment(part: MimePart) -> Part:
    kind = _TYPES.get(part.kind.partition("/")[0], "composite")
    return Part(
        type=kind,
        rel="picture" if kind == "picture" else "attachment",
        headline=part.filename,
        alt_ids=tuple(Text(value, "provider") for value in (part.headers.get("content-id", "").strip("<> "),) if value),
        renditions=({"contentType": part.kind, "sizeInBytes": len(part.payload)},),
    )
