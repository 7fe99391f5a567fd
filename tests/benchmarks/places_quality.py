"""Places against `toponyms_lgl`: 588 local news stories whose place names have coordinates.

python tests/benchmarks/places_quality.py [corpora]

Prints the share of all gold toponyms that were resolved at all, and the share of those within 161 km of the gold
point (100 miles, the measure of the literature). A gold toponym counts as resolved if a place with coordinates has a
mention that overlaps it. The last lines time names and places on the same stories.
"""

from __future__ import annotations

import gzip
import json
import math
import pathlib
import sys
import time
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from worker.enrich import names, places
from worker.enrich.doc import Doc, Found, Name
from worker.story import Story

CORPORA = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
RIGHT_KM = 161.0


def main(corpora: pathlib.Path) -> None:
    with gzip.open(corpora / "toponyms_lgl.jsonl.gz", "rt", encoding="utf-8") as lines:
        stories = [json.loads(line) for line in lines]
    gold = resolved = right = 0
    seconds = [0.0, 0.0]
    for story in stories:
        found = read(story, seconds)
        for toponym in story["toponyms"]:
            if toponym["lat"] is None:
                continue
            gold += 1
            place = at(found, toponym["start"], toponym["end"])
            if place is not None:
                resolved += 1
                right += kilometres(place, float(toponym["lat"]), float(toponym["lon"])) <= RIGHT_KM
    print(
        f"toponyms_lgl: {gold} gold toponyms, resolved at all {resolved / gold:.3f}, "
        f"within 161 km {right / resolved:.3f}"
    )
    words = sum(len(story["text"].split()) for story in stories)
    for stage, spent in zip(("names", "places"), seconds, strict=True):
        print(f"{stage}: {spent / words * 474 * 1000:.3f} ms per 474 words")


def read(story: dict[str, Any], seconds: list[float]) -> Found:
    doc = Doc(story=Story(uri="lgl"), headline="", body=story["text"], paragraphs=(), when=None)
    found = Found(language="en")
    for number, extract in enumerate((names.extract, places.extract)):
        begun = time.perf_counter()
        extract(doc, found)
        seconds[number] += time.perf_counter() - begun
    return found


def at(found: Found, start: int, end: int) -> Name | None:
    """The place with coordinates that is mentioned there: the mention that overlaps most."""
    best, most = None, 0
    for name in found.names:
        if name.kind == "place" and name.lat is not None:
            for span in name.spans:
                overlap = min(end, span.end) - max(start, span.start)
                if span.where == "body" and overlap > most:
                    best, most = name, overlap
    return best


def kilometres(name: Name, lat: float, lon: float) -> float:
    """Great-circle distance."""
    assert name.lat is not None
    assert name.lon is not None
    a, b, c, d = map(math.radians, (name.lat, name.lon, lat, lon))
    return 6371.0 * math.acos(min(1.0, math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA)
