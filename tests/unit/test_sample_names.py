"""The names and places of the sample story, line by line as `guide/sample-story.md` states them."""

from __future__ import annotations

import pathlib

import pytest

from worker.enrich import names, places
from worker.enrich.doc import Doc, Found, Name
from worker.story import Story

SEED = pathlib.Path(__file__).resolve().parents[2] / "seeds" / "000_3a2ee6e09495310d.txt"
SHARED = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "seeds" / SEED.name


@pytest.fixture(scope="module")
def found() -> Found:
    path = SEED if SEED.exists() else SHARED
    if not path.exists():
        pytest.skip("the sample story is not here")
    parts = [part.strip() for part in path.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ").split("\n\n")]
    body = "\n\n".join(part.removesuffix(" (Yonhap)") for part in parts[3:] if "(C)" not in part)
    result = Found(language="en")
    doc = Doc(story=Story(uri="sample"), headline=parts[1], body=body, paragraphs=(), when=None)
    names.extract(doc, result)
    places.extract(doc, result)
    for name in result.names:
        for span in name.spans:
            text = doc.body if span.where == "body" else doc.headline
            assert text[span.start : span.end] in {name.label, *name.aliases}, "a span gives the name exactly"
    return result


def named(found: Found, kind: str) -> dict[str, Name]:
    return {name.label: name for name in found.names if name.kind == kind}


def test_the_six_people_and_no_one_else(found):
    assert set(named(found, "person")) == {
        "Kim In-ryong",
        "Cho June-hyuck",
        "Rex Tillerson",
        "Kim Jong-un",
        "Kim Jong-nam",
        "Kim Jong-il",
    }


def test_bare_surnames_are_the_people_they_mean(found):
    people = named(found, "person")
    assert len(people["Kim In-ryong"].spans) == 3, "Kim also noted and Kim also claimed are Kim In-ryong"
    assert len(people["Kim Jong-il"].spans) == len(people["Kim Jong-un"].spans) == 1
    assert "Cho" in people["Cho June-hyuck"].aliases
    assert "Tillerson" in people["Rex Tillerson"].aliases


def test_roles_and_affiliations(found):
    people = named(found, "person")
    kim = people["Kim In-ryong"]
    assert kim.roles[:2] == ["Ambassador", "deputy permanent representative to the UN"]
    assert "North Korea" in kim.affiliations
    assert people["Cho June-hyuck"].roles == ["foreign ministry spokesman"]
    assert "South Korea" in people["Cho June-hyuck"].affiliations
    assert people["Rex Tillerson"].roles == ["Secretary of State"]
    assert people["Rex Tillerson"].affiliations == ["United States"]
    assert "half brother of Kim Jong-un" in people["Kim Jong-nam"].roles


def test_organisations(found):
    organisations = named(found, "organisation")
    assert set(organisations) == {
        "United Nations",
        "UN Security Council",
        "South Korea's foreign ministry",
        "Malaysian police",
        "North Korean mission",
    }
    assert organisations["United Nations"].aliases == ["UN"]


def test_what_is_no_organisation(found):
    labels = {form for name in found.names if name.kind == "organisation" for form in (name.label, *name.aliases)}
    assert not labels & {"CVID", "VX", "US", "Seoul", "Yonhap"}


def test_short_forms_are_expanded(found):
    assert found.abbreviations["CVID"] == "complete, verifiable and irreversible denuclearization"
    assert found.abbreviations["UN"] == "United Nations"


@pytest.mark.parametrize(
    ("label", "level", "country"),
    [
        ("North Korea", "country", "KP"),
        ("South Korea", "country", "KR"),
        ("United States", "country", "US"),
        ("Japan", "country", "JP"),
        ("China", "country", "CN"),
        ("Germany", "country", "DE"),
        ("Malaysia", "country", "MY"),
        ("New York", "city", "US"),
        ("Seoul", "city", "KR"),
        ("Tokyo", "city", "JP"),
        ("Pyongyang", "city", "KP"),
        ("Washington", "city", "US"),
        ("Kuala Lumpur", "city", "MY"),
        ("Kuala Lumpur International Airport", "facility", "MY"),
        ("Asia", "continent", ""),
    ],
)
def test_places_are_resolved(found, label, level, country):
    place = named(found, "place")[label]
    assert (place.level, place.country) == (level, country)
    if level != "facility":
        assert place.uri.startswith("https://sws.geonames.org/")
        assert place.lat is not None


def test_north_korea_is_one_place_under_all_its_names(found):
    assert {"N. Korea", "North", "North Korean"} <= set(named(found, "place")["North Korea"].aliases)
    assert not {"North", "N. Korea"} & set(named(found, "place"))


def test_there_are_no_other_places(found):
    assert len(named(found, "place")) == 15
