"""Refinitiv (Reuters) Machine Readable News: the flat story JSON, and the websocket's base64 + gzip fragments of it.

Recognised by `altId` with `takeSequence` or `pubStatus: stat:…`, or by `FRAGMENT` with `TOT_SIZE`. Fragments of one
story that arrive in one record are joined; a part whose rest is not in the record is a dead letter `fragment`,
since a record is read without knowledge of others. Alerts have an empty body. `altId` is shared by all versions;
`takeSequence` counts takes of an article from 1. Field names: MRN data model 2.15.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from worker.formats import firstbyte, jsontree
from worker.formats.jsontree import each, first, integer, mapping, strings
from worker.formats.view import gunzip
from worker.story import Code, DeadCode, Item, Limits, Moment, Party, Rejected, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from worker.formats.view import View

FIRST = firstbyte.JSON
WHERE: Mapping[str, str] = {
    "uri": "altId",
    "version": "none: versions are ordered by versionCreated",
    "status": "pubStatus",
    "headlines": "headline",
    "body": "body",
    "take": "takeSequence",
    "urgency": "urgency",
    "first_created": "firstCreated",
    "version_created": "versionCreated",
    "subjects": "subjects[]",
    "organisations": "subjects[] R:, instancesOf[]",
    "product_codes": "audiences[]",
    "sources": "provider",
}

ALERT_URGENCY = "1"
_PROVIDERS = {"NS:RTRS": "Reuters"}


def sniff(view: View) -> str:
    tree = view.json
    messages = tree if isinstance(tree, list) else [tree]
    if not messages or not all(isinstance(one, dict) for one in messages):
        return ""
    if all(_fragment(one) for one in messages):
        return "JSON with FRAGMENT and TOT_SIZE"
    return "JSON with altId and takeSequence or pubStatus stat:…" if all(_is_story(one) for one in messages) else ""


def _is_story(one: Mapping[str, Any]) -> bool:
    return "altId" in one and ("takeSequence" in one or first(one, "pubStatus").startswith("stat:"))


def _fragment(one: Mapping[str, Any]) -> Mapping[str, Any]:
    fields = mapping(one.get("Fields")) or one
    return fields if "FRAGMENT" in fields and "TOT_SIZE" in fields else {}


def read(view: View, limits: Limits) -> list[Item | Rejected]:
    tree = view.json
    messages = tree if isinstance(tree, list) else [tree]
    done = tuple(view.transformations)
    if not _fragment(messages[0]):
        return [_item(one, done) for one in messages]
    return [
        one if isinstance(one, Rejected) else _item(one, (*done, "base64", "gzip")) for one in _joined(messages, limits)
    ]


def _joined(messages: list[Mapping[str, Any]], limits: Limits) -> Iterator[Mapping[str, Any] | Rejected]:
    """Whole stories out of fragments, in the order of their first fragments."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for message in messages:
        fields = _fragment(message)
        groups.setdefault((first(fields, "GUID"), first(fields, "MRN_SRC")), []).append(fields)
    for (guid, _), group in groups.items():
        try:
            yield _unpacked(guid, group, limits)
        except Rejected as why:
            yield why


def _unpacked(guid: str, group: list[Mapping[str, Any]], limits: Limits) -> Mapping[str, Any]:
    ordered = sorted(group, key=lambda fields: integer(fields.get("FRAG_NUM")) or 1)
    total = next((size for fields in ordered if (size := integer(fields.get("TOT_SIZE")))), 0)
    try:
        data = b"".join(base64.b64decode(first(fields, "FRAGMENT"), validate=True) for fields in ordered)
    except (binascii.Error, ValueError):
        raise Rejected(DeadCode.BAD_COMPRESSION, f"MRN fragment {guid[:80]}: not base64") from None
    numbers = [integer(fields.get("FRAG_NUM")) or 1 for fields in ordered]
    if len(data) != total or numbers != list(range(1, len(numbers) + 1)):
        raise Rejected(
            DeadCode.FRAGMENT,
            f"MRN fragment {guid[:80]}: {len(data)} of {total} bytes in this record, parts {numbers[:10]}",
        )
    value, _ = jsontree.loads(gunzip(data, limits.message_bytes_max))
    if not isinstance(value, dict):
        raise Rejected(DeadCode.MALFORMED, f"MRN fragment {guid[:80]}: want a JSON object")
    jsontree.check_depth(value, limits.depth_max)
    return value


def _item(one: Mapping[str, Any], done: tuple[str, ...]) -> Item | Rejected:
    headline, body = first(one, "headline"), first(one, "body")
    if not (headline or body):
        return Rejected(DeadCode.NO_CONTENT, "MRN: neither headline nor body")
    alt_id, provider = first(one, "altId"), first(one, "provider")
    name = _PROVIDERS.get(provider, provider.removeprefix("NS:"))
    take = integer(one.get("takeSequence"))
    alert = first(one, "urgency") == ALERT_URGENCY and not body
    return Item(
        format="refinitiv_mrn",
        provider=name.lower() or "reuters",
        uri=f"tag:reuters.com,0000:newsml_{alt_id.removeprefix('n')}" if alt_id and name in ("Reuters", "") else "",
        local_id=alt_id or first(one, "id"),
        alt_ids=tuple(
            Text(value, role) for key, role in (("altId", "provider"), ("id", "guid")) if (value := first(one, key))
        ),
        status=first(one, "pubStatus"),
        signals=("alert",) if alert else (),
        take=take if take and take > 1 and not alert else None,
        first_created=_moment(one, "firstCreated"),
        version_created=_moment(one, "versionCreated"),
        embargoed_until=_moment(one, "embargoed"),
        headlines=(Text(headline, "main"),) if headline else (),
        body=body,
        body_kind="html" if "html" in first(one, "mimeType") else "text",
        sources=(Party(name=name, role="agency", code=provider),) if name else (),
        language=first(one, "language"),
        urgency=first(one, "urgency"),
        product_codes=strings(one.get("audiences")),
        subjects=tuple(_code(code) for code in strings(one.get("subjects")) if not code.startswith("R:")),
        organisations=_companies(one),
        links=tuple(
            (first(link, "url", "href"), first(link, "title"))
            for link in each(one.get("links"))
            if first(link, "url", "href")
        ),
        transformations=done,
    )


def _moment(one: Mapping[str, Any], name: str) -> Moment | None:
    text = first(one, name)
    return Moment(text) if text else None


def _code(qcode: str) -> Code:
    scheme, _, code = qcode.rpartition(":")
    return Code(name=code, code=code, scheme=f"reuters-{scheme}" if scheme else "reuters")


def _companies(one: Mapping[str, Any]) -> tuple[Party, ...]:
    """`R:` subjects are Reuters Instrument Codes: `R:IBM.N` is IBM on exchange N."""
    out = []
    for code in strings(one.get("subjects")):
        if code.startswith("R:"):
            ric = code.removeprefix("R:")
            ticker, _, exchange = ric.partition(".")
            out.append(Party(name=ric, role="about", code=ric, symbols=((ticker, exchange),)))
    return tuple(out)
