"""What is usual is done in a shorter way: the long way says the same."""

from __future__ import annotations

import sys
import unicodedata

import hypothesis
import pytest
from hypothesis import strategies as st
from normalise_kit import signals, told

from worker.normalise import blocks, dates, html, identity, text
from worker.normalise.signals import keyword_signals, marks

PIECES = [
    "Dam",
    "é",
    "“",
    " ",
    "  ",
    "\n",
    "\t",
    "\r\n",
    "\xa0",
    "\u2003",
    "\u3000",
    "\x1c",
    "\x85",
    "댐",
    "e\u0301",
    "Ã",
    "©",
    "x",
]
pieces = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def test_characters_that_are_passed_over_change_in_no_company():
    passed = [c for c in map(chr, range(sys.maxunicode + 1)) if text._COMPOSED.fullmatch(c)]
    assert len(passed) > 800
    for one in passed:
        for before in ("", "e", "A", " ", "¨"):
            assert unicodedata.normalize("NFC", before + one) == before + one


@hypothesis.given(pieces)
def test_words_are_what_white_space_parts(given):
    assert text.words(given) == len(given.split())
    assert identity._without_space(given) == "".join(given.split()).encode()


@hypothesis.given(pieces)
def test_a_line_is_repaired_and_squeezed(given):
    said: list[str] = []
    again: list[str] = []
    assert text.line(given, said) == " ".join(text.repair(given, again).split())
    assert said == again


TAGS = ["<p>", "</p>", "<p>", "</p>", "<section>", "</section>", "<br>", "<p class='x'>", "&amp;", ">", "<b>", "</b>"]
plain_html = st.lists(st.lists(st.sampled_from([*PIECES, *TAGS]), max_size=5).map("".join), max_size=4).map(
    lambda texts: "\n".join(f"<p>{one}</p>" for one in texts)
)


@hypothesis.given(plain_html, st.sampled_from(["", "section", "div", "body", "p"]))
def test_bare_paragraphs_read_as_a_parser_reads_them(given, around):
    value = f"<{around}>{given}</{around}>" if around else given
    short = html.read_html(value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "from_paragraphs", lambda _: None)
        long = html.read_html(value)
    assert [b.text for b in short.blocks] == [b.text for b in long.blocks]
    assert blocks.to_html(short.blocks) == blocks.to_html(long.blocks)


@hypothesis.given(st.lists(st.sampled_from(["The dam holds.", "a < b & c", "two\nlines", "“dam”"]), max_size=4))
def test_paragraphs_together_are_written_as_one_by_one(texts):
    made = [blocks.Block(one) for one in texts]
    assert blocks.to_html(made) == "".join(blocks.to_html([block]) for block in made)


@pytest.mark.parametrize(
    "given",
    [
        "2024-05-02T08:00:00Z",
        "2024-05-02T08:00:00.123Z",
        "2024-05-02T08:00Z",
        "2024-05-02T08:00:00+02:00",
        "2024-05-02T08:00:00-14:30",
        "2024-05-02T08:00:00+15:00",
        "2024-05-02T08:00:00+23:00",
        "2024-05-02T08:00:60Z",
        "2024-05-02T24:00:00Z",
        "2024-02-30T08:00:00Z",
        "1024-02-03T08:00:00Z",
        "2024-05-02T08:00:00",
        "2024-W10-1T08:00:00Z",
    ],
)
def test_a_usual_instant_is_what_its_shape_reads(given):
    assert dates.read(given) == dates.read(f" {given}")  # with a space before it, it is not usual


@pytest.mark.parametrize(
    "marker",
    ["KILL KILL", "MANDATORY KILL:", "KILL:", "STORY WITHDRAWN -", "WITHDRAWN:", "HOLD HOLD HOLD", "WITHHOLD:",
     "RÜCKZUG:", "ANNULATION -", "ANULADA:", "ANULACIÓN:", "INTREKKING:", "ELIMINACIÓN:", "SUPPRESSION:",
     "CORRECTED-KILL:"],
)  # fmt: skip
def test_a_text_that_begins_with_a_marker_in_capitals_is_taken_back(marker):
    line = f"{marker} DAM AT PORT ACME"
    wanted = set(marks(line).signals) & {"kill", "withdrawal", "hold"}
    assert wanted
    assert wanted <= signals(told(f"{line}\n\nThe dam held.", "Dam"))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("BC-XX--Dam, 2nd Ld-Writethru", "update"),
        ("Dam Writethru", "update"),
        ("2ND NET Dam", "update"),
        ("Dam 3RD LEAD", "update"),
        ("Dam (KILL", "kill"),
        ("Dam,Withdrawn", "withdrawal"),
        ("Dam, HFR", "embargo"),
        ("BC-APNewsAlert", "alert"),
        ("REPEAT Dam", "repeat"),
    ],
)
def test_a_keyword_line_is_looked_at_where_it_can_say_something(line, wanted):
    assert wanted in keyword_signals(line).signals
    assert keyword_signals("BC-Dam 2nd Add").take == 3
