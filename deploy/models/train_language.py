"""Train worker/enrich/data/language.npz: a softmax over hashed letter n-grams.

    python deploy/models/train_language.py PROFILES NEWS SENTENCES

PROFILES   the folder `lingua/language-models` of the package lingua-language-detector < 2 (Apache-2.0): letter
           1- to 5-grams of 75 languages. Words are drawn from them again (what an n-gram count lacks against its
           prefix or suffix tells where words begin and end), and pseudo-sentences are made of the words.
NEWS       jsonl.gz with lang, title, text: languages that the profiles lack, and the tone of headlines
SENTENCES  jsonl.gz with lang, text
Of NEWS and SENTENCES only every second line of a language is trained on; tests/benchmarks/enrich_quality_language.py
measures on the others. No text enters the model: it holds one byte a hashed n-gram and language.

Needs numpy, scipy and brotli. Takes about ten minutes on one core.
"""

from __future__ import annotations

import collections
import gzip
import json
import pathlib
import random
import sys

import brotli
import numpy as np
from scipy import sparse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from worker.enrich.ngrams import BITS, letters, rows  # noqa: E402

OUT = ROOT / "worker/enrich/data/language.npz"
ALIASES = {
    "eng": "en", "fra": "fr", "cz": "cs", "ua": "uk", "amh": "am", "tir": "ti", "hau": "ha", "ibo": "ig", "lin": "ln",
    "lug": "lg", "orm": "om", "run": "rn", "sna": "sn", "som": "so", "swa": "sw", "xho": "xh", "yor": "yo",
}
# languages that their script alone decides are not in the model: worker/enrich/scripts.py
BY_SCRIPT = {"zh", "ja", "ko", "th", "el", "he", "hy", "ka", "gu", "pa", "ta", "te", "bn"}
NO_PROFILE = {"hi", "mr"}  # the profiles lack vowel signs
SYNTHETIC, EPOCHS, BATCH, RATE, SEED = 2500, 6, 1024, 0.5, 7
SERBIAN_LATIN = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш", "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(), strict=True))


def profile(folder: pathlib.Path) -> list[dict[str, float]]:
    """Relative frequencies of 1- to 5-grams, from fractions of their prefixes' counts."""
    joint: list[dict[str, float]] = []
    for order, name in enumerate(("uni", "bi", "tri", "quadri", "five")):
        tree = json.loads(brotli.decompress((folder / f"{name}grams.json.br").read_bytes()))
        grams = {}
        for fraction, names in tree["ngrams"].items():
            top, bottom = fraction.split("/")
            share = int(top) / int(bottom)
            for gram in names.split(" "):
                grams[gram] = share * (joint[order - 1].get(gram[:-1], 0.0) if order else 1.0)
        joint.append(grams)
    return joint


class Words:
    """Draws words from a profile."""

    def __init__(self, joint: list[dict[str, float]], rng: random.Random) -> None:
        self.rng = rng
        starts = []
        for order in range(4):
            left = dict(joint[order])
            for gram, count in joint[order + 1].items():
                if gram[1:] in left:
                    left[gram[1:]] -= count
            starts.append({g: max(0.0, c) for g, c in left.items()})
        whole = [dict(s) for s in starts]
        for order in range(3):
            for gram, count in starts[order + 1].items():
                if gram[:-1] in whole[order]:
                    whole[order][gram[:-1]] -= count
        pool: dict[str, float] = {}
        for order in range(3):
            pool.update({g + " ": max(0.0, c) for g, c in whole[order].items()})
        pool.update(starts[3])
        self.first = list(pool)
        self.first_weights = np.cumsum(list(pool.values())).tolist()
        nexts: dict[str, list[tuple[str, float]]] = collections.defaultdict(list)
        for gram, count in joint[4].items():
            nexts[gram[:4]].append((gram[4], count))
        self.nexts = {}
        for state, options in nexts.items():
            end = joint[3].get(state, 0.0) - sum(c for _, c in options)
            self.nexts[state] = ([o for o, _ in options] + [" "], np.cumsum([c for _, c in options] + [max(0.0, end)]).tolist())

    def draw(self) -> str:
        word = self.rng.choices(self.first, cum_weights=self.first_weights)[0]
        while not word.endswith(" ") and len(word) < 24:
            options = self.nexts.get(word[-4:])
            if options is None or options[1][-1] <= 0:
                break
            word += self.rng.choices(options[0], cum_weights=options[1])[0]
        return word.strip()


def sentences_of_profiles(folder: pathlib.Path, rng: random.Random) -> list[tuple[str, str]]:
    out = []
    for path in sorted(folder.iterdir()):
        lang = path.name
        if not path.is_dir() or lang in BY_SCRIPT or lang in NO_PROFILE or lang.startswith("_"):
            continue
        words = Words(profile(path), rng)
        for _ in range(SYNTHETIC):
            text = " ".join(words.draw() for _ in range(rng.choice((3, 5, 6, 7, 8, 10, 15, 25))))
            out.append((lang, text))
            if lang == "sr" and rng.random() < 0.6:
                out.append((lang, "".join(SERBIAN_LATIN.get(c, c) for c in text)))
        print(lang, out[-1][1][:70], flush=True)
    return out


