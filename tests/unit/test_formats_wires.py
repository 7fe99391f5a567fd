"""Wires with an envelope: ANPA 1312, IPTC 7901, ZCZC … NNNN. The stories are invented."""

import pytest

from worker.formats import read, recognise
from worker.formats.view import View
from worker.normalise import Origin, normalise
from worker.story import Item, Limits, Rejected

LIMITS = Limits()
TEXT = (
    "PORTVALE (AP) _ The harbour board said on Tuesday that the new ferry would start.",
    "``We are glad,'' said a captain _ the oldest _ on the pier.",
)


def anpa(
    *header,
    key="BC-XX--Ferry,120",
    text=TEXT,
    line_2="r a\x13\x11 BC-XX--Ferry     05-04 0120",
    end="\x03AP-WF-05-04-20 1200GMT<",
):
    lines = ["\x16\x16\x01a0123\x1f-----", line_2, f"\x02^{key}<", *(f"^{one}" for one in header)]
    return "\r\n".join([*lines, *(f"\t   {one} " for one in text), end, "\x04"]).encode("latin-1")


def iptc(
    *header,
    text="Portvale (dpa) - The ferry starts, the board said\r\non Tuesday.",
    tail="",
    end="\x03041200 GMT Mai 20\r\n\x7f\x04",
):
    head = "\x01xyz0042 2 i 100  dpa 0042\r\n\r\nSomewhere/ferry/\r\n\x02"
    return (head + "\r\n".join(header) + f" =\r\n\r\n{text}\r\n\r\n{tail}dpa ab cd\r\n\r\n{end}").encode("latin-1")


def one(data):
    _, items = read(View(data, LIMITS), LIMITS)
    assert len(items) == 1
    assert isinstance(items[0], Item)
    return items[0]


def story(data):
    return normalise(one(data), Origin(sha256="0" * 64))


# ---------------------------------------------------------------------------------------------- ANPA 1312


def test_anpa_fields_are_taken_from_envelope_and_header_lines():
    item = one(
        anpa(
            "Ferry to begin crossings<",
            "AP Photo ABC101<",
            "Eds: With AP Photos.<",
            "By JANE DOE=",
            "Associated Press=",
        )
    )
    assert (item.format, item.provider, item.local_id) == ("anpa1312", "ap", "a0123-2020-05-04")
    assert (item.priority, item.category, item.word_count, item.slugline) == ("r", "a", 120, "XX--Ferry")
    assert item.headlines[0].value == "Ferry to begin crossings"
    assert item.byline == "By JANE DOE"
    assert [note.value for note in item.notes] == ["Eds: With AP Photos."]
    assert item.version_created.text == "2020-05-04T12:00Z"
    assert item.furniture == ("AP Photo ABC101", "Associated Press")


def test_anpa_typography_becomes_quotes_and_dashes():
    assert one(anpa("Ferry<")).body.split("\n\n")[1] == "“We are glad,” said a captain — the oldest — on the pier."


def test_anpa_numbers_wrap_so_the_day_belongs_to_the_id():
    again = anpa("Ferry<", end="\x03AP-WF-05-11-20 1200GMT<")
    assert one(anpa("Ferry<")).local_id != one(again).local_id


def test_anpa_without_a_footer_has_no_id_of_its_own():
    """A cut-off copy must not claim the id of a story it may not be."""
    item = one(anpa("Ferry<").partition(b"\x03")[0])
    assert item.local_id == ""
    assert item.warnings[0][0] == "truncated"


def test_anpa_header_lines_are_the_text_where_there_is_no_other():
    item = one(anpa("Top news<", "Board meets in Portvale<", "Ferry to begin<", text=()))
    assert item.headlines[0].value == "Top news"
    assert item.body == "Board meets in Portvale\n\nFerry to begin"


def test_anpa_agate_keeps_its_rows():
    rows = ("\x08^;W;L;Pct;GB\x10", "\x08Portvale;23;13;.639;_\x10", "\x08New\x10 Quay;19;21;.475;6{\x10")
    data = anpa("Rowing<", "By The Associated Press=", "EAST=", text=()).replace(
        b"\x03AP", "\r\n".join(rows).encode() + b"\r\n\x03AP"
    )
    item = one(data)
    assert item.body_kind == "preformatted"
    assert item.body.split("\n") == ["EAST", ";W;L;Pct;GB", "Portvale;23;13;.639;_", "New Quay;19;21;.475;6½"]


def test_kyodo_copy_has_no_syn_and_a_plus_behind_the_headline():
    lines = (
        "\x01a0105KYODO\x1fkoko-",
        "u s\x14\x12 BC-Rowing-Cup   09-12 0040",
        "\x02BC-Rowing-Cup",
        "Rowing: Portvale win the",
        "Spring Cup+",
        "     PORTVALE, Sept. 12 Kyodo - Portvale won the cup on Sunday.",
        "==Kyodo",
        "\x03KWS-21:37-12-09-18\x04",
    )
    item = one("\r\n".join(lines).encode())
    assert item.headlines[0].value == "Rowing: Portvale win the Spring Cup"
    assert item.version_created.text == "2018-09-12T21:37+09:00"
    assert item.body == "PORTVALE, Sept. 12 Kyodo - Portvale won the cup on Sunday."


