"""Language and script."""

from __future__ import annotations

import pytest

from worker.enrich.doc import Doc, Found
from worker.enrich.language import extract, identify, supported
from worker.enrich.pipeline import document
from worker.story import Body, Headline, Story


def found(body: str, headline: str = "", given: str = "") -> Found:
    story = Story(
        uri="x",
        language=given,
        headlines=(Headline(role="main", value=headline),),
        bodies=(Body(role="main", content_type="text/plain", value=body),),
    )
    doc: Doc = document(story)
    out = Found()
    extract(doc, out)
    return out


@pytest.mark.parametrize(
    ("headline", "language", "script"),
    [
        ("Harbour closed after ferry hits pier", "en", "Latn"),
        ("Hafen nach Unfall der Fähre gesperrt", "de", "Latn"),
        ("Le port fermé après un accident", "fr", "Latn"),
        ("El puerto cierra tras el accidente", "es", "Latn"),
        ("Il porto chiuso dopo un incidente", "it", "Latn"),
        ("Haven gesloten na ongeluk met veerboot", "nl", "Latn"),
        ("Port zamknięty po wypadku promu pasażerskiego", "pl", "Latn"),
        ("Порт закрыли после аварии парома", "ru", "Cyrl"),
        ("Порт закрили після аварії порома", "uk", "Cyrl"),
        ("Το λιμάνι έκλεισε μετά το ατύχημα", "el", "Grek"),
        ("إغلاق الميناء بعد حادث العبارة", "ar", "Arab"),
        ("बंदरगाह दुर्घटना के बाद बंद है", "hi", "Deva"),
        ("여객선 사고로 항구 폐쇄", "ko", "Kore"),
        ("フェリー事故で港を閉鎖", "ja", "Jpan"),
        ("渡轮事故后港口关闭", "zh", "Hans"),
        ("渡輪事故後港口關閉", "zh", "Hant"),
    ],
)
def test_a_headline_of_few_words_is_told(headline, language, script):
    guess = identify(headline)
    assert (guess.language, guess.script) == (language, script)


def test_more_than_forty_languages():
    assert len(supported()) > 40


@pytest.mark.parametrize("text", ["", " ", "1234 – 56.7 %", "\ud800", "…"])
def test_what_has_no_letters_has_no_language(text):
    assert identify(text).language == ""


EN = "The harbour was closed on Monday after a ferry had hit the pier, and nobody was hurt, the town said. "
DE = "Der Hafen wurde am Montag gesperrt, nachdem eine Fähre den Steg gerammt hatte, teilte die Stadt mit. "


def test_a_story_in_two_languages_gives_their_shares():
    shares = {s.language: s.share for s in found(f"{EN * 3}\n\n{DE * 3}").languages}
    assert shares.keys() == {"en", "de"}
    assert shares["en"] == pytest.approx(0.5, abs=0.05)


def test_a_story_in_one_language_gives_one_share():
    assert [(s.language, s.share) for s in found(f"{EN * 3}\n\n{EN * 2}").languages] == [("en", 1.0)]


def test_a_clear_disagreement_with_the_provider_is_a_warning():
    assert [code for code, _ in found(DE * 4, given="en").warnings] == ["language-mismatch"]
    assert found(DE * 4, given="de-AT").warnings == []


def test_kin_are_no_disagreement():
    assert found(EN * 4, given="en-GB").warnings == []


def test_a_handful_of_names_has_no_language():
    assert found("", headline="UK").language == ""
    assert found("", headline="UK", given="en").language == "en"
