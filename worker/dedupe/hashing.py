"""Words as 64-bit numbers, and the arithmetic that makes shingles of them. All of it frozen: `ALGORITHM`.

The low bits of a word's hash say what it is, so that whole batches can be filtered without looking at the word:
bit 0 a number, bit 1 a Han or kana character, bit 2 a South-East Asian character, bit 3 always set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import xxhash

from worker.dedupe.tokens import is_han_kana, is_south_east, number_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable

ALGORITHM = 1
"""Version of tokens, hashes, features and furniture together: claims of another version are made again."""

U64 = npt.NDArray[np.uint64]
NUMBER, HAN_KANA, SOUTH_EAST, WORD = 1, 2, 4, 8
_KIND_MASK = NUMBER | HAN_KANA | SOUTH_EAST | WORD

# Odd constants of the splitmix64 generator (Steele, Lea, Flood 2014) and of xxHash.
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_PRIME = np.uint64(0xC2B2AE3D27D4EB4F)
_30, _27, _31, _29 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(29)


def mix(values: U64) -> U64:
    """splitmix64's finaliser: every bit of the input moves every bit of the output."""
    out = values ^ (values >> _30)
    out *= _MIX_1
    out ^= out >> _27
    out *= _MIX_2
    out ^= out >> _31
    return out


def join(left: U64, right: U64) -> U64:
    """An ordered pair as one number."""
    out = left * _GAMMA
    out ^= out >> _29
    out += right * _PRIME
    return out


def word_hash(word: str) -> int:
    """The hash of one token with its kind in the low bits."""
    number = number_of(word)
    kind = WORD
    if number:
        word, kind = number, WORD | NUMBER
    elif not word.isascii():
        kind |= HAN_KANA if is_han_kana(word) else SOUTH_EAST if is_south_east(word) else 0
    return xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass")) & ~_KIND_MASK | kind


class ChunkHashes(dict[str, bytes]):
    """The hashes of a white-space delimited chunk of text, eight bytes a word (little-endian): none for punctuation.

    Bytes, because a text's are joined several times faster than as many numbers become an array.
    A cache of a pure function: dropping it changes no result.
    """

    CHUNKS_MAX = 300_000
    CHUNK_CHARS_MAX = 32  # longer ones are rare and not worth keeping

    def __missing__(self, chunk: str) -> bytes:
        found = b"".join([word_hash(word).to_bytes(8, "little") for word in words(chunk)])
        if len(chunk) <= self.CHUNK_CHARS_MAX:
            if len(self) >= self.CHUNKS_MAX:
                self.clear()
            self[chunk] = found
        return found


_hashes_of = ChunkHashes().__getitem__


def packed_words(chunks: Iterable[str]) -> bytes:
    """The hashes of a text's words one after the other. The text comes as `str.split()` gives it."""
    return b"".join(map(_hashes_of, chunks))


def unpacked(packed: bytes) -> U64:
    """Hashes as `packed_words` made them; read-only."""
    return np.frombuffer(packed, "<u8")


def shingles(hashes: U64, width: int) -> U64:
    """The hash of each `width` hashes in a row, at its first position; order counts."""
    count = len(hashes) - width + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    out, right = hashes[:count], hashes * _PRIME
    for step in range(1, width):  # as `join` does, with its products made once
        out = out * _GAMMA
        out ^= out >> _29
        out += right[step : count + step]
    return mix(out)


def key64(*parts: str) -> int:
    """A 64-bit key of some strings (a slug's words, a source); never 0."""
    return xxhash.xxh3_64_intdigest("\0".join(parts).encode("utf-8", "surrogatepass")) or 1


def seeded64(seed: int, text: str) -> int:
    """A 64-bit key of a string in one of many key spaces; never 0."""
    return xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"), seed) or 1
