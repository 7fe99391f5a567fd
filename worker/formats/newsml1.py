"""NewsML 1.0 to 1.2 (IPTC), with or without Version and namespace.

One item a NewsItem, or one a language where a NewsItem tells the story in several. `Identification` holds the
identity (`PublicIdentifier` ends in the revision, which is the version), `NewsManagement` the state; text, pictures
and metadata lie in a tree of NewsComponents (see `newsml1_components`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats.ids import as_uri
from worker.formats.newsml1_components import tellings
from worker.formats.newsml1_telling import telling_fields
from worker.formats.nitf import is_notice, with_notice
from worker.formats.providers import short_name
from worker.formats.xmldates import moment
from worker.formats.xmlprolog import root_of
from worker.formats.xmltree import attr, child, find, kids, lang, parse, text
from worker.story import DeadCode, Item, Limits, Note, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from worker.formats.view import View
    from worker.formats.xmltree import Element, Tree

FIRST = firstbyte.XML
WHERE: Mapping[str, str] = {
    "uri": "Identification/NewsIdentifier/PublicIdentifier without its revision",
    "local_id": "Identification/NewsIdentifier/NewsItemId",
    "version": "Identification/NewsIdentifier/RevisionId",
    "status": "NewsManagement/Status; Update/Replace/Status",
    "signals": "RevisionId@PreviousRevision, @Update; NewsManagement/Instruction, NewsItemType",
    "headlines": "NewsLines/HeadLine, SubHeadLine; NewsComponent of role Title or HeadLine",
    "body": "ContentItem/DataContent (NITF, XHTML, HTML, text)",
    "descriptions": "NewsComponent of role Abstract, Lead, Summary, Caption",
    "byline": "NewsLines/ByLine; AdministrativeMetadata/Creator",
    "dateline": "NewsLines/DateLine",
    "located": "DescriptiveMetadata/Location[@HowPresent=Origin]",
    "sources": "AdministrativeMetadata/Provider, Source; NewsLines/CreditLine",
    "notes": "NewsLine of type AdvisoryLine; NewsManagement/Instruction",
    "first_created": "NewsManagement/FirstCreated",
    "version_created": "NewsManagement/ThisRevisionCreated",
    "embargoed_until": "NewsManagement/StatusWillChange/DateAndTime to Usable",
    "expires": "NewsManagement/StatusWillChange/DateAndTime from Usable",
    "urgency": "NewsManagement/Urgency; Property Priority or Importance",
    "slugline": "NewsLines/SlugLine; Identification/NameLabel",
    "language": "DescriptiveMetadata/Language; xml:lang",
    "subjects": "DescriptiveMetadata/SubjectCode; TopicSet",
    "keywords": "Property Keyword; NewsLines/KeywordLine",
    "organisations": "Metadata of type Securities Identifier",
    "parts": "NewsComponents of photos, graphics, video, sound",
}

LANGUAGES_MAX = 50  # of one NewsItem: each is read for itself
_ROOTS = {"NewsML": "NewsML", "NewsItem": "NewsItem"}
_NEWS_1 = re.compile(r"^(?:http://iptc\.org/std/NewsML/|urn:newsml:iptc\.org|$)", re.IGNORECASE)
_DATE_ID = ("Identification", "NewsIdentifier", "DateId")
_PARTS_OF_URN = 5  # urn:newsml:provider:date:id
_CONTENT = ("headlines", "body", "descriptions", "parts", "passed")
_ENDED = re.compile(r"cancel|kill|delete|withdr|retract", re.IGNORECASE)
_STOPS = re.compile(r"cancel|kill|delete|withdr|withh|retract|embargo", re.IGNORECASE)


def sniff(view: View) -> str:
    root = root_of(view.head)
    if root is None or root.name not in _ROOTS or not _NEWS_1.match(root.namespace):
        return ""
    return f"root element {root.name}"


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = parse(view, limits)
    envelope = child(tree.root, "NewsEnvelope")
    items = list(tree.root.iter("{*}NewsItem"))  # one may lie in another's tree
    if len(items) > limits.items_max:
        raise Rejected(DeadCode.TOO_MANY_ITEMS, f"{len(items)} items; at most {limits.items_max} are read")
    return [outcome for node in items for outcome in _outcomes(node, envelope, tree, limits)]


def _outcomes(node: Element, envelope: Element | None, tree: Tree, limits: Limits) -> Iterator[Item | Rejected]:
    identity, management = _identity(node, envelope), _management(node, envelope)
    shared = identity | management | {"signals": identity["signals"] + management["signals"]}
    shared["version_created"] = management["version_created"] or moment(text(find(node, *_DATE_ID)))
    told = tellings(node)
    if not told:
        told = tellings(node, empty=True)
    if len(told) > LANGUAGES_MAX:
        yield Rejected(
            DeadCode.TOO_MANY_ITEMS, f"a NewsItem in {len(told)} languages; at most {LANGUAGES_MAX} are read"
        )
        return
    for number, telling in enumerate(told):
        stated = telling_fields(telling, shared, limits.list_max)
        own = stated.pop("alt_ids", ())
        fields = shared | stated
        fields["alt_ids"] = shared["alt_ids"] + own
        if own and not (fields["uri"] or fields["local_id"]):
            fields["local_id"] = own[0].value
        fields["notes"] = shared["notes"] + fields.get("notes", ())
        if number:  # another language of the same item: an identity of its own
            tail = f"#{telling.language or number}"
            for name in ("uri", "local_id"):
                if fields.get(name):
                    fields[name] += tail
        if not (any(fields.get(name) for name in _CONTENT) or is_notice(fields)):
            yield Rejected(DeadCode.NO_CONTENT, f"NewsItem {fields.get('uri') or fields.get('local_id')}: no content")
            continue
        yield Item(
            format="newsml1",
            format_version=attr(tree.root, "Version") or ("1.2" if "/2003-10-10" in str(tree.root.tag) else ""),
            transformations=tree.transformations,
            warnings=tree.warnings,
            **with_notice({name: value for name, value in fields.items() if value not in ("", (), None)}),
        )


def _identity(node: Element, envelope: Element | None) -> dict[str, Any]:
    told = find(node, "Identification", "NewsIdentifier")
    provider, item_id = text(child(told, "ProviderId")), text(child(told, "NewsItemId"))
    public, revision_node = text(child(told, "PublicIdentifier")), child(told, "RevisionId")
    revision, update = text(revision_node), attr(revision_node, "Update")
    base = public
    for tail in (f":{revision}{update}", f":{revision}"):
        if revision and public.endswith(tail):
            base = public[: -len(tail)]
            break
    if base.startswith("urn:newsml:") and base.count(":") < _PARTS_OF_URN - 1:
        base = ""  # names the provider, not the item: it is the same for all of its stories
    if not item_id.strip("0"):
        item_id = ""
    uri = as_uri(base)
    alt_ids = [Text(value, role) for value, role in ((base and public, "guid"), (item_id, "provider")) if value]
    transmission = text(child(envelope, "TransmissionId"))
    if transmission:
        alt_ids.append(Text(transmission, "transmission"))
    sender = find(envelope, "SentFrom", "Party")
    stated = (attr(sender, "FormalName"), provider, public)
    signals = ["update"] if attr(revision_node, "PreviousRevision") not in ("", "0") or update in ("U", "A") else []
    return {
        "provider": short_name(*stated),
        "uri": uri,
        "local_id": "" if uri else item_id or base,
        "alt_ids": tuple(alt_ids),
        "version": revision,
        "signals": tuple(signals),
        "slugline": text(find(node, "Identification", "NameLabel")),
        "language": lang(node),
        "priority": attr(child(envelope, "Priority"), "FormalName"),
        "product_codes": tuple(
            attr(one, "FormalName") for name, one in kids(envelope) if name == "NewsProduct" and attr(one, "FormalName")
        ),
    }


def _management(node: Element, envelope: Element | None) -> dict[str, Any]:
    out: dict[str, Any] = {"notes": ()}
    signals: list[str] = []
    status = future = ""
    change: Element | None = None
    for name, one in kids(child(node, "NewsManagement")):
        if name == "Status":
            status = attr(one, "FormalName")
        elif name == "StatusWillChange":
            change, future = one, attr(child(one, "FutureStatus"), "FormalName")
        elif name == "FirstCreated":
            out["first_created"] = moment(text(one))
        elif name == "ThisRevisionCreated":
            out["version_created"] = moment(text(one))
        elif name == "Urgency":
            out["urgency"] = attr(one, "FormalName") or text(one)
        elif name == "NewsItemType":
            signals += ["alert"] if attr(one, "FormalName").lower() == "alert" else []
        elif name == "Instruction":
            words = attr(one, "FormalName") or text(one)
            signals.append(words)
            out["notes"] += (Note(words, "instruction"),) if words else ()
        elif name == "DerivedFrom" and attr(one, "NewsItem"):
            out["replaces"] = attr(one, "NewsItem")
    status = _updated_status(node) or status
    later = moment(text(child(change, "DateAndTime")))
    opens = (
        later is not None and future.lower() == "usable" and status.lower() != "usable" and not _ENDED.search(status)
    )
    if opens or status.lower() == "embargoed":
        out |= {"embargoed_until": later, "status": "Embargoed"}
    else:
        out["status"] = status
        if later and future.lower() != "usable":
            out["expires"] = later
    out.setdefault("version_created", moment(text(child(envelope, "DateAndTime"))))
    out["signals"] = tuple(filter(None, signals))
    return out


def _updated_status(node: Element) -> str:
    """An Update record changes a former revision in place; a status it sets to a kill counts like one stated."""
    for name, one in kids(node):
        if name == "Update":
            for _, operation in kids(one):
                for kind, inner in kids(operation):
                    if kind == "Status" and _STOPS.search(attr(inner, "FormalName")):
                        return attr(inner, "FormalName")
    return ""
