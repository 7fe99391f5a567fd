"""Language and script of headline and body; stories in several languages are noted.

Where the script does not decide, a softmax over hashed letter n-grams does (`ngrams.py`, trained by
`deploy/models/train_language.py`). What the provider says stays the story's `language`; what is found here goes to
`wire.languages`, chooses the words of the later extractors, and a clear disagreement is a warning.
"""

from __future__ import annotations

import functools
import importlib.resources
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from worker.enrich import ngrams
from worker.enrich.language_kin import KIN_OF, weigh
from worker.enrich.scripts import ONLY, main_script
from worker.story import Share

if TYPE_CHECKING:
    import numpy.typing as npt

    from worker.enrich.doc import Doc, Found

SAMPLE_CHARS: Final = 400  # of the body, after the headline: more does not change the verdict
MODEL_CHARS: Final = 300  # that the model looks at
KIN_CHARS: Final = 600  # in which words of near kin are looked for
_KIN_LEAD: Final = 6.0  # logarithm of the odds from which on the n-grams need no help against the next of kin
PARTS_MAX: Final = 24  # paragraphs looked at in a story of several languages
_PART_CHARS: Final = 60  # a shorter paragraph says too little to be called another language
_SURE: Final = 0.9
_LIKELY: Final = 0.6
_SELDOM: Final = frozenset({"eo", "la", "pcm"})  # seldom on a wire: named only where there is enough text
_SELDOM_CHARS: Final = 120
_HEADLINE_WORDS: Final = 3
_BODY_WORDS_CHARS: Final = 800
_MISMATCH_CHARS: Final = 200

_NOT_LATIN: Final[dict[str, tuple[str, ...]]] = {
    "Cyrl": ("be", "bg", "kk", "mk", "mn", "ru", "sr", "uk"),
    "Arab": ("ar", "fa", "ur"),
    "Deva": ("hi", "mr"),
    "Ethi": ("am", "ti"),
}
_KIN: Final = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"hr", "sr", "bs", "sh"}),
    frozenset({"id", "ms", "in"}),
    frozenset({"tl", "fil"}),
    frozenset({"he", "iw"}),
    frozenset({"en", "pcm"}),
    frozenset({"xh", "zu"}),
    frozenset({"cs", "sk"}),
)
"""Codes that a provider may use for what is found as another: no warning among them."""


class Guess(NamedTuple):
    language: str  # BCP 47; "" = unknown
    confidence: float
    script: str


_ENGLISH_TEXT: Final = Guess("en", 0.99, "Latn")


class _Model(NamedTuple):
    table: npt.NDArray[np.int8]  # rows of hashed n-grams, a column a language; a byte each, to stay in the cache
    scale: float
    languages: tuple[str, ...]
    columns: dict[str, npt.NDArray[np.intp]]  # by script


@functools.cache
def _model() -> _Model:
    file = importlib.resources.files("worker.enrich") / "data" / "language.npz"
    with file.open("rb") as stream, np.load(stream) as data:
        table = np.ascontiguousarray(data["table"])  # by rows: what is looked up together lies together
        scale, languages = float(data["scale"]), tuple(map(str, data["languages"]))
    columns = {s: np.array([languages.index(x) for x in names if x in languages]) for s, names in _NOT_LATIN.items()}
    others = {name for names in _NOT_LATIN.values() for name in names} - {"sr"}
    columns["Latn"] = np.array([n for n, name in enumerate(languages) if name not in others])
    return _Model(table, scale, languages, columns)


def supported() -> frozenset[str]:
    """Every language that can be found."""
    return frozenset(_model().languages) | frozenset(ONLY.values())


def identify(text: str) -> Guess:
    """Language and script of a text; a confidence of 0 and no language where it has no letters of a known script."""
    return _ENGLISH_TEXT if _plain_english(set(text.lower().split())) else _weighed(text)


def _weighed(text: str) -> Guess:
    script, found = main_script(text)
    if not script:
        return Guess("", 0.0, "")
    if script in ONLY:
        return Guess(ONLY[script], min(0.99, max(0.5, next(iter(found.values())))), script)
    model = _model()
    columns = model.columns.get(script)
    rows = ngrams.rows(ngrams.letters(text[:MODEL_CHARS]))
    if columns is None or not len(rows):
        return Guess("", 0.0, script)
    scores = np.add.reduce(model.table[rows], axis=0, dtype=np.int32)[columns] * (model.scale / len(rows))
    best = int(scores.argmax())
    if (script, model.languages[columns[best]]) in KIN_OF:
        best = _among_kin(scores, script, [model.languages[c] for c in columns], best, text)
    odds = np.exp(scores - scores[best])
    return Guess(model.languages[columns[best]], float(1.0 / odds.sum()), script)


