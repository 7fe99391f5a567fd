"""A raw record made readable: gzip undone, charset found by evidence, the first bytes at hand for sniffing."""

from __future__ import annotations

import functools
import zlib
from typing import TYPE_CHECKING, Any

from worker.formats import jsontree
from worker.formats.charset import decode
from worker.story import DeadCode, Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.story import Limits

HEAD_BYTES = 4096
GZIP_MAGIC = b"\x1f\x8b"
GZIP_LAYERS_MAX = 2


def line_ends(text: str) -> str:
    """The text with LF at each line's end."""
    if "\r" not in text:
        return text
    text = "\n".join(text.split("\r\n"))  # twice as fast as `replace`, which counts first
    return text.replace("\r", "\n") if "\r" in text else text


def gunzip(data: bytes, bytes_max: int) -> bytes:
    """Undo gzip, never giving more than `bytes_max` bytes.

    Raises:
        Rejected: BAD_COMPRESSION when it does not unpack or is cut off, TOO_LARGE when it unpacks to more.
    """
    out, rest = bytearray(), data
    while rest[:2] == GZIP_MAGIC:  # members may follow one another
        machine = zlib.decompressobj(wbits=31)
        try:
            out += machine.decompress(rest, bytes_max + 1 - len(out))
        except zlib.error as error:
            raise Rejected(DeadCode.BAD_COMPRESSION, f"gzip: {error}") from None
        if len(out) > bytes_max:
            raise Rejected(DeadCode.TOO_LARGE, f"gzip unpacks to more than {bytes_max} bytes")
        if not machine.eof:
            raise Rejected(DeadCode.BAD_COMPRESSION, "gzip: the data ends before the stream does")
        rest = machine.unused_data
    return bytes(out)


class View:
    """What a reader sees of a record. `data`: bytes with gzip undone; `text`: the same as characters.

    Attributes:
        data: the bytes, gzip undone, byte-order mark kept.
        head: the first 4096 bytes, leading white space and byte-order mark removed.
        headers: record headers by lower-case name; hints only, never the ground for a format.
        transformations: what was done so far (`gzip`, `charset:…`, `mojibake`); grows when `text` is asked for.
    """

    def __init__(self, value: bytes, limits: Limits, headers: Mapping[str, str] | None = None) -> None:
        self.headers = dict(headers or {})
        self.transformations: list[str] = []
        self.data = value
        for _ in range(GZIP_LAYERS_MAX):
            if self.data[:2] != GZIP_MAGIC:
                break
            self.data = gunzip(self.data, limits.message_bytes_max)
            self.transformations.append("gzip")
        if len(self.data) > limits.message_bytes_max:
            raise Rejected(DeadCode.TOO_LARGE, f"{len(self.data)} bytes; at most {limits.message_bytes_max} are read")
        start = self.data[: HEAD_BYTES + 64]
        if start.startswith(b"\xef\xbb\xbf"):
            start = start[3:]
        self.head = start.lstrip(b" \t\r\n\f\v")[:HEAD_BYTES]
        self.limits = limits

    @functools.cached_property
    def text(self) -> str:
        """The whole as characters, line ends as LF, charset by evidence (see `charset.decode`)."""
        decoded = decode(self.data, declared=self.headers.get("charset", ""))
        self.transformations += decoded.transformations
        return line_ends(decoded.text)

    @functools.cached_property
    def json(self) -> Any:
        """The value as JSON, or None when the bytes do not start like JSON or are not JSON even read leniently.

        Raises:
            Rejected: TOO_DEEP when it nests deeper than `limits.depth_max`.
        """
        if self.head[:1] not in (b"{", b"["):
            return None
        try:
            value, _ = jsontree.loads(self.data)
        except Rejected:
            try:
                value, took = jsontree.loads(self.data, self.text)
            except Rejected as why:
                if why.code == DeadCode.TOO_DEEP:
                    raise
                return None
            self.transformations += took
        jsontree.check_depth(value, self.limits.depth_max)
        return value
