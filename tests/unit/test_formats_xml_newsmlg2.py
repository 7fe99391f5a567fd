"""NewsML-G2: kills, embargoes, corrections, packages, several items, and what no fixture asserts."""

import pytest
from xml_kit import NAR, g2, g2_message, item, items, outcomes, story

from worker.story import DeadCode, Rejected

CANCELED = '<pubStatus qcode="stat:canceled"/>'


def content_meta(**fields):
    return "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())


@pytest.mark.parametrize(
    ("guid", "provider", "sender"),
    [
        ("urn:newsml:dpa.com:20090101:240105-99-000001", "dpa", "dpa.com"),
        ("tag:reuters.com,2024:newsml_L1N0000AA", "reuters.com", "reuters.com"),
        ("tag:ap.org,2011:0123456789abcdef0123456789abcdef-text", "AP", "ap.org"),
        ("http://tt.se/media/text/240105-lamp-1", "TT", "tt.se"),
        ("urn:newsml:stt.fi:20240105:100000001", "STT", ""),
        ("tag:ansa.it,2024-01-05:lamp", "ansa.it", "ansa.it"),
    ],
)
def test_a_canceled_item_is_a_kill_of_its_uri_with_or_without_text(guid, provider, sender):
    """The kill of each agency: the same guid with a higher version and status canceled."""
    first = story(g2_message(g2(guid=guid, provider=provider), sender=sender))
    for content in (
        "<contentSet><inlineXML><html><body><p>Story withdrawn.</p></body></html></inlineXML></contentSet>",
        "",
    ):
        meta = "" if not content else "<headline>Lighthouse gets a new lamp</headline>"
        kill = g2(guid=guid, provider=provider, version="2", status=CANCELED, content_meta=meta, content=content)
        killed = story(g2_message(kill, sender=sender))
        assert killed.pub_status == "canceled"
        assert killed.uri == first.uri
        assert killed.version == "2"


@pytest.mark.parametrize(
    "status",
    ['<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', '<pubStatus literal="canceled"/>'],
)
def test_a_status_is_read_in_each_way_that_it_may_be_written(status):
    assert story(g2(status=status)).pub_status == "canceled"


def test_an_embargo_later_than_the_story_withholds_it():
    found = story(g2(item_meta="<embargoed>2024-01-06T06:00:00+01:00</embargoed>"))
    assert (found.pub_status, found.embargoed_until) == ("withheld", "2024-01-06T05:00:00Z")


@pytest.mark.parametrize(
    "embargo", ["<embargoed/>", "<embargoed></embargoed>", "<embargoed>until the ceremony</embargoed>"]
)
def test_an_embargo_without_a_date_withholds_without_end(embargo):
    """Also when the status that follows says usable: an embargo fails closed."""
    found = story(g2(status=f'{embargo}<pubStatus qcode="stat:usable"/>'))
    assert found.pub_status == "withheld"
    assert not found.embargoed_until
    assert any(one.code == "embargo-unreadable" for one in found.wire.warnings)
    assert story(g2(status=f'<pubStatus qcode="stat:usable"/>{embargo}')).pub_status == "withheld"


def test_a_withheld_status_is_kept():
    assert story(g2(status='<pubStatus qcode="stat:withheld"/>')).pub_status == "withheld"


def test_a_kill_is_not_softened_by_an_embargo():
    assert item(g2(status=f"{CANCELED}<embargoed>2024-02-01T00:00:00Z</embargoed>")).status == "canceled"


def test_a_correction_carries_its_signal_and_its_public_note():
    found = item(
        g2(
            guid="urn:newsml:dpa.com:20090101:240105-99-000001",
            item_meta='<signal qcode="sig:correction"/>'
            '<edNote role="dpaednoterole:correction">In paragraph 2 the height is 31 metres.</edNote>'
            '<edNote role="dpaednoterole:dpacontacts" pubconstraint="dpapconstraint:nonpublic">Desk, +00 1</edNote>',
        )
    )
    assert found.signals == ("sig:correction",)
    assert [(n.role, n.public) for n in found.notes] == [("correction", True), ("dpacontacts", False)]
    assert "correction" in story(g2(item_meta='<signal qcode="sig:correction"/>')).wire.signals


def test_a_private_note_is_not_public_and_a_notepad_is_not_repeated():
    notes = (
        '<edNote role="sttnote:private">desk only</edNote><edNote role="sttnote:public">for all</edNote>'
        '<edNote role="dpaednoterole:notepad"><section xmlns="http://www.w3.org/1999/xhtml"><p>'
        "again</p></section></edNote>"
    )
    assert [(n.value, n.public) for n in item(g2(item_meta=notes)).notes] == [("desk only", False), ("for all", True)]


