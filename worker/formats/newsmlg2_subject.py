"""NewsML-G2 subjects, told apart by their type: places, people, organisations, categories, and what remains.

An `assert` says more of a subject elsewhere in the item: coordinates of a place, shares of a company.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.newsmlg2_qcode import code, code_of, name_of, scheme_of
from worker.formats.xmltree import attr, child, find, kids
from worker.story import Code, Party, Spot

if TYPE_CHECKING:
    from worker.formats.xmltree import Element

_PLACES = frozenset({"geoarea", "poi", "city", "country", "statprov", "region", "5"})  # cptType:5 is Reuters' geography
_PEOPLE = frozenset({"person"})
_ORGANISATIONS = frozenset({"organisation", "organization"})
_EVENTS = frozenset({"event", "newsevent"})
_OBJECTS = frozenset({"object", "product"})
_CATEGORY_SCHEMES = frozenset({"dpacat", "apcategorycode", "a1312cat"})
_PRODUCT_SCHEMES = frozenset({"products", "iss"})
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d$")


class Subjects:
    """Collects subjects and assertions in document order; `add_to` sorts them into an Item's fields."""

    def __init__(self, language: str, list_max: int) -> None:
        self._language = language
        self._nodes: list[Element] = []
        self._asserted: dict[str, Element] = {}
        self._max = list_max

    def add(self, node: Element) -> None:
        if len(self._nodes) < self._max:
            self._nodes.append(node)

    def assertion(self, node: Element) -> None:
        key = attr(node, "literal") or attr(node, "qcode")
        if key and len(self._asserted) < self._max:
            self._asserted.setdefault(key, node)

    def add_to(self, out: dict[str, Any]) -> None:
        subjects: list[Code] = []
        sorted_out: dict[str, list[Any]] = {
            "subjects": subjects,
            "people": out["people"],
            "places": out["places"],
            "organisations": [],
            "events": [],
            "objects": [],
        }
        listed = len(out["places"])
        for node in self._nodes:
            kind = code_of(attr(node, "type")).lower()
            scheme = scheme_of(attr(node, "qcode"))
            if scheme in _CATEGORY_SCHEMES or kind == "cat":
                out.setdefault("category", self._category(node))
            elif scheme in _PRODUCT_SCHEMES:
                out["product_codes"].append(code_of(attr(node, "qcode")))
            elif kind == "subcat":
                out["keywords"].append(attr(node, "literal"))
            elif kind in _PLACES:
                self._add_place(node, out)
            else:
                self._add_entity(node, kind, sorted_out)
        if self._asserted:
            self._add_asserted_places(out["places"], listed)
        out |= sorted_out

    def _add_asserted_places(self, places: list[Spot], listed: int) -> None:
        """STT names its places in assertions only; a subject refers to one by its number, or not at all."""
        told = {spot.name for spot in places}
        for key, node in self._asserted.items():
            if child(node, "geoAreaDetails") is None and "loc" not in scheme_of(key):
                continue
            near = [name_of(one, self._language) for kind, one in kids(node) if kind == "broader"]
            name = name_of(node, self._language) or next((one for one in near if one not in ("", "N/A")), "")
            number = key.rpartition(":")[2]
            at = next((i for i in range(listed, len(places)) if _refers(places[i], number)), -1)
            if not name or (at < 0 and name in told):
                continue
            told.add(name)
            if at < 0:
                places.append(self.place(node, name, "about"))
            else:
                places[at] = self.place(node, name, "about")

    def place(self, node: Element, name: str, rel: str) -> Spot:
        """A place with what surrounds it and, when stated here or in an assertion, where it lies."""
        asserted = self._asserted.get(attr(node, "literal") or attr(node, "qcode"))
        broader = [
            name_of(one, self._language) or attr(one, "literal") for kind, one in kids(node) if kind == "broader"
        ]
        address = find(asserted, "POIDetails", "address")
        broader += [name_of(child(address, level), self._language) for level in ("locality", "country")]
        position = find(node, "geoAreaDetails", "position")
        if position is None:
            position = find(asserted, "POIDetails", "position") if asserted is not None else None
        lat, lon = _degrees(attr(position, "latitude"), 90), _degrees(attr(position, "longitude"), 180)
        if not (lat or lon):  # a form's zeros
            lat = lon = None
        return Spot(
            name=name,
            rel=rel,
            uri=attr(node, "uri"),
            code=attr(node, "qcode"),
            lat=lat,
            lon=lon,
            broader=tuple(one for one in dict.fromkeys(broader) if one and one not in (name, "N/A")),
        )

    def _category(self, node: Element) -> str:
        return code_of(attr(node, "qcode")) or attr(node, "literal")

    def _add_place(self, node: Element, out: dict[str, Any]) -> None:
        name = name_of(node, self._language) or attr(node, "literal")
        if name:
            out["places"].append(self.place(node, name, "about"))
        elif attr(node, "qcode"):
            out["places"].append(Spot(code=attr(node, "qcode")))

    def _add_entity(self, node: Element, kind: str, sorted_out: dict[str, list[Any]]) -> None:
        name = name_of(node, self._language) or attr(node, "literal")
        if kind in _PEOPLE and name:
            sorted_out["people"].append(Party(name, "about", attr(node, "uri"), attr(node, "qcode")))
        elif kind in _ORGANISATIONS and name:
            symbols = self._symbols(attr(node, "literal") or attr(node, "qcode"))
            sorted_out["organisations"].append(Party(name, "about", attr(node, "uri"), attr(node, "qcode"), symbols))
        else:
            found = code(node, self._language)
            if found:
                target = "events" if kind in _EVENTS else "objects" if kind in _OBJECTS else "subjects"
                sorted_out[target].append(found)

    def _symbols(self, key: str) -> tuple[tuple[str, str], ...]:
        """Shares by `hasInstrument` (the standard) or by nested `related` (GlobeNewswire)."""
        node = self._asserted.get(key)
        out: list[tuple[str, str]] = []
        for name, one in kids(node):
            if name == "organisationDetails":
                out += [_instrument(inner) for kind, inner in kids(one) if kind == "hasInstrument"]
            elif name == "hasInstrument":
                out.append(_instrument(one))
            elif name == "related" and attr(one, "rel").endswith("Instrument"):
                stated = attr(one, "literal") or code_of(attr(one, "qcode"))
                out.append((stated, "" if _ISIN.match(stated) else code_of(attr(child(one, "related"), "qcode"))))
        return tuple(pair for pair in dict.fromkeys(out) if pair[0])


def _refers(spot: Spot, number: str) -> bool:
    """A place that is a mere code, of that number."""
    return not spot.name and spot.code.rpartition(":")[2] == number


def _instrument(node: Element) -> tuple[str, str]:
    return attr(node, "symbol"), attr(node, "marketlabel") or code_of(attr(node, "market"))


def _degrees(value: str, limit: int) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if -limit <= number <= limit else None
