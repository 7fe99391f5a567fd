"""Kills, withdrawals, corrections, updates, takes: formal status and words in the text are one model."""

from __future__ import annotations

import json

import msgspec
import pytest
from normalise_kit import SENT, headline, plain, signals, told

from worker.dedupe import Judge, fingerprint
from worker.judging import append_to_wire
from worker.normalise import Origin, normalise
from worker.story import Code, Item, Note, Text, Verdict


@pytest.mark.parametrize(
    ("given", "rest", "wanted"),
    [
        ("UPDATE 2-Dam at Port Acme holds", "Dam at Port Acme holds", {"update"}),
        ("CORRECTED-UPDATE 2-Dam at Port Acme holds", "Dam at Port Acme holds", {"correction", "update"}),
        ("CORRECTED (OFFICIAL)-Acme sells three mills", "Acme sells three mills", {"correction"}),
        ("REFILE-UPDATE 1-Acme sells three mills", "Acme sells three mills", {"repeat", "update"}),
        ("RPT-Acme sells three mills", "Acme sells three mills", {"repeat"}),
        ("STORY WITHDRAWN-Acme chief resigns", "Acme chief resigns", {"withdrawal"}),
        ("WITHDRAWAL: Acme chief resigns", "Acme chief resigns", {"withdrawal"}),
        ("KILLED - Acme chief resigns", "Acme chief resigns", {"kill"}),
        ("(LEAD) Ferry reaches harbour", "Ferry reaches harbour", {"update"}),
        ("(2nd LD) Ferry reaches harbour", "Ferry reaches harbour", {"update"}),
        ("(URGENT) Ferry reaches harbour", "Ferry reaches harbour", {"alert"}),
        ("1ST LEAD Ferry reaches harbour =", "Ferry reaches harbour", {"update"}),
        ("HOLD HOLD HOLD Ferry reaches harbour", "Ferry reaches harbour", {"hold"}),
        ("ADVISORY: Ferry timetable", "Ferry timetable", {"advisory"}),
        ("Correction: Acme-Mills story", "Acme-Mills story", {"correction"}),
        ("AMP.- El transbordador llega", "El transbordador llega", {"update"}),
        ("RECTIFICATIF: Le bac arrive au port", "Le bac arrive au port", {"correction"}),
        ("CORRECTION ET MISE À JOUR - Le bac arrive", "Le bac arrive", {"correction"}),
    ],
)
def test_markers_leave_the_headline_and_become_signals(given, rest, wanted):
    """A reader sees the headline; the marker is a signal; the original is kept."""
    story = told("The ferry came in at noon.", given)
    assert headline(story) == rest
    assert signals(story) == wanted
    if not given.endswith(" ="):
        assert headline(story, "original") == given


@pytest.mark.parametrize(
    "given",
    [
        "Killings rise in Port Acme",
        "Kill Bill returns to cinemas",
        "Update on the dam",
        "Hold on, says the mayor",
        "Lead found in water",
        "Flash floods close road",
        "Embargo on grain ends",
        "Urgent care clinics close",
        "Corrected vision for all",
        "Alert: how to stay dry",
        "Withdrawn troops go home",
        "Withdrawal of troops begins",
        "UPDATE",
        "Repeat offenders freed",
    ],
)
def test_words_that_only_look_like_markers_stay(given):
    """No story is killed, held or marked by a word that belongs to it."""
    story = told("The mayor said so on Monday.\n\nNobody disagreed.", given)
    assert headline(story) == given
    assert signals(story) == set()
    assert story["pubStatus"] == "usable"


def test_a_correspondent_s_report_is_no_correction():
    """dpa's KORR-Bericht is a genre."""
    story = told("Der Fluss steigt.", "KORR-Bericht: Der Fluss", genres=(Code("KORR-Bericht", "14", "dpatextgenre"),))
    assert signals(story) == set()
    assert story["genres"][0]["name"] == "KORR-Bericht"


