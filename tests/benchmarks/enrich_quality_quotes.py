"""Quotes: who said what on US political news (PolNeaR), beside a regex baseline kept here.

    python tests/benchmarks/enrich_quality_quotes.py [--errors]

Gold is every attribution with a source, of speech, writing and belief alike. A hit is a found attribution whose source
overlaps the gold source and whose content shares more than half of the characters of both together (Jaccard). The rules
were tuned on the articles of even number.
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
from worker.enrich.quotes_find import attributions  # noqa: E402

CORPUS = ROOT / "../shared/corpora/polnear_dev.jsonl.gz"
NAME = r"(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}|[Hh]e|[Ss]he|[Tt]hey)"
VERB = r"(?:said|says|told \w+|added|wrote|noted|claimed|announced|argued|warned)"
BASELINE = (
    re.compile(rf"[\"“]([^\"”]{{8,600}})[,.?!]?[\"”],? (?P<s>{NAME}) {VERB}\b"),
    re.compile(rf"[\"“]([^\"”]{{8,600}})[,.?!]?[\"”],? {VERB} (?P<s>{NAME})"),
    re.compile(rf"\b(?P<s>{NAME}) {VERB}(?: that|,|:)? ([^.]{{8,400}}\.)"),
)


def baseline(text, _paragraphs):
    out = []
    for pattern in BASELINE:
        for match in pattern.finditer(text):
            content = match.span(1) if pattern is not BASELINE[2] else match.span(2)
            if not any(content[0] < e and s < content[1] for (s, e), _ in out):
                out.append((content, match.span("s")))
    return [([content], source) for content, source in out]


def ours(text, paragraphs):
    return [(list(a.content), a.source) for a in attributions(text, paragraphs) if a.source]


def paragraphs_of(text):
    return tuple(m.span() for m in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text))


def articles():
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            doc = json.loads(line)
            marked = doc["attributions"] if isinstance(doc["attributions"], list) else json.loads(doc["attributions"])
            gold = []
            for one in marked:
                content = [tuple(s) for part in one["content"] for s in part[1]]
                source = [tuple(s) for part in one["source"] for s in part[1]]
                if content and source:
                    gold.append((content, source))
            yield doc["text"], gold


def chars(spans):
    return {c for start, end in spans for c in range(start, end)}


def hit(found, gold):
    one, other = chars(found[0]), chars(gold[0])
    if not any(found[1][0] < end and start < found[1][1] for start, end in gold[1]):
        return 0.0
    return len(one & other) / len(one | other)


def measure(name, tool, docs, errors=None):
    right = given = total = 0
    seconds = size = 0.0
    for text, gold in docs:
        paragraphs = paragraphs_of(text)
        began = time.process_time()
        found = tool(text, paragraphs)
        seconds += time.process_time() - began
        size += len(text)
        left = list(gold)
        for one in found:
            best = max(left, key=lambda g: hit(one, g), default=None)
            if best and hit(one, best) > 0.5:
                right += 1
                left.remove(best)
            elif errors is not None:
                errors.append(("extra", text[slice(*one[1])], " / ".join(text[slice(*s)] for s in one[0])))
        if errors is not None:
            errors += [("missed", text[slice(*g[1][0])], " / ".join(text[slice(*s)] for s in g[0])) for g in left]
        given, total = given + len(found), total + len(gold)
    precision, recall = right / given, right / total
    print(
        f"{name:26s} gold {total:4d} found {given:4d}  "
        f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}   "
        f"{seconds / size * 3e9:.0f} µs per 3,000 characters"
    )


def main():
    docs = list(articles())
    errors = [] if "--errors" in sys.argv else None
    for name, tool in (("regex baseline", baseline), ("worker", ours)):
        measure(f"{name}, tuned on", tool, docs[::2], errors if tool is ours else None)
        measure(f"{name}, held out", tool, docs[1::2])
        measure(f"{name}, all", tool, docs)
    for kind, source, content in errors or ():
        print(kind, "|", source[:60], "|", content[:150].replace("\n", " "))


if __name__ == "__main__":
    main()
