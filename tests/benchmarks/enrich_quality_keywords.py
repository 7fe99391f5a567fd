"""Keywords: F1 at 10 with stemming on crowd keyphrases, beside YAKE in the same run (needs yake, snowballstemmer).

    python tests/benchmarks/enrich_quality_keywords.py [--half]

Tuned on the articles of even number; the figures are of those, of the others and of all. Both are given the text
only; the worker's own names are found first where the extractors for names are there.
"""

from __future__ import annotations

import gzip
import json
import pathlib
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from worker.enrich.doc import Doc  # noqa: E402
from worker.enrich.pipeline import run  # noqa: E402
from worker.story import Story  # noqa: E402

CORPUS = ROOT / "../shared/corpora/keyphrases_kpcrowd.jsonl.gz"
AT = 10


def articles():
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ours(text):
    paragraphs, at = [], 0
    for part in text.split("\n\n"):
        paragraphs.append((at, at + len(part)))
        at += len(part) + 2
    doc = Doc(story=Story(uri="x"), headline="", body=text, paragraphs=tuple(paragraphs), when=None)
    return run(doc).keywords[:AT]


def yake_of():
    import yake

    extractor = yake.KeywordExtractor(lan="en", n=3, top=AT)
    return lambda text: [phrase for phrase, _ in extractor.extract_keywords(text)]


def keys_of(phrases, stem):
    out = []
    for phrase in phrases:
        key = " ".join(stem.stemWords(re.sub(r"[^\w\s]", "", phrase.lower()).split()))
        if key and key not in out:
            out.append(key)
    return out


def f1(docs, found, stem):
    hits = given = gold = 0
    each = []
    for doc, phrases in zip(docs, found, strict=True):
        mine, theirs = keys_of(phrases, stem)[:AT], set(keys_of(doc["keys"], stem))
        hit = sum(k in theirs for k in mine)
        hits, given, gold = hits + hit, given + len(mine), gold + len(theirs)
        p, r = hit / max(1, len(mine)), hit / max(1, len(theirs))
        each.append(2 * p * r / (p + r) if hit else 0.0)
    p, r = hits / given, hits / gold
    return (
        f"F1@10 {sum(each) / len(each):.4f} (mean of articles)  pooled P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.4f}"
    )


def main():
    import snowballstemmer

    stem = snowballstemmer.stemmer("english")
    docs = articles()
    for name, tool in (("worker", ours), ("yake", yake_of() if "--half" not in sys.argv else None)):
        if tool:
            tool(docs[0]["text"])
            began = time.process_time()
            found = [tool(doc["text"]) for doc in docs]
            cost = (time.process_time() - began) / len(docs) * 1e3
            for part, pick in (("tuned on", slice(0, None, 2)), ("held out", slice(1, None, 2)), ("all", slice(None))):
                print(
                    f"{name:7s} {part:9s} {f1(docs[pick], found[pick], stem)}"
                    + (f"  {cost:.2f} ms an article" if part == "all" else "")
                )


if __name__ == "__main__":
    main()
