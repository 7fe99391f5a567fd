"""One model for what a format states formally and what agencies write into headlines, slugs and first lines.

The signals are a closed set (`draft.SIGNALS`). `marks` peels markers off the front of a headline or a keyword line;
`formal` reads a format's own codes. `KORR-Bericht` is dpa's correspondent report and no correction.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# A format's own codes, lower case, without their scheme.
FORMAL: dict[str, tuple[str, ...]] = {
    "update": ("update",), "updated": ("update",), "writethru": ("update",), "lead": ("update",), "u": ("update",),
    "ldwritethru": ("update",), "replace": ("update",), "rewrite": ("update",), "expansion": ("update",),
    "correction": ("correction",), "corrected": ("correction",), "corrective": ("correction",), "c": ("correction",),
    "clarification": ("correction",), "correct": ("correction",), "rectification": ("correction",),
    "correction_consumerready": ("correction",), "correctionshort": ("correction",),
    "repeat": ("repeat",), "rpt": ("repeat",), "refile": ("repeat",), "resend": ("repeat",), "r": ("repeat",),
    "kill": ("kill",), "killed": ("kill",), "mandatorykill": ("kill",), "elimination": ("kill",),
    "withdrawal": ("withdrawal",), "withdrawn": ("withdrawal",), "withdraw": ("withdrawal",), "cancel": ("withdrawal",),
    "delete": ("withdrawal",), "deleted": ("withdrawal",), "retraction": ("withdrawal",), "retracted": ("withdrawal",),
    "embargo": ("embargo",), "embargoed": ("embargo",),
    "hold": ("hold",), "withhold": ("hold",),
    "advisory": ("advisory",), "advis": ("advisory",), "note": ("advisory",),
    "alert": ("alert",), "newsalert": ("alert",), "apnewsalert": ("alert",), "flash": ("alert",), "bulletin": ("alert",),
    "snap": ("alert",), "breaking": ("alert",), "blitz": ("alert",),
}  # fmt: skip


def formal(code: str) -> tuple[str, ...]:
    """The signals that a format's code stands for: `sig:correction`, `Writethru`, `KILL`."""
    name = re.split(r"[:/#]", code.strip())[-1].casefold().replace(" ", "").replace("-", "").strip("()")
    return FORMAL.get(name) or FORMAL.get(code.strip().casefold(), ())


class Marks(NamedTuple):
    """What was peeled off a headline: `rest` is what a reader shall see."""

    rest: str
    signals: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    kicker: str = ""
    take: int | None = None
    embargo: str = ""


_N = r"(?:\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)?)"
_SEP = r"\s*(?:[-–—:.]+|/)\s*"
# (marker, signals): anchored at the front, the separator belongs to it. The order matters: longer forms first.
_FRONT: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), tuple(signals.split()))
    for pattern, signals in (
        (rf"(?:STORY\s+)?WITHDRAWN(?:{_SEP}|\s*$)|STORY WITHDRAWN\b{_SEP}?", "withdrawal"),
        (rf"(?:(?:MANDATORY |BC-)?KILL[ ,!.]*){{2,4}}(?:{_SEP})?|MANDATORY KILL\b(?:{_SEP}|\s*$)|KILL{_SEP}|KILL$", "kill"),
        (r"(?:ANNULATION|SUPPRESSION|ANNULE ET SUPPRIME|ANULACI[ÓO]N|ANULADA|ANNULLAMENTO|R[ÜU]CKZUG|INTREKKING|ELIMINACI[ÓO]N)"
         rf"(?:{_SEP}|\s*$)", "withdrawal"),
        (rf"(?:HOLD[ ,!.]*){{2,4}}(?:{_SEP})?|HOLD{_SEP}|WITHHOLD{_SEP}", "hold"),
        (rf"(?:HFR|HOLD FOR RELEASE)\b(?:{_SEP})?", "embargo"),
        (rf"(?:CORRECTED|CORRECTION|CORRECTS|CLARIFIED|CLARIFICATION|CORRECTIVE)(?:\s*\((?:OFFICIAL|FINAL)\))?\s*(?=UPDATE|WRAPUP|REFILE|RPT|LEAD)", "correction"),
        (rf"(?:CORRECTED|CORRECTION|CORRECTIVE|CLARIFIED|CLARIFICATION|CORRECTS)(?:\s*\(\w+\))?{_SEP}", "correction"),
        (rf"(?:Correction|Corrective|Clarification):\s*", "correction"),
        (rf"(?:RECTIFICATIF|CORRECCI[ÓO]N|CORRIGE|RETTIFICA|BERICHTIGUNG|KORREKTUR|Korrektur|Berichtigung|RETTELSE|R[ÄA]TTELSE|KORJAUS|RECTIFICATIE)"
         rf"(?:{_SEP}|\s*$)", "correction"),
        (rf"(?:UPDATE|WRAPUP|NEWSBREAK|RECASTS?)(?:\s*{_N})?{_SEP}", "update"),
        (rf"AMP(?:LIACI[ÓO]N)?\.?\s?-\s*|AMPLIACI[ÓO]N:\s*|ATTUALIZZA:?\s*|ACTUALIZA(?:CI[ÓO]N)?:\s*", "update"),
        (rf"(?:RPT|REPEAT|REFILE|RESEND)(?:\s*{_N})?{_SEP}|(?:RPT|REFILE)\s+(?={_N}\s+LEAD|CORRECTED|UPDATE)", "repeat"),
        (rf"{_N}\s*(?:LEAD|NET|LD)\b(?:{_SEP})?|(?:LEAD|WRITETHRU){_SEP}", "update"),
        (rf"(?:ROUNDUP){_SEP}", "update"),
        (rf"(?:ADVISORY|News Coverage Advisory|AVIS|NOTE TO EDITORS)(?:{_SEP}|\s*$)", "advisory"),
        (rf"(?:APNewsAlert|NewsAlert|ALERTE?|FLASH|BULLETIN|URGENT|EIL|Eil|BREAKING(?: NEWS)?){_SEP}|URGENT\s+(?=[A-Z])", "alert"),
    )
)  # fmt: skip
_EMBARGO = re.compile(rf"(?:EMBARGO(?:ED)?|SPERRFRIST|Sperrfrist|EMBARGADO|Embargoed)\b[^-–—:]{{0,60}}{_SEP}")

