"""`worker explain-pair` shows an editor why two files are one story or two."""

import json

from test_cli_process import OTHER, STORY, worker


def test_two_tellings_and_two_stories_are_explained(tmp_path):
    paths = [tmp_path / f"{n}.txt" for n in range(3)]
    longer = STORY + "\nThe northern gate had been closed since a barge struck it in the storm of late January.\n"
    for path, text in zip(paths, (STORY, longer, OTHER), strict=True):
        path.write_text(text)
    one, copy, other = map(str, paths)
    found = json.loads(worker("explain-pair", one, copy, "--json").stdout)
    assert found["match"] in ("near", "extends")
    assert found["conditions"]["overlap"]
    assert found["verdict"]["relation"]["cluster"]
    shown = worker("explain-pair", one, other).stdout.decode()
    assert "two stories" in shown
    assert "in both" in shown


def test_a_file_without_a_story_is_said(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_bytes(b"")
    done = worker("explain-pair", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), code=65)
    assert b"no story in it" in done.stderr
    worker("explain-pair", str(tmp_path / "a.txt"), str(tmp_path / "absent"), code=66)
