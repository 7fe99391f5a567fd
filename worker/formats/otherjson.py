"""The last resort for JSON: what no reader above knows, or what is broken. Never a story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worker.formats import firstbyte
from worker.story import DeadCode, Item, Limits, Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.view import View

FIRST = firstbyte.JSON
WHERE: Mapping[str, str] = {}

_LOOKS_JSON = re.compile(rb'\{\s*"|\{\s*\}|\[\s*[\[{"]|\[\s*\]')


def sniff(view: View) -> str:
    return "starts like JSON" if _LOOKS_JSON.match(view.head) or view.json is not None else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:  # noqa: ARG001 - the readers' signature
    if view.json is None:
        raise Rejected(DeadCode.MALFORMED, "starts like JSON but is not: broken or cut off")
    names = sorted(view.json)[:12] if isinstance(view.json, dict) else []
    raise Rejected(
        DeadCode.UNKNOWN_FORMAT,
        f"JSON of no known format; its properties: {', '.join(map(str, names))[:300] or 'none'}",
    )
