"""Collections of several stories in one item ("news in brief", "world at a glance", press digests).

A digest holds a short story word for word without being a telling of it: it must neither swallow it nor be
swallowed. What shows it is its headline or slug, or that its paragraphs begin like stories of their own.
"""

from __future__ import annotations

import re

_NAMES = re.compile(
    r"""\b(?:
      (?:news|world|business|sports?|city|state|national|international|market|company|people)[ ]in[ ]brief
    | in[ ]brief | briefs | briefly | briefing | (?:news|press|media)[ ](?:digest|summary|round-?up|review)
    | digest | round-?up | headlines | highlights | at[ ]a[ ]glance | news[ ]summary | top[ ]stories | newswatch
    | wrap-?up[ ]of | week[ ]in[ ]review | day[ ]ahead | news[ ]schedule | overnight[ ]news | latest[ ]news
    | kurz(?:meldungen|nachrichten|[ ]notiert) | nachrichtenüberblick | überblick | pressestimmen
    | en[ ]bref | (?:revue|tour)[ ]de[ ]presse | l'essentiel | breves | en[ ]breve | resumen | síntesis
    | in[ ]breve | notizie[ ]in[ ]breve | rassegna[ ]stampa | resumo
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DATELINE = re.compile(
    r"""(?:[A-Z][A-Z .,'-]{2,40}|[A-Z][\w.'-]{2,20}(?:[ ][A-Z][\w.'-]{1,20}){0,2})   # place
        (?:,[ ][A-Z][\w. ]{1,20}){0,2}                                               # state, date
        [ ]?(?:\([A-Z][\w/ ]{1,20}\))?[ ]?(?:--|[-–—_])[ ]""",
    re.VERBOSE,
)
_RULE = re.compile(r"(?:[*_=~#-][ ]?){3,60}|[*•]{1,3}")
_HEAD_CHARS_MAX = 90
_PARAGRAPHS_MAX = 400  # looked at: the rest of a long document changes nothing
SECTIONS_MIN = 3


def sections(body: str) -> int:
    """How many parts of the body begin like a story of their own: after a rule of stars, with a dateline."""
    datelines = rules = 0
    for paragraph in body.split("\n", _PARAGRAPHS_MAX)[:_PARAGRAPHS_MAX]:
        text = paragraph.strip()
        if not text:
            continue
        if len(text) <= _HEAD_CHARS_MAX and _RULE.fullmatch(text):
            rules += 1
        elif _DATELINE.match(text[:_HEAD_CHARS_MAX]):
            datelines += 1
    return max(datelines, rules + 1 if rules else 0)


def names_a_digest(*labels: str) -> bool:
    """Whether a headline or slug says that the item is a collection."""
    return any(label and _NAMES.search(label) for label in labels)
