"""Whatever an item holds, there is a valid story or a bounded code; and the cost grows with the text, not faster."""

from __future__ import annotations

import contextlib
import json
import pathlib
import string

import hypothesis
import jsonschema
import msgspec
import pytest
from hypothesis import strategies as st
from normalise_kit import SHA

from worker.normalise import Origin, normalise
from worker.story import Code, Item, Moment, Note, Part, Party, Rejected, Spot, Text

SCHEMA = json.loads(
    (pathlib.Path(__file__).resolve().parents[2] / "schemas/clean-story.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

QUICK = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # shrinking so large an item takes minutes

PIECES = [
    "UPDATE 2-",
    "(2nd LD) ",
    "KILL KILL KILL",
    "STORY WITHDRAWN-",
    "EMBARGOED until 0600 GMT May 3",
    "By Ann Example=",
    "PORT ACME, May 2 (Reuters) - ",
    "(Yonhap)",
    "(END)",
    "-30-",
    "\n",
    "\n\n",
    " ",
    "\t",
    "dam",
    "The dam holds. ",
    "(Adds comment)",
    "Eds: x",
    "# Notebook",
    "(Reporting by A; Editing by B)",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "&amp;",
    "\xa0",
    "\x00",
    "\ud800",
    "\u202e",
    "é",
    "ÃƒÂ©",
    "대한",
    "مدينة",
    "(",
    ")",
    "/",
    "=2",
    "___",
    "a@b.cc",
    "http://x.y/z",
    "March 14, 2017 - 10:38",
    "From",
    "Send to",
    "FILE PHOTO: x (Yonhap)",
    "AAP RTV",
    "==Kyodo",
    "urn:newsml:acme:1",
    "1ST LEAD",
    "***",
    "Adv 15",
]
words = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=30))
moments = st.none() | words.map(Moment)
codes = st.lists(
    st.builds(Code, name=words, code=words, scheme=words, uri=words, rel=words, relevance=st.none() | st.integers()),
    max_size=2,
).map(tuple)
parties = st.lists(
    st.builds(
        Party, name=words, role=words, uri=words, symbols=st.lists(st.tuples(words, words), max_size=2).map(tuple)
    ),
    max_size=2,
).map(tuple)
parts = st.lists(
    st.builds(
        Part,
        type=words | st.sampled_from(["picture", "text"]),
        uri=words,
        by=words,
        credit=words,
        headline=words,
        caption=words,
        created=moments,
        renditions=st.lists(
            st.dictionaries(st.sampled_from(["name", "href", "width", "x"]), words | st.integers(), max_size=3),
            max_size=2,
        ).map(tuple),
        alt_ids=st.lists(st.builds(Text, value=words, role=words), max_size=1).map(tuple),
    ),
    max_size=2,
).map(tuple)
items = st.builds(
    Item,
    format=st.sampled_from(["plaintext", "nitf", "dpa_digitalwires"]),
    type=st.sampled_from(["text", "picture", "composite", "odd"]),
    provider=words | st.sampled_from(["ap", "anp", "dpa"]),
    uri=words,
    local_id=words,
    version=words,
    status=words | st.sampled_from(["canceled", "withheld"]),
    signals=st.lists(words, max_size=2).map(tuple),
    take=st.none() | st.integers(0, 9),
    replaces=words,
    targets=st.lists(st.dictionaries(st.sampled_from(["uri", "slug", "odd"]), words, max_size=2), max_size=1).map(
        tuple
    ),
    first_created=moments,
    version_created=moments,
    embargoed_until=moments,
    dates=st.dictionaries(words, words, max_size=2),
    headlines=st.lists(
        st.builds(Text, value=words, role=st.sampled_from(["main", "sub", "kicker", "odd"]), html=st.booleans()),
        max_size=2,
    ).map(tuple),
    body=words,
    body_kind=st.sampled_from(["text", "html", "preformatted"]),
    byline=words,
    dateline=words,
    located=words,
    sources=parties,
    descriptions=st.lists(st.builds(Text, value=words, role=words, html=st.booleans()), max_size=2).map(tuple),
    infoboxes=st.lists(st.builds(Text, value=words, html=st.booleans()), max_size=1).map(tuple),
    alt_ids=st.lists(st.builds(Text, value=words, role=words), max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, value=words, role=words, public=st.booleans()), max_size=2).map(tuple),
    language=words,
    slugline=words,
    urgency=words,
    priority=words,
    keywords=st.lists(words, max_size=2).map(tuple),
    product_codes=st.lists(words, max_size=1).map(tuple),
    genres=codes,
    subjects=codes,
    people=parties,
    organisations=parties,
    places=st.lists(
        st.builds(
            Spot, name=words, rel=words, uri=words, code=words, lat=st.none() | st.floats(), lon=st.none() | st.floats()
        ),
        max_size=2,
    ).map(tuple),
    parts=parts,
    links=st.lists(st.tuples(words, words), max_size=2).map(tuple),
    sign_off=words,
    usage_terms=words,
    passed=st.dictionaries(
        st.sampled_from(["title", "renditions", "eventDetails", "rightsInfo", "odd", "profile"]),
        st.none() | words | st.lists(words) | st.dictionaries(words, words),
        max_size=2,
    ),
    warnings=st.lists(st.tuples(words, words), max_size=1).map(tuple),
    furniture=st.lists(words, max_size=1).map(tuple),
    transformations=st.lists(words, max_size=1).map(tuple),
)


