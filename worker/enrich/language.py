"""Language and script of headline and body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.story import Share

if TYPE_CHECKING:
    from worker.enrich.doc import Doc, Found

_FUNCTION_WORDS = {
    "en": "the of and to in that was for with he on said",
    "de": "der die und das den von zu mit ist nicht ein dem",
    "fr": "le la les des et du en une que est pour dans",
    "es": "el la los de que y en un por con del las",
    "it": "il di che e la per un del non sono della con",
    "pt": "o de que e do da em um para com não uma",
    "nl": "de van het een en dat is te op zijn voor met",
}
_SETS = {lang: frozenset(words.split()) for lang, words in _FUNCTION_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def extract(doc: Doc, found: Found) -> None:
    words = _WORD.findall((doc.headline + " " + doc.body[:400]).lower())
    scores = {lang: sum(w in known for w in words) for lang, known in _SETS.items()}
    best = max(scores, key=lambda lang: scores[lang])
    if scores[best]:
        found.language, found.language_confidence, found.script = best, 0.5, "Latn"
        found.languages = [Share(language=best, share=1.0)]
    found.applied["language"] = "function-words"
