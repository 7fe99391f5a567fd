"""The environment becomes `Settings`, or the list of everything that is wrong with it."""

from __future__ import annotations

import difflib
import pathlib
import re
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import ValidationError

from worker.settings.checks import CHECKS
from worker.settings.model import PREFIX, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

FILE_SUFFIX = "_FILE"
SECRET_BYTES_MAX = 65_536
SHOWN_CHARS_MAX = 200
SPLIT_FROM = 10_000
_BY_ORCHESTRATOR = re.compile(
    r"WORKER_(SERVICE_|PORT$|PORT_\d)"
)  # Kubernetes sets these beside a Service named "worker"


class SettingsError(Exception):
    """The settings are wrong. `errors`: one line each, `WORKER_READERS=x: want 0..256`."""

    def __init__(self, errors: tuple[str, ...]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


def env_name(field: str) -> str:
    """The environment variable of a field: `readers` -> `WORKER_READERS`."""
    return PREFIX + field.upper()


def extra(info: FieldInfo) -> dict[str, Any]:
    """What `fields.setting` noted beside the field: unit, want, secret."""
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def load(environ: Mapping[str, str]) -> Settings:
    """The settings of an environment. An empty variable counts as not set.

    Raises:
        SettingsError: with all errors, not just the first.
    """
    given, errors = _given(environ)
    bad = set(errors)
    try:
        settings = Settings.model_validate({name: value for name, value in given.items() if name not in bad})
    except ValidationError as invalid:
        for error in invalid.errors():
            field = str(error["loc"][0])
            errors.setdefault(field, _line(field, given[field], wanted(Settings.model_fields[field])))
        settings = Settings.model_validate({name: value for name, value in given.items() if name not in errors})
    for field in given:
        if (
            extra(Settings.model_fields[field])["unit"] == "path"
            and field not in errors
            and (why := _unreadable(given[field]))
        ):
            errors[field] = _line(field, given[field], f"a readable file ({why})")
    for check in CHECKS:
        if not any(field in errors for field in check.fields) and not check.holds(settings):
            field = check.fields[0]
            errors[field] = _line(field, given.get(field, str(getattr(settings, field))), check.want)
    if errors:
        raise SettingsError(tuple(errors[name] for name in Settings.model_fields if name in errors))
    return settings


def unknown(environ: Mapping[str, str]) -> list[str]:
    """A line for each `WORKER_…` variable that is no setting, and the likely one: a misspelt setting does nothing."""
    names = {env_name(field) for field in Settings.model_fields}
    names |= {env_name(f) + FILE_SUFFIX for f, info in Settings.model_fields.items() if extra(info)["secret"]}
    lines = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in names and not _BY_ORCHESTRATOR.match(name):
            near = difflib.get_close_matches(name, names, n=1)
            lines.append(f"{name}: no such setting" + (f"; did you mean {near[0]}?" if near else ""))
    return lines


def wanted(info: FieldInfo) -> str:
    """What a field accepts, in a few words: `1..10_000_000`, `one of json, console`, `true or false`."""
    if want := extra(info)["want"]:
        return str(want)
    if get_origin(info.annotation) is Literal:
        return "one of " + ", ".join(str(choice) or '""' for choice in get_args(info.annotation))
    if info.annotation is bool:
        return "true or false"
    low = next((m.ge for m in info.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in info.metadata if hasattr(m, "le")), None)
    if low is not None and high is not None:
        return f"{number(low)}..{number(high)}"
    return "text"


def number(value: float) -> str:
    """A number as the table and the errors show it: `10_000_000`, `8080`, `0.1`."""
    whole = int(value)
    if value != whole:
        return f"{value:g}"
    return f"{whole:_}" if whole >= SPLIT_FROM else str(whole)


def _given(environ: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What the environment sets, by field, and what is wrong with the secrets' files."""
    given, errors = {}, {}
    for field, info in Settings.model_fields.items():
        name = env_name(field)
        if environ.get(name):
            given[field] = environ[name]
        path = environ.get(name + FILE_SUFFIX, "") if extra(info)["secret"] else ""
        if not path:
            continue
        if field in given:
            errors[field] = f"{name}{FILE_SUFFIX}={path}: want either this or {name}, not both"
            continue
        try:
            with pathlib.Path(path).open("rb") as secret:
                given[field] = secret.read(SECRET_BYTES_MAX).decode().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            errors[field] = f"{name}{FILE_SUFFIX}={path}: want a readable file ({why})"
    return given, errors


def _unreadable(path: str) -> str:
    """Why a file cannot be read; "" when it can."""
    try:
        with pathlib.Path(path).open("rb"):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def _line(field: str, value: str, want: str) -> str:
    shown = "***" if extra(Settings.model_fields[field])["secret"] and value else value[:SHOWN_CHARS_MAX]
    return f"{env_name(field)}={shown}: want {want}"
