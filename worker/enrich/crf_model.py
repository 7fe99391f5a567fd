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

from worker.enrich.vocabulary import Common

Steps = npt.NDArray[np.int16]
Arrays = dict[str, npt.NDArray[Any]]

MODEL: Final = "names.msgpack.zst"
HASH_MASK: Final = (1 << 40) - 1  # of 200,000 features some 20 clash: not measurable
# A feature of a neighbour is the feature's hash, salted by its position.
SALTS: Final = (0, 0xD1E9955BD1, 0x45F4914F6C, 0x3779B97F4A, 0x873593CC9E)
ROWS: Final = 5  # positions: the token, before, after, two before, two after
COARSE: Final = 65  # clusters, 0 = unknown
NEWS: Final = 129
WIDTH: Final = 8  # of a row of weights: a number for each label, and one to spare


def feature_hash(feature: str) -> int:
    return xxhash.xxh64_intdigest(feature.encode()) & HASH_MASK


def pair_halves(hashes: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """What words put into the hash of a pair as the first of the two, and as the second."""
    mask = np.uint64(HASH_MASK)
    left, right = ((hashes * np.uint64(factor) & mask).view(np.int64) for factor in (0x9E3779B1, 0x85EBCA6B))
    return left, right


class Tables(NamedTuple):
    """The model as loaded. Weights are whole steps, and say how much more a label is worth than "no name"."""

    labels: tuple[str, ...]  # "O" first
    step: float
    moves: Steps  # label to label
    keys: npt.NDArray[np.uint64]  # sorted hashes of features; weights in the same order, the last row is zero
    weights: Steps
    pair_keys: npt.NDArray[np.int64]  # hashes of two neighbouring words
    pair_left: Steps  # for the first of the two
    pair_right: Steps
    shapes: Steps  # [shape before * SHAPES² + shape * SHAPES + shape after]
    news_left: Steps  # clusters of two neighbours, for the first
    news_right: Steps
    evidence_coarse: Steps
    evidence_news: Steps
    words: npt.NDArray[np.uint64]  # sorted hashes of the lexicon's words
    lexemes: npt.NDArray[np.uint16]
    common: Common  # frequent words, and their rows: summed before, only to start fast
    common_rows: Steps  # a word's lie together


@functools.cache
def tables() -> Tables:
    """Reads the shipped model once."""
    packed = importlib.resources.files("worker.enrich").joinpath("data", MODEL).read_bytes()
    parts: dict[str, Any] = msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(packed))
    arrays = {name: np.frombuffer(raw, dtype=kind).reshape(form) for name, (kind, form, raw) in parts["arrays"].items()}
    common = Common(parts["common"].split("\n"), *(arrays[f"common_{name}"] for name in Common._fields[1:]))
    return unpacked(tuple(parts["labels"]), parts["step"], arrays, common)


def unpacked(labels: tuple[str, ...], step: float, arrays: Arrays, common: Common) -> Tables:
    """The tables out of the arrays that are packed."""

    def hashes(name: str) -> npt.NDArray[np.uint64]:
        return np.cumsum(arrays[name].astype(np.uint64))

    evidence = relative(arrays["evidence"])
    evidence[0] = 0  # has none: for words without a capital
    by_coarse = relative(arrays["evidence_coarse"]).reshape(len(evidence), COARSE, WIDTH) + evidence[:, None]
    by_news = relative(arrays["evidence_news"]).reshape(len(evidence), NEWS, WIDTH)
    by_coarse[0] = by_news[0] = 0
    weights = relative(arrays["weights"])
    return Tables(
        labels=labels,
        step=step,
        moves=arrays["moves"].astype(np.int16),
        keys=hashes("keys"),
        weights=np.concatenate((weights, np.zeros_like(weights[:1]))),
        pair_keys=hashes("pair_keys").view(np.int64),
        pair_left=relative(arrays["pair_left"]),
        pair_right=relative(arrays["pair_right"]),
        shapes=relative(arrays["shapes"]),
        news_left=relative(arrays["news_left"]),
        news_right=relative(arrays["news_right"]),
        evidence_coarse=by_coarse.reshape(-1, WIDTH),
        evidence_news=by_news.reshape(-1, WIDTH),
        words=hashes("words"),
        lexemes=arrays["lexemes"],
        common=common,
        common_rows=relative(arrays["common_rows"].transpose(1, 0, 2).reshape(-1, len(labels))),
    )


def relative(weights: npt.NDArray[Any]) -> Steps:
    """Rows of weights by label as what each is worth above the first; rows of 16 bytes, the spare column is the last
    label's again.
    """
    rows = np.zeros((len(weights), WIDTH), dtype=np.int16)
    rows[:, : weights.shape[1]] = weights
    rows[:, weights.shape[1] :] = rows[:, weights.shape[1] - 1, None]
    rows -= rows[:, :1].copy()
    return rows
