"""One telling of a NewsML 1 NewsItem as fields of an Item: its lines, its metadata, its texts and media.

A line or value is taken from the innermost component that states it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.newsml1_components import BESIDE
from worker.formats.newsml1_meta import Meta
from worker.formats.newsml1_text import attached_part, data_fields, media_part
from worker.formats.xmltree import attr, kids, lines, text
from worker.story import Note, Part, Party, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.newsml1_components import Telling

_LINES = {
    "subheadline": "sub",
    "byline": "byline",
    "dateline": "dateline",
    "copyrightline": "copyright_notice",
    "rightsline": "usage_terms",
    "slugline": "slugline",
    "headline": "main",
    "creditline": "credit",
}
_CLAIM = re.compile(r"©|\(c\)|copyright|right|\d", re.IGNORECASE)
_DESCRIPTIONS = {"abstract": "abstract", "lead": "abstract", "summary": "summary", "caption": "caption"}


def telling_fields(telling: Telling, shared: Mapping[str, Any], list_max: int) -> dict[str, Any]:
    """Fields that the telling states; `shared`: what the NewsItem states for all of them."""
    found = _lines(telling)
    meta = Meta(telling.language or shared.get("language", ""), list_max)
    for scope in telling.scopes:
        meta.component(scope)
    fields = meta.fields()
    fields["slugline"] = found.get("slugline") or shared.get("slugline", "")
    for name in ("copyright_notice", "usage_terms"):
        fields[name] = found.get(name, "")
    if _is_just_a_name(fields["copyright_notice"]):
        fields["copyright_holder"] = fields["copyright_notice"]
    if found.get("byline"):
        fields["byline"] = found["byline"]
    dateline = found.get("dateline", "")
    if dateline and not dateline[0].isdigit():  # a date in figures is no dateline
        fields["dateline"] = dateline
    if found.get("credit"):
        fields["sources"] = (*fields.get("sources", ()), Party(found["credit"], "credit"))
    _typed_lines(telling, fields)
    headline = found.get("main", "")
    _texts(telling, fields, shared, headline)
    if headline:
        fields["headlines"] = (Text(headline), *(one for one in fields.get("headlines", ()) if one.role != "main"))
    if found.get("sub"):
        fields["headlines"] = (*fields.get("headlines", ()), Text(found["sub"], "sub"))
    fields["headlines"] = tuple(dict.fromkeys(fields.get("headlines", ())))
    _media(telling, fields, list_max)
    if any(fields.get("byline") == source.name for source in fields.get("sources", ())):
        del fields["byline"]  # a release is by whom it is from: no author
    if shared.get("embargoed_until"):
        fields.pop("embargoed_until", None)  # the item's own state says it better than a comment
    fields["urgency"] = shared.get("urgency") or fields.pop("given_urgency", "")
    fields.pop("given_urgency", None)
    fields["product_codes"] = (*shared.get("product_codes", ()), *fields.get("product_codes", ()))
    return {name: value for name, value in fields.items() if value not in ("", (), None)}


def _is_just_a_name(notice: str) -> bool:
    """Whether a copyright line only names its holder."""
    return 0 < len(notice) <= 60 and not _CLAIM.search(notice)


def _lines(telling: Telling) -> dict[str, str]:
    found: dict[str, str] = {}
    for scope in telling.scopes:
        for name, holder in kids(scope):
            if name != "NewsLines":
                continue
            mine: dict[str, str] = {}
            for kind, line in kids(holder):
                field = _LINES.get(kind.lower())
                value = text(line) if field else ""
                if field and value:
                    mine.setdefault(field, value)
            found |= mine
    return found


def _typed_lines(telling: Telling, fields: dict[str, Any]) -> None:
    notes: list[Note] = []
    kickers: list[Text] = []
    summaries: list[Text] = []
    codes: list[str] = []
    keywords: list[str] = []
    for scope in telling.scopes:
        for name, holder in kids(scope):
            for kind, line in kids(holder) if name == "NewsLines" else ():
                if kind == "KeywordLine":
                    keywords += [text(line)] if text(line) else []
                if kind != "NewsLine":
                    continue
                told = dict(kids(line))
                sort = attr(told.get("NewsLineType"), "FormalName").lower()
                value = text(told.get("NewsLineText"))
                if value and sort in ("advisoryline", "advisory", "ednote", "editorialnote"):
                    notes.append(Note(value, "advisory"))
                elif value and sort == "catchword":
                    kickers.append(Text(value, "kicker"))
                elif value and sort == "productline":
                    codes.append(value)
                elif value and sort in _DESCRIPTIONS:
                    summaries.append(Text(value, _DESCRIPTIONS[sort]))
    fields["notes"] = (*fields.get("notes", ()), *notes)
    fields["headlines"] = tuple(kickers)
    if summaries:
        fields["descriptions"] = tuple(summaries)
    fields["keywords"] = tuple(dict.fromkeys((*fields.get("keywords", ()), *keywords)))
    fields["product_codes"] = (*fields.get("product_codes", ()), *codes)


def _texts(telling: Telling, fields: dict[str, Any], shared: Mapping[str, Any], headline: str) -> None:
    headlines = list(fields.get("headlines", ()))
    descriptions: list[Text] = []
    bodies: list[tuple[str, str]] = []
    leads: list[str] = []
    documents: list[dict[str, Any]] = []
    for role, item in telling.texts:
        if role not in BESIDE:
            told = data_fields(item, headline)
            documents.append(told)
            if told.get("body"):
                bodies.append((told["body"], told["body_kind"]))
            continue
        value = lines(next((one for name, one in kids(item) if name == "DataContent"), None))
        if not value or role in ("stylesheet", "tweettext"):
            continue
        if role in ("title", "headline"):
            headlines.insert(0, Text(" ".join(value.split())))
        elif role == "subheadline":
            headlines.append(Text(" ".join(value.split()), "sub"))
        elif role == "contact":
            fields["notes"] = (*fields.get("notes", ()), Note(value, "contacts", public=True))
        else:
            descriptions.append(Text(value, _DESCRIPTIONS[role]))
            leads += [value] if role == "lead" else []
    fields["headlines"] = tuple(headlines)
    if bodies:
        fields["body"], fields["body_kind"] = _joined(bodies, leads)
    if descriptions:
        fields["descriptions"] = (*fields.get("descriptions", ()), *descriptions)
    for told in documents:
        _merge(fields, told)
        if told.get("status", "usable").lower() != "usable" and shared.get("status", "").lower() in ("", "usable"):
            fields["status"] = told["status"]  # the stricter of the two counts


def _joined(bodies: list[tuple[str, str]], leads: list[str]) -> tuple[str, str]:
    """All texts in their order, the lead first: it belongs to the body also where it is sent apart."""
    if all(kind == "text" for _, kind in bodies):
        texts = [body for body, _ in bodies]
        return "\n\n".join([lead for lead in leads if not texts[0].startswith(lead[:60])] + texts), "text"
    out = [body if kind == "html" else _paragraphs(body) for body, kind in bodies]
    ahead = [f"<p>{_plain(lead)}</p>" for lead in leads if _plain(lead)[:60] not in out[0]]
    return "\n".join([*ahead, *out]), "html"


def _paragraphs(body: str) -> str:
    return "".join(f"<p>{_plain(piece)}</p>" for piece in body.split("\n\n"))


def _plain(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;")


def _merge(fields: dict[str, Any], told: Mapping[str, Any]) -> None:
    """A document inside fills what the lines and metadata leave open; its own state and ids are the item's copy."""
    for name, value in told.items():
        if name in ("parts", "infoboxes"):
            fields[name] = (*fields.get(name, ()), *value)
        elif name in ("notes", "keywords"):
            fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *value)))
        elif name in _FROM_DOCUMENT and not fields.get(name):
            fields[name] = value


