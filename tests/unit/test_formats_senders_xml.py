"""What single senders do with the XML formats, found in real files: each case a story of no agency's."""

from __future__ import annotations

import msgspec
import pytest
from xml_kit import g2, item, items, newsml1, nitf, story


def told(message: str) -> dict:
    return msgspec.json.decode(msgspec.json.encode(story(message)))


def places(message: str) -> dict[str, str]:
    return {one["name"]: one["rel"] for one in told(message)["places"]}


# -- NewsML 1


@pytest.mark.parametrize("item_id", ["", "0"])
def test_an_identifier_that_names_only_the_sender_makes_no_two_stories_one(item_id):
    found = item(newsml1(item_id=item_id, public="urn:newsml:www.acme.example"))
    assert (found.uri, found.local_id) == ("", "")
    other = newsml1(item_id=item_id, public="urn:newsml:www.acme.example").replace("Port Anvil", "Port Bellows")
    assert told(other)["uri"] != story(newsml1(item_id=item_id, public="urn:newsml:www.acme.example")).uri


def test_a_guid_and_keywords_of_a_component_count_where_nothing_else_names_the_item():
    component = (
        '<NewsComponent xml:lang="en"><NewsLines><HeadLine>Lighthouse gets a new lamp</HeadLine></NewsLines>'
        "<DescriptiveMetada><guid>16AAC34C</guid></DescriptiveMetada>"
        '<ContentItem><MediaType FormalName="Text"/><DataContent>A lamp.</DataContent></ContentItem>'
        "<item_keywords><item_keyword>HARBOURS</item_keyword></item_keywords></NewsComponent>"
    )
    found = item(newsml1(item_id="", public="", management="<Urgency>2</Urgency>", component=component))
    assert (found.local_id, found.urgency, found.keywords) == ("16AAC34C", "2", ("HARBOURS",))


def test_an_embargo_that_only_a_comment_states_is_read():
    component = (
        "<NewsComponent><NewsLines><HeadLine>Festival programme launched</HeadLine></NewsLines>"
        '<DescriptiveMetadata><Property FormalName="Topic" Value="ARTS"/></DescriptiveMetadata>'
        "<NewsComponent><Comment> Embargoed to 0001 Saturday January 06 </Comment>"
        '<ContentItem><MediaType FormalName="Text"/><DataContent>The programme is out.</DataContent></ContentItem>'
        "</NewsComponent></NewsComponent>"
    )
    found = told(newsml1(provider="pa.press.net", status="Embargoed", component=component))
    assert (found["pubStatus"], found["embargoedUntil"]) == ("withheld", "2024-01-06T00:01:00Z")
    assert "ARTS" in [one["name"] for one in found["subjects"] if one["creator"] == "provider"]


def test_html_as_characters_and_a_summary_line():
    component = (
        "<NewsComponent><NewsLines><HeadLine>Lighthouse gets a new lamp</HeadLine><NewsLine>"
        '<NewsLineType FormalName="Summary"/><NewsLineText>A lamp for Port Anvil</NewsLineText></NewsLine></NewsLines>'
        '<ContentItem><MediaType FormalName="Text"/><DataContent><body><body.content>'
        "<![CDATA[The old lamp went.<BR>The new one came.]]></body.content></body></DataContent></ContentItem>"
        "</NewsComponent>"
    )
    found = told(newsml1(component=component))
    assert "<" not in found["bodies"][0]["value"]
    assert "A lamp for Port Anvil" in [one["value"] for one in found["descriptions"]]


# -- NITF


def test_a_take_number_is_no_part_of_the_headline_and_the_one_keyword_is_the_slug():
    message = nitf(
        body_head="", docdata='<doc-id id-string="acme-1"/><key-list><keyword key="LH-Lamps"/></key-list>'
    ).replace("<title>Lighthouse", "<title>1 LIGHTHOUSE")
    found = item(message)
    assert [(one.role, one.value) for one in found.headlines] == [
        ("main", "LIGHTHOUSE gets a new lamp"),
        ("original", "1 LIGHTHOUSE gets a new lamp"),
    ]
    assert found.slugline == "LH-Lamps"


