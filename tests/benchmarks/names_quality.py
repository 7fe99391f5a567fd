"""Names against gold: exact span and type F1 over PER, LOC and ORG.

python tests/benchmarks/names_quality.py [corpora]

`conll2003_testa` (Reuters, 1996) is made running text: sentences of prose follow each other on one line, headlines,
datelines and rows of tables have a line of their own. Facilities are LOC there; in `worldwide_newswire_half` they are
a class of their own and count as nothing. What is scored are the proper names before linking: bodies in small letters
("South Korea's foreign ministry") are no names to either corpus. Also printed: the tagger alone, without the document's
one opinion, and the time of each stage.
"""

from __future__ import annotations

import gzip
import json
import pathlib
import sys
import time
from collections import Counter
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from worker.enrich.gazetteer import gazetteer
from worker.enrich.names import proper_names, tagger

CORPORA = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
KINDS = ("PER", "LOC", "ORG")
Spans = set[tuple[int, int, str]]

_NO_SPACE_BEFORE = frozenset(",.;:!?)%") | {"'s", "n't", "'re", "'ve", "'ll", "'d", "'m"}


def running_text(sentences: list[dict[str, Any]]) -> tuple[str, Spans]:
    """Tokens joined as they are printed; spans in code points."""
    text, spans, prose = "", set(), False
    for sentence in sentences:
        if text:
            text += " " if prose else "\n"
        tokens, starts, ends = sentence["tokens"], [], []
        glue, quoted = True, False
        for token in tokens:
            if not glue and token not in _NO_SPACE_BEFORE and not (token == '"' and quoted):
                text += " "
            starts.append(len(text))
            text += token
            ends.append(len(text))
            glue = token in {"(", "$"} or (token == '"' and not quoted)
            quoted ^= token == '"'
        spans |= {(starts[first], ends[last - 1], kind) for kind, first, last, _ in sentence["ents"]}
        prose = tokens[-1] in {".", "!", "?", '"'} and len(tokens) > 5
    return text, spans


def corpora(folder: pathlib.Path) -> dict[str, list[tuple[str, Spans]]]:
    def rows(name: str) -> list[dict[str, Any]]:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    return {
        "conll2003_testa": [running_text(row["sents"]) for row in rows("conll2003_testa")],
        "worldwide_newswire_half": [
            (r["text"], {tuple(e) for e in r["entities"]}) for r in rows("worldwide_newswire_half")
        ],
    }


def scored(gold: list[Spans], found: list[Spans]) -> str:
    right, made, wanted = Counter[str](), Counter[str](), Counter[str]()
    for g, f in zip(gold, found, strict=True):
        for spans, counter in ((g & f, right), (f, made), (g, wanted)):
            counter.update(kind for _, _, kind in spans if kind in KINDS)
    parts = []
    for name, kinds in (*((kind, (kind,)) for kind in KINDS), ("all", KINDS)):
        hits, out, of = (sum(counter[kind] for kind in kinds) for counter in (right, made, wanted))
        precision, recall = hits / max(1, out), hits / max(1, of)
        parts.append(f"{name} P {precision:.3f} R {recall:.3f} F1 {2 * hits / max(1, out + of):.3f}")
    return " | ".join(parts)


def main(folder: pathlib.Path) -> None:
    gazetteer()  # read before anything is timed
    tag = tagger().tag
    for name, rows in corpora(folder).items():
        facility = "LOC" if name.startswith("conll") else "FAC"

        def kind(label: str, facility: str = facility) -> str:
            return facility if label == "FAC" else label

        words = sum(len(text.split()) for text, _ in rows)
        begun = time.process_time()
        tagged = [tag(text) for text, _ in rows]
        cold = time.process_time() - begun
        begun = time.process_time()
        tagged = [tag(text) for text, _ in rows]
        warm = time.process_time() - begun
        begun = time.process_time()
        named = [proper_names(t) for t in tagged]
        agreed = time.process_time() - begun
        gold = [spans for _, spans in rows]
        alone = [{(t.start(a), t.ends[b - 1], kind(k)) for a, b, k, _ in t.spans} for t in tagged]
        full = [
            {(t.start(m.first), t.ends[m.last - 1], kind(m.kind)) for m in ms}
            for t, ms in zip(tagged, named, strict=True)
        ]
        print(f"{name}: tagger alone  {scored(gold, alone)}")
        print(f"{name}: with document {scored(gold, full)}")
        per = 474 * 1000 / words
        print(
            f"  ms per 474 words: tagging {warm * per:.3f} (words met first {cold * per:.3f}), "
            f"agreeing {agreed * per:.3f}"
        )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA)
