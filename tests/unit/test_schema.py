"""The contract: what the types write is what the schema states, and nothing else."""

from __future__ import annotations

import json
import pathlib
import types
import typing

import jsonschema
import msgspec
import pytest

from worker import story as s
from worker.normalise import Origin, normalise
from worker.normalise.draft import SIGNALS
from worker.normalise.warns import WarnCode

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas/clean-story.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

PAIRS = [
    (s.Story, SCHEMA),
    (s.Wire, SCHEMA["properties"]["wire"]),
    (s.Raw, SCHEMA["properties"]["wire"]["properties"]["raw"]),
    (s.Given, SCHEMA["properties"]["wire"]["properties"]["given"]),
    (s.Dateline, SCHEMA["properties"]["wire"]["properties"]["dateline"]),
    (s.TimeNote, SCHEMA["properties"]["wire"]["properties"]["times"]["additionalProperties"]),
    (s.Note, SCHEMA["properties"]["wire"]["properties"]["notes"]["items"]),
    (s.Warn, SCHEMA["properties"]["wire"]["properties"]["warnings"]["items"]),
    (s.Share, SCHEMA["properties"]["wire"]["properties"]["languages"]["items"]),
    (s.Mention, SCHEMA["properties"]["wire"]["properties"]["mentions"]["items"]),
    (s.Detail, SCHEMA["properties"]["wire"]["properties"]["details"]["items"]),
    (s.DateFound, SCHEMA["properties"]["wire"]["properties"]["dates"]["items"]),
    (s.Quote, SCHEMA["properties"]["wire"]["properties"]["quotes"]["items"]),
    (s.Amount, SCHEMA["properties"]["wire"]["properties"]["amounts"]["items"]),
    (s.Link, SCHEMA["properties"]["wire"]["properties"]["links"]["items"]),
    (s.Contact, SCHEMA["properties"]["wire"]["properties"]["contacts"]["items"]),
    (s.Relation, SCHEMA["properties"]["wire"]["properties"]["story"]),
    (s.Evidence, SCHEMA["properties"]["wire"]["properties"]["verdict"]),
    (s.Target, SCHEMA["$defs"]["target"]),
    (s.Headline, SCHEMA["$defs"]["headline"]),
    (s.Body, SCHEMA["$defs"]["body"]),
    (s.Description, SCHEMA["$defs"]["description"]),
    (s.Person, SCHEMA["$defs"]["person"]),
    (s.Organisation, SCHEMA["$defs"]["organisation"]),
    (s.Place, SCHEMA["$defs"]["place"]),
    (s.Subject, SCHEMA["$defs"]["subject"]),
    (s.InfoSource, SCHEMA["$defs"]["source"]),
    (s.AltId, SCHEMA["$defs"]["altId"]),
    (s.Association, SCHEMA["$defs"]["association"]),
]


@pytest.mark.parametrize(("struct", "schema"), PAIRS, ids=lambda v: getattr(v, "__name__", ""))
def test_schema_and_type_name_the_same_fields(struct, schema):
    """A field that is written is described, and a field that is described can be written."""
    assert {f.encode_name for f in msgspec.structs.fields(struct)} == set(schema["properties"])


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def _objects(node, path="$"):
    if isinstance(node, dict):
        if "properties" in node and isinstance(node["properties"], dict):
            yield path, node
        for key, child in node.items():
            yield from _objects(child, f"{path}.{key}")


def test_every_field_is_described_and_every_object_closed():
    """A reader of the schema needs no other document; a slip of the worker's fails validation."""
    for path, node in _objects(SCHEMA):
        assert node.get("additionalProperties") is False, path
        for name, field in node["properties"].items():
            target = SCHEMA["$defs"].get(field.get("$ref", "").removeprefix("#/$defs/"), {})
            assert field.get("description") or target.get("description"), f"{path}.{name}"


