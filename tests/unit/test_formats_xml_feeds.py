"""RSS, Atom, WordPress exports; Ritzau, Solita and XML of unknown senders."""

import pytest
from xml_kit import item, items, outcomes, story

from worker.story import DeadCode, Rejected


def rss(
    *entries, channel="<title>Acme</title><link>https://www.acme.example/</link><language>en</language>", attributes=""
):
    return f"<?xml version='1.0'?><rss version='2.0'{attributes}><channel>{channel}{''.join(entries)}</channel></rss>"


def test_one_item_an_entry_each_with_its_id():
    found = items(
        rss(
            "<item><title>One</title><guid>https://acme.example/1</guid></item>",
            "<item><title>Two</title><guid isPermaLink='false'>a-2</guid><link>https://acme.example/2</link></item>",
            "<item><title>Three</title><link>https://acme.example/3</link></item>",
            "<item><title>Four</title></item>",
        )
    )
    assert [(one.uri, one.local_id) for one in found] == [
        ("https://acme.example/1", ""),
        ("", "a-2"),
        ("https://acme.example/3", ""),
        ("", ""),
    ]
    assert {one.provider for one in found} == {"acme"}


def test_an_empty_entry_is_refused_alone():
    _, found = outcomes(rss("<item><title>One</title></item>", "<item/>"))
    assert found[0].headlines[0].value == "One"
    assert found[1].code == DeadCode.NO_CONTENT


def test_the_content_is_the_body_and_the_description_the_summary():
    found = item(
        rss(
            "<item><title>One &amp;amp; two</title><description>In short.</description><c:encoded>"
            "<![CDATA[<p>At length.</p>]]>"
            "</c:encoded><d:creator>Ann Hall</d:creator><category>Lamps</category><pubDate>Fri, 05 "
            "Jan 2024 10:00:00 GMT</pubDate>"
            "<enclosure url='https://acme.example/1.jpg' type='image/jpeg'/></item>",
            attributes=" xmlns:c='http://purl.org/rss/1.0/modules/content/' xmlns:d='http://purl.org/dc/elements/1.1/'",
        )
    )
    assert (found.body, found.body_kind, found.byline) == ("<p>At length.</p>", "html", "Ann Hall")
    assert found.descriptions[0].value == "In short."
    assert found.parts[0].uri == "https://acme.example/1.jpg"
    assert found.version_created.text == "Fri, 05 Jan 2024 10:00:00 GMT"


def test_an_atom_entry_with_xhtml_and_an_updated_date():
    found = item(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Acme</title><entry><id>'
        "tag:acme.example,2024:1</id>"
        '<title type="html">&lt;b&gt;Lampe&lt;/b&gt;</title><published>'
        "2024-01-05T10:00:00Z</published><updated>2024-01-05T11:00:00Z</updated>"
        '<link href="https://acme.example/1"/><author><name>Ann Hall</name></author><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>Sie brennt.</p></div></content></entry></feed>'
    )
    assert (found.uri, found.language) == ("tag:acme.example,2024:1", "de")
    assert (found.first_created.text, found.version_created.text) == ("2024-01-05T10:00:00Z", "2024-01-05T11:00:00Z")
    assert found.body == "<div><p>Sie brennt.</p></div>"
    assert found.headlines[0].html


def test_rdf_and_a_lone_entry_are_read():
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel><title>Acme</title>'
        "<items><rdf:Seq/></items></channel><item><title>Lamp</title><link>"
        "https://acme.example/1</link></item></rdf:RDF>"
    )
    assert item(rdf).uri == "https://acme.example/1"
    assert item("<item><title>Lamp</title><description>Lit.</description></item>").body == "Lit."


