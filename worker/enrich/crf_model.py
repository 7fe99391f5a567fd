"""The name tagger's model as it ships: weights by hashed feature, dense tables, the lexicon.

Written by deploy/models/names_pack.py, which uses the hashes of this file.
"""

from __future__ import annotations

import functools
import importlib.resources
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
import xxhash
import zstandard

from worker.enrich.features import Common

Floats = npt.NDArray[np.float32]

MODEL: Final = "names.msgpack.zst"
HASH_MASK: Final = (1 << 40) - 1  # of 200,000 features some 20 clash: not measurable
# A feature of a neighbour is the feature's hash, salted by its position.
SALTS: Final = (0, 0xD1E9955BD1, 0x45F4914F6C, 0x3779B97F4A, 0x873593CC9E)
ROWS: Final = 5  # positions: the token, before, after, two before, two after
COARSE: Final = 65  # clusters, 0 = unknown
NEWS: Final = 129


def feature_hash(feature: str) -> int:
    return xxhash.xxh64_intdigest(feature.encode()) & HASH_MASK


def pair_hash(left: npt.NDArray[np.uint64], right: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A hash of two neighbouring words out of theirs."""
    return ((left * np.uint64(0x9E3779B1)) ^ right * np.uint64(0x85EBCA6B)) & np.uint64(HASH_MASK)


class Tables(NamedTuple):
    """The model as loaded. Weights of features by hash, of pairs and of small dense tables."""

    labels: tuple[str, ...]  # "O" first
    moves: Floats  # label to label
    keys: npt.NDArray[np.uint64]  # sorted hashes of features; weights in the same order, the last row is zero
    weights: Floats
    pair_keys: npt.NDArray[np.uint64]  # hashes of two neighbouring words
    pair_left: Floats  # for the first of the two
    pair_right: Floats
    shapes: Floats  # [shape before * SHAPES² + shape * SHAPES + shape after]
    news_left: Floats  # clusters of two neighbours, for the first
    news_right: Floats
    evidence: Floats
    evidence_coarse: Floats
    evidence_news: Floats
    words: npt.NDArray[np.uint64]  # sorted hashes of the lexicon's words
    lexemes: npt.NDArray[np.uint16]
    common: Common  # frequent words, and their rows: summed before, only to start fast
    common_rows: Floats


@functools.cache
def tables() -> Tables:
    """Reads the shipped model once."""
    packed = importlib.resources.files("worker.enrich").joinpath("data", MODEL).read_bytes()
    parts: dict[str, Any] = msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(packed))
    arrays = {name: np.frombuffer(raw, dtype=kind).reshape(form) for name, (kind, form, raw) in parts["arrays"].items()}
    step = np.float32(parts["step"])

    def weights(name: str) -> Floats:
        floats: Floats = arrays[name].astype(np.float32) * step
        return floats

    def hashes(name: str) -> npt.NDArray[np.uint64]:
        return np.cumsum(arrays[name].astype(np.uint64))

    spare = np.zeros((1, len(parts["labels"])), dtype=np.float32)
    return Tables(
        labels=tuple(parts["labels"]),
        moves=weights("moves"),
        keys=hashes("keys"),
        weights=np.concatenate((weights("weights"), spare)),
        pair_keys=hashes("pair_keys"),
        pair_left=weights("pair_left"),
        pair_right=weights("pair_right"),
        shapes=weights("shapes"),
        news_left=weights("news_left"),
        news_right=weights("news_right"),
        evidence=weights("evidence"),
        evidence_coarse=weights("evidence_coarse"),
        evidence_news=weights("evidence_news"),
        words=hashes("words"),
        lexemes=arrays["lexemes"],
        common=Common(parts["common"].split("\n"), *(arrays[f"common_{name}"] for name in Common._fields[1:])),
        common_rows=weights("common_rows"),
    )
