"""Raw records for the fault tests, made of invented words from a seed: twins, versions, several items, poisons.

A record is JSON that only the tests' own reader understands (`testreader`). `Group`s are sent back to back, each
record of one to another partition, so that twins meet in the judge and nowhere before.
"""

from __future__ import annotations

import json
import random
from typing import NamedTuple

SYLLABLES = (
    "ba",
    "co",
    "dri",
    "el",
    "fan",
    "gor",
    "hu",
    "im",
    "jas",
    "ket",
    "lo",
    "mun",
    "nar",
    "oss",
    "pil",
    "quo",
    "rem",
    "sto",
)
EPOCH_MS = 1_790_000_000_000


class Made(NamedTuple):
    """A raw record and what is expected of it. `items`: how many version 1 of the reader sees; 0 = a poison.
    `extra`: how many more version 2 sees. `code`: the poison's code. `same_partition`: keeps the order of versions.
    """

    value: bytes | None
    items: int
    extra: int = 0
    code: str = ""
    key: bytes | None = None


class Group(NamedTuple):
    records: list[Made]
    same_partition: bool = False


class Content:
    """`groups`, with about `stories` stories in all; `twins`: tag -> tellings, for every tag of the groups."""

    def __init__(self, seed: int, stories: int, *, poisons: bool = True) -> None:
        self._random = random.Random(seed)
        self._words = [self._word() for _ in range(4000)]
        self._seed = seed
        self._number = 0
        self._poisons = poisons
        self.twins: dict[str, int] = {}
        self.groups: list[Group] = []
        made = 0
        while made < stories:
            group = self._group()
            self.groups.append(group)
            made += sum(max(1, record.items) for record in group.records)
        self.stories = made

    def _word(self) -> str:
        return "".join(self._random.choices(SYLLABLES, k=self._random.randrange(2, 5)))

    def _text(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, k=words)).capitalize() + "."

    def story(
        self, *, tag: str = "", uri: str = "", text: str = "", version: int = 1, kill: bool = False
    ) -> dict[str, object]:
        """A story as the tests' reader takes it."""
        self._number += 1
        tag = tag or f"t{self._seed}-{self._number}"
        if not kill:
            self.twins[tag] = self.twins.get(tag, 0) + 1
        return {
            "uri": uri or f"urn:test:{self._seed}:{self._number}",
            "headline": text[:60] or self._text(7),
            "body": text or self._text(self._random.randrange(70, 130)),
            "version": version,
            "tag": tag,
            "at_ms": EPOCH_MS + self._number * 1000,
            "kill": kill,
        }

    def _group(self) -> Group:
        chance = self._random.random()
        if self._poisons and chance < 0.02:
            return Group([self._poison()])
        if chance < 0.07:
            return self._many_items()
        if chance < 0.12:
            return self._versions()
        return self._tellings(self._random.choice((1, 1, 1, 2, 2, 3, 4)))

    def _poison(self) -> Made:
        self._number += 1
        mark = f"{self._seed}-{self._number}".encode()
        return self._random.choice(
            (
                Made(b"\xff\x00 no story " + mark, 0, code="unknown-format"),
                Made(b"", 0, code="empty", key=mark),
                Made(None, 0, code="empty", key=mark),
                Made(b'{"items": [{"headline": ' + mark, 0, code="malformed", key=b"k" + mark),
            )
        )

    def _tellings(self, count: int) -> Group:
        text, tag = self._text(self._random.randrange(70, 130)), f"w{self._seed}-{self._number}"
        return Group([one(self.story(tag=tag, text=text)) for _ in range(count)])

    def _versions(self) -> Group:
        uri = f"urn:test:{self._seed}:doc{self._number}"
        count = self._random.randrange(2, 4)
        records = [one(self.story(uri=uri, version=number)) for number in range(1, count + 1)]
        if self._random.random() < 0.3:
            records.append(one(self.story(uri=uri, version=count + 1, kill=True)))
        return Group(records, same_partition=True)

    def _many_items(self) -> Group:
        """A record of several stories; twins inside it and in records beside it."""
        texts = [self._text(self._random.randrange(70, 130)) for _ in range(self._random.randrange(2, 8))]
        tags = [f"m{self._seed}-{self._number}-{number}" for number in range(len(texts))]
        stories = [self.story(tag=tag, text=text) for tag, text in zip(tags, texts, strict=True)]
        if self._random.random() < 0.5:
            stories.append(self.story(tag=tags[0], text=texts[0]))
        ambiguous = self._random.random() < 0.4
        value = json.dumps({"items": stories, "ambiguous": ambiguous}).encode()
        records = [Made(value, len(stories), extra=2 if ambiguous else 0)]
        again = self._random.sample(range(len(texts)), self._random.randrange(0, 3))
        records += [one(self.story(tag=tags[number], text=texts[number])) for number in again]
        return Group(records)


def one(story: dict[str, object]) -> Made:
    """A record of one story."""
    return Made(json.dumps({"items": [story]}).encode(), 1)