def test_codes_are_the_worker_s():
    wire = SCHEMA["properties"]["wire"]["properties"]
    assert wire["warnings"]["items"]["properties"]["code"]["enum"] == [str(code) for code in WarnCode]
    assert wire["signals"]["items"]["enum"] == list(SIGNALS)


def test_a_story_with_everything_validates():
    """All of an item's fields at once give a story that its schema accepts."""
    item = s.Item(
        format="plaintext",
        format_version="1",
        provider="acme",
        local_id="a 1",
        version="2",
        status="usable",
        signals=("update",),
        take=2,
        replaces="Old head",
        targets=({"slug": "old"},),
        first_created=s.Moment("2020-01-02"),
        version_created=s.Moment("2020-01-02T10:00Z"),
        content_created=s.Moment("March 2, 2020 - 9:05"),
        embargoed_until=s.Moment("2020-01-03T00:00:00Z"),
        expires=s.Moment("2021-01-01T00:00:00+01:00"),
        dates={"sent": "20200102"},
        headlines=(s.Text("UPDATE 1-Dam holds"), s.Text("Water", "kicker")),
        body="PORT ACME, Jan. 2 (Reuters) - The dam holds.\n\nNothing else moved. (Reuters)",
        descriptions=(s.Text("The dam holds", "abstract"),),
        infoboxes=(s.Text("<p>Box</p>", html=True),),
        byline="By Ann Acme, Reuters",
        sources=(s.Party("Acme", "credit"),),
        sign_off="aa/bb",
        copyright_holder="Acme",
        copyright_notice="(c) Acme",
        usage_terms="Ask",
        notes=(s.Note("Corrects spelling", "correction", public=True),),
        language="EN_us",
        slugline="dam/holds",
        urgency="3",
        priority="r",
        category="i",
        sequence="0001",
        keywords=("dam",),
        product_codes=("X",),
        genres=(s.Code("Brief", "brief", "genre"),),
        subjects=(s.Code(code="15054000", scheme="subj", relevance=250),),
        events=(s.Code("Flood"),),
        objects=(s.Code("Dam", "d1", "acme"),),
        people=(s.Party("Ann Example", "about", code="p1"),),
        organisations=(s.Party("Acme Corp", symbols=(("ACM", "NYSE"),)),),
        places=(s.Spot("Port Acme", lat=1.5, lon=2.5, broader=("Acmeland",)),),
        word_count=7,
        parts=(
            s.Part(
                caption="The dam",
                credit="Acme Photo",
                created=s.Moment("2020-01-01"),
                renditions=({"name": "main", "href": "https://example.com/a.jpg", "width": "10"},),
            ),
        ),
        links=(("https://example.com/x", "x"),),
        passed={"title": "Dam", "rightsInfo": {"linkedRights": "https://example.com/r"}},
        warnings=(("strange", "x"), ("schema", "y")),
        furniture=("From",),
    )
    story = normalise(
        item, Origin(sha256="0" * 64, worker="1", topic="raw", partition=0, offset=1, timestamp_ms=1_577_000_000_000)
    )
    told = msgspec.json.decode(msgspec.json.encode(story))
    VALIDATOR.validate(told)
    assert told["pubStatus"] == "withheld"


def test_nothing_unknown_is_accepted():
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(
            {
                "uri": "x:y",
                "type": "text",
                "standard": {"name": "ninjs", "version": "3.1"},
                "pubStatus": "usable",
                "wire": {},
            }
        )


def test_no_struct_is_left_out():
    """Every written type is compared with the schema."""
    outs = {v for v in vars(s).values() if isinstance(v, type) and issubclass(v, s.Out) and v is not s.Out}
    shared = {s.Standard, s.Symbol, s.Speaker, s.Term}  # compared through the story that has everything
    assert outs - shared <= {struct for struct, _ in PAIRS}
    assert isinstance(typing.get_type_hints(s.Story), dict)
    assert isinstance(s, types.ModuleType)