def test_wordpress_drafts_are_withheld_and_trash_is_canceled():
    def post(status):
        return story(
            rss(
                f"<item><title>Lamp</title><guid>https://acme.example/?p=1</guid><wp:post_type>post</wp:post_type>"
                f"<wp:status>{status}</wp:status></item>",
                attributes=" xmlns:wp='http://wordpress.org/export/1.2/'",
            )
        ).pub_status

    assert [post(status) for status in ("publish", "draft", "private", "trash")] == [
        "usable",
        "withheld",
        "withheld",
        "canceled",
    ]


def test_an_export_of_attachments_only_is_no_story():
    attachment = "<item><title>1.jpg</title><wp:post_type>attachment</wp:post_type></item>"
    with pytest.raises(Rejected) as why:
        outcomes(rss(attachment, attributes=" xmlns:wp='http://wordpress.org/export/1.2/'"))
    assert why.value.code == DeadCode.NOT_A_STORY


RITZAU = (
    "<RBNews xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><NewsID>n-1</NewsID><HistID>h-1</HistID><PublishDate>"
    "2024-07-05T12:00:00</PublishDate><headline>Lampe tændt</headline><town>Anvil</town><version>{version}</version>"
    "<content>&lt;p&gt;Den lyser.&lt;/p&gt;</content><Annuleret>{canceled}</Annuleret><NyVersion>{update}</NyVersion>"
    "<Korrektion>{correction}</Korrektion><Replaces i:nil='true'/></RBNews>"
)


def ritzau(version="1", canceled="false", update="false", correction="false"):
    return RITZAU.format(version=version, canceled=canceled, update=update, correction=correction)


def test_ritzaus_flags_are_status_and_signals():
    first = story(ritzau())
    assert (first.pub_status, first.version_created) == ("usable", "2024-07-05T10:00:00Z")
    kill = story(ritzau("2", canceled="true"))
    assert (kill.pub_status, kill.uri) == ("canceled", first.uri)
    assert item(ritzau("2", update="true", correction="true")).signals == ("update", "correction")


def test_a_release_with_an_embargo_is_withheld_and_one_without_is_not():
    def release(embargo):
        return story(
            "<release id='7' lang='no'><title>Lampe tent</title><leadtext>Den lyser.</leadtext><body>"
            "&lt;p&gt;Fra kl. 12.&lt;/p&gt;</body>"
            f"<publicationDate>05.01.2024 11:00</publicationDate><embargo>{embargo}</embargo>"
            f"<publisher><name>Anvil</name></publisher>"
            "</release>"
        )

    assert (release("").pub_status, release("06.01.2024 07:00").pub_status) == ("usable", "withheld")
    assert release("06.01.2024 07:00").embargoed_until == "2024-01-06T06:00:00Z"
    assert release("ved seremonien").pub_status == "withheld"


def test_unknown_xml_with_headline_and_text_is_read_with_a_warning():
    name, found = outcomes(
        "<doc><meta><id>x-1</id><date>2024-01-05T10:00:00Z</date></meta><Head_Line>Lamp</Head_Line>"
        "<BodyText><p>Lit.</p></BodyText></doc>"
    )
    assert name == "vendor_xml"
    assert (found[0].headlines[0].value, found[0].body, found[0].local_id) == ("Lamp", "<p>Lit.</p>", "x-1")
    assert found[0].warnings[0][0] == "format"


def test_unknown_xml_with_a_list_of_stories_loses_none():
    many = "".join(f"<article id='{n}'><title>Lamp {n}</title><text>Lit.</text></article>" for n in range(3))
    found = items(f"<export><articles>{many}</articles></export>")
    assert [(one.local_id, one.headlines[0].value) for one in found] == [
        ("0", "Lamp 0"),
        ("1", "Lamp 1"),
        ("2", "Lamp 2"),
    ]


@pytest.mark.parametrize(
    "message", ["<config><port>1</port></config>", "<invoice><title>Lamp</title><sum>1</sum></invoice>"]
)
def test_xml_that_is_no_story_is_an_unknown_format(message):
    with pytest.raises(Rejected) as why:
        outcomes(message)
    assert why.value.code == DeadCode.UNKNOWN_FORMAT
