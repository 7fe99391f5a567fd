"""Who said what, sentence by sentence: source, cue and content as spans of the body. English.

Three orders are read: source–cue–content ("X said that …"), content–source–cue ("…, X said"), content–cue–source
("…," said X), and "according to X". Quoted words are blotted out first, so that what is said inside them plays no
part and a quotation of several sentences stays one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.enrich.quotes_content import (
    THAT,
    Attribution,
    after_quote,
    before_source,
    content_of,
    end_of_content,
    make,
    trim_content,
    with_marks,
)
from worker.enrich.quotes_cues import Cue, cues
from worker.enrich.quotes_marks import Quoted, marks_in, masked, quoted
from worker.enrich.quotes_source import (
    RELATIVE,
    SOURCE_CHARS_MAX,
    Sentence,
    Span,
    is_name,
    left_end,
    quote_ending,
    source_before,
    subject_of,
    trim,
)
from worker.enrich.quotes_words import FINITE, INVERTS, NOUNS, PARTICIPLES, WEAK
from worker.enrich.sentences import sentences
from worker.enrich.words import tally

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTRIBUTIONS_MAX: Final = 500
PIECE_CHARS_MAX: Final = 8000
_AFTER_INVERTED: Final = re.compile(r"[.;:?!]\s|[.;?!]$|, (?!who |the |a |an |[A-Z])|[\"“]|$")
_AFTER_ACCORDING: Final = re.compile(r",(?! (?:who|the|a|an|whose)\b)|[;.](?:\s|$)|[\"“]|$")
"""Where a source that follows its cue ends."""


def attributions(body: str, paragraphs: tuple[Span, ...], headline: str | None = None) -> list[Attribution]:
    """Every attribution of the body in order; quotations that no sentence attributes follow with no source."""
    out: list[Attribution] = []
    present = marks_in(body)
    verbs = cues(body, tally(body, "en", headline))
    at, many = 0, len(verbs)
    if not (many or present):
        return out
    for start, end in _pieces(body, paragraphs):
        first = at
        while at < many and verbs[at][0] < end:
            at += 1
        marks = quoted(body, start, end, present) if present else []
        here = [Cue(a - start, b - start, word, weak) for a, b, word, weak in verbs[first:at] if marks or not weak]
        if here or marks:
            found = _paragraph(body, start, end, marks, here)
            out += _with_rest(found, marks) if marks or len(found) > 1 else found
            if len(out) >= ATTRIBUTIONS_MAX:
                break
    return out


def _pieces(body: str, paragraphs: tuple[Span, ...]) -> Iterator[Span]:
    """The paragraphs, overlong ones cut at blanks: what is looked at for each verb must stay bounded."""
    for start, end in paragraphs:
        at = start
        while end - at > PIECE_CHARS_MAX:
            cut = max(body.rfind(" ", at, at + PIECE_CHARS_MAX), at + PIECE_CHARS_MAX // 2)
            yield at, cut
            at = cut
        yield at, end


def _paragraph(body: str, start: int, end: int, marks: list[Quoted], cues: list[Cue]) -> list[Attribution]:
    """`cues` are those of the paragraph, by their offsets in it."""
    found: list[Attribution] = []
    if not cues:
        return found
    text = body[start:end]
    if marks:
        plain, text = text, masked(body, start, end, marks)
        cues = [cue for cue in cues if text[cue.start : cue.end] == plain[cue.start : cue.end]]
        if not cues:
            return found
    at, many = 0, len(cues)
    for first, last in sentences(text, 0, len(text)):
        before = at
        while at < many and cues[at].start < last:
            at += 1
        if at > before:
            found += _sentence(Sentence(text, first, last, start, marks), cues[before:at])
            if at == many:
                break
    return found


def _sentence(where: Sentence, cues: list[Cue]) -> list[Attribution]:
    out: list[Attribution] = []
    subject: Span | None = None
    _, covered, _, base, _ = where  # what lies before `covered` belongs to an earlier cue
    for cue in cues:
        word = cue.word
        if word == "according to":
            one = _according(where, cue, covered)
        elif word in PARTICIPLES:
            one = _participle(where, cue, subject)
        else:
            one = _verb(where, cue, covered)
        if one is None or (out and word in WEAK and any(_within(one, other) for other in out)):
            continue  # what is said to show or to mean something is a part of what is said
        if subject is None and one.source:
            subject = (one.source[0] - base, one.source[1] - base)
        out.append(one)
        covered = cue.end
    return out


def _within(inner: Attribution, outer: Attribution) -> bool:
    return any(inner.cue and start <= inner.cue[0] < end for start, end in outer.content)


def _verb(where: Sentence, cue: Cue, covered: int) -> Attribution | None:
    text, first, _, _, marks = where
    word = cue.word
    if word[-1] == "s" and NOUNS.match(text, cue.start):
        return None
    ends = left_end(text, covered, cue.start, word)
    if ends is None:
        return None
    quote_before = quote_ending(where, ends) if marks else None
    comma_before = ends > first and text[ends - 1] == ","
    if (quote_before is not None and (ends == quote_before or comma_before)) or (
        comma_before and word in INVERTS and is_name(text, cue.end) and _turned(where, cue, covered, ends)
    ):
        return _inverted(where, cue, ends, covered) if word in INVERTS or word not in WEAK else None
    source = source_before(where, covered, ends)
    if source is None:
        return None
    return content_of(where, cue, source, covered)


def _turned(where: Sentence, cue: Cue, covered: int, ends: int) -> bool:
    """Whether what was said stands before the verb and the speaker after it: "The bridge is safe, said the mayor".

    "Ida Brandt, the mayor, said the bridge was safe" is built the other way: a clause follows the verb, and what
    stands before it is a name with an apposition or a relative clause.
    """
    text = where.text
    after = text[cue.end : min(where.last, cue.end + SOURCE_CHARS_MAX)].split(",", 1)[0]
    if FINITE.search(after):
        return False
    before = text[max(covered, ends - SOURCE_CHARS_MAX) : ends - 1]
    return "," not in before or (FINITE.search(before) is not None and not RELATIVE.search(before))


def _inverted(where: Sentence, cue: Cue, ends: int, covered: int) -> Attribution | None:
    """Content, cue, source."""
    stop = _AFTER_INVERTED.search(where.text, cue.end, where.last)
    end = stop.start() if stop else where.last
    source = trim(where, cue.end, min(end, cue.end + SOURCE_CHARS_MAX))
    if source is None:
        return None
    content = before_source(where, ends, covered)
    more = after_quote(where, end)
    spans = tuple([span for span in (content, more) if span])
    return make(where, spans, source, cue) if spans else None


def _according(where: Sentence, cue: Cue, covered: int) -> Attribution | None:
    stop = _AFTER_ACCORDING.search(where.text, cue.end, where.last)
    end = stop.start() if stop else where.last
    source = trim(where, cue.end, min(end, cue.end + SOURCE_CHARS_MAX))
    content = (
        trim_content(where, covered, cue.start) if cue.start - covered > 12 else trim_content(where, end, where.last)
    )
    return make(where, (content,), source, cue) if source and content else None


def _participle(where: Sentence, cue: Cue, subject: Span | None) -> Attribution | None:
    """A participle, as in ", saying that …": its source is the subject of the sentence."""
    text = where.text
    left = text[max(where.first, cue.start - 3) : cue.start]
    if "," not in left and not re.search(
        r"\b(?:is|are|was|were|been|by)\s*$", text[max(where.first, cue.start - 8) : cue.start]
    ):
        return None
    if "," not in left:
        return _verb(where, cue, where.first)
    if subject is None:
        subject = subject_of(where, cue.start)
    if subject is None:
        return None
    that = THAT.match(text, cue.end, where.last)
    content = trim(where, that.end() if that else cue.end, end_of_content(where, cue.end))
    return make(where, (with_marks(where, content),), subject, cue) if content and content[1] - content[0] > 8 else None


def _with_rest(found: list[Attribution], marks: list[Quoted]) -> list[Attribution]:
    """The attributions, and the quotations of the paragraph that none of them holds."""
    held = {m.first for one in found for m in one.quoted} if found else ()
    rest = [Attribution(((m.first, m.last),), None, None, (m,)) for m in marks if m.first not in held]
    return sorted([*found, *rest], key=lambda one: one.content[0])