def test_anpa_that_lost_its_control_bytes_is_still_anpa():
    bare = anpa("Ferry to begin<", "By JANE DOE=").translate(None, b"\x01\x02\x03\x04\x11\x12\x13\x14\x16\x1f")
    item = one(bare)
    assert (item.format, item.byline, item.slugline) == ("anpa1312", "By JANE DOE", "XX--Ferry")
    assert item.version_created.text == "2020-05-04T12:00Z"
    assert "AP-WF" not in item.body


def test_an_ap_kill_is_canceled_and_names_its_target():
    kill = story(
        anpa(
            "Eds: Kill the story slugged BC-XX--Ferry.<",
            key="BC-XX--Ferry,Kill,30",
            text=("EDITORS: Kill BC-XX--Ferry, moved May 4.",),
        )
    )
    assert kill.pub_status == "canceled"
    assert "kill" in kill.wire.signals
    assert "Ferry" in kill.wire.story.targets[0].slug


def test_an_ap_withhold_is_withheld():
    held = story(anpa(key="BC-XX--Ferry,Withhold,20", text=("EDITORS: Withhold BC-XX--Ferry pending confirmation.",)))
    assert held.pub_status == "withheld"


def test_an_ap_correction_is_a_correction_and_keeps_its_note():
    fixed = story(anpa("Correction: Ferry story<", "Eds: Corrects the fare.<", key="BC-XX--Ferry,Correction,50"))
    assert fixed.wire.signals == ("correction",)
    assert "Corrects the fare" in fixed.ed_note
    assert fixed.pub_status == "usable"


def test_an_ap_writethru_is_an_update():
    assert "update" in story(anpa("Ferry<", key="BC-XX--Ferry, 3rd Ld-Writethru,300")).wire.signals


@pytest.mark.parametrize(
    ("note", "until"),
    [
        ("Eds: HOLD FOR RELEASE until 6 a.m. EDT Tuesday, May 5, 2020.<", "2020-05-05T10:00:00Z"),
        ("Eds: With AP Photos. Embargoed until 10 a.m. EDT May 5<", "2020-05-05T14:00:00Z"),
        ("EMBARGOED<", ""),
    ],
)
def test_an_ap_embargo_withholds_with_and_without_a_date(note, until):
    held = story(anpa("Ferry<", note))
    assert (held.pub_status, held.embargoed_until) == ("withheld", until)


def test_an_advance_held_for_release_fails_closed():
    assert story(anpa("Ferry<", key="BC-XX--Ferry,HFR,300")).pub_status == "withheld"


# ---------------------------------------------------------------------------------------------- IPTC 7901


def test_iptc_fields_are_taken_from_header_and_trailer():
    item = one(iptc("REFILE", "2ND LEAD", "Ferry to begin crossings before", "the spring tide", "By Jane Doe, dpa"))
    assert (item.provider, item.local_id) == ("dpa", "xyz0042-2020-05-04")
    assert (item.urgency, item.category, item.word_count) == ("2", "i", 100)
    assert item.slugline == "Somewhere/ferry"
    assert item.signals == ("REFILE", "2ND LEAD")
    assert item.headlines[0].value == "Ferry to begin crossings before the spring tide"
    assert item.byline == "By Jane Doe, dpa"
    assert item.version_created.text == "2020-05-04T12:00Z"
    assert item.sign_off == "dpa ab cd"


@pytest.mark.parametrize(
    ("month", "number"), [("Okt", "10"), ("Mai", "05"), ("Dez", "12"), ("Mrz", "03"), ("Jan", "01")]
)
def test_iptc_trailer_months_may_be_german(month, number):
    item = one(iptc("Fähre", end=f"\x03071341 GMT {month} 15 \r\n\x7f\r\n\x7f\x04"))
    assert item.version_created.text == f"2015-{number}-07T13:41Z"


def test_iptc_without_its_control_bytes_is_still_iptc():
    bare = iptc("EXTRA", "Ferry to begin").translate(None, b"\x01\x02\x03\x04\x7f")
    item = one(bare)
    assert (item.format, item.slugline, item.signals) == ("iptc7901", "Somewhere/ferry", ("EXTRA",))
    assert item.headlines[0].value == "Ferry to begin"
    assert "GMT" not in item.body


def test_iptc_latin_1_is_read():
    assert "Müller" in one(iptc("Fähre", text="Portvale (dpa) - Kapitän Müller fährt.")).body


def test_what_is_not_for_publication_never_reaches_the_body():
    tail = (
        "# Notebook\r\n\r\n## Internet links\r\n- [Board](http://example.org)\r\n\r\n* * * *\r\n"
        "The following information is not intended for publication\r\n\r\n"
        "## Editorial contacts\r\n- Desk: Jo Bloggs, +1 555 0100\r\n\r\n"
    )
    item = one(iptc("Ferry", tail=tail))
    assert item.body == "Portvale (dpa) - The ferry starts, the board said\non Tuesday."
    assert [(note.role, note.public) for note in item.notes] == [("advisory", True), ("contacts", False)]


