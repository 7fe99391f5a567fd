"""What deduplication costs, beside datasketch's MinHashLSH (128 permutations) on the same stories in the same run.

    python tests/benchmarks/dedupe_cost.py [--entries 1000000] [--peer 20000]

Fingerprints are made of invented stories of 500 words. The index is filled with claims whose features are drawn at
random over less than the window (text of that many stories would take longer than the measurement), one in three of
them a copy.
Times are processor time of this process; sizes are resident memory, not the judge's own count.
"""

from __future__ import annotations

import argparse
import gc
import pathlib
import random
import resource
import sys
import time
from functools import partial

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "unit"))

from dedupe_kit import START, headline, story, text

from worker.dedupe import Judge, fingerprint, record
from worker.dedupe.hashing import ALGORITHM
from worker.judging import Judging
from worker.story import Candidate, Claim

BATCH = 50


def seconds(work):
    begin = time.process_time()
    work()
    return time.process_time() - begin


def resident_mb():
    gc.collect()
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def invented(count, words=500, seed=1):
    rng = random.Random(seed)
    return [story(f"urn:x:{n}", headline(rng), text(rng, words), at=START + n) for n in range(count)]


def drawn_claims(count, seed=1, days=2.8):
    """Claims with random features, as many distinct ones as text would give, a third of them copies."""
    rng = np.random.default_rng(seed)
    made = np.zeros(count, record.RECORD)
    made["words"], made["shingles"], made["keys_n"] = 400, 390, 12
    made["lead_n"], made["window_n"], made["numbers_n"], made["title_n"] = 38, 78, 20, 6
    for field, top in (
        ("keys", 2**32),
        ("sketch", 2**29),
        ("lead", 2**14),
        ("window", 2**14),
        ("numbers", 2**16),
        ("contexts", 2**16),
        ("title", 2**16),
    ):
        made[field] = np.sort(rng.integers(0, top - 1, made[field].shape, dtype=np.uint64), axis=1)
    hot = rng.random(made["keys"].shape) < 0.03  # keys that many stories have, as common phrases give
    made["keys"][hot] = rng.integers(0, 500, int(hot.sum())) * 7_919_993 % 2**32
    copies = np.flatnonzero(rng.random(count) < 1 / 3)
    copies = copies[copies > 5000]
    made[copies] = made[copies - rng.integers(1, 5000, len(copies))]
    size, packed = record.RECORD.itemsize, made.tobytes()
    step = days * 86_400_000 / count
    for n in range(count):
        at = START * 1000 + int(n * step)
        yield Claim(
            algorithm=ALGORITHM, uri=f"urn:newsml:agency.example:20170314:{n:012d}",
            print=packed[n * size : (n + 1) * size],
            digest=n.to_bytes(16, "little"), source="agency", identity="x", version="1", version_ms=at, event_ms=at,
            record_ms=at + 60_000, words=400, slug_key=f"{n % 100_000:x}", headline_key=f"{n:x}",
        )  # fmt: skip


def _each(parts):
    for part in parts:
        fingerprint(part)


def fingerprints():
    stories = [(s, 0) for s in invented(600)]
    fingerprint(stories)
    rows = []
    for batch in (1, 10, BATCH, 300):
        parts = [stories[i : i + batch] for i in range(0, len(stories), batch)]
        best = min(seconds(partial(_each, parts)) for _ in range(5))
        rows.append((f"fingerprint, batch {batch}", best / len(stories) * 1e6))
    return rows


