"""NewsML 1.0 to 1.2: revisions, status, updates, embargoes, languages, pictures."""

import pytest
from xml_kit import item, items, newsml1, outcomes, story

from worker.story import DeadCode, Rejected


@pytest.mark.parametrize(
    ("provider", "item_id"),
    [("afp.com", "TX-PAR-AAA01"), ("anp.nl", "ANPX-1"), ("www.sda-ats.ch", "bsf001"), ("efeservicios.com", "25"),
     ("businesswire.com", "20240105000001")],
)  # fmt: skip
@pytest.mark.parametrize("status", ["Canceled", "Cancelled", "canceled", "Withdrawn"])
def test_a_canceled_revision_is_a_kill_of_the_same_uri(provider, item_id, status):
    first = story(newsml1(provider=provider, item_id=item_id))
    kill = story(newsml1(provider=provider, item_id=item_id, revision="2", previous="1", status=status))
    assert kill.pub_status == "canceled"
    assert kill.uri == first.uri
    assert kill.version == "2"
    assert first.pub_status == "usable"


def test_a_kill_needs_no_content():
    kill = story(newsml1(revision="2", previous="1", status="Canceled", component="<NewsComponent/>"))
    assert kill.pub_status == "canceled"
    _, found = outcomes(newsml1(component="<NewsComponent/>"))
    assert isinstance(found[0], Rejected)
    assert found[0].code == DeadCode.NO_CONTENT


def test_an_update_record_that_cancels_is_a_kill():
    """`Update` changes a former revision in place; there is no NewsComponent in it."""
    update = '<Update IdRef="m1"><Replace DuidRef="s1"><Status FormalName="Canceled"/></Replace></Update>'
    found = story(newsml1(revision="1", update="U", component=update))
    assert found.pub_status == "canceled"
    assert found.uri == "urn:newsml:acme.example:20240105:LAMP-1"


@pytest.mark.parametrize(
    ("revision", "update", "tail"), [("1", "N", ":1"), ("1", "N", ":1N"), ("3", "U", ":3U"), ("12", "A", ":12A")]
)
def test_the_revision_is_the_version_and_no_part_of_the_uri(revision, update, tail):
    base = "urn:newsml:acme.example:20240105:LAMP-1"
    found = item(newsml1(revision=revision, update=update, public=base + tail))
    assert (found.uri, found.version) == (base, revision)
    assert base + tail in [one.value for one in found.alt_ids]


def test_an_id_that_ends_like_a_revision_is_left_alone():
    found = item(newsml1(revision="2", public="urn:newsml:acme.example:20240105:LAMP:1"))
    assert found.uri == "urn:newsml:acme.example:20240105:LAMP:1"


@pytest.mark.parametrize("public", ["", "urn:newsml:acme.example", "urn:newsml:ACME Exporter:20240105:LAMP-1:1"])
def test_a_public_identifier_that_is_none_gives_way_to_the_item_id(public):
    """One that is the same for all stories would make all of them one."""
    found = item(newsml1(public=public))
    assert (found.uri, found.local_id) == ("", "LAMP-1")


def test_a_later_revision_signals_an_update():
    assert item(newsml1(revision="2", previous="1")).signals == ("update",)
    assert item(newsml1()).signals == ()


def test_an_alert_is_signalled_by_its_type():
    assert (
        "alert"
        in item(newsml1().replace('<NewsItemType FormalName="News"/>', '<NewsItemType FormalName="Alert"/>')).signals
    )


def will_change(status, when):
    future = f'<FutureStatus FormalName="{status}"/>'
    return f"<StatusWillChange>{future}<DateAndTime>{when}</DateAndTime></StatusWillChange>"


def test_an_embargo_ends_when_the_status_will_change():
    change = will_change("Usable", "20240106T060000Z")
    found = story(newsml1(status="Embargoed", management=change))
    assert (found.pub_status, found.embargoed_until) == ("withheld", "2024-01-06T06:00:00Z")
    assert story(newsml1(status="Withheld", management=change)).embargoed_until == "2024-01-06T06:00:00Z"


def test_an_embargo_without_a_date_withholds():
    found = story(newsml1(status="Embargoed"))
    assert (found.pub_status, found.embargoed_until) == ("withheld", "")


def test_a_usable_item_that_will_be_canceled_expires():
    change = will_change("Canceled", "20240201T000000Z")
    found = item(newsml1(management=change))
    assert (found.status, found.expires.text) == ("Usable", "2024-02-01T00:00:00Z")


