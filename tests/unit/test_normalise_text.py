"""Characters, paragraphs and HTML: what a reader sees is mended, what a page shows is safe, and both agree."""

from __future__ import annotations

import re

import hypothesis
import pytest
from hypothesis import strategies as st
from normalise_kit import headline, html, plain, told

from worker.normalise import blocks, text
from worker.normalise.html import read_html


@pytest.mark.parametrize(
    ("given", "mended", "done"),
    [
        ("The\xa0dam\u2009holds", "The dam holds", ["nbsp"]),
        ("The fer\xadry\u200b", "The ferry", ["invisible"]),
        ("Dam &amp; mill &#8211; caf&eacute;", "Dam & mill – café", ["entities"]),
        ("The\x00 dam\x07", "The dam", ["controls"]),
        ("\x93Dam\x94 holds", "“Dam” holds", ["c1-controls"]),
        ("Dam\ud800 holds", "Dam\ufffd holds", ["surrogates"]),
        ("cafÃ© au lait", "café au lait", ["mojibake"]),
        ("cafe\u0301", "café", ["nfc"]),
        ("R&D; AT&T; a & b", "R&D; AT&T; a & b", []),
        ("The dam holds.", "The dam holds.", []),
    ],
)
def test_characters_are_mended_and_it_is_said(given, mended, done):
    said: list[str] = []
    assert text.repair(given, said) == mended
    assert said == done


def test_hard_wraps_are_undone_and_lists_are_not():
    wrapped = (
        "The dam at Port Acme, which was built long before the war and has\n"
        "been mended often, held on Monday, although the river rose by some\n"
        "three metres overnight.\n\n"
        "Nothing moved in the town below it, the mayor said when she came to\n"
        "the bridge at noon.\n\n"
        "Ann 12\nJo 11\nSam 9"
    )
    story = told(wrapped, "Head")
    first, second, table = plain(story).split("\n\n")
    assert "\n" not in first + second
    assert first.endswith("three metres overnight.")
    assert table == "Ann 12\nJo 11\nSam 9"
    assert "unwrapped" in story["wire"]["transformations"]


def test_one_line_that_was_not_wrapped_does_not_keep_the_others_from_being_joined():
    paragraph = (
        "The old dam at Port Acme held on Monday, said the\n"
        "mayor, who had come down to the bridge at noon and\n"
        "stayed there with her staff until it was dark, and\n"
        "nobody had to leave the town."
    )
    long = "Copies of the report of the engineers are to be had in the town hall from Tuesday to Friday."
    told_of = plain(told("\n\n".join([paragraph] * 3 + [long]), "Head"))
    assert "\n" not in told_of.replace("\n\n", "")


def test_long_lines_are_paragraphs():
    line = (
        "The dam at Port Acme held on Monday, the mayor said, and nobody in the town below it had to leave the "
        "house that night. " * 2
    )
    assert len(plain(told("\n".join([line.strip()] * 3), "Head")).split("\n\n")) == 3


def test_a_table_is_tabs_in_plain_text_and_a_table_on_a_page():
    story = told("Team\tPoints\nAcme\t12\nMill\t9", "Head", body_kind="preformatted")
    assert plain(story) == "Team\tPoints\nAcme\t12\nMill\t9"
    assert html(story).startswith("<table><tbody><tr><td>Team</td><td>Points</td></tr>")
    page = "<p>Before.</p><table><tr><th>Team</th><td>12</td></tr></table><p>After.</p>"
    story = told(page, "Head", body_kind="html")
    assert plain(story) == "Before.\n\nTeam\t12\n\nAfter."
    assert "<th>Team</th><td>12</td>" in html(story)


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "<iframe src=//x></iframe>",
        '<p onclick="alert(1)" style="position:fixed">x</p>',
        "<svg><script>alert(1)</script></svg>",
        "<object data=x></object>",
        "<form action=x><input></form>",
        '<a href="data:text/html,x">x</a>',
        "<style>p{}</style>",
        "<math><mtext></math>",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
        '<a href="//evil.example/x">x</a>',
    ],
)
def test_a_page_can_show_it(bad):
    """Nothing that acts survives."""
    shown = html(told(f"<p>The dam holds.</p>{bad}<p>It is well.</p>", "Head", body_kind="html")).lower()
    for danger in (
        "<script",
        "onerror",
        "onclick",
        "javascript:",
        "<iframe",
        "<svg",
        "<object",
        "<form",
        "data:",
        "<style",
        "style=",
        "evil",
    ):
        assert danger not in shown


