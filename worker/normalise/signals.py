"""One model for what a format states formally and what agencies write into headlines, slugs and first lines.

The signals are a closed set (`draft.SIGNALS`). `marks` peels markers off the front of a headline or a keyword line;
`formal` reads a format's own codes. `KORR-Bericht` is dpa's correspondent report and no correction.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# A format's own codes, lower case, without their scheme.
FORMAL: dict[str, tuple[str, ...]] = {
    "update": ("update",), "updated": ("update",), "writethru": ("update",), "lead": ("update",),
    "ldwritethru": ("update",), "replace": ("update",), "rewrite": ("update",), "expansion": ("update",),
    "correction": ("correction",), "corrected": ("correction",), "corrective": ("correction",),
    "clarification": ("correction",), "correct": ("correction",), "rectification": ("correction",),
    "correction_consumerready": ("correction",), "correctionshort": ("correction",),
    "repeat": ("repeat",), "rpt": ("repeat",), "refile": ("repeat",), "resend": ("repeat",),
    "kill": ("kill",), "killed": ("kill",), "mandatorykill": ("kill",), "elimination": ("kill",),
    "withdrawal": ("withdrawal",), "withdrawn": ("withdrawal",), "withdraw": ("withdrawal",), "cancel": ("withdrawal",),
    "delete": ("withdrawal",), "deleted": ("withdrawal",), "retraction": ("withdrawal",), "retracted": ("withdrawal",),
    "embargo": ("embargo",), "embargoed": ("embargo",),
    "hold": ("hold",), "withhold": ("hold",),
    "advisory": ("advisory",), "advis": ("advisory",),
    "alert": ("alert",), "newsalert": ("alert",), "apnewsalert": ("alert",), "flash": ("alert",),
    "bulletin": ("alert",),
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
    lead: int | None = None  # n of UPDATE n, nth LEAD


_N = r"(?:\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)?)"
_SEP = r"\s*(?:[-–—:.]+|/)\s*"
_WITHDRAWN = (
    "(?:ANNULATION|SUPPRESSION|ANNULE ET SUPPRIME|ANULACI[ÓO]N|ANULADA|ANNULLAMENTO|R[ÜU]CKZUG|INTREKKING|"
    "ELIMINACI[ÓO]N)"
)
# Every marker of a kill, a withdrawal or a hold, in `_FRONT` and in `_BRACKETED`, holds one of these.
TAKES_BACK = re.compile("KILL|HOLD|WITHDRAW|RETRACT|ANN?UL|SUPPRESSION|CKZUG|INTREKKING|ELIMINACI")
_RECTIFIED = (
    "(?:RECTIFICATIF|CORRECCI[ÓO]N|CORRIGE|RETTIFICA|BERICHTIGUNG|KORREKTUR|Korrektur|Berichtigung|RETTELSE|R[ÄA]TTELSE|"
    "KORJAUS|RECTIFICATIE)"
)
# (marker, signals): anchored at the front, the separator belongs to it. The order matters: longer forms first.
_FRONT: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), tuple(signals.split()))
    for pattern, signals in (
        (
            rf"(?:STORY\s+)?(?:WITHDRAWN|WITHDRAWAL|RETRACTED|RETRACTION)(?:{_SEP}|\s*$)|STORY WITHDRAWN\b{_SEP}?",
            "withdrawal",
        ),
        (
            (
                rf"(?:(?:MANDATORY |BC-)?KILL[ ,!.]*){{2,4}}(?:{_SEP})?|MANDATORY KILL\b(?:{_SEP}|\s*$)"
                rf"|(?:STORY\s+)?KILL(?:ED)?{_SEP}|KILL$"
            ),
            "kill",
        ),
        (rf"{_WITHDRAWN}(?:{_SEP}|\s*$)", "withdrawal"),
        (rf"(?:HOLD[ ,!.]*){{2,4}}(?:{_SEP})?|HOLD{_SEP}|WITHHOLD{_SEP}", "hold"),
        (rf"(?:HFR|HOLD FOR RELEASE)\b(?:{_SEP})?", "embargo"),
        (
            (
                r"(?:CORRECTED|CORRECTION|CORRECTS|CLARIFIED|CLARIFICATION|CORRECTIVE)(?:\s*\((?:OFFICIAL"
                r"|FINAL)\))?\s*(?=UPDATE|WRAPUP|REFILE|RPT|LEAD)"
            ),
            "correction",
        ),
        (rf"(?:CORRECTED|CORRECTION|CORRECTIVE|CLARIFIED|CLARIFICATION|CORRECTS)(?:\s*\(\w+\))?{_SEP}", "correction"),
        (r"(?:Correction|Corrective|Clarification):\s*", "correction"),
        (
            (
                r"CORRECTION (?:ET MISE À JOUR|AND REPLACEMENT|AND UPDATE|FROM SOURCE)\b\s*[-–—:/]*\s*|CORRECTING and "
                r"REPLACING\s+"
            ),
            "correction",
        ),
        (rf"{_RECTIFIED}(?:{_SEP}|\s*$)", "correction"),
        (rf"(?:UPDATE|WRAPUP|NEWSBREAK|RECASTS?)(?:\s*{_N})?{_SEP}", "update"),
        (r"AMP(?:LIACI[ÓO]N)?\.?\s?-\s*|AMPLIACI[ÓO]N:\s*|ATTUALIZZA:?\s*|ACTUALIZA(?:CI[ÓO]N)?:\s*", "update"),
        (
            rf"(?:RPT|REPEAT|REFILE|RESEND)(?:\s*{_N})?{_SEP}|(?:RPT|REFILE)\s+(?={_N}\s+LEAD|CORRECTED|UPDATE)",
            "repeat",
        ),
        (rf"{_N}\s*(?:LEAD|NET|LD)\b(?:{_SEP})?|(?:LEAD|WRITETHRU){_SEP}", "update"),
        (rf"(?:ROUNDUP){_SEP}", "update"),
        (rf"(?:ADVISORY|News Coverage Advisory|AVIS|NOTE TO EDITORS)(?:{_SEP}|\s*$)", "advisory"),
        (
            (
                rf"(?:APNewsAlert|NewsAlert|ALERTE?|FLASH|BULLETIN|URGENT|EIL|Eil|BREAKING(?: NEWS)?){_SEP}"
                rf"|URGENT\s+(?=[A-Z])"
            ),
            "alert",
        ),
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
    r"(?P<form>AP Exclusive|AP NewsBreak|APNewsBreak|AP Source|AP Sources|AP Photos|AP Explains|AP Fact Check"
    r"|The Latest):\s+"
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
_LEAD_NUMBER = re.compile(
    r"[^\n]{0,40}?\b(?:(?P<a>\d{1,2})\s?(?:st|nd|rd|th)?[ -]?(?:ld|lead|net)\b|(?:update|wrapup)[ -]?(?P<b>\d{1,2})\b)",
    re.IGNORECASE,
)
ROUNDS_MAX = 8  # markers in front of one another: CORRECTED-UPDATE 2-, RPT-, (LEAD) …


# Only what begins so can begin with a marker; most headlines do not.
_MAY_BE_MARKED = re.compile(
    r"[(\[\d]|[A-ZÀ-Þ]{2}|AP[ N]|The Latest|Correction|Corrective|Clarification|Korrektur|Berichtigung|Sperrfrist|"
    r"Embargoed|News|Eil|Soccer|Tennis|Cricket|Golf|Rugby|Athletics|Baseball|Basketball|Motor|Cycling|Olympics"
)


def marks(headline: str, *, counted: bool = False) -> Marks:
    """The markers at the front and the end of a headline, and what is left. `counted`: ANP's `(2)` is a version."""
    rest = headline.strip()
    signals: list[str] = []
    forms: list[str] = []
    kicker = embargo = ""
    if rest[-1:] in "=+" or "=" in rest[-6:]:
        take = _TAKE.search(rest)
        rest = _END.sub("", rest[: take.start()] if take else rest)
    else:
        take = None
    marked = _MAY_BE_MARKED.match(rest)
    if not marked and not counted:
        return Marks(rest, take=int(take["take"]) if take else None)
    lead = _LEAD_NUMBER.match(rest)
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
        rest = rest[match.end() :].lstrip(" -–—:")
    number = _number(lead)
    again = _ANP_VERSION.search(rest) if counted else None
    if again and 2 <= int(again["n"]) <= 30:
        rest = rest[: again.start()]
        signals.append("update")
        number = int(again["n"])
    signals = list(dict.fromkeys(signals))
    return Marks(
        rest,
        tuple(signals),
        tuple(forms),
        kicker,
        int(take["take"]) if take else None,
        embargo,
        number if "update" in signals else None,
    )


