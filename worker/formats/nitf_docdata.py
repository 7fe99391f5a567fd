"""NITF `docdata`: identity, state, dates, notes and classification, collected element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats.xmldates import is_later, moment
from worker.formats.xmltree import attr, child, kids, text
from worker.story import Note, Party, Spot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.xmltree import Element


class Docdata:
    """What `docdata` says. `one` takes any of its elements, also where a sender puts them elsewhere in `head`."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.doc_id = ""
        self.senders: list[str] = []
        self.category = ""
        self.listed: list[str] = []  # keywords of `key-list`, without classifiers
        self._out: dict[str, Any] = {
            "notes": list(body.get("notes", ())),
            "places": list(body.get("places", ())),
            "dates": dict(body.get("dates", {})),
            "people": [],
            "organisations": [],
            "keywords": [],
            "product_codes": [],
            "signals": [],
            "targets": [],
        }
        self._release: Any = None

    def read(self, docdata: Element) -> None:
        self._out["status"] = attr(docdata, "management-status")
        for name, node in kids(docdata):
            self.one(name, node)

    def one(self, name: str, node: Element) -> None:
        step = _STEPS.get(name)
        if step:
            step(self, node)

    def fields(self) -> dict[str, Any]:
        out = self._out
        embargoed = out.get("status", "").lower() == "embargoed"
        if self._release and (embargoed or is_later(self._release, out.get("version_created"))):
            out["embargoed_until"] = self._release
        return {name: tuple(value) if isinstance(value, list) else value for name, value in out.items() if value}

    def correction(self, node: Element) -> None:
        self._out["signals"].append("correction")
        if attr(node, "info"):
            self._out["notes"].append(Note(attr(node, "info"), "correction"))
        if attr(node, "id-string"):
            self._out["targets"].append({"uri": attr(node, "id-string")})

    def document_id(self, node: Element) -> None:
        self.doc_id = attr(node, "id-string")
        self.senders.append(attr(node, "regsrc"))

    def duplicate_key(self, node: Element) -> None:
        self._out["version"] = attr(node, "version") or attr(node, "generation")  # its key is a slug, no identity

    def message(self, node: Element) -> None:
        note = attr(node, "info") or text(node)
        if note:
            self._out["notes"].append(Note(note, "advisory"))

    def revision(self, node: Element) -> None:
        if attr(node, "comment"):
            self._out["notes"].append(Note(attr(node, "comment"), "advisory"))

    def copyright(self, node: Element) -> None:
        self._out["copyright_holder"] = attr(node, "holder")

    def rights(self, node: Element) -> None:
        self._out["usage_terms"] = attr(node, "type") or text(node)
        self.senders += [attr(node, "agent"), attr(node, "owner")]

    def keywords(self, node: Element) -> None:
        listed = [k for _, one in kids(node) if (k := attr(one, "key") or text(one))]
        self.listed += listed
        self._out["keywords"] += listed

    def delivery(self, node: Element) -> None:
        self.senders += [attr(one, "src-name") for _, one in kids(node)]

    def event_place(self, node: Element) -> None:
        names = [attr(node, n) for n in ("city", "county-dist", "state-prov")]
        named = list(filter(None, names))
        country = attr(node, "iso-cc")
        if named or country:
            self._out["places"].append(Spot(named[0] if named else country, code=country, broader=tuple(named[1:])))

    def series(self, node: Element) -> None:
        total, part = attr(node, "series.totalpart"), attr(node, "series.part")
        if total.isdecimal() and part.isdecimal() and int(total[:4]) > 1:
            self._out["take"] = int(part[:4])

    def identified(self, node: Element) -> None:
        out = self._out
        for name, one in kids(node):
            words = text(one) or attr(one, "value")
            if name == "person" and words:
                out["people"].append(Party(words, "about"))
            elif name == "org" and words:
                symbols = ((attr(one, "value"), ""),) if "tick" in attr(one, "idsrc").lower() else ()
                out["organisations"].append(Party(words, "about", symbols=symbols))
            elif name == "location" and words:
                out["places"].append(Spot(text(child(one, "city")) or words))
            elif name == "classifier" and "category" in attr(one, "type").lower():  # AP: apcategorycode
                self.category = self.category or words
            elif name in ("classifier", "object.title") and words:
                out["keywords"].append(words)

    def scope(self, node: Element) -> None:
        if attr(node, "scope"):
            self._out["product_codes"].append(attr(node, "scope"))

    def urgency(self, node: Element) -> None:
        self._out["urgency"] = attr(node, "ed-urg")

    def issued(self, node: Element) -> None:
        self._out["version_created"] = moment(attr(node, "norm"))

    def released(self, node: Element) -> None:
        self._release = moment(attr(node, "norm"))

    def expires(self, node: Element) -> None:
        self._out["expires"] = moment(attr(node, "norm"))

    def published(self, node: Element) -> None:
        when, length = attr(node, "date.publication"), attr(node, "item-length")
        if moment(when):
            self._out["dates"]["published"] = when
        if attr(node, "unit-of-measure") == "word" and length.isdecimal():
            self._out["word_count"] = int(length[:9])


_STEPS = {
    "correction": Docdata.correction,
    "doc-id": Docdata.document_id,
    "du-key": Docdata.duplicate_key,
    "ed-msg": Docdata.message,
    "revision-history": Docdata.revision,
    "doc.copyright": Docdata.copyright,
    "doc.rights": Docdata.rights,
    "key-list": Docdata.keywords,
    "del-list": Docdata.delivery,
    "evloc": Docdata.event_place,
    "series": Docdata.series,
    "identified-content": Docdata.identified,
    "doc-scope": Docdata.scope,
    "urgency": Docdata.urgency,
    "date.issue": Docdata.issued,
    "date.release": Docdata.released,
    "date.expire": Docdata.expires,
    "pubdata": Docdata.published,
}
