"""Names out of invented stories: what is found, linked, and said of people and organisations."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.enrich import names
from worker.enrich.doc import Doc, Found, Name
from worker.enrich.tokens import offsets, tokenize
from worker.story import Story


def read(body: str, headline: str = "", language: str = "en") -> Found:
    found = Found(language=language)
    doc = Doc(story=Story(uri="s"), headline=headline, body=body, paragraphs=(), when=None)
    names.extract(doc, found)
    return found


def labels(found: Found, kind: str) -> dict[str, Name]:
    return {name.label: name for name in found.names if name.kind == kind}


STORY = (
    "BERLIN (Reuters) - German Finance Minister Johanna Riedel said on Monday that Berlin would not raise taxes, "
    "and the European Union welcomed her words.\n\n"
    "Riedel told reporters in Hamburg that the budget was sound. The EU had asked Germany to spend more.\n\n"
    "Pierre Lacombe, the French president's chief economic adviser, disagreed. Mr Lacombe said Paris would wait."
)


def test_a_surname_is_the_person_named_in_full():
    people = labels(read(STORY), "person")
    assert set(people) == {"Johanna Riedel", "Pierre Lacombe"}
    assert "Riedel" in people["Johanna Riedel"].aliases
    assert len(people["Pierre Lacombe"].spans) == 2


def test_spans_give_the_name_exactly():
    found = read(STORY, headline="Riedel rejects new taxes in Germany")
    for name in found.names:
        for span in name.spans:
            text = STORY if span.where == "body" else "Riedel rejects new taxes in Germany"
            assert text[span.start : span.end] in {name.label, *name.aliases}
            assert 0 < span.confidence <= 1


def test_a_headline_surname_is_linked_to_the_body():
    people = labels(read(STORY, headline="Riedel rejects new taxes in Germany"), "person")
    assert any(span.where == "headline" for span in people["Johanna Riedel"].spans)


def test_roles_before_and_after_the_name():
    people = labels(read(STORY), "person")
    assert people["Johanna Riedel"].roles == ["Finance Minister"]
    assert people["Johanna Riedel"].affiliations == ["Germany"]
    assert people["Pierre Lacombe"].roles == ["president's chief economic adviser"]
    student = labels(read("Ida Brandt, a graduate student from Ulm, told the council that she knew."), "person")
    assert student["Ida Brandt"].roles == ["graduate student"]


def test_a_short_form_and_its_expansion_are_one_organisation():
    union = labels(read(STORY), "organisation")["European Union"]
    assert union.aliases == ["EU"]
    assert len(union.spans) == 2


@pytest.mark.parametrize(
    ("body", "short", "expansion"),
    [
        (
            "The Northern Rivers Water Authority (NRWA) shut three plants on Friday. The NRWA gave no reason.",
            "NRWA",
            "Northern Rivers Water Authority",
        ),
        (
            "Officials of the BDRF (Border Districts Relief Fund) arrived in Nairobi. The BDRF flew in tents.",
            "BDRF",
            "Border Districts Relief Fund",
        ),
    ],
)
def test_expansions_are_found_on_either_side_of_the_brackets(body, short, expansion):
    assert read(body).abbreviations[short] == expansion


@pytest.mark.parametrize(
    ("body", "short", "expansion"),
    [
        ("The Harbour Safety Board met on Monday. HSB inspectors left.", "HSB", "Harbour Safety Board"),
        ("The Board of Harbour Safety met on Monday. BHS inspectors left.", "BHS", "Board of Harbour Safety"),
        ("The Harbour visited Safety Board offices on Monday. HSB inspectors left.", "HSB", None),
        ("They want steady public tidal pricing this year. SPTP was refused.", "SPTP", "steady public tidal pricing"),
        ("They want public tidal pricing this year. PTP was refused.", "PTP", None),
    ],
)
def test_capitalised_words_spell_a_short_form_and_others_only_a_long_one(body, short, expansion):
    assert read(body).abbreviations.get(short) == expansion


def test_no_expansion_is_made_up():
    body = "The WXQ rose again. What exactly quivers is not known, said an analyst in London."
    assert "WXQ" not in read(body).abbreviations


def test_stock_symbols_go_to_the_company_before_them():
    body = (
        "Shares of Wells Fargo & Co (NYSE: WFC) fell 2 percent in New York on Tuesday. "
        "Siemens AG <SIEG.DE> said it would buy a software maker."
    )
    symbols = [symbol for name in read(body).names for symbol in name.symbols]
    assert ("WFC", "NYSE") in symbols
    assert ("SIEG", "XETRA") in symbols


def test_a_hyphenated_korean_name_stays_whole_and_its_family_name_is_linked():
    body = (
        "Foreign Minister Park Min-seo arrived in Tokyo on Wednesday for talks.\n\n"
        "Park said the two countries would work together. Park's visit ends on Friday."
    )
    people = labels(read(body), "person")
    assert set(people) == {"Park Min-seo"}
    assert len(people["Park Min-seo"].spans) == 3


def test_a_shared_surname_is_the_one_introduced_in_the_same_paragraph():
    body = (
        "Mayor Daniel Okafor opened the bridge in Lagos on Saturday.\n\n"
        "Engineer Ngozi Okafor, who is not related to him, designed it. Okafor said it took four years.\n\n"
        "The mayor thanked the workers."
    )
    people = labels(read(body), "person")
    assert len(people["Ngozi Okafor"].spans) == 2
    assert people["Ngozi Okafor"].spans[1].confidence < people["Ngozi Okafor"].spans[0].confidence


def test_a_possessive_is_no_part_of_the_name():
    people = labels(read("Police searched Anna Kowalska's house in Warsaw. Kowalska’s lawyer protested."), "person")
    assert "Anna Kowalska" in people
    assert set(people["Anna Kowalska"].aliases) == {"Kowalska"}


def test_a_line_of_capitals_is_read_too():
    found = read(
        "President Maria Santos of Brazil met business leaders in Lisbon.", headline="SANTOS VISITS LISBON FOR TALKS"
    )
    assert any(span.where == "headline" for span in labels(found, "person")["Maria Santos"].spans)


def test_state_bodies_in_small_letters_are_organisations():
    found = read("Kenya's interior ministry denied the report. The Kenyan police gave no comment.")
    assert {"Kenya's interior ministry", "Kenyan police"} <= set(labels(found, "organisation"))


def test_a_language_without_a_model_has_no_names_and_says_so():
    found = read("Bundeskanzlerin Johanna Riedel sprach am Montag in Hamburg.", language="de")
    assert found.names == []
    assert found.applied["names"] == "none"


def test_the_same_text_gives_the_same_names_whatever_was_read_before():
    first = [(n.kind, n.label, len(n.spans)) for n in read(STORY).names]
    read("Quite another story about Xylophone Quartzburg and the Zanzibar Philharmonic Society.")
    assert [(n.kind, n.label, len(n.spans)) for n in read(STORY).names] == first


@given(st.text(alphabet=string.printable + "äé’“”—\N{NO-BREAK SPACE}漢字Ж\U0001f600\x00\x02\x03", max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_inside_it(text):
    tokens = tokenize(text)
    assert "".join(tokens) == text[: int(offsets(tokens)[-1]) if tokens else 0]
    found = read(text, headline=text[:40])
    for name in found.names:
        assert name.label
        for span in name.spans:
            assert 0 <= span.start < span.end <= len(text)


def test_an_empty_story_has_no_names():
    assert read("").names == []


def test_a_provider_name_is_recognised_turned_round():
    found = read("Police searched Anna Kowalska's house in Warsaw.")
    person = labels(found, "person")["Anna Kowalska"]
    assert names.same_name(person, "Kowalska, Anna")
    assert not names.same_name(person, "Jan Kowalski")
