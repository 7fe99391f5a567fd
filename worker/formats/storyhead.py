"""The head of a text without a wire's envelope: furniture, address, headline, date and byline lines, labels.

Used by `plaintext`, `pressrelease` and the e-mail reader. What stands inside headline and body by convention
(datelines, `UPDATE 1-`, closing credits) is left to normalise.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HEADLINE_CHARS_MAX = 220
SLUG_CHARS_MAX = 40
HEAD_LINES_MAX = 40  # the head is looked for in so many lines

# What pages print around a story, when it is all that a line holds.
FURNITURE = frozenset(
    line.casefold()
    for line in (
        "From", "Send to", "Print", "Email", "E-mail", "Share", "Share this", "Share this article", "Facebook",
        "Twitter", "KakaoTalk", "WhatsApp", "LinkedIn", "Font Size", "Font size -/+", "A+", "A-", "List", "Most read",
        "Related", "Related Stories", "Related articles", "Advertisement", "Read more", "Read more:", "Subscribe",
        "Subscribe now", "Sign up", "Recommended", "Comments", "Log in", "Copy link", "Skip to content",
        "Skip to main content", "Go to Contents Go to Navigation", "Article View Option", "All Headlines", "Home",
        "Menu", "Search", "Back", "Back to top", "Top", "Save", "Listen", "Translated by", "Anzeige", "Teilen",
        "Drucken", "Partager", "Imprimer", "Compartir", "이 기사를 공유합니다", "댓글", "승인", "기자 구독", "프린트",
        "메일", "공유",
    )
)  # fmt: skip

FURNITURE_CHARS_MAX = max(map(len, FURNITURE))

_URL = re.compile(r"https?://\S+")
_GLUED = re.compile(r"(?<=\d)(?=[A-Z][a-z]+ [a-z])")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_CLOCK = (
    r"(?:[01]?\d|2[0-4])[:.h]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?"
    r"(?:\s?\(?(?:(?!(?i:by)\b)(?-i:[A-Z]{2,4})|[+-]\d{2}:?\d{2})\)?)?"
)
_DAY = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\.? [^\W\d_]{{3,10}}\.?,? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\.?|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}\s?[년年]\s?\d{1,2}\s?[월月]\s?\d{1,2}\s?[일日])"
)
_DATE = re.compile(
    r"(?:(?:Published|Posted|Updated|Last updated|Created|Date|Issued|Released|Input|Stand|입력|수정|등록)"
    r"\s?(?:on|at|:|：)?\s*)?"
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}}\.?,?\s+)?(?P<date>{_DAY}(?:,?\s*(?:[-–|T]|at|um|à)?\s*{_CLOCK})?"
    rf"|{_CLOCK},?\s+(?:on\s+)?{_DAY})",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:By|BY|Von|Par|Por|Reported by|Written by)\s+(?=\S)")
_BY_WORDS_MAX = 14
_LABEL = re.compile(
    r"(?P<label>headline|title|sub-?headline|abstract|summary|byline|by|author|dateline|date|published|slug|slugline"
    r"|keywords?|source|location|embargo|embargoed until|ed ?note|editors?' note|note to editors|body|story|text)"
    r"\s*:\s*(?P<value>\S.{0,4000})?$",
    re.IGNORECASE,
)
# "Embargoed goods seized" is a headline: after the word comes a time, a colon, or nothing.
_EMBARGO = re.compile(
    r"(?:STRICTLY |STRICT |UNDER )?(?:EMBARGO(?:ED)?"
    r"(?=\s*$|\s*[:!–—-]|\s+(?:until|till|til|to|for|before|bis|\d|not)\b)|SPERRFRIST\b"
    r"|NOT FOR (?:RELEASE|PUBLICATION|BROADCAST)[^.]{0,40}\b(?:BEFORE|UNTIL)\b|HOLD FOR RELEASE\b|HFR\b"
    r"|FOR RELEASE (?:AT|ON|AFTER)\b)(?P<until>.{0,160})$",
    re.IGNORECASE,
)
_EMBARGO_STARTS = frozenset("EFHNSUefhnsuſ")  # ſ is an s to a pattern that ignores case
_LIFTED = re.compile(r"\b(?:lifted|expired|over|aufgehoben|levé)\b", re.IGNORECASE)
_EMBARGO_LEAD = re.compile(
    r"^[\s:,.–—-]*(?:for release|release|until|till|til|to|before|at|on|after|bis|not before)?[\s:–—-]*", re.IGNORECASE
)
_SAYS_WHEN = re.compile(r"\d|day\b|midnight|noon|delivery|notice|released?|announce|tag\b|uhr\b", re.IGNORECASE)
_EMBARGO_INSIDE = re.compile(
    r"\b(?:EMBARGO(?:ED)?\b(?=\s*$|\s*[:!–—.-]|\s+(?:UNTIL|TILL|FOR|BEFORE|TO)\b)|HFR\b|SPERRFRIST\b"
    r"|(?i:embargoed)(?=\s+(?:until|till|for|to)\b|:)|(?i:embargo)(?=\s+until\b|:)|(?i:sperrfrist)(?=:)"
    r"|(?i:hold for release)\b|(?i:not for (?:release|publication|broadcast|use)[^.]{0,40}\b(?:before|until))\b"
    r"|(?i:for release)(?=\s+(?i:at|on|after|\d|(?:mon|tues?|wednes|thurs|fri|satur|sun)day|[a-z]{3,9}\.?\s\d)))"
)
_NEXT_SENTENCE = re.compile(r"(?<![ap]\.m)\.\s+(?=[A-Z])")
_ATTENTION = re.compile(r"(?:ATTENTION|ATTN|Attention)\s*[-–—:]\s*\S.{0,300}///$")  # AFP's note to editors
_DATELINE = re.compile(r"[^()\n]{0,80}[(/][A-Za-z .!/&-]{2,40}[)/]\s*(?:\.-|[.:]|--|[-–—_=])")
_SENTENCE_END = re.compile(r"[.。]['\"”’)]?$")


_NOTHING_SAID = ("", "")


class Head(NamedTuple):
    """What the head says. `fields`: labelled lines by lower-case label; `rest`: index of the first line of the text."""

    rest: int
    url: str = ""
    headline: str = ""
    date: str = ""
    byline: str = ""
    embargo: str | None = None  # words after the marker; None = no embargo line
    fields: dict[str, str] = {}  # noqa: RUF012 - never changed
    furniture: tuple[str, ...] = ()


def is_furniture(line: str) -> bool:
    bare = line.strip()
    return len(bare) <= FURNITURE_CHARS_MAX and bare.casefold() in FURNITURE


def furniture_among(lines: list[str]) -> set[int]:
    """Positions of the lines that are furniture."""
    return {
        i
        for i, line in enumerate(lines)
        if line and len(bare := line.strip()) <= FURNITURE_CHARS_MAX and bare.casefold() in FURNITURE
    }


def split_url(lines: list[str]) -> tuple[str, list[str]]:
    """(address on the first full line or "", the lines without it); text glued to its end stays."""
    for i, line in enumerate(lines[:5]):
        bare = line.strip()
        if not bare:
            continue
        found = _URL.match(bare)
        if not found:
            return "", lines
        glued = _GLUED.search(bare)
        if glued:
            return bare[: glued.start()], [*lines[:i], bare[glued.start() :], *lines[i + 1 :]]
        if found.end() != len(bare):
            return "", lines
        return bare, lines[i + 1 :]
    return "", lines


def date_and_byline(line: str) -> tuple[str, str]:
    """(date, byline) of a line that holds nothing else, such as `March 14, 2017 - 10:38 By Desk`; else ("", "")."""
    bare = line.strip().replace("\xa0", " ")
    if not bare or len(bare) > 160:
        return "", ""
    date = _DATE.match(bare)
    if date:
        rest = bare[date.end() :].strip(" |,–-/·")
        if not rest:
            return date["date"].strip(), ""
        return (date["date"].strip(), rest) if is_byline(rest) else ("", "")
    if is_byline(bare):
        inner = _DATE.search(bare)
        if inner and not bare[inner.end() :].strip(" |,–-"):
            return inner["date"].strip(), bare[: inner.start()].strip(" |,–-/·")
        return "", bare
    return "", ""


def is_byline(line: str) -> bool:
    found = _BY.match(line)
    return bool(found) and len(line.split()) <= _BY_WORDS_MAX and not _SENTENCE_END.search(line)


def embargo_words(line: str) -> str | None:
    """The words that say until when, of a line such as `EMBARGOED until 0600 GMT, 5 May 2020`; None if it is none."""
    bare = line.strip(" *()[]=")
    if len(bare) > 250 or bare[:1] not in _EMBARGO_STARTS:
        return None
    found = _EMBARGO.match(bare)
    if not found or _LIFTED.search(found["until"]):
        return None
    words = _EMBARGO_LEAD.sub("", found["until"]).strip(" .*)")
    return words if not words or _SAYS_WHEN.search(words) else None  # else a headline: EMBARGOED-Board to meet


def embargo_in(note: str) -> str | None:
    """As `embargo_words`, where it stands anywhere in a note to editors: `Eds: With photos. EMBARGOED until …`."""
    found = _EMBARGO_INSIDE.search(note)
    if not found or _LIFTED.search(note):
        return None
    words = _NEXT_SENTENCE.split(note[found.end() : found.end() + 160], maxsplit=1)[0]
    return _EMBARGO_LEAD.sub("", words).strip(" .*()")


def read_head(lines: list[str]) -> Head:
    """The head of `lines` (an address is already off: see `split_url`)."""
    furniture: list[str] = []
    fields: dict[str, str] = {}
    headline, date, byline = "", "", ""
    embargo: str | None = None
    at = 0
    top = min(len(lines), HEAD_LINES_MAX)
    while at < top:
        bare = lines[at].strip()
        if not bare:
            pass
        elif is_furniture(bare):
            furniture.append(bare)
        elif embargo is None and (until := embargo_words(bare)) is not None:
            embargo = until
        elif _ATTENTION.match(bare):
            fields.setdefault("ednote", bare.rstrip("/ "))
        elif (label := _LABEL.match(bare) if ":" in bare[:24] else None) and (
            label["value"] or label["label"].lower() in ("body", "story", "text")
        ):
            fields.setdefault(label["label"].lower(), (label["value"] or "").strip())
        elif not (date and byline) and (said := date_and_byline(bare)) != _NOTHING_SAID:
            date, byline = date or said[0], byline or said[1]
        elif (
            fields.get("headline")
            and "slug" not in fields
            and len(bare) <= SLUG_CHARS_MAX
            and _followed_by_byline(lines, at)
        ):
            fields["slug"] = bare
        elif not headline and "headline" not in fields and "title" not in fields:
            taken = _headline(lines, at)
            if not taken:
                break
            headline, at = taken
            continue
        else:
            break
        at += 1
    return Head(at, "", headline, date, byline, embargo, fields, tuple(furniture))


def _headline(lines: list[str], at: int) -> tuple[str, int] | None:
    """(headline, index behind it): one or two short lines that something else than their text follows."""
    first = lines[at].strip()
    if first.startswith("(ATTN") or len(first) > HEADLINE_CHARS_MAX or _is_dateline(first):
        return None
    end = at + 1
    if end < len(lines) and not _closes_headline(lines[end]):
        second = lines[end].strip()
        if not _wrapped(first, second, lines[end + 1] if end + 1 < len(lines) else ""):
            return None
        first, end = f"{first} {second}", end + 1
    return None if _SENTENCE_END.search(first) and not _followed_by_date(lines, end) else (first, end)


def _closes_headline(line: str) -> bool:
    """A line that is surely no second line of a headline: blank, indented, in brackets, a date, byline or dateline."""
    bare = line.strip()
    return (
        not bare
        or line[:2] in ("  ", "\t")
        or line[0] in "\t("
        or date_and_byline(bare) != _NOTHING_SAID
        or embargo_words(bare) is not None
        or _is_dateline(bare)
    )


def _is_dateline(line: str) -> bool:
    return ("(" in line or "/" in line) and bool(_DATELINE.match(line))


def _wrapped(first: str, second: str, after: str) -> bool:
    """Whether the second line goes on with a headline that was wrapped."""
    if _SENTENCE_END.search(first) or _SENTENCE_END.search(second):
        return False
    return len(first) >= 35 and len(second) < HEADLINE_CHARS_MAX / 2 and _closes_headline(after)


def _followed_by_date(lines: list[str], at: int) -> bool:
    return any(date_and_byline(line) != _NOTHING_SAID for line in lines[at : at + 3])


def _followed_by_byline(lines: list[str], at: int) -> bool:
    after = next((line for line in lines[at + 1 : at + 3] if line.strip()), "")
    return date_and_byline(after) != _NOTHING_SAID
