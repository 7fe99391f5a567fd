"""The service through the real command line: topics, produce, run, SIGTERM, exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from kafka import KafkaAdminClient, KafkaConsumer

ROOT = pathlib.Path(__file__).resolve().parents[2]
STORY = """Ferry to Olm sails again

OLM, June 4 - The ferry between Varnham and the island of Olm sailed again on Thursday, nine weeks after a fire.

The owner, Brandt Lines, said that all but two cabins had been rebuilt and that the crossing would take fifty minutes.
"""


class Service:
    """A name space of topics on the broker, and the command line in it."""

    def __init__(self, bootstrap, folder):
        self.name = f"cli-{secrets.token_hex(3)}"
        self.folder = folder
        self.bootstrap = bootstrap
        self.environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "WORKER_KAFKA_BOOTSTRAP_SERVERS": bootstrap,
            "WORKER_TOPIC_RAW": f"{self.name}.raw",
            "WORKER_TOPIC_CLEAN": f"{self.name}.clean",
            "WORKER_TOPIC_RAW_PARTITIONS": "2",
            "WORKER_TOPIC_CLEAN_PARTITIONS": "2",
            "WORKER_READERS": "1",
            "WORKER_INSTANCE": self.name,
            "WORKER_HTTP_HOST": "127.0.0.1",
            "WORKER_HTTP_PORT": "0",
            "WORKER_LOG_FORMAT": "json",
        }

    def worker(self, *arguments, code=0, **environ):
        done = subprocess.run(
            [sys.executable, "-m", "worker.cli", *arguments],
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done

    @contextlib.contextmanager
    def running(self, *arguments, **environ):
        with (self.folder / "log").open("w+") as log:
            command = [sys.executable, "-m", "worker.cli", "run", *arguments]
            process = subprocess.Popen(command, env={**self.environ, **environ}, stderr=log, start_new_session=True)
            try:
                yield process
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def events(self):
        return [json.loads(line) for line in (self.folder / "log").read_text().splitlines() if line.startswith("{")]

    def event(self, name, seconds=40, **fields):
        deadline = time.monotonic() + seconds
        while True:
            for event in self.events():
                if event["event"] == name and all(event.get(key) == value for key, value in fields.items()):
                    return event
            assert time.monotonic() < deadline, (name, self.events()[-5:])
            time.sleep(0.1)

    def consume(self, topic, count, seconds=40):
        consumer = KafkaConsumer(
            topic, bootstrap_servers=self.bootstrap, isolation_level="read_committed", auto_offset_reset="earliest"
        )
        found, deadline = [], time.monotonic() + seconds
        with contextlib.closing(consumer):
            while len(found) < count:
                assert time.monotonic() < deadline, (topic, len(found), self.events()[-5:])
                found += [record for of in consumer.poll(timeout_ms=500).values() for record in of]
        return found


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def until(check, seconds=30):
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.fixture
def service(broker, tmp_path):
    return Service(broker.bootstrap, tmp_path)


def test_topics_are_created_once_and_then_only_checked(service):
    first = service.worker("topics", "create")
    assert len(re.findall(r"^created ", first.stdout, re.MULTILINE)) == 6
    second = service.worker("topics", "create")
    assert len(re.findall(r"^exists ", second.stdout, re.MULTILINE)) == 6
    assert "differs" not in second.stdout
    assert "wrong" not in second.stdout
    with contextlib.closing(KafkaAdminClient(bootstrap_servers=service.bootstrap)) as admin:
        admin.create_partitions({service.environ["WORKER_TOPIC_RAW"]: 3})
    third = service.worker("topics", "create", code=78)
    assert "wrong: 2 partitions, want 3" in third.stdout


def test_files_become_clean_stories_a_killed_child_comes_back_and_sigterm_ends_it_all_with_0(service, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    (tmp_path / "c.bin").write_bytes(b"")
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.bin")]
    clean = service.environ["WORKER_TOPIC_CLEAN"]
    service.worker("topics", "create")
    assert "3 records" in service.worker("produce", "--source", "olm", *files).stdout
    with service.running() as process:
        (story,) = service.consume(clean, 1)
        assert json.loads(story.value)["wire"]["source"] == "olm"
        (twin,) = service.consume(f"{clean}.duplicates", 1)
        assert json.loads(twin.value)["wire"]["duplicateOf"] == json.loads(story.value)["uri"]
        (dead,) = service.consume(f"{clean}.dead", 1)
        assert not dead.value

        port = service.event("supervisor_started")["port"]
        until(lambda: get(port, "/readyz")[0] == 200)
        assert get(port, "/livez")[0] == 200
        metrics = get(port, "/metrics")[1]
        assert 'outcome="published"' in metrics
        lags = re.findall(r'^kafka_consumergroup_lag\{[^}]*topic="[^"]*raw"[^}]*\} (\S+)', metrics, re.MULTILINE)
        assert set(lags) == {"0.0"}
        assert len(lags) == 2

        victim = service.event("child_started", child="reader-0")["pid"]
        os.kill(victim, signal.SIGKILL)
        service.event("child_started", child="reader-0", restarts=1)
        (tmp_path / "d.txt").write_text(
            STORY.replace("Olm", "Ruhn").replace("cabins", "decks").replace("fire", "flood")
        )
        service.worker("produce", str(tmp_path / "d.txt"))
        service.consume(clean, 2)

        started = time.monotonic()
        process.terminate()
        assert process.wait(timeout=40) == 0
        print(f"from SIGTERM to the exit: {time.monotonic() - started:.1f} s")
        assert {event["child"]: event["code"] for event in service.events() if event["event"] == "child_ended"}[
            "judge-0"
        ] == 0


def test_a_supervisor_killed_with_minus_nine_leaves_no_child_behind(service):
    service.worker("topics", "create")
    with service.running() as process:
        pids = [service.event("child_started", child=child)["pid"] for child in ("judge-0", "reader-0")]
        service.event("state_changed", now="active")
        process.kill()
        until(lambda: not any(pathlib.Path(f"/proc/{pid}").exists() for pid in pids))


def test_one_role_alone_serves_its_own_probes_and_ends_with_0(service):
    service.worker("topics", "create")
    with service.running("--role", "judge") as process:
        port = service.event("process_started")["port"]
        until(lambda: get(port, "/readyz")[0] == 200)
        until(lambda: "worker_active 1.0" in get(port, "/metrics")[1])
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=40) == 0


def test_topics_that_are_not_there_end_it_with_78_and_a_sentence_that_says_what_to_do(service):
    done = service.worker("run", code=78, WORKER_KAFKA_START_SECONDS_MAX="1")
    assert "worker topics create" in done.stderr
    assert "Traceback" not in done.stderr
    *waited, said = service.worker("produce", __file__, code=78, WORKER_KAFKA_START_SECONDS_MAX="1").stderr.splitlines()
    assert "worker topics create" in said
    assert all("topics_awaited" in line for line in waited)


def test_no_broker_ends_it_with_75(service):
    wrong = {"WORKER_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:9", "WORKER_KAFKA_START_SECONDS_MAX": "1"}
    for command in (("run",), ("topics", "create")):
        done = service.worker(*command, code=75, **wrong)
        assert "no answer from 127.0.0.1:9" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_lost_index_is_made_again_and_nothing_is_judged_twice(service, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "poison.bin").write_bytes(b"\x00\x01\x02\x03" * 50)
    clean, index = service.environ["WORKER_TOPIC_CLEAN"], f"{service.environ['WORKER_TOPIC_CLEAN']}.index"
    service.worker("topics", "create")
    service.worker("produce", str(tmp_path / "a.txt"), str(tmp_path / "poison.bin"))
    with service.running() as process:
        service.consume(clean, 1)
        service.consume(f"{clean}.dead", 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=40) == 0

    refused = service.worker("index", "rebuild", code=78)
    assert "holds records" in refused.stderr
    with contextlib.closing(KafkaAdminClient(bootstrap_servers=service.bootstrap)) as admin:
        admin.delete_topics([index])
        until(lambda: index not in admin.list_topics())
    service.worker("topics", "create")
    done = service.worker("index", "rebuild")
    assert "index rebuilt: 1 stories" in done.stderr

    service.worker("produce", str(tmp_path / "a.txt"))
    with service.running() as process:
        again = json.loads(service.consume(f"{clean}.duplicates", 1)[0].value)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=40) == 0
    first = json.loads(service.consume(clean, 1)[0].value)
    assert again["wire"]["duplicateOf"] == first["uri"]
    assert again["wire"]["order"] == 2  # numbers go on behind the story and the dead letter
    assert len(service.consume(f"{clean}.dead", 1)) == 1