def test_what_a_reader_of_html_needs_survives():
    page = '<h1>A head</h1><p>One <b>bold</b> <a href="https://example.com/?a=1&amp;b=2">link</a>.<br>Two.</p><ul><li>x</li><li>y</li></ul>'
    story = told(page, "Head", body_kind="html")
    assert plain(story) == "A head\n\nOne bold link.\nTwo.\n\nx\n\ny"
    assert html(story) == (
        '<h2>A head</h2><p>One <b>bold</b> <a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer">'
        "link</a>.<br>Two.</p>"
        "<ul><li>x</li><li>y</li></ul>"
    )
    assert story["wire"]["links"] == [{"url": "https://example.com/?a=1&b=2", "text": "link"}]


def test_a_dateline_in_bold_is_cut_out_of_the_html_too():
    page = "<p><b>PORT ACME</b> (AP) — The <i>dam</i> holds.</p><p>Well. (AP)</p>"
    story = told(page, "Head", body_kind="html")
    assert plain(story) == "The dam holds.\n\nWell."
    assert html(story) == "<p>The <i>dam</i> holds.</p><p>Well.</p>"


_MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<br>",
            "<ul>",
            "<li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<pre>",
            "</pre>",
            "<i>",
            "</i>",
            "<figure>",
            "<figcaption>",
            "</figure>",
            "<a href='http://x.example'>",
            "</a>",
            "<hr>",
            "&amp;",
            "&lt;",
            "&nbsp;",
            "dam",
            " ",
            "\n",
            "(AP)",
            "é",
            "<",
            "<blockquote>",
            "</blockquote>",
            "<dl><dt>",
            "<th>",
            "<caption>",
            "<div>",
            "</div>",
            "<h3>",
            "</h3>",
            "<sub>x</sub>",
        ]
    ),
    max_size=40,
).map("".join)


@hypothesis.settings(max_examples=150, deadline=None)
@hypothesis.given(_MARKUP)
def test_plain_text_and_html_never_disagree(page):
    """Whatever the markup, the text of the HTML body is the plain body, and reading it again changes nothing."""
    read = read_html(page).blocks
    written = blocks.to_html(read)
    again = read_html(written).blocks
    squeezed = lambda bs: re.sub(r"\s+", "", "".join(b.text for b in bs))  # noqa: E731
    assert squeezed(again) == squeezed(read)


@hypothesis.settings(max_examples=150, deadline=None)
@hypothesis.given(_MARKUP, st.integers(0, 12), st.integers(0, 12))
def test_cutting_takes_the_same_from_both(page, front, back):
    for block in read_html(page).blocks:
        if not block.plain:
            continue
        wanted = block.text[front:].lstrip() if front < len(block.text) else ""
        block.cut_front(min(front, len(block.text)))
        assert block.text == wanted
        block.cut_back(min(back, len(block.text)))
        if block.inline is not None:
            shown = "".join(b.text for b in read_html(f"<p>{block.inline}</p>").blocks)
            assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", block.text)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("The dam at Port Acme holds. Nothing moved.", "The dam at Port Acme holds."),
        (
            "Lt. Gen. Ann Example of the U.S. Army spoke to Mr. Sample. He listened.",
            "Lt. Gen. Ann Example of the U.S. Army spoke to Mr. Sample.",
        ),
        ("word " * 60, ("word " * 20).strip()),
        (
            "水坝屹立不倒,市长在周一这样对记者们说道,她还表示无人受伤。之后她离开了。",
            "水坝屹立不倒,市长在周一这样对记者们说道,她还表示无人受伤。",
        ),
    ],
)
def test_a_story_without_a_headline_gets_its_first_sentence(body, wanted):
    story = told(f"<p>{body}</p>", body_kind="html")
    assert headline(story) == wanted
    assert "headline-derived" in story["wire"]["transformations"]
    assert plain(story) == body.strip()


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unclosed", ["<p>x", "<li>x", "<dd>x", "<ul><li>x", "<table><tr><td>x", "<div>x", "<b>x", "<blockquote>x"]
)
def test_unclosed_markup_is_read_in_linear_time_and_loses_no_word(unclosed):
    """Thousands of unclosed elements, as old pages have them, keep their paragraphs; depth without end is flattened."""
    read = read_html(unclosed * 5_000).blocks
    assert "".join(b.text for b in read).count("x") == 5_000
    if unclosed in ("<p>x", "<li>x", "<dd>x"):
        assert len(read) == 5_000


def test_a_space_that_may_not_break_beside_a_space_is_none_of_its_own():
    story = told("<p>The <i>dam</i> holds &nbsp;well.</p>", "Head", body_kind="html")
    assert plain(story) == "The dam holds well."
    assert "<i>dam</i>" in html(story)
