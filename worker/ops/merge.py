"""The metrics of several processes as one exposition: every sample gets the label `process`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from prometheus_client import Metric


class _Given:
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        yield from self._families


def merge(texts: Mapping[str, bytes]) -> bytes:
    """`texts`: process name -> its exposition. Families of one name are joined, in the order in which they come."""
    families: dict[str, Metric] = {}
    for process, text in texts.items():
        for family in text_string_to_metric_families(text.decode()):
            if family.name.endswith("_created"):  # when a counter was made, which the client library adds by itself
                continue
            joined = families.setdefault(family.name, family)
            samples = [sample._replace(labels={"process": process} | sample.labels) for sample in family.samples]
            joined.samples = samples if joined is family else joined.samples + samples
    registry = CollectorRegistry()
    registry.register(_Given(families.values()))
    return generate_latest(registry)
