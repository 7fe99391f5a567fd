"""Who said what, sentence by sentence: source, cue and content as spans of the body. English.

Three orders are read: source–cue–content ("X said that …"), content–source–cue ("…, X said"), content–cue–source
("…," said X), and "according to X". Quoted words are blotted out first, so that what is said inside them plays no
part and a quotation of several sentences stays one.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from worker.enrich.quotes_marks import Quoted, marks_in, masked, quoted
from worker.enrich.quotes_words import ADVERBS, INVERTS, PARTICIPLES, SAY, WEAK
from worker.enrich.sentences import sentences
from worker.enrich.words import tally

Span = tuple[int, int]
SOURCE_CHARS_MAX: Final = 180


class Attribution(NamedTuple):
    """Spans in the body. `content` may be in parts; `source` is None where the text names none."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    quoted: tuple[Quoted, ...]  # the quoted stretches within the content


class Cue(NamedTuple):
    """A verb of attribution, or "according to": offsets in the text it was looked for in."""

    start: int
    end: int
    word: str
    weak: bool  # counts only where something is quoted


_FORMS: Final = {
    form + tail: form for form in (*SAY, "According", "according") for tail in ("", ",", ".", ":", ";", "?", "!")
}


def _cues(text: str, tokens: list[str]) -> list[Cue]:
    """The cues of a text in order; `tokens` are its words between blanks. Quicker than a pattern of all forms."""
    out: list[Cue] = []
    at = 0
    for n in [n for n, token in enumerate(tokens) if token in _FORMS]:
        token, form = tokens[n], _FORMS[tokens[n]]
        at = text.find(token, at)
        while at > 0 and not text[at - 1].isspace():
            at = text.find(token, at + 1)
        if at < 0:
            return out
        if form not in ("According", "according"):
            weak = form in WEAK and "that" not in tokens[n + 1 : n + 5]
            out.append(Cue(at, at + len(form), form, weak))
        elif tokens[n + 1 : n + 2] == ["to"]:
            out.append(Cue(at, text.find("to", at + len(form)) + 2, "according to", weak=False))
        at += len(token)
    return out


_CLAUSE: Final = re.compile(
    r".*(?:[;:,] |—|–| - |\" |” |'' |\) | (?:that|while|because|although|if|but|whether|when) )", re.DOTALL
)
"""Up to the end of the clause before a source."""
_CONJUNCTION: Final = re.compile(r"(?:and|but|while|though|although|as|because|which|when|where|if|that|so|yet) ")
_RIGHT_SOFT: Final = re.compile(
    r"[\s,]*(?:(?:on|in|at|during|through|of|after|before|by|to|from|for|as|when|while|with|about|via|citing|speaking"
    r"|referring|last|this|earlier|later"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|tonight|recently|again)\b|$|[.,;?!])"
)
_CLAUSE_BEGINS: Final = re.compile(r",?\s*(?:that|it|he|she|they|there|we|the|its|his|her|their|a|an|[A-Z]\w+)\b")
_THAT: Final = re.compile(r"\s*,?\s*(?:that\b\s*)?")
_TOLD: Final = frozenset(
    "told tells tell telling informed assured reminded asked asks urged urges accused advised warned".split()
)
_TOLD_WHOM: Final = re.compile(
    r"\s+(?:(?:the|a|an|his|her|their|its|that)\s+)?(?:[\w.&'’-]+\s+){0,4}?[\w.&'’-]+?"
    r"(?=\s+that\b|\s*,?\s*[\"“‘]|\s*[.,]|\s+(?:on|in|at|during|last|this|to|of|he|she|it|they|there|we)\b)"
)
_WHEN: Final = re.compile(
    r"\s*(?:,?\s*(?:(?:on |late |early |last |this )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|week|month|year)"
    r"(?:\s(?:morning|afternoon|evening|night))?|in (?:a|an|the|his|her|their|its) (?:[\w-]+ ){0,3}"
    r"(?:statement|interview|speech|report|letter|tweet|email|memo|release|briefing|conference|address|post)"
    r"|yesterday|today|earlier|later|recently|again|here|to reporters|at a news conference)(?:[ ,]|$))+"
)
_CUT_CHARS: Final = 60  # in which a new speaker must speak
_CUT: Final = re.compile(r", (?:but|while|whereas|although|though|and) ")
_SUBJECT: Final = re.compile(
    r"(?:(?:The|An?|One|Some|Many|Several|Most|His|Her|Their|Its|This|That|These|Those|Other|Both)\s+(?:[\w'’-]+\s+){0,2}?[\w'’-]+|(?:He|She|They|It|We|I)\b"
    r"|(?:[A-Z][\w.'’-]*)(?:\s+(?:of|and|the|for|de|van|von|[A-Z][\w.'’-]*))*)"
)