def _among_kin(scores: npt.NDArray[np.float64], script: str, names: list[str], best: int, text: str) -> int:
    """The best score once the telling words of near kin are added to `scores`, where kin comes near it."""
    kin = [names.index(name) for name in KIN_OF[script, names[best]] if name in names]
    if all(scores[best] - scores[at] > _KIN_LEAD for at in kin if at != best):
        return best
    weights = weigh(script, names[best], ngrams.letters(text[:KIN_CHARS]))
    for at in kin:
        scores[at] += weights[names[at]]
    return int(scores.argmax())


_ENGLISH: Final = frozenset(
    """
    the of and that with was for from has his their which have were been said who are they this would after
    about when could had by its not but she than more there these will because where while into other first also
    """.split()
)
_PIDGIN: Final = frozenset("dey dem wey dis dat di na im don pipo una wetin".split())
_PLAIN_WORDS: Final = 5
_PROBE_CHARS: Final = 240
_ENGLISH_WORDS: Final = 2  # of a paragraph in an English story


def _plain_english(words: set[str]) -> bool:
    """Five different function words that no other language shares: most wires are English, and this is quick."""
    return len(words & _ENGLISH) >= _PLAIN_WORDS and words.isdisjoint(_PIDGIN)


def extract(doc: Doc, found: Found) -> None:
    """Fill language, script and shares of `found`."""
    sample = doc.body[:SAMPLE_CHARS]
    head, lead = set(doc.headline.lower().split()), set(sample.lower().split())
    whole = _ENGLISH_TEXT if _plain_english(head | lead) else _weighed(f"{doc.headline}\n{sample}")
    given = doc.story.language.split("-")[0].lower()
    language, confidence = whole.language, whole.confidence
    if confidence < _SURE and given and given in supported():
        language = given
    elif confidence < _LIKELY or (language in _SELDOM and len(doc.headline) + len(doc.body) < _SELDOM_CHARS):
        language = ""  # a handful of names reads as anything
    found.language, found.language_confidence, found.script = language, round(confidence, 3), whole.script
    found.headline_language = _headline(doc, head, lead, language)
    found.languages = _shares(doc, language)
    found.applied["language"] = "script" if whole.script in ONLY else "ngrams"
    if _disagree(given, whole) and len(doc.body) >= _MISMATCH_CHARS:
        found.warnings.append(("language-mismatch", f"given {doc.story.language}, the text reads as {whole.language}"))


def _headline(doc: Doc, head: set[str], lead: set[str], body_language: str) -> str:
    """The headline's own language where that is clear and its words are not the body's, else the body's."""
    if len(head) < _HEADLINE_WORDS or not doc.body or len(head & lead) * 3 >= len(head):
        return body_language
    if len(head & set(doc.body[:_BODY_WORDS_CHARS].lower().split())) * 3 >= len(head):
        return body_language
    guess = identify(doc.headline)
    return guess.language if guess.confidence >= _SURE and guess.language else body_language


def _shares(doc: Doc, language: str) -> list[Share]:
    """Languages by share of the body. Two probes, middle and end; only where one differs is every paragraph read."""
    if not language:
        return []
    long = [(start, end) for start, end in doc.paragraphs if end - start >= _PART_CHARS]
    probes = [long[len(long) // 2], long[-1]] if len(long) > 1 else []
    if all(_other(doc.body[start : start + SAMPLE_CHARS], language) == language for start, end in probes):
        return [Share(language=language, share=1.0)]
    sizes: dict[str, int] = {}
    for start, end in long[:PARTS_MAX]:
        name = _other(doc.body[start : min(end, start + SAMPLE_CHARS)], language)
        sizes[name] = sizes.get(name, 0) + end - start
    total = sum(sizes.values())
    return [
        Share(language=name, share=round(size / total, 2)) for name, size in sorted(sizes.items(), key=lambda x: -x[1])
    ]


def _other(text: str, language: str) -> str:
    """The language of a paragraph; the story's unless it is surely, and not only nearly, another."""
    if language == "en" and len(_ENGLISH.intersection(text[:_PROBE_CHARS].lower().split())) >= _ENGLISH_WORDS:
        return language
    guess = identify(text)
    if guess.confidence < _SURE or not guess.language or _kin(guess.language, language):
        return language
    return guess.language


def _kin(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _KIN)


def _disagree(given: str, guess: Guess) -> bool:
    return bool(
        given
        and guess.confidence >= _SURE
        and guess.language not in (given, "")
        and given in supported()
        and not _kin(given, guess.language)
    )
