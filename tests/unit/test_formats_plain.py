"""Text without an envelope: plain and scraped text, press releases, e-mail. The stories are invented."""

import base64
import json

import pytest

from worker.formats import read, recognise
from worker.formats.mime import parse
from worker.formats.storyhead import date_and_byline, embargo_in, embargo_words
from worker.formats.view import View
from worker.normalise import Origin, normalise
from worker.story import DeadCode, Item, Limits, Rejected

LIMITS = Limits()
LEAD = "The harbour board said on Tuesday that the new ferry would begin its crossings before the spring tide."


def one(data):
    found, items = read(View(data if isinstance(data, bytes) else data.encode(), LIMITS), LIMITS)
    assert len(items) == 1
    assert isinstance(items[0], Item), items[0]
    assert items[0].format == found.name
    return items[0]


def story(data):
    return normalise(one(data), Origin(sha256="0" * 64))


# ---------------------------------------------------------------------------------------------- plain text


def test_a_scraped_page_gives_headline_date_and_byline_without_its_furniture():
    item = one(
        f"From\nSend to\n\nFerry to begin crossings\n\nMay 4, 2020 - 10:38 By Desk 2\n\n{LEAD}\n\nIt is blue.\n\n"
        "Related Stories\n"
    )
    assert item.headlines[0].value == "Ferry to begin crossings"
    assert (item.version_created.text, item.byline) == ("May 4, 2020 - 10:38", "By Desk 2")
    assert item.body == f"{LEAD}\n\nIt is blue."
    assert item.furniture == ("From", "Send to", "Related Stories")


def test_an_address_on_the_first_line_is_a_link_and_gives_the_day():
    item = one(f"https://news.example.org/2020/05/04/ferry\n\n{LEAD}\n\nIt is blue.")
    assert item.links == (("https://news.example.org/2020/05/04/ferry", ""),)
    assert (item.version_created.text, item.version_created.assumed) == ("2020-05-04", True)
    assert item.uri == ""  # an address may be that of a front page: it is no identity
    assert item.body.startswith("The harbour")


def test_text_glued_to_the_address_is_not_lost():
    assert one(f"https://news.example.org/a/2003781903{LEAD}\n\nIt is blue.").body.startswith("The harbour board")


def test_a_text_without_a_headline_line_gets_none():
    item = one(f"{LEAD}\n\nIt is blue.")
    assert item.headlines == ()
    assert item.body == f"{LEAD}\n\nIt is blue."


def test_a_dateline_is_no_headline():
    assert one(f"PORTVALE, May 4 (Reuters) - {LEAD}\n\nIt is blue.").headlines == ()


def test_a_wrapped_headline_is_one():
    item = one(f"Ferry to begin its crossings before the spring\ntide, says the board\n\n{LEAD}\n\nIt is blue.")
    assert item.headlines[0].value == "Ferry to begin its crossings before the spring tide, says the board"


def test_labelled_lines_are_fields():
    item = one(
        f"Headline: Ferry to begin\nByline: Jane Doe\nSlug: FERRY\nAbstract: It begins.\n\n{LEAD}\n\nIt is blue."
    )
    assert (item.headlines[0].value, item.byline, item.slugline) == ("Ferry to begin", "Jane Doe", "FERRY")
    assert item.descriptions[0].value == "It begins."


@pytest.mark.parametrize(
    "text",
    [
        "The first line, wrapped by hand at a\ncolumn, and on.\n\nSecond one, which is also\nwrapped by hand.",
        "   The first line, wrapped by hand at\na column, and on.\n   Second one, which is also\nwrapped by hand.",
    ],
)
def test_blank_lines_and_indents_part_paragraphs(text):
    assert one(text).body.count("\n\n") == 1


