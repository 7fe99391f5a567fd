"""NewsML-G2 rightsInfo and itemMeta: identity, state, dates, notes, signals, rights, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.newsmlg2_qcode import code_of, name_of, said_of, scheme_of
from worker.formats.newsmlg2_subject import Subjects
from worker.formats.xmldates import moment
from worker.formats.xmltree import attr, child, kids, lang, lines, text
from worker.story import Moment, Note, Part, Party, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.formats.xmltree import Element

_SIGNALS = frozenset({"sig", "dpasig", "apsig", "edstat", "update", "itemrole", "tt_sig"})
_SIGNAL_WORDS = re.compile(
    r"kill|withdraw|cancel|correct|embargo|update|repeat|retract|hold|advisory|alert", re.IGNORECASE
)
_REPLACES = frozenset({"replaces", "corrects", "updates", "supersedes", "previousversion", "isreplacementof"})
_PARTS = {"picture": "picture", "photo": "picture", "graphic": "graphic", "video": "video", "audio": "audio"}
UNSAID = frozenset({"none", "no-data-available", "n/a"})


def said(value: str) -> str:
    """The value, unless it is a sender's word for nothing."""
    return "" if value.lower() in UNSAID else value


class ItemMeta:
    """Collects what the two say; `out` holds fields of an Item, lists where they may repeat."""

    def __init__(self, node: Element, list_max: int) -> None:
        self.guid, self.language = attr(node, "guid"), lang(node)
        self.subjects = Subjects(self.language, list_max)
        self.item_id = ""
        self.stated_by: list[str] = []
        self.out: dict[str, Any] = {
            "version": attr(node, "version"),
            "language": self.language,
            "item_class": "",
            "title": "",
            "headlines": [],
            "descriptions": [],
            "notes": [],
            "signals": [],
            "sources": [],
            "people": [],
            "genres": [],
            "keywords": [],
            "product_codes": [],
            "alt_ids": [Text(self.guid, "guid")] if self.guid else [],
            "links": [],
            "parts": [],
            "places": [],
            "warnings": [],
            "dates": {},
        }

    # -- rightsInfo

    def rights(self, node: Element) -> None:
        notices: list[tuple[str, str]] = []
        terms: list[tuple[str, str]] = []
        for name, one in kids(node):
            if name == "copyrightHolder":
                self.out["copyright_holder"] = name_of(one, self.language) or attr(one, "literal")
            elif name == "copyrightNotice":
                notices.append((lang(one), text(one)))
            elif name == "usageTerms":
                terms.append((lang(one), said(lines(one))))
        self.out["copyright_notice"] = self._best(notices)
        self.out["usage_terms"] = self._best(terms)

    def _best(self, told: list[tuple[str, str]]) -> str:
        given = [(own, value) for own, value in told if value]
        mine = [value for own, value in given if own and own[:2] == self.language[:2]]
        return mine[0] if mine else "\n".join(dict.fromkeys(value for _, value in given)) if given else ""

    # -- itemMeta

    def item_class(self, node: Element) -> None:
        self.out["item_class"] = code_of(attr(node, "qcode")).lower()

    def provider(self, node: Element) -> None:
        name = said_of(node)
        self.stated_by += [attr(node, "qcode"), name, attr(node, "uri")]
        if name and not name.startswith("z0"):
            self.out["sources"].append(Party(name, "publisher", attr(node, "uri"), attr(node, "qcode")))

    def when(self, field: str, node: Element) -> None:
        found = moment(text(node))
        if found:
            self.out.setdefault(field, found)

    def embargoed(self, node: Element) -> None:
        """Present but empty is an embargo without an end: withheld, never ignored."""
        value = text(node)
        found = moment(value)
        if found:
            self.out["embargoed_until"] = found
        else:
            self.out["embargoed_until"] = Moment(value) if value else None
            self.out["status"] = "embargoed"
            self.out["warnings"].append(("embargo-unreadable", f"embargoed: {value or 'empty'}"))

    def status(self, node: Element) -> None:
        if self.out.get("status") != "embargoed":
            self.out["status"] = code_of(attr(node, "qcode")) or attr(node, "literal") or code_of(attr(node, "uri"))

    def note(self, node: Element) -> None:
        role = code_of(attr(node, "role")).lower()
        value = "" if role == "notepad" else lines(node)  # dpa gives each entry of its notepad as a note of its own
        if not value:
            return
        hidden = "nonpublic" in attr(node, "pubconstraint") or role == "private"
        public = not hidden and (attr(node, "role").startswith("dpa") or role == "public")
        named = {"": "advisory", "public": "advisory", "private": "advisory", "editorialnote": "advisory"}.get(
            role, role
        )
        self.out["notes"].append(Note(value, "correction" if named.startswith("correction") else named, public))

    def signal(self, node: Element) -> None:
        qcode = attr(node, "qcode") or attr(node, "literal")
        scheme = scheme_of(qcode)
        if scheme in _SIGNALS or _SIGNAL_WORDS.search(code_of(qcode)):
            self.out["signals"].append(qcode)
        elif scheme in ("prodid", "pid", "db", "redsel"):
            self.out["product_codes"].append(code_of(qcode))

    def service(self, node: Element) -> None:
        value = code_of(attr(node, "qcode")) or name_of(node)
        if value:
            self.out["product_codes"].append(value)

    def title(self, node: Element) -> None:
        if not attr(node, "role"):
            self.out["title"] = self.out["title"] or text(node)

    def link(self, node: Element) -> None:
        rel = code_of(attr(node, "rel")).lower()
        target = attr(node, "residref") or attr(node, "guidref")
        title = text(child(node, "title"))
        kind = code_of(attr(child(node, "itemClass"), "qcode")).lower()
        if rel in _REPLACES and target and target != self.guid:
            self.out["replaces"] = target
        elif kind in _PARTS:
            href = attr(node, "href")
            shown = ({"name": "main", "href": href},) if href else ()
            kind = _PARTS[kind]
            shows = "picture" if kind in ("picture", "graphic") else "related"
            self.out["parts"].append(Part(type=kind, rel=shows, uri=target or href, caption=title, renditions=shown))
        elif "://" in attr(node, "href"):
            self.out["links"].append((attr(node, "href"), title))


def when(field: str) -> Callable[[Any, Element], None]:
    return lambda told, node: told.when(field, node)


ITEM_STEPS: dict[str, Callable[[Any, Element], None]] = {
    "itemClass": ItemMeta.item_class,
    "provider": ItemMeta.provider,
    "versionCreated": when("version_created"),
    "firstCreated": when("first_created"),
    "expires": when("expires"),
    "embargoed": ItemMeta.embargoed,
    "pubStatus": ItemMeta.status,
    "edNote": ItemMeta.note,
    "signal": ItemMeta.signal,
    "service": ItemMeta.service,
    "title": ItemMeta.title,
    "link": ItemMeta.link,
}
