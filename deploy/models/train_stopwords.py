"""Make worker/enrich/data/stopwords.txt: words that stand in most stories of a language, whatever they are about.

    python deploy/models/train_stopwords.py NEWS

NEWS is a jsonl.gz with lang and text. For languages that `worker/enrich/stopwords.py` has no list for: words of at
least `SHARE` of the stories that are mostly written in small letters. A line a language.
"""

from __future__ import annotations

import collections
import gzip
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "worker/enrich/data/stopwords.txt"
LISTED = {"en", "eng", "de", "fr", "fra", "es", "it", "pt", "nl"}
CODES = {
    "cz": "cs", "ua": "uk", "amh": "am", "tir": "ti", "hau": "ha", "ibo": "ig", "lin": "ln", "lug": "lg", "orm": "om",
    "run": "rn", "sna": "sn", "som": "so", "swa": "sw", "xho": "xh", "yor": "yo",
}
SHARE, STORIES_MIN = 0.25, 15


def main(news: str) -> None:
    stories: collections.Counter[str] = collections.Counter()
    words: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    small: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for line in gzip.open(news, "rt", encoding="utf-8"):
        doc = json.loads(line)
        if doc["lang"] in LISTED:
            continue
        lang = CODES.get(doc["lang"], doc["lang"])
        stories[lang] += 1
        forms = set(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", doc["text"][:3000]))
        words[lang].update({form.lower() for form in forms})
        small[lang].update(form for form in forms if form == form.lower())
    with OUT.open("w", encoding="utf-8") as out:
        for lang in sorted(stories):
            if stories[lang] >= STORIES_MIN:
                often = [w for w, n in words[lang].items() if n >= SHARE * stories[lang] and small[lang][w] >= 0.5 * n]
                out.write(f"{lang} {' '.join(sorted(often))}\n")
                print(lang, len(often))


if __name__ == "__main__":
    main(*sys.argv[1:])
