"""Every setting of the worker: `WORKER_…` environment variables, checked at start, all errors at once.

* `model.py`: the settings themselves, each with its unit, bounds, default and description.
* `fields.py`: what a field is made of.
* `checks.py`: what several must satisfy together.
* `load.py`: the environment (and `…_FILE` for secrets) becomes `Settings`, or all that is wrong with it.
* `table.py`: what `worker settings` shows.
"""

from __future__ import annotations

from worker.settings.load import SettingsError, load, unknown
from worker.settings.model import Settings

__all__ = ["Settings", "SettingsError", "load", "unknown"]
