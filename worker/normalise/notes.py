"""Lines in a text that speak to editors and not to readers: trash lines, `Eds:`, replacement notices, notebooks."""

from __future__ import annotations

import re
from typing import NamedTuple

LINE_CHARS_MAX = 1_500

_VERBS = {
    "correct": "correction", "clarif": "correction", "fix": "correction", "makes clear": "correction",
    "refile": "repeat", "repeat": "repeat", "resend": "repeat",
}  # fmt: skip
_TRASH = re.compile(
    r"\((?:ATTN:\s*)?(?P<verb>Adds?|Updates?|Recasts?|Rewrites?|Corrects?|Refiles?|Repeats?|Releads?|Removes?"
    r"|Clarifies|Deletes?|"
    r"Changes?|Fixes|Writes|Makes clear|Amends?|Trims?|Restructures?|Resends?|Combines?|Modifies|Inserts?|Edits?|Drops|"
    r"ADDS?|UPDATES?|RECASTS?|CORRECTS?|CHANGES?|TRIMS?|RESTRUCTURES?|AMENDS?|REWRITES?|RESENDS?|COMBINES?|MODIFIES|"
    r"CLARIFIES|INSERTS?|REFILES?|REPEATS?|REMOVES?|DELETES?|FIXES)\b[^()]*(?:\([^()]*\)[^()]*)*\)$"
)
_ATTN = re.compile(r"\(ATTN:[^()]*\)$")
_EDS = re.compile(
    r"\(?(?:Eds|EDS|Editors|EDITORS|Attention editors|ATTENTION EDITORS|EDITORS' NOTE|EDITOR'S NOTE|EDITOR’S "
    r"NOTE|Editor's note|"
    r"Editor’s note|Editors' note|Note to editors|NOTE TO EDITORS|Redaktionelle Hinweise|Hinweis an die "
    r"Redaktionen?)\s*(?::|_|—|--|-)\s*"
)
_EDS_STARTS = "(EANRH"  # of a text: its first character, or none
_REPLACES = re.compile(
    r"(?:N\s?i\s?e\s?u\s?w\s+bericht,?\s+vervangt:?|vervangt\s*:|This story replaces\b|Replaces story\b"
    r"|Ersetzt\s*:)\s*(?P<what>.{3,200})",
    re.IGNORECASE,
)
_REPLACES_STARTS = "NnVvTtRrEe"
_FIXED = re.compile(
    r"(?:Korjattu aiempaa uutista|Corrects? (?:the )?(?:spelling|name|date|day|headline|paragraph|figure"
    r"|attribution|title)|"
    r"In (?:a |the )?(?:story|item|report)\b.{0,120}\b(?:erroneously|incorrectly|wrongly)|Berichtigung|Korrektur|"
    r"This (?:story|version) corrects|\b(?:richtig hei(?:ß|ss)|berichtigt|korrigiert worden|wurde "
    r"korrigiert|muss es (?:richtig )?heißen)|Der Beitrag wurde berichtigt|R[äa]ttelse|Rettelse|Rectificatif"
    r"|Oikaisu)\b",
    re.IGNORECASE,
)
_FIXED_WORDS = (
    "correct", "korjat", "erroneous", "wrongly", "berichtig", "korrektur", "korrigiert", "richtig", "heißen",
    "rättel", "rattel", "rettelse", "rectificatif", "oikaisu",
)  # fmt: skip
# A line that says what was put right. What speaks of "this story" is meant for readers too.
_CORRECTING = re.compile(
    r"\(?\s?(?:(?P<public>This (?:story|version|report|article|dispatch|item) (?:(?i:corrects)\b"
    r"|(?:has been|was|is) (?i:corrected)\b)|This corrected version\b"
    r"|(?:An|The) (?:earlier|previous) version of this (?:story|article|report|dispatch|post)\b[^.]{0,80}?"
    r"\b(?:incorrectly|erroneously|mistakenly|wrongly|misstated|misspelled|misidentified"
    r"|gave (?:the|an) (?:wrong|incorrect)))"
    r"|(?:CORRECTS|CORRECTED|CORRECTION|Corrects|Correction|BERICHTIGUNG|Berichtigung|KORREKTUR|Korrektur|RECTIFICATIF"
    r"|Rectificatif|CORRECCIÓN|Corrección|RETTIFICA|Rettifica|RECTIFICATIE|Rectificatie)\s?:\s"
    r"|(?<=\()(?:Korrigiert|Berichtigt|Corrige|Rectifie|Corregge|Rettifica|Corrigeert|Rectificeert)\b)"
)
_CORRECTING_STARTS = "(TACBKR"
_CORRECTING_CHARS_MAX = 600
_PRIVATE = re.compile(
    r"(?:The following information is not (?:intended )?for publication|Die folgenden Informationen sind nicht "
    r"zur Veröffentlichung|"
    r"Not for publication\s*[:.]|NOT FOR PUBLICATION\s*[:.])",
    re.IGNORECASE,
)
NOTEBOOK_STARTS = (
    "#",
    "*",
    "_",
    "The following info",
    "THE FOLLOWING INFO",
    "Die folgenden Info",
    "Not for pub",
    "NOT FOR PUB",
)
_NOTEBOOK = re.compile(r"#\s*(?:dpa\s*)?(?:NOTEBOOK|Notebook|Notizblock|NOTIZBLOCK)\b")
_EMBARGO = re.compile(
    r"(?P<word>\(?(?:F(?:or|OR) (?:r|R)(?:elease|ELEASE) (?=(?:at |on |after |AT |ON |AFTER )?(?:[AP]Ms\b|\d"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|(?:Jan|Feb|Mar|Apr|"
    r"May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|MON|TUE|WED|THU|FRI|SAT|SUN))|EMBARGO(?:ED)?\s*[:—–-]|(?:EMBARGOED"
    r"|Embargoed)\s+(?:until|till|to|for|UNTIL|TO|FOR)\b|"
    r"(?:STRICTLY |Strictly )(?:EMBARGOED|embargoed)|HOLD FOR RELEASE|Hold for release|NOT FOR (?:RELEASE"
    r"|PUBLICATION|USE|BROADCAST) "
    r"(?:BEFORE|UNTIL)|Not for (?:release|publication|use|broadcast) (?:before|until)|Sperrfrist\b|SPERRFRIST\b"
    r"|Embargado hasta|"
    r"EMBARGADO HASTA|EMBARGO (?:JUSQU|HASTA|TOT|FINO|AU)|Embargo (?:jusqu|hasta el|tot |fino al)|Sous "
    r"embargo))(?P<rest>[^\n]{0,200})"
)  # fmt: skip


_EMBARGO_STARTS = "(FESHN" + _EDS_STARTS  # the marker may stand behind `Eds:`


class Trash(NamedTuple):
    """A line in brackets that says what is new. `signal` update, correction or repeat."""

    text: str
    signal: str


def trash_line(text: str) -> Trash | None:
    if not text or text[0] != "(" or text[-1] != ")" or len(text) > LINE_CHARS_MAX:
        return None
    match = _TRASH.match(text)
    if match:
        verb = match["verb"].casefold()
        return Trash(text, next((s for start, s in _VERBS.items() if verb.startswith(start)), "update"))
    return Trash(text, "update") if _ATTN.match(text) else None


def editors_note(text: str) -> str:
    """The words after `Eds:` and the like, or "" when the line is for readers."""
    if text[:1] not in _EDS_STARTS or len(text) > LINE_CHARS_MAX:
        return ""
    match = _EDS.match(text)
    if not match:
        return ""
    return text[match.end() :].strip().removesuffix(")" if text[0] == "(" else "\0").strip()


def replaced(text: str) -> str:
    """The headline of the story that a notice says it replaces, or ""."""
    match = _REPLACES.match(text) if text[:1] in _REPLACES_STARTS else None
    return match["what"].strip(" .") if match else ""


def says_correction(text: str) -> bool:
    """Does a note say that it corrects something?"""
    head = text[:2_000]
    folded = head.lower()
    return any(word in folded for word in _FIXED_WORDS) and bool(_FIXED.search(head))


def correction_line(text: str) -> tuple[bool, bool]:
    """(says what was put right, is meant for readers too) of a paragraph of its own."""
    if text[:1] not in _CORRECTING_STARTS or len(text) > _CORRECTING_CHARS_MAX:
        return False, False
    match = _CORRECTING.match(text)
    return match is not None, match is not None and match["public"] is not None


def is_private_start(text: str) -> bool:
    """Everything from here is for editors only."""
    return bool(_PRIVATE.match(text.lstrip("#*_ \n")))


def is_notebook_start(text: str) -> bool:
    return bool(_NOTEBOOK.match(text))


def embargo_words(text: str) -> str | None:
    """The words after an embargo marker that starts a line ("" when none follow), None when there is no marker."""
    if "\n" not in text and text.lstrip(" *_-")[:1] not in _EMBARGO_STARTS:
        return None
    start = text[:2_000]
    low = start.lower()
    if "embarg" not in low and "release" not in low and "sperrfrist" not in low and "not for " not in low:
        return None  # each marker holds one of them
    for line in start.split("\n"):
        match = _EMBARGO.match(_EDS.sub("", line.lstrip(" *_-"), count=1))
        if match:
            return match["rest"].strip(' :.-–—*()"')
    return None
