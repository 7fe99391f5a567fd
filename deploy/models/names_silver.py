"""Step 2: what the teachers said, put right. One opinion a document, what the whole corpus knows, the gazetteer.

python names_silver.py OUT.pickle LABELLED.jsonl [LABELLED.jsonl …]

The first file's spans count; the others vote on their kinds and add what the first missed. OUT: a list of
(id, words, labels), a word being a token without blanks ("" for a line break), a label O, PER, LOC, ORG, FAC, NORP
or MISC (no B-/I-: names of one kind that touch are rare).
"""

from __future__ import annotations

import bisect
import json
import pathlib
import pickle
import sys
from collections import Counter, defaultdict

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
from worker.enrich.gazetteer import gazetteer
from worker.enrich.tokens import offsets, tokenize
from worker.enrich.wordlists import SPORT, TITLES

KINDS = {
    "PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "FAC", "ORG": "ORG", "NORP": "NORP", "LANGUAGE": "NORP",
    "PRODUCT": "MISC", "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC",
}  # fmt: skip
SECOND_WEIGHT = 0.8  # of a vote of the teachers after the first
MARKS = set(",.;:!?\"”“()[]–—-…*|/'’‘")
POSSESSIVE = {"'s", "’s"}
BEATS = set("beat beats defeated defeats lost won drew led leads scored win hosts host trounced thrashed routed edged v vs".split())
BEATEN = set("beat beating defeated defeating over against v vs thrashed edged downed".split())


def vote_of_teachers(rows: list[dict]) -> list[tuple[int, int, str]]:
    text = rows[0]["text"]

    def key(start: int, end: int) -> str:
        return text[start:end].removeprefix("the ").removeprefix("The ").replace("'s", "").replace("’s", "")

    votes: dict[str, Counter] = defaultdict(Counter)
    spans = [[(s, e, KINDS[k]) for s, e, k in row["ents"] if k in KINDS] for row in rows]
    for number, found in enumerate(spans):
        for s, e, k in found:
            votes[key(s, e)][k] += 1.0 if number == 0 else SECOND_WEIGHT
    kept = [(s, e, k if k == "NORP" else votes[key(s, e)].most_common(1)[0][0]) for s, e, k in spans[0]]
    for found in spans[1:]:
        covered = sorted((s, e) for s, e, _ in kept)
        for s, e, k in found:
            near = bisect.bisect_left(covered, (e, 0))
            if any(a < e and s < b for a, b in covered[max(0, near - 3) : near + 2]):
                continue
            if k in {"PER", "LOC", "ORG"} and (" " in key(s, e) or votes[key(s, e)][k] > 1.5):
                kept.append((s, e, k))
    return sorted(kept)


def to_tokens(text: str, spans: list[tuple[int, int, str]]) -> tuple[list[str], list[tuple[int, int, str]]]:
    tokens = tokenize(text)
    ends = offsets(tokens).tolist()
    words = [token.strip() for token in tokens]
    found = []
    for s, e, kind in spans:
        i, j = bisect.bisect_right(ends, s), bisect.bisect_left(ends, e) + 1
        j = next((k for k in range(i, min(j, len(words))) if not words[k]), min(j, len(words)))
        mended = mend(words, i, j, kind)
        if mended:
            found.append(mended)
    return words, found


def mend(words: list[str], i: int, j: int, kind: str) -> tuple[int, int, str] | None:
    while i < j and (words[i] in MARKS or words[i] in POSSESSIVE or words[i].lower() in {"the", "a", "an"}):
        i += 1
    while i < j and (words[j - 1] in MARKS or words[j - 1] in POSSESSIVE):
        j -= 1
    if kind == "PER":
        while j - i > 1 and words[i].rstrip(".") in TITLES:
            i += 1
        if j - i == 1 and words[i].rstrip(".") in TITLES:
            return None
    if i >= j or (kind in {"PER", "LOC", "ORG"} and not any(w[:1].isupper() for w in words[i:j])):
        return None
    surface, known = " ".join(words[i:j]), gazetteer()
    if surface in known.countries and surface not in known.regions and surface not in {"Jordan", "Chad", "Turkey"}:
        kind = "LOC"
    elif surface in known.demonyms:
        kind = "NORP"
    return i, j, kind


def opinion(words: list[str], spans: list[tuple[int, int, str]]) -> tuple[dict[str, str], Counter]:
    """Kind by surface in one document; how often a word ends a full name."""
    votes: dict[str, Counter] = defaultdict(Counter)
    for i, j, kind in spans:
        votes[" ".join(words[i:j])][kind] += 1
    surnames: Counter = Counter()
    for surface, kinds in votes.items():
        parts = surface.split()
        if 1 < len(parts) < 5 and kinds.most_common(1)[0][0] == "PER":
            surnames[parts[-1]] += sum(kinds.values())
            if "-" in parts[-1]:
                surnames[parts[0]] += sum(kinds.values())
    kinds_of = {}
    for surface, kinds in votes.items():
        best = kinds.most_common(1)[0][0]
        person = surface in surnames and (best != "LOC" or (kinds["LOC"] <= surnames[surface] and surface not in gazetteer().countries))
        kinds_of[surface] = "PER" if person else best
    return kinds_of, surnames


