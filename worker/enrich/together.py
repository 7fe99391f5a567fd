"""Stories are worked on several at a time: an extractor goes over all of them before the next one begins, so that its
code and tables stay in the processor's caches (an eighth of all time). What extractors share of a text is remembered
meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from worker.enrich.doc import Doc

STORIES: Final = 32
CHARS: Final = 400_000  # of their texts together; one story may be longer
_ENTRIES: Final = 2 * STORIES  # a few texts are asked for in two languages

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """What was worked out of the last texts."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Value] = {}
        self._chars = 0

    def get(self, text: str, language: str) -> Value | None:
        return self._known.get((text, language))

    def make(self, text: str, language: str, make: Callable[[], Value]) -> Value:
        """Work it out and remember it."""
        self._chars += len(text)
        if len(self._known) >= _ENTRIES or self._chars > 2 * CHARS:
            self._known.clear()
            self._chars = len(text)
        value = self._known[text, language] = make()
        return value


def groups(docs: Sequence[Doc]) -> Iterator[Sequence[Doc]]:
    """The stories in groups to be worked on together, in order."""
    begin = chars = 0
    for number, doc in enumerate(docs):
        size = len(doc.body)
        if number > begin and (number - begin >= STORIES or chars + size > CHARS):
            yield docs[begin:number]
            begin, chars = number, 0
        chars += size
    if begin < len(docs):
        yield docs[begin:]
