"""Places: which one a name means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.enrich import names, places
from worker.enrich.doc import Doc, Found, Name
from worker.enrich.gazetteer import gazetteer
from worker.story import Dateline, Story, Wire


def resolved(body: str, language: str = "en", dateline: str = "") -> dict[str, Name]:
    found = Found(language=language)
    story = Story(uri="s", wire=Wire(dateline=Dateline(text=dateline, place=dateline)) if dateline else Wire())
    doc = Doc(story=story, headline="", body=body, paragraphs=(), when=None)
    names.extract(doc, found)
    places.extract(doc, found)
    return {name.label: name for name in found.names if name.kind == "place"}


@pytest.mark.parametrize(
    ("body", "label", "country", "region"),
    [
        ("A fire broke out in London, Ontario, on Monday, police said.", "London", "CA", "Ontario"),
        ("A fire broke out in London on Monday, police said.", "London", "GB", "England"),
        ("He was born in Paris, Texas, in 1956 and worked on a farm.", "Paris", "US", "Texas"),
        ("The ministers met in Paris on Monday.", "Paris", "FR", "Île-de-France"),
        ("The plant in Springfield, Ill., will close in May, its owner said.", "Springfield", "US", "Illinois"),
    ],
)
def test_the_state_beside_a_name_decides(body, label, country, region):
    place = resolved(body)[label]
    assert place.country == country
    if country != "FR":
        assert place.region == region


def test_the_company_of_other_towns_decides():
    body = (
        "Deputies in Alexandria searched for the suspect on Tuesday. He was seen in Pineville and later in Shreveport, "
        "the Louisiana State Police said."
    )
    assert resolved(body)["Alexandria"].region == "Louisiana"


def test_the_dateline_decides():
    assert resolved("The council of Perth voted on Tuesday.", dateline="EDINBURGH")["Perth"].country in {"GB", "AU"}


def test_a_nationality_is_its_country():
    found = resolved("The Japanese prime minister met his Thai counterpart in Bangkok.")
    assert found["Japan"].country == "JP"
    assert found["Thailand"].aliases == ["Thai"]
    assert found["Bangkok"].level == "city"


def test_continents_are_not_cities():
    found = resolved("Exports to Asia and Africa rose, the company said in Hamburg.")
    assert found["Asia"].level == found["Africa"].level == "continent"
    assert found["Asia"].country == ""


def test_new_york_is_the_city():
    place = resolved("Traders in New York were nervous on Thursday.")["New York"]
    assert (place.level, place.uri) == ("city", "https://sws.geonames.org/5128581/")


def test_the_north_and_the_south_are_the_koreas_only_in_a_story_about_them():
    found = resolved(
        "North Korea fired a missile. The North said it was a test; South Korea protested and the South's army moved."
    )
    assert set(found) == {"North Korea", "South Korea"}
    assert len(found["North Korea"].spans) == 2
    assert "North Korea" not in resolved("Schools in Norway close early. The North will see snow, forecasters said.")


def test_one_country_under_many_names_is_one_entry():
    found = resolved(
        "The US said Britain would join. The U.S. and the United Kingdom agreed; American and British officials met."
    )
    assert {name.country for name in found.values()} == {"US", "GB"}
    assert len(found) == 2


def test_georgia_is_a_state_among_states_and_a_country_among_countries():
    assert (
        resolved("Voters in Georgia, Alabama and Florida went to the polls on Tuesday.")["Georgia"].region == "Georgia"
    )
    country = resolved("Georgia and Armenia signed a treaty in Tbilisi, the Georgian foreign ministry said.")["Georgia"]
    assert country.level == "country"


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        (
            "de",
            "Der Minister reiste am Montag von Berlin nach Frankreich und in die Türkei.",
            {"Berlin": "DE", "France": "FR", "Turkey": "TR"},
        ),
        ("fr", "Le président est arrivé lundi à Marseille avant de partir pour l'Allemagne.", {"Marseille": "FR"}),
        ("es", "El presidente viajó el lunes a Barcelona y después a Alemania.", {"Barcelona": "ES", "Germany": "DE"}),
    ],
)
def test_languages_without_a_model_have_places_by_the_gazetteer(language, body, expected):
    found = resolved(body, language=language)
    assert {label: found[label].country for label in expected} == expected


def test_an_ordinary_word_is_no_place():
    assert "Reading" not in resolved("Er mag Reading und die Natur.", language="de")


def test_the_gazetteer_knows_what_the_news_needs():
    known = gazetteer()
    assert len(known.nations) > 190
    assert known.demonyms["North Korean"] == "KP"
    assert known.states["Calif."] == known.states["California"] == "CA"
    assert all(-90 <= spot.lat <= 90 and -180 <= spot.lon <= 180 for spot in known.nations.values())


@given(
    st.lists(
        st.sampled_from(
            "Paris London Georgia Springfield US North , . the in Texas Asia Kent \n\n Al-Hasakah Tokyo-Seoul".split(
                " "
            )
        ),
        max_size=30,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_heap_of_place_names_is_resolved_within_bounds(words):
    for place in resolved(" ".join(words)).values():
        assert 0 <= place.confidence <= 1
        assert place.lat is None or -90 <= place.lat <= 90
