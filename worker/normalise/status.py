"""Formal status, kills and withdrawals: what may be shown, and what a notice is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from worker.normalise.embargo import HELD_STATUS
from worker.normalise.opening import keep_keywords
from worker.normalise.signals import TAKES_BACK, formal, keyword_signals, marks
from worker.normalise.subjects import is_uri
from worker.normalise.warns import WarnCode
from worker.story import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.normalise.draft import Draft

Status = Literal["usable", "withheld", "canceled"]

_CANCELED = frozenset(
    {
        "canceled",
        "cancelled",
        "killed",
        "kill",
        "withdrawn",
        "deleted",
        "retracted",
        "cancel",
        "delete",
        "annulled",
        "spiked",
        "recalled",
    }
)
_USABLE = frozenset(
    {"", "usable", "ready", "published", "publish", "active", "final", "complete", "update", "corrected", "released"}
)


def given(draft: Draft) -> Status:
    """What the format states: unknown words count as usable and are kept in `wire.given`."""
    if not draft.item.status:
        return "usable"
    word = draft.item.status.strip().casefold().rsplit(":", 1)[-1].rsplit("/", 1)[-1]
    if word in _CANCELED:
        return "canceled"
    if word in HELD_STATUS:
        return "withheld"
    if word not in _USABLE:
        draft.warn(WarnCode.STATUS_UNKNOWN, draft.item.status)
    return "usable"


def read_signals(draft: Draft) -> None:
    """The formal signals and status of the item, and markers in its notes, become signals."""
    for code in draft.item.signals:
        found = formal(code)
        draft.signals.update(found)
        if not found:
            keep_keywords(draft, keyword_signals(code))
    if given(draft) == "canceled" and not {"kill", "withdrawal"} & draft.signals:
        draft.signals.add("kill" if draft.item.provider.casefold() == "ap" else "withdrawal")


_NOTICE = re.compile(
    r"(?:\W|^)(?:(?:MANDATORY\s+)?KILL|Mandatory [Kk]ill|mandatory kill|WITHDRAWN?|Withdrawal|KILL(?:ED)?|has "
    r"been (?:killed|withdrawn)|is withdrawn|"
    r"[Pp]lease (?:kill|withdraw|disregard)|[Kk]ill (?:the )?(?:story|item|report)|wird zurückgezogen"
    r"|zurückziehen|est annulée?|anulada)\b"
)


def is_notice(text: str) -> bool:
    """Does the text itself say that a story is killed or withdrawn?"""
    return bool(_NOTICE.search(text[:800]))


_KILL_BODY = re.compile(
    r"(?:EDITORS?|Editors?|ATTENTION EDITORS)?\W{0,4}(?:MANDATORY KILL|Mandatory kill|KILL,? KILL"
    r"|KILL\W{1,3}KILL|(?:KILL(?:ED)?|WITHDRAW(?:N|AL))\s?[:–—-]\s|(?:Please )?[Kk]ill (?:the )?(?:story|item)\b|"
    r"This story (?:has been|is) (?:killed|withdrawn)|STORY WITHDRAWN|HOLD HOLD HOLD)"
)


# A notice in a whole sentence. News tells of withdrawn reports too, so what editors shall do must be said beside it.
_TAKEN_BACK = re.compile(
    r"\b(?:story|item|report|article|dispatch|alert|Meldung|Bericht|Beitrag|dépêche|despacho|nota|notizia|bericht)\b"
    r"[^.\n]{0,60}?(?:headlined|slugged|titled|entitled|[\"“„«])[^\n]{0,200}?"
    r"\b(?:(?:has been|have been|is|was|are) (?:hereby )?(?P<how>killed|withdrawn|retracted)"
    r"|(?:wird|ist|wurde) (?:hiermit )?zurückgezogen|est annulée?|(?:queda|ha sido) anulad[ao]|è annullat[ao]"
    r"|(?:is|wordt) ingetrokken)\b"
)
_TAKING_BACK = ("killed", "withdrawn", "retracted", "zurückgezogen", "annul", "anulad", "ingetrokken")
_DO_NOT_USE = re.compile(
    r"(?i:no (?:substitute|replacement)|do not use|not be used|(?:please |must |should )(?:be )?(?:disregard|delete"
    r"|remove)|kill is mandatory|nicht (?:mehr )?(?:verwenden|verwendet)|bitte löschen|ne pas (?:utiliser|tenir compte)"
    r"|no (?:utilizar|usar|tener en cuenta)|non utilizzare|niet (?:te )?gebruiken)"
)


def _taken_back(text: str) -> str:
    """The signal of a notice that is written as a sentence; "" for none."""
    found = _TAKEN_BACK.search(text) if any(word in text for word in _TAKING_BACK) else None
    if not found or not _DO_NOT_USE.search(text):
        return ""
    return "kill" if found["how"] == "killed" else "withdrawal"


def read_text_markers(draft: Draft) -> None:
    """A kill, withdrawal or hold that only the first lines of the text state."""
    signal = _taken_back("\n".join(block.text[:400] for block in draft.blocks[:2]))
    if signal and "kill" not in draft.signals:
        draft.signals.add(signal)
    for block in draft.blocks[:2]:
        head = block.text[:300]
        match = _KILL_BODY.match(head)
        if match:
            words = match.group().casefold()
            draft.signals.add("withdrawal" if "withdraw" in words else "hold" if "hold" in words else "kill")
        elif head[:1].isupper() and head[:12].isupper():
            line = head.split("\n", 1)[0]
            if TAKES_BACK.search(line):
                draft.signals.update(s for s in marks(line).signals if s in ("kill", "withdrawal", "hold"))


def only_notice(draft: Draft) -> None:
    """Keep the notice and nothing of the killed text."""
    words = "\n\n".join(n.value for n in draft.notes if n.role != "closingline")
    body = "\n".join(block.text for block in draft.blocks[:3])
    if draft.blocks and not is_notice(f"{body}") and not _KILL_BODY.match(body):
        draft.warn(WarnCode.BODY_REMOVED, f"{sum(len(b.text) for b in draft.blocks)} characters of the killed story")
        draft.blocks = []
    if not draft.blocks and words:
        from worker.normalise.blocks import from_text  # noqa: PLC0415 - only here

        draft.blocks = from_text(words)[0]
    draft.photos.clear()


_URN = re.compile(r"\b(?:urn:newsml:|tag:)[^\s\"'()<>,;]{4,200}")
_SLUG = re.compile(
    r"\b(?:[Ss]lug(?:ged|line)?:?|SLUG:?"
    r"|slugged)\s+[\"“']?(?P<slug>[A-Za-z0-9][\w/.&'+-]{2,60}(?: [\w/.&'+-]{1,60}){0,5}?)[\"”']?(?=[,.;)]"
    r"|\s(?:sent|moved|transmitted|dated|which|that|from|of|at|on|has|is|was)\b|\s*$)"
)
_REFERENCE = re.compile(r"\b(?P<slug>[A-Z][\w&'+-]{1,40}(?:[-/][\w&'+.]{1,40}){1,6}),\s?[A-Za-z]{1,3}\d{3,5}\b")
_QUOTED = re.compile(
    r"(?:headlined?|titled?|entitled|story|item|report|Meldung|Titel|Bericht|dépêche|titrée|intitulée|titulada"
    r"|titolo|getiteld)\s*:?,?\s*"
    r"[\"“„«]\s?(?P<head>[^\"”“«»\n]{8,200}?)\s?[\"”“»]"
)
_BRACKET_TITLE = re.compile(r"\(\s*[\"“„](?P<head>[^\n]{8,200}?)[\"”“]\s*\)")
_DATED = re.compile(
    r"(?:\b(?:sent|moved|dated|of|vom|from|transmitted"
    r"|on)\s+(?:\w+day,?\s+)?)(?P<date>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,?\s\d{4})?)"
    r"|(?:\d{1,2}\.\d{1,2}\.\d{2,4}))"
)


def targets_of(draft: Draft, uri: str, *, canceled: bool) -> tuple[Target, ...]:
    """What a kill, withdrawal or correction is about: stated by the format, else found in its words."""
    told = canceled or "correction" in draft.signals or "withdrawal" in draft.signals
    if not told and not draft.targets and not draft.item.targets:
        return ()
    out: list[Target] = [
        Target(
            uri=str(t.get("uri", "")),
            slug=str(t.get("slug", "")),
            date=str(t.get("date", "")),
            headline=str(t.get("headline", "")),
        )
        for t in draft.item.targets
    ]
    out += draft.targets
    if told:
        out += _in_words(draft)
    replaces = draft.item.replaces.strip()
    if replaces and canceled:
        out.append(Target(uri=replaces) if is_uri(replaces) else Target(headline=replaces))
    if canceled and draft.item.uri and uri == draft.item.uri:
        out.append(Target(uri=uri))  # the same id: the kill is a version of the story itself
    if canceled and not out and draft.item.slugline:
        out.append(Target(slug=draft.item.slugline))
    kept = tuple(t for t in dict.fromkeys(out) if t != Target())
    if canceled and not kept:
        draft.warn(WarnCode.TARGET_UNNAMED, "the notice names nothing that could be found")
    return kept


def _in_words(draft: Draft) -> Iterator[Target]:
    text = "\n".join([*(b.text for b in draft.blocks[:4]), *(n.value for n in draft.notes)])[:4_000]
    date = _DATED.search(text)
    when = date["date"] if date else ""
    uris = list(dict.fromkeys(m.group().rstrip(".:") for m in _URN.finditer(text)))
    for found in uris[:10]:
        yield Target(uri=found)
    slug, quoted = _SLUG.search(text) or _REFERENCE.search(text), _QUOTED.search(text) or _BRACKET_TITLE.search(text)
    if slug:
        yield Target(slug=slug["slug"].strip(), date=when, headline=quoted["head"].strip() if quoted else "")
    elif quoted:
        yield Target(headline=quoted["head"].strip(" ,"), date=when)
