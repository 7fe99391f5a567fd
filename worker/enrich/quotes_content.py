"""What was said: the clause before the source or after the verb, or the quotation there, as spans of a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from worker.enrich.quotes_source import FRONT, Sentence, Span, quote_ending, trim
from worker.enrich.quotes_words import FORMS, WEAK

if TYPE_CHECKING:
    from worker.enrich.quotes_cues import Cue
    from worker.enrich.quotes_marks import Quoted


class Attribution(NamedTuple):
    """Spans in the body. `content` may be in parts; `source` is None where the text names none."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    quoted: tuple[Quoted, ...]  # the quoted stretches within the content


_RIGHT_SOFT: Final = re.compile(
    r"[\s,]*(?:(?:on|in|at|during|through|of|after|before|by|to|from|for|as|when|while|with|about|via|citing|speaking"
    r"|referring|last|this|earlier|later"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|tonight|recently|again)\b|$|[.,;?!])"
)
_CLAUSE_BEGINS: Final = re.compile(r",?\s*(?:that|it|he|she|they|there|we|the|its|his|her|their|a|an|[A-Z]\w+)\b")
THAT: Final = re.compile(r"\s*,?\s*(?:that\b\s*)?")
_TOLD: Final = frozenset(
    "told tells tell telling informed assured reminded asked asks urged urges accused advised warned".split()
)
_TOLD_WHOM: Final = re.compile(
    r"\s+(?:(?:the|a|an|his|her|their|its|that)\s+)?(?:[\w.&'’-]+\s+){0,4}?[\w.&'’-]+?"
    r"(?=\s+that\b|\s*,?\s*[\"“‘]|\s*[.,]|\s+(?:on|in|at|during|last|this|to|of|he|she|it|they|there|we)\b)"
)
_WHEN: Final = re.compile(
    r"\s*(?:,?\s*(?:(?:on |late |early |last |this )?"
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|week|month|year)"
    r"(?:\s(?:morning|afternoon|evening|night))?|in (?:a|an|the|his|her|their|its) (?:[\w-]+ ){0,3}"
    r"(?:statement|interview|speech|report|letter|tweet|email|memo|release|briefing|conference|address|post)"
    r"|yesterday|today|earlier|later|recently|again|here|to reporters|at a news conference)(?:[ ,]|$))+"
)
_NEAR_CHARS: Final = 60
_OPENING_CHARS_MIN: Final = 18  # four words or so: "yes" to a plan is no statement
_CUT_CHARS: Final = 60  # in which a new speaker must speak
_CUT: Final = re.compile(r", (?:but|while|whereas|although|though|and) ")
_STRONG: Final = frozenset(token for token, form in FORMS.items() if form not in WEAK)
_NO_WHEN: Final = frozenset("abcdfgijknopqrstuvxzABCDEFGHIJKLMNOPQRSTUVWXYZ")
"""First letters of what `_WHEN` matches only where `_RIGHT_SOFT` does, or never."""


def content_of(where: Sentence, cue: Cue, source: Span, covered: int) -> Attribution | None:
    """Before the source ("…, X said") or after the cue ("X said …"), or both."""
    text, _, last, _, marks = where
    _, after, word, _ = cue
    if word in _TOLD and (whom := _TOLD_WHOM.match(text, after, last)):
        after = whom.end()
    soft = _RIGHT_SOFT.match(text, after, last)
    when = _WHEN.match(text, after, last) if soft or text[after + 1 : after + 2] not in _NO_WHEN else None
    if soft and when and _CLAUSE_BEGINS.match(text, when.end(), last):
        soft = None
    if soft or marks:
        ending = quote_ending(where, source[0]) if marks else None
        before = _before(where, source[0], covered, ending)
        if before and _is_said(where, word, ending, before, after if soft else None):
            more = after_quote(where, after) if marks else None
            return make(where, (before, more) if more else (before,), source, cue)
    start = when.end() if when else after
    that = THAT.match(text, start, last)
    start = that.end() if that else start
    if marks and (mark := _opening(where, start)):
        return make(where, ((mark.first - where.base, mark.last - where.base),), source, cue)
    content = trim(where, start, end_of_content(where, start))
    if content is None or content[1] - content[0] < 8:
        return None
    if word in WEAK and "that" not in text[after:start] and not (marks and where.inside(*content)):
        return None  # "found a way", "called a meeting": no saying
    return make(where, (with_marks(where, content) if marks else content,), source, cue)


