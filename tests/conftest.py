"""What kafka-python and docker's client do that is not ours to mend, kept out of the rule that warnings are errors."""

from __future__ import annotations

import warnings

import pytest

with warnings.catch_warnings():  # its loader of schemas uses a deprecated call
    warnings.simplefilter("ignore", DeprecationWarning)
    import kafka  # noqa: F401

SOCKETS = "Exception ignored in. .socket"  # left to the garbage collector, mostly after a broker died


def pytest_configure(config):
    rule = f"ignore:{SOCKETS}:pytest.PytestUnraisableExceptionWarning"
    config.addinivalue_line("filterwarnings", rule)
    # the last collection, at the end of the session, obeys the rules that are set now
    warnings.filterwarnings("ignore", message=SOCKETS, category=pytest.PytestUnraisableExceptionWarning)