def attributions(body: str, paragraphs: tuple[Span, ...]) -> list[Attribution]:
    """Every attribution of the body in order; quotations that no sentence attributes follow with no source."""
    out: list[Attribution] = []
    present = marks_in(body)
    cues = _cues(body, tally(body, "en").tokens)
    at = 0
    for start, end in paragraphs:
        here = []
        while at < len(cues) and cues[at].start < end:
            here.append(cues[at])
            at += 1
        marks = quoted(body, start, end, present) if present else []
        if not marks:
            here = [cue for cue in here if not cue.weak]
        if here or marks:
            out += _with_rest(_paragraph(body, start, end, marks, here), marks)
    return out


def _paragraph(body: str, start: int, end: int, marks: list[Quoted], cues: list[Cue]) -> list[Attribution]:
    found: list[Attribution] = []
    if not cues:
        return found
    text = masked(body, start, end, marks) if marks else body[start:end]
    own = [cue._replace(start=cue.start - start, end=cue.end - start) for cue in cues]
    own = [cue for cue in own if not marks or text[cue.start : cue.end] == body[start + cue.start : start + cue.end]]
    for first, last in sentences(text, 0, len(text)) if own else ():
        here = [cue for cue in own if first <= cue.start < last]
        if here:
            found += _sentence(_Sentence(text, first, last, start, marks), here)
    return found


class _Sentence(NamedTuple):
    text: str  # of the paragraph, masked
    first: int
    last: int
    base: int  # offset of the paragraph in the body
    marks: list[Quoted]

    def inside(self, start: int, end: int) -> tuple[Quoted, ...]:
        """Quoted stretches that lie within offsets of the paragraph."""
        return tuple(m for m in self.marks if m.first - self.base >= start - 1 and m.last - self.base <= end + 1)


def _sentence(where: _Sentence, cues: list[Cue]) -> list[Attribution]:
    out: list[Attribution] = []
    subject: Span | None = None
    covered = where.first  # what lies before belongs to an earlier cue
    for cue in cues:
        word = cue.word
        if word == "according to":
            one = _according(where, cue, covered)
        elif word in PARTICIPLES:
            one = _participle(where, cue, subject)
        else:
            one = _verb(where, cue, covered)
        if one is None or (word in WEAK and any(_within(one, other) for other in out)):
            continue  # what is said to show or to mean something is a part of what is said
        if one.source:
            subject = subject or (one.source[0] - where.base, one.source[1] - where.base)
        out.append(one)
        covered = max(covered, cue.end)
    return out


def _within(inner: Attribution, outer: Attribution) -> bool:
    return any(inner.cue and start <= inner.cue[0] < end for start, end in outer.content)


def _verb(where: _Sentence, cue: Cue, covered: int) -> Attribution | None:
    text, word = where.text, cue.word
    left_end = _left_end(text, covered, cue)
    if left_end is None:
        return None
    quote_before = _quote_ending(where, left_end)
    comma_before = text[max(where.first, left_end - 1) : left_end] == ","
    if (quote_before is not None and (left_end == quote_before or comma_before)) or (
        comma_before and word in INVERTS and _is_name(text, cue.end)
    ):
        return _inverted(where, cue, left_end, covered) if word in INVERTS or word not in WEAK else None
    source = _source_before(where, covered, left_end)
    if source is None:
        return None
    return _content_of(where, cue, source, covered)


def _left_end(text: str, covered: int, cue: Cue) -> int | None:
    """Where the source must end, before adverbs and auxiliaries; None where the cue is a noun, passive or infinitive."""
    end = cue.start
    passive = cue.word.endswith(("ed", "told", "said")) or cue.word == "found"
    first = True
    while True:
        stripped = text[covered:end].rstrip(" \n")
        word = stripped[stripped.rfind(" ") + 1 :]
        bare = word.rstrip(",")
        if first and (bare.lower() in _NO_VERB or bare.endswith(("'s", "’s", "s'", "s’"))):
            return None
        if bare in _BE and passive:
            return None
        if bare not in ADVERBS and not (bare.endswith("ly") and bare.islower()):
            return covered + len(stripped)
        if not word:
            return covered + len(stripped)
        first = False
        end = covered + len(stripped) - len(word)


_NO_VERB: Final = frozenset(
    """
    the a an his her their its my our your of these those no any some to in for with such new recent by from more
    late-night
    """.split()
)
"""Before a noun that looks like a verb ("her claims"), and before an infinitive."""
_BE: Final = frozenset("is are was were be been being".split())


