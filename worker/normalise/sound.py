"""An item whose every string can be written: lone surrogates, which JSON cannot hold, become U+FFFD."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from worker.story import Item

_SURROGATE = re.compile("[\ud800-\udfff]")
_ENCODER = msgspec.json.Encoder()


def sound(item: Item) -> tuple[Item, bool]:
    """(the item, whether it had to be mended). A sound item, which is nearly every one, costs one encoding."""
    try:
        _ENCODER.encode(item)
    except UnicodeEncodeError:
        return msgspec.convert(_mended(msgspec.to_builtins(item)), Item), True
    return item, False


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_mended(k): _mended(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(v) for v in value]
    return value