# Yonhap and others write markers in brackets.
_BRACKETED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), tuple(signals.split()))
    for pattern, signals in (
        (rf"\((?:{_N}\s+)?(?:LEAD|LD|UPDATE \d+|UPDATED?)\)\s*", "update"),
        (r"\((?:CORRECTED|CORRECTION|CORRECTS|Berichtigung|Korrektur|RECTIFICATIF|corrige|Corrige)\)\s*", "correction"),
        (r"\((?:URGENT|ALERT|FLASH|BREAKING)\)\s*", "alert"),
        (r"\((?:RPT|REPEAT|REFILE|RESEND)\)\s*", "repeat"),
        (r"\((?:KILL|KILLED)\)\s*", "kill"),
        (r"\((?:WITHDRAWN|RETRACTED)\)\s*", "withdrawal"),
        (r"\((?:EMBARGOED|EMBARGO)[^()]{0,60}\)\s*", "embargo"),
        (r"\((?:HOLD)\)\s*", "hold"),
        (r"\((?:ADVISORY)\)\s*", "advisory"),
    )
)
_BRACKET_FORM = re.compile(
    r"\((?P<form>News Focus|Yonhap Interview|Yonhap Feature|Yonhap Summary|News Analysis|EDITORIAL from [^()]{2,40}|"
    r"Movie Review|Profile|profile|Interview|Feature|Olympics|World Cup|Asiad)\)\s*"
)

_FORMS = (
    "BRIEF|ANALYSIS|FACTBOX|TIMELINE|INTERVIEW|EXCLUSIVE|FEATURE|NEWSMAKER|INSIGHT|SPECIAL REPORT|EXPLAINER|PREVIEW|"
    "SCENARIOS|POLL|INSTANT VIEW|HIGHLIGHTS|TEXT|TABLE|DIARY|TAKE A LOOK|PRESS DIGEST|RESEARCH ALERT|BUZZ|COLUMN|"
    "COMMENTARY|BREAKINGVIEWS|GRAPHIC|LIVE MARKETS|STOCKS NEWS|MORNING BID|DEALS OF THE DAY|IN FOCUS|WITNESS"
)
_FORM = re.compile(rf"(?P<form>{_FORMS})-\s*(?=\S)")
_AP_FORM = re.compile(
    r"(?P<form>AP Exclusive|AP NewsBreak|APNewsBreak|AP Source|AP Sources|AP Photos|AP Explains|AP Fact Check|The Latest):\s+"
)
_DESK = re.compile(
    r"(?P<desk>SOCCER|Soccer|TENNIS|Tennis|CRICKET|Cricket|GOLF|Golf|RUGBY|Rugby|ATHLETICS|Athletics|BASEBALL|Baseball|"
    r"BASKETBALL|Basketball|MOTOR RACING|Motor racing|CYCLING|Cycling|OLYMPICS|Olympics|PRECIOUS|GLOBAL MARKETS|"
    r"GLOBAL ECONOMY|FOREX|US STOCKS|METALS|GRAINS|OIL|UK MARKET|EMERGING MARKETS|TREASURIES|MONEY MARKETS)-(?=\S)"
)
_TAKE = re.compile(r"\s*=\s*(?P<take>\d{1,2})\s*$")
_END = re.compile(r"\s*[=+]+\s*$")
_ANP_VERSION = re.compile(r"\s*\((?P<n>\d{1,2})\)$")
_KORR = re.compile(r"KORR-?Bericht", re.IGNORECASE)
ROUNDS_MAX = 8  # markers in front of one another: CORRECTED-UPDATE 2-, RPT-, (LEAD) …


