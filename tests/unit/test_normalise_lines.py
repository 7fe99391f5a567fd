"""The first and last lines go where they belong: dateline, byline, credits, captions, furniture."""

from __future__ import annotations

import pytest
from normalise_kit import SENT, plain, told

from worker.normalise import dateline
from worker.story import Moment, Part, Party

REST = "The dam at Port Acme held on Monday, the mayor said."


@pytest.mark.parametrize(
    ("line", "place", "day", "agency"),
    [
        ("PORT ACME, Acmeland (AP) _ ", "PORT ACME, Acmeland", "", "AP"),
        ("PORT ACME (AP) — ", "PORT ACME", "", "AP"),
        ("PORT ACME, May 2 (Reuters) - ", "PORT ACME", "May 2", "Reuters"),
        ("PORT ACME/LONDON, May 2 (Reuters) - ", "PORT ACME/LONDON", "May 2", "Reuters"),
        ("May 2 (Reuters) - ", "", "May 2", "Reuters"),
        ("(Reuters) - ", "", "", "Reuters"),
        ("Port Acme, May 2, 2024 (AFP) - ", "Port Acme", "May 2, 2024", "AFP"),
        ("Port-Acme, 2 mai 2024 (AFP) - ", "Port-Acme", "2 mai 2024", "AFP"),
        ("Acmehafen (dpa) - ", "Acmehafen", "", "dpa"),
        ("Acmehafen/Main (dpa/lni) - ", "Acmehafen/Main", "", "dpa"),
        ("SEOUL, May 2 (Yonhap) -- ", "SEOUL", "May 2", "Yonhap"),
        ("Puerto Acme, 2 may (EFE).- ", "Puerto Acme", "2 may", "EFE"),
        ("(ANSA) - PORTO ACME, 2 MAG - ", "PORTO ACME", "2 MAG", "ANSA"),
        ("(ANSA) - PORT ACME, MAY 2 - ", "PORT ACME", "MAY 2", "ANSA"),
        ("Port Acme (ANP) - ", "Port Acme", "", "ANP"),
        ("Paris (ats afp) ", "Paris", "", "ATS"),
        ("PORT ACME, May 2. /TASS/. ", "PORT ACME", "May 2", "TASS"),
        ("PORT ACME. May 2 (Interfax) - ", "PORT ACME", "May 2", "Interfax"),
        ("PORT ACME, Japan, May 2 Kyodo - ", "PORT ACME, Japan", "May 2", "Kyodo"),
        ("PORT ACME, May 2 AAP - ", "PORT ACME", "May 2", "AAP"),
        ("BEIJING, May 2 (Xinhua) -- ", "BEIJING", "May 2", "Xinhua"),
        ("Ulaanbaatar /MONTSAME/. ", "Ulaanbaatar", "", "MONTSAME"),
        ("Acmehavn /ritzau/: ", "Acmehavn", "", "Ritzau"),
        ("PORT ACME, May 02, 2024 (GLOBE NEWSWIRE) -- ", "PORT ACME", "May 02, 2024", "GlobeNewswire"),
        ("PORT ACME, Texas, May 2, 2024 /PRNewswire-AsiaNet/ -- ", "PORT ACME, Texas", "May 2, 2024", "PR Newswire"),
        ("PORT ACME, Calif.--(BUSINESS WIRE)--", "PORT ACME, Calif.", "", "Business Wire"),
        ("ABU DHABI, 2nd May, 2024 (WAM) -- ", "ABU DHABI", "2nd May, 2024", "WAM"),
        ("BRUSSEL 02/05 (BELGA) = ", "BRUSSEL", "02/05", "Belga"),
        ("PORT ACME (May 2, 2024) — ", "PORT ACME", "May 2, 2024", ""),
        ("LONDON: ", "LONDON", "", ""),
        ("HIROSHIMA--", "HIROSHIMA", "", ""),
    ],
)
def test_a_dateline_is_taken_apart(line, place, day, agency):
    """Every agency's form gives place, day and agency; the text goes on behind it."""
    found = dateline.find(line + REST)
    assert found is not None
    assert (found.place, found.day, found.agency) == (place, day, agency)
    assert (line + REST)[found.end :] == REST


