"""What `worker settings` shows: one row a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from worker.settings.load import env_name, extra, number, wanted
from worker.settings.model import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping


class Row(NamedTuple):
    """All texts. `current` is `***` for a secret that is set."""

    name: str
    unit: str
    want: str
    default: str
    current: str
    description: str


def rows(settings: Settings) -> list[Row]:
    """Every setting in the order of the model."""
    out = []
    for field, info in Settings.model_fields.items():
        current = shown(getattr(settings, field))
        if extra(info)["secret"] and current:
            current = "***"
        noted = " Also from a file: " + env_name(field) + "_FILE." if extra(info)["secret"] else ""
        description = (info.description or "") + noted
        out.append(Row(env_name(field), extra(info)["unit"], wanted(info), shown(info.default), current, description))
    return out


def shown(value: object) -> str:
    """A value as it would stand in the environment."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    if isinstance(value, dict):
        return _pairs(value)
    return str(value)


def _pairs(value: Mapping[object, object]) -> str:
    return ",".join(f"{key}={number}" for key, number in value.items())