def test_lines_that_were_never_wrapped_are_paragraphs():
    assert one("\n".join([LEAD * 2, LEAD * 3, LEAD * 2])).body.count("\n\n") == 2


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("March 14, 2017 - 10:38 By Desk", ("March 14, 2017 - 10:38", "By Desk")),
        ("Published: 2017-03-14 10:38", ("2017-03-14 10:38", "")),
        ("Updated: Tue, March 14, 2017, 10:38 a.m. EST", ("March 14, 2017, 10:38 a.m. EST", "")),
        ("By JANE DOE | March 3, 2020", ("March 3, 2020", "By JANE DOE")),
        ("14.03.2017", ("14.03.2017", "")),
        ("2017년 3월 14일", ("2017년 3월 14일", "")),
        ("By then he had left.", ("", "")),
        ("March was cold", ("", "")),
    ],
)
def test_date_and_byline_lines(line, found):
    assert date_and_byline(line) == found


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("EMBARGOED until 0600 GMT, 5 May 2020", "0600 GMT, 5 May 2020"),
        ("*** STRICTLY EMBARGOED ***", ""),
        ("Sperrfrist: 5. Mai 2020, 10.00 Uhr", "5. Mai 2020, 10.00 Uhr"),
        ("Hold for release 6 a.m. Sunday, Jan 3", "6 a.m. Sunday, Jan 3"),
        ("Embargoed goods seized at the pier", None),
        ("Embargo on ferries ends", None),
        ("EMBARGOED-Board to start ferry", None),
        ("EMBARGO LIFTED", None),
    ],
)
def test_an_embargo_line_is_told_from_a_headline(line, words):
    assert embargo_words(line) == words


def test_an_embargo_is_found_within_a_note():
    assert embargo_in("Eds: With photos. EMBARGOED until 10 a.m. EDT May 5. Adds quote.") == "10 a.m. EDT May 5"
    assert embargo_in("Eds: Adds detail on the oil embargo.") is None


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 0600 GMT, 5 May 2020", "2020-05-05T06:00:00Z"),
        ("EMBARGOED", ""),
        ("EMBARGOED until further notice", ""),
    ],
)
def test_an_embargo_withholds_with_and_without_a_date(line, until):
    held = story(f"{line}\n\nFerry to begin crossings\n\n{LEAD}\n\nIt is blue.")
    assert (held.pub_status, held.embargoed_until) == ("withheld", until)
    assert held.headlines[0].value == "Ferry to begin crossings"


@pytest.mark.parametrize(
    ("headline", "signal", "status"),
    [
        ("UPDATE 2-Ferry to begin", "update", "usable"),
        ("CORRECTED-Ferry to begin", "correction", "usable"),
        ("REFILE-Ferry to begin", "repeat", "usable"),
        ("STORY WITHDRAWN-Ferry to begin", "withdrawal", "canceled"),
        ("KILL: Ferry to begin", "kill", "canceled"),
        ("EMBARGOED-Ferry to begin", "embargo", "withheld"),
        ("(2nd LD) Ferry to begin", "update", "usable"),
    ],
)
def test_headline_tags_reach_normalise(headline, signal, status):
    """The reader leaves tags where they are: one place reads them for all formats."""
    told = story(f"{headline}\n\nPORTVALE, May 4 (Reuters) - {LEAD}\n\nIt is blue.")
    assert signal in told.wire.signals
    assert told.pub_status == status


def test_a_note_below_the_headline_is_no_part_of_it():
    told = story(
        "(LEAD) Ferry to begin its crossings next week\n(ATTN: ADDS fare in last para)\nBy Kim Do-e\n"
        f"   PORTVALE, May 4 (Yonhap) -- {LEAD}\n"
    )
    assert told.headlines[0].value == "Ferry to begin its crossings next week"
    assert "ADDS fare" in told.ed_note
    assert told.by == "Kim Do-e"


