"""The script of a text (ISO 15924), and the languages that a script alone decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_BLOCKS: Final = (  # first code point, last, script: Unicode's blocks, those of letters
    (0x41, 0x5A, "Latn"), (0x61, 0x7A, "Latn"), (0xC0, 0x24F, "Latn"), (0x250, 0x2AF, "Latn"),
    (0x370, 0x3FF, "Grek"), (0x400, 0x52F, "Cyrl"), (0x531, 0x58F, "Armn"), (0x5D0, 0x5F4, "Hebr"),
    (0x620, 0x77F, "Arab"), (0x900, 0x97F, "Deva"), (0x980, 0x9FF, "Beng"), (0xA00, 0xA7F, "Guru"),
    (0xA80, 0xAFF, "Gujr"), (0xB00, 0xB7F, "Orya"), (0xB80, 0xBFF, "Taml"), (0xC00, 0xC7F, "Telu"),
    (0xC80, 0xCFF, "Knda"), (0xD00, 0xD7F, "Mlym"), (0xD80, 0xDFF, "Sinh"), (0xE00, 0xE7F, "Thai"),
    (0xE80, 0xEFF, "Laoo"), (0xF00, 0xFFF, "Tibt"), (0x1000, 0x109F, "Mymr"), (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Kore"), (0x1200, 0x139F, "Ethi"), (0x1780, 0x17FF, "Khmr"), (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"), (0x3040, 0x30FF, "Jpan"), (0x3130, 0x318F, "Kore"), (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"), (0xAC00, 0xD7AF, "Kore"), (0xF900, 0xFAFF, "Hani"), (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
)  # fmt: skip
_NAMES: Final = tuple(sorted({script for _, _, script in _BLOCKS}))
_EDGES: Final = np.array([edge for first, last, _ in _BLOCKS for edge in (first, last + 1)], dtype=np.uint32)
_KINDS: Final = np.array(
    [0, *(kind for _, _, script in _BLOCKS for kind in (_NAMES.index(script) + 1, 0))], dtype=np.intp
)

ONLY: Final[dict[str, str]] = {
    "Armn": "hy", "Beng": "bn", "Geor": "ka", "Grek": "el", "Gujr": "gu", "Guru": "pa", "Hebr": "he", "Jpan": "ja",
    "Khmr": "km", "Knda": "kn", "Kore": "ko", "Laoo": "lo", "Mlym": "ml", "Mymr": "my", "Orya": "or", "Sinh": "si",
    "Taml": "ta", "Telu": "te", "Thai": "th", "Tibt": "bo", "Hani": "zh", "Hans": "zh", "Hant": "zh",
}  # fmt: skip
"""Scripts in which the news writes one language."""

_SIMPLIFIED: Final = frozenset("这国们来说时会对发经个为关过东车马见长门问间单战医总动还进远选运钱险难")
_TRADITIONAL: Final = frozenset("這國們來說時會對發經個為關過東車馬見長門問間單戰醫總動還進遠選運錢險難")
_KANA_SHARE = 0.1  # Japanese is written in kana among kanji; a Chinese text may quote a little


def shares(text: str) -> dict[str, float]:
    """Share of the text's letters in each script, largest first; empty without letters."""
    if text.isascii():
        return {"Latn": 1.0} if any(map(str.isalpha, text[:200])) or any(map(str.isalpha, text)) else {}
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    counts: npt.NDArray[np.intp] = np.bincount(
        _KINDS[np.searchsorted(_EDGES, points, side="right")], minlength=len(_NAMES) + 1
    )
    letters = int(counts[1:].sum())
    found = {_NAMES[n]: int(c) / letters for n, c in enumerate(counts[1:]) if c}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def main_script(text: str) -> tuple[str, dict[str, float]]:
    """(the text's script, shares of scripts). Kana among Han is Japanese; Han is told apart as Hans or Hant."""
    found = shares(text)
    if not found:
        return "", found
    script = next(iter(found))
    if script in ("Hani", "Jpan"):
        script = "Jpan" if found.get("Jpan", 0.0) > _KANA_SHARE * found.get("Hani", 0.0) else _han(text)
    return script, found


def _han(text: str) -> str:
    simple = sum(c in _SIMPLIFIED and c not in _TRADITIONAL for c in text)
    traditional = sum(c in _TRADITIONAL and c not in _SIMPLIFIED for c in text)
    return "Hani" if simple == traditional else "Hans" if simple > traditional else "Hant"
