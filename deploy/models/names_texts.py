"""Step 0 of the name model: one file of raw English news out of the corpora.

python names_texts.py CORPORA OUT.jsonl

Takes the English stories of `bulk_news`, 700 of `ap89_jan01_05` and 3,000 of `reuters21578_000_016`: 9,600 stories,
3.7 million words. The two gold sets (`conll2003_testa`, `worldwide_newswire_half`) are never read here.
"""

import gzip
import json
import pathlib
import random
import re
import sys


def rows(path: pathlib.Path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def unwrapped(text: str) -> str:
    """Lines that begin with blanks begin a paragraph; other line breaks are wraps."""
    return re.sub(r" {2,}", " ", re.sub(r"(?<!\n)\n(?!\n)", " ", re.sub(r"\n {2,}", "\n\n", text)))


def main(corpora: str, out: str) -> None:
    folder, rng, texts = pathlib.Path(corpora), random.Random(1), []
    for row in rows(folder / "bulk_news.jsonl.gz"):
        if row["lang"] in {"en", "eng"}:
            texts.append((row["id"], f"{(row['title'] or '').strip()}\n\n{row['text'].strip()}".strip()))
    agency = []
    for row in rows(folder / "ap89_jan01_05.jsonl.gz"):
        text = unwrapped(row["text"].replace("``", '"').replace("''", '"'))
        agency.append((row["id"], f"{' '.join(row['head'][:1])}\n\n{row['dateline'] or ''} _ {text}"))
    rng.shuffle(agency)
    texts += agency[:700]
    wire = []
    for row in rows(folder / "reuters21578_000_016.jsonl.gz"):
        if len(row.get("body") or "") >= 400:
            body = re.sub(r"\s*Reuter\s*\S*\s*$", "", unwrapped(row["body"]))
            wire.append((row["id"], f"{row['title'] or ''}\n\n{body}"))
    rng.shuffle(wire)
    texts += wire[:3000]
    rng.shuffle(texts)
    with open(out, "w", encoding="utf-8") as written:
        for number, text in texts:
            written.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