def test_a_line_below_the_headline_that_repeats_the_keyword_is_none():
    found = item(
        nitf(
            body_head="<hedline><hl1>Lighthouse gets a new lamp</hl1><hl2>ANVIL HARBOUR</hl2></hedline>",
            docdata='<doc-id id-string="acme-1"/><key-list><keyword key="ANVIL HARBOUR"/></key-list>',
        )
    )
    assert (found.slugline, [one.role for one in found.headlines]) == ("ANVIL HARBOUR", ["main"])


def test_a_subtitle_where_the_byline_belongs_has_no_author():
    message = nitf(
        head='<meta name="category_iptc" content="04000000"/>',
        body_head="<hedline><hl1>&gt;&gt;&gt;ANSA/Anvil cuts its lamps by a third</hl1></hedline>"
        "<byline>Harbour calm and ready for every night says the mayor</byline>",
    )
    found = told(message)
    assert "by" not in found
    assert [(one["role"], one["value"]) for one in found["headlines"]] == [
        ("main", "Anvil cuts its lamps by a third"),
        ("original", ">>>ANSA/Anvil cuts its lamps by a third"),
        ("sub", "Harbour calm and ready for every night says the mayor"),
    ]
    assert "subj:04000000" in [one.get("literal") for one in found["subjects"]]


def test_a_mark_on_a_line_of_its_own_belongs_to_the_word_before_it():
    found = item(nitf(content="<p>\nThe lamp burns from\n<chron>May 1 to 5</chron>\n.\n</p>"))
    assert "to 5." in found.body


# -- NewsML-G2


def test_places_that_only_assertions_name():
    """A subject refers to one by the last number of its code; another stands for itself."""
    message = g2(
        content_meta="<headline>Lamp</headline>"
        '<subject type="cpnat:geoArea" qcode="sttlocationalias:7"/><subject type="cpnat:geoArea" qcode="x:9"/>'
    ).replace(
        "<contentSet>",
        '<assert qcode="sttlocmeta:rich:7"><name>Anvilia</name><geoAreaDetails>'
        '<position latitude="0" longitude="0"/></geoAreaDetails></assert>'
        '<assert qcode="sttlocmeta:default:8"><broader qcode="sttcity:1"><name>Port Bellows</name></broader></assert>'
        "<contentSet>",
        1,
    )
    found = {spot.name: spot for spot in item(message).places}
    assert set(found) == {"Anvilia", "Port Bellows", ""}
    assert found["Anvilia"].lat is None


def test_the_text_markup_of_tt():
    text = (
        '<contentSet><inlineXML contenttype="application/ttnitf+xml"><BODY xmlns=""><TEXT>'
        "<RUBRIK>Fyren får ny lampa</RUBRIK><DAT><ORT>HAMN</ORT><SOURCE>Stadby, TT</SOURCE></DAT>"
        "<INGRESS><P>Fyren vid hamnen har fått en ny lampa.</P></INGRESS>"
        "<BRODTEXT><CITAT>Den lyser bra, säger vakten.</CITAT><MELLIS>Ljus natt</MELLIS><P>Natten blev ljus.</P>"
        "</BRODTEXT><BYLINE>Anna Fyrman/TT</BYLINE><BILD><BILDFIL>http://tt.example/1</BILDFIL>"
        "<BILDTEXT><P>Lampan.</P></BILDTEXT><BILDSKAPARE>Bo Bild</BILDSKAPARE></BILD></TEXT>"
        "<TEXT><RUBRIK>Fakta: Fyren</RUBRIK><BRODTEXT><P>Byggd 1850.</P></BRODTEXT></TEXT></BODY>"
        "</inlineXML></contentSet>"
    )
    found = told(g2(content_meta="<headline>Fyren får ny lampa</headline>", content=text, provider="TT"))
    body, box = (
        next(one["value"] for one in found["bodies"] if one["role"] == role and one["contentType"] == "text/plain")
        for role in ("main", "infobox")
    )
    assert body.split("\n\n") == [
        "Fyren vid hamnen har fått en ny lampa.", "Den lyser bra, säger vakten.", "Ljus natt", "Natten blev ljus.",
    ]  # fmt: skip
    assert "Byggd 1850." in box
    assert found["by"].startswith("Anna Fyrman")
    assert found["associations"][0]["descriptions"][0]["value"] == "Lampan."