def _number(found: re.Match[str] | None) -> int | None:
    return int(found["a"] or found["b"]) if found else None


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
        (
            (
                r"\b(?:\d{1,2}(?:st|nd|rd|th)\s?)?Ld(?:-Writethru)?\b|\bWritethru\b|\(UPDATE \d|\d(?:ST|ND|RD|TH) "
                r"(?:LEAD|NET|LD)\b"
                r"|\d(?:st|nd|rd|th)Ld-"
            ),
            "update",
        ),
        (r"[,(]\s?(?:Correction|Corrective|Clarification|CORRECTED|CORRECTION)\b", "correction"),
        (r"[,(]\s?(?:KILL|Kill|Mandatory Kill|Elimination|ELIMINATION)\b", "kill"),
        (r"[,(]\s?(?:WITHDRAWN|WITHDRAWAL|Withdrawn|Withdrawal)\b", "withdrawal"),
        (r"[,(]\s?(?:Withhold|WITHHOLD|HOLD)\b", "hold"),
        (r"[,(]\s?(?:HFR|Hold For Release|EMBARGOED|Adv\s?\d{1,2})\b", "embargo"),
        (r"\b(?:AP)?NewsAlert\b", "alert"),
        (r"[,(]\s?(?:Advisory|ADVISORY)\b", "advisory"),
        (r"[,(]\s?(?:REFILE|RPT|Repeat|REPEAT)\b|^(?:REFILE|RPT|REPEAT)\b", "repeat"),
    )
)
KEYWORDS_CHARS_MAX = 300
_ADVANCE = re.compile(r"\bAdv\s?\d{1,2}\b")
_ADD = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) Add\b")


class Keywords(NamedTuple):
    """What a keyword line or a header's version field says."""

    signals: tuple[str, ...] = ()
    take: int | None = None
    lead: int | None = None
    advance: str = ""  # AP's `Adv 15`: not before the 15th


NO_KEYWORDS = Keywords()
# Whatever a keyword line can say holds one of these; most slugs are a few words and hold none.
_MAY_SIGNAL = re.compile(r"[,(LRW]|Add|NewsAlert|\d(?:ST|ND|TH)")


def keyword_signals(line: str) -> Keywords:
    """Signals, take and lead of words such as `BC-XX--Slug, 2nd Ld-Writethru` and `REFILE 1ST LEAD`."""
    if not line or len(line) > KEYWORDS_CHARS_MAX or not _MAY_SIGNAL.search(line):
        return NO_KEYWORDS
    found = tuple(dict.fromkeys(signal for pattern, signal in _KEYWORDS if pattern.search(line)))
    add = _ADD.search(line)
    lead = _number(_LEAD_NUMBER.search(line)) if "update" in found else None
    advance = _ADVANCE.search(line) if "embargo" in found else None
    return Keywords(found, int(add[1]) + 1 if add else None, lead, advance.group() if advance else "")
