"""NITF: status, releases, corrections, placeholders, the lines around the text."""

import pytest
from xml_kit import item, nitf, outcomes, story

from worker.story import DeadCode, Rejected

ISSUED = '<doc-id id-string="acme-1"/><date.issue norm="20240105T100000Z"/>'


@pytest.mark.parametrize("regsrc", ["AP", "ritzau.dk", "NTB", "PA", "cp.org"])
@pytest.mark.parametrize("content", ["<p>Kill the story on the lamp.</p>", ""])
def test_a_canceled_document_is_a_kill_with_or_without_text(regsrc, content):
    docdata = f'<doc-id id-string="acme-1" regsrc="{regsrc}"/><du-key key="lamp" version="2"/>'
    first = story(nitf(docdata=docdata))
    kill = story(nitf(docdata=docdata, status="canceled", content=content))
    assert (kill.pub_status, kill.uri) == ("canceled", first.uri)


def test_a_withheld_document_is_withheld():
    assert story(nitf(status="withheld")).pub_status == "withheld"


def test_an_embargoed_document_is_withheld_until_its_release():
    found = story(nitf(status="embargoed", docdata=ISSUED + '<date.release norm="20240106T000100+0000"/>'))
    assert (found.pub_status, found.embargoed_until) == ("withheld", "2024-01-06T00:01:00Z")


@pytest.mark.parametrize("release", ["", '<date.release norm="YYYYMMDD000000-HHMM"/>', "<date.release/>"])
def test_an_embargo_without_a_date_withholds(release):
    found = story(nitf(status="embargoed", docdata=ISSUED + release))
    assert (found.pub_status, found.embargoed_until) == ("withheld", "")


@pytest.mark.parametrize(
    ("release", "embargoed"),
    [
        ("20240105T100000Z", False),
        ("20240105T090000Z", False),
        ("20240105T110000+0100", False),
        ("20240105T100001Z", True),
        ("20240105T090000-0200", True),
        ("Saturday noon", True),
    ],
)
def test_a_release_is_an_embargo_only_when_later_than_the_issue_or_unreadable(release, embargoed):
    found = item(nitf(docdata=f'{ISSUED}<date.release norm="{release}"/>'))
    assert (found.embargoed_until is not None) == embargoed
    assert (story(nitf(docdata=f'{ISSUED}<date.release norm="{release}"/>')).pub_status == "withheld") == embargoed


def test_a_correction_names_what_it_corrects_and_why():
    found = item(nitf(docdata=f'{ISSUED}<correction info="Height is 31 metres" id-string="acme-0"/>'))
    assert found.signals == ("correction",)
    assert found.targets == ({"uri": "acme-0"},)
    assert (found.notes[0].role, found.notes[0].value) == ("correction", "Height is 31 metres")
    assert "correction" in story(nitf(docdata=f'{ISSUED}<correction info="Height" id-string="acme-0"/>')).wire.signals


def test_placeholders_are_no_dates_and_empty_messages_no_notes():
    docdata = (
        '<doc-id id-string="a"/><date.issue norm="YYYYMMDD000000-HHMM"/><date.expire norm=""/><ed-msg info=""/>'
        "<key-list/>"
    )
    found = item(nitf(docdata=docdata))
    assert (found.version_created, found.expires, found.notes, found.keywords) == (None, None, (), ())


def test_a_version_in_the_id_is_no_part_of_it_where_the_sender_says_so():
    def ntb(number, version):
        return nitf(
            head='<meta name="NTBID" content="NTBlamp"/>',
            docdata=f'<doc-id id-string="NTBlamp_{number}" regsrc="NTB"/><du-key key="lamp" version="{version}"/>',
        )

    first, second = item(ntb("00", 1)), item(ntb("01", 2))
    assert first.local_id == second.local_id == "NTBlamp"
    assert (first.version, second.version) == ("1", "2")


def test_an_id_that_is_a_uri_is_used_as_it_is():
    assert (
        item(nitf(docdata='<doc-id id-string="urn:newsml:acme.example:2024:x"/>')).uri
        == "urn:newsml:acme.example:2024:x"
    )
    assert item(nitf(docdata='<doc-id id-string="20240105:RTZ:1:0"/>')).local_id == "20240105:RTZ:1:0"


