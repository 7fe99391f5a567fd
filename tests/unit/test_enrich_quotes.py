"""Quotes: words, kind and speaker."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.enrich.doc import Doc, Found, Name, Span
from worker.enrich.quotes import extract
from worker.story import Story


def quotes(body: str, people: tuple[str, ...] = (), roles: dict[str, list[str]] | None = None, language: str = "en"):
    names = [
        Name(
            kind="person",
            label=full,
            roles=(roles or {}).get(full, []),
            spans=[
                Span(at, at + len(form), 1.0)
                for form in (full, full.split()[-1])
                for at in range(len(body))
                if body.startswith(form, at) and (form == full or not body.startswith(full, at - len(full) + len(form)))
            ],
        )
        for full in people
    ]
    paragraphs, at = [], 0
    for part in body.split("\n\n"):
        paragraphs.append((at, at + len(part)))
        at += len(part) + 2
    doc = Doc(story=Story(uri="x"), headline="", body=body, paragraphs=tuple(paragraphs), when=None)
    found = Found(language=language, names=names)
    extract(doc, found)
    assert all(body[q.start : q.end] == q.text for q in found.quotes)
    return [(q.type, q.text, q.speaker.name if q.speaker else None) for q in found.quotes]


def test_a_direct_quote_before_its_speaker():
    assert quotes('"The bridge is safe again," Mayor Ida Brandt said.', ("Ida Brandt",)) == [
        ("direct", "The bridge is safe again", "Ida Brandt")
    ]


def test_a_direct_quote_with_the_verb_first():
    assert quotes("“The bridge is safe again,” said Ida Brandt, who has run the town since May.", ("Ida Brandt",)) == [
        ("direct", "The bridge is safe again", "Ida Brandt")
    ]


def test_a_quote_that_goes_on_after_its_verb_has_the_same_speaker():
    found = quotes('"The bridge is safe," Ida Brandt said. "Nobody has to swim any more."', ("Ida Brandt",))
    assert found == [
        ("direct", "The bridge is safe", "Ida Brandt"),
        ("direct", "Nobody has to swim any more.", "Ida Brandt"),
    ]


def test_a_quote_continued_over_paragraphs_has_the_same_speaker():
    body = '"The bridge is safe," Ida Brandt said. "We will open it on Friday.\n\n"Nobody has to swim any more."'
    assert [(words, speaker) for _, words, speaker in quotes(body, ("Ida Brandt",))] == [
        ("The bridge is safe", "Ida Brandt"),
        ("We will open it on Friday.", "Ida Brandt"),
        ("Nobody has to swim any more.", "Ida Brandt"),
    ]


def test_indirect_speech():
    assert quotes("Ida Brandt said that the old bridge would open again in spring.", ("Ida Brandt",)) == [
        ("indirect", "the old bridge would open again in spring", "Ida Brandt")
    ]


def test_words_quoted_within_indirect_speech_are_partial():
    found = quotes('Ida Brandt said the repair was "a small miracle of planning" and cheap.', ("Ida Brandt",))
    assert ("partial", "a small miracle of planning", "Ida Brandt") in found


def test_according_to():
    body = "The bridge will open again in spring, according to Ida Brandt."
    assert quotes(body, ("Ida Brandt",)) == [("indirect", "The bridge will open again in spring", "Ida Brandt")]


def test_a_pronoun_is_who_spoke_before():
    body = '"The bridge is safe," Ida Brandt said.\n\nThe repair had cost little, she added.'
    assert quotes(body, ("Ida Brandt",))[1][2] == "Ida Brandt"


def test_a_role_is_who_has_it():
    body = "The mayor said the bridge was safe again.\n\nIda Brandt has run the town for years. Tom Rehn keeps an inn."
    assert quotes(body, ("Ida Brandt", "Tom Rehn"), {"Ida Brandt": ["mayor of Wieden"]})[0][2] == "Ida Brandt"


def test_an_unknown_role_stays_open():
    assert (
        quotes("A spokesman said the bridge was safe again.", ("Ida Brandt",), {"Ida Brandt": ["mayor"]})[0][2] is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "Her claims were dismissed by the board.",
        "Ida Brandt used three notes of music from an old song in the hall.",
        "The machine turns colours into musical notes so that she can read maps.",
        "The bridge was called to order by a bell.",
        "They read “War and Sand” in school.",
    ],
)
def test_no_quote(text):
    assert [q for q in quotes(text) if q[0] != "partial"] == []


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("de", "„Die Brücke ist wieder sicher“, sagte Ida Brandt.", "Ida Brandt"),
        ("fr", "« Le pont est de nouveau sûr », a déclaré Ida Brandt.", "Ida Brandt"),
        ("es", "«El puente vuelve a ser seguro», dijo Ida Brandt.", "Ida Brandt"),
        ("nl", "“De brug is weer veilig”, zei Ida Brandt.", "Ida Brandt"),
    ],
)
def test_marks_of_other_languages(language, text, speaker):
    [(kind, words, said)] = quotes(text, language=language)
    assert (kind, said) == ("direct", speaker)
    assert not words.startswith(("„", "«", "“"))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                '"',
                "“",
                "”",
                "‘",
                "’",
                "''",
                "said",
                " he ",
                "Ida Brandt ",
                ", ",
                ". ",
                "that it rained ",
                "according to ",
                "told ",
                "\n\n",
                "saying ",
            ]
        ),
        max_size=24,
    )
)
def test_any_text_gives_spans_of_itself(parts):
    quotes("".join(parts), ("Ida Brandt",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor of Ulm, Ida Brandt, said the two towns had reached an agreement.", "the two towns had reached"),
        (
            "Ida Brandt, who was elected in May, said the two towns had reached an agreement.",
            "the two towns had reached",
        ),
        ("Ida Brandt, 45, said Turkey would pay.", "Turkey would pay"),
        ("The bridge is safe, said the mayor, Ida Brandt.", "The bridge is safe"),
    ],
)
def test_a_name_with_an_apposition_is_the_speaker_and_not_what_was_said(text, words):
    [(_, said, speaker)] = quotes(text, ("Ida Brandt",))
    assert said.startswith(words)
    assert speaker == "Ida Brandt"


@pytest.mark.parametrize(
    "text",
    [
        'Ida Brandt, who celebrated her first year in office on Sunday, said "The bridge is safe again", and left.',
        'Ida Brandt said "The bridge is safe again", referring to the works of May.',
    ],
)
def test_a_quotation_behind_its_verb_is_told_once(text):
    assert quotes(text, ("Ida Brandt",)) == [("direct", "The bridge is safe again", "Ida Brandt")]