def test_several_items_of_a_message_keep_their_order_and_one_bad_one_harms_no_other():
    message = g2_message(
        g2(guid="urn:newsml:acme.example:1:a"),
        '<conceptItem guid="urn:x:person" version="1"><concept><name>A person</name></concept></conceptItem>',
        '<newsItem guid="urn:newsml:acme.example:1:empty" version="1"><itemMeta/></newsItem>',
        g2(guid="urn:newsml:acme.example:1:b"),
        '<knowledgeItem guid="urn:x:scheme" version="1"/>',
    )
    _, found = outcomes(message)
    codes = [one.code if isinstance(one, Rejected) else one.uri for one in found]
    assert codes == [
        "urn:newsml:acme.example:1:a",
        DeadCode.NOT_A_STORY,
        DeadCode.NO_CONTENT,
        "urn:newsml:acme.example:1:b",
        DeadCode.NOT_A_STORY,
    ]


def test_a_package_is_a_composite_with_a_part_for_each_reference_and_no_body():
    package = (
        f'<packageItem {NAR} guid="urn:newsml:acme.example:1:pack" version="3" xml:lang="en"><itemMeta>'
        '<itemClass qcode="ninat:composite"/><versionCreated>2024-01-05T10:00:00Z</versionCreated></itemMeta>'
        '<contentMeta><headline>Top stories</headline></contentMeta><groupSet root="r"><group id="r" role="group:main">'
        '<itemRef residref="urn:newsml:acme.example:1:a"/><groupRef idref="g"/></group><group id="g" role="group:side">'
        '<itemRef residref="urn:newsml:acme.example:1:p"><itemClass qcode="ninat:picture"/><title>'
        "The lamp</title></itemRef>"
        "</group></groupSet></packageItem>"
    )
    found = items(g2_message(package, g2(guid="urn:newsml:acme.example:1:a")))
    assert (found[0].type, found[0].body) == ("composite", "")
    assert [(p.uri, p.type, p.headline) for p in found[0].parts] == [
        ("urn:newsml:acme.example:1:a", "text", "Lighthouse gets a new lamp"),
        ("urn:newsml:acme.example:1:p", "picture", "The lamp"),
    ]


def test_a_picture_has_its_caption_and_renditions_and_no_body():
    found = item(
        g2(
            kind="ninat:picture",
            content_meta="<headline>Lamp</headline><by>Ann Hall</by>"
            '<description role="drol:caption">The lamp, lit.</description>',
            content='<contentSet><remoteContent href="http://acme.example/1.jpg" rendition="rnd:highRes" '
            'contenttype="image/jpeg" width="4000" height="3000" size="99"/></contentSet>',
        )
    )
    assert (found.type, found.body, found.byline) == ("picture", "", "Ann Hall")
    assert (found.descriptions[0].role, found.descriptions[0].value) == ("caption", "The lamp, lit.")
    assert found.passed["renditions"][0]["width"] == 4000


def test_a_planning_item_and_an_event_are_published_with_their_type():
    planning = (
        f'<planningItem {NAR} guid="urn:newsml:acme.example:1:plan" version="1"><itemMeta/>'
        f"<newsCoverageSet><newsCoverage>"
        '<planning><itemClass qcode="ninat:text"/><scheduled>2024-02-01T12:00:00Z</scheduled>'
        "<headline>Lamp ceremony</headline></planning></newsCoverage></newsCoverageSet></planningItem>"
    )
    event = (
        f'<conceptItem {NAR} guid="urn:newsml:acme.example:1:event" version="1"><itemMeta/><concept>'
        f'<type qcode="cpnat:event"/>'
        "<name>Lamp ceremony</name><definition>The lamp is lit.</definition><eventDetails><dates>"
        "<start>2024-02-01T12:00:00Z</start></dates></eventDetails></concept></conceptItem>"
    )
    plan, happening = items(g2_message(planning, event))
    assert (plan.type, plan.headlines[0].value) == ("planning", "Lamp ceremony")
    assert plan.passed["plannedCoverage"][0]["type"] == "text"
    assert (happening.type, happening.headlines[0].value) == ("event", "Lamp ceremony")
    assert happening.passed["eventDetails"] == {"dates": {"startDate": "2024-02-01T12:00:00Z"}}