@pytest.mark.parametrize(
    "text",
    [
        "North Korea (DPRK) - a country - said so.",
        "He said (AP) - and he meant it - that all was well.",
        "The ministry (Reuters) - which is old - moved.",
        "Acme Corp (Nasdaq: ACM) - the maker of mills - said.",
        "EXCLUSIVE: Dam holds",
        "NASA — the agency — said so.",
        "In Geneva (AP) — talks went on.",
        "WATCH: how the dam held",
        "The dam (see below) - held.",
        "Foto: Acme/EPA/",
    ],
)
def test_what_only_looks_like_a_dateline_stays(text):
    assert dateline.find(text) is None


def test_a_dateline_s_day_takes_the_story_s_year():
    """Without a year it is the nearest day not after the story's time; with one it can be the story's time itself."""
    story = told(f"PORT ACME, Dec. 30 (Reuters) - {REST}", "Head", version_created=Moment("2024-01-02T08:00:00Z"))
    assert story["wire"]["dateline"] == {
        "text": "PORT ACME, Dec. 30 (Reuters) -",
        "place": "PORT ACME",
        "date": "2023-12-30",
        "agency": "Reuters",
    }
    assert (story["located"], plain(story)) == ("PORT ACME", REST)
    story = told(f"PORT ACME, Dec. 30, 2023 (Reuters) - {REST}", "Head")
    assert story["versionCreated"] == "2023-12-30T00:00:00Z"
    assert story["wire"]["times"]["versionCreated"] == {"precision": "day", "assumed": True}


def test_bullets_may_stand_before_the_dateline():
    story = told(f"* Dam holds\n\n* Mayor content\n\nPORT ACME, May 2 (Reuters) - {REST}", "Head", version_created=SENT)
    assert plain(story) == f"* Dam holds\n\n* Mayor content\n\n{REST}"
    assert story["wire"]["dateline"]["agency"] == "Reuters"


@pytest.mark.parametrize(
    ("line", "shown", "authors", "others"),
    [
        ("By Ann Example", "Ann Example", ["Ann Example"], []),
        ("By ANN EXAMPLE=", "ANN EXAMPLE", ["Ann Example"], []),
        (
            "Von Ann Example und Jo Sample, dpa",
            "Ann Example und Jo Sample",
            ["Ann Example", "Jo Sample"],
            [("dpa", "agency")],
        ),
        ("By Ann Example, Press Association", "Ann Example", ["Ann Example"], [("Press Association", "agency")]),
        ("By The Associated Press", "", [], [("The Associated Press", "agency")]),
        ("By dpa correspondents", "", [], [("dpa correspondents", "desk")]),
        ("KH디지털2", "", [], [("KH디지털2", "desk")]),
        ("By Ann Example and Reuters", "Ann Example", ["Ann Example"], [("Reuters", "agency")]),
        ("ANN EXAMPLE, JO SAMPLE ", "ANN EXAMPLE, JO SAMPLE", ["Ann Example", "Jo Sample"], []),
        ("REUTERS", "", [], [("REUTERS", "agency")]),
        ("Por Ana Muestra y", "Ana Muestra", ["Ana Muestra"], []),
        ("By Sample Y", "Sample Y", ["Sample Y"], []),
    ],
)
def test_a_byline_names_persons_and_no_agency_is_an_author(line, shown, authors, others):
    story = told(REST, "Head", byline=line)
    assert story.get("by", "") == shown
    assert [p["name"] for p in story.get("people", ()) if p["rel"] == "author"] == authors
    assert [(s["name"], s["role"]) for s in story.get("infoSources", ())][: len(others)] == others


