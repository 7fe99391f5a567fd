"""Headlines: the main one without markers, the original where it differs, kicker, sub and seo as given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.normalise import text as t
from worker.normalise.html import strip_html
from worker.normalise.signals import marks
from worker.story import Headline, Target

if TYPE_CHECKING:
    from worker.normalise.draft import Draft

DERIVED_CHARS_MAX = 100
PLAIN_HEADLINE_CHARS_MAX = 160
ROLES = frozenset({"main", "original", "sub", "kicker", "seo"})
_ROLES = {
    "subtitle": "sub",
    "subheadline": "sub",
    "subhead": "sub",
    "short": "seo",
    "title": "seo",
    "overline": "kicker",
}
_ANSA_MARK = re.compile(r">{1,4}\s?ANSA\s?/\s*")  # ANSA's own reports, as against its notes
_SENTENCE = re.compile(r"(?<![.\s][A-Z])(?<!^[A-Z])[.!?]['\"”’»)]?\s(?=[\"“‘«'(]?[^\W_a-z])|[。！？]")


def take(draft: Draft) -> None:
    """Read the item's headlines into the draft; markers become signals, forms, a take."""
    for given in draft.item.headlines:
        value = t.line(strip_html(given.value) if given.html or "<" in given.value else given.value, draft.done)
        if not value:
            continue
        role = _ROLES.get(given.role.casefold(), given.role or "main")
        if role == "main" and not draft.original:
            draft.original = value
        elif role == "kicker":
            draft.kicker = draft.kicker or value
        elif value != draft.original:
            draft.other_headlines.append((role if role in ROLES else "sub", value))
    if draft.original:
        peel(draft)


def peel(draft: Draft) -> None:
    """Take the markers off the headline in `draft.original`."""
    line = draft.original
    if line[0] == ">" and (shown := _ANSA_MARK.sub("", line)) != line and shown:
        line = shown
        draft.did("headline-markers")
    found = marks(line, counted=draft.item.provider == "anp")
    draft.headline = found.rest or line  # nothing but markers: they are all that a reader can be shown
    if draft.take is None:
        draft.take = found.take
    if not (found.signals or found.forms or found.kicker or found.embargo):
        return
    draft.signals.update(found.signals)
    draft.lead = draft.lead if draft.lead is not None else found.lead
    draft.forms += found.forms
    draft.kicker = draft.kicker or found.kicker
    draft.embargo_line = draft.embargo_line or found.embargo
    if found.rest and ("kill" in found.signals or "withdrawal" in found.signals):
        draft.targets.append(Target(headline=found.rest))
    if found.signals or found.forms or found.kicker:
        draft.did("headline-markers")


def from_text(draft: Draft) -> None:
    """Without a headline: the first line, where it is one, else the first sentence."""
    texts = [block.text for block in draft.blocks if block.plain and block.text]
    texts = texts or [block.text for block in draft.blocks if block.text]
    if not texts:
        return
    words = texts[0]
    if len(texts) > 1 and len(words) < DERIVED_CHARS_MAX and words[-1].isalnum() and texts[1][0].islower():
        words = f"{words} {texts[1]}"  # a sentence that a line end parts
    draft.original = draft.headline = derived(words)
    draft.did("headline-derived")


def is_headline(text: str) -> bool:
    """Does the first line of a plain text look like its headline? One line, no full stop, not too long."""
    return (
        bool(text)
        and len(text) <= PLAIN_HEADLINE_CHARS_MAX
        and "\n" not in text
        and text[-1] not in ".:;,。"
        and text[0] not in "([-*•"
    )


_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Lt|Gen|Col|Capt|Sgt|Maj|Sen|Rep|Gov|Prof|Rev|Hon|No|vs|Inc|Corp|Co|Ltd|Jr|Sr|Jan"
    r"|Feb|Mar|Apr|Jun|Jul|"
    r"Aug|Sep|Sept|Oct|Nov|Dec|approx|bzw|Nr|ca|Abs|u\.a|z\.B)|\b\d{1,2})\.\s$"
)


def derived(text: str) -> str:
    """The first sentence, at most 100 characters, cut at a word."""
    line = " ".join(text[:2_000].split())
    sentence = line
    for end in _SENTENCE.finditer(line[: DERIVED_CHARS_MAX * 3]):
        if end.end() > 20 and not _ABBREVIATED.search(line[max(0, end.end() - 12) : end.end()]):
            sentence = line[: end.end()].strip()
            break
    if len(sentence) <= DERIVED_CHARS_MAX:
        return sentence
    words = sentence[: DERIVED_CHARS_MAX + 1].rsplit(None, 1)
    return (words[0] if words else sentence)[:DERIVED_CHARS_MAX].rstrip(" ,;:–—-")


def headlines_of(draft: Draft) -> tuple[Headline, ...]:
    out: list[Headline] = []
    if draft.headline:
        out.append(Headline(role="main", value=draft.headline))
    if draft.original and draft.original != draft.headline:
        out.append(Headline(role="original", value=draft.original))
    if draft.kicker:
        out.append(Headline(role="kicker", value=draft.kicker))
    out += [Headline(role=role, value=value) for role, value in draft.other_headlines]
    return tuple(dict.fromkeys(out)) if len(out) > 1 else tuple(out)