@pytest.mark.parametrize(
    ("head", "body", "signal"),
    [
        (
            "STORY WITHDRAWN-Acme chief resigns",
            "The story about Acme is withdrawn. The chief has not resigned.",
            "withdrawal",
        ),
        ("KILL KILL KILL", "Please kill the story slugged Acme-Chief sent on May 1. It was not true.", "kill"),
        (
            "",
            "KILL KILL KILL\n\nEDITORS: Kill the story slugged Acme/Chief of May 1. There will be no substitute.",
            "kill",
        ),
        ("", "EDITORS: Mandatory kill. Acme-Chief, V1234, sent May 1, is wrong.\n\nThe desk", "kill"),
        ("ANNULATION", "Merci d'annuler la dépêche titrée « Le patron d'Acme démissionne ».", "withdrawal"),
        ("(WITHDRAWN) Acme chief resigns", "The report has been withdrawn.", "withdrawal"),
    ],
)
def test_a_kill_in_words_cancels_and_keeps_its_notice(head, body, signal):
    """Each agency's way to kill is canceled; the notice is the body; what it is about is in targets."""
    story = told(body, head, version_created=SENT)
    assert story["pubStatus"] == "canceled"
    assert signal in signals(story)
    assert plain(story)
    assert story["wire"]["story"]["targets"]


def test_a_formal_kill_takes_the_killed_text_away():
    """A canceled version that still carries the old text gives the notice only, and names its own id as the target."""
    story = told(
        "The chief of Acme resigned on Monday.\n\nHe will leave in June.",
        "Acme chief resigns",
        uri="urn:newsml:acme.example:1:a",
        provider="dpa",
        status="stat:canceled",
        version="3",
        version_created=SENT,
        descriptions=(Text("He leaves"),),
        notes=(Note("Die Meldung wird zurückgezogen.", "correction", public=True),),
    )
    assert story["pubStatus"] == "canceled"
    assert plain(story) == "Die Meldung wird zurückgezogen."
    assert "June" not in json.dumps(story)
    assert "descriptions" not in story
    assert {"uri": "urn:newsml:acme.example:1:a"} in story["wire"]["story"]["targets"]
    assert "withdrawal" in signals(story)


def test_ap_s_canceled_is_a_kill():
    story = told("Kill the story.", "Acme", provider="ap", local_id="0" * 32, status="canceled")
    assert (story["pubStatus"], signals(story)) == ("canceled", {"kill"})
    assert story["uri"] == "tag:ap.org,2011:" + "0" * 32


def test_a_withdrawal_in_words_never_loses_the_text_it_came_with():
    """Words may be misread: only a formal status takes a text away."""
    text = "The committee met.\n\nIt will meet again."
    assert plain(told(text, "WITHDRAWN: a committee")) == text


def test_a_correction_names_what_it_corrects_and_keeps_its_note():
    note = "Corrects spelling of the mayor's name in story slugged Dam/Acme sent May 1."
    story = told("Mayor Ann Example spoke.", "Dam holds", notes=(Note(note, "advisory"),), version_created=SENT)
    assert "correction" in signals(story)
    assert story["wire"]["notes"][0]["role"] == "correction"
    assert story["wire"]["story"]["targets"][0]["slug"] == "Dam/Acme"
    assert note in story["edNote"]


@pytest.mark.parametrize(
    ("line", "signal"),
    [
        ("(Adds mayor's comment, paragraph 4)", "update"),
        ("(Corrects number of dams in paragraph 2 to 7 (not 5))", "correction"),
        ("(Refiles to add code)", "repeat"),
        ("(ATTN: ADDS more info in last 3 paras)", "update"),
        ("(ATTN: CORRECTS title in para 2)", "correction"),
    ],
)
def test_a_trash_line_is_a_note_and_a_signal(line, signal):
    """What an agency says of its changes is no text for readers."""
    story = told(f"{line}\n\nThe dam held.\n\nNothing moved.", "Dam holds")
    assert plain(story) == "The dam held.\n\nNothing moved."
    assert signals(story) == {signal}
    assert story["wire"]["notes"][0]["value"] == line


def test_takes_and_leads_are_numbered():
    """`=2` is a second take, `2nd Add` a third; `3rd Ld-Writethru` and `UPDATE 4-` order the versions."""
    assert told("More of it.", "Dam report =2")["wire"]["take"] == 2
    assert told("More.", "Dam", slugline="BC-Dam, 2nd Add")["wire"]["take"] == 3
    assert told("More.", "Dam", signals=("3rd Ld-Writethru",))["wire"]["lead"] == 3
    assert told("More.", "UPDATE 4-Dam")["wire"]["lead"] == 4


