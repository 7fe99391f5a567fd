"""Reading JSON that others wrote: any value may be missing, null or of another type than promised."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import orjson

from worker.story import DeadCode, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def loads(data: bytes, text: str | None = None) -> tuple[Any, tuple[str, ...]]:
    """The JSON value and the leniences it took (`control-characters`, `surrogates`). `text`: the same, decoded.

    Raises:
        Rejected: MALFORMED when it is not JSON by any lenience, TOO_DEEP when nesting overflows the parser.
    """
    try:
        return orjson.loads(data if text is None else text), ()
    except orjson.JSONDecodeError as error:
        detail = str(error)
    except UnicodeEncodeError:
        detail = "lone surrogates"
    if text is None:
        raise Rejected(DeadCode.MALFORMED, f"JSON: {detail}")
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        raise Rejected(DeadCode.TOO_DEEP, "JSON: nesting overflows the parser") from None
    except ValueError:
        raise Rejected(DeadCode.MALFORMED, f"JSON: {detail}") from None
    took = ["control-characters"]  # all that the lenient parser takes beyond surrogates and NaN
    return _scrub(value, took), tuple(took)


def _scrub(value: Any, took: list[str]) -> Any:
    """Replace lone surrogates, which no encoder accepts, by U+FFFD. Depth is bounded by the parser's."""
    if isinstance(value, str):
        if _LONE_SURROGATE.search(value):
            if "surrogates" not in took:
                took.append("surrogates")
            return _LONE_SURROGATE.sub("�", value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        return value
    if isinstance(value, list):
        return [_scrub(one, took) for one in value]
    if isinstance(value, dict):
        return {_scrub(key, took): _scrub(one, took) for key, one in value.items()}
    return value


def check_depth(value: Any, depth_max: int) -> None:
    """Raises Rejected(TOO_DEEP) when lists and objects nest deeper than `depth_max`. Linear, no recursion."""
    level, depth = [value], 0
    while level:
        if depth > depth_max:
            raise Rejected(DeadCode.TOO_DEEP, f"JSON nests deeper than {depth_max}")
        following: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                following += [v for v in one.values() if isinstance(v, dict | list)]
            elif isinstance(one, list):
                following += [v for v in one if isinstance(v, dict | list)]
        level, depth = following, depth + 1


def string(value: Any) -> str:
    """A string stripped of outer white space; numbers as text; anything else is ""."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


def first(node: Mapping[str, Any], *names: str) -> str:
    """The first of the named fields that holds a non-empty string or a number."""
    for name in names:
        found = string(node.get(name))
        if found:
            return found
    return ""


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def each(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a list; an object alone counts as a list of one; strings become {"name": …}."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one
        elif isinstance(one, str) and one.strip():
            yield {"name": one.strip()}


def strings(value: Any) -> tuple[str, ...]:
    """The non-empty strings of a list, or of a single string."""
    if value is None:
        return ()
    return tuple(filter(None, (string(one) for one in (value if isinstance(value, list) else [value]))))


def integer(value: Any) -> int | None:
    """A whole number, also from a string of digits or a float without a fraction; else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,18}\s*", value):
        return int(value)
    return None