def _quote_ending(where: _Sentence, at: int) -> int | None:
    """Where a closed quotation ends that stands right before, give or take a comma and blanks; else None."""
    for mark in where.marks:
        last = mark.last - where.base
        if mark.closed and 0 <= at - last <= 2 and not where.text[last:at].strip(" ,"):
            return last
    return None


def _is_name(text: str, at: int) -> bool:
    rest = text[at : at + 40].lstrip()
    return rest[:1].isupper() or rest.startswith(("the ", "a ", "an "))


def _inverted(where: _Sentence, cue: Cue, left_end: int, covered: int) -> Attribution | None:
    """Content, cue, source."""
    stop = re.compile(r"[.;:?!]\s|[.;?!]$|, (?!who |the |a |an |[A-Z])|[\"“]|$").search(where.text, cue.end, where.last)
    end = stop.start() if stop else where.last
    source = _trim(where, cue.end, min(end, cue.end + SOURCE_CHARS_MAX))
    if source is None:
        return None
    content = _before(where, left_end, covered)
    more = _after_quote(where, end)
    spans = tuple(s for s in (content, more) if s)
    return _make(where, spans, source, cue) if spans else None


def _source_before(where: _Sentence, covered: int, end: int) -> Span | None:
    """The noun phrase that ends here: the last clause's, with an apposition between commas."""
    text = where.text
    begin = max(covered, end - SOURCE_CHARS_MAX)
    stop = end
    if text[end - 1 : end] == ",":
        before = text.rfind(",", begin, end - 1)
        if before > begin and end - before > 4:
            stop = before
    clause = _CLAUSE.match(text, begin, stop)
    cut = clause.end() if clause else begin
    conjunction = _CONJUNCTION.match(text, cut, stop)
    cut = conjunction.end() if conjunction else cut
    span = _trim(where, cut, end)
    if span is None or _NO_SOURCE.match(text, *span):
        return None
    return span


_JOINT: Final = re.compile(r"(?:But|And|So|Yet|Still|Then|Now|Meanwhile|However|and|but|or)\s+")
_NO_SOURCE: Final = re.compile(
    r"(?:to|in|by|for|with|from|and|or|of|on|at|as|than|into|please|let|not|if|when|what|how|why|including|[a-z]+ing|[a-z]+ed)\b",
    re.ASCII,
)


def _trim(where: _Sentence, start: int, end: int) -> Span | None:
    text = where.text
    while start < end and text[start] in " ,\t\n\"”“'’)-—–:;":
        start += 1
    while end > start and text[end - 1] in ' ,\t\n"“.;:':
        end -= 1
    joint = _JOINT.match(text, start, end)
    if joint:
        start = joint.end()
    return (start, end) if end - start >= 2 and any(map(str.isalpha, text[start:end])) else None


def _content_of(where: _Sentence, cue: Cue, source: Span, covered: int) -> Attribution | None:
    """Before the source ("…, X said") or after the cue ("X said …"), or both."""
    text, word = where.text, cue.word
    after = cue.end
    if word in _TOLD and (whom := _TOLD_WHOM.match(text, after, where.last)):
        after = whom.end()
    soft = _RIGHT_SOFT.match(text, after, where.last)
    when = _WHEN.match(text, after, where.last)
    if soft and when and _CLAUSE_BEGINS.match(text, when.end(), where.last):
        soft = None
    right_quote = next((m for m in where.marks if 0 <= m.first - where.base - after <= 60), None)
    before = _before(where, source[0], covered)
    quote_left = before is not None and _quote_ending(where, source[0]) is not None
    if before and (quote_left or (soft and word not in WEAK and right_quote is None)) and not _fronted(where, before):
        spans = (before, _after_quote(where, after))
        return _make(where, tuple(s for s in spans if s), source, cue)
    start = when.end() if when else after
    that = _THAT.match(text, start, where.last)
    start = that.end() if that else start
    content = _trim(where, start, _end_of_content(where, start))
    if content is None or content[1] - content[0] < 8:
        return None
    if word in WEAK and "that" not in text[after:start] and not where.inside(*content):
        return None  # "found a way", "called a meeting": no saying
    return _make(where, (_with_marks(where, content),), source, cue)


def _fronted(where: _Sentence, before: Span) -> bool:
    """Whether the words before the source are no statement: "In a speech on Monday, X said"."""
    first = where.text[before[0] : before[1]].split(" ", 1)[0].lower()
    return first in _FRONT or first.endswith("ing")


_FRONT: Final = frozenset(
    "in on at during after before while when as since until for with by asked speaking though although despite last earlier later "
    "but and however meanwhile under through from if".split()
)


