"""One reader or one judge as this process: signals, probes, metrics, watchdog around a loop."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Final

from worker.ops.http import Answer, Endpoints, serving
from worker.ops.liveness import Liveness, LivenessLimits
from worker.ops.logging import logger
from worker.ops.memory import settle
from worker.ops.metrics import Metrics
from worker.ops.reporter import Reporter
from worker.reading import Plan, Stages, read_batch
from worker.story import RawRecord
from worker.stream import wiring
from worker.stream.judge import run_judge
from worker.stream.reader import run_reader
from worker.stream.stop import ExitCode, LoopEnded, Stop
from worker.stream.watchdog import Watchdog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Literal

    from worker.settings import Settings
    from worker.story import Reading
    from worker.stream.hooks import Hooks


def run_role(settings: Settings, role: Literal["reader", "judge"], slot: int, *, socket_path: str = "") -> int:
    """Run one loop until it ends; gives the exit code.

    socket_path: serve the probes there instead of on the port, and stop when standard input ends: this is a child of
    the supervisor, which holds the other end of it.
    """
    name = f"{role}-{slot}"
    group = wiring.reader_group(settings) if role == "reader" else wiring.judge_group(settings)
    log = logger()
    liveness = Liveness(
        LivenessLimits(
            loop_seconds_max=settings.watchdog_loop_seconds_max,
            partition_seconds_max=settings.watchdog_partition_seconds_max,
            stalled_seconds_max=settings.watchdog_stalled_seconds_max,
        ),
        time.monotonic(),
    )
    metrics = Metrics(group)
    reporter = Reporter(metrics, liveness)
    watchdog = Watchdog(
        lambda: liveness.stuck(time.monotonic()), lambda why: reporter.alarm("watchdog_ended_process", why=why)
    )
    stop = Stop()

    def asked(*_: object) -> None:
        watchdog.stop_within(settings.stop_seconds_max)
        stop.set()

    with contextlib.ExitStack() as stack:
        try:
            port = stack.enter_context(_served(settings, socket_path, liveness, reporter, metrics))
        except OSError as error:
            where = socket_path or f"{settings.http_host}:{settings.http_port}"
            why = f"cannot serve probes on {where}: {error.strerror}"
            log.error("process_ended", code=int(ExitCode.CONFIG), why=why)  # noqa: TRY400 - one line says it all
            return ExitCode.CONFIG
        stack.enter_context(_signals(asked))
        if socket_path:
            threading.Thread(target=_await_orphaned, args=(asked,), name="parent", daemon=True).start()
        watchdog.start()
        stack.callback(watchdog.over)
        log.info("process_started", group=group, port=port or None)
        return _ended(_loop(settings, role, name, reporter, stop))


def _loop(settings: Settings, role: str, name: str, hooks: Hooks, stop: Stop) -> LoopEnded | None:
    kafka, topics = wiring.kafka_config(settings, name), wiring.topic_names(settings)
    try:
        if role == "reader":
            run_reader(kafka, topics, wiring.reader_config(settings, name), reading(settings, hooks), hooks, stop)
        else:
            run_judge(kafka, topics, wiring.judge_loop_config(settings, name), settings.judge_config(), hooks, stop)
    except LoopEnded as end:
        return end
    return None


def _ended(end: LoopEnded | None) -> int:
    code = end.code if end else ExitCode.CLEAN
    if end and code is not ExitCode.CLEAN:
        cause = end.__cause__
        logger().error(
            "process_ended", code=int(code), why=end.message, exc_info=cause if code is ExitCode.INTERNAL else None
        )
    else:
        logger().info("process_ended", code=int(code), why=end.message if end else "asked to stop")
    return code


_ANY: Final = RawRecord(value=b'ULM, March 3 -- Ida Brandt, the mayor of Ulm, said: "We paid $5 million on Friday."')


def reading(settings: Settings, hooks: Hooks) -> Callable[[Sequence[RawRecord]], list[list[Reading]]]:
    """`read_batch` with this worker's plan; it reports the time of every stage."""
    plan = Plan(limits=settings.limits(), source=settings.source, enrich=settings.enrich)
    read_batch([_ANY], plan)  # loads the models before the first records wait for them
    settle()

    def read(records: Sequence[RawRecord]) -> list[list[Reading]]:
        stages = Stages(time.perf_counter)
        readings = read_batch(records, plan, stages)
        count = sum(len(of) for of in readings)
        for stage, seconds in stages.seconds.items():
            hooks.seconds(f"stage:{stage}", seconds, count)
        return readings

    return read


@contextlib.contextmanager
def _served(
    settings: Settings, socket_path: str, liveness: Liveness, reporter: Reporter, metrics: Metrics
) -> Iterator[int]:
    def live() -> Answer:
        why = liveness.stuck(time.monotonic())
        return Answer(not why, {"state": reporter.current_state} | ({"why": why} if why else {}))

    def ready() -> Answer:
        return Answer(reporter.ready, {"state": reporter.current_state})

    endpoints = Endpoints(live, ready, metrics.text)
    with serving(endpoints, host=settings.http_host, port=settings.http_port, socket_path=socket_path) as port:
        yield port


@contextlib.contextmanager
def _signals(asked: Callable[..., None]) -> Iterator[None]:
    """SIGTERM and SIGINT ask the loop to stop, for the length of the block."""
    before = {number: signal.signal(number, asked) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _await_orphaned(asked: Callable[[], None]) -> None:
    """Standard input ends when the supervisor dies, however it dies; then nobody would stop this process."""
    while os.read(0, 4096):  # not through sys.stdin, whose lock this daemon thread would hold at the exit
        continue
    asked()
