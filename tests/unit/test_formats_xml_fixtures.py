"""Every real XML file beside the repository is recognised as its folder's format and read."""

import collections
import json
import pathlib

import pytest

from worker.formats import read, recognise
from worker.formats.view import View
from worker.story import DeadCode, Item, Limits, Rejected

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "../shared/wire/fixtures"
FOLDERS = {
    "newsmlg2": "newsmlg2",
    "newsmlg2_dpa_day": "newsmlg2",
    "newsmlg2_dpa_pairs": "newsmlg2",
    "newsmlg2_iptc": "newsmlg2",
    "newsml10": "newsml1",
    "newsml12": "newsml1",
    "newsml12_afp_arabic": "newsml1",
    "nitf": "nitf",
    "rss_atom": "rss_atom",
    "vendor_xml": "vendor_xml",
}
ELSE = {"ntb__solita_se_1.xml": "newsml1", "traf__feed.json": "jsonfeed"}
LIMITS = Limits()

pytestmark = pytest.mark.skipif(not FIXTURES.exists(), reason="the fixtures are not beside the repository")


def files():
    return sorted(path for folder in FOLDERS for path in (FIXTURES / folder).glob("*")) if FIXTURES.exists() else []


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_is_recognised_and_gives_stories(path):
    found, out = read(View(path.read_bytes(), LIMITS), LIMITS)
    assert found.name == ELSE.get(path.name, FOLDERS[path.parent.name])
    for one in out:
        if isinstance(one, Rejected):
            assert one.code in (DeadCode.NOT_A_STORY, DeadCode.NO_CONTENT)
            assert path.parent.name == "newsmlg2_iptc"  # concept items and listings that are cut short
        else:
            assert one.format == found.name
            assert set(found.reader.WHERE) <= set(Item.__struct_fields__)


def test_dpas_xml_and_json_have_one_uri():
    pairs = collections.defaultdict(set)
    for folder in ("newsmlg2_dpa_pairs", "dpa_digitalwires_json"):
        for path in (FIXTURES / folder).glob("dw__*"):
            for one in read(View(path.read_bytes(), LIMITS), LIMITS)[1]:
                if isinstance(one, Item):
                    pairs[path.stem].add((one.uri, one.version))
    twins = [found for stem, found in pairs.items() if (FIXTURES / "newsmlg2_dpa_pairs" / f"{stem}.xml").exists()]
    assert twins
    assert all(len(found) == 1 for found in twins)


def test_half_of_each_file_is_refused_and_never_half_a_story():
    for path in files():
        data = path.read_bytes()
        if path.suffix == ".json":
            continue
        half = View(data[: len(data) // 2], LIMITS)
        if recognise(half).name in FOLDERS.values():
            with pytest.raises(Rejected):
                read(half, LIMITS)


def test_the_facts_known_of_a_file_name_its_format():
    facts = json.loads((FIXTURES / "expected.json").read_text())
    told = {entry["file"].split("/")[0] for entry in facts}
    assert {"newsmlg2", "newsml12", "nitf"} <= told