def test_an_embargo_that_only_the_nitf_inside_states_counts():
    component = (
        "<NewsComponent><ContentItem><DataContent><nitf><head><docdata management-status='embargoed'>"
        "<date.issue norm='20240105T100000Z'/><date.release norm='20240106T060000Z'/></docdata></head><body><body.head>"
        "<hedline><hl1>Lamp</hl1></hedline></body.head><body.content><p>Lit.</p></body.content>"
        "</body></nitf></DataContent>"
        "</ContentItem></NewsComponent>"
    )
    found = story(newsml1(component=component))
    assert (found.pub_status, found.embargoed_until) == ("withheld", "2024-01-06T06:00:00Z")


def test_an_advisory_line_is_a_note_and_an_instruction_a_signal():
    component = (
        "<NewsComponent><NewsLines><HeadLine>Lamp</HeadLine><NewsLine><NewsLineType FormalName='AdvisoryLine'/>"
        "<NewsLineText>CORRECTS height in paragraph 2</NewsLineText></NewsLine></NewsLines>"
        "<ContentItem><DataContent>Lit."
        "</DataContent></ContentItem></NewsComponent>"
    )
    found = item(newsml1(component=component, management='<Instruction FormalName="Correction"/>'))
    assert "Correction" in found.signals
    assert [(n.role, n.value) for n in found.notes] == [
        ("instruction", "Correction"),
        ("advisory", "CORRECTS height in paragraph 2"),
    ]
    assert (
        "correction"
        in story(newsml1(component=component, management='<Instruction FormalName="Correction"/>')).wire.signals
    )


def test_two_languages_are_two_items_with_identities_of_their_own():
    def told(language, words):
        return (
            f'<NewsComponent xml:lang="{language}"><NewsLines><HeadLine>{words}</HeadLine></NewsLines><NewsComponent>'
            f'<Role FormalName="Body"/><ContentItem><DataContent>{words}.</DataContent></ContentItem></NewsComponent>'
            f'<NewsComponent><Role FormalName="Title"/><ContentItem><DataContent>{words}</DataContent></ContentItem>'
            f"</NewsComponent></NewsComponent>"
        )

    component = f"<NewsComponent>{told('nl', 'De lamp brandt')}{told('fr', 'La lampe luit')}</NewsComponent>"
    first, second = items(newsml1(component=component))
    assert (first.language, first.headlines[0].value, first.body) == ("nl", "De lamp brandt", "De lamp brandt.")
    assert (second.language, second.headlines[0].value, second.body) == ("fr", "La lampe luit", "La lampe luit.")
    assert second.uri == f"{first.uri}#fr"


def test_more_languages_than_anyone_has_are_refused():
    told = "".join(
        f'<NewsComponent xml:lang="{a}{b}"><ContentItem><DataContent>Lit.</DataContent></ContentItem></NewsComponent>'
        for a in "abcdefgh"
        for b in "abcdefgh"
    )
    _, found = outcomes(newsml1(component=f"<NewsComponent>{told}</NewsComponent>"))
    assert [one.code for one in found] == [DeadCode.TOO_MANY_ITEMS]


def test_pictures_beside_the_text_are_parts_with_their_captions():
    component = (
        "<NewsComponent><NewsLines><HeadLine>Lamp</HeadLine></NewsLines><NewsComponent><ContentItem>"
        "<MediaType FormalName='Text'/>"
        "<DataContent><media media-type='image'><media-reference data-location='#p0'/></media><p>Lit.</p></DataContent>"
        "</ContentItem></NewsComponent><NewsComponent Duid='p0'><NewsLines><ByLine>Ann Hall</ByLine>"
        "</NewsLines><NewsComponent>"
        "<Role FormalName='Caption'/><ContentItem><DataContent><p>The<br/>lamp.</p></DataContent>"
        "</ContentItem></NewsComponent>"
        "<NewsComponent><Role FormalName='HighDef'/><ContentItem Href='1.jpg'><MediaType "
        "FormalName='Photo'/></ContentItem>"
        "</NewsComponent></NewsComponent></NewsComponent>"
    )
    found = item(newsml1(component=component))
    assert (found.type, found.body) == ("text", "<p>Lit.</p>")
    assert [(p.type, p.caption, p.by) for p in found.parts] == [("picture", "The lamp.", "Ann Hall")]


def test_a_photo_item_is_a_picture():
    component = (
        "<NewsComponent><NewsLines><HeadLine>Lamp</HeadLine></NewsLines><NewsComponent><Role "
        "FormalName='Caption'/><ContentItem>"
        "<DataContent><p>The lamp.</p></DataContent></ContentItem></NewsComponent><NewsComponent>"
        "<Role FormalName='Main'/>"
        "<ContentItem Href='1.jpg'><MediaType FormalName='Photo'/></ContentItem></NewsComponent></NewsComponent>"
    )
    found = item(newsml1(component=component))
    assert (found.type, found.body, found.descriptions[0].value) == ("picture", "", "The lamp.")
    assert found.passed["renditions"][0]["href"] == "1.jpg"


