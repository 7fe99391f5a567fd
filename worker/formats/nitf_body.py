"""The body of an NITF document, alone or inside NewsML: headlines, byline, dateline, abstract, text, media."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.xmldates import moment
from worker.formats.xmlmarkup import fragment
from worker.formats.xmltree import attr, child, find, flat, kids, local, text
from worker.story import Note, Part, Party, Spot, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.formats.xmltree import Element

INITIALS = re.compile(r"[^\W\d_]{2,4}(?:[/-][^\W\d_]{1,4}){1,6}$")  # daa/mt/msr: a desk's sign-off, no name
_JUST_A_PLACE = re.compile(r"[^\W\d_][^\d()/_–—]{0,59}$")
_AGENCY_WORD = re.compile(r"\b[A-Z]{2,4} -?$|-$")
_P_TAGS = ("p", "{*}p")
_KINDS = {"image": "picture", "photo": "picture", "video": "video", "audio": "audio", "graphic": "graphic"}


def body_fields(nitf: Element) -> dict[str, Any]:
    """Fields of an Item that `body` states; absent ones are left out."""
    body = child(nitf, "body")
    head, end = child(body, "body.head"), child(body, "body.end")
    fields = _head(head) if head is not None else {}
    title = fields["headlines"][0].value if fields.get("headlines") else ""
    contents = [one for name, one in kids(body) if name == "body.content"]
    if not contents and body is not None and head is None and end is None:
        contents = [body]
    found = [fragment(one, title) for one in contents]
    if any(f.html for f in found):
        fields |= {"body": "\n".join(f.html for f in found if f.html), "body_kind": "html"}
    if "descriptions" not in fields and contents:
        lead = next((text(p) for p in contents[0].iter(*_P_TAGS) if p.get("lede") == "true"), "")
        fields |= {"descriptions": (Text(lead, "abstract"),)} if lead else {}
    boxes = tuple(Text(box, "infobox", html=True) for f in found for box in f.infoboxes if box)
    if boxes:
        fields["infoboxes"] = boxes
    parts = media_parts(one for f in found for one in f.media)
    if parts:
        fields["parts"] = parts
    closing = text(child(end, "tagline"))
    if closing:
        fields["notes"] = (*fields.get("notes", ()), Note(closing, "closingline"))
    return fields


def _head(head: Element) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    headlines: list[Text] = []
    sources: list[Party] = []
    notes: list[Note] = []
    for name, node in kids(head):
        if name in ("hedline", "headline"):
            headlines += _headlines(node)
        elif name == "byline":
            fields |= _byline(node, sources)
        elif name == "distributor":
            sources += [Party(text(node), "publisher")] if text(node) else []
        elif name == "dateline":
            fields |= dateline_fields(node)
        elif name == "abstract":
            abstract = _abstract(node)
            fields |= {"descriptions": (Text(abstract, "abstract"),)} if abstract else {}
        elif name == "rights":
            fields |= _rights(node)
        elif name == "note" and text(node):
            notes.append(Note(text(node), "advisory"))
    if headlines:
        fields["headlines"] = tuple(headlines)
    if sources:
        fields["sources"] = tuple(sources)
    if notes:
        fields["notes"] = tuple(notes)
    return fields


def _headline_role(name: str, node: Element) -> str:
    """AP gives the headline as first written under an id of its own."""
    if name == "hl1":
        return "main"
    return "original" if attr(node, "id") == "originalHeadline" else "sub"


def _headlines(node: Element) -> list[Text]:
    out = [Text(value, _headline_role(name, one)) for name, one in kids(node) if (value := text(one))]
    if not out and text(node):
        return [Text(text(node))]
    if out and all(one.role != "main" for one in out):
        out[0] = Text(out[0].value)
    mains = [one for one in out if one.role == "main"]
    return mains[:1] + [Text(one.value, "sub") for one in mains[1:]] + [one for one in out if one.role != "main"]


def _byline(node: Element, sources: list[Party]) -> dict[str, Any]:
    """Persons are the byline, `byttl` is whom they write for; initials are a desk's."""
    people = [text(one) for name, one in kids(node) if name == "person" and text(one)]
    titles = [text(one) for name, one in kids(node) if name == "byttl" and text(one)]
    sources += [Party(title, "credit") for title in titles]
    rest = flat("".join([node.text or "", *(one.tail or "" for one in node)]))
    value = " and ".join(people) or rest or ("" if titles else text(node))
    if value.islower() and INITIALS.match(value):
        return {"sign_off": value}
    return {"byline": value} if value else {}


