"""Step 3: what the tagger knows of a word before it reads: clusters of its vectors, and word lists.

python names_lexicon.py TEXTS.jsonl SILVER.pickle MODEL OUT.pickle     needs: spaCy, gensim, scikit-learn

General clusters (64, 256, 1024) by the vectors of MODEL; clusters of news (128, 512) by skip-gram vectors of TEXTS,
which know the names that general text does not. OUT: word -> (coarse, middle, fine, news, news_fine, lists).
"""

from __future__ import annotations

import json
import pathlib
import pickle
import re
import sys
from collections import Counter

import numpy as np
import spacy
from gensim.models import Word2Vec
from sklearn.cluster import MiniBatchKMeans

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
from worker.enrich.gazetteer import gazetteer
from worker.enrich.wordlists import ORGANISATION_WORDS, TITLES

WORD = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
WORD_CHARS_MAX = 24


def clusters(vectors: np.ndarray, count: int, tries: int) -> np.ndarray:
    means = MiniBatchKMeans(count, random_state=0, n_init=tries, batch_size=4096, max_iter=100)
    return means.fit_predict(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9))


def general(model: str) -> dict[str, tuple[int, int, int]]:
    vocab = spacy.load(model, exclude=["tok2vec", "ner", "parser", "tagger", "lemmatizer", "attribute_ruler", "senter"]).vocab
    labels = [clusters(vocab.vectors.data, count, 2) for count in (64, 256, 1024)]
    rows = ((vocab.strings[key], row) for key, row in vocab.vectors.key2row.items() if row >= 0)
    return {word: tuple(int(of[row]) + 1 for of in labels) for word, row in rows if len(word) <= WORD_CHARS_MAX}


def of_news(texts: str) -> dict[str, tuple[int, int]]:
    sentences = []
    with open(texts, encoding="utf-8") as lines:
        for line in lines:
            for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])|\n+", json.loads(line)["text"]):
                words = [re.sub(r"\d", "0", word) for word in WORD.findall(sentence)]
                if len(words) > 3:
                    sentences.append(words)
    vectors = Word2Vec(sentences, vector_size=100, window=3, min_count=4, sg=1, negative=5, workers=2, epochs=5, seed=1).wv
    rough, fine = (clusters(vectors.vectors, count, 2) for count in (128, 512))
    return {word: (int(rough[at]) + 1, int(fine[at]) + 1) for word, at in vectors.key_to_index.items()}


def lists() -> Counter:
    """Bits: country, city, state, first and later word of a longer place, title, organisation word, nationality."""
    known, bits = gazetteer(), Counter()

    def add(word: str, bit: int) -> None:
        bits[word] |= 1 << bit

    for names, bit in ((known.countries, 0), (known.demonyms, 7)):
        for name in names:
            if " " not in name:
                add(name, bit)
    for name in known.city_names():
        people, parts = known.people(name), name.split()
        if len(parts) == 1 and people >= 20_000:
            add(name, 1)
        elif people >= 80_000:
            add(parts[0], 3)
            for part in parts[1:]:
                if len(part) > 2:
                    add(part, 4)
    for name in known.states:
        if len(name) > 3 and " " not in name and "." not in name:
            add(name, 2)
    for word in TITLES:
        add(word, 5)
    for word in ORGANISATION_WORDS:
        add(word, 6)
    return bits


def main(texts: str, silver: str, model: str, out: str) -> None:
    broad, news, bits = general(model), of_news(texts), lists()
    counts = Counter(word for _, words, _ in pickle.loads(pathlib.Path(silver).read_bytes()) for word in words)
    wanted = {word for word, times in counts.items() if times >= 2} | set(news) | set(bits)
    wanted |= {w for w in broad if w.isalpha() and w[0].isupper() and w[1:].islower() and 3 <= len(w) < 16}
    lexicon = {}
    for word in wanted:
        known = (*broad.get(word, (0, 0, 0)), *news.get(re.sub(r"\d", "0", word), (0, 0)), bits.get(word, 0))
        if len(word) <= WORD_CHARS_MAX and any(known) and any(map(str.isalpha, word)):
            lexicon[word] = known
    pathlib.Path(out).write_bytes(pickle.dumps(lexicon))
    print(len(lexicon), "words")


if __name__ == "__main__":
    main(*sys.argv[1:5])
