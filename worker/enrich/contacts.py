"""Links and contacts that stand in the text: addresses of the web, e-mail, telephone, handles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.story import Contact, Link

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

MANY: Final = 50  # of each, in one story
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”«»|]{3,500}", re.IGNORECASE)
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?!\w)")
_HANDLE: Final = re.compile(r"(?<![\w@./])@([A-Za-z_]\w{2,29})(?![\w@.]*\.\w)")
_PHONE: Final = re.compile(r"(?<![\w+])\+\d{1,3}(?:[ ()/.-]{0,2}\d){6,13}(?!\d)")
_CALLED: Final = re.compile(
    r"(?:tele?phone|phone|tel|fax|mobile|newsroom|telefon)\b\.?:?\s{0,2}(\(?\d(?:[ ()/.-]{0,2}\d){5,13})(?!\d)",
    re.IGNORECASE,
)
_CALLED_STEMS: Final = ("hone", "el.", "el:", "Tel", "Fax", "fax", "ewsroom")
_CALLED_REACH: Final = 48  # from a stem over the number
_TRAILING: Final = ".,;:!?)]}…'’"


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.links` and `found.contacts`; each gate is one plain search of the text."""
    text = doc.body
    if "://" in text or "www." in text or "WWW." in text:
        found.links = _links(text)
    if "@" in text:
        found.contacts += [Contact(kind="email", value=m.group().rstrip(".")) for m in _MAIL.finditer(text)]
        found.contacts += [Contact(kind="handle", value="@" + m[1]) for m in _HANDLE.finditer(text)]
    if "+" in text:
        found.contacts += [Contact(kind="phone", value=_spaced(m.group())) for m in _PHONE.finditer(text)]
    found.contacts += [Contact(kind="phone", value=_spaced(number)) for number in _called(text)]
    found.contacts = _distinct(found.contacts)


def _called(text: str) -> list[str]:
    """Numbers after a word such as "Tel."."""
    out = []
    for stem in _CALLED_STEMS:
        at = text.find(stem)
        while at >= 0:
            match = _CALLED.search(text, max(0, at - 8), at + _CALLED_REACH)
            if match:
                out.append(match[1])
            at = text.find(stem, at + len(stem))
    return out


def _distinct(contacts: list[Contact]) -> list[Contact]:
    return list({(c.kind, c.value): c for c in contacts}.values())[:MANY]


def _links(text: str) -> list[Link]:
    out: dict[str, Link] = {}
    for match in _URL.finditer(text):
        shown = match.group().rstrip(_TRAILING)
        url = shown if "://" in shown else f"http://{shown}"
        out.setdefault(url, Link(url=url, text="" if url == shown else shown))
        if len(out) == MANY:
            break
    return list(out.values())


def _spaced(number: str) -> str:
    return " ".join(number.split())
