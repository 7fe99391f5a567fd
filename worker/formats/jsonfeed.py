"""JSON Feed 1.0 and 1.1: one item an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats.jsontree import each, first, strings
from worker.story import DeadCode, Item, Limits, Moment, Part, Party, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.view import View

FIRST = firstbyte.JSON
WHERE: Mapping[str, str] = {
    "uri": "items[].id",
    "headlines": "items[].title",
    "body": "items[].content_html, content_text",
    "descriptions": "items[].summary",
    "byline": "items[].authors[].name",
    "sources": "title",
    "first_created": "items[].date_published",
    "version_created": "items[].date_modified",
    "keywords": "items[].tags",
    "parts": "items[].image, attachments[]",
}


def sniff(view: View) -> str:
    tree = view.json
    version = tree.get("version") if isinstance(tree, dict) else None
    return "JSON with version jsonfeed.org" if isinstance(version, str) and "jsonfeed.org/version/" in version else ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = view.json
    entries = list(each(tree.get("items")))
    if len(entries) > limits.items_max:
        raise Rejected(DeadCode.TOO_MANY_ITEMS, f"{len(entries)} items; at most {limits.items_max} are read")
    return [_item(one, tree, tuple(view.transformations)) for one in entries]


def _item(one: Mapping[str, Any], feed: Mapping[str, Any], done: tuple[str, ...]) -> Item | Rejected:
    html, text = first(one, "content_html"), first(one, "content_text")
    title = first(one, "title")
    if not (html or text or title):
        return Rejected(DeadCode.NO_CONTENT, "JSON Feed: entry without title and content")
    identity = first(one, "id", "url")
    published, modified = first(one, "date_published"), first(one, "date_modified")
    named = [first(a, "name") for a in (*each(one.get("authors")), *each(one.get("author")))]
    return Item(
        format="jsonfeed",
        format_version=first(feed, "version").rpartition("/")[2],
        provider=first(feed, "home_page_url", "feed_url", "title"),
        uri=identity if ":" in identity else "",
        local_id="" if ":" in identity else identity,
        alt_ids=(Text(identity, "guid"),) if identity else (),
        first_created=Moment(published) if published else None,
        version_created=Moment(modified or published) if modified or published else None,
        headlines=(Text(title, "main"),) if title else (),
        body=html or text,
        body_kind="html" if html else "text",
        descriptions=tuple(Text(s, "summary") for s in strings(one.get("summary"))),
        byline=", ".join(dict.fromkeys(filter(None, named))),
        sources=(Party(name=name, role="publisher", uri=first(feed, "home_page_url")),)
        if (name := first(feed, "title"))
        else (),
        language=first(one, "language") or first(feed, "language"),
        keywords=strings(one.get("tags")),
        parts=_parts(one),
        links=tuple((link, "") for link in strings([one.get("url"), one.get("external_url")])),
        transformations=done,
    )


def _parts(one: Mapping[str, Any]) -> tuple[Part, ...]:
    pictures = [
        Part(uri=image, renditions=({"name": "main", "href": image},))
        for image in dict.fromkeys(strings([one.get("image"), one.get("banner_image")]))
    ]
    for attached in each(one.get("attachments")):
        kind, url = first(attached, "mime_type").partition("/")[0], first(attached, "url")
        if url:
            known = {"image": "picture", "audio": "audio", "video": "video"}.get(kind, "text")
            pictures.append(
                Part(
                    type=known,
                    rel="related",
                    uri=url,
                    headline=first(attached, "title"),
                    renditions=({"name": "main", "href": url},),
                )
            )
    return tuple(pictures)