def marks(headline: str) -> Marks:
    """The markers at the front and the end of a headline, and what is left."""
    rest = headline.strip()
    signals: list[str] = []
    forms: list[str] = []
    kicker = embargo = ""
    take = _TAKE.search(rest)
    rest = _END.sub("", rest[: take.start()] if take else rest)
    for _ in range(ROUNDS_MAX):
        if not rest or not (rest[0].isupper() or rest[0] in "([" or rest[0].isdigit()):
            break
        match, found = _front(rest)
        if match:
            signals += found
        elif (match := _FORM.match(rest) or _AP_FORM.match(rest) or _BRACKET_FORM.match(rest)) is not None:
            forms.append(match["form"])
        elif (match := _EMBARGO.match(rest)) is not None:
            signals.append("embargo")
            embargo = match.group()
        elif (match := _DESK.match(rest)) is not None:
            kicker = match["desk"]
        else:
            break
        rest = rest[match.end() :].lstrip()
    again = _ANP_VERSION.search(rest)
    if again and 2 <= int(again["n"]) <= 30:
        rest = rest[: again.start()]
        signals.append("update")
    return Marks(
        rest, tuple(dict.fromkeys(signals)), tuple(forms), kicker, int(take["take"]) if take else None, embargo
    )


def _front(text: str) -> tuple[re.Match[str] | None, tuple[str, ...]]:
    if _KORR.match(text):
        return None, ()
    for pattern, signals in _BRACKETED if text[0] in "([" else _FRONT:
        match = pattern.match(text)
        if match and match.end():
            return match, signals
    return None, ()


_KEYWORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), signal)
    for pattern, signal in (
        (r"\b(?:\d{1,2}(?:st|nd|rd|th)\s?)?Ld(?:-Writethru)?\b|\bWritethru\b|\(UPDATE \d|\b\d(?:ST|ND|RD|TH) (?:LEAD|NET|LD)\b|^LEAD\b|\b\d{1,2}stLd\b|\b(?:\d(?:st|nd|rd|th))?Ld-", "update"),
        (r"\bCorrection\b|\bCorrective\b|\bClarification\b|\(CORRECTED\b|\bCORRECTION\b|\bCORRECTED\b|\bCLARIFICATION\b", "correction"),
        (r"\bKILL\b|,\s?Kill\b|\bMandatory Kill\b|\bELIMINATION\b|\bElimination\b", "kill"),
        (r"\bWITHDRAW(?:N|AL)\b|\bWithdrawn\b", "withdrawal"),
        (r"\bWithhold\b|\bWITHHOLD\b|\bHOLD HOLD\b|^HOLD\b", "hold"),
        (r"\bHFR\b|\bHold For Release\b|\bEMBARGOED\b", "embargo"),
        (r"\bAPNewsAlert\b|\bNewsAlert\b|\bAlert$|\bBulletin\b|\bFlash\b|\bURGENT\b|\bFLASH\b|\bALERT\b", "alert"),
        (r"\bAdvisory\b|\bADVISORY\b|\bNews Digest\b", "advisory"),
        (r"\bREFILE\b|\bRPT\b|\bRepeat\b|\bREPEAT\b", "repeat"),
    )
)  # fmt: skip
_ADD = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) Add\b")


def keyword_signals(line: str) -> tuple[tuple[str, ...], int | None]:
    """Signals and take of a keyword line or a header's version field (`BC-XX--Slug, 2nd Ld-Writethru`, `REFILE 1ST LEAD`)."""
    if not line or len(line) > 300:
        return (), None
    found = tuple(dict.fromkeys(signal for pattern, signal in _KEYWORDS if pattern.search(line)))
    add = _ADD.search(line)
    return found, int(add[1]) + 1 if add else None
