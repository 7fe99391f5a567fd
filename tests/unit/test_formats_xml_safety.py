"""XML from outside: bombs, files, depth, half messages, wrong encodings; and that nothing else can come of it."""

import hypothesis
import pytest
from hypothesis import strategies as st
from xml_kit import g2, g2_message, item, items, newsml1, nitf, outcomes

from worker.formats import read
from worker.formats.view import View
from worker.formats.xmlprolog import root_of, scan
from worker.formats.xmltree import parse
from worker.story import DeadCode, Item, Limits, Rejected


def refused(message, limits=None):
    with pytest.raises(Rejected) as why:
        outcomes(message, limits or Limits())
    return why.value.code


def with_doctype(doctype, message=None):
    return (message or nitf()).replace("<nitf>", f"{doctype}<nitf>", 1)


def test_an_entity_bomb_expands_to_nothing():
    """A DTD never reaches the parser: entities made of entities stay the words they are."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{levels}]>'
    found = item(with_doctype(bomb, nitf(content="<p>It said &l9; and no more.</p>")))
    assert "It said &amp;l9; and no more." in found.body
    assert found.warnings


@pytest.mark.parametrize(
    "declared", ['SYSTEM "file:///etc/hostname"', 'PUBLIC "-//X//Y//EN" "http://example.invalid/y.ent"']
)
def test_an_external_entity_is_not_fetched(declared):
    found = item(
        with_doctype(f"<!DOCTYPE nitf [<!ENTITY out {declared}>]>", nitf(content="<p>Before &out; after.</p>"))
    )
    assert "Before &amp;out; after." in found.body


def test_parameter_entities_and_external_subsets_are_ignored():
    doctype = '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.2//EN" "nitf.dtd" [<!ENTITY % all SYSTEM "all.dtd"> %all; ]>'
    assert item(with_doctype(doctype)).headlines[0].value == "Lighthouse gets a new lamp"


def test_a_declared_abbreviation_is_resolved():
    doctype = """<!DOCTYPE nitf [<!-- it's ]> here --><!ENTITY pa "Port Anvil"> <!ENTITY dash '&#8212;'>]>"""
    assert "in Port Anvil — today" in item(with_doctype(doctype, nitf(content="<p>in &pa; &dash; today</p>"))).body


def test_declared_abbreviations_cannot_blow_a_message_up():
    doctype = f'<!DOCTYPE nitf [<!ENTITY long "{"ha " * 60}">]>'
    assert refused(with_doctype(doctype, nitf(content=f"<p>{'&long;' * 6000}</p>"))) == DeadCode.TOO_LARGE


def test_a_doctype_without_an_end_is_malformed():
    assert refused("<!DOCTYPE nitf [<!ENTITY a 'x'>" + "<!-- " * 2000 + "<nitf><head/></nitf>") == DeadCode.MALFORMED


@pytest.mark.parametrize("depth", [201, 254, 300, 20_000])
def test_deep_nesting_is_refused(depth):
    """As too deep, whatever the setting: the parser's own limit is 256."""
    content = "<block>" * depth + "x" + "</block>" * depth
    assert refused(nitf(content=content)) == DeadCode.TOO_DEEP


def test_the_depth_limit_is_the_one_set():
    content = "<block>" * 30 + "<p>Deep down.</p>" + "</block>" * 30
    assert "Deep down." in item(nitf(content=content)).body
    assert refused(nitf(content=content), Limits(depth_max=20)) == DeadCode.TOO_DEEP


@pytest.mark.parametrize(
    "message", [nitf(), newsml1(), g2_message(g2()), "<rss><channel><item><title>A</title></item></channel></rss>"]
)
@pytest.mark.parametrize("share", [0.35, 0.6, 0.9, 0.999])
def test_half_a_message_is_no_story(message, share):
    assert refused(message[: int(len(message) * share)]) == DeadCode.MALFORMED


def test_windows_1252_under_a_utf8_declaration_is_read_and_said():
    message = nitf(content="<p>The captain’s “café” in Åre</p>").encode("cp1252")
    found = item(message)
    assert "captain’s “café” in Åre" in found.body
    assert "charset:windows-1252" in found.transformations
    assert any(code == "charset" for code, _ in found.warnings)


def test_utf8_under_a_latin_declaration_is_read_and_said():
    message = nitf(content="<p>Über den Häfen</p>").replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    found = item(message)
    assert "Über den Häfen" in found.body
    assert found.warnings == (("charset", "declared iso-8859-1, is utf-8"),)


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_wide_encodings(charset):
    message = nitf(content="<p>Über den Häfen</p>").replace('encoding="UTF-8"', 'encoding="UTF-16"')
    name, found = outcomes(message.encode(charset))
    assert name == "nitf"
    assert "Über den Häfen" in found[0].body


def test_an_encoding_that_does_not_exist_is_no_obstacle():
    assert item(nitf().replace('encoding="UTF-8"', 'encoding="x-klingon"')).local_id == "acme-1"


def test_nuls_and_control_characters_are_dropped_and_said():
    found = item(nitf(content="<p>The\x00 lamp\x0b is\x1f lit&#11;.</p>"))
    assert "The lamp is lit." in found.body
    assert any(code == "schema" for code, _ in found.warnings)


@pytest.mark.parametrize(
    ("broken", "read_as"),
    [
        ("<p>Fish &nbsp;&amp; chips &eacute;</p>", "Fish \xa0&amp; chips é"),
        ("<p>Fish & chips</p>", "Fish &amp; chips"),
        ("<p>1 < 2</p>", "1 &lt; 2"),
        ("<p>It&#146;s lit</p>", "It’s lit"),
        ("<p>One<br>two</p>", "One<br>two"),
        ("<p><b>Bold <i>both</b></i> plain</p>", "both"),
        ('<p><x:mark xmlns:y="u">Marked</x:mark> text</p>', "Marked text"),
    ],
)
def test_what_is_broken_without_doubt_is_mended_with_a_warning(broken, read_as):
    found = item(nitf(content=broken))
    assert read_as in found.body
    assert any(code == "schema" for code, _ in found.warnings)


def test_text_behind_the_end_is_cut_with_a_warning():
    assert item(nitf() + "\n\x00NNNN\n").warnings


def test_html_entities_inside_cdata_are_left_to_the_html():
    component = (
        '<NewsComponent><NewsLines><HeadLine>A lamp</HeadLine></NewsLines><ContentItem><Format FormalName="HTML"/>'
        "<DataContent><![CDATA[<p>Caf&eacute; &copy; R&D</p>]]></DataContent></ContentItem></NewsComponent>"
    )
    found = item(newsml1(component=component))
    assert found.body == "<p>Caf&eacute; &copy; R&D</p>"
    assert not found.warnings


def test_a_tag_missing_in_the_frame_is_malformed():
    """Otherwise one item could swallow the next."""
    message = g2_message(g2(), g2(guid="urn:newsml:acme.example:20240105:two"))
    assert refused(message.replace("</newsItem>", "", 1)) == DeadCode.MALFORMED


def test_an_empty_document_and_a_lone_declaration():
    assert refused("<?xml version='1.0'?>") in (DeadCode.MALFORMED, DeadCode.UNKNOWN_FORMAT)
    assert refused("<nitf/>") == DeadCode.NO_CONTENT


def test_the_root_is_found_behind_comments_and_instructions():
    long = "<!-- " + "spec at the agency's site " * 40 + "-->"
    assert root_of(
        f"<?xml version='1.0'?>{long}<?x y?><!DOCTYPE a [<!ENTITY b '>'>]>\n<n:a xmlns:n='urn:x'/>".encode()
    ) == ("a", "urn:x")
    assert root_of(b"<a href='x'") is None or root_of(b"<a href='x'").name == "a"
    assert root_of(b"plain text") is None
    assert root_of("<?xml version='1.0'?><nitf>".encode("utf-16")).name == "nitf"


def test_prolog_scanning_ends():
    assert scan(b"<!--" * 5000).root == -1
    assert scan(b"<!DOCTYPE a [" + b"'" * 5000).root == -1
    assert scan(b"<?a?>" * 5000).root == -1


def test_a_message_of_too_many_items_is_refused():
    feed = "<rss><channel>" + "<item><title>A lamp</title></item>" * 600 + "</channel></rss>"
    assert refused(feed) == DeadCode.TOO_MANY_ITEMS
    assert refused(g2_message(*[g2()] * 501)) == DeadCode.TOO_MANY_ITEMS


RSS = (
    "<rss version='2.0'><channel><title>T</title><item><title>A</title><description>&lt;p&gt;B&lt;/p&gt;</description>"
    "</item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:a,2024:1</id><title>A</title>'
    '<content type="html">&lt;b&gt;x</content></entry></feed>'
)
WHOLE = [
    nitf(content="<p>One &amp; two</p><media media-type='image'><media-caption>A lamp</media-caption></media>"),
    newsml1(),
    g2_message(g2(), g2(kind="ninat:picture", content="")),
    RSS,
    ATOM,
    "<RBNews><NewsID>1</NewsID><headline>A</headline><content>&lt;p&gt;B&lt;/p&gt;</content></RBNews>",
    "<article><title>A</title><text>B</text></article>",
]
PIECES = st.sampled_from(
    [b"<", b">", b"&", b"&#0;", b"&#xD800;", b"</p>", b"<p>", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE x [", b"\x00",
     b"\xff", b"\xed\xa0\x80", b'xmlns:q="" ', b"<q:z/>", b"<?xml?>", b'"', b"\xef\xbf\xbf", b"<newsItem/>",
     b"<NewsComponent><ContentItem/></NewsComponent>"]
)  # fmt: skip


@hypothesis.settings(max_examples=400, deadline=None)
@hypothesis.given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(PIECES, st.binary(max_size=6))), max_size=4),
)
def test_any_mutation_gives_items_or_a_bounded_code(message, cuts):
    """Items or Rejected, nothing else: a reader never raises anything of its own."""
    data = message.encode()
    for where, dropped, put in cuts:
        at = int(where * len(data))
        data = data[:at] + put + data[at + dropped :]
    limits = Limits(depth_max=60, items_max=20)
    try:
        _, found = read(View(data, limits), limits)
    except Rejected as why:
        assert why.code in DeadCode
        return
    assert found
    for one in found:
        assert isinstance(one, Item | Rejected)


@hypothesis.settings(max_examples=150, deadline=None)
@hypothesis.given(st.text(max_size=60))
def test_any_text_comes_through_an_element_unharmed(words):
    """What is escaped as XML wants it is read as it was, but for characters that XML cannot hold."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = "".join(c for c in words if c in "\t\n\r" or (c >= "\x20" and c not in "\ufffe\uffff"))
    view = View(f"<a>{escaped}</a>".encode("utf-8", "replace"), Limits())
    before = view.text if view.transformations else ""
    text = parse(view, Limits()).root.text or ""
    if "mojibake" not in view.transformations and "\0" not in words and not before.startswith("charset"):
        assert text == kept.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()


def test_two_readings_are_the_same():
    assert items(g2_message(g2())) == items(g2_message(g2()))
