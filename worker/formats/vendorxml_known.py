"""XML formats of single vendors that are known by their element names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats import ninjs_shapes as shapes
from worker.formats.providers import short_name
from worker.formats.xmldates import moment
from worker.formats.xmltree import attr, child, find, is_nil, kids, text
from worker.story import Code, Moment, Note, Part, Party, Spot, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.xmltree import Element

_ZONES = {
    "no": "Europe/Oslo",
    "nb": "Europe/Oslo",
    "fi": "Europe/Helsinki",
    "sv": "Europe/Stockholm",
    "da": "Europe/Copenhagen",
}


def notes(value: str, role: str = "advisory") -> tuple[Note, ...]:
    return (Note(value, role),) if value else ()


def ritzau(root: Element) -> dict[str, Any]:
    """Ritzau's RBNews: flat, HTML as characters in `content` and in the note to editors, `TilRedaktionen`."""
    told = {name: _stripped(node) for name, node in kids(root) if not is_nil(node)}
    history, news_id = told.get("HistID", ""), told.get("NewsID", "")
    flags = {name for name in ("Annuleret", "NyVersion", "Korrektion") if told.get(name, "").lower() == "true"}
    signals = [
        ours
        for name, ours in (("Annuleret", "kill"), ("NyVersion", "update"), ("Korrektion", "correction"))
        if name in flags
    ]
    town, origin = told.get("town", ""), told.get("origin", "").strip("/ ")
    lead = told.get("manchet", "")
    return {
        "provider": "ritzau",
        "local_id": history or news_id,
        "alt_ids": tuple(Text(value, role) for value, role in ((history, "provider"), (news_id, "guid")) if value),
        "version": told.get("version", ""),
        "status": "canceled" if "Annuleret" in flags else "usable",
        "signals": tuple(signals),
        "replaces": told.get("replacedID") or told.get("Replaces", ""),
        "version_created": _local(told.get("PublishDate", ""), "Europe/Copenhagen"),
        "headlines": tuple(
            Text(value, role)
            for value, role in ((told.get("headline", ""), "main"), (told.get("subtitle", ""), "sub"))
            if value
        ),
        "body": told.get("content", ""),
        "body_kind": "html",
        "descriptions": (Text(lead, "abstract", html="<" in lead),) if lead else (),
        "byline": told.get("byLine", ""),
        "located": town,
        "places": (Spot(town, "dateline"),) if town else (),
        "sources": (Party(origin, "agency"),) if origin else (),
        "notes": notes(_plain(told.get("TilRedaktionen", ""))),
        "language": "da",
        "slugline": told.get("strapline", ""),
        "urgency": told.get("Priority", ""),
        "category": told.get("sectionShort") or told.get("section", ""),
        "genres": (Code(name=told["format"]),) if told.get("format") else (),
        "subjects": tuple(  # sent as numbers: a code's leading zero is lost
            Code(code=f"{text(one):0>8}", scheme="subj") for _, one in kids(child(root, "IPTCList")) if text(one)
        ),
        "keywords": tuple(text(one) for _, one in kids(child(root, "SubjectKeyword")) if text(one)),
    }


