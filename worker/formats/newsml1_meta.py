"""NewsML 1 metadata of a component: AdministrativeMetadata, DescriptiveMetadata, Metadata, TopicSet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.nitf_body import INITIALS
from worker.formats.providers import is_known
from worker.formats.storyhead import embargo_words
from worker.formats.xmltree import attr, child, find, kids, lang, text
from worker.story import Code, Moment, Note, Party, Spot, Text

if TYPE_CHECKING:
    from worker.formats.xmltree import Element

_SUBJECTS = frozenset({"Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier"})
_DESCRIPTIVE = frozenset({"DescriptiveMetadata", "DescriptiveMetada"})  # the latter is TASS' spelling
_IPTC_CODE = re.compile(r"\d{8}$")
_DESK = re.compile(r"\(?[A-Z]{2,4}\)?$")


class Meta:
    """Collects over the components around a telling, outermost first."""

    def __init__(self, language: str, list_max: int) -> None:
        self._language = language
        self._max = list_max
        self._topics: dict[str, str] = {}
        self._sign_offs: list[str] = []
        self._makers: list[str] = []
        self._symbols: list[tuple[str, str]] = []
        self.out: dict[str, Any] = {}
        self.sources: list[Party] = []
        self.subjects: dict[str, Code] = {}
        self.genres: list[Code] = []
        self.keywords: list[str] = []
        self.people: list[Party] = []
        self.places: list[Spot] = []
        self.notes: list[Note] = []
        self.dates: dict[str, str] = {}

    def component(self, node: Element) -> None:
        for name, one in kids(node):
            if name == "TopicSet":
                self._topic_set(one)
            elif name == "AdministrativeMetadata":
                self._administrative(one)
            elif name in _DESCRIPTIVE:
                self._descriptive(one)
            elif name == "Metadata":
                self._metadata(one)
            elif name == "RightsMetadata":
                self.out.setdefault("copyright_holder", text(find(one, "Copyright", "CopyrightHolder")))
            elif name == "Comment":
                self._comment(text(one))
            elif name == "item_keywords":
                self.keywords += [word for _, keyword in kids(one) if (word := text(keyword))]

    def _comment(self, words: str) -> None:
        """A note to editors beside the text; some state the embargo only here."""
        until = embargo_words(words) if words else None
        if until:
            self.out.setdefault("embargoed_until", Moment(until))
        if words:
            self.notes.append(Note(words, "advisory" if until is None else "embargo"))

    def fields(self) -> dict[str, Any]:
        out = self.out
        out.setdefault("language", self._language)
        if self._sign_offs:
            out["sign_off"] = "/".join(dict.fromkeys(self._sign_offs))
        byline = " and ".join(dict.fromkeys(self._makers))
        if byline:
            out["byline"] = byline
        if self._symbols:  # a release's securities are its sender's
            name = next((s.name for s in self.sources if s.role == "agency"), "")
            symbols = tuple(dict.fromkeys(self._symbols))
            out["organisations"] = (Party(name, "about", symbols=symbols),) if name else ()
        lists: dict[str, list[Any]] = {
            "sources": list(dict.fromkeys(self.sources)),
            "subjects": [self._named(code) for code in self.subjects.values()],
            "genres": self.genres,
            "keywords": list(dict.fromkeys(self.keywords)),
            "people": self.people,
            "places": self.places,
            "notes": self.notes,
        }
        out |= {name: tuple(value[: self._max]) for name, value in lists.items() if value}
        if self.dates:
            out["dates"] = self.dates
        return out

    # -- AdministrativeMetadata

    def _administrative(self, node: Element) -> None:
        for name, one in kids(node):
            if name in ("Provider", "Source"):
                role = "publisher" if name == "Provider" else "agency"
                self.sources += [Party(party, role) for party in _parties(one)]
            elif name == "Creator":
                self._creators(_parties(one))
            elif name == "Contributor":
                self._sign_offs += [party for party in _parties(one) if INITIALS.match(party)]
            elif name == "Property":
                self._admin_property(attr(one, "FormalName").lower(), attr(one, "Value"))

    def _creators(self, parties: list[str]) -> None:
        """Initials are a desk's sign-off, an agency is no author, all else is."""
        for party in parties:
            if INITIALS.match(party) or _DESK.match(party):
                self._sign_offs.append(party.strip("()"))
            elif not is_known(party):
                self._makers.append(party)

    def _admin_property(self, name: str, value: str) -> None:
        if not value:
            return
        if name == "author" and len(value) <= 4:
            self._sign_offs.append(value)
        elif name == "priority":
            self.out["given_urgency"] = value
        elif name == "editorialinfo":
            self.notes.append(Note(value, "advisory"))
        elif name == "credit":
            self.sources.append(Party(value, "credit"))

    # -- DescriptiveMetadata

    def _descriptive(self, node: Element) -> None:
        for name, one in kids(node):
            if name == "Language":
                self.out["language"] = attr(one, "FormalName")
            elif name == "Genre":
                value = attr(one, "FormalName")
                self.genres += [Code(name=value)] if value else []
            elif name == "SubjectCode":
                self._subject_code(one)
            elif name == "Location":
                self._location({attr(p, "FormalName"): attr(p, "Value") for _, p in kids(one)}, attr(one, "HowPresent"))
            elif name == "DateLineDate":
                self.dates["dateLine"] = text(one)
            elif name == "Property":
                self._property(one)
            elif name == "guid" and text(one):
                self.out.setdefault("alt_ids", (Text(text(one), "guid"),))

    def _subject_code(self, node: Element) -> None:
        for name, one in kids(node):
            value = attr(one, "FormalName")
            if name not in _SUBJECTS or not value:
                continue
            scheme = "subj" if _IPTC_CODE.match(value) else attr(one, "Vocabulary") or attr(one, "Scheme")
            self.subjects.setdefault(value, Code(code=value, scheme=scheme))
            if attr(one, "cat"):
                self.out.setdefault("category", attr(one, "cat"))

    def _named(self, code: Code) -> Code:
        name = self._topics.get(code.code, "")
        return Code(name=name, code=code.code, scheme=code.scheme) if name else code

    def _topic_set(self, node: Element) -> None:
        """Names of codes, in the item's language where there is one."""
        mine = self._language[:2].lower()
        for name, topic in kids(node):
            if name != "Topic":
                continue
            formal, best = text(child(topic, "FormalName")), ""
            for kind, one in kids(topic):
                if kind == "Description" and attr(one, "Variant").lower() in ("name", ""):
                    best = text(one) if lang(one)[:2].lower() == mine or not best else best
            if formal and best and len(self._topics) < self._max:
                self._topics[formal] = best

    def _location(self, told: dict[str, str], how: str) -> None:
        city, area, country = told.get("City", ""), told.get("Area", ""), told.get("Country", "")
        name = city or area or country
        if not name:
            return
        from_here = how.lower() == "origin"
        code = next((one for one in (country, told.get("CountryCode", "")) if 0 < len(one) <= 3), "")
        self.places.append(
            Spot(
                name=name,
                rel="dateline" if from_here else "about",
                code=code,
                lat=_number(told.get("Latitude", "")),
                lon=_number(told.get("Longitude", "")),
                broader=tuple(one for one in (area, country) if one and one != name),
            )
        )
        if from_here and city:
            self.out["located"] = city

    def _property(self, node: Element) -> None:
        name, value = attr(node, "FormalName").lower(), attr(node, "Value")
        if name == "location":
            self._location({attr(p, "FormalName"): attr(p, "Value") for _, p in kids(node)}, "")
        elif not value:
            return
        elif name == "keyword":
            if attr(node, "Role") == "PersonInImage":
                self.people.append(Party(value, "about"))
            else:
                self.keywords += [word for one in value.split(";") if (word := one.strip())]
        elif name in ("city", "country"):
            self.places.append(Spot(name=value, code=value if len(value) <= 3 else ""))
        elif name == "importance":
            self.out["given_urgency"] = value
        elif name == "topic":
            self.subjects.setdefault(value, Code(name=value))
        elif name == "category":
            self.out.setdefault("category", value)

    # -- Metadata

    def _metadata(self, node: Element) -> None:
        kind = attr(child(node, "MetadataType"), "FormalName").lower()
        told = [(attr(one, "FormalName"), attr(one, "Value")) for name, one in kids(node) if name == "Property"]
        if kind == "securities identifier":
            given = dict(told)
            exchange = given.get("Exchange", "")
            ticker, isin = given.get("Ticker Symbol", ""), given.get("ISIN", "")
            self._symbols += [pair for pair in ((ticker, exchange), (isin, "")) if pair[0]]
        elif kind.endswith("keywords"):
            self.keywords += [value for _, value in told if value]


def _parties(node: Element) -> list[str]:
    return [value for name, one in kids(node) if name == "Party" and (value := attr(one, "FormalName"))]


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if -180 <= number <= 180 else None
