"""Step 1 of the name model: label raw English news with teachers.

python names_label.py TEXTS.jsonl OUT.jsonl MODEL       needs: spaCy and an English model with `ner`

TEXTS.jsonl: one object a line with `id` and `text` (headline, blank line, body). OUT: the same with `ents`,
[start, end, label] in code points. Run it once a teacher; `names_silver.py` lets them vote.
"""

import json
import sys

import spacy


def main(texts: str, out: str, model: str) -> None:
    nlp = spacy.load(model, exclude=["parser", "tagger", "lemmatizer", "attribute_ruler", "senter"])
    with open(texts, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as written:
        rows = [json.loads(line) for line in lines]
        for row, doc in zip(rows, nlp.pipe((row["text"] for row in rows), batch_size=16)):
            row["ents"] = [[e.start_char, e.end_char, e.label_] for e in doc.ents]
            written.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
