"""JSON dialects: ninjs of three generations, AP Media API, dpa digitalwires, MRN, JSON Feed."""

import base64
import gzip
import json
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.formats import read
from worker.formats.view import View
from worker.story import DeadCode, Item, Limits, Rejected

LIMITS = Limits(depth_max=50)
FIXTURES = pathlib.Path(__file__).resolve().parents[3] / "shared" / "wire" / "fixtures"


def items(value, limits=LIMITS):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    found, out = read(View(data, limits), limits)
    return found.name, out


def only(value):
    name, out = items(value)
    assert len(out) == 1
    assert isinstance(out[0], Item)
    return name, out[0]


NINJS_1 = {
    "uri": "urn:example:harbour-1",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2024-05-01T10:00:00Z",
    "headline": "Harbour reopens after storm",
    "body_html": "<p>The harbour of Aldmouth reopened on Wednesday.</p>",
    "body_text": "The harbour of Aldmouth reopened on Wednesday.",
    "byline": "Ada Quill",
    "subject": [{"name": "weather", "code": "17000000", "scheme": "subj"}],
    "associations": {"main": {"uri": "urn:example:pic", "type": "picture", "description_text": "The harbour."}},
}
NINJS_3 = {
    "uri": "urn:example:harbour-1",
    "standard": {"name": "ninjs", "version": "3.1"},
    "type": "text",
    "pubStatus": "usable",
    "versionCreated": "2024-05-01T10:00:00Z",
    "headlines": [{"role": "main", "value": "Harbour reopens after storm"}],
    "bodies": [
        {"role": "main", "contentType": "text/plain", "value": "plain"},
        {"role": "main", "contentType": "text/html", "value": "<p>The harbour of Aldmouth reopened.</p>"},
    ],
    "by": "Ada Quill",
    "rightsInfo": {"langId": "http://www.w3.org/ns/odrl/2/", "linkedRights": "https://example.org/r"},
}


def test_generations_of_ninjs_give_the_same_fields():
    old, new = only(NINJS_1)[1], only(NINJS_3)[1]
    assert (old.format_version, new.format_version) == ("1", "3.1")
    for item in (old, new):
        assert item.uri == "urn:example:harbour-1"
        assert item.headlines[0].value == "Harbour reopens after storm"
        assert item.body_kind == "html"
        assert item.byline == "Ada Quill"
        assert item.warnings == ()
    assert old.parts[0].caption == "The harbour."
    assert new.passed["rightsInfo"]["linkedRights"] == "https://example.org/r"


def test_an_envelope_of_items_gives_one_item_each():
    name, out = items({"total": 2, "item": [NINJS_1, {**NINJS_1, "uri": "urn:example:2"}]})
    assert name == "ninjs"
    assert [i.uri for i in out] == ["urn:example:harbour-1", "urn:example:2"]


@pytest.mark.parametrize("key", ["_items", "hits"])
def test_a_page_of_a_service_s_answer_gives_one_item_each(key):
    name, out = items({key: [{**NINJS_1, "_links": {}}, {**NINJS_1, "uri": "urn:example:2"}], "total": 2})
    assert name == "ninjs"
    assert [i.uri for i in out] == ["urn:example:harbour-1", "urn:example:2"]


@pytest.mark.parametrize("given", ["Ada Quill/TT", "Ada Quill", ""])
def test_vignette_and_byline_of_tts_html_are_no_text(given):
    html = (
        '<article><h1>Open</h1><div class="dat"><span class="vignette">Harbours</span><span class="source">TT</span>'
        '</div><figure><img src="x.jpg"/><div class="byline">Ada Quill/TT</div><figcaption>Quay.</figcaption>'
        '</figure><div class="bodytext"><p>It is open.</p></div><div class="byline">Ada Quill/TT</div></article>'
    )
    told = {name: value for name, value in NINJS_1.items() if name not in ("byline", "body_html")}
    item = only({**told, "body_html5": html, **({"byline": given} if given else {})})[1]
    assert (item.byline, item.furniture) == (given or "Ada Quill/TT", ("Harbours / TT",))
    assert item.body.count("Ada Quill/TT") == 1  # the photo's
    assert "Harbours" not in item.body


