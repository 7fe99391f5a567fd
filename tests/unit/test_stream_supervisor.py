"""Children are started again with patience, stopped together, and a configuration error stops everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from worker.settings import load
from worker.stream.assignment import Assignment
from worker.stream.children import Children
from worker.stream.stop import ExitCode, Stop
from worker.stream.supervisor import Backoff, Supervisor
from worker.stream.watchdog import Watchdog


def test_the_first_restart_is_instant_and_the_pause_doubles_up_to_its_limit():
    backoff = Backoff(seconds_max=1.0)
    assert [backoff.pause(ran_seconds=0.5) for _ in range(7)] == [0.0, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0]


def test_a_healthy_run_makes_the_next_restart_instant_again():
    backoff = Backoff(seconds_max=30.0, healthy_seconds=10.0)
    assert [backoff.pause(1), backoff.pause(1), backoff.pause(60), backoff.pause(1)] == [0.0, 0.1, 0.0, 0.1]


class Stage:
    """A supervisor whose children are small scripts."""

    def __init__(self, folder, script, roles=("reader",), spare=False, **settings):
        environ = {"SPARE": str(spare), **settings}
        self.settings = load({f"WORKER_{name}": value for name, value in environ.items()})
        self.places = [
            Assignment(role=role, slot=number, socket=str(folder / f"{number}.sock"))
            for number, role in enumerate(roles)
        ]
        self.children = Children({place.name: place.socket for place in self.places})
        self.stop = Stop()
        self.log = folder / "log"
        command = [sys.executable, "-S", "-c", script, str(self.log)]
        self.supervisor = Supervisor(self.settings, self.places, command, self.children, self.stop)
        self.code = None
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        self.code = self.supervisor.run()

    def lines(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def wait_lines(self, count):
        deadline = time.monotonic() + 15
        while len(self.lines()) < count:
            assert time.monotonic() < deadline, self.lines()
            time.sleep(0.02)
        return self.lines()

    def end(self):
        self.stop.set()
        self.thread.join(15)
        return self.code


HEAD = """
import json, os, signal, sys, time
log, loaded, line = sys.argv[1], time.monotonic(), sys.stdin.readline()
if not line: sys.exit(0)
place, waited = json.loads(line), time.monotonic() - loaded
name = f"{place['role']}-{place['slot']}"
def note(text):
    with open(log, "a") as file: file.write(f"{name} {os.getpid()} {text}\\n")
"""
WAITS = HEAD + "note('up'); signal.signal(signal.SIGTERM, lambda *_: (note('term'), sys.exit(0))); time.sleep(60)"


def test_a_child_killed_is_started_again_and_all_end_with_0_when_asked(tmp_path):
    stage = Stage(tmp_path, WAITS, ("judge", "reader"))
    stage.thread.start()
    first = stage.wait_lines(2)
    victim = int(next(line for line in first if line.startswith("reader")).split()[1])
    subprocess.run(["kill", "-9", str(victim)], check=True)
    again = stage.wait_lines(3)
    assert again[2].startswith("reader-1 ")
    time.sleep(0.2)
    assert stage.end() is ExitCode.CLEAN
    assert sum(line.endswith("term") for line in stage.lines()) == 2


def test_a_spare_that_was_loaded_before_takes_the_place_of_a_killed_child(tmp_path, monkeypatch):
    monkeypatch.setattr("worker.stream.supervisor.SPARE_SECONDS", 0.2)
    stage = Stage(tmp_path, WAITS.replace("'up'", "f'up {waited > 0.1}'"), spare=True)
    stage.thread.start()
    (first,) = stage.wait_lines(1)
    assert first.endswith("up False")
    time.sleep(0.8)
    os.kill(int(first.split()[1]), signal.SIGKILL)
    assert stage.wait_lines(2)[1].endswith("up True")
    assert stage.end() is ExitCode.CLEAN


def test_a_child_that_ends_with_78_stops_the_whole_with_78(tmp_path):
    script = WAITS.replace("note('up')", "note('up'); name.startswith('judge') and sys.exit(78)")
    stage = Stage(tmp_path, script, ("judge", "reader"))
    stage.run()
    assert stage.code is ExitCode.CONFIG


def test_brokers_that_were_never_there_end_the_whole_with_75(tmp_path):
    stage = Stage(tmp_path, "import sys; sys.exit(75)")
    stage.run()
    assert stage.code is ExitCode.TRY_LATER


def test_once_something_was_ready_75_means_to_start_again(tmp_path):
    stage = Stage(tmp_path, HEAD + "note('up'); sys.exit(75)")
    stage.children.any_was_ready = True
    stage.thread.start()
    stage.wait_lines(3)
    assert stage.code is None
    stage.end()


def test_a_child_that_does_not_stop_in_time_is_killed_and_the_exit_code_says_so(tmp_path):
    deaf = HEAD + "signal.signal(signal.SIGTERM, signal.SIG_IGN); note('up'); time.sleep(60)"
    stage = Stage(tmp_path, deaf, STOP_SECONDS_MAX="1")
    stage.thread.start()
    stage.wait_lines(1)
    started = time.monotonic()
    assert stage.end() is ExitCode.INTERNAL
    assert time.monotonic() - started < 10


def test_a_child_that_is_asked_to_stop_while_it_loads_has_lost_nothing_and_the_whole_ends_with_0(tmp_path):
    stage = Stage(tmp_path, HEAD + "note('loading'); time.sleep(60)")
    stage.thread.start()
    stage.wait_lines(1)
    assert stage.end() is ExitCode.CLEAN


def test_children_notice_that_their_supervisor_died(tmp_path):
    """The child's standard input ends with the supervisor, however it died."""
    stage = Stage(tmp_path, HEAD + "note('up'); os.read(0, 1); note('orphaned')")
    stage.thread.start()
    stage.wait_lines(1)
    child = stage.supervisor._children[0]
    child.process.stdin.close()  # what the kernel does for a dead process
    stage.wait_lines(2)
    assert stage.lines()[1].endswith("orphaned")
    stage.end()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs job control")
def test_a_frozen_child_is_killed(tmp_path):
    """Its own watchdog cannot run; the probes that nobody answers tell."""
    stage = Stage(tmp_path, WAITS, WATCHDOG_LOOP_SECONDS_MAX="5")
    stage.children.silent_seconds = lambda name, now: 6.0 if len(stage.lines()) == 1 else 0.0
    stage.thread.start()
    assert stage.wait_lines(2)[1].endswith("up")
    stage.end()


def test_the_watchdog_ends_the_process_with_70_and_says_why(capfd):
    ended, told = threading.Event(), []
    dog = Watchdog(lambda: "raw[1] stands", told.append, lambda code: (told.append(code), ended.set()), 0.01)
    dog.start()
    assert ended.wait(5)
    assert told == ["raw[1] stands", ExitCode.INTERNAL]
    assert "Thread" in capfd.readouterr().err, "the stacks of all threads are shown"


def test_the_watchdog_lets_a_process_alone_that_advances_or_is_over():
    told = []
    dog = Watchdog(lambda: "", told.append, told.append, 0.01)
    dog.start()
    time.sleep(0.1)
    dog.over()
    assert told == []


def test_the_watchdog_ends_a_process_that_does_not_stop_in_time(capfd):
    ended = threading.Event()
    dog = Watchdog(lambda: "", lambda _: None, lambda _: ended.set(), 0.01)
    dog.start()
    dog.stop_within(0.05)
    assert ended.wait(5)
    capfd.readouterr()
