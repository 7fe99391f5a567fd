"""Plain and scraped text: what is left when no other reader claims the bytes, and really is text.

    [https://address]      scraped files may start with it
    From / Send to         furniture of the page
    Headline
    March 14, 2017 - 10:38 By Desk
    Paragraphs

A text without a headline line gets none here (normalise derives one). Captions stay in the body: normalise knows them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.lines import body_of
from worker.formats.storyhead import Head, furniture_among, read_head, split_url
from worker.story import DeadCode, Item, Limits, Moment, Note, Party, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.formats.view import View

WHERE = {
    "headlines": "first short line, before a blank, date or byline line; or 'Headline:'",
    "version_created": "date line below the headline; or 'Date:'",
    "byline": "'By …' below the headline, on the date line or its own; or 'Byline:'",
    "embargoed_until": "a line EMBARGOED UNTIL … in the head",
    "links": "the address on the first line",
    "body": "what follows the head",
    "furniture": "lines such as 'Send to' around the story",
}

SAMPLE_CHARS = 4_000
STRAY_SHARE_MAX = 0.02  # controls and replacement characters
LETTER_SHARE_MIN = 0.4
TABLE_LETTERS_MIN = 0.1  # of an ASCII table of figures
LATIN_1_SHARE_MAX = 0.3  # characters that windows-1252 makes of any byte
# First bytes of what is no text, or a broken message of a format with a reader of its own.
_OTHERS = (
    b'{"',
    b"[{",
    b"<?xml",
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"\x7fELF",
    b"{\\rtf",
)
_BROKEN_JSON = re.compile(rb"[\[{]\s*[\"{\[]")
_URL_DAY = re.compile(r"[/=]((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\D|\d{6})")
_TAG = re.compile(rb"<[A-Za-z!?/]")
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D}) + b"\x7f"
_TABLE_SIGNS = b"0123456789.,/:+-"
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LATIN_1 = re.compile("[\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]")


def sniff(view: View) -> str:
    if view.head.startswith(_OTHERS) or _BROKEN_JSON.match(view.head) or _marked_up(view):
        return ""
    try:
        sample = view.text[:SAMPLE_CHARS].strip()
    except Rejected:
        return ""
    return "readable text, of no other format" if is_text(sample) else ""


def _marked_up(view: View) -> bool:
    """Starts with a tag, and closes one: `<ABC.N> 4TH QTR NET` is a headline with a stock's code."""
    if not _TAG.match(view.head):
        return False
    return view.head[1:2] in (b"?", b"!", b"/") or b"</" in view.data or b"/>" in view.data


def is_text(sample: str) -> bool:
    """Whether the characters are a text in some language, not what a charset made of binary data."""
    if not sample:
        return False
    plain = sample.encode() if sample.isascii() else sample.encode("ascii", "ignore")
    beyond = len(sample) - len(plain)
    signs = plain.translate(None, _LETTERS)
    letters = len(sample) - len(signs)
    dense = len(sample) - signs.count(b" ") - signs.count(b"\n") or 1
    if letters < LETTER_SHARE_MIN * dense:
        if beyond or letters < TABLE_LETTERS_MIN * dense:
            return False
        if letters + len(signs) - len(signs.translate(None, _TABLE_SIGNS)) < LETTER_SHARE_MIN * dense:
            return False  # no table of figures under a few words either
    stray = len(signs) - len(signs.translate(None, _CONTROLS)) + (sample.count("\ufffd") if beyond else 0)
    if stray > STRAY_SHARE_MAX * len(sample):
        return False
    most = LATIN_1_SHARE_MAX * dense
    return beyond <= most or len(_LATIN_1.findall(sample)) <= most


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    lines = view.text.strip("\ufeff\n ").split("\n")
    return [read_lines(lines, limits, transformations=tuple(view.transformations))]