def test_nitf_inside_gives_body_and_fills_what_the_metadata_lacks_but_never_the_identity():
    inner = (
        '<contentSet><inlineXML contenttype="application/nitf+xml"><nitf><head><docdata><doc-id id-string="inner-7"/>'
        '<key-list><keyword key="lamps"/></key-list></docdata></head><body><body.head><byline>'
        "<person>Ann Hall</person></byline>"
        "</body.head><body.content><hl2>A lamp</hl2><p>The lamp.</p></body.content></body></nitf>"
        "</inlineXML></contentSet>"
    )
    found = item(g2(content=inner))
    assert found.body == "<h2>A lamp</h2><p>The lamp.</p>"
    assert (found.byline, found.keywords) == ("Ann Hall", ("lamps",))
    assert (found.uri, found.local_id) == ("urn:newsml:acme.example:20240105:lighthouse", "")


def test_a_nitf_inside_that_is_canceled_kills_the_item():
    inner = (
        '<contentSet><inlineXML><nitf><head><docdata management-status="canceled"/></head><body><body.content>'
        "<p>Kill.</p></body.content></body></nitf></inlineXML></contentSet>"
    )
    assert item(g2(content=inner)).status == "canceled"


def test_ap_items_have_one_uri_in_all_formats():
    guid = "tag:ap.org,2011:0123456789abcdef0123456789abcdef-text"
    meta = '<headline>Lamp</headline><altId type="ap:itemId">0123456789abcdef0123456789abcdef</altId>'
    found = item(g2_message(g2(guid=guid, content_meta=meta), sender="ap.org"))
    assert found.uri == "tag:ap.org,2011:0123456789abcdef0123456789abcdef"
    assert guid in [one.value for one in found.alt_ids]


def test_a_guid_that_is_no_uri_is_a_local_id():
    found = item(g2(guid="GM1E-without-scheme"))
    assert (found.uri, found.local_id) == ("", "GM1E-without-scheme")


def test_dpas_urn_is_its_uri_as_in_json():
    assert item(g2(guid="urn:newsml:dpa.com:20090101:240105-99-1")).uri == "urn:newsml:dpa.com:20090101:240105-99-1"


def test_headlines_by_role_rank_and_language():
    meta = (
        '<headline xml:lang="en" rank="1">Lamp lit</headline><headline rank="3">Port Anvil</headline>'
        '<headline role="hld:subHeadline">At last</headline><headline xml:lang="de">Lampe brennt</headline>'
    )
    found = item(g2_message(g2(content_meta=meta), sender="dpa.com"))
    assert [(h.role, h.value) for h in found.headlines] == [
        ("main", "Lamp lit"),
        ("kicker", "Port Anvil"),
        ("sub", "At last"),
        ("alternative", "Lampe brennt"),
    ]


def test_subjects_are_told_apart_by_type():
    meta = (
        '<subject type="cpnat:abstract" qcode="medtop:20000013"><name>lamps</name></subject>'
        '<subject type="cpnat:person" literal="p1"><name>Ann Hall</name></subject>'
        '<subject type="cpnat:organisation" literal="o1"><name>Anvil Lamps plc</name></subject>'
        '<subject type="cpnat:geoArea" qcode="iso3166-1a2:GB"><name>Britain</name></subject>'
        '<subject type="cpnat:poi" literal="x1"><name>The lighthouse</name></subject>'
    )
    asserted = (
        '<assert literal="o1"><organisationDetails><hasInstrument symbol="ANV" marketlabel="LSE"/>'
        "</organisationDetails></assert>"
        '<assert literal="x1"><POIDetails><position latitude="51.5" longitude="-0.1"/></POIDetails></assert>'
    )
    found = item(g2(content_meta=meta).replace("<contentSet>", asserted + "<contentSet>"))
    assert [(s.scheme, s.code, s.name) for s in found.subjects] == [("medtop", "20000013", "lamps")]
    assert [p.name for p in found.people] == ["Ann Hall"]
    assert found.organisations[0].symbols == (("ANV", "LSE"),)
    assert [(p.name, p.code, p.lat) for p in found.places] == [
        ("Britain", "iso3166-1a2:GB", None),
        ("The lighthouse", "", 51.5),
    ]


def test_an_agency_or_an_account_is_no_author():
    meta = (
        '<headline>Lamp</headline><creator qcode="dpa-ad:hall.ann"><name>hall.ann</name></creator>'
        "<creator><name>Reuters</name></creator><creator><name>Ann Hall</name></creator><creator>"
        "<name>ah/bb</name></creator>"
    )
    found = item(g2(content_meta=meta))
    assert [(p.name, p.role) for p in found.people] == [("Ann Hall", "author")]
    assert found.sign_off == "ah/bb"


