"""Text read chunk by chunk gives the tokens that reading it in one gives, whatever was read before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.enrich import vocabulary
from worker.enrich.context import neighbours, read_context
from worker.enrich.tokens import offsets, tokenize
from worker.enrich.vocabulary import END, PAD, START, Entry, Vocabulary

PIECES = [
    "J.",
    "J",
    "Smith",
    "smith",
    "U.S.",
    "Co.",
    "said",
    "’s",
    "'s",
    "“",
    "”",
    ".",
    ",",
    "-",
    "Lumpur-based",
    "3.5",
    "É",
]
TEXTS = st.lists(st.sampled_from([*PIECES, " ", " ", " ", "  ", "\n\n", "\n", "\t", "\xa0", "\0", "\x1f"])).map("".join)


def fresh() -> Vocabulary:
    return Vocabulary(lambda word: None, lambda entry: None)


SHARED = fresh()


def tokens(known: Vocabulary, text: str) -> list[tuple[str, int]]:
    reading = known.read(text)
    return [
        (known.words[n], end) for n, end in zip(reading.numbers.tolist(), reading.ends().tolist(), strict=True) if n
    ]


def whole(text: str) -> list[tuple[str, int]]:
    found = tokenize(text)
    return [(t.strip(), end) for t, end in zip(found, offsets(found).tolist(), strict=True) if t.strip()]


@given(TEXTS)
def test_chunks_give_the_tokens_of_the_text(text):
    assert tokens(SHARED, text) == whole(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ask J. Smith.", ["Ask", "J.", "Smith", "."]),
        ("It was Plan B. or none.", ["It", "was", "Plan", "B", ".", "or", "none", "."]),
        ("It was Plan B.  Then it ended.", ["It", "was", "Plan", "B", ".", "Then", "it", "ended", "."]),
        ("Ask\tJ.\xa0Smith   now", ["Ask", "J.", "Smith", "now"]),
    ],
)
def test_an_initial_needs_a_capital_after_one_blank(text, wanted):
    assert [word for word, _ in tokens(SHARED, text)] == wanted


def test_a_line_break_is_two_pads_however_it_is_written():
    for text in ("One.\n\nTwo", "One.\nTwo", "One. \n\n Two", "One.\n \n\nTwo"):
        reading = SHARED.read(text)
        assert (reading.numbers == PAD).tolist() == [True, True, False, False, True, True, False, True, True]


def test_what_is_remembered_is_bounded_and_does_not_matter(monkeypatch):
    monkeypatch.setattr(vocabulary, "CHUNKS_MAX", 5)
    monkeypatch.setattr(vocabulary, "WORDS_MAX", 12)
    known = fresh()
    for number in range(30):
        known.make_room()
        text = f"Word{number} and word{number}. Then (J. Doe) said “no{number % 3}”."
        assert tokens(known, text) == whole(text)
        assert len(known.words) < 40


def test_neighbours_stop_at_the_ends_of_a_sentence():
    words: dict[int, str] = {}

    def note(entry: Entry) -> None:
        words[entry.number] = entry.word

    known = Vocabulary(lambda word: None, note)
    context = read_context(known, known.read("He left. “Why?” she asked.\n\nNobody knew"))
    before, after, _, after2 = neighbours(context)
    real = [words[n] for n in context.numbers.tolist() if n != PAD]
    assert real == ["He", "left", ".", "“", "Why", "?", "”", "she", "asked", ".", "Nobody", "knew"]
    starts = [word for word, n in zip(real, before.tolist(), strict=True) if n == START]
    assert starts == ["He", "“", "she", "Nobody"]
    assert [word for word, n in zip(real, after.tolist(), strict=True) if n == END] == [".", "”", ".", "knew"]
    assert after2[1] == END
