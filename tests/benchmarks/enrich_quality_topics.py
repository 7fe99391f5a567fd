"""Topics: how often the classifier's topics hold the desk that a story was filed under, and how often it is silent.

    python tests/benchmarks/enrich_quality_topics.py

On desks of a broadcaster's stories (the half that training left out) and of crowd-labelled articles (never trained
on). A desk is no topic: a business story on an airline crash is right as either, so the figure is a lower bound.
"""

from __future__ import annotations

import collections
import gzip
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from worker.enrich.topics import classify  # noqa: E402

CORPORA = ROOT / "../shared/corpora"
DESKS = {
    "business": {"04"}, "entertainment": {"01"}, "politics": {"11"}, "sport": {"15"}, "tech": {"13"},
    "art_and_culture": {"01"}, "crime": {"02"}, "fashion": {"10", "01"}, "health": {"07"}, "politics_us": {"11"},
    "politics_world": {"11", "16"}, "science": {"13", "06"}, "sports": {"15"},
}  # fmt: skip


def bbc():
    number = 0
    with gzip.open(CORPORA / "bulk_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            doc = json.loads(line)
            if doc["source"] == "bbc":
                number += 1
                if number % 2 == 0:
                    yield doc["id"].split("/")[1], doc["title"] or "", doc["text"]


def crowd():
    with gzip.open(CORPORA / "keyphrases_kpcrowd.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            doc = json.loads(line)
            if len(doc["text"]) > 600:
                yield re.sub(r"-\d+$", "", doc["id"]), "", doc["text"]


def measure(name, docs):
    first = any_of = silent = total = given = right = 0
    by_desk = collections.defaultdict(lambda: [0, 0])
    for desk, title, text in docs:
        topics = [code[:2] for code, _ in classify(title, text)]
        total += 1
        silent += not topics
        first += bool(topics) and topics[0] in DESKS[desk]
        any_of += any(t in DESKS[desk] for t in topics)
        given += len(topics)
        right += sum(t in DESKS[desk] for t in topics)
        by_desk[desk][0] += any(t in DESKS[desk] for t in topics)
        by_desk[desk][1] += 1
    spoke = total - silent
    print(
        f"{name:28s} {total:4d} stories  silent {silent / total:.3f}  first topic is the desk {first / spoke:.3f}  "
        f"any is {any_of / spoke:.3f}  topics a story {given / spoke:.2f}"
    )
    print("    ", ", ".join(f"{desk} {hit}/{n}" for desk, (hit, n) in sorted(by_desk.items())))


def main():
    measure("broadcaster, held-out half", bbc())
    measure("crowd-labelled articles", crowd())


if __name__ == "__main__":
    main()
