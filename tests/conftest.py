"""kafka-python is imported here once, before warnings become errors: its loader of schemas uses a deprecated call."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import kafka  # noqa: F401