@pytest.mark.parametrize("field", ["embargoed", "embargoedUntil"])
def test_an_embargo_is_carried_in_every_generation(field):
    item = only({**NINJS_1, field: "2024-05-02T06:00:00Z"})[1]
    assert item.embargoed_until
    assert item.embargoed_until.text == "2024-05-02T06:00:00Z"


def test_ninjs_that_breaks_its_schema_is_read_and_said_so():
    item = only({**NINJS_1, "genre": "Feature", "pubstatus": "replaced", "mood": 1})[1]
    told = " ".join(detail for code, detail in item.warnings if code == "schema")
    assert "genres: want array" in told
    assert "pubStatus=replaced" in told
    assert "mood" in told
    assert item.status == "replaced"  # normalise decides; nothing is guessed here


def test_ninjs_without_anything_to_show_is_no_story():
    assert [r.code for r in items({"uri": "urn:example:x", "type": "text"})[1]] == [DeadCode.NO_CONTENT]


def test_a_line_feed_inside_a_json_string_is_survived():
    name, item = only(b'{"uri": "urn:example:1", "headline": "Two\nlines"}')
    assert name == "ninjs"
    assert ("schema", "JSON: control-characters") in item.warnings


def test_a_lone_surrogate_never_reaches_the_story():
    item = only(b'{"uri": "urn:example:1", "headline": "half \\ud83d pair"}')[1]
    assert item.headlines[0].value.encode()


AP = {
    "api_version": "2.0",
    "data": {
        "meta": {"products": [{"id": 1, "name": "Wire"}]},
        "item": {
            "uri": "https://api.ap.org/media/v/content/" + "a1" * 16 + "?qt=session&et=1",
            "altids": {"itemid": "a1" * 16, "transref": "s0005"},
            "version": 0,
            "type": "text",
            "pubstatus": "canceled",
            "headline": "Harbour story withdrawn",
            "bylines": [{"by": "By ADA QUILL", "title": "Staff Writer"}],
            "ednote": "Eds: the harbour story is killed.",
        },
    },
}


def test_ap_identity_is_the_item_id_and_never_the_session_uri():
    name, item = only(AP)
    assert name == "ap_media_api"
    assert item.uri == "tag:ap.org,2011:" + "a1" * 16
    assert item.version == "0"
    assert item.status == "canceled"
    assert all("session" not in alt.value for alt in item.alt_ids)


DPA = {
    "format": "digitalwires@0.9.1",
    "urn": "urn:newsml:dpa.com:20090101:240101-99-000001",
    "version": 2,
    "version_created": "2024-01-01T10:00:00+01:00",
    "pubstatus": "canceled",
    "signal": "sig:correction",
    "headline": "Hafen wieder offen",
    "article_html": "<section><p>Der Hafen ist offen.</p></section>",
    "dateline": "Aldmünde (dpa) - ",
    "ednotes": [{"role": "dpaednoterole:contacts", "ednote": "Redaktion +49 0", "is_publishable": False}],
    "categories": [{"type": "dnltype:dpasubject", "name": "Wetter", "qcode": "medtop:17000000"}],
}


def test_dpa_keeps_the_private_notepad_apart():
    name, item = only(DPA)
    assert name == "dpa_digitalwires"
    assert (item.uri, item.version, item.status) == (DPA["urn"], "2", "canceled")
    assert item.signals == ("sig:correction",)
    assert [(n.role, n.public) for n in item.notes] == [("contacts", False)]
    assert (item.subjects[0].scheme, item.subjects[0].code) == ("medtop", "17000000")


MRN = {
    "altId": "nL1N000001",
    "headline": "UPDATE 1-Harbour reopens",
    "body": "ALDMOUTH, May 1 (Reuters) - The harbour reopened.",
    "takeSequence": 1,
    "pubStatus": "stat:usable",
    "urgency": 3,
    "language": "en",
    "provider": "NS:RTRS",
    "subjects": ["A:1", "R:IBM.N"],
    "versionCreated": "2024-05-01T10:00:00.000Z",
}