def read_lines(
    lines: list[str],
    limits: Limits,
    *,
    name: str = "plaintext",
    subject: str = "",
    transformations: tuple[str, ...] = (),
) -> Item | Rejected:
    """The story in `lines`, as an item of format `name`; `subject` (of a message) goes before a guessed headline."""
    if "\xa0" in "\n".join(lines):
        lines = [line.replace("\xa0", " ") for line in lines]
        transformations = (*transformations, "nbsp")
    url, lines = split_url(lines)
    head = read_head(lines)
    rest, tail = _without_furniture(lines[head.rest :])
    body, kind = body_of(rest)
    if len(body) > limits.body_chars_max:
        return Rejected(
            DeadCode.TOO_LARGE, f"a body of {len(body)} characters; at most {limits.body_chars_max} are read"
        )
    fields = head.fields
    labelled = fields.get("headline", "") or fields.get("title", "")
    headline = labelled or subject or head.headline
    passed = [one for one in (subject, head.headline) if one and one != headline]
    if not headline and not body:
        return Rejected(DeadCode.NO_CONTENT, "no text but furniture")
    date = head.date or fields.get("date", "") or fields.get("published", "")
    embargo = _embargo(head)
    return Item(
        format=name,
        headlines=_headlines(head, headline, () if labelled else passed),
        byline=head.byline or _first(fields, ("byline", "by", "author")) or "",
        version_created=Moment(date) if date else _date_in(url) if url else None,
        embargoed_until=Moment(embargo) if embargo else None,
        signals=("embargo",) if embargo is not None else (),
        notes=_notes(fields, embargo),
        body=body,
        body_kind=kind,
        links=((url, ""),) if url else (),
        alt_ids=(Text(url, "guid"),) if url else (),
        transformations=transformations,
        furniture=(*head.furniture, *(passed if labelled else ()), *tail),
        **(_labelled(fields) if fields else {}),
    )


def _labelled(fields: Mapping[str, str]) -> dict[str, Any]:
    """What only a labelled line says."""
    keywords = _first(fields, ("keywords", "keyword")) or ""
    source = fields.get("source")
    return {
        "descriptions": tuple(Text(fields[k], "abstract") for k in ("abstract", "summary") if fields.get(k)),
        "dateline": fields.get("dateline", ""),
        "located": fields.get("location", ""),
        "slugline": _first(fields, ("slug", "slugline")) or "",
        "keywords": tuple(k.strip() for k in keywords.split(",") if k.strip()),
        "sources": (Party(name=source, role="credit"),) if source else (),
    }


def _first(fields: Mapping[str, str], labels: tuple[str, ...]) -> str | None:
    """The value of the first of these labels that has one."""
    return next((fields[k] for k in labels if fields.get(k)), None) if fields else None


def _headlines(head: Head, headline: str, passed: Sequence[str]) -> tuple[Text, ...]:
    """The main headline, then those beside it: a labelled sub-headline, a line of the text below a subject."""
    labelled = _first(head.fields, ("sub-headline", "subheadline"))
    if not labelled and not passed:
        return (Text(headline),) if headline else ()
    same = headline.casefold()
    return (
        *((Text(headline),) if headline else ()),
        *(Text(sub, "sub") for sub in (labelled, *passed) if sub and sub.casefold() != same),
    )


def _date_in(url: str) -> Moment | None:
    """The day that an address holds (`/2020/05/04/`, `/20200504/`, `=20200504…`); it is the page's, so assumed."""
    found = _URL_DAY.search(url)
    return Moment("-".join(found.groups()), precision="day", assumed=True) if found else None


def _embargo(head: Head) -> str | None:
    """Words of the embargo, "" = an embargo without a date, None = none."""
    return head.embargo if head.embargo is not None else _first(head.fields, ("embargoed until", "embargo"))


def _notes(fields: Mapping[str, str], embargo: str | None) -> tuple[Note, ...]:
    notes = [Note(embargo or "embargoed", "embargo")] if embargo is not None else []
    for label, value in fields.items():
        if value and label.startswith(("ed note", "ednote", "editor", "note to editors")):
            notes.append(Note(value, "advisory"))
    return tuple(notes)


def _without_furniture(lines: list[str]) -> tuple[list[str], list[str]]:
    """(lines without those that are furniture and stand alone, those lines)."""
    suspects = furniture_among(lines)
    if not suspects:
        return lines, []
    kept: list[str] = []
    gone: list[str] = []
    for i, line in enumerate(lines):
        alone = i in suspects and (
            (i == 0 or not lines[i - 1].strip() or lines[i - 1] in gone[-1:])
            and (i + 1 == len(lines) or not lines[i + 1].strip() or i + 1 in suspects)
        )
        if alone:
            gone.append(line.strip())
        else:
            kept.append(line)
    return kept, gone
