"""Step 4: train the linear-chain CRF on the silver labels.

python names_train.py SILVER.pickle LEXICON.pickle OUT.crf [share [iterations [c1 [minfreq [seed]]]]]
needs: python-crfsuite

Features come from `worker.enrich.features`, token by token, the same code that decodes. Beside the texts it learns
from sentences of them in capitals (headlines of older wires) and with every word capitalised (headlines of newer ones),
and from invented lines of agate (names_agate.py).
"""

from __future__ import annotations

import pathlib
import pickle
import random
import re
import sys
import time

import numpy as np
import pycrfsuite

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
from names_agate import agate
from worker.enrich import vocabulary
from worker.enrich.context import EVIDENCE_ROW, neighbours, read_context
from worker.enrich.features import Lexeme, word_features
from worker.enrich.tokens import tokenize
from worker.enrich.vocabulary import COARSE, END, NEWS, PAD, SHAPE, Entry, Vocabulary

AGATE_LINES = 9000
SHOUTED_SHARE, TITLED_SHARE = 0.05, 0.02  # of the sentences with a name
POSITIONS = ("", "-1:", "+1:", "-2:", "+2:")
vocabulary.WORDS_MAX = 10**9
Document = tuple[list[str], list[str]]  # tokens with the blanks before them, labels


class Strings:
    """Feature strings of tokens by position, worked out once a word."""

    def __init__(self, lexicon: dict[str, Lexeme]) -> None:
        self.by_word: dict[int, tuple[list[str], list[str], list[str]]] = {}
        self.cache: dict[tuple[int, int], list[str]] = {}
        self.vocabulary = Vocabulary(lexicon.get, self.learn)

    def learn(self, entry: Entry) -> None:
        own, near, far = word_features(entry.word, entry.known, entry.form, upper=entry.upper)
        self.by_word[entry.number] = (own, own[:near], own[:far])

    def at(self, number: int, position: int) -> list[str]:
        key = (number, position)
        if key not in self.cache:
            part = self.by_word[number][(position + 1) // 2]
            self.cache[key] = [POSITIONS[position] + feature for feature in part]
        return self.cache[key]

    def sentences(self, tokens: list[str]):
        """(features of each token, positions of the tokens) of every sentence."""
        v = self.vocabulary
        context = read_context(v, v.read_tokens(tokens))
        places = [at for at, token in enumerate(tokens) if token.strip()]
        here = np.flatnonzero(context.numbers)
        columns = [context.numbers.take(here), *neighbours(context), context.info[EVIDENCE_ROW].take(here)]
        rows: list[list[str]] = []
        first = 0
        for at, (n, b, a, b2, a2, seen) in enumerate(zip(*(column.tolist() for column in columns))):
            if context.numbers[here[at] - 1] == PAD and rows:
                yield rows, places[first:at]
                rows, first = [], at
            row = self.at(n, 0) + self.at(b, 1) + self.at(a, 2) + self.at(b2, 3) + self.at(a2, 4)
            word, before, after = (v.words[number].lower() for number in (n, b, a))
            shape, news = v.info[:, SHAPE], v.info[:, NEWS]
            row += [f"B={before}|{word}", f"T={shape[b]}|{shape[n]}|{shape[a]}"]
            row += [f"K={news[b]}|{news[n]}", f"L={news[n]}|{news[a]}"]
            if a != END:
                row.append(f"D={word}|{after}")
            if seen:
                row += [f"E={seen}", f"F={seen}|{v.info[n, COARSE]}", f"G={seen}|{news[n]}"]
            rows.append(row)
        if rows:
            yield rows, places[first:]


def spaced(words: list[str]) -> list[str]:
    return [" " + word if word else "\n" for word in words]


def printed(words: list[str], labels: list[str]) -> Document:
    """Words as they are printed, tokenised again."""
    text = re.sub(r" ?\n ?", "\n", " ".join(word or "\n" for word in words))
    text = re.sub(r"\( ", "(", re.sub(r" ([,.:;)!?%])", r"\1", text))
    by_letter = [label for word, label in zip(words, labels) for _ in word]
    tokens, found, at = tokenize(text), [], 0
    for token in tokens:
        found.append(by_letter[at] if token.strip() else "O")
        at += len(token.strip())
    return tokens, found


def headlines(documents: list, rng: random.Random, share: float, write) -> list[Document]:
    lines = []
    for _, words, labels in documents:
        at = 0
        while at < len(words):
            end = next((k for k in range(at, len(words)) if words[k] in {".", "!", "?", ""}), len(words))
            if 4 <= end - at <= 14 and any(label != "O" for label in labels[at:end]) and rng.random() < share:
                lines.append(([*map(write, words[at:end]), ""], [*labels[at:end], "O"]))
            at = end + 1
    return [
        (spaced([w for words, _ in lines[k : k + 6] for w in words]), [x for _, labels in lines[k : k + 6] for x in labels])
        for k in range(0, len(lines), 6)
    ]


def capitalised(word: str) -> str:
    return word[:1].upper() + word[1:] if len(word) > 3 else word


def main(silver: str, lexicon: str, out: str, share="1", iterations="60", c1="0.2", minfreq="3", seed="7") -> None:
    rng = random.Random(int(seed))
    labelled = pickle.loads(pathlib.Path(silver).read_bytes())
    lines = [printed(words, labels) for words, labels in agate(labelled, AGATE_LINES)]
    heads = headlines(labelled, rng, SHOUTED_SHARE, str.upper) + headlines(labelled, rng, TITLED_SHARE, capitalised)
    rng.shuffle(labelled)
    rng.shuffle(heads)
    part = float(share)
    documents = [(spaced(words), labels) for _, words, labels in labelled[: int(len(labelled) * part)]]
    documents += heads[: int(len(heads) * part)] + lines
    strings = Strings({word: Lexeme(*known) for word, known in pickle.loads(pathlib.Path(lexicon).read_bytes()).items()})
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=True)
    for tokens, labels in documents:
        for rows, places in strings.sentences(tokens):
            trainer.append(rows, [labels[at] for at in places])
    trainer.set_params(
        {"c1": float(c1), "c2": 0.01, "max_iterations": int(iterations), "feature.minfreq": int(minfreq), "period": 5, "delta": 1e-4}
    )
    begun = time.time()
    trainer.train(out)
    print(f"trained in {time.time() - begun:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:9])
