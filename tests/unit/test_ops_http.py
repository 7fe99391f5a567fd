"""Probes and metrics over real sockets; children's answers joined by their supervisor."""

from __future__ import annotations

import json
import pathlib
import re
import urllib.error
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

import worker.stream
from worker.dedupe import Judge, JudgeConfig
from worker.ops.http import Answer, Endpoints, fetch, serving
from worker.ops.liveness import Liveness, LivenessLimits
from worker.ops.merge import merge
from worker.ops.metrics import ALARMS, BoundedLabel, Metrics
from worker.ops.reporter import Reporter
from worker.stream.children import Children


def get(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def samples(text):
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


@pytest.fixture
def metrics():
    return Metrics("clean.readers")


@pytest.fixture
def reporter(metrics):
    return Reporter(metrics, Liveness(LivenessLimits(), 0.0))


def test_probes_answer_200_or_503_with_the_reason(metrics):
    state = {"live": Answer(True, {}), "ready": Answer(False, {"state": "starting"})}
    endpoints = Endpoints(lambda: state["live"], lambda: state["ready"], metrics.text)
    with serving(endpoints, host="127.0.0.1") as port:
        assert get(port, "/livez") == (200, b'{"ok": true}\n')
        assert get(port, "/readyz") == (503, b'{"ok": false, "state": "starting"}\n')
        status, text = get(port, "/metrics")
        assert status == 200
        assert b"worker_build_info{" in text
        assert get(port, "/secret")[0] == 404


def test_every_outcome_is_counted_by_format_source_and_code(metrics, reporter):
    reporter.outcomes("dead_letter", "nitf", "ap", "too-large", 2)
    reporter.outcomes("dead_letter", "nitf", "ap", "too-large", 1)
    labels = (("code", "too-large"), ("format", "nitf"), ("outcome", "dead_letter"), ("source", "ap"))
    assert samples(metrics.text())["worker_outcomes_total", labels] == 3


def test_a_source_from_a_header_cannot_blow_up_the_metrics():
    label = BoundedLabel(values_max=2)
    assert [label(source) for source in ("a", "b", "c", "a", "")] == ["a", "b", "other", "a", "other"]


def test_the_lag_has_its_conventional_name_and_goes_with_the_partition(metrics, reporter):
    labels = (("consumergroup", "clean.readers"), ("partition", "3"), ("topic", "raw"))
    reporter.progress("raw", 3, 90, 100)
    assert samples(metrics.text())["kafka_consumergroup_lag", labels] == 10
    reporter.released("raw", [3])
    assert ("kafka_consumergroup_lag", labels) not in samples(metrics.text())


def test_a_batch_of_stories_counts_as_so_many_observations(metrics, reporter):
    reporter.seconds("stage:normalise", 0.02, 10)
    reporter.seconds("end_to_end", 0.5, 5)
    found = samples(metrics.text())
    assert found["worker_stage_seconds_count", (("stage", "normalise"),)] == 10
    assert found["worker_stage_seconds_bucket", (("le", "0.0025"), ("stage", "normalise"))] == 10
    assert found["worker_stage_seconds_bucket", (("le", "0.001"), ("stage", "normalise"))] == 0
    assert found["worker_end_to_end_seconds_sum", ()] == 0.5


def test_a_hot_standby_is_ready_and_not_active(metrics, reporter):
    assert not reporter.ready
    reporter.state("standby")
    assert reporter.ready
    assert samples(metrics.text())["worker_active", ()] == 0
    reporter.state("active")
    assert samples(metrics.text())["worker_active", ()] == 1


def test_every_alarm_stands_at_nothing_before_it_is_raised(metrics):
    """A counter that appears with its first rise is no rise for an alert rule."""
    folder = pathlib.Path(worker.stream.__file__).parent
    raised = {name for file in folder.glob("*.py") for name in re.findall(r'alarm\(\s*"(\w+)"', file.read_text())}
    assert raised == set(ALARMS)
    assert all(samples(metrics.text())["worker_alarms_total", (("alarm", alarm),)] == 0 for alarm in ALARMS)


def test_every_measure_of_the_index_is_a_metric_in_base_units(metrics, reporter):
    reporter.measures(Judge(JudgeConfig()).measures() | {"order": 3.0, "latest_event_ms": 5_000.0, "horizon_days": 4.0})
    found = samples(metrics.text())
    assert found["worker_index_order", ()] == 3
    assert found["worker_index_latest_event_timestamp_seconds", ()] == 5
    assert found["worker_index_text_horizon_seconds", ()] == 4 * 86_400


def test_names_follow_prometheus_and_every_metric_has_a_help(metrics, reporter):
    reporter.outcomes("published", "nitf", "ap", "original", 1)
    reporter.seconds("batch", 1.0)
    reporter.measures(Judge(JudgeConfig()).measures())
    for family in text_string_to_metric_families(merge({"judge-0": metrics.text()}).decode()):
        assert re.fullmatch(r"(worker|process|kafka_consumergroup)_[a-z_]+", family.name)
        assert family.documentation.endswith(".")
        assert not re.search(r"_(ms|days|hours|created)$", family.name)


def test_merged_metrics_keep_processes_apart_and_families_together(metrics):
    text = merge({"reader-0": metrics.text(), "reader-1": Metrics("clean.readers").text()})
    assert text.count(b"# TYPE worker_state gauge") == 1
    found = samples(text)
    assert found["worker_state", (("process", "reader-1"), ("state", "starting"))] == 1


def test_a_supervisor_answers_for_its_children(tmp_path, metrics):
    sockets = {name: str(tmp_path / name) for name in ("judge-0", "reader-0")}
    children = Children(sockets)
    stuck = Endpoints(lambda: Answer(False, {"why": "raw[1] stands"}), lambda: Answer(True, {}), metrics.text)
    with (
        children.serving("127.0.0.1", 0) as port,
        serving(stuck, socket_path=sockets["reader-0"]),
    ):
        children.started("reader-0", now=0.0)
        assert fetch(sockets["reader-0"], "/readyz", 2)[0] == 200
        status, body = get(port, "/livez")
        assert status == 503
        assert json.loads(body)["processes"]["reader-0"]["why"] == "raw[1] stands"
        status, body = get(port, "/readyz")
        assert status == 503, "the judge does not run yet"
        found = samples(get(port, "/metrics")[1])
        assert found["worker_process_up", (("process", "reader-0"),)] == 1
        assert found["worker_process_up", (("process", "judge-0"),)] == 0
        assert found["worker_state", (("process", "reader-0"), ("state", "starting"))] == 1
