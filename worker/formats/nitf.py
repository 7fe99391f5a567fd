"""NITF (IPTC, 2.5 to 3.6), with or without its namespace.

`docdata` holds state and identity, `body.head` the lines around the text. Templates leave placeholders
(`norm="YYYYMMDD000000-HHMM"`): those are no dates. `date.release` is an embargo only when it is later than
`date.issue`, or when the management status says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats.ids import as_uri
from worker.formats.nitf_body import body_fields
from worker.formats.nitf_docdata import Docdata
from worker.formats.providers import short_name
from worker.formats.xmlprolog import root_of
from worker.formats.xmltree import attr, child, kids, lang, parse, text
from worker.story import Code, DeadCode, Item, Limits, Note, Party, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worker.formats.view import View
    from worker.formats.xmltree import Element

FIRST = firstbyte.XML
WHERE: Mapping[str, str] = {
    "uri": "docdata/doc-id@id-string",
    "version": "docdata/du-key@version, @generation",
    "status": "docdata@management-status",
    "signals": "docdata/correction, fixture",
    "headlines": "body.head/hedline/hl1, hl2",
    "body": "body.content",
    "descriptions": "body.head/abstract",
    "byline": "body.head/byline",
    "dateline": "body.head/dateline",
    "located": "body.head/dateline/location",
    "slugline": "meta anpa-keyword, NTBStikkord; title where it is not the headline",
    "urgency": "urgency@ed-urg",
    "version_created": "docdata/date.issue@norm",
    "embargoed_until": "docdata/date.release@norm",
    "expires": "docdata/date.expire@norm",
    "notes": "docdata/ed-msg@info, revision-history@comment, correction@info, body.head/note",
    "subjects": "tobject/tobject.subject",
    "genres": "tobject/tobject.property",
    "keywords": "docdata/key-list/keyword",
    "places": "docdata/evloc, identified-content/location",
    "sources": "body.head/distributor, byttl; del-list/from-src",
    "copyright_holder": "docdata/doc.copyright@holder",
    "parts": "body.content/media",
}

_ANSA_MARK = re.compile(r"^>{1,4}\s?ANSA\s?/\s*")
_TAKE_NUMBER = re.compile(r"^\d{1,2} (?=\S)")
_VERSION_TAIL = re.compile(r"_(\d{2})$")


def sniff(view: View) -> str:
    root = root_of(view.head)
    return "root element nitf" if root and root.name == "nitf" else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = parse(view, limits)
    fields = document_fields(tree.root)
    if not (fields.get("headlines") or fields.get("body") or fields.get("descriptions") or is_notice(fields)):
        raise Rejected(DeadCode.NO_CONTENT, "NITF: neither headline nor text")
    version = re.search(r"NITF (\d\.\d)", tree.root.get("version") or "")
    return [
        Item(
            format="nitf",
            format_version=version[1] if version else "",
            transformations=tree.transformations,
            warnings=tree.warnings,
            **with_notice(fields),
        )
    ]


def is_notice(fields: Mapping[str, Any]) -> bool:
    """A kill, a withdrawal or a hold needs no text to be one."""
    return fields.get("status", "").lower() not in ("", "usable") or bool(fields.get("targets"))


def with_notice(fields: dict[str, Any]) -> dict[str, Any]:
    """A kill without any text still has something to say: the status that it states."""
    if is_notice(fields) and not any(fields.get(name) for name in ("headlines", "body", "descriptions", "notes")):
        fields["notes"] = (Note(fields.get("status", "") or "correction", "status"),)
    return fields


def document_fields(nitf: Element) -> dict[str, Any]:
    """All that an NITF document states, as fields of an Item; absent ones are left out."""
    head = child(nitf, "head")
    fields = body_fields(nitf)
    metas = _metas(head)
    told = Docdata(fields)
    for name, node in kids(head):
        if name == "docdata":
            told.read(node)
        elif name in ("urgency", "revision-history", "pubdata"):
            told.one(name, node)
        elif name == "tobject":
            fields |= _tobject(node, metas)
    fields |= told.fields()
    fields |= _slug(head, metas, fields, told.listed)
    if attr(nitf, "baselang") or lang(nitf):
        fields.setdefault("language", attr(nitf, "baselang") or lang(nitf))
    _classify(fields, metas, told.category)
    _identify(fields, told, metas)
    return {name: value for name, value in fields.items() if value not in ("", (), None)}


def _metas(head: Element | None) -> dict[str, str]:
    return {attr(one, "name"): attr(one, "content") for name, one in kids(head) if name == "meta"}


def _slug(
    head: Element | None,
    metas: Mapping[str, str],
    fields: Mapping[str, Any],
    keywords: Sequence[str],
) -> dict[str, Any]:
    out: dict[str, Any] = {
        "sequence": metas.get("anpa-sequence", ""),
        "priority": metas.get("NTBPrioritet") or metas.get("aap-priority") or metas.get("prioridad", ""),
    }
    if metas.get("NTBMeldingsSign"):
        out["sign_off"] = metas["NTBMeldingsSign"]
    slug = metas.get("anpa-keyword") or metas.get("NTBStikkord") or ""
    title = text(child(head, "title"))
    headlines = fields.get("headlines", ())
    bare = _TAKE_NUMBER.sub("", title)
    if not headlines and title:
        out["headlines"] = (Text(bare), Text(title, "original")) if bare != title else (Text(title),)
    elif not slug and title and title != headlines[0].value:
        slug = bare
    if not slug:
        slug, out["headlines"] = _keyword_slug(keywords, out.get("headlines") or headlines)
    out["slugline"] = slug
    return out


def _keyword_slug(keywords: Sequence[str], headlines: tuple[Text, ...]) -> tuple[str, tuple[Text, ...]]:
    """Without a slug the one keyword is it; a line below the headline that only repeats it is none (EFE)."""
    if len(keywords) != 1:
        return "", headlines
    return keywords[0], tuple(one for one in headlines if one.role != "sub" or one.value != keywords[0])


def _classify(fields: dict[str, Any], metas: Mapping[str, str], category: str) -> None:
    """ANSA classifies in `meta` what NITF has elements for; AP tells its category by a classifier."""
    number = metas.get("category_iptc", "")
    if re.fullmatch(r"\d{8}", number) and not fields.get("subjects"):
        fields["subjects"] = (Code(code=number, scheme="subj"),)
    keyword = _ANSA_MARK.sub("", metas.get("keyword", ""))
    if keyword and not fields.get("keywords"):
        fields["keywords"] = (keyword,)
    fields["category"] = fields.get("category") or category or metas.get("category", "")


def _tobject(node: Element, metas: Mapping[str, str]) -> dict[str, Any]:
    subjects: list[Code] = []
    genres: list[Code] = []
    for name, one in kids(node):
        if name == "tobject.subject":
            number = attr(one, "tobject.subject.refnum")
            owner = attr(one, "tobject.subject.ipr").lower()
            words = [attr(one, f"tobject.subject.{level}") for level in ("detail", "matter", "type")]
            label = next(filter(None, words), "")
            scheme = "subj" if re.fullmatch(r"\d{8}", number) else owner
            subjects += [Code(name=label, code=number, scheme=scheme)] if number or label else []
        elif name == "tobject.property":
            genre = attr(one, "tobject.property.type")
            genres += [Code(name=genre)] if genre else []
    kind = attr(node, "tobject.type")
    stated = metas.get("anpa-category") or metas.get("category") or metas.get("categoria") or ""
    return {
        "subjects": tuple(subjects),
        "genres": tuple(genres),
        "category": stated or ("" if kind.lower() in ("news", "") else kind),
    }


def _identify(fields: dict[str, Any], told: Docdata, metas: Mapping[str, str]) -> None:
    own = told.doc_id
    base = metas.get("NTBID", "")
    tail = _VERSION_TAIL.search(own)
    if tail and own[: tail.start()] == base:  # NTB: the id of a version is the story's and its number
        fields.setdefault("version", tail[1])
        stated, own = own, base
        fields["alt_ids"] = (Text(stated, "guid"), *fields.get("alt_ids", ()))
    elif own:
        fields["alt_ids"] = (Text(own, "guid"), *fields.get("alt_ids", ()))
    uri = as_uri(own)
    fields |= {"uri": uri} if uri else {"local_id": own}
    agency = metas.get("aap-source") or metas.get("NTBKilde") or ""
    if agency:
        fields["sources"] = (Party(agency, "agency"), *fields.get("sources", ()))
    stated_by = [agency, *told.senders, fields.get("copyright_holder", ""), uri]
    stated_by += [p.name for p in fields.get("sources", ())]
    fields["provider"] = short_name(*stated_by)