def solita(root: Element) -> dict[str, Any]:
    """A press release of Solita's platform (NTB, STT, TT): HTML as characters, the lead apart from the text."""
    told = {name: _stripped(node) for name, node in kids(root)}
    language = attr(root, "lang")
    zone = _ZONES.get(language[:2], "Europe/Oslo")
    publisher = text(find(root, "publisher", "name"))
    lead, body = told.get("leadtext", ""), told.get("body", "")
    if lead and lead not in body:  # sent apart, but it opens the text
        body = f"<p>{lead}</p>\n{body}"
    embargo = _local(told.get("embargo", ""), zone)
    url = told.get("longurl", "")
    return {
        "provider": short_name(url, publisher),
        "local_id": attr(root, "id"),
        "alt_ids": (Text(attr(root, "id"), "provider"),) if attr(root, "id") else (),
        "version_created": _local(told.get("publicationDate", ""), zone),
        "embargoed_until": embargo,
        "headlines": (Text(told["title"]),) if told.get("title") else (),
        "body": body,
        "body_kind": "html",
        "descriptions": (Text(lead, "abstract", html="<" in lead),) if lead else (),
        "notes": notes(_plain(told.get("contactsAsText", "")), "contacts"),
        "infoboxes": (Text(told["boilerplate"], "infobox"),) if told.get("boilerplate") else (),
        "sources": (Party(publisher, "publisher"),) if publisher else (),
        "organisations": (Party(publisher, "about", text(find(root, "publisher", "webSite"))),) if publisher else (),
        "language": language,
        "genres": (Code(name=kind),) if (kind := text(find(root, "type", "label"))) else (),
        "keywords": tuple(word for one in told.get("keywords", "").split(",") if (word := one.strip())),
        "subjects": tuple(
            Code(name=name) for _, one in kids(child(root, "categories")) if (name := text(child(one, "label")))
        ),
        "links": ((url, ""),) if "://" in url else (),
        "parts": tuple(_image(one) for _, one in kids(child(root, "images"))),
    }


def ntb_event(root: Element) -> dict[str, Any]:
    """An entry of NTB's news calendar: what happens when and where."""
    told = {name: text(one) for name, one in kids(root)}
    zone = "Europe/Oslo"
    place, words = told.get("location", ""), told.get("content", "")
    dates = {
        name: when.text
        for name, key in (("expectedStartDate", "timeStart"), ("expectedEndDate", "timeEnd"))
        if (when := moment(told.get(key)))
    }
    kept = shapes.fit({"dates": dates}, shapes.EVENT_DETAILS) if dates else None
    names = [text(one) for holder in ("districts", "regions") for _, one in kids(child(root, holder))]
    return {
        "type": "event",
        "provider": "ntb",
        "local_id": told["ntbId"],
        "alt_ids": (Text(told["ntbId"], "provider"),),
        "version_created": _local(told.get("time", ""), zone),
        "headlines": (Text(told["title"]),) if told.get("title") else (),
        "descriptions": (Text(words, "summary"),) if words else (),
        "places": tuple(Spot(name) for name in (place, *names) if name),
        "category": told.get("category", ""),
        "urgency": told.get("priority", ""),
        "subjects": tuple(
            Code(name=name)
            for _, one in kids(child(root, "subjects"))
            for part in text(one).split(";")
            if (name := part.strip())
        ),
        "language": "no",
        "passed": {"eventDetails": kept} if kept else {},
    }


def _image(node: Element) -> Part:
    told = {name: text(one) for name, one in kids(node)}
    names = (("main", "url"), ("medium", "mediumimageurl"), ("small", "smallimageurl"))
    shown: tuple[Mapping[str, Any], ...] = tuple(
        {"name": name, "href": told[key]} for name, key in names if "://" in told.get(key, "")
    )
    return Part(
        uri=told.get("url", ""),
        caption=told.get("caption", ""),
        renditions=shown,
        alt_ids=(Text(attr(node, "id"), "provider"),),
    )


def _local(value: str, zone: str) -> Moment | None:
    """A local time: ISO 8601, or day.month.year as these vendors write it."""
    day, _, clock = value.partition(" ")
    pieces = day.split(".")
    if len(pieces) == 3 and all(piece.isdecimal() for piece in pieces):
        value = f"{pieces[2]:0>4}-{pieces[1]:0>2}-{pieces[0]:0>2}{'T' + clock if clock else ''}"
    found = moment(value)
    return Moment(found.text, zone=zone, precision=found.precision) if found else None


def _stripped(node: Element) -> str:
    return "".join(node.itertext()).strip()


def _plain(value: str) -> str:
    """HTML as characters without its tags: paragraphs and breaks become lines."""
    if "<" not in value:
        return value
    out = value
    for tag in ("</p>", "<br />", "<br/>", "<br>", "</li>"):
        out = out.replace(tag, "\n")
    pieces = out.split("<")
    told = pieces[0] + "".join(piece.partition(">")[2] for piece in pieces[1:])
    return "\n".join(line for one in told.splitlines() if (line := " ".join(one.split())))
