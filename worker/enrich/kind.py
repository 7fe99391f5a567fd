"""What kind of text a story is: alert, brief, results, market-table, advisory, press-release, obituary, interview,
correction, analysis, feature, opinion, factbox, timeline, preview, profile, live, report.

What the provider says comes first (signals, genres), then the headline's own label, then the look of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

BRIEF_WORDS_MAX: Final = 100
ALERT_WORDS_MAX: Final = 40
_SIGNALS: Final = (("alert", "alert"), ("advisory", "advisory"))
_GENRES: Final = (
    ("obituar", "obituary"), ("nachruf", "obituary"), ("interview", "interview"),
    ("press release", "press-release"), ("pressemitteilung", "press-release"), ("analys", "analysis"),
    ("feature", "feature"), ("opinion", "opinion"), ("comment", "opinion"), ("kommentar", "opinion"),
    ("editorial", "opinion"), ("factbox", "factbox"), ("background", "background"), ("hintergrund", "background"),
    ("timeline", "timeline"), ("chronolog", "timeline"), ("preview", "preview"), ("profile", "profile"),
    ("portrait", "profile"), ("result", "results"), ("statistics", "results"), ("advisory", "advisory"),
    ("daybook", "advisory"), ("alert", "alert"), ("flash", "alert"), ("eil", "alert"), ("briefs", "brief"),
    ("correction", "correction"),
)  # fmt: skip
_LABELS: Final = {
    "alert": "flash|alert|urgent|breaking|eilmeldung",
    "interview": "interview|q&a",
    "analysis": "analysis|analyse",
    "factbox": "factbox|fact box|box|explainer",
    "timeline": "timeline|chronology|chronologie",
    "preview": "preview|vorschau",
    "profile": "profile|porträt|newsmaker",
    "opinion": "opinion|comment|commentary|editorial|column|kommentar",
    "feature": "feature|reportage",
    "obituary": "obituary|obit|nachruf",
    "advisory": "advisory|diary|media advisory|termine|coverage plan|news schedule|budget|daybook",
    "live": "live|live blog|liveblog|live updates",
    "results": "results|scores|ergebnisse",
    "correction": "correction|corrected|clarification|berichtigung|korrektur",
}
_LABEL: Final = re.compile(
    rf"^\W{{0,3}}(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _LABELS.items())})"
    r"\s{0,2}(?:[:|/]|[-–—](?!\w))",
    re.IGNORECASE,
)
_AGED: Final = re.compile(
    r"\b(?:dies|dead|died|gestorben|stirbt|meurt)\b[^.]{0,30}\b(?:at|aged|age|mit|à)\s\d{2,3}\b|\bobituary\b",
    re.IGNORECASE,
)
_RELEASE: Final = (
    "/PRNewswire", "(BUSINESS WIRE)", "GLOBE NEWSWIRE", "GLOBENEWSWIRE", "GlobeNewswire", "(Marketwired)",
    "ACCESSWIRE", "/CNW/", "FOR IMMEDIATE RELEASE", "news aktuell", "(ots)",
)  # fmt: skip
"""How distributors of press releases mark theirs, in the first lines."""

_DEATH_STEMS: Final = ("die", "Die", "dead", "Dead", "gestorben", "stirbt", "meurt", "bituary", "DIE", "DEAD")
_QUESTION_MARKS: Final = ("Q:", "Q.", "Q :", "QUESTION")
_QUESTION: Final = re.compile(r"(?m)^(?:Q|QUESTION|Frage|A|ANSWER|Antwort)\s?[:.]\s")
_MARKET: Final = re.compile(
    r"\b(?:close|closing|prices?|rates?|stocks?|shares|yields?|futures|bid|ask|currenc\w+|index|shr|net|revs|cts|mln|dlrs"
    r"|bushels?|per cent|pct)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d[\d.,:/-]*")
_PROSE_LINE: Final = 240  # characters a line, blank ones counted: no table is that wide
_TABLE_LINES_MIN: Final = 4
_TABLE_SHARE: Final = 0.6


def extract(doc: Doc, found: Found) -> None:
    """Fill `found.kind`."""
    found.kind = kind(doc)


def kind(doc: Doc) -> str:
    """The story's kind, by the first rule that applies."""
    return _said(doc) or _labelled(doc) or _look(doc)


def _said(doc: Doc) -> str:
    story = doc.story
    for signal, name in _SIGNALS:
        if signal in story.wire.signals:
            return name
    for genre in story.genres:
        name = genre.name.lower() or genre.literal.lower()
        for part, chosen in _GENRES:
            if part in name:
                return chosen
    return ""


def _labelled(doc: Doc) -> str:
    match = _LABEL.match(doc.headline)
    if match and match.lastgroup:
        return match.lastgroup
    if "correction" in doc.story.wire.signals and len(doc.body.split()) < BRIEF_WORDS_MAX:
        return "correction"
    return ""


def _look(doc: Doc) -> str:
    head = doc.body[:600]
    for mark in _RELEASE:
        if mark in head:
            return "press-release"
    table = _table(doc.body)
    if table:
        return table
    if any(word in doc.headline for word in _DEATH_STEMS) and _AGED.search(doc.headline):
        return "obituary"
    if _asks(doc.body) and len(_QUESTION.findall(doc.body)) >= 4:
        return "interview"
    size = len(doc.body.split(None, BRIEF_WORDS_MAX)) if len(doc.body) < 4000 else BRIEF_WORDS_MAX + 1
    if (
        size <= ALERT_WORDS_MAX
        and len(doc.paragraphs) <= 1
        and doc.story.urgency is not None
        and doc.story.urgency <= 2
    ):
        return "alert"
    return "brief" if size <= BRIEF_WORDS_MAX else "report"


def _asks(body: str) -> bool:
    """Whether the text can have questions marked as such."""
    return ("Q" in body and any(mark in body for mark in _QUESTION_MARKS)) or "Frage" in body


def _table(body: str) -> str:
    """Lines of numbers: a market table if they speak of prices, else results. "" where the text is prose."""
    if len(body) > _PROSE_LINE * (body.count("\n") + 1):
        return ""
    lines = [line for line in body[:6000].split("\n") if line.strip()]
    if len(lines) < _TABLE_LINES_MIN:
        return ""
    rows = sum(_is_row(line) for line in lines)
    if rows < _TABLE_LINES_MIN or rows < _TABLE_SHARE * len(lines):
        return ""
    return "market-table" if len(_MARKET.findall(body[:3000])) >= 3 else "results"


def _is_row(line: str) -> bool:
    """Short, and a number for every three words or fewer; or columns."""
    if len(line) > 160:
        return False
    numbers = len(_NUMBER.findall(line))
    return numbers > 0 and (line.count("\t") >= 2 or numbers * 4 >= len(line.split()))
