"""Topics and keywords."""

from __future__ import annotations

from worker.enrich.doc import Doc, Found
from worker.enrich.keywords import keywords
from worker.enrich.sentences import sentences
from worker.enrich.topics import NAMES, classify, extract
from worker.enrich.words import lexicon, tally
from worker.story import Story, Subject

SPORT = """
The Wieden Reds won the cup final on Saturday when their striker scored two late goals against the champions. The coach
said his players had deserved the trophy after a long season. Wieden had lost the league match against the same team in
May, and the goalkeeper saved a penalty in the second half of the game before the fans ran on to the stadium's pitch.
"""


def topics(*subjects: Subject, language: str = "en", body: str = SPORT):
    found = Found(language=language)
    doc = Doc(story=Story(uri="x", subjects=subjects), headline="Reds win cup", body=body, paragraphs=(), when=None)
    extract(doc, found)
    return found


def test_the_providers_subject_codes_are_mapped_first():
    given = Subject(name="Politik", uri="http://cv.iptc.org/newscodes/subjectcode/11003002", literal="subj:11003002")
    found = topics(given)
    assert [(s.literal, s.creator, s.confidence) for s in found.subjects] == [("medtop:11000000", "worker", 100)]
    assert found.applied["topics"] == "mapped"


def test_media_topics_that_are_given_are_not_given_again():
    given = Subject(uri="http://cv.iptc.org/newscodes/mediatopic/20000223", literal="medtop:20000223")
    top = Subject(uri="http://cv.iptc.org/newscodes/mediatopic/15000000", literal="medtop:15000000")
    assert topics(given, top).subjects == []


def test_a_text_is_classified():
    [subject] = topics().subjects
    assert subject.literal == "medtop:15000000"
    assert subject.name == NAMES["15000000"]
    assert 60 <= (subject.confidence or 0) <= 100


def test_a_text_that_says_little_has_no_topic():
    assert classify("Note", "The item that was sent before this one is not for use.") == []


def test_other_languages_have_no_classifier():
    assert topics(language="de").applied["topics"] == "none"


def test_keywords_are_ranked_and_shown_as_written():
    got = keywords(SPORT, "en", names=[("Wieden Reds", 3)])
    assert "Wieden Reds" in got
    assert not {"Wieden", "Reds", "wieden", "said", "two"} & set(got)
    assert len(got) == len({k.lower() for k in got})


def test_pairs_of_words_stand_for_their_parts():
    text = "The river ferry sank. A river ferry had sunk before. The river ferry was old, and the town was sad."
    assert keywords(text, "en", names=[])[0] == "river ferry"


def test_a_keyword_is_written_as_it_mostly_is_whatever_point_follows():
    text = "A ferry left. The ferries, old, sank; ferries: why? No ferries. One ferry came back to the town by night."
    assert keywords(text, "en", names=[])[0] == "ferries"


def test_the_title_counts_but_brings_no_keyword_of_its_own():
    text = "The river ferry sank. A bridge fell."
    assert keywords(text, "en", names=[], title="Bridge collapse")[0] == "bridge"
    assert "collapse" not in keywords(text, "en", names=[], title="Bridge collapse")


def test_a_text_is_counted_once_whoever_asks():
    counted = tally("Boats sank.", "en", "Storm")
    assert tally("Boats sank.", "en") is counted
    assert tally("Boats sank.", "en", "Gale") is not counted


def test_a_full_memory_of_words_starts_afresh(monkeypatch):
    monkeypatch.setattr("worker.enrich.words.MEMO_MAX", 10)
    text = " ".join(f"word{chr(97 + n)}" for n in range(20))
    first = keywords(text, "en", names=[])
    assert keywords(text + " ", "en", names=[]) == first
    assert len(lexicon("en")) == 0


def test_a_paragraph_may_begin_with_an_abbreviation():
    body = "The ministry gave no reason for it on Friday.\n\nGen. Smith said he would ask again. Nobody answered."
    assert [body[a:b] for a, b in sentences(body, 47, len(body))] == [
        "Gen. Smith said he would ask again.",
        "Nobody answered.",
    ]