@hypothesis.settings(max_examples=80, deadline=None, suppress_health_check=list(hypothesis.HealthCheck), phases=QUICK)
@hypothesis.given(items)
def test_any_item_is_a_valid_story_or_a_bounded_code(item):
    """What is written is what the schema says: no nulls, no empty strings, no surprise."""
    try:
        story = normalise(item, Origin(sha256=SHA, timestamp_ms=0))
    except Rejected:
        return
    told = msgspec.json.decode(msgspec.json.encode(story))
    errors = [(list(e.absolute_path), e.message[:200]) for e in VALIDATOR.iter_errors(told)]
    assert errors == []


@hypothesis.settings(max_examples=20, deadline=None, suppress_health_check=list(hypothesis.HealthCheck), phases=QUICK)
@hypothesis.given(items)
def test_the_same_item_is_the_same_story(item):
    origin = Origin(sha256=SHA, timestamp_ms=0)
    try:
        assert msgspec.json.encode(normalise(item, origin)) == msgspec.json.encode(normalise(item, origin))
    except Rejected:
        return


EVIL = {
    "brackets": "(" * 60_000,
    "spaces": " " * 60_000 + "x",
    "dots": "." * 60_000,
    "dashes": "-" * 60_000,
    "slashes": "/a" * 30_000,
    "commas": "A, " * 20_000,
    "capitals": "A" * 60_000,
    "by": "By " + "A " * 30_000,
    "signs": "a/" * 30_000,
    "mails": "a@" + "b." * 30_000,
    "lines": "\n" * 60_000 + "x",
    "markers": "UPDATE 2-" * 7_000,
    "tags": "<b>" * 20_000,
    "open": "<" * 60_000,
    "entities": "&amp;" * 12_000,
    "deep": "<div>" * 20_000,
    "table": "<table><tr><td>" * 7_000,
    "quotes": "`" * 60_000,
    "digits": "1" * 60_000,
    "notes": "(Adds " * 10_000,
    "urns": "urn:newsml:" * 6_000,
    "slug": "slugged " * 8_000,
    "copyright": "(c) " * 15_000,
    "tabs": "\t" * 60_000,
    "zalgo": "a" + "\u0301" * 60_000,
}


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("kind", ["text", "html", "preformatted"])
@pytest.mark.timeout(30)
def test_no_text_hangs(name, kind):
    """60 KB made to be slow for pattern matching end at once; the benchmark prints how cost grows."""
    for text in (
        EVIL[name],
        f"KILL KILL KILL\n\n{EVIL[name]}",
        f"<p>The dam.</p><p>{EVIL[name]}</p>\n\n{EVIL[name]}\n\n(END)",
    ):
        item = Item(
            format="plaintext",
            body=text,
            body_kind=kind,
            headlines=(Text(EVIL[name][:200]),),
            notes=(Note(EVIL[name][:5_000]),),
        )
        with contextlib.suppress(Rejected):
            normalise(item, Origin(sha256=SHA))


def test_printable_noise_is_a_story():
    assert normalise(Item(format="plaintext", body=string.printable * 3), Origin(sha256=SHA)).bodies