def lines(path: pathlib.Path):
    """(language, line, whether it is of the training half)."""
    seen: collections.Counter[str] = collections.Counter()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            doc = json.loads(line)
            lang = ALIASES.get(doc["lang"], doc["lang"])
            seen[lang] += 1
            yield lang, doc, seen[lang] % 2 == 1


def cut(words: list[str], rng: random.Random, many: int) -> list[str]:
    out = []
    for _ in range(many):
        size = rng.choice((4, 6, 7, 8, 12, 25))
        at = rng.randrange(max(1, len(words) - size))
        out.append(" ".join(words[at : at + size]))
    return out


def real(news: pathlib.Path, sentences: pathlib.Path, rng: random.Random) -> list[tuple[str, str, float]]:
    out = []
    got: collections.Counter[str] = collections.Counter()
    for lang, doc, train in lines(news):
        if train and doc["source"] != "impresso" and lang not in BY_SCRIPT and got[lang] < (2600 if lang == "en" else 450):
            got[lang] += 1
            if doc["title"]:
                out += [(lang, doc["title"], 2.0)] * 2
            out += [(lang, c, 1.0) for c in cut(doc["text"][:4000].split(), rng, 6)]
    for lang, doc, train in lines(sentences):
        if train and lang not in BY_SCRIPT:
            out += [(lang, doc["text"], 2.0)] * 3
            out += [(lang, c, 1.0) for c in cut(doc["text"].split(), rng, 4)]
    return out


def matrix(texts: list[str]) -> sparse.csr_matrix:
    """Row-wise shares of hashed n-grams."""
    indices, ends, values = [], [0], []
    for text in texts:
        at, count = np.unique(rows(letters(text)), return_counts=True)
        indices.append(at.astype(np.int32))
        values.append((count / max(1, count.sum())).astype(np.float32))
        ends.append(ends[-1] + len(at))
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(indices), ends), shape=(len(texts), 1 << BITS))


def train(x: sparse.csr_matrix, y: np.ndarray, weight: np.ndarray, classes: int) -> tuple[np.ndarray, np.ndarray]:
    counts = np.asarray((sparse.csr_matrix((weight, (y, np.arange(len(y)))), shape=(classes, len(y))) @ x).todense()) + 1e-3
    table = np.log(counts / counts.sum(axis=1, keepdims=True))
    table = (table - table.mean(axis=0)).T.astype(np.float32) * 12.0  # naive Bayes, on shares: scaled to a short text's length
    bias = np.zeros(classes, np.float32)
    grad2 = np.full(table.shape, 1e-4, np.float32)
    order = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        loss = 0.0
        shuffled = order.permutation(len(y))
        for at in range(0, len(y), BATCH):
            pick = shuffled[at : at + BATCH]
            part = x[pick]
            used = np.unique(part.indices)
            part = part[:, used]
            score = part @ table[used] + bias
            score -= score.max(axis=1, keepdims=True)
            p = np.exp(score)
            p /= p.sum(axis=1, keepdims=True)
            loss -= float(np.log(p[np.arange(len(pick)), y[pick]] + 1e-9).sum())
            p[np.arange(len(pick)), y[pick]] -= 1.0
            p *= weight[pick, None]
            g = part.T @ p * 8.0
            grad2[used] += g * g
            table[used] -= RATE * g / np.sqrt(grad2[used])
        print("epoch", epoch, "loss", round(loss / len(y), 4), flush=True)
    return table, bias


def main(profiles: str, news: str, sentences: str) -> None:
    rng = random.Random(SEED)
    made = [(lang, text, 1.0) for lang, text in sentences_of_profiles(pathlib.Path(profiles), rng)]
    data = made + real(pathlib.Path(news), pathlib.Path(sentences), rng)
    langs = sorted({lang for lang, _, _ in data})
    number = {lang: n for n, lang in enumerate(langs)}
    x = matrix([text for _, text, _ in data])
    y = np.array([number[lang] for lang, _, _ in data])
    weight = np.array([w for _, _, w in data], np.float32)
    table, _ = train(x, y, weight, len(langs))
    table -= table.mean(axis=1, keepdims=True)
    scale = float(np.percentile(np.abs(table), 99.9)) / 127
    packed = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    np.savez_compressed(OUT, table=packed, scale=np.float32(scale), languages=np.array(langs))
    print(len(langs), "languages", OUT.stat().st_size, "bytes, scale", scale)


if __name__ == "__main__":
    main(*sys.argv[1:])