def by_places(kinds: dict[str, str], corpus: dict[str, Counter], surnames: Counter, *, sport: bool) -> None:
    """A name the gazetteer knows, and that is a place elsewhere or rare, is no organisation; in sport it may be a team."""
    known = gazetteer()
    for surface, kind in kinds.items():
        if kind in {"ORG", "PER"} and not sport and surface not in surnames and not surface.isupper() and len(surface) > 3:
            people, elsewhere = known.people(surface), corpus[surface]
            times = max(1, sum(elsewhere.values()))
            listed = people >= 15_000 or surface in known.regions or surface in known.counties
            if (listed and elsewhere["LOC"] / times >= 0.3) or (times < 3 and people >= 15_000 and kind == "ORG"):
                kinds[surface] = "LOC"


def missed(words: list[str], labels: list[str], kinds: dict[str, str], surnames: Counter, strong: dict[tuple, str]) -> None:
    """Adds names that the document or the corpus knows, and every country and nationality."""
    small = {word for word in words if word.islower()}
    known = {tuple(s.split()): k for s, k in kinds.items() if k in {"PER", "LOC", "ORG"} and s[0].isupper() and len(s) > 2}
    for name in surnames:
        if name[0].isupper() and len(name) > 2:
            known.setdefault((name,), "PER")
    by_first = defaultdict(list)
    for parts, kind in sorted({**strong, **known}.items(), key=lambda entry: -len(entry[0])):
        by_first[parts[0]].append((parts, kind))
    places = gazetteer()
    at = 0
    while at < len(words):
        size, kind = 1, ""
        if labels[at] == "O" and words[at][:1].isupper():
            for parts, its in by_first.get(words[at], ()):
                free = tuple(words[at : at + len(parts)]) == parts and all(x == "O" for x in labels[at : at + len(parts)])
                alone = len(parts) == 1 and (words[at].lower() in small or words[at + 1 : at + 2] and words[at + 1][:1].isupper())
                if free and not alone:
                    size, kind = len(parts), its
                    break
            for count in (3, 2, 1):
                surface = " ".join(words[at : at + count])
                if not kind and surface in places.countries and (count > 1 or len(surface) > 3):
                    size, kind = count, "LOC"
                elif not kind and surface in places.demonyms and words[at].lower() not in small:
                    size, kind = count, "NORP"
            if kind:
                labels[at : at + size] = [kind] * size
        at += size


def main(out: str, *labelled: str) -> None:
    documents = []
    for lines in zip(*(open(name, encoding="utf-8") for name in labelled)):
        rows = [json.loads(line) for line in lines]
        words, spans = to_tokens(rows[0]["text"], vote_of_teachers(rows))
        documents.append((rows[0]["id"], words, spans, *opinion(words, spans)))
    corpus: dict[str, Counter] = defaultdict(Counter)
    for _, _, _, kinds, _ in documents:
        for surface, kind in kinds.items():
            corpus[surface][kind] += 1
    sure = {}
    for surface, kinds in corpus.items():
        kind, times = kinds.most_common(1)[0]
        total = sum(kinds.values())
        if (total >= 4 and times / total >= 0.75 and " " in surface) or (total >= 10 and times / total >= 0.9):
            sure[surface] = kind
    strong = {tuple(s.split()): k for s, k in sure.items() if " " in s and k in {"PER", "ORG", "LOC", "FAC"}}
    result = []
    for number, words, spans, kinds, surnames in documents:
        sport = sum(word in SPORT for word in words) >= 3
        for surface in kinds:
            if surface in sure and not (surface in surnames and kinds[surface] == "PER"):
                kinds[surface] = sure[surface]
        by_places(kinds, corpus, surnames, sport=sport)
        labels = ["O"] * len(words)
        for i, j, _ in spans:
            surface = " ".join(words[i:j])
            kind = kinds[surface]
            beside = words[j : j + 1] and words[j] in BEATS or (i and words[i - 1] in BEATEN)
            if sport and kind == "LOC" and beside and surface not in gazetteer().countries:
                kind = "ORG"
            labels[i:j] = [kind] * (j - i)
        missed(words, labels, kinds, surnames, strong)
        result.append((number, words, labels))
    pathlib.Path(out).write_bytes(pickle.dumps(result))
    print(Counter(label for _, _, labels in result for label in labels))


if __name__ == "__main__":
    main(*sys.argv[1:])