def test_capitals_without_a_text_are_an_alert():
    """Reuters and others send the headline alone first."""
    assert signals(told(headline="ACME SAYS DAM AT PORT ACME HOLDS", provider="reuters")) == {"alert"}
    assert signals(told(headline="Acme says dam holds", provider="reuters")) == set()
    assert signals(told("The dam holds.", "ACME SAYS DAM HOLDS", provider="reuters")) == set()


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("sig:correction", {"correction"}),
        ("sig:update", {"update"}),
        ("dpasig:isplanned", set()),
        ("Writethru", {"update"}),
        ("APNewsAlert", {"alert"}),
        ("Corrective", {"correction"}),
        ("REFILE", {"repeat"}),
        ("KILL", {"kill"}),
        ("Withhold", {"hold"}),
        ("ADVISORY", {"advisory"}),
        ("nonsense", set()),
    ],
)
def test_a_format_s_codes_are_the_same_signals(code, wanted):
    assert signals(told("Text.", "Head", signals=(code,))) == wanted


def test_a_note_of_what_is_new_is_no_correction_where_the_format_says_update():
    """dpa keeps both under one role: the formal signal decides, words such as "berichtigt" overrule it."""
    new = Note("neu: mit Gegnerin", "correction")
    assert signals(told("Text.", "Head", signals=("sig:update",), notes=(new,))) == {"update"}
    mended = Note("Im 2. Absatz wurde berichtigt: Müller (statt Muller)", "correction")
    assert signals(told("Text.", "Head", signals=("sig:update",), notes=(mended,))) == {"update", "correction"}


def test_a_replacement_notice_leaves_the_text():
    story = told("N i e u w bericht, vervangt: Dam houdt stand\n\nDe dam houdt.", "Dam houdt (2)", provider="anp")
    assert plain(story) == "De dam houdt."
    assert (headline(story), signals(story), story["wire"]["lead"]) == ("Dam houdt", {"update"}, 2)
    assert story["wire"]["story"]["targets"] == [{"headline": "Dam houdt stand"}]


def test_targets_reach_the_judge_and_are_written_once():
    """The claim carries the targets; the published story holds one `wire.story`, the verdict's."""
    body = Item(format="plaintext", headlines=(Text("STORY WITHDRAWN-Acme chief resigns"),), body="It is withdrawn.")
    story = normalise(body, Origin(sha256="0" * 64))
    [claim] = fingerprint([(story, 1_000)])
    assert dict(claim.targets[0])["headline"] == "Acme chief resigns"
    [verdict] = Judge().decide([claim])
    assert isinstance(verdict, Verdict)
    published = append_to_wire(msgspec.json.encode(story), 7, verdict)
    assert published.count(b'"story":') == 1
    wire = json.loads(published)["wire"]
    assert wire["order"] == 7
    assert [warning["code"] for warning in wire["warnings"]] == ["unknown-target"]
    assert wire["story"]["targets"][0]["headline"] == "Acme chief resigns"


NOTICE = 'The Northwire story headlined "Acme chief resigns" issued on March 10 has been withdrawn. '


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (NOTICE + "There will be no substitute.", {"withdrawal"}),
        ("Die Meldung „Acme-Chef tritt zurück“ wird zurückgezogen. Bitte nicht verwenden.", {"withdrawal"}),
        ("KILL: The story on the ferry is wrong throughout.", {"kill"}),
        (NOTICE + "The ministry did not say why.", set()),  # news about a withdrawal tells editors nothing
        ("Nobody was killed. The story of the ferry will not be used in schools, she said.", set()),
    ],
)
def test_a_notice_in_a_whole_sentence_counts_when_it_says_what_editors_shall_do(body, wanted):
    assert signals(told(body, "To all editors")) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "This version CORRECTS the number of passengers to 40.",
        "(This version corrects that 40 people were on board, not 14.)",
        "This story has been corrected to show that 40 people were on board.",
        "Eds: This version corrects the spelling of Lena.",
        "Editor's note: An earlier version of this story misstated the number of passengers.",
        "(Korrigiert Zahl im ersten Absatz)",
        "Correction: An earlier version of this article gave the wrong number.",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_line_that_says_what_was_put_right_makes_a_correction_and_leaves_the_text(line, first):
    text = "The ferry came in at noon, the harbour master said.\n\nIt left again at one."
    story = told(f"{line}\n\n{text}" if first else f"{text}\n\n{line}", "Ferry reaches harbour")
    assert signals(story) == {"correction"}
    assert plain(story) == text
    assert [note["role"] for note in story["wire"]["notes"]] == ["correction"]


def test_a_text_that_is_nothing_but_a_correction_keeps_it():
    story = told("Correction: In a report on the ferry the number of passengers was wrong.", "Ferry reaches harbour")
    assert signals(story) == {"correction"}
    assert plain(story).startswith("Correction:")
