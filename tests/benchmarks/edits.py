"""A seeded generator of what happens to stories on the wires: edits of one story, and pairs that only look alike.

A story is (headline, paragraphs). An edit gives another telling of the same story; a hard negative gives a story
that shares much with it and is another one. `CORRECTIONS` must be linked and never suppressed.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ][\w'’-]{2,}", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?。।])\s+")
_OCR = {"e": "c", "l": "1", "o": "0", "i": "l", "m": "rn", "h": "b", "a": "o", "s": "5", "t": "f", "n": "u", "r": "v"}
_FILLER = (
    "however meanwhile reportedly early late again still also since under across toward despite nearly about".split()
)
_FURNITURE = (
    "(Reporting by A. N. Other; Editing by Some Body)",
    "For more stories see our site.",
    "-- END --",
    "Read more: link in story",
    "Copyright. No use without leave.",
)


def sentences(paragraphs):
    return [s for p in paragraphs for s in _SENTENCE.split(p) if s]


# -- edits: the same story


def cut(rng, head, paragraphs):
    """Trimmed from the end to 40-90 %."""
    all_of = sentences(paragraphs)
    return head, [" ".join(all_of[: max(1, round(len(all_of) * rng.uniform(0.4, 0.9)))])]


def extended(rng, head, paragraphs):
    """The original is the first 45-85 % of this; see `shortened`."""
    return head, paragraphs


def shortened(rng, head, paragraphs):
    """What `extended` extends."""
    return cut(rng, head, paragraphs)


def new_top(rng, head, paragraphs):
    """A new first paragraph and headline tail over the old text."""
    top = " ".join(rng.choices(sentences(paragraphs)[-1].split(), k=25))
    return head, [f"{top}.", *paragraphs]


def furniture(rng, head, paragraphs):
    """Another dateline, byline and closing lines."""
    place = rng.choice(("NEW TOWN, March 3 (Agency) - ", "LAKESIDE (Wire) -- ", "By Jane Doe\n\nPORTVILLE _ "))
    return head, [place + paragraphs[0], *paragraphs[1:], *rng.sample(_FURNITURE, 3)]


def headline(rng, head, paragraphs):
    """Another headline over the same text."""
    return " ".join(rng.choices(paragraphs[0].split(), k=7)), paragraphs


def typography(rng, head, paragraphs):
    """Quotes, dashes, hard wraps and spaces."""
    out = [p.replace('"', "``").replace("'", "’").replace(" - ", " — ") for p in paragraphs]
    return head.upper(), ["\n".join(re.findall(r"(?:\S+\s?){1,11}", p)) for p in out]


def touched(rng, head, paragraphs):
    """3 % of the words exchanged."""
    return head, _exchange(rng, paragraphs, 0.03)


def rewritten(rng, head, paragraphs):
    """10 % of the words exchanged, 15 % of the sentences dropped."""
    kept = [s for s in sentences(paragraphs) if rng.random() > 0.15] or sentences(paragraphs)[:1]
    return head, _exchange(rng, [" ".join(kept)], 0.1)


def heavily_rewritten(rng, head, paragraphs):
    """15 % of the words exchanged, a quarter of the sentences dropped, the rest in pairs swapped."""
    kept = [s for s in sentences(paragraphs) if rng.random() > 0.25] or sentences(paragraphs)[:1]
    for i in range(1, len(kept) - 1, 4):
        kept[i], kept[i + 1] = kept[i + 1], kept[i]
    return head, _exchange(rng, [" ".join(kept)], 0.15)


def ocr_3(rng, head, paragraphs):
    return head, [_damage(rng, p, 0.03) for p in paragraphs]


def ocr_6(rng, head, paragraphs):
    return head, [_damage(rng, p, 0.06) for p in paragraphs]


def reordered(rng, head, paragraphs):
    """Paragraphs after the first two in another order."""
    rest = paragraphs[2:]
    rng.shuffle(rest)
    return head, [*paragraphs[:2], *rest]


def _exchange(rng, paragraphs, share):
    return [
        " ".join(rng.choice(_FILLER) if rng.random() < share and not _NUMBER.search(w) else w for w in p.split())
        for p in paragraphs
    ]


def _damage(rng, text, share):
    return "".join(_OCR.get(c, "") if c.isalpha() and rng.random() < share else c for c in text)


EDITS = {f.__name__: f for f in (
    cut, extended, new_top, furniture, headline, typography, touched, rewritten, heavily_rewritten, ocr_3, ocr_6,
    reordered,
)}  # fmt: skip


def corrected(rng, head, paragraphs):
    """One number or name put right, and the headline says so."""
    text = "\n\n".join(paragraphs)
    numbers = list(_NUMBER.finditer(text))
    if numbers:
        one = rng.choice(numbers)
        text = f"{text[: one.start()]}{rng.randint(11, 9999)}{text[one.end() :]}"
    else:
        text = text.replace(rng.choice(text.split()), "corrected-name", 1)
    return f"CORRECTED-{head}", text.split("\n\n")


CORRECTIONS = {"corrected": corrected}


# -- hard negatives: another story


def numbers_changed(rng, head, paragraphs):
    """The same notice with other figures: 60-100 % of the numbers; None when there are fewer than four."""
    return _other_figures(rng, head, "\n\n".join(paragraphs), rng.uniform(0.6, 1))


def company_swapped(rng, head, paragraphs):
    """A template filled for another company: every name and most numbers exchanged; None without four numbers."""
    text = "\n\n".join(paragraphs)
    names = sorted(set(_NAME.findall(f"{head}\n{text}")))
    new = {
        name: "".join(rng.choice("bcdfglmnprst") + rng.choice("aeiou") for _ in range(3)).capitalize() for name in names
    }
    head, text = (_NAME.sub(lambda m: new.get(m.group(), m.group()), part) for part in (head, text))
    return _other_figures(rng, head, text, 0.8)


def _other_figures(rng, head, text, share):
    figures = list(_NUMBER.finditer(text))
    if len(figures) < 4:
        return None
    changed = {m.start() for m in rng.sample(figures, round(share * len(figures) + 0.49))}

    def other(found):
        return _figure(rng, found.group()) if found.start() in changed else found.group()

    return _NUMBER.sub(lambda m: _figure(rng, m.group()), head), _NUMBER.sub(other, text).split("\n\n")


def follow_up(rng, head, paragraphs, other):
    """A new story with background from the old one at its end, a quarter of its length; None for short ones."""
    fresh = sentences(other[1])[:30]
    background = sentences(paragraphs)[-(len(fresh) // 3) :]
    if len(fresh) < 3 or len(" ".join(background)) * 3 > len(" ".join(fresh)):
        return None
    return other[0], [" ".join(fresh), " ".join(background)]


def digest(rng, items):
    """News in brief: the first sentences of several stories under one headline, sometimes each with a heading."""
    parts = []
    for head, paragraphs in items:
        text = " ".join(sentences(paragraphs)[: rng.randint(3, 8)])
        parts += [head, text] if rng.random() < 0.5 else [text]
    title = rng.choice(
        ("News in brief", "World news at a glance", "Business briefs", "Morning round-up", "Top stories this hour")
    )
    return title, parts


def _figure(rng, given):
    digits = sum(c.isdigit() for c in given)
    for _ in range(9):
        new = str(rng.randint(10 ** (digits - 1) if digits > 1 else 0, 10**digits - 1))
        if new != given:
            return new
    return given + "1"
