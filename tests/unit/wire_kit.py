"""The real wire files beside the repository, read once for all tests."""

from __future__ import annotations

import functools
import json
import pathlib

from worker.reading import Plan, read_batch
from worker.story import Candidate, RawRecord

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIRE = ROOT / "../shared/wire"
FIXTURES = WIRE / "fixtures"
NO_STORIES = ("manifest.json", "expected.json", "extension-schema.json")


@functools.cache
def files() -> tuple[pathlib.Path, ...]:
    paths = (path for path in FIXTURES.rglob("*") if path.is_file())
    return tuple(sorted(path for path in paths if path.name not in NO_STORIES and "schema" not in path.parts))


@functools.cache
def outcomes() -> tuple[dict, ...]:
    """One entry an item, as `worker process` prints them; `dead` holds what became no story."""
    readings = read_batch([RawRecord(value=path.read_bytes()) for path in files()], Plan())
    out = []
    for path, items in zip(files(), readings, strict=True):
        for item, reading in enumerate(items):
            line = {"source": {"path": path.relative_to(FIXTURES).as_posix(), "item": item}}
            if isinstance(reading, Candidate):
                line["story"] = json.loads(reading.story)
            else:
                line["dead"] = reading
            out.append(line)
    return tuple(out)
