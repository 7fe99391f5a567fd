"""Step 5: trained models into worker/enrich/data/names.msgpack.zst.

python names_pack.py SILVER.pickle LEXICON.pickle MODEL.crf [MODEL.crf …]

Several models are averaged: a linear model's mean is one model, no slower, and better than each. Features become
40-bit hashes, weights bytes in steps of 0.05; what weighs less than a step is dropped. The rows of the 40,000 most
frequent words are summed in advance, only so that a worker starts warm.
"""

from __future__ import annotations

import pathlib
import pickle
import sys
from collections import Counter, defaultdict

import msgspec
import numpy as np
import pycrfsuite
import zstandard

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
from worker.enrich.context import EVIDENCE
from worker.enrich.crf import Tagger
from worker.enrich.crf_model import COARSE, MODEL, NEWS, ROWS, SALTS, feature_hash, pair_halves, unpacked
from worker.enrich.features import SHAPES
from worker.enrich.vocabulary import COARSE as COARSE_COLUMN
from worker.enrich.vocabulary import COMMON_FIRST, NONE_COMMON, SHAPE
from worker.enrich.vocabulary import NEWS as NEWS_COLUMN

STEP = 0.05
WEIGHT_MIN = 0.05
PAIR_WEIGHT_MIN = 0.1
COMMON_WORDS = 40_000
POSITIONS = {"-1:": 1, "+1:": 2, "-2:": 3, "+2:": 4}


def averaged(models: list[str]) -> tuple[list[str], dict[str, np.ndarray], np.ndarray]:
    """Labels ("O" first), weights of every feature by label, transitions."""
    labels: list[str] = []
    weights: dict[str, np.ndarray] = {}
    for name in models:
        tagger = pycrfsuite.Tagger()
        tagger.open(name)
        if not labels:
            labels = ["O", *sorted(label for label in tagger.labels() if label != "O")]
            weights = defaultdict(lambda: np.zeros(len(labels)))
            moves = np.zeros((len(labels), len(labels)))
        info = tagger.info()
        for (feature, label), weight in info.state_features.items():
            weights[feature][labels.index(label)] += weight / len(models)
        for (one, other), weight in info.transitions.items():
            moves[labels.index(one), labels.index(other)] += weight / len(models)
    return labels, weights, moves


def tables(weights: dict[str, np.ndarray], labels: int) -> tuple[dict[str, np.ndarray], dict[int, np.ndarray], dict[int, list]]:
    """Dense tables by name, features by hash, pairs by hash (left, right)."""
    dense = {
        "shapes": np.zeros((SHAPES**3, labels)),
        "news_right": np.zeros((NEWS * NEWS, labels)),
        "news_left": np.zeros((NEWS * NEWS, labels)),
        "evidence": np.zeros((EVIDENCE, labels)),
        "evidence_coarse": np.zeros((EVIDENCE * COARSE, labels)),
        "evidence_news": np.zeros((EVIDENCE * NEWS, labels)),
    }
    into = {
        "T": ("shapes", (SHAPES * SHAPES, SHAPES, 1)),
        "K": ("news_right", (NEWS, 1)),
        "L": ("news_left", (NEWS, 1)),
        "E": ("evidence", (1,)),
        "F": ("evidence_coarse", (COARSE, 1)),
        "G": ("evidence_news", (NEWS, 1)),
    }
    features: dict[int, np.ndarray] = {}
    pairs: dict[int, list] = {}
    for feature, weight in weights.items():
        kind, _, value = feature.partition("=")
        if kind in into:
            name, factors = into[kind]
            dense[name][sum(int(part) * factor for part, factor in zip(value.split("|"), factors))] = weight
        elif kind in {"B", "D"}:
            if value.count("|") == 1 and not value.startswith("|") and np.abs(weight).max() >= PAIR_WEIGHT_MIN:
                left, right = (np.array([feature_hash(word)], np.uint64) for word in value.split("|"))
                key = int(pair_halves(left)[0][0] ^ pair_halves(right)[1][0])
                both = pairs.setdefault(key, [np.zeros(labels), np.zeros(labels)])
                both["DB".index(kind)] = weight
        elif np.abs(weight).max() >= WEIGHT_MIN:
            position = POSITIONS.get(feature[:3], 0)
            features[feature_hash(feature[3:] if position else feature) ^ SALTS[position]] = weight
    return dense, features, pairs


def steps(weights) -> np.ndarray:
    return np.clip(np.round(np.asarray(weights) / STEP), -127, 127).astype(np.int8)


def gaps(hashes: list[int]) -> np.ndarray:
    """Differences of sorted hashes: smaller numbers, which compress."""
    found = np.diff(np.array([0, *hashes], np.uint64).astype(np.int64))
    return found.astype(np.uint32 if found.max() < 2**32 else np.uint64)


def main(silver: str, lexicon: str, *models: str) -> None:
    labels, weights, moves = averaged(list(models))
    dense, features, pairs = tables(weights, len(labels))
    words = {feature_hash(word): known for word, known in pickle.loads(pathlib.Path(lexicon).read_bytes()).items()}
    arrays = {name: steps(table) for name, table in dense.items()}
    arrays |= {
        "moves": steps(moves),
        "keys": gaps(sorted(features)),
        "weights": steps([features[key] for key in sorted(features)]),
        "pair_keys": gaps(sorted(pairs)),
        "pair_left": steps([pairs[key][0] for key in sorted(pairs)]),
        "pair_right": steps([pairs[key][1] for key in sorted(pairs)]),
        "words": gaps(sorted(words)),
        "lexemes": np.array([words[key] for key in sorted(words)], np.uint16),
    }
    counts = Counter(word for _, tokens, _ in pickle.loads(pathlib.Path(silver).read_bytes()) for word in tokens if word)
    common = [word for word, _ in counts.most_common(COMMON_WORDS)]
    arrays |= common_rows(labels, arrays, common)
    packed = {name: [array.dtype.str, list(array.shape), array.tobytes()] for name, array in arrays.items()}
    content = msgspec.msgpack.encode({"labels": labels, "step": STEP, "common": "\n".join(common), "arrays": packed})
    out = ROOT / "worker" / "enrich" / "data" / MODEL
    out.write_bytes(zstandard.ZstdCompressor(level=19).compress(content))
    print(len(features), "features,", len(pairs), "pairs,", len(words), "words,", out.stat().st_size, "bytes")


def common_rows(labels: list[str], arrays: dict[str, np.ndarray], common: list[str]) -> dict[str, np.ndarray]:
    """What a tagger works out of the common words."""
    nothing = np.zeros((ROWS, 0, len(labels)), np.int16)
    tagger = Tagger(unpacked(tuple(labels), STEP, arrays | {"common_rows": nothing}, NONE_COMMON))
    known, part = tagger.vocabulary, slice(COMMON_FIRST, COMMON_FIRST + len(common))
    for word in common:
        known.packed([word])
    tagger._learn()
    rows = tagger._rows[tagger._first :].reshape(-1, ROWS, tagger._rows.shape[1])[part, :, : len(labels)]
    return {
        "common_flags": known.flags[part],
        "common_shape": known.info[part, SHAPE].astype(np.uint8),
        "common_coarse": known.info[part, COARSE_COLUMN].astype(np.uint8),
        "common_news": known.info[part, NEWS_COLUMN].astype(np.uint8),
        "common_rows": np.ascontiguousarray(rows.transpose(1, 0, 2)),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
