"""Words as keywords and topics see them: a key that puts forms of a word together, and where phrases break.

Every written form has a number, found by one look-up a word; what a form is stands in columns by that number, so that
the words of a story are counted, weighed and compared as arrays.
"""

from __future__ import annotations

import functools
import importlib.resources
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from worker.enrich.quotes_words import FORMS
from worker.enrich.stopwords import STOP_WORDS
from worker.enrich.together import Remembered

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

_RARITY_MAX: Final = 7.5  # beyond, chance decides
RARITY_OTHER: Final = 4.0  # where no frequencies are known
COUNTED_WORDS: Final = 500
LEAD_WORDS: Final = 60
FORM_CHARS_MAX: Final = 60  # a longer written form is no word, and is not remembered
MEMO_MAX: Final = 100_000  # written forms remembered; then the memory starts afresh
_STRIP: Final = "\"'“”‘’«»„‚‹›()[]{}<>.,;:!?…*/|•·—–-=_+&%$€£#@~`^"
_OPENING: Final = frozenset('"“‘«„‚‹([{<*•—–')
_INSIDE: Final = frozenset("0123456789@/\\_+=<>{}[]#&")

# A form's code. Its bits from the lowest: whether a phrase cannot reach over the word's end, or over its beginning;
# whether it can attribute a quote; in a tally, whether it stands in the lead, or in the title. Then the form's number,
# and from bit `KEY` on the key's. Below 0: no content word, but a function word, a number, an address.
CLOSES: Final = 1
OPENS: Final = 2
CUE: Final = 4
LEAD: Final = 8
TITLE: Final = 16
FORM: Final = 5
KEY: Final = 32
_NO_WORD: Final = -1 << FORM


class Lexicon(dict[str, int]):
    """Written form -> its code, made when it is first met."""

    def __init__(self, language: str) -> None:
        super().__init__()
        known = vocabulary() if language == "en" else _NO_VOCABULARY
        self.text: list[str] = []  # by the form's number: as written, without the punctuation around it
        self.key: list[str] = list(known.row)  # by the key's number: of known ones their row
        self.rarity = known.rarity  # by the key's number, the last one that of all others
        self._stop = STOP_WORDS.get(language) or _more_stop_words().get(language, frozenset())
        self._english = language == "en"
        self._known = known.row
        self._met: dict[str, int] = {}

    def __missing__(self, raw: str) -> int:
        if len(raw) > FORM_CHARS_MAX:
            return _NO_WORD
        key, text, flags = _read(raw, self._stop, english=self._english)
        if key:
            code = self._number(key) << KEY | len(self.text) << FORM | flags
            self.text.append(text)
        else:
            code = _NO_WORD | flags
        self[raw] = code
        return code

    def _number(self, key: str) -> int:
        number = self._known.get(key)
        if number is None:
            number = self._met.setdefault(key, len(self.key))
            if number == len(self.key):
                self.key.append(key)
        return number

    def codes(self, tokens: list[str]) -> Ints:
        return np.fromiter(map(self.__getitem__, tokens), np.int64, len(tokens))


@functools.cache
def _more_stop_words() -> dict[str, frozenset[str]]:
    """Words of most stories of a language: `deploy/models/train_stopwords.py`."""
    lines = (importlib.resources.files("worker.enrich") / "data" / "stopwords.txt").read_text("utf-8").splitlines()
    return {language: frozenset(rest) for language, *rest in map(str.split, lines)}


_lexicons: Final[dict[str, Lexicon]] = {}


def lexicon(language: str) -> Lexicon:
    """The written forms of a language met so far. What was counted with them keeps them when the memory is full."""
    known = _lexicons.get(language)
    if known is None or len(known) > MEMO_MAX:
        known = _lexicons[language] = Lexicon(language)
    return known


def keys(text: str, language: str) -> list[str]:
    """The keys of a text's content words in order."""
    known = lexicon(language)
    return [known.key[known[raw] >> KEY] for raw in text.split() if known[raw] >= 0]