def test_a_byline_in_the_text_counts_where_the_format_names_only_a_desk():
    text = (
        '<contentSet><inlineXML contenttype="application/nitf+xml"><nitf><body><body.head><byline>By<person>Staff '
        "Reporter</person></byline></body.head><body.content><p>By Ada Wick</p><p>The lamp of Port Anvil burns.</p>"
        "</body.content></body></nitf></inlineXML></contentSet>"
    )
    assert told(g2(content=text))["by"] == "Ada Wick"


# -- single vendors


def test_codes_sent_as_numbers_get_their_zero_back():
    message = (
        "<RBNews><NewsID>1</NewsID><headline>Fyr</headline><content>&lt;p&gt;Lampen.&lt;/p&gt;</content>"
        '<IPTCList xmlns:a="urn:a"><a:int>4000000</a:int></IPTCList></RBNews>'
    )
    assert item(message).subjects[0].code == "04000000"


def test_an_entry_of_a_news_calendar_is_an_event():
    found = told(
        "<document><time>2024-01-05T10:00:00</time><ntbId>NBRP1</ntbId><service>newscalendar</service>"
        "<title>Fyrdagen</title><location>Havnegata 1</location><timeStart>2024-02-01T09:00:00</timeStart>"
        "<subjects><subject>Fyr;Havn</subject></subjects><content>Alle er velkomne.</content></document>"
    )
    assert (found["type"], found["uri"]) == ("event", "urn:wire-id:ntb:NBRP1")
    assert found["eventDetails"]["dates"]["expectedStartDate"] == "2024-02-01T09:00:00"


# -- stories of one queue, codes of two vocabularies, classifiers


def test_a_queue_of_ritzaus_service_is_as_many_stories():
    one = (
        "<RBNews><NewsID>{0}</NewsID><headline>Fyr {0}</headline><content>&lt;p&gt;Lampe {0}.&lt;/p&gt;</content>"
        "<byLine>{1}</byLine></RBNews>"
    )
    queue = (
        '<XMLNewsQueuedResponse xmlns="http://tempuri.org/"><XMLNewsQueuedResult><error xmlns="">0</error>'
        f'<ListOfRBNews xmlns="">{one.format(1, "")}{one.format(2, "Ida Havn")}</ListOfRBNews>'
        "</XMLNewsQueuedResult></XMLNewsQueuedResponse>"
    )
    found = items(queue)
    assert [(one.local_id, one.byline, one.provider) for one in found] == [
        ("1", "", "ritzau"),
        ("2", "Ida Havn", "ritzau"),
    ]


def test_a_code_of_mediatopic_under_the_older_vocabulary_s_name_is_one_of_mediatopic():
    subjects = '<subject qcode="subj:20000062"/><subject qcode="subj:04000000"/>'
    found = told(g2(content_meta=f"<headline>Lamp</headline>{subjects}"))["subjects"]
    assert [one["uri"] for one in found if one["creator"] == "provider"] == [
        "http://cv.iptc.org/newscodes/mediatopic/20000062",
        "http://cv.iptc.org/newscodes/subjectcode/04000000",
    ]


def test_a_classifier_of_a_category_is_neither_keyword_nor_slug():
    category = '<identified-content><classifier type="apcategorycode" value="s"/></identified-content>'
    found = item(nitf(docdata=f'<doc-id id-string="acme-1"/>{category}'))
    assert (found.category, found.slugline, found.keywords) == ("s", "", ())


def test_a_script_with_a_clip_is_a_video():
    text = '<ContentItem><MediaType FormalName="Text"/><DataContent>00:00 The lamp turns.</DataContent></ContentItem>'
    clip = '<ContentItem Href="lamp.mp4"><MediaType FormalName="Video"/></ContentItem>'
    component = (
        '<NewsComponent><NewsComponent><Role FormalName="Video"/><NewsLines><HeadLine>Lamp</HeadLine></NewsLines>'
        f'<NewsComponent><Role FormalName="Body"/>{text}</NewsComponent>'
        f'<NewsComponent><Role FormalName="Clip"/>{clip}</NewsComponent></NewsComponent></NewsComponent>'
    )
    assert told(newsml1(component=component))["type"] == "video"