def peer_fingerprints_and_index(count):
    from datasketch import MinHash, MinHashLSH

    stories = invented(300)
    words = [f"{s.headlines[0].value} {s.bodies[0].value}".lower().split() for s in stories]

    def minhash(tokens):
        out = MinHash(num_perm=128)
        out.update_batch([" ".join(tokens[i : i + 3]).encode() for i in range(len(tokens) - 2)])
        return out

    sketches = []
    fingerprint_s = seconds(lambda: sketches.extend(minhash(tokens) for tokens in words)) / len(words)
    rng = np.random.default_rng(2)
    drawn = rng.integers(0, 2**32 - 1, (count, 128), dtype=np.uint64)
    before = resident_mb()
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    made = [MinHash(num_perm=128, hashvalues=row, scheme="legacy") for row in drawn]
    insert_s = seconds(lambda: [lsh.insert(str(n), one) for n, one in enumerate(made)]) / count
    size = (resident_mb() - before) * 1e6 / count
    query_s = seconds(lambda: [lsh.query(one) for one in made[:5000]]) / min(5000, count)
    return fingerprint_s * 1e6, insert_s * 1e6, query_s * 1e6, size


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--peer", type=int, default=20_000, help="entries of the peer's index")
    args = parser.parse_args()
    ours = measure_index(args.entries)  # first: memory that the peer frees would hide what is taken here
    prints = fingerprints()
    peer_print, peer_insert, peer_query, peer_size = peer_fingerprints_and_index(args.peer)
    peers = {"print": peer_print, "index": peer_insert + peer_query, "insert": peer_insert, "bytes": peer_size}
    print(f"{'what':44} {'here':>9} {'datasketch':>11} {'ratio':>6}   unit")
    for name, value, against, unit in [(n, v, "print", "µs a story of 500 words") for n, v in prints] + ours:
        other = peers.get(against)
        beside = f"{other:11.0f} {other / value:6.1f}" if other else " " * 18
        print(f"{name:44} {value:9.1f} {beside}   {unit}")
    print(f"datasketch's index held {args.peer} entries.")


def measure_index(count):
    """(name, value, what it stands beside, unit) of each measurement."""
    claims = list(drawn_claims(count + 20_000))
    late = claims[count:]
    before = resident_mb()
    judge, entries = Judge(), []

    def fill():
        for at in range(0, count, BATCH):
            judge.decide(claims[at : at + BATCH])
            entries.append(judge.entries())

    filled = seconds(fill)
    stored = sum(map(len, entries))
    size = (resident_mb() - before) * 1e6 - stored
    held = judge.measures()
    spent = seconds(lambda: [judge.decide(late[at : at + BATCH]) for at in range(0, len(late), BATCH)])
    inserted = insert_only(judge, late)
    published = f"{int(held['entries'])} entries, {int(held['texts'])} of them texts"
    again = Judge()
    loaded = seconds(lambda: again.load(entries))
    return [
        ("fill: look-up, rule, insert; batch 50", filled / count * 1e6, "index", f"µs a story, {count} stories"),
        (f"look-up, rule, insert at {count}; batch 50", spent / len(late) * 1e6, "index", "µs a story"),
        ("of it, insert into the postings", inserted, "insert", "µs a story"),
        ("resident, identities and all", size / held["entries"], "bytes", f"bytes an entry ({published})"),
        ("stored in the index topic", stored / held["entries"], "", "bytes an entry, before compression"),
        (f"load of {len(entries)} entries of batch 50", loaded, "", "s"),
        ("judge end to end, batch 500", end_to_end(), "", "stories a second"),
    ]


def insert_only(judge, late):
    """Rows, texts and postings of stories that were judged, entered again."""
    memory = judge._memory
    count = memory.texts.next
    keys = np.random.default_rng(3).integers(0, 2**32, (len(late), 13), dtype=np.uint64)

    def enter():
        for at in range(0, len(late), BATCH):
            slots = np.repeat(np.arange(count + at, count + at + BATCH, dtype=np.uint64), 13)
            memory.postings.add(keys[at : at + BATCH].ravel(), slots)
            memory.postings.settle(0)

    return seconds(enter) / len(late) * 1e6


def end_to_end():
    """The second pipeline as the judge process runs it: verdicts and final JSON of stories of 500 words."""
    import msgspec

    stories = invented(1500)
    stories += [msgspec.structs.replace(s, uri=f"{s.uri}-copy") for s in stories[:500]]
    claims = fingerprint([(s, 0) for s in stories])
    candidates = [
        Candidate(story=msgspec.json.encode(s), claim=c, format="ninjs", source="agency")
        for s, c in zip(stories, claims, strict=True)
    ]
    judging = Judging(Judge())
    spent = seconds(
        lambda: [
            (judging.decide(candidates[at : at + 500]), judging.judge.entries())
            for at in range(0, len(candidates), 500)
        ]
    )
    return len(candidates) / spent


if __name__ == "__main__":
    main()
