"""One Apache Kafka for all tests of this folder; every test has topics of its own on it."""

from __future__ import annotations

import gc
import pathlib

import pytest

from deploy.broker import running_broker
from tests.chaos.stage import Stage
from tests.chaos.zygote import Zygote

HERE = pathlib.Path(__file__).parent

# Sockets and threads that kafka-python and docker's client leave to the garbage collector are not our defects.
FOREIGN = ("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning", "ignore::DeprecationWarning")


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.broker)
            for rule in FOREIGN:
                item.add_marker(pytest.mark.filterwarnings(rule))


@pytest.fixture(scope="session")
def broker():
    """Ours alone: some tests kill it."""
    with running_broker(quiet=True, own=True) as running:
        yield running


@pytest.fixture(scope="session")
def zygote():
    """Starts readers and judges as processes, fast."""
    made = Zygote()
    yield made
    made.close()
    gc.collect()  # while the rules of FOREIGN still hold


@pytest.fixture
def stage(broker, zygote, tmp_path):
    """Six topics of three partitions, and a clean stage afterwards."""
    made = Stage(broker.bootstrap, tmp_path, zygote)
    made.create_topics()
    yield made
    made.close()
    gc.collect()
