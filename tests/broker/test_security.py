"""A broker that wants certificates, passwords and rights: each protocol works, each mistake ends with one sentence."""

from __future__ import annotations

import contextlib
import os
import pathlib
import secrets
import shutil
import signal
import ssl
import subprocess
import sys
import time

import pytest
from kafka import KafkaAdminClient, KafkaConsumer
from kafka.admin import ACL, ACLOperation, ACLPermissionType, ResourcePattern, ResourceType

from deploy.broker.java import jars, java
from deploy.broker.nodes import JarBroker

ROOT = pathlib.Path(__file__).resolve().parents[2]
STORY = """Ferry to Olm sails again

OLM, June 4 - The ferry between Varnham and the island of Olm sailed again on Thursday, nine weeks after a fire.
"""
PASSWORD = secrets.token_hex(8)
PLAIN = (
    f'org.apache.kafka.common.security.plain.PlainLoginModule required user_wire="{PASSWORD}" user_guest="{PASSWORD}";'
)
SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


def key_store(folder):
    """A key and a self-signed certificate of this host, for the broker."""
    beside = pathlib.Path(java()).resolve().with_name("keytool")
    keytool = str(beside) if beside.exists() else shutil.which("keytool")
    if keytool is None:
        pytest.skip("the JDK's keytool is not on this machine")
    store = folder / "broker.p12"
    where = ["-keystore", str(store), "-storetype", "PKCS12", "-storepass", PASSWORD]
    what = ["-keyalg", "EC", "-validity", "2", "-dname", "CN=broker", "-ext", "SAN=IP:127.0.0.1,DNS:localhost"]
    subprocess.run([keytool, "-genkeypair", "-alias", "broker", *where, *what], check=True, timeout=60)
    return store


