"""Topics on IPTC Media Topics, top level: the provider's codes mapped first, else a classifier of the words.

The classifier (`deploy/models/train_words.py`) reads English; it is silent below `CONFIDENCE_MIN`. Subject codes of
NewsML 1 and NITF share their first two digits with the Media Topic of the same matter, so the top level is a table.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import numpy as np

from worker.enrich.words import tally, vocabulary
from worker.story import Subject

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

CONFIDENCE_MIN: Final = 0.6  # one topic is right in nine stories of ten above it
SECOND_MIN: Final = 0.6
TOPICS_MAX: Final = 3
WORDS_MIN: Final = 12  # content words; fewer say nothing
HEADLINE_TIMES: Final = 2
MEDIATOPIC: Final = "http://cv.iptc.org/newscodes/mediatopic/"

NAMES: Final[dict[str, str]] = {
    "01000000": "arts, culture, entertainment and media",
    "02000000": "crime, law and justice",
    "03000000": "disaster, accident and emergency incident",
    "04000000": "economy, business and finance",
    "05000000": "education",
    "06000000": "environment",
    "07000000": "health",
    "08000000": "human interest",
    "09000000": "labour",
    "10000000": "lifestyle and leisure",
    "11000000": "politics",
    "12000000": "religion",
    "13000000": "science and technology",
    "14000000": "society",
    "15000000": "sport",
    "16000000": "conflict, war and peace",
    "17000000": "weather",
}
_CODE: Final = re.compile(r"(?<!\d)((?:0\d|1[0-7])\d{6})(?!\d)")


def extract(doc: Doc, found: Found) -> None:
    """Add subjects of the worker to `found.subjects`."""
    given = _mapped(doc.story.subjects)
    if given is not None:
        found.subjects += [_subject(code, 100) for code in given]
        found.applied["topics"] = "mapped"
    elif found.language == "en":
        found.subjects += [_subject(code, round(100 * share)) for code, share in classify(doc.headline, doc.body)]
        found.applied["topics"] = "words-en"
    else:
        found.applied["topics"] = "none"


def _subject(code: str, confidence: int) -> Subject:
    return Subject(
        name=NAMES[code],
        uri=MEDIATOPIC + code,
        literal=f"medtop:{code}",
        creator="worker",
        confidence=confidence,
    )


def _mapped(subjects: tuple[Subject, ...]) -> list[str] | None:
    """Top-level codes of the provider's subject codes that are not given as Media Topics; None without any."""
    tops: list[str] = []
    given: set[str] = set()
    for subject in subjects:
        text = subject.literal or subject.uri
        code = _CODE.search(text)
        if code is None:
            continue
        top = code[1][:2] + "000000"
        if "medtop" in text or "mediatopic" in subject.uri:
            given.add(code[1])
        elif top in NAMES and top not in tops and ("subj" in text or "subj" in subject.uri or "iptc" in text.lower()):
            tops.append(top)
    if not tops and not given:
        return None
    return [top for top in tops if top not in given][:TOPICS_MAX]


def classify(headline: str, body: str) -> list[tuple[str, float]]:
    """(Media Topic, confidence 0..1), best first; empty where nothing is clear."""
    counted, model = tally(body, "en", headline), vocabulary()
    known = counted.key < len(model.topics)
    rows = counted.key[known]
    if len(rows) < WORDS_MIN:
        return []
    weights = model.rarity[rows] * (1 + np.log((counted.times + HEADLINE_TIMES * counted.titled)[known]))
    scores = weights @ model.topics[rows].astype(np.float64)
    scores = scores * (model.scale / math.sqrt(weights @ weights)) + model.bias
    shares = 1 / (1 + np.exp(-scores))
    order = (-shares).argsort()[:TOPICS_MAX].tolist()
    return [
        (model.codes[n], float(shares[n]))
        for place, n in enumerate(order)
        if shares[n] >= (SECOND_MIN if place else CONFIDENCE_MIN)
    ]