def test_an_alert_is_a_headline_without_a_body():
    item = one("BOARD SAYS FERRY TO BEGIN BEFORE SPRING TIDE\n")
    assert (item.headlines[0].value, item.body) == ("BOARD SAYS FERRY TO BEGIN BEFORE SPRING TIDE", "")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"PK\x03\x04" + bytes(range(256)) * 4,
        b"%PDF-1.7\n" + bytes(range(128, 256)) * 8,
        bytes((i * 131 + 7) % 256 for i in range(2_000)),
        b"0123456789 " * 50,
        b'{"headline": "cut off',
        b"<?xml version='1.0'?><unfinished",
    ],
)
def test_what_is_no_text_is_not_taken_for_one(data):
    """Pictures, archives, numbers and halves of other formats become dead letters, never stories."""
    with pytest.raises(Rejected) as caught:
        read(View(data, LIMITS), LIMITS)
    assert caught.value.code in (DeadCode.UNKNOWN_FORMAT, DeadCode.MALFORMED)


def test_nothing_but_furniture_is_no_content():
    _, items = read(View(b"From\nSend to\n\nPrint\n", LIMITS), LIMITS)
    assert [item.code for item in items] == [DeadCode.NO_CONTENT]


# ---------------------------------------------------------------------------------------------- press releases


def test_a_release_names_issuer_distributor_and_number():
    item = one(
        "Source: Harbour Board\nMEDIA RELEASE PR00001\nFerry to begin crossings before the spring\ntide\n\n"
        f"PORTVALE, May 4, 2020 /PRNewswire-AsiaNet/ --\n\n{LEAD}\n\nSOURCE  Harbour Board\n"
    )
    assert (item.format, item.provider, item.local_id) == ("pressrelease", "asianet", "PR00001")
    assert item.headlines[0].value == "Ferry to begin crossings before the spring tide"
    assert [(s.name, s.role) for s in item.sources] == [("AsiaNet", "agency"), ("Harbour Board", "credit")]
    assert "SOURCE" not in item.body


def test_for_immediate_release_is_no_embargo():
    item = one(f"FOR IMMEDIATE RELEASE\n\nFerry to begin crossings\n\n{LEAD}\n\nIt is blue.")
    assert (item.format, item.signals, item.embargoed_until) == ("pressrelease", (), None)


def test_a_release_under_embargo_is_withheld():
    held = story(
        f"PRESS RELEASE\nEMBARGOED UNTIL 0600 GMT, 5 May 2020\n\nFerry to begin crossings\n\n{LEAD}\n\nIt is blue."
    )
    assert (held.pub_status, held.embargoed_until) == ("withheld", "2020-05-05T06:00:00Z")


# ---------------------------------------------------------------------------------------------- e-mail

HEAD = (
    "From: Jane Doe <jane@example.org>\r\nTo: desk@example.org\r\nSubject: {}\r\n"
    "Date: Mon, 4 May 2020 12:00:00 +0200\r\nMessage-ID: <ab1@example.org>\r\nMIME-Version: 1.0\r\n"
)


def mail(body, subject="Ferry to begin crossings", kind="text/plain; charset=utf-8"):
    head = HEAD.format(subject) + (f"Content-Type: {kind}\r\n" if kind else "")
    return head.encode() + b"\r\n" + (body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode())


def test_a_message_gives_subject_sender_date_and_id():
    item = one(mail(f"{LEAD}\n\nIt is blue."))
    assert (item.format, item.uri) == ("email", "mid:ab1@example.org")
    assert item.headlines[0].value == "Ferry to begin crossings"
    assert item.version_created.text == "Mon, 4 May 2020 12:00:00 +0200"
    assert item.sources[0].name == "Jane Doe"
    assert item.body == f"{LEAD}\n\nIt is blue."


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("=?utf-8?Q?F=C3=A4hre_f=C3=A4hrt?=", "Fähre fährt"),
        ("=?utf-8?B?RsOkaHJl?=\r\n =?utf-8?Q?_f=C3=A4hrt?=", "Fähre fährt"),
        ("=?windows-1252?Q?Board’s_ferry?=", "Board’s ferry"),  # not even encoded
        ("=?klingon?Q?Ferry?=", "Ferry"),
        ("=?utf-8?B?====?= Ferry", "Ferry"),
        ("Re: Fwd: Ferry", "Ferry"),
    ],
)
def test_a_bad_subject_degrades_and_never_crashes(raw, shown):
    assert one(mail(LEAD, subject=raw)).headlines[0].value == shown


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_transfer_encodings_are_undone(encoding):
    body = "Die Fähre fährt täglich über die Förde, sagte ein Sprecher am Dienstag."
    raw = (
        base64.encodebytes(body.encode())
        if encoding == "base64"
        else body.encode().replace(b"\xc3\xa4", b"=C3=\r\n=A4")
    )
    data = mail(raw, kind=f"text/plain\r\nContent-Transfer-Encoding: {encoding}")
    assert one(data).body == body


