"""Who is named beside a verb of attribution: the noun phrase before it, as a span of its paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from worker.enrich.quotes_words import ADVERBS

if TYPE_CHECKING:
    from worker.enrich.quotes_marks import Quoted

Span = tuple[int, int]


class Sentence(NamedTuple):
    text: str  # of the paragraph, masked
    first: int
    last: int
    base: int  # offset of the paragraph in the body
    marks: list[Quoted]

    def inside(self, start: int, end: int) -> tuple[Quoted, ...]:
        """Quoted stretches that lie within offsets of the paragraph."""
        start += self.base - 1
        end += self.base + 1
        return tuple([mark for mark in self.marks if mark.first >= start and mark.last <= end])


SOURCE_CHARS_MAX: Final = 180
_CLAUSE: Final = re.compile(
    r".*(?:[;:,] |—|–| - |\" |” |'' |\) | (?:that|while|because|although|if|but|whether|when) )", re.DOTALL
)
"""Up to the end of the clause before a source."""
RELATIVE: Final = re.compile(r", (?:who|whose|whom|which)\b")
_RELATIVE_CHARS_MAX: Final = 300
_COMMA_NEXT: Final = re.compile(r"[\w ]{1,20}, ")
"""What was taken for an adverb before the verb, and a comma: on Sunday, said."""
_CONJUNCTION: Final = re.compile(r"(?:and|but|while|though|although|as|because|which|when|where|if|that|so|yet) ")
_NO_VERB: Final = frozenset(
    """
    the a an his her their its my our your of these those no any some to in for with such new recent by from more
    late-night
    """.split()
)
"""Before a noun that looks like a verb ("her claims"), and before an infinitive."""
_GENITIVES: Final = ("'s", "’s", "s'", "s’")
_PASSIVE: Final = ("ed", "told", "said")
_BE: Final = frozenset("is are was were be been being".split())
_JOINT: Final = re.compile(r"(?:But|And|So|Yet|Still|Then|Now|Meanwhile|However|and|but|or)\s+")
_JOINT_BEGINS: Final = frozenset("Bu An So Ye St Th No Me Ho an bu or".split())
_NO_SOURCE: Final = re.compile(
    r"(?:to|in|by|for|with|from|and|or|of|on|at|as|than|into|please|let|not|if|when|what|how|why|including|[a-z]+ing|[a-z]+ed)\b",
    re.ASCII,
)
_SUBJECT: Final = re.compile(
    r"(?:(?:The|An?|One|Some|Many|Several|Most|His|Her|Their|Its|This|That|These|Those|Other|Both)\s+"
    r"(?:[\w'’-]+\s+){0,2}?[\w'’-]+|(?:He|She|They|It|We|I)\b"
    r"|(?:[A-Z][\w.'’-]*)(?:\s+(?:of|and|the|for|de|van|von|[A-Z][\w.'’-]*))*)"
)
FRONT: Final = frozenset(
    "in on at during after before while when as since until for with by asked speaking though although "
    "despite last earlier later but and however meanwhile under through from if".split()
)


_THE: Final = re.compile(r"the (?:[\w'’-]+ ){0,2}?[\w'’-]+")


def left_end(text: str, covered: int, end: int, verb: str) -> int | None:
    """Where the source must end, before adverbs; None where the cue is a noun, a passive or an infinitive.

    `end` is where the cue begins, `verb` its word.
    """
    first = True
    while True:
        while end > covered and text[end - 1] in " \n":
            end -= 1
        begin = max(covered, text.rfind(" ", covered, end) + 1)
        bare = text[begin:end].rstrip(",")
        if first and (bare.lower() in _NO_VERB or bare.endswith(_GENITIVES)):
            return None
        if bare in _BE and (verb.endswith(_PASSIVE) or verb == "found"):
            return None
        if bare not in ADVERBS and not (bare.endswith("ly") and bare.islower()):
            return end
        first = False
        end = begin


def quote_ending(where: Sentence, at: int) -> int | None:
    """Where a closed quotation ends that stands right before, give or take a comma and blanks; else None."""
    for mark in where.marks:
        last = mark.last - where.base
        if mark.closed and 0 <= at - last <= 2 and not where.text[last:at].strip(" ,"):
            return last
    return None


def is_name(text: str, at: int) -> bool:
    rest = text[at : at + 40].lstrip()
    return rest[:1].isupper() or rest.startswith(("the ", "a ", "an "))


def source_before(where: Sentence, covered: int, end: int) -> Span | None:
    """The noun phrase that ends here: the last clause's, with an apposition between commas."""
    text = where.text
    if text[end - 1 : end] == "," or _COMMA_NEXT.match(text, end):
        end = _without_relative(text, max(covered, end - _RELATIVE_CHARS_MAX), end)
    begin = max(covered, end - SOURCE_CHARS_MAX)
    stop = end
    if text[end - 1 : end] == ",":
        before = text.rfind(",", begin, end - 1)
        if before > begin and end - before > 4:
            stop = before
    clause = _CLAUSE.match(text, begin, stop)
    cut = clause.end() if clause else begin
    if text[cut : cut + 1].islower() and (conjunction := _CONJUNCTION.match(text, cut, stop)):
        cut = conjunction.end()
    span = trim(where, cut, end)
    if span is None or (text[span[0]].islower() and _NO_SOURCE.match(text, *span)):
        return None
    return span


def _without_relative(text: str, begin: int, end: int) -> int:
    """Where a name ends that a relative clause follows up to `end`: "X, who was elected in May, said"."""
    for relative in RELATIVE.finditer(text, begin, end):
        if text.find(",", relative.end(), end - 1) < 0:
            return relative.start() + 1
    return end


def trim(where: Sentence, start: int, end: int) -> Span | None:
    text = where.text
    while start < end and text[start] in " ,\t\n\"”“'’)-—–:;":
        start += 1
    while end > start and text[end - 1] in ' ,\t\n"“.;:':
        end -= 1
    if text[start : start + 2] in _JOINT_BEGINS and (joint := _JOINT.match(text, start, end)):
        start = joint.end()
    if end - start < 2:
        return None
    return (start, end) if text[start].isalpha() or any(map(str.isalpha, text[start:end])) else None


def subject_of(where: Sentence, end: int) -> Span | None:
    """What the sentence begins with, after a fronted phrase: "On Monday, the minister …"."""
    first = where.first
    if where.text[first:end].split(" ", 1)[0].lower() in FRONT:
        comma = where.text.find(", ", first, end)
        first = comma + 2 if comma >= 0 else first
        if where.text[first : first + 4] == "the ":
            match = _THE.match(where.text, first, end)
            return match.span() if match else None
    match = _SUBJECT.match(where.text, first, end)
    return match.span() if match else None
