"""`make demo`: files through a real Kafka and the real worker, the clean stories read back and shown, all stopped."""

from __future__ import annotations

import contextlib
import os
import pathlib
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

import orjson
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from rich.console import Console

from deploy.broker import BrokerUnavailableError, running_broker
from worker.cli.pretty import show_dead, show_duplicate, show_story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafka.consumer.fetcher import ConsumerRecord

ROOT = pathlib.Path(__file__).resolve().parents[1]
WAIT_SECONDS_MAX = 90.0
QUIET_SECONDS = 2.0  # after the last record was answered: further items of it may follow
STOP_SECONDS_MAX = 40.0

console = Console(highlight=False)


def main() -> int:
    files = sys.argv[1:] or [str(ROOT / "seeds")]
    console.print(
        f"""[bold]Demo[/bold]: this will
  1. start Apache Kafka (a given one, a container, or its jars; the first time 54 MB are fetched),
  2. create the worker's topics, and put on the raw topic: {" ".join(files)}
  3. run the worker: one judge and one reader,
  4. read what it wrote, as a read_committed consumer, and show it,
  5. stop everything and remove the data."""
    )
    try:
        with running_broker() as broker:
            return _with_broker(broker.bootstrap, files)
    except BrokerUnavailableError as error:
        console.print(f"[red]{error}[/red]")
        return 78


def _with_broker(bootstrap: str, files: list[str]) -> int:
    mark = f"demo-{secrets.token_hex(4)}"
    environment = os.environ | {
        "WORKER_KAFKA_BOOTSTRAP_SERVERS": bootstrap,
        "WORKER_TOPIC_RAW": f"{mark}.raw",
        "WORKER_TOPIC_CLEAN": f"{mark}.clean",
        "WORKER_READERS": "1",
        "WORKER_JUDGES": "1",
        "WORKER_INSTANCE": mark,
        "WORKER_HTTP_HOST": "127.0.0.1",
        "WORKER_HTTP_PORT": "0",
    }
    worker = [sys.executable, "-m", "worker.cli"]
    try:
        for command in (["topics", "create"], ["produce", *files]):
            console.print(f"[dim]$ worker {' '.join(command)}[/dim]")
            done = subprocess.run([*worker, *command], env=environment, check=False)
            if done.returncode != 0:
                return done.returncode
        if not _records_of(bootstrap, f"{mark}.raw"):
            console.print("[red]nothing to show: there were no files[/red]")
            return 66
        console.print("[dim]$ worker run[/dim]")
        with _running([*worker, "run"], environment) as process:
            good = _show(bootstrap, mark, process)
            if good:
                good = _stop(process)
        return 0 if good else 70
    finally:
        _delete_topics(bootstrap, mark)


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The worker; its log is shown only when it did not end well."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stderr=log, start_new_session=True)
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.returncode != 0:
                log.seek(0)
                sys.stderr.write(log.read().decode(errors="replace"))


def _show(bootstrap: str, mark: str, process: subprocess.Popen[bytes]) -> bool:
    """Print outcomes until every raw record has one. False when that does not come about."""
    raw, clean, duplicates, dead = (f"{mark}.{name}" for name in ("raw", "clean", "clean.duplicates", "clean.dead"))
    consumer = KafkaConsumer(
        clean,
        duplicates,
        dead,
        bootstrap_servers=bootstrap,
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        group_id=None,
        enable_auto_commit=False,
    )
    started = time.monotonic()
    last_news = started
    expected = _records_of(bootstrap, raw)
    answered: set[tuple[int, int]] = set()
    counts = {clean: 0, duplicates: 0, dead: 0}
    with contextlib.closing(consumer):
        while len(answered) < expected or time.monotonic() - last_news < QUIET_SECONDS:
            if process.poll() is not None or time.monotonic() - started > WAIT_SECONDS_MAX:
                console.print(f"[red]{len(answered)} of {expected} records have an outcome; the worker's log:[/red]")
                return False
            for record in (record for of in consumer.poll(timeout_ms=500).values() for record in of):
                counts[record.topic] += 1
                answered.add(_origin(record))
                last_news = time.monotonic()
                _show_record(record, clean, dead)
    console.print(
        f"raw records {expected}, stories published {counts[clean]}, duplicates {counts[duplicates]}, "
        f"dead letters {counts[dead]}; {last_news - started:.1f} s after the worker was started"
    )
    return True


def _show_record(record: ConsumerRecord, clean: str, dead: str) -> None:
    where = f"{record.topic}[{record.partition}]@{record.offset}"
    if record.topic == dead:
        headers = {name: (value or b"").decode(errors="replace") for name, value in record.headers}
        why = f"{headers.get('wire.error.code', '')}: {headers.get('__connect.errors.exception.message', '')}"
        show_dead(console, why, where)
    elif record.topic == clean:
        show_story(console, orjson.loads(record.value), where)
    else:
        show_duplicate(console, orjson.loads(record.value), where)


def _origin(record: ConsumerRecord) -> tuple[int, int]:
    """(partition, offset) of the raw record that this came from."""
    headers = {name: value or b"" for name, value in record.headers}
    if "__connect.errors.offset" in headers:
        return int(headers["__connect.errors.partition"]), int(headers["__connect.errors.offset"])
    raw = orjson.loads(record.value)["wire"]["raw"]
    return raw["partition"], raw["offset"]


def _records_of(bootstrap: str, topic: str) -> int:
    with contextlib.closing(KafkaConsumer(bootstrap_servers=bootstrap)) as consumer:
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()]
        return sum(consumer.end_offsets(partitions).values())


def _stop(process: subprocess.Popen[bytes]) -> bool:
    console.print("[dim]$ kill -TERM (the worker)[/dim]")
    started = time.monotonic()
    process.terminate()
    code = process.wait(timeout=STOP_SECONDS_MAX)
    console.print(f"the worker ended with {code} after {time.monotonic() - started:.1f} s")
    return code == 0


def _delete_topics(bootstrap: str, mark: str) -> None:
    """Matters on a broker that is not ours."""
    with contextlib.suppress(Exception), contextlib.closing(KafkaAdminClient(bootstrap_servers=bootstrap)) as admin:
        admin.delete_topics([name for name in admin.list_topics() if name.startswith(mark)])


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
