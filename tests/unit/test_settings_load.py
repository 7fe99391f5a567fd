"""Settings fail at start, all at once, and say what was wanted."""

from __future__ import annotations

import msgspec
import pytest
from pydantic import BaseModel

from worker.settings import Settings, SettingsError, load, unknown
from worker.settings.checks import OWN_SUFFIXES
from worker.settings.load import env_name
from worker.settings.table import rows
from worker.story import Limits
from worker.stream.config import TopicNames


def errors_of(**environ):
    with pytest.raises(SettingsError) as caught:
        load({f"WORKER_{name}": value for name, value in environ.items()})
    return caught.value.errors


def test_an_empty_environment_gives_the_defaults():
    settings = load({})
    assert settings.kafka_bootstrap_servers == ("localhost:9092",)
    assert settings.limits() == Limits()
    assert isinstance(settings, BaseModel)


def test_a_bound_is_named_in_the_error():
    assert errors_of(LIMIT_ITEMS_MAX="-1") == ("WORKER_LIMIT_ITEMS_MAX=-1: want 1..100_000",)


def test_all_errors_are_said_at_once_in_the_order_of_the_settings(tmp_path):
    errors = errors_of(
        READERS="many",
        KAFKA_BOOTSTRAP_SERVERS="nowhere",
        DEDUPE="sometimes",
        ENRICH="perhaps",
        DEDUPE_WINDOW_BY_SOURCE="reuters",
        KAFKA_SASL_PASSWORD_FILE=str(tmp_path / "absent"),
        JUDGE_SESSION_TIMEOUT_MS="1000",  # good by itself, too short for the heartbeat
    )
    assert [error.partition("=")[0] for error in errors] == [
        "WORKER_KAFKA_BOOTSTRAP_SERVERS",
        "WORKER_KAFKA_SASL_PASSWORD_FILE",
        "WORKER_READERS",
        "WORKER_JUDGE_HEARTBEAT_INTERVAL_MS",
        "WORKER_DEDUPE",
        "WORKER_DEDUPE_WINDOW_BY_SOURCE",
        "WORKER_ENRICH",
    ]
    assert "WORKER_DEDUPE=sometimes: want one of full, ids, off" in errors


def test_a_secret_comes_from_a_file_without_its_line_end(tmp_path):
    secret = tmp_path / "password"
    secret.write_text("open sesame\n")
    settings = load(
        {
            "WORKER_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
            "WORKER_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
            "WORKER_KAFKA_SASL_USERNAME": "desk",
            "WORKER_KAFKA_SASL_PASSWORD_FILE": str(secret),
        }
    )
    assert settings.kafka_sasl_password == "open sesame"
    assert "sesame" not in repr(settings)
    assert "sesame" not in repr(rows(settings))


def test_a_secret_given_twice_is_refused_without_showing_it(tmp_path):
    secret = tmp_path / "password"
    secret.write_text("x")
    (error,) = errors_of(KAFKA_SASL_PASSWORD="hidden", KAFKA_SASL_PASSWORD_FILE=str(secret))
    assert "not both" in error
    assert "hidden" not in error


def test_a_file_that_a_setting_names_must_be_readable_at_start(tmp_path):
    absent = tmp_path / "ca.pem"
    assert errors_of(KAFKA_SSL_CAFILE=str(absent)) == (
        f"WORKER_KAFKA_SSL_CAFILE={absent}: want a readable file (No such file or directory)",
    )
    absent.write_text("now it is there")
    assert load({"WORKER_KAFKA_SSL_CAFILE": str(absent)}).kafka_ssl_cafile == str(absent)


def test_a_worker_does_not_read_what_it_writes():
    (error,) = errors_of(TOPIC_RAW="news.dead", TOPIC_CLEAN="news")
    assert error.startswith("WORKER_TOPIC_RAW=news.dead: want none of the topics that this worker writes")
    assert load({"WORKER_TOPIC_RAW": "other.dead", "WORKER_TOPIC_CLEAN": "news"}).topic_raw == "other.dead"


def test_what_the_worker_writes_is_known_to_the_settings_by_the_names_that_the_loops_use():
    names = set(msgspec.structs.asdict(TopicNames.of("wire", "clean")).values())
    assert names - {"wire"} == {f"clean{suffix}" for suffix in OWN_SUFFIXES}


def test_sasl_needs_mechanism_user_and_password():
    errors = errors_of(KAFKA_SECURITY_PROTOCOL="SASL_PLAINTEXT")
    assert [error.partition("=")[0] for error in errors] == [
        "WORKER_KAFKA_SASL_MECHANISM",
        "WORKER_KAFKA_SASL_USERNAME",
        "WORKER_KAFKA_SASL_PASSWORD",
    ]


def test_a_misspelt_setting_is_noticed_and_the_likely_one_named():
    assert unknown({"WORKER_READER": "3"}) == ["WORKER_READER: no such setting; did you mean WORKER_READERS?"]
    assert unknown({"WORKER_SERVICE_HOST": "10.0.0.1", "WORKER_READERS": "3"}) == []


def test_every_setting_says_what_it_accepts_and_what_for():
    for row in rows(load({})):
        assert row.description.endswith(".")
        assert row.want
    assert len(rows(load({}))) == len(Settings.model_fields)


def test_every_default_shown_is_accepted_when_set():
    """What the table prints can be copied into an environment."""
    shown = {row.name: row.default for row in rows(load({})) if row.default}
    assert load(shown) == load({})
    assert env_name("readers") in shown
