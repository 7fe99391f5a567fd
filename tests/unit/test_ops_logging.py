"""Logs are one event a line, with fields, and never long texts."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog

from worker.ops.logging import FIELD_CHARS_MAX, configure, logger


@pytest.fixture
def sink():
    yield io.StringIO()
    structlog.reset_defaults()
    logging.getLogger().handlers.clear()
    logging.captureWarnings(capture=False)


def test_an_event_is_one_json_line_with_its_fields(sink):
    configure("json", "info", fields={"process": "reader-0"}, stream=sink)
    logger().info("story_published", story_id="urn:x", lag_ms=3)
    logger().debug("not_wanted")
    (line,) = sink.getvalue().splitlines()
    event = json.loads(line)
    assert list(event)[:3] == ["timestamp", "level", "event"]
    assert event["event"] == "story_published"
    assert event["process"] == "reader-0"
    assert event["lag_ms"] == 3


def test_a_field_is_cut_before_it_can_hold_a_story(sink):
    configure("json", "info", stream=sink)
    logger().info("record_refused", why="x" * 10_000)
    assert len(json.loads(sink.getvalue())["why"]) == FIELD_CHARS_MAX + 1


def test_a_library_s_error_is_told_and_its_warning_is_not(sink):
    configure("json", "info", stream=sink)
    logging.getLogger("kafka.client").warning("connecting again")
    logging.getLogger("kafka.client").error("broken %s", "pipe")
    (line,) = sink.getvalue().splitlines()
    event = json.loads(line)
    assert (event["event"], event["library"], event["message"]) == ("library_logged", "kafka.client", "broken pipe")


def test_a_library_s_line_that_comes_again_is_told_once(sink):
    """In an outage it says the same many times a second."""
    configure("json", "info", stream=sink)
    for _ in range(50):
        logging.getLogger("kafka.net").error("connection to %s lost", "node 1")
    logging.getLogger("kafka.net").error("connection to %s lost", "node 2")
    assert [json.loads(line)["message"][-6:] for line in sink.getvalue().splitlines()] == ["1 lost", "2 lost"]


def test_what_is_not_known_is_left_out(sink):
    configure("json", "info", stream=sink)
    logger().info("item_rejected", line=None, item=0)
    assert json.loads(sink.getvalue()).keys() == {"timestamp", "level", "event", "item"}


def test_what_a_library_says_at_its_debug_level_is_never_told(sink):
    """The Kafka client's holds the password in its configuration, and stories in what it sends."""
    configure("json", "debug", stream=sink)
    logging.getLogger("kafka.client").debug("config {'sasl_plain_password': 'open sesame'}")
    logging.getLogger("kafka.client").info("joined a group")
    (line,) = sink.getvalue().splitlines()
    assert json.loads(line)["message"] == "joined a group"
