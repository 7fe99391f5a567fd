"""The end of a text, read backwards: end marks, credits, initials, addresses. Each goes where it belongs."""

from __future__ import annotations

import re
from typing import NamedTuple

from worker.normalise.agencies import Agency, agency_of

LINES_MAX = 14  # so many paragraphs from the end are looked at
LINE_CHARS_MAX = 700
END_CHARS_MAX = 100

_END = re.compile(
    r"(?:\(?\s*(?:END|End)\s*\)?|ENDS?\.?|ends\.?|Ends\.?|-\s?30\s?-|—\s?30\s?—|#{2,5}|# # #|-0-|-o0o-|xxx|NNNN"
    r"|ENDIT|Enditem|Endit|Item ends|"
    r"_{3,}|\*{3,}|\* \* \*( \*)*|mfl?|\(?(?:MORE|more)\)?|/?\.{0,3}more follows\.{0,3}|KWS-\S+.*|End "
    r"[Aa]dv(?:ance)?\b.{0,60}|AP-WF-[\d-]+ \d{4}\w{3}<?)$"
)
_MORE = re.compile(r"\(?(?:MORE|more|mf|mfl|more follows)\)?$")
_EMAIL_LINE = re.compile(
    r"(?:(?P<name>[^\W\d_][\w .'’-]{1,40})\s)?[(<]?(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})[)>]?$"
)
_INITIALS = re.compile(
    r"[a-z]{2,4}(?:[-/][a-z0-9]{1,5}){1,7}$|(?=[^/\n]{1,20}/)[\u0600-\u06ff]{1,5}(?:[ /-][\u0600-\u06ff]{1,5}){1,7}$"
)
_DPA_INITIALS = re.compile(r"dpa(?:\s[a-zà-ÿ0-9/-]{2,6}){1,8}$")
_DESK_LINE = re.compile(
    r"\(?(?:Reporting|Writing|Editing|Additional reporting|Compiled|Graphics?|Translated|Translation|Reporting "
    r"and writing|Written|Edited|"
    r"Produced|Bearbeitung|Übersetzung)(?: (?:and|&) \w+)? by\b.{2,600}$",
    re.DOTALL,
)
_CONTRIBUTED = re.compile(
    r"(?:[^.\n]|(?<=\b[A-Z])\.|(?<=\b(?:Jr|Sr|St))\.){5,200}\bcontributed (?:reporting )?(?:to (?:this|the) "
    r"(?:report|story|article)|from)\b[^.\n]{0,80}\.?$"
    r"|(?:APTN|AP|Associated Press) [^.\n]{5,120}\bhelped with this (?:story|report)\.$"
    r"|[^.\n]{5,80} reported from [A-Z][^.\n]{2,60}\.$"
)
_COPYRIGHT = re.compile(r"\(?(?:Copyright|©|\(c\)|\(C\)|ⓒ)\s.{2,400}$", re.IGNORECASE)
_SERVICE = re.compile(
    r"(?P<agency>AAP|ANP|BELGA|PA|NZN)\s(?:(?:RTV|RESULTS|COMMENT|FIELDS|BETTING)(?:\s[a-z]{2,4})?"
    r"|[a-z]{2,4}(?:/[a-z]{2,4}){0,3})$"
)

_BRACKET = re.compile(r"\s*\((?:©\s?)?(?P<who>[^()\n]{2,60})\)\s*\.?\s*$")
_DASHED = re.compile(
    r"(?:\s+|^)(?:[–—-]{1,2}|==)\s?(?P<who>BERNAMA|Bernama|SPA|KUNA|QNA|WAM|Petra|Kyodo|MENA|ANTARA|Xinhua)\s*\.?$"
)
_SLASHED = re.compile(r"\s*/(?P<who>ritzau|TT|NTB|STT|BTA)/\s*$")
_LAST_WORDS = frozenset("EFE ANSA AAP AFP BELGA Belga PTI ANI IANS UNB AP TASS TT NTB DPA dpa".split())
_LAST_WORD = re.compile(rf"(?<=[.!?”\"»])\s+(?P<who>{'|'.join(sorted(_LAST_WORDS))})\.?$")
_DASH = re.compile("[–—=-]")
_ALONE = re.compile(r"(?P<who>[A-Za-z][\w .&'/-]{1,40})$")


