"""What a field of the settings is made of, and how texts become values that are no plain number or word."""

from __future__ import annotations

from typing import Any

from pydantic import Field

TOPIC = r"^[A-Za-z0-9._-]{1,200}$"
TOPIC_WANT = "1..200 letters, digits, dots, dashes, underscores"


def setting(default: Any, unit: str, description: str, *, want: str = "", secret: bool = False, **bounds: Any) -> Any:
    """A field. `unit` "" = none; `want` says what is accepted where bounds do not; a secret may come from `…_FILE`."""
    extra: dict[str, Any] = {"unit": unit, "want": want, "secret": secret}
    return Field(default, description=description, json_schema_extra=extra, repr=not secret, **bounds)


def servers_of(value: object) -> object:
    """`a:9092, b:9092` -> ("a:9092", "b:9092")."""
    if not isinstance(value, str):
        return value
    servers = tuple(part.strip() for part in value.split(",") if part.strip())
    for server in servers:
        host, colon, port = server.rpartition(":")
        if not (host and colon and port.isdigit() and 0 < int(port) < 65_536):
            raise ValueError(server)
    if not servers:
        raise ValueError(value)
    return servers


def hours_by_source(value: object) -> object:
    """`reuters=24, dpa=48` -> {"reuters": 24, "dpa": 48}."""
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in value.split(",") if part.strip()]
    hours = {source.strip(): int(number) for source, _, number in pairs}
    if any(not source or not 0 <= number <= 8_760 for source, number in hours.items()):
        raise ValueError(value)
    return hours
