"""A model of one raw partition, its readers and the judge, run through random schedules of faults.

Readers die, are taken over, go on as zombies and lose records; the judge is killed. The whole design must give every
item of every raw record exactly one outcome, of one reader version. Each rule of the design is then removed, one at a
time, and something must break: so none of them is there for nothing.
"""

from __future__ import annotations

import collections
import random
from typing import NamedTuple

import pytest

from worker.stream.chain import step

SCHEDULES = 700


class Raw:
    """A raw record: offset, items, and whether version 2 of the reader sees one item more."""

    def __init__(self, offset, items, ambiguous):
        self.offset, self.items, self.ambiguous = offset, items, ambiguous

    def seen_by(self, version):
        return self.items + (self.ambiguous and version == 2)


class Entry(NamedTuple):
    """A stories record: `items` are the numbers of its items (whole records: all of them)."""

    topic: int
    offset: int
    prev: int
    fresh: bool
    items: list[int]
    version: int


class World:
    def __init__(self, seed, without):
        self.random = random.Random(seed)
        self.without = without
        self.topic = 1
        self.raw = {1: self._topic()}
        self.log = []
        self.committed = None  # (topic id, offset)
        self.generation = 0

    def _topic(self):
        out, offset = [], self.random.choice((0, 0, 3))
        for _ in range(self.random.randrange(3, 9)):
            out.append(Raw(offset, self.random.choice((1, 1, 1, 2, 3)), self.random.random() < 0.3))
            offset += self.random.choice((1, 1, 1, 2))  # transaction markers leave gaps
        return out

    def recreate(self):
        self.topic += 1
        self.raw[self.topic] = self._topic()
        self.committed = None


class Reader:
    def __init__(self, world, version):
        self.world, self.version = world, version
        self.generation = world.generation
        self.queue = collections.deque()
        self.failed = self.dead = self.disordered = False
        self.begin()

    def begin(self):
        world = self.world
        self.topic = world.topic
        low = world.raw[self.topic][0].offset
        known = world.committed is not None and world.committed[0] == self.topic
        self.position = world.committed[1] if known else low
        self.prev, self.fresh = self.position, not known
        self.sent = 0

    def read(self):
        record = next((r for r in self.world.raw[self.topic] if r.offset >= self.position), None)
        if record is None:
            return
        items = range(record.seen_by(self.version))
        parts = [[item] for item in items] if self.world.without == "whole records" else [list(items)]
        for part in parts:
            self.queue.append(Entry(self.topic, record.offset, self.prev, self.fresh, part, self.version))
        self.position = self.prev = record.offset + 1
        self.fresh = False
        self.sent = self.position

    def deliver(self, faults):
        if not self.queue:
            return
        rand = self.world.random
        if faults and len(self.queue) > 1 and rand.random() < 0.05:
            self.queue[0], self.queue[1] = self.queue[1], self.queue[0]
            self.disordered = True  # which the acknowledged offsets tell
        entry = self.queue.popleft()
        if faults and rand.random() < 0.08:
            self.failed = True  # lost for good; later ones may still land
            return
        self.world.log.append(entry)

    def commit(self):
        world = self.world
        self.dead = self.dead or (self.disordered and world.without != "order of acknowledgements")
        if world.without == "commit after acknowledgement":
            ready = True
        else:
            ready = not self.queue and not self.failed and not self.dead
            self.dead = self.dead or self.failed
        if self.generation != world.generation:
            self.dead = True  # the group's generation fences a zombie
        elif ready and self.sent and self.topic == world.topic:
            world.committed = (self.topic, self.sent)

    def rewind(self):
        """A commit failed: begin again at what is committed, while what was sent is still under way."""
        if self.dead or self.failed or self.generation != self.world.generation:
            return
        self.begin()


