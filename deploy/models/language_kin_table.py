"""Learn worker/enrich/data/kin.tsv: how much a word speaks for one of two languages that read nearly alike.

    python deploy/models/language_kin_table.py CATALOGUES

CATALOGUES  what language_catalogues.py wrote
A second witness is the package wordfreq (its lists: CC BY-SA 4.0; no frequency of theirs is kept): a word counts
where both agree, since the programs of one language are not those of the other.

A line is: members, word, weight in tenths for each member; weights are shrunk logarithms of odds. Words that the
hand-made table of worker/enrich/language_kin_words.py speaks about are left to it. Bosnian, Croatian and Serbian
were tried too and gained nothing in texts of the length of a story.
"""

from __future__ import annotations

import collections
import gzip
import json
import math
import pathlib
import sys

import wordfreq

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from worker.enrich.ngrams import letters  # noqa: E402

OUT = ROOT / "worker/enrich/data/kin.tsv"
GROUPS = ("id ms",)
LEAST, SHRINK, TELLING, MOST = 6, 0.5, 0.5, 2.0
UNHEARD, CLEAR = 1e-7, 0.7  # of wordfreq: the frequency of a word it lacks; a logarithm of odds worth listening to


def counts(path: pathlib.Path, langs: set[str]) -> tuple[dict[str, collections.Counter[str]], collections.Counter[str]]:
    """In how many messages of a language a word is, and how many words that makes."""
    out: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            doc = json.loads(line)
            if doc["lang"] in langs:
                out[doc["lang"]].update({w for w in letters(doc["text"]).split() if len(w) > 1})
    return out, collections.Counter({lang: sum(c.values()) for lang, c in out.items()})


def weights(
    word: str, members: list[str], of: dict[str, collections.Counter[str]], total: collections.Counter[str]
) -> list[float]:
    """Shrunk logarithms of the word's share in each of two languages, above the lesser."""
    if sum(of[m][word] for m in members) < LEAST:
        return [0.0, 0.0]
    one, other = (math.log((of[m][word] + 1) / total[m]) for m in members)
    heard, heard_other = (math.log(max(UNHEARD, wordfreq.word_frequency(word, m))) for m in members)
    if abs(heard - heard_other) <= CLEAR or (heard - heard_other) * (one - other) <= 0:
        return [0.0, 0.0]
    return [min(MOST, SHRINK * max(0.0, odds)) for odds in (one - other, other - one)]


def main() -> None:
    of, total = counts(pathlib.Path(sys.argv[1]), {m for group in GROUPS for m in group.split()})
    lines = []
    for group in GROUPS:
        members = group.split()
        for word in sorted(set().union(*(of[m] for m in members))):
            found = weights(word, members, of, total)
            if max(found) - min(found) >= TELLING:
                lines.append(f"{group}\t{word}\t{' '.join(str(round(w * 10)) for w in found)}\n")
        print(group, total, len(lines))
    OUT.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