def fragments(story, size):
    packed = gzip.compress(json.dumps(story).encode(), mtime=0)
    cuts = [packed[i : i + size] for i in range(0, len(packed), size)]
    return [
        {"Fields": {"GUID": "g1", "MRN_SRC": "A", "FRAG_NUM": n, "TOT_SIZE": len(packed) if n == 1 else None,
                    "FRAGMENT": base64.b64encode(cut).decode()}}
        for n, cut in enumerate(cuts, 1)
    ]  # fmt: skip


def test_mrn_fragments_of_one_record_are_joined():
    flat = only(MRN)[1]
    name, out = items(fragments(MRN, 60))
    assert name == "refinitiv_mrn"
    assert (out[0].uri, out[0].body) == (flat.uri, flat.body)
    assert flat.organisations[0].symbols == (("IBM", "N"),)


def test_an_mrn_part_without_its_rest_is_a_dead_letter():
    assert [r.code for r in items(fragments(MRN, 60)[:1])[1]] == [DeadCode.FRAGMENT]


def test_an_mrn_alert_has_no_body_and_is_an_alert():
    item = only({**MRN, "body": "", "urgency": 1})[1]
    assert item.signals == ("alert",)
    assert item.body == ""


def test_a_json_feed_gives_an_item_an_entry():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Aldmouth Courier",
        "items": [{"id": "https://example.org/1", "title": "One", "content_html": "<p>One.</p>"}, {"id": "2"}],
    }
    name, out = items(feed)
    assert name == "jsonfeed"
    assert out[0].uri == "https://example.org/1"
    assert isinstance(out[1], Rejected)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (b'{"uri": "urn:x", "headline": "cut of', DeadCode.MALFORMED),
        (b'{"foo": 1}', DeadCode.UNKNOWN_FORMAT),
        (b"[" * 100_000, DeadCode.TOO_DEEP),
        (b'{"uri": "urn:x", "headline": "x", "extra": ' + b"[" * 60 + b"]" * 60 + b"}", DeadCode.TOO_DEEP),
        (gzip.compress(json.dumps(NINJS_1).encode())[:-9], DeadCode.BAD_COMPRESSION),
        (gzip.compress(b"0" * 20_000_000), DeadCode.TOO_LARGE),
    ],
)
def test_unusable_json_ends_with_a_bounded_code(value, code):
    with pytest.raises(Rejected) as why:
        items(value)
    assert why.value.code == code


def test_gzip_around_a_message_is_undone_and_said():
    item = only(gzip.compress(gzip.compress(json.dumps(NINJS_1).encode())))[1]
    assert item.transformations == ("gzip", "gzip")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([NINJS_1, NINJS_3, AP, DPA, MRN]), st.data())
def test_any_value_in_any_field_gives_items_or_a_bounded_code(story, data):
    broken = json.loads(json.dumps(story))
    node = broken
    for _ in range(3):
        name = data.draw(st.sampled_from(sorted(node)))
        if not isinstance(node[name], dict) or not node[name] or data.draw(st.booleans()):
            break
        node = node[name]
    node[name] = data.draw(_JSON)
    try:
        _, out = items(broken)
    except Rejected:
        return
    assert all(isinstance(one, Item | Rejected) for one in out)


@pytest.mark.skipif(not FIXTURES.exists(), reason="the shared fixtures are not beside the repository")
@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("ninjs", "ninjs"),
        ("ninjs_iptc/examples_*", "ninjs"),
        ("ninjs_iptc/suite_*", "ninjs"),
        ("ap_media_api", "ap_media_api"),
        ("dpa_digitalwires_json", "dpa_digitalwires"),
    ],
)
def test_every_fixture_is_recognised_as_its_folder_says(folder, name):
    for path in sorted(FIXTURES.glob(f"{folder}/*")):
        if path.name == "extension-schema.json":
            continue
        try:
            found, out = items(path.read_bytes())
        except Rejected as why:
            assert why.code == DeadCode.MALFORMED, path
            continue
        assert found == name, path
        for one in out:
            assert not isinstance(one, Rejected) or one.code == DeadCode.NO_CONTENT, path
            if "should_fail" in path.name and isinstance(one, Item):
                assert any(code == "schema" for code, _ in one.warnings), path