def test_a_byline_in_the_text_is_taken_with_its_title_line():
    story = told(f"By ANN EXAMPLE=\nAcme Sports Writer=\n\n{REST}\n\nNothing else.", "Head")
    assert (story["by"], plain(story)) == ("ANN EXAMPLE", f"{REST}\n\nNothing else.")


@pytest.mark.parametrize(
    "text", ["By Monday the dam had held.", "By the time it rained, all was well.", "By air and by sea."]
)
def test_a_sentence_that_begins_with_by_is_no_byline(text):
    assert plain(told(f"{text}\n\n{REST}", "Head")).startswith(text)


@pytest.mark.parametrize(
    "end",
    [
        "(END)",
        "-30-",
        "###",
        "NNNN",
        "ENDIT",
        "Enditem",
        "ends",
        "(MORE)",
        "___",
        "-0-",
        "(Copyright 2024 Acme. All rights reserved.)",
    ],
)
def test_end_marks_are_stripped_and_kept(end):
    story = told(f"{REST}\n\nAll is well.\n\n{end}", "Head")
    assert plain(story) == f"{REST}\n\nAll is well."
    assert story["wire"]["stripped"] == [end]


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        (" (Yonhap)", "Yonhap"),
        (" (KUNA)", "KUNA"),
        (" - Bernama", "Bernama"),
        (" — SPA", "SPA"),
        (" EFE", "EFE"),
        ("\n\n==Kyodo", "Kyodo"),
        (" /ritzau/", "Ritzau"),
        (" (AP)", "AP"),
        (" (©NTB)", "NTB"),
        ("\n\n(Xinhua)", "Xinhua"),
        ("\n\nAAP RTV", "AAP"),
    ],
)
def test_a_closing_credit_is_the_story_s_agency(end, agency):
    story = told(f"{REST}\n\nAll is well.{end}", "Head")
    assert plain(story) == f"{REST}\n\nAll is well."
    assert agency.casefold() in {s["name"].casefold() for s in story["infoSources"] if s["role"] == "agency"}


@pytest.mark.parametrize("end", [" (see above)", " (Mr. Example)", " It was 5 p.m.", " (NATO)", " He works for AP."])
def test_brackets_and_words_that_are_no_credit_stay(end):
    assert plain(told(f"{REST}\n\nAll is well.{end}", "Head")) == f"{REST}\n\nAll is well.{end}"


def test_yonhap_s_tail_goes_apart_in_its_order():
    story = told(f"{REST}\n\nAll is well.\n\nann@example.com\n\n(END)", "Head")
    assert plain(story) == f"{REST}\n\nAll is well."
    assert story["wire"]["contacts"] == [{"kind": "email", "value": "ann@example.com"}]