class Secured:
    """One node with a listener for each protocol, and the command line as a user of it."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "password").write_text(PASSWORD)
        properties = {
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": "User:ANONYMOUS;User:wire",
            "ssl.keystore.type": "PKCS12",
            "ssl.keystore.location": key_store(folder),
            "ssl.keystore.password": PASSWORD,
        }
        for listener in ("sasl_plaintext", "sasl_ssl"):
            name = f"listener.name.{listener}"
            properties |= {
                f"{name}.sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
                f"{name}.plain.sasl.jaas.config": PLAIN,
                f"{name}.scram-sha-256.sasl.jaas.config": SCRAM,
                f"{name}.scram-sha-512.sasl.jaas.config": SCRAM,
            }
        scram = [f"{name}=[name=wire,password={PASSWORD}]" for name in ("SCRAM-SHA-256", "SCRAM-SHA-512")]
        self.broker = JarBroker(
            jars(),
            listeners=("SSL", "SASL_PLAINTEXT", "SASL_SSL"),
            properties=properties,
            format_options=[argument for one in scram for argument in ("--add-scram", one)],
        )
        self.addresses = {"PLAINTEXT": self.broker.bootstrap, **self.broker.addresses}
        host, port = self.addresses["SSL"].split(":")
        self.trusted = folder / "ca.pem"  # self-signed: what it shows is what signed it
        self.trusted.write_text(ssl.get_server_certificate((host, int(port))))

    def environ(self, protocol, mechanism="", user="wire", **more):
        name = f"sec-{secrets.token_hex(3)}"
        given = {
            "PYTHONPATH": str(ROOT),
            "WORKER_KAFKA_BOOTSTRAP_SERVERS": self.addresses[protocol],
            "WORKER_KAFKA_SECURITY_PROTOCOL": protocol,
            "WORKER_KAFKA_START_SECONDS_MAX": "60",
            "WORKER_TOPIC_RAW": f"{name}.raw",
            "WORKER_TOPIC_CLEAN": f"{name}.clean",
            "WORKER_TOPIC_RAW_PARTITIONS": "1",
            "WORKER_TOPIC_CLEAN_PARTITIONS": "1",
            "WORKER_READERS": "1",
            "WORKER_INSTANCE": name,
            "WORKER_HTTP_HOST": "127.0.0.1",
            "WORKER_HTTP_PORT": "0",
        }
        if mechanism:
            given |= {
                "WORKER_KAFKA_SASL_MECHANISM": mechanism,
                "WORKER_KAFKA_SASL_USERNAME": user,
                "WORKER_KAFKA_SASL_PASSWORD_FILE": str(self.folder / "password"),
            }
        if "SSL" in protocol.split("_"):
            given["WORKER_KAFKA_SSL_CAFILE"] = str(self.trusted)
        return {**os.environ, **given, **more}

    def allow(self, user, operation, topic):
        pattern = ResourcePattern(ResourceType.TOPIC, topic)
        with contextlib.closing(KafkaAdminClient(bootstrap_servers=self.broker.bootstrap)) as admin:
            admin.create_acls([ACL(f"User:{user}", "*", operation, ACLPermissionType.ALLOW, pattern)])

    def consume(self, topic, seconds=40):
        """One record, read without any security."""
        consumer = KafkaConsumer(topic, bootstrap_servers=self.broker.bootstrap, auto_offset_reset="earliest")
        deadline = time.monotonic() + seconds
        with contextlib.closing(consumer):
            while True:
                for records in consumer.poll(timeout_ms=500).values():
                    return records[0]
                assert time.monotonic() < deadline, topic


def worker(environ, *arguments, code=0):
    """Run it to its end; gives its standard output, or with an exit code the last line that gives a reason."""
    command = [sys.executable, "-m", "worker.cli", *arguments]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == code, done.stderr
    if not code:
        return done.stdout
    assert "Traceback" not in done.stderr
    assert PASSWORD not in done.stderr
    lines = done.stderr.splitlines()
    reasons = (line for line in reversed(lines) if '"event"' not in line or '"why"' in line)
    return next(line for line in reasons if '"code":0' not in line)  # the others of `worker run` were asked to stop


@pytest.fixture(scope="module")
def secured(tmp_path_factory):
    made = Secured(tmp_path_factory.mktemp("secured"))
    yield made
    made.broker.stop()


@pytest.fixture
def story(tmp_path):
    (tmp_path / "story.txt").write_text(STORY)
    return str(tmp_path / "story.txt")


@pytest.mark.parametrize(
    ("protocol", "mechanism"),
    [("SSL", ""), ("SASL_PLAINTEXT", "PLAIN"), ("SASL_PLAINTEXT", "SCRAM-SHA-256"), ("SASL_SSL", "PLAIN")],
)
def test_topics_are_created_and_a_story_is_written_over_each_protocol(secured, story, protocol, mechanism):
    environ = secured.environ(protocol, mechanism)
    assert worker(environ, "topics", "create").count("created") == 6
    worker(environ, "produce", story)
    assert secured.consume(environ["WORKER_TOPIC_RAW"]).value == STORY.encode()


def test_a_story_goes_through_readers_and_judge_over_tls_with_a_scram_password(secured, story, tmp_path):
    environ = secured.environ("SASL_SSL", "SCRAM-SHA-512")
    assert worker(environ, "topics", "create").count("created") == 6
    worker(environ, "produce", story)
    with (tmp_path / "log").open("w+") as log:
        command = [sys.executable, "-m", "worker.cli", "run"]
        process = subprocess.Popen(command, env=environ, stderr=log, start_new_session=True)
        try:
            assert b"Varnham" in secured.consume(environ["WORKER_TOPIC_CLEAN"]).value
            process.terminate()
            assert process.wait(timeout=40) == 0
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.parametrize(
    ("protocol", "mechanism", "command"),
    [("SASL_PLAINTEXT", "PLAIN", ("run",)), ("SASL_SSL", "SCRAM-SHA-512", ("topics", "create"))],
)
def test_a_wrong_password_ends_it_with_78_and_says_so(secured, protocol, mechanism, command):
    (secured.folder / "wrong").write_text("not the password")
    wrong = {"WORKER_KAFKA_SASL_PASSWORD_FILE": str(secured.folder / "wrong")}
    said = worker(secured.environ(protocol, mechanism, **wrong), *command, code=78)
    assert "refused the user name or password" in said


def test_a_certificate_that_is_not_trusted_ends_it_with_78_and_names_the_setting(secured, story):
    said = worker(secured.environ("SSL", WORKER_KAFKA_SSL_CAFILE=""), "produce", story, code=78)
    assert "WORKER_KAFKA_SSL_CAFILE" in said


def test_another_protocol_than_the_listeners_ends_it_with_75_and_names_the_protocol(secured):
    environ = secured.environ("PLAINTEXT", WORKER_KAFKA_START_SECONDS_MAX="1")
    environ["WORKER_KAFKA_BOOTSTRAP_SERVERS"] = secured.addresses["SASL_PLAINTEXT"]
    assert "over PLAINTEXT" in worker(environ, "topics", "create", code=75)


def test_a_user_without_rights_is_told_the_topic_and_what_was_tried_and_ends_with_78(secured, story):
    environ = secured.environ("SASL_PLAINTEXT", "PLAIN", user="guest")
    raw = environ["WORKER_TOPIC_RAW"]
    said = worker(environ, "topics", "create", code=78)
    assert "looking for topics: Kafka gives this user no right" in said
    assert raw.removesuffix(".raw") in said
    worker({**environ, "WORKER_KAFKA_SASL_USERNAME": "wire"}, "topics", "create")

    secured.allow("guest", ACLOperation.DESCRIBE, raw)
    said = worker(environ, "produce", story, code=78)
    assert f"writing to {raw}: Kafka gives this user no right to idempotent writing" in said

    secured.allow("guest", ACLOperation.WRITE, environ["WORKER_TOPIC_CLEAN"])
    said = worker(environ, "produce", story, code=78)
    assert f"writing to {raw}: Kafka gives this user no right to the topics" in said

    secured.allow("guest", ACLOperation.WRITE, raw)
    assert "1 record," in worker(environ, "produce", story)
