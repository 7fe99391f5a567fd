"""Topics and keywords."""

from __future__ import annotations

from worker.enrich.doc import Doc, Found
from worker.enrich.keywords import keywords
from worker.enrich.topics import NAMES, classify, extract
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
