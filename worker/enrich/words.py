"""Words as keywords and topics see them: a key that puts forms of a word together, and where phrases break."""

from __future__ import annotations

import functools
import importlib.resources
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from worker.enrich.stopwords import STOP_WORDS

if TYPE_CHECKING:
    import numpy.typing as npt

_RARITY_MAX: Final = 7.5  # beyond, chance decides
RARITY_OTHER: Final = 4.0  # where no frequencies are known
COUNTED_WORDS: Final = 500
FORM_CHARS_MAX: Final = 60  # a longer written form is no word, and is not remembered
MEMO_MAX: Final = 100_000  # written forms remembered; then the memory starts afresh
_STRIP: Final = "\"'“”‘’«»„‚‹›()[]{}<>.,;:!?…*/|•·—–-=_+&%$€£#@~`^"
_OPENING: Final = frozenset('"“‘«„‚‹([{<*•—–')
_INSIDE: Final = frozenset("0123456789@/\\_+=<>{}[]#&")


class Word(NamedTuple):
    """One written form. `key` is "" for what is no content word: a function word, a number, an address."""

    key: str
    text: str  # as written, without the punctuation around it and a possessive
    opens: bool  # a phrase cannot reach over its beginning
    closes: bool  # … or its end
    rarity: float = RARITY_OTHER  # inverse document frequency in the news, English; else the same for all
    row: int = -1  # of `Vocabulary.topics`


_NO_WORD: Final = Word("", "", opens=True, closes=True)


class _Memo(dict[str, Word]):
    """Written form -> Word, made once a form."""

    def __init__(self, language: str) -> None:
        self.stop = STOP_WORDS.get(language) or _more_stop_words().get(language, frozenset())
        self.english = language == "en"

    def __missing__(self, raw: str) -> Word:
        if len(raw) > FORM_CHARS_MAX:
            return _NO_WORD
        if len(self) >= MEMO_MAX:
            self.clear()
        word = self[raw] = _word(raw, self.stop, english=self.english)
        return word


@functools.cache
def _more_stop_words() -> dict[str, frozenset[str]]:
    """Words of most stories of a language: `deploy/models/train_stopwords.py`."""
    lines = (importlib.resources.files("worker.enrich") / "data" / "stopwords.txt").read_text("utf-8").splitlines()
    return {language: frozenset(rest) for language, *rest in map(str.split, lines)}


@functools.cache
def memo(language: str) -> _Memo:
    return _Memo(language)


def words(text: str, language: str) -> list[Word]:
    """The words of a text in order."""
    known = memo(language)
    return [known[raw] for raw in text.split()]


class Tally(NamedTuple):
    """A text's words, those of its first `COUNTED_WORDS` counted: what a story is about stands before.

    Shared by the extractors of one story: `tally` remembers the last texts.
    """

    tokens: list[str]  # all written forms in order
    forms: list[tuple[str, str, int]]  # (key, written form, how often) of each content word
    counts: dict[str, int]  # key -> how often
    known: dict[str, Word]  # key -> a form of it


@functools.lru_cache(maxsize=2)
def tally(text: str, language: str) -> Tally:
    known = memo(language)
    tokens = text.split()
    counts: dict[str, int] = {}
    words_of: dict[str, Word] = {}
    forms = []
    for raw, count in Counter(tokens[:COUNTED_WORDS]).items():
        word = known[raw]
        key = word[0]
        if key:
            if key in counts:
                counts[key] += count
            else:
                counts[key] = count
                words_of[key] = word
            forms.append((key, raw, count))
    return Tally(tokens, forms, counts, words_of)


def _word(raw: str, stop: frozenset[str], *, english: bool) -> Word:
    text = raw.strip(_STRIP)
    opens = raw[:1] in _OPENING
    closes = not text or (raw[-1:] in _STRIP and raw[-1:] not in "-'’") or raw.endswith(("—", "–"))
    if text.endswith(("'s", "’s")):
        text, closes = text[:-2], True
    lower = text.lower()
    if (
        len(lower) < 2
        or lower in stop
        or not any(map(str.isalpha, lower))
        or len(lower) > 30
        or not _INSIDE.isdisjoint(lower)
    ):
        return Word("", text, opens, closes)
    if not english:
        return Word(lower, text, opens, closes)
    key, known = stem(lower), vocabulary()
    key = raw if key == raw else key  # one object for both: what is looked up often should lie together
    return Word(key, text, opens, closes, known.rarity.get(key, _RARITY_MAX), known.row.get(key, -1))


def stem(word: str) -> str:
    """The English singular, roughly: what only has to agree with itself."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


class Vocabulary(NamedTuple):
    """What `deploy/models/train_words.py` learned of English words."""

    row: dict[str, int]  # of `topics`
    rarity: dict[str, float]  # inverse document frequency
    topics: npt.NDArray[np.int8]  # weight for each topic, in units of `scale`
    scale: float
    bias: npt.NDArray[np.float32]
    codes: tuple[str, ...]


@functools.cache
def vocabulary() -> Vocabulary:
    file = importlib.resources.files("worker.enrich") / "data" / "words_en.npz"
    with file.open("rb") as stream, np.load(stream) as data:
        keys = str(data["keys"]).split(" ")
        levels = np.minimum(np.arange(256) / 20, _RARITY_MAX).tolist()  # few numbers shared by many words
        return Vocabulary(
            {key: n for n, key in enumerate(keys)},
            {key: levels[level] for key, level in zip(keys, data["rarity"].tolist(), strict=True)},
            data["topics"],
            float(data["scale"]),
            data["bias"].astype(np.float32),
            tuple(map(str, data["codes"])),
        )
