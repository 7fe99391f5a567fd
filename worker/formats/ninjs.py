"""ninjs 1.0 to 3.1 (IPTC), alone or inside an `item[]` envelope, read leniently.

Recognised by `uri` or `guid` with a headline, title or body, or by nothing but ninjs property names.
The generations differ in names and in shape (`headline` and `body_html` became `headlines[]` and `bodies[]`); both
are read into the names of 3.1 first. Many senders use ninjs' names with fields of their own (`guid`, `source`,
`service`, `authors`): those are read too, and named in a `schema` warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte
from worker.formats import ninjs_parts as parts
from worker.formats.apid import ap_uri, item_id_of
from worker.formats.jsontree import each, first, integer, string, strings
from worker.formats.ninjs_vocabulary import PROPERTIES, breaches, is_extension, modern
from worker.formats.ttnitf import tt_html
from worker.story import DeadCode, Item, Limits, Moment, Note, Party, Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.formats.view import View

FIRST = firstbyte.JSON
WHERE: Mapping[str, str] = {
    "uri": "uri, guid",
    "version": "version",
    "status": "pubStatus / pubstatus",
    "headlines": "headlines[] / headline, headline_*",
    "body": "bodies[] / body_html, body_xhtml, body_html5, body_text",
    "descriptions": "descriptions[] / description_*",
    "byline": "by / byline",
    "located": "located",
    "slugline": "slugline / slug",
    "urgency": "urgency",
    "first_created": "firstCreated / firstcreated",
    "version_created": "versionCreated / versioncreated",
    "content_created": "contentCreated / contentcreated",
    "embargoed_until": "embargoedUntil / embargoed",
    "expires": "expires",
    "subjects": "subjects[] / subject[]",
    "sources": "infoSources[] / infosource[], source",
    "notes": "edNote / ednote",
    "parts": "associations",
}

# senders' own names, read but no part of ninjs
_OWN = frozenset(
    "guid source service priority authors extra products bylines keywords slug signal signals body_html5 "
    "firstpublished "
    "replacing revisions product".split()
)
_TYPES = {
    "story": "text",
    "advisory": "text",
    "article": "text",
    "image": "picture",
    "photo": "picture",
    "component": "text",
}
_SCHEMA = "schema"
_BROKEN = re.compile(rb'\{\s*"(?:\$standard|standard|uri|guid|versioncreated|versionCreated|headline)"\s*:')
_ENVELOPE_KEYS = ("item", "items", "_items", "hits")  # the latter two: Superdesk's and TT's services


def sniff(view: View) -> str:
    tree = view.json
    if tree is None and _BROKEN.match(view.head):
        return "broken JSON that starts with a ninjs property"
    if isinstance(tree, dict) and _is_envelope(tree):
        return "JSON with ninjs objects in item[]"
    if isinstance(tree, list) and tree and all(isinstance(one, dict) and "uri" in one and _why(one) for one in tree):
        return "JSON list of ninjs objects"
    return _why(tree) if isinstance(tree, dict) else ""


def _is_envelope(tree: Mapping[str, Any]) -> bool:
    return any(
        isinstance(tree.get(key), list) and tree[key] and all(isinstance(one, dict) and _why(one) for one in tree[key])
        for key in _ENVELOPE_KEYS
    )


def _why(tree: Mapping[str, Any]) -> str:
    told = modern(tree)
    known = [name for name in told if name in PROPERTIES or is_extension(name) or name in _OWN]
    has_text = any(name in ("headline", "title", "headlines", "bodies") or is_extension(name) for name in known)
    if ("uri" in tree or "guid" in tree) and has_text and 2 * len(known) >= len(told):
        return "JSON with uri or guid and a headline or body"
    if len(known) == len(told) or ("uri" in tree and 2 * len(known) >= len(told)):
        return "JSON with ninjs property names"
    return ""


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = view.json
    if tree is None:
        raise Rejected(DeadCode.MALFORMED, "ninjs: broken JSON")
    nodes = tree if isinstance(tree, list) else [tree]
    if isinstance(tree, dict) and _is_envelope(tree):
        nodes = next(tree[key] for key in _ENVELOPE_KEYS if isinstance(tree.get(key), list) and tree[key])
    if len(nodes) > limits.items_max:
        raise Rejected(DeadCode.TOO_MANY_ITEMS, f"{len(nodes)} items; at most {limits.items_max} are read")
    done = tuple(view.transformations)
    leniences = tuple((_SCHEMA, f"JSON: {took}") for took in done if took in ("control-characters", "surrogates"))
    return [_item(node, done, leniences) for node in nodes]


def _item(node: Mapping[str, Any], done: tuple[str, ...], leniences: tuple[tuple[str, str], ...]) -> Item | Rejected:
    told = modern(node)
    headlines = parts.headlines(told)
    body, body_kind, infoboxes = parts.body(told)
    byline = string(told.get("by"))
    furniture: tuple[str, ...] = ()
    if body_kind == "html" and 'class="dat"' in body:
        body, byline, furniture = tt_html(body, byline)
    descriptions = parts.descriptions(told)
    kind = string(told.get("type")).lower()
    kind = _TYPES.get(kind, kind)
    if not (
        headlines
        or body
        or descriptions
        or kind in ("event", "planning")
        or (kind not in ("", "text") and told.get("renditions"))
    ):
        return Rejected(DeadCode.NO_CONTENT, "ninjs: neither headline nor body nor description")
    given = first(told, "uri", "guid")
    item_id = item_id_of(given)
    is_uri = ":" in given
    return Item(
        format="ninjs",
        format_version=parts.generation(told, node),
        type=kind if kind in parts.TYPES else "text",
        provider="ap" if item_id else parts.provider(told),
        uri=ap_uri(item_id) if item_id else given if is_uri else "",
        local_id="" if is_uri else given,
        alt_ids=parts.alt_ids(told, given),
        version=string(told.get("version")),
        status=string(told.get("pubStatus")),
        signals=strings(told.get("signals") or told.get("signal")),
        replaces=next(iter(strings(told.get("replacing"))), ""),
        first_created=_moment(told, "firstCreated"),
        version_created=_moment(told, "versionCreated"),
        content_created=_moment(told, "contentCreated"),
        embargoed_until=_moment(told, "embargoedUntil"),
        expires=_moment(told, "expires"),
        headlines=headlines,
        body=body,
        body_kind=body_kind,  # type: ignore[arg-type]
        infoboxes=infoboxes,
        descriptions=descriptions,
        byline=byline,
        furniture=furniture,
        located=string(told.get("located")),
        sources=parts.sources(told),
        copyright_holder=string(told.get("copyrightHolder")),
        copyright_notice=string(told.get("copyrightNotice")),
        usage_terms=string(told.get("usageTerms")),
        notes=(Note(value=note),) if (note := string(told.get("edNote"))) else (),
        language=string(told.get("language")),
        slugline=first(told, "slugline", "slug"),
        urgency=string(told.get("urgency")),
        priority=string(told.get("priority")),
        category=next((first(one, "code", "name") for one in each(told.get("service"))), ""),
        keywords=strings(told.get("keywords")),
        product_codes=tuple(
            filter(None, (first(one, "code", "name") for one in each(told.get("product", told.get("products")))))
        ),
        genres=parts.codes(told.get("genres")),
        subjects=parts.codes(told.get("subjects")),
        events=parts.codes(told.get("events")),
        objects=parts.codes(told.get("objects")),
        people=(*parts.parties(told.get("people")), *_authors(told)),
        organisations=parts.parties(told.get("organisations")),
        places=parts.places(told.get("places")),
        word_count=integer(told.get("wordCount")),
        parts=parts.associations(told.get("associations")),
        passed=parts.passed(told),
        transformations=done,
        warnings=leniences + tuple((_SCHEMA, breach) for breach in breaches(told)),
    )


def _moment(told: Mapping[str, Any], name: str) -> Moment | None:
    text = string(told.get(name))
    return Moment(text) if text else None


def _authors(told: Mapping[str, Any]) -> tuple[Party, ...]:
    """Senders' `authors[]` and `bylines[]`: people by trade, whatever `by` says."""
    named = [first(one, "name") for one in each(told.get("authors"))]
    named += [f"{first(one, 'firstname')} {first(one, 'lastname')}".strip() for one in each(told.get("bylines"))]
    return tuple(Party(name=name, role="author") for name in dict.fromkeys(filter(None, named)))