@pytest.mark.parametrize(
    ("end", "sign_off"),
    [
        ("\n\nasl/tib/pid", "asl/tib/pid"),
        ("\n\ndpa abc yydd n1 xyz", "dpa abc yydd n1 xyz"),
        (" (Reporting by Ann Example; Editing by Jo Sample)", "Reporting by Ann Example; Editing by Jo Sample"),
        ("\n\n(Reporting by Ann Example\nEditing by Jo Sample)", "Reporting by Ann Example\nEditing by Jo Sample"),
        (
            "\n\nAssociated Press writer Jo Sample in Port Acme contributed to this report.",
            "Associated Press writer Jo Sample in Port Acme contributed to this report.",
        ),
    ],
)
def test_initials_and_desks_are_the_sign_off(end, sign_off):
    story = told(f"{REST}\n\nAll is well.{end}", "Head")
    assert plain(story) == f"{REST}\n\nAll is well."
    assert story["wire"]["signOff"] == sign_off


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        (
            "Mayor Ann Example (C) speaks in this file photo taken on May 1, 2023. (Yonhap)",
            "Mayor Ann Example (C) speaks in this file photo taken on May 1, 2023.",
            "Yonhap",
        ),
        (
            "The dam at Port Acme is seen on Monday. (AP Photo/Jo Sample)",
            "The dam at Port Acme is seen on Monday.",
            "AP Photo/Jo Sample",
        ),
        (
            "FILE PHOTO: The dam at Port Acme, May 1, 2023. REUTERS/Jo Sample",
            "The dam at Port Acme, May 1, 2023.",
            "REUTERS/Jo Sample",
        ),
        ("Photo: The mayor is pictured at the dam. (EPA)", "The mayor is pictured at the dam.", "EPA"),
    ],
)
def test_a_caption_lives_with_its_picture(line, caption, credit):
    """The photo's credit is kept apart from the story's."""
    story = told(f"{REST}\n\n{line}\n\nAll is well. (Kyodo)", "Head")
    assert plain(story) == f"{REST}\n\nAll is well."
    [picture] = story["associations"]
    assert picture["descriptions"] == [{"role": "caption", "value": caption}]
    assert picture["infoSources"] == [{"name": credit, "role": "credit"}]
    assert [s["name"] for s in story["infoSources"]] == ["Kyodo"]


def test_the_provider_s_picture_is_not_doubled():
    """A caption that the format states and the page repeats is one association."""
    figure = '<figure><img src="https://example.com/a.jpg"><figcaption>The dam</figcaption></figure>'
    page = f"<p>{REST}</p>{figure}<p>Well.</p>"
    part = Part(caption="The dam", renditions=({"name": "main", "href": "https://example.com/a.jpg"},))
    story = told(page, "Head", body_kind="html", parts=(part,))
    assert len(story["associations"]) == 1
    assert "The dam</" not in story["bodies"][1]["value"]


def test_furniture_goes_at_the_edges_and_a_heading_stays_inside():
    story = told(f"Share\n\nPrint\n\n{REST}\n\nRelated\n\nAll is well.\n\nComments", "Head")
    assert plain(story) == f"{REST}\n\nRelated\n\nAll is well."
    assert story["wire"]["stripped"] == ["Share", "Print", "Comments"]


def test_a_notebook_is_for_editors():
    body = (
        f"Acmehafen (dpa) - {REST}\n\n# Notebook\n\n## Internet links\n- [Dam](https://example.com)\n\n"
        "* * * *\nThe following information is not intended for publication\n\n## Contacts\n- Ann, +49 30 "
        "000\n\ndpa abc xyz"
    )
    story = told(body, "Head")
    assert plain(story) == REST
    assert "+49 30 000" not in str(story["bodies"])
    assert [n["public"] for n in story["wire"]["notes"]] == [True, False]
    assert story["wire"]["signOff"] == "dpa abc xyz"


def test_an_agency_is_one_source_under_all_its_names():
    story = told(f"PORT ACME (AP) — {REST}", "Head", byline="By The Associated Press", sources=(Party("AP", "agency"),))
    assert [s for s in story["infoSources"] if s["role"] == "agency"] == [{"name": "AP", "role": "agency"}]


def test_a_release_of_which_the_first_line_says_when_who_and_what_begins_behind_it():
    line = "5.1.2024 09:30:00 EET | Acme Oyj | Tiedote"
    found = told(f"{line}\n\n{REST}", "The dam held")
    assert plain(found) == REST
    assert line in found["wire"]["stripped"]


def test_how_to_open_an_attachment_is_no_part_of_a_notice():
    first = "Double click on the URL above to view the article. A line to the net is needed, else ask your own desk."
    second = "Latest version of Adobe Acrobat reader is wanted for such files; the harbour office hands out copies."
    found = told(f"{REST}\n\n{first}\n\n{second}\n\n", "Notice of a meeting")
    assert plain(found) == REST
    assert {first, second} <= set(found["wire"]["stripped"])
