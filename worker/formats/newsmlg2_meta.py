"""NewsML-G2 metadata as fields of an Item: contentMeta here, rightsInfo and itemMeta in `newsmlg2_state`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.apid import ap_uri
from worker.formats.ids import as_uri
from worker.formats.newsmlg2_qcode import code, code_of, name_of
from worker.formats.newsmlg2_state import ITEM_STEPS, UNSAID, ItemMeta, said, when
from worker.formats.nitf_body import INITIALS
from worker.formats.providers import short_name
from worker.formats.xmldates import moment
from worker.formats.xmltree import attr, child, kids, lang, lines, text
from worker.story import Party, Text

if TYPE_CHECKING:
    from collections.abc import Callable

from worker.formats.xmltree import Element

_AP_GUID = re.compile(r"tag:ap\.org,2011:([0-9a-f]{32})(?:-[a-z]+)?$")
_COMPANY = re.compile(r"^The |\b(?:Network|News|Press|Agency|Media|Inc|Ltd|LLC|GmbH)\b")
_ROLES = (
    ("sub", "sub"),
    ("kicker", "kicker"),
    ("overline", "kicker"),
    ("vignette", "kicker"),
    ("seo", "seo"),
    ("original", "original"),
)
_DESCRIPTIONS = (
    ("caption", "caption"),
    ("teaser", "abstract"),
    ("abstract", "abstract"),
    ("intro", "abstract"),
    ("lead", "abstract"),
    ("extract", "extract"),
)


def item_fields(node: Element, header: Element | None, list_max: int) -> dict[str, Any]:
    """All fields that the metadata states, and `item_class` and `title` for the caller to use up."""
    told = _Meta(node, list_max)
    for name, one in kids(node):
        if name == "rightsInfo":
            told.rights(one)
        elif name in ("itemMeta", "contentMeta"):
            told.meta(one)
        elif name == "assert":
            told.subjects.assertion(one)
    return told.fields(header)


class _Meta(ItemMeta):
    def meta(self, node: Element) -> None:
        for name, one in kids(node):
            step = _STEPS.get(name)
            if step:
                step(self, one)

    def fields(self, header: Element | None) -> dict[str, Any]:
        out = self.out
        if "version_created" not in out and "content_created" in out:  # an archive's items have no other dates
            out["version_created"] = moment(out["dates"].get("contentModified")) or out["content_created"]
            out.setdefault("first_created", out["content_created"])
        if out.get("dateline") == out.get("located"):
            out.pop("dateline", None)
        out["sources"] = list(dict.fromkeys(out["sources"]))
        out["provider"] = short_name(text(child(header, "sender")), *self.stated_by, self.guid)
        for name, one in kids(header):
            if name == "transmitId" and text(one) not in ("", self.guid):
                out["alt_ids"].append(Text(text(one), "transmission"))
            elif name == "sent":
                out["dates"]["sent"] = text(one)
            elif name == "priority":
                out["priority"] = text(one)
        self._headlines()
        self._drop_slug_captions()
        ap = self.item_id if out["provider"] == "ap" else ""
        found = _AP_GUID.match(self.guid)
        uri = ap_uri(ap or found[1]) if (ap or found) and found else as_uri(self.guid)
        out |= {"uri": uri} if uri else {"local_id": self.guid}
        self.subjects.add_to(out)
        kept = ("item_class", "title")
        return {n: tuple(v) if isinstance(v, list) else v for n, v in out.items() if v or n in kept}

    def _headlines(self) -> None:
        """The first is the main one; dpa ranks its kicker third; another language's is an alternative."""
        told: list[tuple[Text, str, str]] = self.out["headlines"]
        dpa = self.out["provider"] in ("dpa", "europapress")
        out: list[Text] = []
        for one, rank, own in told:
            role = one.role
            if role == "main" and any(h.role == "main" for h in out):
                other = own and self.language and own[:2] != self.language[:2]
                role = "kicker" if dpa and rank == "3" else "alternative" if other else "sub"
            out.append(Text(one.value, role))
        self.out["headlines"] = out

    def _drop_slug_captions(self) -> None:
        """Reuters describes a text by its slug and headline: nothing that the fields do not say."""
        slug = self.out.get("slugline", "")
        repeats = {f"{slug}:{one.value}" for one in self.out["headlines"]} if slug else set()
        self.out["descriptions"] = [
            one for one in self.out["descriptions"] if " ".join(one.value.split()) not in repeats
        ]

    # -- contentMeta

    def headline(self, node: Element) -> None:
        value = text(node)
        if value:
            given = attr(node, "role").lower()
            role = next((ours for theirs, ours in _ROLES if theirs in given), "main")
            self.out["headlines"].append((Text(value, role), attr(node, "rank"), lang(node)))

    def description(self, node: Element) -> None:
        value = lines(node)
        if value:
            given = attr(node, "role").lower()
            role = next((ours for theirs, ours in _DESCRIPTIONS if theirs in given), "summary")
            self.out["descriptions"].append(Text(value, role))

    def by(self, node: Element) -> None:
        value = text(node)
        if value and value.partition(",")[0].lower() not in UNSAID:
            self.out.setdefault("byline", value)

    def dateline(self, node: Element) -> None:
        value = " ".join((node.text or "").split("\n")).strip("\t\r ") if not len(node) else text(node)
        if value and not value[0].isdigit():  # a date in figures is no dateline
            self.out.setdefault("dateline", value)

    def located(self, node: Element) -> None:
        name = said(name_of(node, self.language) or attr(node, "literal"))
        if not name:
            return
        self.out.setdefault("located", name)
        self.out["places"].append(self.subjects.place(node, name, "dateline"))

    def source(self, node: Element) -> None:
        role = code_of(attr(node, "role")).lower()
        name = name_of(node, self.language) or attr(node, "literal")
        if name and role != "phot":
            self.stated_by.append(name)
            self.out["sources"].append(Party(name, "agency", attr(node, "uri"), attr(node, "qcode")))

    def credit(self, node: Element) -> None:
        if text(node):
            self.out["sources"].append(Party(text(node).rstrip(" –-"), "credit"))

    def creator(self, node: Element) -> None:
        """A full name is an author, initials are a sign-off; an account (`dpa-ad:…`) and an agency are neither."""
        name = name_of(node, self.language)
        if not name or short_name(name) in ("reuters", "afp", "ap", "dpa"):
            return
        if INITIALS.match(name):
            self.out.setdefault("sign_off", name)
        elif " " in name and len(name) <= 80 and not _COMPANY.search(name):
            self.out["people"].append(Party(name, "author", attr(node, "uri")))

    def alt_id(self, node: Element) -> None:
        value, kind = text(node), attr(node, "type").lower()
        if kind == "ap:itemid":
            self.item_id = value
        if value and value != self.guid:
            self.out["alt_ids"].append(
                Text(value, "sequence" if "sequence" in kind or "number" in kind else "provider")
            )

    def tongue(self, node: Element) -> None:
        if attr(node, "tag"):
            self.out["language"] = attr(node, "tag")

    def genre(self, node: Element) -> None:
        found = code(node, self.language)
        if found:
            self.out["genres"].append(found)

    def keyword(self, node: Element) -> None:
        if text(node) and "ticker" not in attr(node, "role").lower():
            self.out["keywords"].append(text(node))

    def subject(self, node: Element) -> None:
        self.subjects.add(node)

    def urgency(self, node: Element) -> None:
        self.out["urgency"] = text(node)

    def slugline(self, node: Element) -> None:
        if text(node):
            self.out.setdefault("slugline", text(node))

    def modified(self, node: Element) -> None:
        self.out["dates"]["contentModified"] = text(node)


_STEPS: dict[str, Callable[[_Meta, Element], None]] = {
    **ITEM_STEPS,
    "contentCreated": when("content_created"),
    "contentModified": _Meta.modified,
    "headline": _Meta.headline,
    "description": _Meta.description,
    "by": _Meta.by,
    "dateline": _Meta.dateline,
    "located": _Meta.located,
    "infoSource": _Meta.source,
    "creditline": _Meta.credit,
    "creator": _Meta.creator,
    "altId": _Meta.alt_id,
    "language": _Meta.tongue,
    "genre": _Meta.genre,
    "keyword": _Meta.keyword,
    "subject": _Meta.subject,
    "urgency": _Meta.urgency,
    "slugline": _Meta.slugline,
}
