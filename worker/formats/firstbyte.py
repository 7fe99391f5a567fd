"""Which readers need be asked at all: most formats can only begin with a few bytes.

A reader may say so in `FIRST`: the bytes of which one must be the first of `view.head` for its `sniff` to say yes.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKUP = b"<"
XML = b"<\0\xfe\xff"  # it may be UTF-16, with or without its mark
JSON = b"{["
LETTERS = string.ascii_letters.encode()

R = TypeVar("R")


def by_first_byte(readers: Iterable[tuple[str, R]]) -> tuple[tuple[tuple[str, R], ...], ...]:
    """For each first byte the (name, reader) that may claim it, in the order given."""
    named = [(name, reader, _first(reader)) for name, reader in readers]
    return tuple(tuple((name, reader) for name, reader, first in named if byte in first) for byte in range(256))


def _first(reader: Any) -> bytes:
    first: bytes = getattr(reader, "FIRST", bytes(range(256)))
    return first