def _opening(where: Sentence, at: int) -> Quoted | None:
    """The quotation that begins here, whole sentences or most of one: what follows it is the writer's again."""
    text = where.text
    while at < where.last and text[at] in " :,":
        at += 1
    for mark in where.marks:
        if mark.first - where.base == at and mark.end - mark.start >= _OPENING_CHARS_MIN:
            return mark
    return None


def _is_said(where: Sentence, word: str, ending: int | None, before: Span, after: int | None) -> bool:
    """Whether what stands before the source is what it said: a quotation, or words where none follow the cue.

    `ending`: where a quotation ends before the source; `after`: from where on something quoted may follow; None where
    the words there can be what was said.
    """
    if ending is None:
        if after is None or word in WEAK:
            return False
        from_ = where.base + after
        for mark in where.marks:
            if 0 <= mark.first - from_ <= _NEAR_CHARS:
                return False
    return not _fronted(where, before)


def _fronted(where: Sentence, before: Span) -> bool:
    """Whether the words before the source are no statement: "In a speech on Monday, X said"."""
    first = where.text[before[0] : before[1]].split(" ", 1)[0].lower()
    return first in FRONT or first.endswith("ing")


def before_source(where: Sentence, end: int, covered: int) -> Span | None:
    """What was said before: from the sentence's beginning, or the whole quotation that ends here."""
    return _before(where, end, covered, quote_ending(where, end))


def _before(where: Sentence, end: int, covered: int, ending: int | None) -> Span | None:
    """The same, where it is known whether a quotation ends here."""
    if ending is None:
        return trim_content(where, covered, end) if end - covered > 12 else None
    mark = next(m for m in where.marks if m.last - where.base == ending)
    return trim_content(where, min(mark.first - where.base, where.first), ending)


def after_quote(where: Sentence, start: int) -> Span | None:
    """A quotation that goes on after the cue, in this sentence or the next ones of the paragraph."""
    if not where.marks:
        return None
    marks = [m for m in where.marks if m.first - where.base >= start]
    if not marks or "q" not in where.text[start:] or marks[0].first - where.base > where.last + 3:
        return None
    between = where.text[start : marks[0].first - where.base]
    if between.count(".") > 1 or len(between) > 90:
        return None
    if where.text[marks[0].start - where.base : marks[0].end - where.base].strip() == "":
        return None
    return (marks[0].first - where.base, marks[0].last - where.base)


def trim_content(where: Sentence, start: int, end: int) -> Span | None:
    text = where.text
    while start < end and text[start] in " \t\n,":
        start += 1
    while end > start and text[end - 1] in " ,\t\n":
        end -= 1
    return (start, end) if end - start > 8 else None


def end_of_content(where: Sentence, start: int) -> int:
    """The sentence's end, or where another speaker begins after ", but"."""
    text, last = where.text, where.last
    comma = text.find(", ", start, last)
    if comma >= 0:
        for cut in _CUT.finditer(text, comma, last):
            end = cut.end()
            if not _STRONG.isdisjoint(text[end : min(last, end + _CUT_CHARS)].split()):
                return cut.start()
    return last


def with_marks(where: Sentence, content: Span) -> Span:
    """With the marks around it, if it begins inside them."""
    for mark in where.marks:
        if mark.start - where.base == content[0]:
            return (mark.first - where.base, max(content[1], mark.last - where.base))
    return content


def make(where: Sentence, content: tuple[Span, ...], source: Span, cue: Cue) -> Attribution:
    base = where.base
    spans: list[Span] = []
    marks: tuple[Quoted, ...] = ()
    for start, end in content:
        spans.append((base + start, base + end))
        if where.marks:
            marks += where.inside(start, end)
    return Attribution(tuple(spans), (base + source[0], base + source[1]), (base + cue.start, base + cue.end), marks)
