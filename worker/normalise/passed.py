"""ninjs properties that have no meaning of their own here: carried through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.normalise.parts import renditions_of

if TYPE_CHECKING:
    from worker.story import Item

_PASSED: dict[str, tuple[str, type]] = {  # ninjs name -> (field, what it must be)
    "title": ("title", str),
    "representationType": ("representation_type", str),
    "profile": ("profile", str),
    "renditions": ("renditions", list),
    "eventDetails": ("event_details", dict),
    "plannedCoverage": ("planned_coverage", list),
    "trustIndicators": ("trust_indicators", list),
    "digitalSourceType": ("digital_source_type", dict),
    "rightsInfo": ("rights_info", dict),
}


def passed_through(item: Item) -> dict[str, Any]:
    """Ninjs properties that are carried through as they are, without nulls, empties and what ninjs would not accept."""
    out: dict[str, Any] = {}
    for name, given in item.passed.items():
        field, kind = _PASSED.get(name, ("", str))
        value = _full(given)
        if kind is dict and isinstance(value, list):  # 3.0 wrote a list of rights
            value = next((v for v in value if isinstance(v, dict)), None)
        if not field or not value or not isinstance(value, kind):
            continue
        if isinstance(value, list):
            value = tuple(v for v in value if isinstance(v, dict))
        if name == "renditions":
            value = renditions_of(value)
        if value and (name != "representationType" or value in ("full", "partial")):
            out[field] = value
    return out


def _full(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: kept for k, v in value.items() if (kept := _full(v)) not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [kept for v in value if (kept := _full(v)) not in (None, "", [], {})]
    return value
