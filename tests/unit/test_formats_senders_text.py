"""What single senders do in text wires, releases and mail, found in real files: each case a story of no agency's."""

from __future__ import annotations

import pytest
from normalise_kit import headline, item, plain, told
from xml_kit import items

from worker.normalise import byline, dateline
from worker.story import Note


@pytest.mark.parametrize(
    ("line", "authors", "shown"),
    [
        ("By Ada Wick, The Anvil Tribune", ("Ada Wick",), "Ada Wick, The Anvil Tribune"),
        ("Ada Wick, University of Bellows", ("Ada Wick",), "Ada Wick, University of Bellows"),
        ("Ada Wick, PA Scotland", ("Ada Wick",), "Ada Wick, PA Scotland"),
        ("Ada Wick / Lamper.no", ("Ada Wick",), "Ada Wick / Lamper.no"),
        ("PA WICK", ("Pa Wick",), "PA WICK"),
    ],
)
def test_whom_an_author_writes_for_is_shown_but_no_author(line, authors, shown):
    found = byline.split(line)
    assert (found.authors, found.shown) == (authors, shown)


def test_an_address_in_angle_brackets_is_no_markup():
    contacts = "## Contacts\n- Editing by: Bo Bell, +49 30 1, <desk@acme.example>"
    story = told("The lamp burns.", "Lamp", notes=(Note(contacts, "contacts"),))
    assert story["wire"]["notes"][0]["value"].split("\n")[-1].endswith("+49 30 1, desk@acme.example")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("(ANSA) - Rome, October 11 - The lamp burns.", "Rome"),
        ("(ANSA) - ROME, JUL 11 - The lamp burns.", "ROME"),
        ("MUMBAI, India, July 25, 2018/PRNewswire-AsiaNet/", "MUMBAI, India"),
        ("Jan. 12 (BusinessDesk) - The lamp burns.", ""),
    ],
)
def test_datelines(text, place):
    found = dateline.find(text)
    assert found is not None
    assert found.place == place


def test_asianet_numbers_what_it_passes_on():
    release = (
        "Source: Acme Lamps\nMEDIA RELEASE PR70001\nAcme lights a harbour\n\n"
        "LONDON, Feb. 1, 2017 /PRNewswire/ --\n\nThe harbour of Port Anvil is lit again.\n\nSOURCE: Acme Lamps\n"
    )
    assert (items(release)[0].provider, items(release)[0].local_id) == ("asianet", "PR70001")


def test_a_form_with_empty_answers():
    form = (
        "Message-ID: <1@acme.example>\nFrom: desk@acme.example\nSubject: Story\nContent-Type: text/plain\n\n"
        '{"Headline":["Lamp lit"],"Body":["The lamp burns."],"Dateline":["ANVIL","",""],"Desk":["COAST",""]}'
    )
    found = items(form)[0]
    assert (found.dateline, found.sources[0].name) == ("ANVIL", "COAST")


def test_a_code_line_with_small_letters_is_no_headline():
    found = items("ZCZC FMG000\nHH TDCom\nAnvil Comment Saturday races 1-6\nThe first race is open.\nNNNN\n")[0]
    assert (found.headlines[0].value, found.product_codes) == ("Anvil Comment Saturday races 1-6", ("HH", "TDCom"))


def test_marked_copy_whose_text_begins_with_the_dateline_is_headed_by_its_slug():
    found = items("ZCZC\n#Anvil Betting\n:11/2/2017\n   MELBOURNE, Feb 09 AAP - Latest betting.\n2.90 Lamp\nNNNN")[0]
    assert found.headlines[0].value == "Anvil Betting"


def test_typesetting_marks_are_no_text():
    found = items("ZCZC FMG000\nYY TDA\nAnvil WEIGHTS\nLAMP HANDICAP 1400M .=!\nWick 58.0\n<BELL 2YO .=!\nNNNN\n")[0]
    assert "=!" not in found.body
    assert "<" not in found.body


def test_a_bulletin_is_by_the_office_that_issues_it():
    bulletin = (
        "IDZ10001\n40:2:1:04:55S075E35100:11:00\nSECURITE\nIssued by the Coastal Bureau of Lamps, Anvil\n\n"
        "GALE WARNING FOR THE COAST\n\nGusts are possible.\n"
    )
    assert items(bulletin)[0].sources[0].name == "Coastal Bureau of Lamps"


def test_an_agencys_mark_of_its_own_reports_is_no_headline():
    story = told("The lamp burns.", ">>>ANSA/Harbour lit again")
    assert (headline(story), headline(story, "original")) == ("Harbour lit again", ">>>ANSA/Harbour lit again")


def test_who_helped_signs_off():
    text = "The lamp burns.\n\nThe coast is lit.\n\n___\n\nAP writer Ada Wick in Port Anvil helped with this story."
    story = told(text, "Lamp lit")
    assert "helped" not in plain(story)
    assert "Ada Wick" in story["wire"]["signOff"]
    assert item(text).body