def test_a_dpa_kill_is_canceled():
    kill = story(iptc("KILL KILL KILL", "Ferry to begin crossings", text="Please kill Somewhere/ferry (xyz0040)."))
    assert (kill.pub_status, kill.wire.signals) == ("canceled", ("kill",))
    assert kill.wire.story.targets


def test_a_dpa_hold_is_withheld():
    assert story(iptc("HOLD HOLD HOLD", "Ferry to begin crossings")).pub_status == "withheld"


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("(Sperrfrist: 5. Mai 2020, 10.00 Uhr)", "2020-05-05T08:00:00Z"),
        ("Sperrfrist 5. Mai 2020 1000", "2020-05-05T08:00:00Z"),
        ("SPERRFRIST", ""),
    ],
)
def test_a_dpa_sperrfrist_withholds_with_and_without_a_date(line, until):
    held = story(iptc(line, "Fähre fährt bald"))
    assert (held.pub_status, held.embargoed_until) == ("withheld", until)


# ---------------------------------------------------------------------------------------------- ZCZC … NNNN


def test_zczc_marked_lines():
    head = ("ZCZC ABC", "%A", "#Ferry_BC1", "$Ferry found at sea", ":(PORTVALE)", "&DESK\\Doej", "*07000000", "@Vic")
    item = one("\r\n".join([*head, "The ferry was found.", "", "   It is well.", "NNNN"]).encode())
    assert (item.format, item.slugline, item.located) == ("zczc", "Ferry_BC1", "PORTVALE")
    assert item.headlines[0].value == "Ferry found at sea"
    assert (item.subjects[0].code, item.places[0].name, item.sign_off) == ("07000000", "Vic", "DESK\\Doej")
    assert item.body == "The ferry was found.\n\nIt is well."


def test_zczc_tagged_lines():
    head = (
        "zczc",
        "AN#123",
        "KN#News Bites",
        "PD#06 June 2016 14:00:00",
        "CO#FRY.AX",
        "TI#Ferry firm grows",
        "AB#It grows.",
    )
    item = one("\r\n".join([*head, "TX#", "The firm grows.", ""]).encode())
    assert (item.headlines[0].value, item.descriptions[0].value) == ("Ferry firm grows", "It grows.")
    assert item.body == "The firm grows."
    assert item.organisations[0].symbols == (("FRY", "ASX"),)


def test_zczc_coded_lines():
    item = one(
        b"ZCZC FMG000\nYY RFG INTERNET(3RR)\nRACING : Portvale FIELDS Saturday\nThe first race starts at noon.\n\nNNNN"
    )
    assert (item.headlines[0].value, item.product_codes) == ("Portvale FIELDS Saturday", ("YY", "RFG", "INTERNET(3RR)"))


def test_several_frames_are_several_items():
    frame = b"ZCZC ABC\n#Ferry\n$Ferry found at sea, part %d\nThe ferry was found.\nNNNN\n"
    _, items = read(View(b"".join(frame % n for n in range(3)), LIMITS), LIMITS)
    assert [item.headlines[0].value[-1] for item in items] == ["0", "1", "2"]


def test_a_zczc_table_keeps_its_columns():
    rows = "".join(f"Boat {n}          {n}0,000     0.{n}05     +0.0{n}\n" for n in range(1, 7))
    item = one(f"ZCZC\n#Boats\n:Boats by size\n\n{rows}NNNN".encode())
    assert item.body_kind == "preformatted"
    assert item.body.split("\n")[0] == "Boat 1\t10,000\t0.105\t+0.01"


def test_a_zczc_embargo_withholds():
    held = story(
        b"ZCZC ABC\n#Ferry\n$Ferry found at sea\nEMBARGOED UNTIL 0600 GMT, 5 May 2020\n\nThe ferry was found.\nNNNN"
    )
    assert (held.pub_status, held.embargoed_until) == ("withheld", "2020-05-05T06:00:00Z")


def test_a_zczc_kill_is_canceled():
    assert story(b"ZCZC ABC\n#Ferry\n$KILL: Ferry found at sea\nPlease kill this story.\nNNNN").pub_status == "canceled"


def test_an_empty_frame_is_a_dead_letter_of_its_own():
    _, items = read(View(b"ZCZC ABC\nNNNN\nZCZC ABC\n$Ferry found at sea\nIt is well.\nNNNN", LIMITS), LIMITS)
    assert [type(item) for item in items] == [Rejected, Item]


@pytest.mark.parametrize("data", [b"ZCZCX is no frame, the board said.", b"The ZCZC frame is old, the board said."])
def test_the_letters_alone_are_no_frame(data):
    assert recognise(View(data, LIMITS)).name == "plaintext"