def _before(where: _Sentence, end: int, covered: int) -> Span | None:
    """What was said before: from the sentence's beginning, or the whole quotation that ends here."""
    last = _quote_ending(where, end)
    if last is not None:
        mark = next(m for m in where.marks if m.last - where.base == last)
        start = min(mark.first - where.base, where.first) if where.first > mark.first - where.base else where.first
        return _trim_content(where, start, last)
    return _trim_content(where, covered, end) if end - covered > 12 else None


def _after_quote(where: _Sentence, start: int) -> Span | None:
    """A quotation that goes on after the cue, in this sentence or the next ones of the paragraph."""
    marks = [m for m in where.marks if m.first - where.base >= start]
    if not marks or "q" not in where.text[start:] or marks[0].first - where.base > where.last + 3:
        return None
    between = where.text[start : marks[0].first - where.base]
    if between.count(".") > 1 or len(between) > 90:
        return None
    if where.text[marks[0].start - where.base : marks[0].end - where.base].strip() == "":
        return None
    return (marks[0].first - where.base, marks[0].last - where.base)


def _trim_content(where: _Sentence, start: int, end: int) -> Span | None:
    text = where.text
    while start < end and text[start] in " \t\n,":
        start += 1
    while end > start and text[end - 1] in " ,\t\n":
        end -= 1
    return (start, end) if end - start > 8 else None


def _end_of_content(where: _Sentence, start: int) -> int:
    """The sentence's end, or where another speaker begins after ", but"."""
    for cut in _CUT.finditer(where.text, start, where.last):
        following = where.text[cut.end() : min(where.last, cut.end() + _CUT_CHARS)].split()
        if any(_FORMS.get(token, "said") not in WEAK for token in following if token in _FORMS):
            return cut.start()
    return where.last


def _with_marks(where: _Sentence, content: Span) -> Span:
    """With the marks around it, if it begins inside them."""
    for mark in where.marks:
        if mark.start - where.base == content[0]:
            return (mark.first - where.base, max(content[1], mark.last - where.base))
    return content


def _according(where: _Sentence, cue: Cue, covered: int) -> Attribution | None:
    stop = re.compile(r",(?! (?:who|the|a|an|an?|whose)\b)|[;.](?:\s|$)|[\"“]|$").search(
        where.text, cue.end, where.last
    )
    end = stop.start() if stop else where.last
    source = _trim(where, cue.end, min(end, cue.end + SOURCE_CHARS_MAX))
    content = (
        _trim_content(where, covered, cue.start) if cue.start - covered > 12 else _trim_content(where, end, where.last)
    )
    return _make(where, (content,), source, cue) if source and content else None


def _participle(where: _Sentence, cue: Cue, subject: Span | None) -> Attribution | None:
    """ ", saying that …": said by the subject of the sentence."""
    text = where.text
    left = text[max(where.first, cue.start - 3) : cue.start]
    if "," not in left and not re.search(
        r"\b(?:is|are|was|were|been|by)\s*$", text[max(where.first, cue.start - 8) : cue.start]
    ):
        return None
    if "," not in left:
        return _verb(where, cue, where.first)
    if subject is None:
        subject = _subject(where, cue.start)
    if subject is None:
        return None
    that = _THAT.match(text, cue.end, where.last)
    content = _trim(where, that.end() if that else cue.end, _end_of_content(where, cue.end))
    return (
        _make(where, (_with_marks(where, content),), subject, cue) if content and content[1] - content[0] > 8 else None
    )


def _subject(where: _Sentence, end: int) -> Span | None:
    """What the sentence begins with, after a fronted phrase: "On Monday, the minister …"."""
    first = where.first
    if where.text[first:end].split(" ", 1)[0].lower() in _FRONT:
        comma = where.text.find(", ", first, end)
        first = comma + 2 if comma >= 0 else first
        if where.text[first : first + 4] == "the ":
            match = re.compile(r"the (?:[\w'’-]+ ){0,2}?[\w'’-]+").match(where.text, first, end)
            return match.span() if match else None
    match = _SUBJECT.match(where.text, first, end)
    return match.span() if match else None


def _make(where: _Sentence, content: tuple[Span, ...], source: Span, cue: Cue) -> Attribution:
    base = where.base
    marks = tuple(m for start, end in content for m in where.inside(start, end))
    return Attribution(
        content=tuple((base + start, base + end) for start, end in content),
        source=(base + source[0], base + source[1]),
        cue=(base + cue.start, base + cue.end),
        quoted=marks,
    )


def _with_rest(found: list[Attribution], marks: list[Quoted]) -> list[Attribution]:
    """The attributions, and the quotations of the paragraph that none of them holds."""
    held = {m.first for one in found for m in one.quoted}
    rest = [Attribution(((m.first, m.last),), None, None, (m,)) for m in marks if m.first not in held]
    return sorted([*found, *rest], key=lambda one: one.content[0])
