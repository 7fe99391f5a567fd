"""Train worker/enrich/data/words_en.npz: how rare English news words are, and what they say of a story's topics.

    python deploy/models/train_words.py NEWS REUTERS AP

NEWS, REUTERS, AP are jsonl.gz files with `text` or `body` (and `title`). Every second story of NEWS from sources
named in HELD_OUT is left out: tests/benchmarks/enrich_quality_topics.py measures on them. No text enters the file.

1. Rarity: inverse document frequency of each key of `worker.enrich.words`.
2. Topics: `topic_seeds.py` labels the stories (many different seed words of a topic: yes; hardly any: no; between:
   unlabelled), a logistic regression a topic over all words generalises, and labels once more where the seeds were
   undecided. 17 columns of one byte a word.

Needs numpy and scipy. Takes about two minutes on one core.
"""

from __future__ import annotations

import collections
import gzip
import json
import math
import pathlib
import sys

import numpy as np
from scipy import optimize, sparse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "deploy/models")]
from topic_seeds import SEEDS  # noqa: E402

from worker.enrich import words as module  # noqa: E402
from worker.enrich.words import Vocabulary, keys, stem  # noqa: E402

module.vocabulary = lambda: Vocabulary(
    {}, np.zeros(1), np.zeros((0, 0), np.int8), 1.0, np.zeros(0, np.float32), ()
)  # made here

OUT = ROOT / "worker/enrich/data/words_en.npz"
HELD_OUT = {"bbc", "kpcrowd"}
DOCUMENTS_MIN, REUTERS_MAX, ROUNDS, PENALTY = 6, 3000, 2, 3e-4


def stories(news, reuters, ap):
    seen = collections.Counter()
    for line in gzip.open(news, "rt", encoding="utf-8"):
        doc = json.loads(line)
        if doc["lang"] in ("en", "eng"):
            seen[doc["source"]] += 1
            if doc["source"] == "kpcrowd" or (doc["source"] in HELD_OUT and seen[doc["source"]] % 2 == 0):
                continue
            yield doc["title"] or "", doc["text"]
    for number, line in enumerate(gzip.open(reuters, "rt", encoding="utf-8")):
        if number % 5 == 0 and number < REUTERS_MAX * 5:
            doc = json.loads(line)
            yield doc.get("title") or "", doc.get("body") or ""
    for line in gzip.open(ap, "rt", encoding="utf-8"):
        doc = json.loads(line)
        yield " ".join(doc["head"][:1]), doc["text"]


def counts(title, text):
    return collections.Counter(keys(f"{title}\n{title}\n{text[:6000]}", "en"))


def seed_labels(docs, rarity):
    """1 yes, 0 no, -1 undecided."""
    codes = sorted(SEEDS)
    sets = [{stem(s) for s in SEEDS[c].split()} for c in codes]
    labels = np.full((len(docs), len(codes)), -1, np.int8)
    for n, doc in enumerate(docs):
        hits = [[k for k in doc if k in s] for s in sets]
        score = [sum((1 + math.log(doc[k])) * rarity.get(k, 3.0) for k in h) for h in hits]
        top = max(score) or 1.0
        for c, h in enumerate(hits):
            if len(h) >= 4 and score[c] >= 0.6 * top and score[c] >= 24:
                labels[n, c] = 1
            elif len(h) <= 1 or score[c] < 0.25 * top:
                labels[n, c] = 0
    return labels


def logistic(x, y):
    """Weights and bias of one topic; both classes weigh the same."""
    weight = np.where(y == 1, 0.5 / max(1, (y == 1).sum()), 0.5 / max(1, (y == 0).sum()))

    def loss(theta):
        z = x @ theta[:-1] + theta[-1]
        p = 1 / (1 + np.exp(-z))
        value = -(weight * np.where(y == 1, np.log(p + 1e-9), np.log(1 - p + 1e-9))).sum()
        g = weight * (p - y)
        return value + PENALTY * (theta[:-1] ** 2).sum(), np.append(x.T @ g + 2 * PENALTY * theta[:-1], g.sum())

    return optimize.minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 120}).x


def main(news, reuters, ap):
    docs = [counts(*story) for story in stories(news, reuters, ap)]
    docs = [d for d in docs if sum(d.values()) >= 12]
    frequency = collections.Counter(k for d in docs for k in d)
    known = sorted(k for k, n in frequency.items() if n >= DOCUMENTS_MIN)
    rarity = {k: math.log(len(docs) / frequency[k]) for k in known}
    unknown = math.log(len(docs) / (DOCUMENTS_MIN / 2))
    row = {k: n for n, k in enumerate(known)}
    data, at, ends = [], [], [0]
    for d in docs:
        pairs = [(row[k], (1 + math.log(n)) * rarity[k]) for k, n in d.items() if k in row]
        norm = math.sqrt(sum(v * v for _, v in pairs)) or 1.0
        data += [v / norm for _, v in pairs]
        at += [c for c, _ in pairs]
        ends.append(len(data))
    x = sparse.csr_matrix((data, at, ends), shape=(len(docs), len(known)))
    labels = seed_labels(docs, rarity)
    codes = sorted(SEEDS)
    print(
        len(docs),
        "stories",
        len(known),
        "keys; labelled yes:",
        dict(zip(codes, (labels == 1).sum(axis=0).tolist(), strict=True)),
    )
    theta = np.zeros((len(codes), len(known) + 1))
    for step in range(ROUNDS):
        for c in range(len(codes)):
            told = labels[:, c] >= 0
            theta[c] = logistic(x[told], labels[told, c].astype(float))
        sure = 1 / (1 + np.exp(-(x @ theta[:, :-1].T + theta[:, -1])))
        labels = np.where((labels == -1) & (sure > 0.9), 1, np.where((labels == -1) & (sure < 0.2), 0, labels))
        print("round", step, "yes:", (labels == 1).sum(axis=0).tolist())
    table, bias = theta[:, :-1].T, theta[:, -1]
    scale = np.abs(table).max() / 127
    np.savez_compressed(
        OUT,
        keys=np.array(" ".join(known)),
        rarity=np.round(np.array([rarity[k] for k in known]) * 20).astype(np.uint8),
        unknown=np.float32(unknown),
        topics=np.round(table / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=bias.astype(np.float32),
        codes=np.array(codes),
    )
    print(OUT.stat().st_size, "bytes")
    for c, code in enumerate(codes):
        best = np.argsort(-table[:, c])[:14]
        print(code, " ".join(known[b] for b in best))


if __name__ == "__main__":
    main(*sys.argv[1:])