def dateline_fields(node: Element) -> dict[str, Any]:
    """`located` and its place, or the dateline's words where it is more than a place."""
    fields: dict[str, Any] = {}
    told = child(node, "story.date")
    when = attr(told, "norm")
    if when:
        fields["dates"] = {"storyDate": when}
    place = child(node, "location")
    if place is not None:
        city, state, country = (text(child(place, name)) for name in ("city", "state", "country"))
        name = city or text(place)
        if name:
            broader = tuple(filter(None, (state, country)))
            fields |= {"located": name, "places": (Spot(name, "dateline", broader=broader),)}
        return fields
    words = flat("".join(part for part in _texts_but(node, told)))
    if _JUST_A_PLACE.match(words) and not _AGENCY_WORD.search(words):
        fields |= {"located": words, "places": (Spot(words, "dateline"),)}
    elif words:
        fields["dateline"] = words
    return fields


def _texts_but(node: Element, left_out: Element | None) -> Iterable[str]:
    yield node.text or ""
    for one in node:
        if one is not left_out:
            yield "".join(one.itertext())
        yield one.tail or ""


def _abstract(node: Element) -> str:
    paragraphs = [text(one) for name, one in kids(node) if name not in ("media", "block") and text(one)]
    return "\n\n".join(paragraphs) or flat(node.text)


def _rights(node: Element) -> dict[str, Any]:
    owner = text(find(node, "rights.owner"))
    fields: dict[str, Any] = {"copyright_holder": owner} if owner else {}
    if not owner and text(node):
        fields["copyright_notice"] = text(node)
    return fields


def media_parts(nodes: Iterable[Element]) -> tuple[Part, ...]:
    """NITF `media` and HTML `figure` as parts; a mere reference to another part of the message is none."""
    return tuple(part for part in map(_media_part, nodes) if part is not None)


def _media_part(node: Element) -> Part | None:
    if local(str(node.tag)) != "media":
        return _figure_part(node)
    caption, href, made, by, kind = "", "", None, "", attr(node, "media-type").lower()
    for name, one in kids(node):
        if name == "media-caption":
            caption = caption or text(one)
        elif name == "media-reference":
            href = href or attr(one, "source") or attr(one, "data-location")
            kind = kind or attr(one, "mime-type").partition("/")[0].lower()
        elif name == "media-producer":
            by = text(one)
        elif name == "media-metadata" and attr(one, "name").lower().endswith(("date", "datetime")):
            made = moment(attr(one, "value"))
    if not caption and (not href or href.startswith("#")):
        return None
    shown = ({"name": "main", "href": href},) if "://" in href else ()
    kind = _KINDS.get(kind, "picture")
    rel = "picture" if kind in ("picture", "graphic") else "related"
    uri = "" if href.startswith("#") else href
    return Part(type=kind, rel=rel, uri=uri, by=by, caption=caption, created=made, renditions=shown)


def _figure_part(node: Element) -> Part | None:
    """An HTML figure: picture, caption, and a byline in an element of that class."""
    href = uri = caption = by = alternative = ""
    for one in node.iter():
        name = local(str(one.tag)).lower()
        if name in ("img", "source", "video", "audio") and not href:
            href, uri, alternative = attr(one, "src"), attr(one, "data-uri"), attr(one, "alt")
        elif name == "figcaption":
            caption = text(one)
        elif "byline" in attr(one, "class") or "credit" in attr(one, "class"):
            by = text(one)
    kind = local(str(node.tag)).lower()
    if not (href or caption or alternative):
        return None
    shown = ({"name": "main", "href": href},) if "://" in href else ()
    moving = kind in ("video", "audio")
    return Part(
        type=kind if moving else "picture",
        rel="related" if moving else "picture",
        uri=uri or href,
        by=by,
        caption=caption or alternative,
        renditions=shown,
    )
