"""Whether what was written is what was promised."""

from __future__ import annotations

import collections
import itertools
from typing import TYPE_CHECKING

import msgspec
from kafka import KafkaConsumer, TopicPartition

from worker.stream import state as index

if TYPE_CHECKING:
    from tests.chaos.content import Content
    from tests.chaos.feeding import Expected
    from tests.chaos.stage import Stage, Written


class Report(msgspec.Struct, kw_only=True):
    """Counts. All but the first few must be 0."""

    records: int
    outcomes: int
    clean: int
    duplicates: int
    dead: int
    twin_sets: int
    missing: int = 0  # raw records without any outcome
    twice: int = 0  # items with more than one outcome
    wrong_items: int = 0  # raw records whose items are not those of one reader version
    mixed: int = 0  # raw records with items of two reader versions
    unexpected: int = 0  # outcomes of records that were not fed
    twins_published_twice: int = 0
    twins_unpublished: int = 0
    orphans: int = 0  # duplicates whose original is not in clean
    too_early: int = 0  # duplicates judged before their original
    versions_out_of_order: int = 0
    orders_wrong: int = 0  # gaps and repeats in the judging sequence
    inversions: int = 0  # places in an output partition where the judging sequence falls
    index_differs: int = 0  # the index's order, watermarks or record numbers do not match what was written
    bytes_changed: int = 0  # dead letters whose value is not the raw value
    wrong_code: int = 0

    def faults(self) -> dict[str, int]:
        names = [field.name for field in msgspec.structs.fields(self)[6:]]
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def verify(stage: Stage, content: Content, expected: Expected, seen: list[Written]) -> Report:
    topics = stage.topics
    clean = [each for each in seen if each.topic == topics.clean]
    duplicates = [each for each in seen if each.topic == topics.duplicates]
    dead = [each for each in seen if each.topic == topics.dead]
    multiple = {tag for tag, count in content.twins.items() if count > 1 and not tag.startswith("v")}
    report = Report(
        records=len(expected.records),
        outcomes=len(seen),
        clean=len(clean),
        duplicates=len(duplicates),
        dead=len(dead),
        twin_sets=len(multiple),
    )
    _each_item_once(report, expected, seen)
    _twins(report, multiple, clean)
    _originals(report, clean, duplicates)
    _orders(report, seen, clean)
    _dead(report, expected, dead)
    _index(report, stage, expected, seen)
    return report


def _each_item_once(report: Report, expected: Expected, seen: list[Written]) -> None:
    by_record = collections.defaultdict(list)
    for each in seen:
        by_record[each.raw].append(each)
    report.unexpected = sum(raw not in expected.records for raw in by_record)
    for raw, made in expected.records.items():
        of = by_record.get(raw, [])
        items = sorted(each.item for each in of)
        versions = {each.story["wire"]["worker"] for each in of if each.story}
        want = max(1, made.items) + (made.extra if versions == {"2"} else 0)
        report.missing += not of
        report.twice += len(items) - len(set(items))
        report.mixed += len(versions) > 1
        report.wrong_items += bool(of) and sorted(set(items)) != list(range(want))


def _twins(report: Report, multiple: set[str], clean: list[Written]) -> None:
    published = collections.Counter(each.story["wire"]["sequence"] for each in clean)
    report.twins_published_twice = sum(published[tag] > 1 for tag in multiple)
    report.twins_unpublished = sum(published[tag] == 0 for tag in multiple)


def _originals(report: Report, clean: list[Written], duplicates: list[Written]) -> None:
    first = {}
    for each in clean:
        first.setdefault(each.story["uri"], each.order)
        first[each.story["uri"]] = min(first[each.story["uri"]], each.order)
    for each in duplicates:
        original = first.get(each.story["wire"]["duplicateOf"])
        report.orphans += original is None
        report.too_early += original is not None and original >= each.order


def _orders(report: Report, seen: list[Written], clean: list[Written]) -> None:
    orders = sorted(each.order for each in seen)
    report.orders_wrong = sum(order != number for number, order in enumerate(orders))
    by_place = collections.defaultdict(list)
    for each in sorted(seen, key=lambda each: each.offset):
        by_place[each.topic, each.partition].append(each.order)
    report.inversions = sum(a > b for orders in by_place.values() for a, b in itertools.pairwise(orders))
    by_uri = collections.defaultdict(list)
    for each in sorted(clean, key=lambda each: (each.partition, each.offset)):
        by_uri[each.story["uri"]].append((each.partition, int(each.story["version"])))
    for versions in by_uri.values():
        numbers = [version for _, version in versions]
        report.versions_out_of_order += numbers != sorted(set(numbers)) or len({place for place, _ in versions}) > 1


def _dead(report: Report, expected: Expected, dead: list[Written]) -> None:
    for each in dead:
        made = expected.records.get(each.raw)
        if made is None:
            continue
        report.bytes_changed += each.value != made.value or (made.key is not None and each.key != made.key)
        report.wrong_code += each.headers["wire.error.code"].decode() != made.code


def _index(report: Report, stage: Stage, expected: Expected, seen: list[Written]) -> None:
    records = index_records(stage)
    serials = [record.serial for record in records]
    report.index_differs += serials != list(range(1, len(serials) + 1))
    if not records:
        report.index_differs += bool(seen)
        return
    last = records[-1]
    report.index_differs += last.order != len(seen)
    ends = collections.defaultdict(int)
    for partition, offset in expected.records:
        ends[partition] = max(ends[partition], offset + 1)
    marks = {partition: offset for _, partition, offset in last.watermarks}
    report.index_differs += marks != dict(ends)


def index_records(stage: Stage) -> list[index.IndexRecord]:
    """Every committed index record, in order."""
    consumer = KafkaConsumer(
        bootstrap_servers=stage.bootstrap.split(","),
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_poll_records=5000,
    )
    partition = TopicPartition(stage.topics.index, 0)
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    end = consumer.end_offsets([partition])[partition]
    found = []
    while consumer.position(partition) < end:
        for records in consumer.poll(timeout_ms=500).values():
            found += [index.decode(record.value, "index") for record in records]
    consumer.close()
    return found
