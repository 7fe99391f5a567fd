"""Where extractors begin to look: the one pass finds what plain searches would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.enrich.anchors import CALLED_STEMS, LINK_STEMS, anchors
from worker.enrich.dates_patterns import stems
from worker.enrich.dates_tables import WORDS
from worker.enrich.needles import Needles, codes, number_starts

PIECES = st.sampled_from(
    [
        *stems("en"),
        *stems("fr"),
        *CALLED_STEMS,
        *LINK_STEMS,
        "kill",
        "7",
        "2005",
        " ",
        "\n",
        "é",
        "ł",
        "日",
        "\ud800",
        "x",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join)


def searched(text: str, stems_: tuple[str, ...]) -> set[int]:
    return {m.start() for stem in stems_ for m in re.finditer(f"(?={re.escape(stem)})", text)}


@given(TEXTS, st.sampled_from(sorted(WORDS)))
def test_every_stem_is_found_where_it_stands_and_nowhere_else(text: str, language: str) -> None:
    found = anchors(text, language)
    assert set(found.dates) == searched(text, stems(language))
    assert set(found.called) == searched(text, CALLED_STEMS)
    assert set(found.links) == searched(text, LINK_STEMS)
    assert found.dates == sorted(found.dates)


@given(TEXTS)
def test_numbers_begin_where_ascii_digits_do(text: str) -> None:
    assert number_starts(codes(text)) == [m.start() for m in re.finditer(r"[0-9]+", text)]


@given(TEXTS)
def test_words_stand_at_their_places(text: str) -> None:
    words = anchors(text, "en").words
    assert len(words) == len(text)
    for word in re.finditer(r"(?a:\w+)", text):
        assert words[word.start() : word.end()] == word[0].encode()


def test_groups_are_kept_apart_and_short_stems_are_found() -> None:
    needles = Needles(("an", "jour"), ("journal",))
    text = "un an, un jour, un journal"
    assert needles.find(text, codes(text)) == ([3, 10, 19], [19])


@pytest.mark.parametrize("text", ["", "7", "ab", "été"])
def test_a_text_shorter_than_a_stem_is_no_trouble(text: str) -> None:
    assert anchors(text, "fr").numbers == ([0] if text == "7" else [])