_FROM_DOCUMENT = frozenset(
    "word_count headlines descriptions byline sign_off dateline located places subjects category priority usage_terms "
    "copyright_holder expires embargoed_until sequence".split(),
)


def _media(telling: Telling, fields: dict[str, Any], list_max: int) -> None:
    parts = [media_part(one) for one in telling.media[:list_max]]
    told = [part for part, _ in parts]
    if parts and not fields.get("body") and not telling.references:  # the item itself is the picture
        main, kind = parts[0]
        fields["type"] = kind
        if main.renditions:
            fields["passed"] = {"renditions": main.renditions}
        if main.caption:
            fields.setdefault("descriptions", (Text(main.caption, "caption"),))
        if main.headline:
            fields.setdefault("headlines", ())
            fields["headlines"] = fields["headlines"] or (Text(main.headline),)
        fields["byline"] = fields.get("byline") or main.by
        told = told[1:]
    elif fields.get("body") and parts:  # the text is what is said or seen
        kind = next((role for role in telling_roles(telling) if role in ("audio", "video")), "")
        fields["type"] = kind or fields.get("type", "")
    told += [attached_part(one) for one in telling.attached[:list_max]]
    for one in telling.references[:list_max]:
        told.append(Part(type="text", rel="related", uri=attr(one, "NewsItem"), headline=text(one)))
    if telling.references and not fields.get("body"):
        fields["type"] = "composite"
    if told:
        fields["parts"] = (*fields.get("parts", ()), *told)


def telling_roles(telling: Telling) -> list[str]:
    return [attr(next((c for n, c in kids(s) if n == "Role"), None), "FormalName").lower() for s in telling.scopes]
