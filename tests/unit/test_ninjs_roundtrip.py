"""What is read from ninjs can be written as ninjs: clean stories without `wire` are valid ninjs 3.1."""

from __future__ import annotations

import json
import pathlib  # noqa: TC003

import jsonschema
import msgspec
import pytest
from wire_kit import FIXTURES, outcomes

from worker.normalise import Origin, normalise
from worker.reading import Plan, read_batch
from worker.story import Candidate, Code, Item, Part, RawRecord, Spot, Text

SCHEMA = FIXTURES / "ninjs_iptc/schema/ninjs-schema_3.1.json"
REMOTE = '"https://geojson.org/schema/GeoJSON.json#"'

pytestmark = pytest.mark.skipif(not SCHEMA.exists(), reason="no ninjs schema beside the repository")


@pytest.fixture(scope="module")
def ninjs() -> jsonschema.protocols.Validator:
    """ninjs 3.1 with its one remote reference, GeoJSON, stood in for by an object."""
    schema = json.loads(SCHEMA.read_text("utf-8").replace(REMOTE, '"#/$defs/geoJSON"'))
    schema["$defs"]["geoJSON"] = {"type": "object"}
    return jsonschema.Draft202012Validator(schema)


def told(path: pathlib.Path) -> list[dict]:
    [items] = read_batch([RawRecord(value=path.read_bytes())], Plan())
    return [json.loads(item.story) for item in items if isinstance(item, Candidate)]


def without_wire(story: dict) -> dict:
    return {name: value for name, value in story.items() if name != "wire"}


def test_every_story_of_every_file_is_ninjs(ninjs):
    """Any format in, ninjs 3.1 out."""
    errors = [
        (line["source"], list(error.absolute_path), error.message[:160])
        for line in outcomes()
        if "story" in line
        for error in ninjs.iter_errors(without_wire(line["story"]))
    ]
    assert errors == []


@pytest.mark.parametrize(
    "path",
    sorted(
        [*FIXTURES.glob("ninjs_iptc/examples_3.0/*.json"), *FIXTURES.glob("ninjs_iptc/suite_3.1/should_pass*.json")]
    ),
    ids=lambda p: p.name[:60],
)
def test_ninjs_is_read_and_written(ninjs, path):
    """The standard's own examples come out as valid as they went in, with the fields that they state."""
    source = json.loads(path.read_text("utf-8"))
    stories = told(path)
    if isinstance(source, list):
        assert not [e for story in stories for e in ninjs.iter_errors(without_wire(story))]
        return
    if not stories:
        assert not {"headlines", "bodies", "renditions", "eventDetails", "plannedCoverage"} & set(source)
        return
    [story] = stories
    assert not list(ninjs.iter_errors(without_wire(story)))
    assert story["uri"] == source["uri"] or "api.ap.org" in source["uri"]  # AP's holds session parameters
    for name in ("type", "version", "language", "renditions", "eventDetails", "rightsInfo", "digitalSourceType"):
        if name in source and source[name] != "component":
            assert story.get(name) == source[name], name


def test_fields_of_other_vocabularies_stay_valid(ninjs):
    """A genre's relation, odd renditions and codes that are no URI do not break the standard's closed objects."""
    item = Item(
        format="x",
        headlines=(Text("A head"),),
        genres=(Code("Brief", "b", "own", rel="is"),),
        subjects=(Code("Sport", "SPO", "own code", uri="not a uri"),),
        places=(Spot("Port Acme", uri="nothing", lat=91.0, lon=1.0),),
        parts=(Part(uri="no uri", renditions=({"href": "rel/x.jpg", "width": "12px", "scanType": "odd", "own": 1},)),),
    )
    story = json.loads(msgspec.json.encode(normalise(item, Origin(sha256="0" * 64))))
    assert not list(ninjs.iter_errors(without_wire(story)))
