"""The chaos run in its short form, and a judge that it must find out."""

from __future__ import annotations

import pytest

from tests.chaos import run


def chaos(broker, zygote, folder, *arguments):
    options = run.parse([*arguments])
    return run.Chaos(broker, zygote, folder, options).run()


def test_a_short_seeded_chaos_run(broker, zygote, tmp_path):
    report = chaos(broker, zygote, tmp_path, "--seed", "11", "--stories", "1200", "--rate", "70")
    run.show(report)
    assert report.faults() == {}


def test_a_judge_that_knows_only_its_partition_fails_the_same_check(broker, zygote, tmp_path):
    """What the check is worth: twins that met nowhere are published twice."""
    report = chaos(broker, zygote, tmp_path, "--seed", "12", "--stories", "400", "--rate", "0", "--partition-local")
    assert report.twins_published_twice > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_long_seeded_chaos_run(broker, zygote, tmp_path):
    report = chaos(broker, zygote, tmp_path, "--seed", "21", "--long")
    run.show(report)
    assert report.faults() == {}