PARTS = (
    "preamble\n--b1\nContent-Type: multipart/alternative; boundary=b2\n\n--b2\nContent-Type: text/plain\n\n{plain}\n"
    "--b2\nContent-Type: text/html\n\n<html><body><p>{html}</p></body></html>\n--b2--\n"
    "--b1\nContent-Type: image/jpeg; name=pier.jpg\nContent-Disposition: attachment; filename=pier.jpg\n"
    "Content-Transfer-Encoding: base64\n\n/9j/4AAQ\n--b1--\n"
)


def test_attachments_become_parts_and_the_plain_text_the_body():
    item = one(mail(PARTS.format(plain=LEAD, html="other"), kind="multipart/mixed; boundary=b1"))
    assert item.body == LEAD
    assert [(part.type, part.headline) for part in item.parts] == [("picture", "pier.jpg")]


def test_html_is_the_body_where_the_plain_part_only_says_so():
    item = one(mail(PARTS.format(plain="See HTML.", html=f"{LEAD} " * 8), kind="multipart/mixed; boundary=b1"))
    assert item.body_kind == "html"
    assert item.headlines[0].value == "Ferry to begin crossings"


def test_a_missing_last_boundary_loses_nothing():
    cut = PARTS.format(plain=LEAD, html="other").partition("--b2\nContent-Type: text/html")[0]
    assert one(mail(cut, kind="multipart/mixed; boundary=b1")).body == LEAD


def test_a_form_in_a_message_is_read_by_its_fields():
    form = {
        "Headline": ["Ferry to begin"],
        "Body": [f"{LEAD}\n\nIt is blue."],
        "Slugline": ["FERRY"],
        "Urgency": ["4"],
        "Desk": ["Portvale"],
    }
    item = one(mail(json.dumps(form), subject="Formatted Story"))
    assert (item.headlines[0].value, item.slugline, item.urgency) == ("Ferry to begin", "FERRY", "4")
    assert item.body == f"{LEAD}\n\nIt is blue."


def test_a_wire_in_a_message_is_read_as_that_wire():
    item = one(mail(f"ZCZC ABC\n#Ferry\n$Ferry to begin crossings\n{LEAD}\nNNNN", subject="feed 0042"))
    assert (item.format, item.format_version, item.slugline) == ("email", "zczc", "Ferry")
    assert item.headlines[0].value == "Ferry to begin crossings"


def test_the_sender_of_a_message_is_not_its_author():
    assert story(mail(f"{LEAD}\n\nIt is blue.")).by == ""


def test_nested_parts_are_bounded():
    deep = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(60))
    parse(mail(deep, kind="multipart/mixed; boundary=b0"))


def test_text_with_a_colon_is_no_message():
    assert recognise(View(f"Note: the ferry is late\n\n{LEAD}".encode(), LIMITS)).name == "plaintext"


def test_a_company_in_angle_brackets_at_the_start_is_a_headline_and_no_xml() -> None:
    view = View(b"<ALDMOUTH LTD> 4TH QTR NET\n\nShr 12 cts vs 15 cts. Net 4.1 mln vs 5.0 mln.", LIMITS)
    assert recognise(view).name == "plaintext"


def test_a_table_of_rates_is_a_text() -> None:
    rows = "\n".join(f" {code} {n}.62/{n + 1}  52/49  131/127  225/220" for n, code in enumerate(("STG", "DMK", "SFR")))
    assert one(f"ALDMOUTH CROSS RATES OPENING - APRIL 7\n\n SPOT 1 MONTH 3 MONTHS\n{rows}\n").format == "plaintext"