class Tail(NamedTuple):
    """What one line at the end is. `kind`: end, more, mail, initials, desk, copyright, credit."""

    kind: str
    value: str = ""
    name: str = ""
    agency: Agency | None = None


def tail_line(text: str) -> Tail | None:
    """What this whole last line is, or None when it is a sentence of the story."""
    if not text or len(text) > LINE_CHARS_MAX:
        return None
    if len(text) <= END_CHARS_MAX and _END.match(text):
        return Tail("more" if _MORE.match(text) else "end", text)
    if text[-1] in ")/" or len(text) <= 60:
        alone = _alone(text)
        if alone:
            return alone
    if text[0] in "C(c©ⓒ" and _COPYRIGHT.match(text):
        return Tail("copyright", text)
    if " by" in text[:40] and _DESK_LINE.match(text):
        return Tail("desk", text.strip("() \n"))
    if (
        len(text) < 500
        and ("contributed" in text or "reported from" in text or "helped with" in text)
        and _CONTRIBUTED.match(text)
    ):
        return Tail("desk", text)
    return None


def _alone(text: str) -> Tail | None:
    mail = _EMAIL_LINE.match(text) if "@" in text else None
    if mail:
        return Tail("mail", mail["mail"], (mail["name"] or "").strip())
    if ("/" in text or "-" in text) and _INITIALS.match(text):
        return Tail("initials", text)
    if text.startswith("dpa ") and _DPA_INITIALS.match(text):
        return Tail("initials", text)
    service = _SERVICE.match(text)
    if service:
        return Tail("credit", text, service["agency"], agency_of(service["agency"]))
    for shape in (_BRACKET, _DASHED, _SLASHED, _ALONE):
        match = shape.match(text)
        if match:
            found = agency_of(match["who"])
            if found and (shape is not _ALONE or len(text) <= 24):
                return Tail("credit", text, match["who"].strip(), found)
    return None


def closing_credit(text: str) -> tuple[int, str, Agency] | None:
    """(where the text ends, the name as written, the agency) of a credit behind a last sentence, else None."""
    if not text or (text[-1] not in ")/." and not text[-3:].isalpha()):
        return None
    end = text[-80:]
    shift = len(text) - len(end)
    last = end[-3:]
    for shape in (
        _BRACKET if ")" in last else None,
        _DASHED if _DASH.search(end, max(0, len(end) - 26)) else None,
        _SLASHED if "/" in last else None,
        _LAST_WORD if end.rsplit(None, 1)[-1].rstrip(".") in _LAST_WORDS else None,
    ):
        match = shape.search(end) if shape else None
        if match and match.start() + shift > 0:
            found = agency_of(match["who"])
            if found:
                return match.start() + shift, match["who"].strip(), found
    return None


_DESK_BEHIND = re.compile(
    r"\s*\((?P<words>(?:Reporting|Writing|Editing|Additional reporting|Compiled|Reporting and writing|Written"
    r"|Translated)(?: and \w+)? by\s"
    r"[^()]{2,500})\)\s*\.?$"
)


def closing_desk(text: str) -> tuple[int, str] | None:
    """(where the text ends, who) of `(Reporting by … Editing by …)` behind a last sentence, else None."""
    if text[-1:] not in ").":
        return None
    tail = text[-600:]
    if "(" not in tail or " by " not in tail:
        return None
    match = _DESK_BEHIND.search(tail)
    if match is None:
        return None
    return match.start() + len(text) - len(tail), " ".join(match["words"].split())
