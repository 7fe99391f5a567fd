"""`worker explain` shows a reader of the terminal what was recognised, where it came from, and what was taken away."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from worker.cli.explain import TRACES, explain, where
from worker.formats import READERS
from worker.story import Item, Text

STORY = """From
Send to

Dam at Port Acme holds

March 14, 2024 - 10:38 By KH디지털2

SEOUL, March 14 (Yonhap) -- The dam at Port Acme held on Thursday, the mayor said after a night of rain.

Nothing moved in the town below it. (Yonhap)
"""


@pytest.fixture
def run(monkeypatch):
    import typer

    monkeypatch.setenv("COLUMNS", "200")
    app = typer.Typer()
    app.command()(explain)
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


def test_it_tells_format_fields_and_what_was_stripped(run, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    done = run(path)
    assert done.exit_code == 0, done.output
    for words in (
        "plaintext",
        "Dam at Port Acme holds",
        "Asia/Seoul",
        "desk KH디지털2",
        "SEOUL",
        "the front of the text",
        "'Send to'",
    ):
        assert words in done.output


def test_a_dead_letter_is_told_with_its_code(run, tmp_path):
    path = tmp_path / "empty.txt"
    path.write_bytes(b"  ")
    done = run(path)
    assert done.exit_code == 65
    assert "empty" in done.output
    assert run(tmp_path / "nowhere").exit_code == 66


def test_a_field_is_traced_to_the_format_s_own_place():
    headline = next(trace for trace in TRACES if trace.name == "headlines")
    nitf = READERS["nitf"].WHERE
    assert where(headline, Item(format="nitf", headlines=(Text("Head"),)), nitf) == nitf["headlines"]
    assert where(headline, Item(format="nitf"), nitf) == headline.found


def test_traces_name_fields_that_items_have():
    for trace in TRACES:
        assert all(hasattr(Item(format="x"), name) for name in trace.given), trace.name
