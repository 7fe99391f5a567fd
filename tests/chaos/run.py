"""The chaos run: `python -m tests.chaos.run --seed 1 --stories 4000 [--long] [--partition-local] [--nodes 3]`.

Three readers, one of them of another version, and two judges work while they are killed, stopped past every timeout
and woken, and the broker is killed, by a schedule from the seed. Then every outcome is counted. Exit code 1 when one
is missing, double or out of order. `--partition-local` puts a judge in that must fail: a check of the check.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import signal
import sys
import tempfile
import threading
import time

from deploy.broker import running_broker
from tests.chaos.content import Content
from tests.chaos.feeding import Expected, feed
from tests.chaos.keeper import Keeper, asleep
from tests.chaos.stage import Stage, Watch
from tests.chaos.verify import Report, verify
from tests.chaos.zygote import Zygote
from worker.stream.hooks import JUDGE_STEPS, READER_STEPS

RAW_PARTITIONS = 12
READERS = 3
JUDGES = 2
SESSION_MS = 3000
ASLEEP_SECONDS = 6.0  # longer than session, poll interval and transaction timeout
STALLED_SECONDS_MAX = 90.0


class Options(argparse.Namespace):
    seed: int
    stories: int
    long: bool
    partition_local: bool
    nodes: int
    static: bool
    rate: float


def parse(arguments: list[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--rate", type=float, default=200.0, help="stories a second, after the first third at once")
    parser.add_argument("--long", action="store_true", help="20,000 stories and more faults")
    parser.add_argument("--static", action="store_true", help="static members, so that restarts take over at once")
    parser.add_argument("--partition-local", action="store_true", help="a judge that must fail the check")
    parser.add_argument("--nodes", type=int, default=1, choices=(1, 3))
    options = parser.parse_args(arguments, namespace=Options())
    if options.long:
        options.stories = max(options.stories, 20_000)
    return options


class Chaos:
    """One run on a broker that is already there."""

    def __init__(self, broker, zygote: Zygote, folder: pathlib.Path, options: Options) -> None:
        self._broker = broker
        self._options = options
        self._random = random.Random(options.seed)
        self._stage = Stage(broker.bootstrap, folder, zygote, partitions=RAW_PARTITIONS, clean_partitions=6)
        self._content = Content(options.seed, options.stories)
        self._expected: Expected | None = None
        self.killed = 0
        self.stopped = 0
        self.broker_kills = 0

    def run(self) -> Report:
        stage, options = self._stage, self._options
        stage.create_topics()
        feeding = threading.Thread(target=self._feed, daemon=True)
        starters = {f"reader-{number}": self._reader(number) for number in range(READERS)}
        starters |= {f"judge-{number}": self._judge(number) for number in range(JUDGES)}
        watch = Watch(stage)
        try:
            with Keeper(stage, starters, asleep_seconds=ASLEEP_SECONDS) as keeper:
                feeding.start()
                self._disturb(feeding, watch, list(starters))
                self._settle(watch)
            report = verify(stage, self._content, self._expected, watch.seen)
            print(
                f"seed {options.seed}: killed {self.killed}, stopped {self.stopped}, woken {keeper.woken}, "
                f"broker kills {self.broker_kills}, restarts {sum(keeper.restarts.values())} {dict(keeper.ended_with)}"
            )
            return report
        finally:
            watch.close()
            stage.close()

    def _feed(self) -> None:
        self._expected = feed(self._stage, self._content, rate=self._options.rate, seed=self._options.seed)

    def _reader(self, number: int):
        def start() -> None:
            self._stage.start_reader(
                f"reader-{number}",
                version=2 if number == READERS - 1 else 1,
                faults=self._faults(READER_STEPS),
                instance_id=f"r{number}" if self._options.static else "",
                batch_records=100,
                session_timeout_ms=SESSION_MS,
                heartbeat_interval_ms=600,
                max_poll_interval_ms=5000,
            )

        return start

    def _judge(self, number: int):
        def start() -> None:
            self._stage.start_judge(
                f"judge-{number}",
                partition_local=self._options.partition_local,
                faults=self._faults(JUDGE_STEPS),
                instance_id=f"j{number}" if self._options.static else "",
                batch_records=300,
                session_timeout_ms=SESSION_MS,
                heartbeat_interval_ms=600,
                transaction_timeout_ms=5000,
            )

        return start

    def _faults(self, steps: tuple[str, ...]) -> list[dict]:
        """Every process gets a step to die or to fall asleep at, sooner or later."""
        return [
            {"at": self._random.choice(steps), "nth": self._random.randrange(2, 40), "do": "kill"},
            {"at": self._random.choice(steps), "nth": self._random.randrange(10, 120), "do": "stop"},
        ]

    def _disturb(self, feeding: threading.Thread, watch: Watch, names: list[str]) -> None:
        """Kills from outside at random moments while stories are fed, and the broker's death half way."""
        began = time.monotonic()
        kill_at = began + 3.0
        broker_at = began + self._options.stories * 0.7 / max(self._options.rate, 1.0) / 2 + 2.0
        while feeding.is_alive():
            watch.poll(100)
            now = time.monotonic()
            if now > kill_at:
                self._hit(self._random.choice(names))
                kill_at = now + self._random.uniform(1.5, 4.0)
            if broker_at and now > broker_at:
                node = self._random.randrange(self._broker.nodes)
                self._broker.kill(node)
                self.broker_kills += 1
                time.sleep(self._random.uniform(0.5, 3.0))
                self._broker.start(node)
                broker_at = 0.0

    def _hit(self, name: str) -> None:
        process = self._stage.processes[name]
        if asleep(process.pid):
            return
        if self._random.random() < 0.75:
            self.killed += 1
            process.kill()
        else:
            self.stopped += 1
            self._stage.signal(name, signal.SIGSTOP)

    def _settle(self, watch: Watch) -> None:
        """Until everything is out, or nothing comes any more."""
        quiet = 3.0
        while True:
            watch.poll(200)
            seen = {each.raw for each in watch.seen}
            waited = time.monotonic() - watch.last_new
            if len(seen) >= len(self._expected.records) and waited > quiet:
                return
            if waited > STALLED_SECONDS_MAX:
                print(f"stalled: {len(seen)} of {len(self._expected.records)} records are out")
                print("\n".join(map(str, self._stage.log()[-30:])))
                return


def show(report: Report) -> None:
    for name in ("records", "outcomes", "clean", "duplicates", "dead", "twin_sets"):
        print(f"{name:12} {getattr(report, name):7}")
    print("faults      ", report.faults() or "none")


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    began = time.monotonic()
    zygote = Zygote()
    try:
        with running_broker(nodes=options.nodes, own=True) as broker, tempfile.TemporaryDirectory() as folder:
            report = Chaos(broker, zygote, pathlib.Path(folder), options).run()
    finally:
        zygote.close()
    show(report)
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if report.faults() else 0


if __name__ == "__main__":
    sys.exit(main())