def test_a_figure_becomes_a_part_and_an_infobox_stands_apart():
    body = (
        '<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Lighthouse gets a new lamp</h1>'
        '<figure><img src="http://acme.example/1.jpg"/><div class="byline">Ann Hall</div><figcaption>'
        "Lit.</figcaption></figure>"
        '<p>Text.</p><div class="INFOBOX"><h2>Facts</h2><p>31 metres.</p></div></body></html></inlineXML></contentSet>'
    )
    found = item(g2(content=body))
    assert found.body == "<p>Text.</p>"
    assert [(p.caption, p.by, p.uri) for p in found.parts] == [("Lit.", "Ann Hall", "http://acme.example/1.jpg")]
    assert [b.value for b in found.infoboxes] == ["<h2>Facts</h2><p>31 metres.</p>"]


def test_text_as_characters_is_read_as_what_it_is():
    def of(data):
        return item(g2(content=f'<contentSet><inlineData contenttype="text/plain">{data}</inlineData></contentSet>'))

    assert (of("One.\n\nTwo &lt; three.").body_kind, of("One.\n\nTwo &lt; three.").body) == (
        "text",
        "One.\n\nTwo < three.",
    )
    assert (of("&lt;p&gt;One.&lt;/p&gt;").body_kind, of("&lt;p&gt;One.&lt;/p&gt;").body) == ("html", "<p>One.</p>")


def test_without_a_namespace_and_with_a_prefix():
    bare = g2(namespace="")
    prefixed = g2(namespace='xmlns:n="http://iptc.org/std/nar/2006-10-01/"').replace("<", "<n:").replace("<n:/", "</n:")
    assert item(bare).uri == item(prefixed).uri
    assert item(bare).headlines == item(prefixed).headlines


def test_another_standard_under_the_same_name_is_not_claimed():
    name, _ = outcomes('<newsItem xmlns="urn:something-else"><title>A lamp</title><text>Lit.</text></newsItem>')
    assert name == "vendor_xml"


def test_an_archive_item_without_version_dates_takes_those_of_its_content():
    message = g2(content_meta="<headline>Lamp</headline><contentCreated>2013-02-16T17:36:20Z</contentCreated>").replace(
        "<versionCreated>2024-01-05T10:00:00Z</versionCreated>", ""
    )
    assert item(message).version_created.text == "2013-02-16T17:36:20Z"


def test_a_subheadline_that_the_text_begins_with_stands_in_the_headlines_alone():
    """Austrian wires set headline and subheadline over the text once more."""
    found = story(
        g2_message(
            g2(
                content_meta="<headline>Lamp lit</headline><headline>Keepers are glad</headline>",
                content='<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Lamp lit</h1>'
                "<h2>Keepers are glad</h2><p>The lamp burns again.</p><h2>Keepers are glad</h2><p>They said so.</p>"
                "</body></html></inlineXML></contentSet>",
            )
        )
    )
    assert found.bodies[0].value == "The lamp burns again.\n\nKeepers are glad\n\nThey said so."
    assert [(one.role, one.value) for one in found.headlines] == [("main", "Lamp lit"), ("sub", "Keepers are glad")]


def test_a_ruled_box_over_the_text_is_a_note_when_it_says_what_was_corrected():
    box = "<pre>--------\n  KORREKTUR-HINWEIS\n  Name im ersten Absatz.\n--------</pre>"
    told = (
        '<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{}<p>Die Lampe brennt.</p>'
        "</body></html></inlineXML></contentSet>"
    )
    found = story(g2_message(g2(content=told.format(box))))
    assert found.bodies[0].value == "Die Lampe brennt."
    assert [(one.role, one.value) for one in found.wire.notes] == [
        ("correction", "KORREKTUR-HINWEIS Name im ersten Absatz.")
    ]
    table = story(g2_message(g2(content=told.format("<pre>--------\n  Port Anvil 3 Kap Tor 1\n--------</pre>"))))
    assert "Port Anvil 3" in table.bodies[0].value


def test_who_sends_a_story_is_its_provider_and_no_agency_that_it_draws_on():
    meta = '<headline>Lamp lit</headline><infoSource role="isrol:originfo"><name>dpa</name></infoSource>'
    found = story(g2_message(g2(provider="nprov:apa", guid="urn:newsml:apa.at:20240105:APA0001", content_meta=meta)))
    assert found.wire.source == "apa"