class Tally(NamedTuple):
    """The words of a text and its title; of a long text the first are counted: what a story is about stands before."""

    lexicon: Lexicon
    tokens: list[str]  # all written forms of the text in order
    codes: Ints  # of the first `COUNTED_WORDS`
    content: Ints  # codes of the content words, those of one key side by side
    key: Ints  # each key once
    at: Ints  # where its words begin in `content`
    times: Ints  # how often it stands in the text
    titled: Ints  # … in the title


_last: Final[Remembered[tuple[str, Tally]]] = Remembered()


def tally(text: str, language: str, title: str | None = None) -> Tally:
    """The last ones are remembered, for they are shared by the extractors; `None` takes one with any title."""
    known = _last.get(text, language)
    if known is None or title not in (None, known[0]):
        known = _last.make(text, language, lambda: (title or "", _tally(text, language, title or "")))
    return known[1]


def _tally(text: str, language: str, title: str) -> Tally:
    known, tokens = lexicon(language), text.split()
    words = title.split()[:COUNTED_WORDS]
    begin = len(words)
    codes = known.codes(words + tokens[:COUNTED_WORDS])
    codes[:begin] |= TITLE
    codes[begin : begin + LEAD_WORDS] |= LEAD
    content = codes[codes >= 0]
    content.sort()
    key = content >> KEY
    at, times = runs(key)
    titled = np.add.reduceat((content & TITLE) >> TITLE.bit_length() - 1, at) if len(at) else at
    return Tally(known, tokens, codes[begin:], content, key[at], at, times - titled, titled)


def runs(ordered: Ints) -> tuple[Ints, Ints]:
    """(where each value begins, how often it stands there) of values in order."""
    size = len(ordered)
    begins = np.empty(size, np.bool_)
    begins[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    at = begins.nonzero()[0]
    ends = np.empty_like(at)
    ends[:-1] = at[1:]
    ends[-1:] = size
    return at, ends - at


def _read(raw: str, stop: frozenset[str], *, english: bool) -> tuple[str, str, int]:
    """(key, text, flags) of a written form; the key is "" for what is no content word."""
    text = raw.strip(_STRIP)
    opens = raw[:1] in _OPENING
    closes = not text or (raw[-1:] in _STRIP and raw[-1:] not in "-'’") or raw.endswith(("—", "–"))
    if text.endswith(("'s", "’s")):
        text, closes = text[:-2], True
    flags = CLOSES * closes | OPENS * opens | CUE * (raw in FORMS)
    lower = text.lower()
    if (
        len(lower) < 2
        or lower in stop
        or not any(map(str.isalpha, lower))
        or len(lower) > 30
        or not _INSIDE.isdisjoint(lower)
    ):
        return "", text, flags
    return stem(lower) if english else lower, text, flags


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

    row: dict[str, int]  # of `rarity` and `topics`
    rarity: npt.NDArray[np.float64]  # inverse document frequency; the last is that of all other words
    topics: npt.NDArray[np.int8]  # weight for each topic, in units of `scale`
    scale: float
    bias: npt.NDArray[np.float32]
    codes: tuple[str, ...]


_NO_VOCABULARY: Final = Vocabulary(
    {}, np.array([RARITY_OTHER]), np.empty((0, 0), np.int8), 1.0, np.empty(0, np.float32), ()
)


@functools.cache
def vocabulary() -> Vocabulary:
    file = importlib.resources.files("worker.enrich") / "data" / "words_en.npz"
    with file.open("rb") as stream, np.load(stream) as data:
        keys = str(data["keys"]).split(" ")
        return Vocabulary(
            {key: n for n, key in enumerate(keys)},
            np.append(np.minimum(data["rarity"] / 20, _RARITY_MAX), _RARITY_MAX),
            np.ascontiguousarray(data["topics"]),  # a word's weights lie together
            float(data["scale"]),
            data["bias"].astype(np.float32),
            tuple(map(str, data["codes"])),
        )
