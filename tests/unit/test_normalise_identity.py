"""One uri for all versions and formats of a story; without an id one a telling, the same for ever."""

from __future__ import annotations

import pytest
from normalise_kit import SHA, told

from worker.normalise import Origin, normalise
from worker.normalise.identity import CONTENT_PREFIX, PROVIDER_PREFIX
from worker.normalise.urgency import urgency_of
from worker.story import Code, DeadCode, Item, Moment, Part, Rejected, Text


def test_a_provider_s_uri_is_used_as_it_is():
    assert (
        told("Text.", "Head", uri="urn:newsml:acme.example:20240502:a", provider="acme")["uri"]
        == "urn:newsml:acme.example:20240502:a"
    )


def test_ap_has_one_uri_in_every_format():
    item_id = "0123456789abcdef" * 2
    assert told("Text.", "Head", provider="ap", local_id=item_id)["uri"] == f"tag:ap.org,2011:{item_id}"


@pytest.mark.parametrize("local", ["a 0105", "ä/ö?#", "PR67276", "x" * 900])
def test_any_other_id_makes_a_uri_with_its_provider(local):
    story = told("Text.", "Head", provider="Acme Wire", local_id=local)
    assert story["uri"].startswith(PROVIDER_PREFIX + "acme%20wire:")
    assert story["uri"].isascii()
    assert not set(story["uri"]) & set(' ?#<>"')


def test_an_id_that_is_no_uri_is_said():
    story = told("Text.", "Head", provider="acme", uri="not a uri")
    assert story["uri"] == PROVIDER_PREFIX + "acme:not%20a%20uri"
    assert story["wire"]["warnings"][0]["code"] == "id-unusable"


def test_without_an_id_content_and_header_make_it():
    """White space does not count, the way here does not count; another word, number or date does."""
    first = told("The dam holds.\n\nWell.", "Dam", sequence="0105")["uri"]
    assert first.startswith(CONTENT_PREFIX)
    away = Origin(
        sha256="1" * 64,
        source="elsewhere",
        topic="t",
        partition=4,
        offset=9,
        timestamp_ms=5,
        received="2024-01-01T00:00:00Z",
        worker="9",
    )
    assert told("The dam\nholds.\n\n\nWell. ", "Dam", sequence="0105", origin=away)["uri"] == first
    assert told("The dam holds.\n\nWell!", "Dam", sequence="0105")["uri"] != first
    assert told("The dam holds.\n\nWell.", "Dam", sequence="0106")["uri"] != first
    assert told("The dam holds.\n\nWell.", "Dam", sequence="0105", version_created=Moment("2024-05-02"))["uri"] != first


def test_the_content_uri_is_what_it_always_was():
    """A changed value would publish every redelivery again: this one may never change."""
    assert told("The dam holds.", "Dam")["uri"] == "urn:wire:text:e87efb07b88a611834aa77134b36c70f"


def test_neither_headline_nor_text_is_a_dead_letter():
    for nothing in (Item(format="x"), Item(format="x", body=" \n \u200b"), Item(format="x", headlines=(Text("  "),))):
        with pytest.raises(Rejected) as caught:
            normalise(nothing, Origin(sha256=SHA))
        assert caught.value.code == DeadCode.NO_CONTENT


@pytest.mark.parametrize("kind", ["picture", "audio", "video", "graphic", "composite", "event", "planning"])
def test_other_items_keep_their_type(kind):
    story = told(type=kind, headline="Head", parts=(Part(type="text", rel="main", uri="urn:acme:1", headline="One"),))
    assert story["type"] == kind
    assert "bodies" not in story
    assert story["associations"][0]["uri"] == "urn:acme:1"


def test_a_package_has_one_association_a_reference():
    parts = (Part(type="text", rel="main", uri="urn:acme:1"), Part(type="picture", rel="related"), Part(type="picture"))
    story = told(type="composite", headline="Head", uri="urn:acme:p", parts=parts)
    assert [(a["name"], a["uri"]) for a in story["associations"]] == [
        ("text-1", "urn:acme:1"),
        ("picture-1", "urn:acme:p#picture-1"),
        ("picture-2", "urn:acme:p#picture-2"),
    ]


@pytest.mark.parametrize(
    ("code", "uri", "literal"),
    [
        (Code(code="04000000", scheme="medtop"), "http://cv.iptc.org/newscodes/mediatopic/04000000", "medtop:04000000"),
        (Code(code="medtop:04000000"), "http://cv.iptc.org/newscodes/mediatopic/04000000", "medtop:04000000"),
        (Code(code="15054000", scheme="subj"), "http://cv.iptc.org/newscodes/subjectcode/15054000", "subj:15054000"),
        (Code(code="15054000"), "http://cv.iptc.org/newscodes/subjectcode/15054000", "subj:15054000"),
        (
            Code(code="15054000", scheme="IptcSubjectCodes"),
            "http://cv.iptc.org/newscodes/subjectcode/15054000",
            "subj:15054000",
        ),
        (Code(code="SPO", scheme="acmecat"), "", "acmecat:SPO"),
        (Code(code="SPO", scheme="https://acme.example/cat/"), "https://acme.example/cat/SPO", "SPO"),
        (
            Code(code="20000062", scheme="topics"),
            "http://cv.iptc.org/newscodes/mediatopic/20000062",
            "medtop:20000062",
        ),
        (Code(code="20240105", scheme="acme-edition"), "", "acme-edition:20240105"),
        (
            Code(code="04000000", scheme="https://acme.example/subref/1.0/"),
            "https://acme.example/subref/1.0/04000000",
            "subj:04000000",
        ),
    ],
)
def test_a_subject_s_vocabulary_is_whole(code, uri, literal):
    """Eight digits alone are an IPTC subject code, not a media topic."""
    [subject] = told("Text.", "Head", subjects=(code,))["subjects"]
    assert (subject.get("uri", ""), subject["literal"], subject["creator"]) == (uri, literal, "provider")


@pytest.mark.parametrize(
    ("urgency", "priority", "wanted"),
    [
        ("4", "", (4, "")),
        ("urgency:2", "", (2, "urgency:2")),
        ("", "b", (2, "b")),
        ("", "f", (1, "f")),
        ("", "r", (4, "r")),
        ("", "4", (None, "")),
        ("0", "", (None, "")),
        ("12", "", (None, "")),
        ("flash", "", (1, "flash")),
        ("", "", (None, "")),
        ("x", "", (None, "")),
    ],
)
def test_urgency_is_one_scale_and_the_given_is_kept(urgency, priority, wanted):
    assert urgency_of(urgency, priority) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("FR", "fr"),
        ("en_us", "en-US"),
        ("nl-nl", "nl-NL"),
        ("ger", "de"),
        ("English", "en"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("", ""),
        ("??", ""),
        ("und", ""),
        ("gb", ""),  # a country: the text is asked
        ("iw", "he"),
    ],
)
def test_language_is_a_bcp_47_tag(given, wanted):
    assert told("Text.", "Head", language=given).get("language", "") == wanted