def test_a_lead_sent_apart_opens_the_body_and_is_the_abstract():
    component = (
        "<NewsComponent><NewsLines><HeadLine>Lamp</HeadLine></NewsLines><NewsComponent><Role "
        "FormalName='Lead'/><ContentItem>"
        "<DataContent>It is lit.</DataContent></ContentItem></NewsComponent><NewsComponent><Role "
        "FormalName='Body'/><ContentItem>"
        "<DataContent>At noon.</DataContent></ContentItem></NewsComponent></NewsComponent>"
    )
    found = item(newsml1(component=component))
    assert found.body == "It is lit.\n\nAt noon."
    assert found.descriptions[0].role == "abstract"


def test_equivalents_are_one_text():
    component = (
        "<NewsComponent EquivalentsList='yes'><NewsLines><HeadLine>Lamp</HeadLine></NewsLines>"
        "<ContentItem><DataContent>"
        "<nitf><body><body.content><p>Lit.</p></body.content></body></nitf></DataContent></ContentItem><ContentItem>"
        "<DataContent>Lit.</DataContent></ContentItem></NewsComponent>"
    )
    assert item(newsml1(component=component)).body == "<p>Lit.</p>"


def test_references_only_are_a_composite():
    component = (
        "<NewsComponent><NewsLines><HeadLine>All on the lamp</HeadLine></NewsLines>"
        "<NewsItemRef NewsItem='urn:newsml:acme.example:20240105:A'/></NewsComponent>"
    )
    found = item(newsml1(component=component))
    assert (found.type, found.parts[0].uri) == ("composite", "urn:newsml:acme.example:20240105:A")


def test_news_items_inside_one_another_are_items():
    inner = newsml1(item_id="INNER")
    inner = inner[inner.index("<NewsItem>") : inner.index("</NewsML>")]
    component = f"<NewsComponent><NewsLines><HeadLine>Outer</HeadLine></NewsLines>{inner}</NewsComponent>"
    found = items(newsml1(component=component))
    assert [one.headlines[0].value for one in found] == ["Outer", "Lighthouse gets a new lamp"]


@pytest.mark.parametrize(
    "attributes", ["", ' Version="1.0"', ' Version="1.2" xmlns="http://iptc.org/std/NewsML/2003-10-10/"']
)
def test_with_and_without_version_and_namespace(attributes):
    name, found = outcomes(newsml1(attributes=attributes))
    assert name == "newsml1"
    assert found[0].body == "<p>The old lighthouse of Port Anvil has a new lamp.</p>"


def test_names_of_subjects_come_from_the_topic_set_in_the_items_language():
    component = (
        "<NewsComponent><TopicSet><Topic><FormalName>01023000</FormalName><Description xml:lang='el' "
        "Variant='Name'>Φάροι"
        "</Description><Description xml:lang='en' Variant='Name'>Lighthouses</Description></Topic>"
        "</TopicSet><NewsLines><HeadLine>"
        "Lamp</HeadLine></NewsLines><DescriptiveMetadata><Language FormalName='en'/><SubjectCode><SubjectMatter "
        "FormalName='01023000'/></SubjectCode></DescriptiveMetadata></NewsComponent>"
    )
    found = item(newsml1(component=component))
    assert [(s.scheme, s.code, s.name) for s in found.subjects] == [("subj", "01023000", "Lighthouses")]


def test_initials_sign_off_an_agency_is_no_author_and_a_name_is_one():
    def creator(*names):
        parties = "".join(f'<Party FormalName="{name}"/>' for name in names)
        return item(
            newsml1(
                component=f"<NewsComponent><NewsLines><HeadLine>Lamp</HeadLine></NewsLines><AdministrativeMetadata><Creator>{parties}"
                "</Creator></AdministrativeMetadata></NewsComponent>"
            )
        )

    assert (creator("ah/bc/de").sign_off, creator("ah/bc/de").byline) == ("ah/bc/de", "")
    assert creator("AFP").byline == ""
    assert creator("Ann Hall").byline == "Ann Hall"
    assert creator("AHL", "(BC)").sign_off == "AHL/BC"


def test_a_date_in_figures_is_no_dateline():
    component = "<NewsComponent><NewsLines><HeadLine>Lamp</HeadLine><DateLine>{}</DateLine></NewsLines></NewsComponent>"
    assert item(newsml1(component=component.format("5.1.2024 12:00:00 CET"))).dateline == ""
    assert (
        item(newsml1(component=component.format("Port Anvil, Jan 5 (ACME) -"))).dateline == "Port Anvil, Jan 5 (ACME) -"
    )
