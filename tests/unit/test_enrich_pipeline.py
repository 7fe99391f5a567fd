"""The extractors together: what enters the story, and what a failing one does."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.enrich import EXTRACTORS, enrich, enrich_all, pipeline
from worker.enrich.doc import Doc, Found, Name, Span
from worker.enrich.merge import merge, reading_time_seconds
from worker.story import (
    Body,
    DateFound,
    Dateline,
    Headline,
    Organisation,
    Person,
    Quote,
    Speaker,
    Story,
    Subject,
    TimeNote,
    Wire,
)

TEXT = "Ida Brandt said on Monday that the bridge in Ulm would open again. The town had paid 5.2 million euros for it."


def story(body: str = TEXT, **fields) -> Story:
    return Story(
        **{
            "uri": "urn:x:1",
            "type": "text",
            "version_created": "2017-03-14T01:38:00Z",
            "headlines": (Headline(role="main", value="Ulm opens bridge"),),
            "bodies": (Body(role="main", content_type="text/plain", value=body),),
        }
        | fields
    )


def test_the_order_of_the_extractors():
    order = "language names places contacts dates amounts quotes keywords topics kind summary"
    assert [name for name, _ in EXTRACTORS] == order.split()


def test_a_failing_extractor_degrades_the_story_and_no_more(monkeypatch):
    def broken(doc: Doc, found: Found) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(pipeline, "EXTRACTORS", (("broken", broken), *EXTRACTORS))
    enriched = enrich(story())
    assert [(w.code, w.detail[:26]) for w in enriched.wire.warnings] == [
        ("extractor-failed", "broken: ZeroDivisionError:")
    ]
    assert enriched.wire.dates
    assert enriched.language == "en"


def test_kills_and_pictures_have_a_language_only():
    for fields in ({"pub_status": "canceled"}, {"type": "picture"}, {"type": "composite"}):
        enriched = enrich(story(**fields))
        assert enriched.language == "en"
        assert enriched.people == enriched.subjects == ()
        assert enriched.wire.dates == enriched.wire.quotes == ()
        assert enriched.wire.kind == ""


def test_the_providers_language_stays():
    assert enrich(story(language="en-GB")).language == "en-GB"


def test_dates_are_of_the_storys_own_zone():
    """01:38 in London is still Monday in New York."""
    note = {"versionCreated": TimeNote(precision="minute", zone="America/New_York")}
    [found] = enrich(story("It rained today.", wire=Wire(times=note))).wire.dates
    assert found.value == "2017-03-13"


def test_without_a_time_of_its_own_the_datelines_date_counts():
    wire = Wire(dateline=Dateline(text="ULM, March 3 --", date="2017-03-03"))
    [found] = enrich(story("It rained yesterday.", version_created="", wire=wire)).wire.dates
    assert found.value == "2017-03-02"


def names() -> Found:
    return Found(
        names=[
            Name(kind="person", label="Ida Brandt", spans=[Span(0, 10, 0.9)], roles=["mayor"], confidence=0.9),
            Name(kind="person", label="Tom Rehn", spans=[Span(20, 28, 0.8)]),
            Name(kind="organisation", label="Wieden Inc.", symbols=[("WDN", "NYSE")], spans=[Span(30, 41, 0.8)]),
        ],
        subjects=[Subject(literal="medtop:11000000", creator="worker", confidence=70)],
        quotes=[Quote(type="direct", text="x", start=0, end=1, speaker=Speaker(name="Ida Brandt"))],
        dates=[DateFound(text="x", value="2017", start=0, end=1)],
    )


def test_the_providers_entries_come_first_and_are_counted():
    given = story(
        people=(Person(name="Brandt, Ida", rel="about", uri="urn:p:7"),), organisations=(Organisation(name="Ulm"),)
    )
    merged = merge(given, names())
    assert [p.name for p in merged.people] == ["Brandt, Ida", "Tom Rehn"]
    assert merged.people[0] == given.people[0]
    assert [o.name for o in merged.organisations] == ["Ulm", "Wieden Inc."]
    assert merged.wire.origins == {"people": 1, "organisations": 1}


def test_mentions_details_and_speakers_point_to_the_entry():
    merged = merge(story(people=(Person(name="Brandt, Ida"), Person(name="Someone Else"))), names())
    assert [(m.kind, m.ref) for m in merged.wire.mentions] == [("person", 0), ("person", 2), ("organisation", 0)]
    assert [(d.kind, d.ref, d.roles) for d in merged.wire.details] == [("person", 0, ("mayor",))]
    assert merged.wire.quotes[0].speaker == Speaker(name="Ida Brandt", ref=0)
    assert merged.organisations[0].symbols[0].symbol == "WDN"


def test_the_providers_subjects_are_kept_apart_from_the_workers():
    given = Subject(name="Bridges", creator="provider")
    assert [s.creator for s in merge(story(subjects=(given,)), names()).subjects] == ["provider", "worker"]


def test_reading_time():
    body = Body(role="main", content_type="text/plain", value="x", word_count=238)
    assert reading_time_seconds((body,), "en") == 60
    assert reading_time_seconds((), "en") is None


def test_nothing_is_written_that_was_not_found():
    encoded = msgspec.json.decode(msgspec.json.encode(enrich(Story(uri="urn:x:2", type="text"))))
    assert set(encoded) <= {"uri", "type", "standard", "wire"}
    assert not {"quotes", "dates", "keywords", "kind"} - {"kind"} & set(encoded["wire"])


PARTS = [
    "Ida Brandt ", "said ", '"', "“", "”", "on Monday", " $5 million", ". ", "\n\n", "Ulm, ", "DOE ", "12% ",
    "(UN) ", "-",
    "ß",    "\u200b", "說", "क्", "😀", "@x ", "http://", "May ", "the ", "\t", "A.B. ", "’s ",
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40), st.lists(st.sampled_from(PARTS), max_size=6))
def test_no_text_makes_an_extractor_fail(body, headline):
    text = "".join(body)
    given = story(text, headlines=(Headline(role="main", value="".join(headline)),))
    enriched = enrich(given)
    assert [w for w in enriched.wire.warnings if w.code == "extractor-failed"] == []
    for found in (*enriched.wire.dates, *enriched.wire.quotes, *enriched.wire.amounts):
        assert text[found.start : found.end] == found.text
    for mention in enriched.wire.mentions:
        assert 0 <= mention.start < mention.end <= max(len(text), len(given.headlines[0].value))
    assert enrich(given) == enriched


LINES = [
    "MAYOR IDA BRANDT RESIGNS", "Ida Brandt, mayor of Ulm, said she would go.", "The mayor of Berlin did not answer.",
    "Il a plu hier à Lyon.", "", "brandt is also a fire in old stories.", "J. Doe  met Ms. Roe (UN) in Paris.",
    "100\t%",
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=4), max_size=40))
def test_stories_together_give_what_each_gives_alone(texts):
    """Whatever stands beside it: the words of one say nothing about the names of another."""
    given = [story("\n\n".join(lines)) for lines in texts]
    assert enrich_all(given) == [enrich(each) for each in given]


def test_what_fails_for_several_is_tried_for_each(monkeypatch):
    def broken(docs, founds):
        raise ZeroDivisionError

    given = [story("Ida Brandt, mayor of Ulm, said she would go."), story("Tom Rehn went to Paris.")]
    expected = enrich_all(given)
    monkeypatch.setitem(pipeline.AHEAD, "names", broken)
    assert enrich_all(given) == expected
    assert expected[1].people[0].name == "Tom Rehn"