class Judge:
    def __init__(self, world, stored):
        self.world = world
        self.marks, self.position = dict(stored[0]), stored[1]
        self.fresh_outcomes = []

    def step(self, count):
        for number in range(self.position, min(len(self.world.log), self.position + count)):
            self.position = number + 1
            entry = self.world.log[number]
            key = 0 if self.world.without == "topic ids" else entry.topic
            if self._next(key, entry):
                self.marks[key] = entry.offset + 1
                self.fresh_outcomes += [(entry.topic, entry.offset, item, entry.version) for item in entry.items]

    def _next(self, key, entry):
        mark = self.marks.get(key)
        without = self.world.without
        if without == "whole records":  # item by item, with a watermark on (offset, item)
            return self._next_item(key, entry)
        if without == "watermark":
            return True
        if without == "chain":
            return mark is None or entry.offset >= mark
        return step(mark, offset=entry.offset, prev=entry.prev, fresh=entry.fresh) == "next"

    def _next_item(self, key, entry):
        at = (entry.offset, entry.items[0])
        last = self.marks.get((key, "item"))
        if last is not None and at <= last:
            return False
        self.marks[key, "item"] = at
        return True


def run(seed, without=""):
    """The ways in which a schedule broke the promise; empty when it did not."""
    world = World(seed, without)
    rand = world.random
    stored = ({}, 0)
    outcomes = []
    judge = Judge(world, stored)
    readers = [Reader(world, 1)]

    def judge_commits():
        nonlocal stored
        outcomes.extend(judge.fresh_outcomes)
        judge.fresh_outcomes = []
        stored = (dict(judge.marks), judge.position)
        if without == "watermarks in the transaction":
            stored = ({}, judge.position)

    for _ in range(rand.randrange(30, 160)):
        chance, reader = rand.random(), rand.choice(readers)
        if chance < 0.30 and not reader.dead:
            reader.read()
        elif chance < 0.58:
            reader.deliver(faults=True)
        elif chance < 0.70 and not reader.dead:
            reader.commit()
        elif chance < 0.74 and not reader.dead:
            reader.rewind()
        elif chance < 0.80:
            world.generation += 1  # a takeover; the old one goes on as a zombie
            readers.append(Reader(world, rand.choice((1, 2))))
        elif chance < 0.83:
            reader.dead = True
            reader.queue.clear()
        elif chance < 0.835 and world.topic < 3 and len(world.log) > 3:
            drain(world, readers, judge, rand)
            world.recreate()
        elif chance < 0.95:
            judge.step(rand.randrange(1, 6))
            if rand.random() < 0.5:
                judge_commits()
        else:
            judge = Judge(world, stored)
    drain(world, readers, judge, rand)
    judge_commits()
    return faults_in(world, outcomes)


def drain(world, readers, judge, rand):
    """Fault-free owners read to the end, while zombies still deliver."""
    for _ in range(3):
        world.generation += 1
        owner = Reader(world, rand.choice((1, 2)))
        while owner.position <= world.raw[world.topic][-1].offset:
            owner.read()
        live = [reader for reader in readers if reader.queue] + [owner]
        while any(reader.queue for reader in live):
            rand.choice([reader for reader in live if reader.queue]).deliver(faults=False)
        owner.commit()
        judge.step(10**6)


def faults_in(world, outcomes):
    by_record = collections.defaultdict(list)
    for topic, offset, item, version in outcomes:
        by_record[topic, offset].append((item, version))
    bad = set()
    for topic, records in world.raw.items():
        for record in records:
            seen = by_record.get((topic, record.offset), [])
            items, versions = [item for item, _ in seen], {version for _, version in seen}
            if not seen:
                bad.add("lost")
            elif len(versions) > 1:
                bad.add("mixed")
            elif len(set(items)) < len(items):
                bad.add("twice")
            elif sorted(items) != list(range(record.seen_by(versions.pop()))):
                bad.add("part lost")
    for topic in world.raw:
        offsets = [offset for of, offset, _, _ in outcomes if of == topic]
        if offsets != sorted(offsets):
            bad.add("order")
    return bad


def test_the_whole_design_survives_every_schedule():
    broken = {seed: bad for seed in range(SCHEDULES * 4) if (bad := run(seed))}
    assert not broken


@pytest.mark.parametrize(
    ("rule", "harm"),
    [
        ("chain", "lost"),
        ("watermark", "twice"),
        ("whole records", "mixed"),
        ("commit after acknowledgement", "lost"),
        ("order of acknowledgements", "lost"),
        ("topic ids", "lost"),
        ("watermarks in the transaction", "twice"),
    ],
)
def test_without_any_one_rule_something_breaks(rule, harm):
    harms = collections.Counter(bad for seed in range(SCHEDULES) for bad in run(seed, without=rule))
    assert harms[harm], f"nothing is {harm} without {rule}: {harms}"
