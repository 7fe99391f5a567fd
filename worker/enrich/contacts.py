"""Links and contacts that stand in the text: addresses of the web, e-mail, telephone, handles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.enrich.anchors import CALLED_STEMS, anchors
from worker.story import Contact, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.enrich.doc import Doc, Found

MANY: Final = 50  # of each, in one story
SIGNS_MAX: Final = 1000  # looked at in one story
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”«»|]{3,500}", re.IGNORECASE)
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?!\w)")
_LOCAL_MAX: Final = 64
_DOMAIN_MAX: Final = 400
_HANDLE: Final = re.compile(r"(?<![\w@./])@([A-Za-z_]\w{2,29})(?![\w@.]*\.\w)")
_PHONE: Final = re.compile(r"(?<![\w+])\+\d{1,3}(?:[ ()/.-]{0,2}\d){6,13}(?!\d)")
_CALLED: Final = re.compile(
    r"(?:tele?phone|phone|tel|fax|mobile|newsroom|telefon)\b\.?:?\s{0,2}(\(?\d(?:[ ()/.-]{0,2}\d){5,13})(?!\d)",
    re.IGNORECASE,
)
_CALLED_REACH: Final = 48  # from a stem over the number
_TRAILING: Final = ".,;:!?)]}…'’"


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.links` and `found.contacts`; patterns are tried only where their signs stand."""
    text = doc.body
    places = anchors(text, found.language[:2])
    if places.links:
        found.links = _links(text, places.links)
    if "@" in text:
        signs = list(_everywhere(text, "@"))
        found.contacts += [Contact(kind="email", value=mail.rstrip(".")) for mail in _mails(text, signs)]
        handles = filter(None, (_HANDLE.match(text, at) for at in signs))
        found.contacts += [Contact(kind="handle", value="@" + handle[1]) for handle in handles]
    if "+" in text:
        numbers = filter(None, (_PHONE.match(text, at) for at in _everywhere(text, "+")))
        found.contacts += [Contact(kind="phone", value=_spaced(number[0])) for number in numbers]
    if places.called:
        found.contacts += [Contact(kind="phone", value=_spaced(n)) for n in _called(text, places.called)]
    if found.contacts:
        found.contacts = _distinct(found.contacts)


def _everywhere(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    for _ in range(SIGNS_MAX):
        if at < 0:
            break
        yield at
        at = text.find(sign, at + 1)


def _mails(text: str, signs: list[int]) -> list[str]:
    out, past = [], 0
    for at in signs:
        if at >= past:
            match = _MAIL.search(text, max(past, at - _LOCAL_MAX), at + _DOMAIN_MAX)
            if match:
                out.append(match[0])
                past = match.end()
    return out


def _called(text: str, places: list[int]) -> list[str]:
    """Numbers after a word such as "Tel.", by the stems of such words."""
    out = []
    for stem in CALLED_STEMS:
        for at in places:
            if text.startswith(stem, at):
                match = _CALLED.search(text, max(0, at - 8), at + _CALLED_REACH)
                if match:
                    out.append(match[1])
    return out


def _distinct(contacts: list[Contact]) -> list[Contact]:
    return list({(c.kind, c.value): c for c in contacts}.values())[:MANY]


def _links(text: str, places: list[int]) -> list[Link]:
    out: dict[str, Link] = {}
    past = 0
    for place in places:
        begins = (place - 5, place - 4) if text[place] == ":" else (place,)  # https, http
        for match in filter(None, (_URL.match(text, begin) for begin in begins if begin >= past)):
            past = match.end()
            shown = match.group().rstrip(_TRAILING)
            url = shown if "://" in shown else f"http://{shown}"
            out.setdefault(url, Link(url=url, text="" if url == shown else shown))
            break
        if len(out) == MANY:
            break
    return list(out.values())


def _spaced(number: str) -> str:
    return " ".join(number.split())
