"""DESIGN.md is the map: what it names is there."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAP = (ROOT / "DESIGN.md").read_text().split("## File map")[1].split("## Dependencies")[0]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/*]+(?:\.py|/))`", MAP))))
def test_every_file_in_the_map_exists(name):
    places = [ROOT, ROOT / "worker", *(path for path in (ROOT / "worker").iterdir() if path.is_dir())]
    assert any(any(place.glob(name.rstrip("/"))) for place in places), name
