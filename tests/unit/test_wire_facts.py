"""Real wire files beside the repository: every one is read, and the facts known of them are found in the clean story.

Skipped where the material is absent. Prints the share of facts a format.
"""

from __future__ import annotations

import importlib.util
import json

import jsonschema
import pytest
from wire_kit import FIXTURES, ROOT, WIRE, files, outcomes

from worker.reading import Plan, read_batch
from worker.story import Candidate, Dead, DeadCode, RawRecord

SHARE_MIN = 0.97

pytestmark = pytest.mark.skipif(not (FIXTURES / "expected.json").exists(), reason="no wire files beside the repository")


def test_the_facts_are_found(capsys):
    """At least 97 % of the facts that other projects' tests state of these files hold for the clean stories."""
    spec = importlib.util.spec_from_file_location("score", WIRE / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    tally, misses = scorer.score(outcomes(), json.loads((FIXTURES / "expected.json").read_text("utf-8")))
    good, bad = sum(yes for _, yes in tally.values()), sum(no for no, _ in tally.values())
    with capsys.disabled():
        print()
        for name, (no, yes) in sorted(tally.items()):
            print(f"  {name:24} {yes:4}/{yes + no:<4} {100 * yes / (yes + no):5.1f} %")
        print(f"  {'all':24} {good:4}/{good + bad:<4} {100 * good / (good + bad):5.1f} %")
        for file, key, wanted, why in misses:
            print(f"  missed: {file} {key}: {str(wanted)[:80]!r} {why or ''}")
    assert good / (good + bad) >= SHARE_MIN


def test_no_file_shows_a_defect():
    """No real file ends as `internal` or `unknown-format`: what cannot be a story has a code that says why."""
    dead = [
        (line["source"], line["dead"].detail)
        for line in outcomes()
        if isinstance(line.get("dead"), Dead) and line["dead"].code in (DeadCode.INTERNAL, DeadCode.UNKNOWN_FORMAT)
    ]
    assert dead == []


def test_every_story_is_what_the_contract_says():
    """The schema of this repository accepts each clean story."""
    schema = json.loads((ROOT / "schemas/clean-story.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    errors = [
        (line["source"], list(error.absolute_path), error.message[:200])
        for line in outcomes()
        if "story" in line
        for error in validator.iter_errors(line["story"])
    ]
    assert errors == []


def test_the_same_bytes_give_the_same_story():
    """Reading again, elsewhere and under another name, changes neither uri nor text."""
    again = {}
    for path in files()[::3]:
        record = RawRecord(
            value=path.read_bytes(), topic="other", partition=3, offset=77, headers=(("source", b"elsewhere"),)
        )
        [items] = read_batch([record], Plan(enrich=False))
        for item, reading in enumerate(items):
            if isinstance(reading, Candidate):
                again[path.relative_to(FIXTURES).as_posix(), item] = json.loads(reading.story)
    for line in outcomes():
        other = again.get((line["source"]["path"], line["source"]["item"]))
        if other is not None:
            assert (other["uri"], other.get("bodies"), other["pubStatus"]) == (
                line["story"]["uri"],
                line["story"].get("bodies"),
                line["story"]["pubStatus"],
            ), line["source"]


@pytest.mark.parametrize("name", ["dw-1", "eil", "empty_paragraph", "spe2", "with_infobox"])
def test_one_story_in_two_formats_is_one_story(name):
    """dpa's JSON and XML of one story give one uri, one version and the same text."""
    stories = {line["source"]["path"]: line.get("story") for line in outcomes()}
    one = stories[f"dpa_digitalwires_json/dw__{name}.json"]
    other = stories[f"newsmlg2_dpa_pairs/dw__{name}.xml"]
    for field in ("uri", "version", "versionCreated", "headlines", "bodies"):
        assert one.get(field) == other.get(field), field
