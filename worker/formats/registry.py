"""The readers in the order in which they are asked, and the one function that picks one by the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from worker.formats import (
    anpa,
    apmedia,
    dpadigital,
    feeds,
    htmlpage,
    iptc7901,
    jsonfeed,
    mail,
    mrn,
    newsml1,
    newsmlg2,
    ninjs,
    nitf,
    otherjson,
    plaintext,
    pressrelease,
    vendorxml,
    zczc,
)
from worker.formats.firstbyte import by_first_byte
from worker.story import DeadCode, Item, Limits, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from worker.formats.view import View


class Reader(Protocol):
    """A module of this package: see `formats/__init__`."""

    @property
    def WHERE(self) -> Mapping[str, str]: ...  # noqa: N802 - a module's constant
    @property
    def sniff(self) -> Callable[[View], str]: ...
    @property
    def read(self) -> Callable[[View, Limits], list[Item | Rejected]]: ...


class Recognised(NamedTuple):
    name: str
    why: str
    reader: Reader


# Most telling first: control bytes, then XML roots, then JSON shapes, then text. `plaintext` takes what is left.
READERS: dict[str, Reader] = {
    # control bytes
    "anpa1312": anpa,
    "iptc7901": iptc7901,
    # XML roots
    "newsmlg2": newsmlg2,
    "newsml1": newsml1,
    "nitf": nitf,
    "rss_atom": feeds,
    "vendor_xml": vendorxml,
    # JSON shapes
    "ap_media_api": apmedia,
    "dpa_digitalwires": dpadigital,
    "refinitiv_mrn": mrn,
    "jsonfeed": jsonfeed,
    "ninjs": ninjs,
    "json": otherjson,
    "email": mail,
    "html": htmlpage,
    # text, framed or not; `plaintext` takes what is left
    "zczc": zczc,
    "pressrelease": pressrelease,
    "plaintext": plaintext,
}
_ASKED = by_first_byte(READERS.items())


def recognise(view: View) -> Recognised:
    """The reader for these bytes.

    Raises:
        Rejected: EMPTY for nothing but white space, UNKNOWN_FORMAT when no reader claims the bytes.
    """
    if not view.head:
        raise Rejected(DeadCode.EMPTY, "the value is empty")
    for name, reader in _ASKED[view.head[0]]:
        why = reader.sniff(view)
        if why:
            return Recognised(name, why, reader)
    raise Rejected(DeadCode.UNKNOWN_FORMAT, f"no reader recognises bytes that start with {view.head[:40]!r}")


def read_as(found: Recognised, view: View, limits: Limits) -> list[Item | Rejected]:
    """The items of the message. Raises `Rejected` when the record as a whole is unusable."""
    items = found.reader.read(view, limits)
    if not items:
        raise Rejected(DeadCode.NO_CONTENT, f"{found.name}: no item in the message")
    if len(items) > limits.items_max:
        raise Rejected(DeadCode.TOO_MANY_ITEMS, f"{len(items)} items; at most {limits.items_max} are read")
    return items


def read(view: View, limits: Limits) -> tuple[Recognised, list[Item | Rejected]]:
    """Recognise and read in one. Raises `Rejected` when the record as a whole is unusable."""
    found = recognise(view)
    return found, read_as(found, view, limits)