def test_bylines_of_people_titles_and_initials():
    def of(byline):
        return item(nitf(body_head=f"<hedline><hl1>Lamp</hl1></hedline><byline>{byline}</byline>"))

    people = of("<person>Ann Hall</person><byttl>Acme News</byttl>")
    assert (people.byline, [(s.name, s.role) for s in people.sources]) == ("Ann Hall", [("Acme News", "credit")])
    assert of("By Ann Hall").byline == "By Ann Hall"
    assert (of("ah/bc/de").byline, of("ah/bc/de").sign_off) == ("", "ah/bc/de")


def test_datelines_as_words_or_as_a_place():
    def of(dateline):
        return item(nitf(body_head=f"<hedline><hl1>Lamp</hl1></hedline><dateline>{dateline}</dateline>"))

    place = of(
        "<location><city>Port Anvil</city><country>Britain</country></location><story.date norm='20240105T100000Z'/>"
    )
    assert (place.located, place.dateline, place.places[0].broader) == ("Port Anvil", "", ("Britain",))
    assert (of("Port Anvil").located, of("Port Anvil").dateline) == ("Port Anvil", "")
    assert of("PORT ANVIL, Jan 5 (Acme) -").dateline == "PORT ANVIL, Jan 5 (Acme) -"


def test_subjects_are_subject_codes_and_others_keep_their_owner():
    head = (
        "<tobject tobject.type='News'><tobject.property tobject.property.type='Current'/>"
        "<tobject.subject tobject.subject.refnum='04011002' tobject.subject.matter='Lamps'/>"
        "<tobject.subject tobject.subject.refnum='F1' tobject.subject.ipr='ACME' tobject.subject.type='Light'/>"
        "<tobject.subject tobject.subject.ipr='IPTC'/></tobject>"
    )
    found = item(nitf(head=head))
    assert [(s.scheme, s.code, s.name) for s in found.subjects] == [
        ("subj", "04011002", "Lamps"),
        ("acme", "F1", "Light"),
    ]


def test_takes_are_numbered_only_where_there_are_several():
    assert item(nitf(docdata=ISSUED + '<series series.part="2" series.totalpart="3"/>')).take == 2
    assert item(nitf(docdata=ISSUED + '<series series.part="4" series.totalpart="0"/>')).take is None


def test_the_body_keeps_tables_and_headings_and_loses_nitfs_own_tags():
    content = (
        "<hl2>The lamp</hl2><block><p>By <person>Ann</person> in <location>Anvil</location><br/>"
        "today &amp; now</p></block>"
        "<table><tr><td colspan='2'>1</td></tr></table><media media-type='image'><media-reference "
        "source='http://acme.example/1.jpg'/>"
        "<media-caption>The lamp.</media-caption></media>"
    )
    found = item(nitf(content=content))
    assert found.body == (
        "<h2>The lamp</h2><div><p>By Ann in Anvil<br>today &amp; now</p></div>"
        '<table><tr><td colspan="2">1</td></tr></table>'
    )
    assert (found.parts[0].caption, found.parts[0].uri) == ("The lamp.", "http://acme.example/1.jpg")


def test_a_lede_is_the_abstract_too():
    found = item(nitf(content='<p lede="true">It is lit.</p><p>At noon.</p>'))
    assert (found.descriptions[0].role, found.descriptions[0].value) == ("abstract", "It is lit.")
    assert found.body.startswith("<p>It is lit.</p>")


def test_with_its_namespace_and_a_title_for_want_of_a_headline():
    found = item(nitf(namespace=' xmlns="http://iptc.org/std/NITF/2006-10-18/"', body_head=""))
    assert found.headlines[0].value == "Lighthouse gets a new lamp"


def test_nothing_but_metadata_is_no_content():
    with pytest.raises(Rejected) as why:
        outcomes("<nitf><head><docdata><doc-id id-string='a'/></docdata></head><body><body.content/></body></nitf>")
    assert why.value.code == DeadCode.NO_CONTENT


def test_the_headline_as_first_written_is_no_subheadline():
    head = '<hedline><hl1 id="headline">Lamp lit</hl1><hl2 id="originalHeadline">Lamp lit at last</hl2></hedline>'
    found = item(f"<nitf><body><body.head>{head}</body.head><body.content><p>Lit.</p></body.content></body></nitf>")
    assert [(one.role, one.value) for one in found.headlines] == [
        ("main", "Lamp lit"),
        ("original", "Lamp lit at last"),
    ]
