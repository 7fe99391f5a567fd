"""`worker process` through the real command line: lines, order, exit codes, and nothing else on standard output."""

from __future__ import annotations

import errno
import gzip
import json
import os
import pathlib
import pkgutil
import subprocess
import sys

import pytest

from worker.cli import inputs
from worker.cli.commands import COMMANDS

ROOT = pathlib.Path(__file__).resolve().parents[2]

STORY = """The harbour reopened on Tuesday

VARNHAM, March 3 - The harbour of Varnham reopened on Tuesday after a week of repairs to its northern lock gate.

Port captain Elda Morrow said that the first of nine waiting ships had passed the gate at noon without difficulty.

The town's council had voted in February to spend four million crowns on the repairs, which took eleven days.
"""
OTHER = STORY.replace("harbour", "tunnel").replace("ships", "trains").replace("Elda Morrow", "Ivo Lant")


def worker(*arguments, stdin=b"", code=0, cwd=None, **environ):
    done = subprocess.run(
        [sys.executable, "-m", "worker.cli", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "COLUMNS": "120", "PYTHONPATH": str(ROOT), **environ},
        cwd=cwd,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(OTHER)
    (tmp_path / "b" / "1.txt").write_text(STORY)
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(STORY)
    return tmp_path


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_folders_are_walked_in_order_through_one_judge(folder):
    found = lines(worker("process", str(folder)))
    assert [line["source"] for line in found] == [
        {"path": f"{folder}/a.txt", "item": 0},
        {"path": f"{folder}/b/1.txt", "item": 0},
        {"path": f"{folder}/b/2.txt", "item": 0},
        {"path": f"{folder}/c.txt", "item": 0},
    ]
    assert [line["outcome"] for line in found] == ["dead_letter", "published", "published", "duplicate"]
    dead, first, _, twin = found
    assert dead["error"] == {"code": "empty", "message": "the value is empty"}
    assert "story" not in dead
    assert first["story"]["headlines"][0]["value"] == "The harbour reopened on Tuesday"
    assert twin["story"]["wire"]["duplicateOf"] == first["story"]["uri"]


def test_arguments_keep_their_order_and_their_spelling_and_a_summary_ends_it(folder):
    done = worker("process", "c.txt", "./b", "-", stdin=OTHER.encode(), cwd=folder)
    assert [line["source"]["path"] for line in lines(done)] == ["c.txt", "./b/1.txt", "./b/2.txt", "-"]
    assert [line["outcome"] for line in lines(done)] == ["published", "duplicate", "published", "duplicate"]
    summary = done.stderr.decode()
    assert "4 items of 4 files" in summary
    assert "plaintext" in summary


def test_strict_ends_with_65_when_there_are_dead_letters_and_out_takes_the_lines(folder):
    target = folder.parent / "out.jsonl"
    done = worker("process", str(folder), "--strict", "--out", str(target), code=65)
    assert done.stdout == b""
    assert len(target.read_text().splitlines()) == 4


def test_with_lines_each_line_of_a_file_is_a_record(tmp_path):
    file = tmp_path / "many.jsonl"
    file.write_bytes(b"\n".join([b"", STORY.replace("\n", " ").encode(), b"  ", b"\x00\x01\x02"]))
    found = lines(worker("process", "--lines", str(file)))
    assert [line["source"]["line"] for line in found] == [2, 4]


def test_with_lines_a_gzipped_file_is_read_as_the_file_in_it_and_a_cut_one_is_unreadable(tmp_path):
    plain, packed, cut = (tmp_path / name for name in ("a.jsonl", "b.jsonl.gz", "c.jsonl.gz"))
    plain.write_bytes(STORY.replace("\n", " ").encode() + b"\n" + OTHER.replace("\n", " ").encode())
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    cut.write_bytes(packed.read_bytes()[:-20])
    found = lines(worker("process", "--lines", str(plain), str(packed), str(cut), code=66))
    digests = [line["story"]["wire"]["raw"]["sha256"] for line in found[:4]]
    assert digests[:2] == digests[2:]


def test_a_folder_that_cannot_be_read_is_told_as_a_file_is(folder, monkeypatch, capsys):
    whole = pathlib.Path.iterdir

    def iterdir(self):
        if self.name == "b":
            raise PermissionError(errno.EACCES, "Permission denied")
        return whole(self)

    monkeypatch.setattr(pathlib.Path, "iterdir", iterdir)
    files = list(inputs.walk([str(folder)]))
    assert files == [f"{folder}/a.txt", f"{folder}/b", f"{folder}/c.txt"]
    reading = inputs.Reading(files, False, 1_000)
    assert [one.path for one in reading.records()] == [f"{folder}/a.txt", f"{folder}/c.txt"]
    assert reading.unreadable == [f"{folder}/b"]


def test_a_record_is_produced_whole_or_not_at_all(tmp_path, capsys):
    """A cut one would pass for what the sender wrote."""
    large, small = tmp_path / "a", tmp_path / "b"
    large.write_bytes(b"x" * 101)
    small.write_bytes(b"x" * 100)
    files = [str(large), str(small)]
    reading = inputs.Reading(files, False, 100, whole=True)
    assert [one.path for one in reading.records()] == [str(small)]
    assert reading.unreadable == [str(large)]
    assert "more than 100 bytes" in capsys.readouterr().out


def test_an_output_that_cannot_be_written_ends_with_74_and_one_line(folder):
    file = str(folder / "c.txt")
    done = worker("process", file, "--out", str(folder / "nowhere" / "out.jsonl"), code=74)
    assert done.stderr.decode().splitlines() == [f"{folder}/nowhere/out.jsonl: No such file or directory"]
    with pathlib.Path("/dev/full").open("wb") as full:
        for command in (["process", file], ["explain", file], ["settings"], ["--help"]):
            done = subprocess.run(
                [sys.executable, "-m", "worker.cli", *command],
                stdout=full,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                check=False,
            )
            assert (done.returncode, done.stderr.decode().splitlines()[-1]) == (
                74,
                "the output cannot be written: No space left on device",
            )


def test_a_reader_that_had_enough_is_no_failure(folder):
    command = [sys.executable, "-m", "worker.cli", "process", "--pretty", str(folder / "c.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_a_defect_is_one_line_of_the_log_from_the_first_moment_on():
    """Without the values that the code held: they may be a story or a password."""
    code = (
        "import worker.cli.settings as s, worker.cli.app as a\n"
        "def rows(held): raise RuntimeError('a defect')\n"
        "s.rows = rows\n"
        "import sys; sys.argv = ['worker', 'settings']; a.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (70, b"")
    (line,) = done.stderr.splitlines()
    assert "a defect" in json.loads(line)["exception"]
    assert b"kafka_bootstrap_servers" not in line


def test_a_folder_without_files_is_told_as_such(tmp_path):
    assert worker("process", str(tmp_path)).stderr.decode() == f"no files in {tmp_path}\n"


def test_a_path_that_is_not_there_ends_with_66_before_anything_is_read(folder):
    done = worker("process", str(folder / "nowhere"), str(folder), code=66)
    assert done.stdout == b""
    assert b"no such file or folder" in done.stderr


def test_wrong_settings_end_with_78_and_are_all_named(folder):
    done = worker("process", str(folder), code=78, WORKER_DEDUPE="x", WORKER_LIMIT_ITEMS_MAX="0")
    assert done.stderr.decode().splitlines() == [
        "WORKER_DEDUPE=x: want one of full, ids, off",
        "WORKER_LIMIT_ITEMS_MAX=0: want 1..100_000",
    ]


def test_pretty_shows_the_story_for_reading(folder):
    text = worker("process", "--pretty", str(folder / "c.txt")).stdout.decode()
    assert "The harbour reopened on Tuesday" in text
    assert "passed the gate at noon" in text
    assert not text.startswith("{")


def test_every_command_is_where_the_list_says_and_has_a_help():
    text = worker("--help").stdout.decode()
    for words, path in COMMANDS.items():
        assert pkgutil.resolve_name(path).__doc__
        assert words[0] in text
