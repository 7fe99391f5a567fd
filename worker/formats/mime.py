"""RFC 5322 messages and their MIME parts from bytes: headers decoded, transfer encodings undone, never a crash.

Rule of the room: whatever cannot be decoded degrades to readable characters. Each byte is looked at once a level,
and levels and parts are bounded. (The standard library's parser builds objects that cost more than the story.)
Source: RFC 5322, 2045-2047, 2231.
"""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from worker.formats.charset import decode
from worker.formats.view import line_ends
from worker.story import Rejected

LEVELS_MAX = 12  # multipart within multipart
PARTS_MAX = 200
HEADER_BYTES_MAX = 256_000
READ = (
    "subject", "from", "date", "message-id",
    "content-type", "content-transfer-encoding", "content-disposition", "content-id",
)  # fmt: skip

# A blank line, with lines ended by LF or CRLF, or by CR; each pattern begins with a character, so it is found fast.
_BLANK = re.compile(rb"\n[ \t]*\r?\n")
_BLANK_CR = re.compile(rb"\r[ \t]*\r(?!\n)")
# A field and the lines that go on with it.
_FIELD = re.compile(
    rf"\n({'|'.join(READ)})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)",
    re.IGNORECASE | re.ASCII,
)
_WORD = re.compile(r"=\?([\w.:*-]{1,60})\?([QqBb])\?([^?\n]{0,2000})\?=")
_BETWEEN_WORDS = re.compile(r"(?<=\?=)[ \t\n]{1,20}(?==\?[\w.:*-]{1,60}\?[QqBb]\?)")
_PARAMETER = re.compile(r';\s*([\w*.-]{1,40})\s*=\s*(?:"([^"]{0,1000})"|([^\s;"]{0,1000}))')
_LF = 0x0A
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))


class Part(NamedTuple):
    """One body part. `payload`: transfer encoding undone, b"" where there are `children`."""

    headers: dict[str, str]  # of `READ`: lower-case name -> unfolded, decoded value of its first occurrence
    kind: str  # "text/plain"
    parameters: dict[str, str]
    payload: bytes
    children: tuple[Part, ...] = ()

    @property
    def attached(self) -> bool:
        return self.headers.get("content-disposition", "").lower().startswith("attachment")

    @property
    def filename(self) -> str:
        given = parameters_of(self.headers.get("content-disposition", ""))
        return (given.get("filename") or self.parameters.get("name", ""))[:300]

    def text(self) -> tuple[str, tuple[str, ...]]:
        """(characters, what was done to the bytes). The declared charset is only a hint."""
        try:
            decoded = decode(self.payload, declared=self.parameters.get("charset", ""))
        except Rejected:
            return self.payload.decode("ascii", "replace"), ("charset:unknown",)
        return line_ends(decoded.text), decoded.transformations


def parse(data: bytes) -> Part:
    """The message with its parts."""
    return _part(data.lstrip(b" \t\r\n"), 0, [PARTS_MAX])


def leaves(part: Part) -> list[Part]:
    """The parts that hold content, in their order."""
    return [leaf for child in part.children for leaf in leaves(child)] if part.children else [part]


def _part(data: bytes, level: int, left: list[int], default: str = "text/plain") -> Part:
    """`left` holds the number of parts that may still be made."""
    left[0] -= 1
    head, body = _head_and_body(data)
    headers = read_headers(head)
    given = headers.get("content-type", "")
    kind = given.partition(";")[0].strip().lower()
    kind = kind if "/" in kind else default
    parameters = parameters_of(given)
    boundary = parameters.get("boundary", "")
    if kind.startswith("multipart/") and boundary and level < LEVELS_MAX:
        inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        children = tuple(_part(piece, level + 1, left, inner) for piece in _pieces(body, boundary) if left[0] > 0)
        if children:
            return Part(headers, kind, parameters, b"", children)
    payload = _unpacked(body, headers.get("content-transfer-encoding", "").strip().lower())
    if kind == "message/rfc822" and level < LEVELS_MAX and left[0] > 0:
        return Part(headers, kind, parameters, b"", (_part(payload.lstrip(b" \t\r\n"), level + 1, left),))
    return Part(headers, kind, parameters, payload)


def _head_and_body(data: bytes) -> tuple[bytes, bytes]:
    """The header and what follows the first blank line."""
    if data[:1] in (b"\r", b"\n"):
        return b"", data[2 if data[:2] == b"\r\n" else 1 :]
    found = _BLANK.search(data, 0, HEADER_BYTES_MAX)
    earlier = _BLANK_CR.search(data, 0, found.end() if found else HEADER_BYTES_MAX)
    if earlier:
        return data[: earlier.start()], data[earlier.end() :]
    return (data[: found.start()].removesuffix(b"\r"), data[found.end() :]) if found else (data, b"")


def _pieces(body: bytes, boundary: str) -> list[bytes]:
    """What stands between the boundary lines; a missing last one is forgiven."""
    line = re.compile(rb"--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    out: list[bytes] = []
    start = -1
    for found in line.finditer(body):
        at = found.start()
        if at and body[at - 1] != _LF:
            continue
        if start >= 0:
            out.append(body[start : at - 1].removesuffix(b"\r"))
        start = found.end()
        start += 2 if body[start : start + 2] == b"\r\n" else 1
        if found[1] or len(out) >= PARTS_MAX:
            return out
    if start >= 0:
        out.append(body[start:])
    return out


def read_headers(head: bytes) -> dict[str, str]:
    """The header fields that are `READ`, by lower-case name, the first of each; lines that are none are passed over."""
    try:
        text = head.decode() if head.isascii() and b"\0" not in head else decode(head).text
    except Rejected:
        text = head.decode("latin-1")
    out: dict[str, str] = {}
    for name, value in _FIELD.findall("\n" + line_ends(text)):
        out.setdefault(name.lower(), " ".join(decode_words(value).split()))
    return out


def decode_words(value: str) -> str:
    """RFC 2047 encoded words as characters; words in an unknown or wrong charset by evidence, others as they stand."""
    if "=?" not in value:
        return value
    return _WORD.sub(_decoded_word, _BETWEEN_WORDS.sub("", value))


def _decoded_word(found: re.Match[str]) -> str:
    charset, how, text = found[1].partition("*")[0], found[2].lower(), found[3]
    raw = text.encode("utf-8", "surrogatepass")
    data = binascii.a2b_qp(raw, header=True) if how == "q" else _from_base64(raw)
    try:
        return decode(data, declared=charset).text
    except Rejected:
        return found[0]


def parameters_of(value: str) -> dict[str, str]:
    """Parameters of a structured field by lower-case name; RFC 2231 forms joined and decoded."""
    out: dict[str, str] = {}
    for found in _PARAMETER.finditer(value[:8_000]):
        name, text = found[1].lower(), found[2] if found[2] is not None else found[3]
        plain, star, _ = name.partition("*")
        if star and text.count("'") >= 2:
            charset, _, encoded = text.split("'", 2)
            try:
                text = decode(unquote_to_bytes(encoded), declared=charset).text
            except Rejected:
                text = encoded
        if star and plain in out:
            out[plain] += text
        else:
            out.setdefault(plain, decode_words(text))
    return out


def _unpacked(body: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return _from_base64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    return body


def _from_base64(data: bytes) -> bytes:
    """Characters outside the alphabet are passed over, a cut-off end is forgiven."""
    clean = data.translate(None, _NOT_BASE64)
    clean = clean.rstrip(b"=")
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    try:
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    except (binascii.Error, ValueError):
        return b""
