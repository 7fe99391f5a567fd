"""What is associated with the story: the provider's pictures and references, then captions found in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.normalise import dates
from worker.normalise import text as t
from worker.normalise.subjects import is_uri
from worker.story import AltId, Association, Description, Headline, InfoSource, Part, TimeNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.normalise.draft import Draft, Photo

TYPES = frozenset({"text", "picture", "audio", "video", "graphic", "composite", "component", "event", "planning"})
_INTEGERS = ("width", "height", "sizeInBytes")
_NUMBERS = ("duration", "frameRate")
_STRINGS = (
    "href",
    "contentType",
    "title",
    "format",
    "aspectRatio",
    "videoCodec",
    "transportProtocol",
    "scanType",
    "bitrate",
)


def associations_of(draft: Draft, uri: str) -> tuple[Association, ...]:
    """One association a part or photo, named by type and number."""
    out: list[Association] = []
    counts: dict[str, int] = {}
    seen: set[str] = set()
    for part in draft.item.parts:
        kind = part.type if part.type in TYPES else "picture"
        counts[kind] = counts.get(kind, 0) + 1
        made = _of_part(draft, part, uri, kind, f"{kind}-{counts[kind]}")
        seen.update(d.value for d in made.descriptions)
        seen.update(str(r.get("href", "")) for r in made.renditions)
        out.append(made)
    for photo in draft.photos:
        if (photo.caption and photo.caption in seen) or (photo.url and photo.url in seen):
            continue
        counts["picture"] = counts.get("picture", 0) + 1
        out.append(_of_photo(draft, photo, uri, f"picture-{counts['picture']}"))
    return tuple(out)


def _of_part(draft: Draft, part: Part, uri: str, kind: str, name: str) -> Association:
    headline = t.line(part.headline, draft.done)
    caption = t.lines(part.caption, draft.done)
    credit = t.line(part.credit, draft.done)
    created = dates.read(part.created.text, part.created.zone, assume=draft.zone) if part.created else None
    if created and created.precision != "second":
        draft.times[f"{name}.contentCreated"] = TimeNote(precision=created.precision)
    return Association(
        name=name,
        uri=part.uri if is_uri(part.uri) else f"{uri}#{name}",
        type=kind,
        rel=part.rel,
        by=t.line(part.by, draft.done),
        content_created=created.iso if created else "",
        info_sources=(InfoSource(name=credit, role="credit"),) if credit else (),
        headlines=(Headline(role="main", value=headline),) if headline else (),
        descriptions=(Description(role="caption", value=caption),) if caption else (),
        copyright_notice=t.lines(part.copyright, draft.done),
        usage_terms=t.lines(part.usage, draft.done),
        alt_ids=tuple(AltId(role=a.role or "provider", value=a.value) for a in part.alt_ids if a.value),
        renditions=renditions_of(part.renditions),
    )


def _of_photo(draft: Draft, photo: Photo, uri: str, name: str) -> Association:
    if photo.created:
        draft.times[f"{name}.contentCreated"] = TimeNote(precision="day")
    return Association(
        name=name,
        uri=f"{uri}#{name}",
        type="picture",
        rel="picture",
        content_created=f"{photo.created}T00:00:00Z" if photo.created else "",
        info_sources=(InfoSource(name=photo.credit, role="credit"),) if photo.credit else (),
        descriptions=(Description(role="caption", value=photo.caption),) if photo.caption else (),
        renditions=({"name": "main", "href": photo.url},) if is_uri(photo.url) else (),
    )


def renditions_of(given: tuple[Mapping[str, Any], ...]) -> tuple[Mapping[str, Any], ...]:
    """Renditions in the shape of ninjs 3.1: named, numbers as numbers, nothing unknown."""
    out: list[Mapping[str, Any]] = []
    for number, one in enumerate(given, 1):
        made: dict[str, Any] = {"name": str(one.get("name") or f"rendition-{number}")}
        for key in _STRINGS:
            value = one.get(key)
            if isinstance(value, str | int) and str(value).strip():
                made[key] = str(value)
        if not is_uri(made.get("href", "x:y")):
            made.pop("href", None)
        if made.get("scanType", "progressive") not in ("progressive", "interlaced"):
            del made["scanType"]
        for key in (*_INTEGERS, *_NUMBERS):
            number_value = _number(one.get(key))
            if number_value is not None:
                made[key] = int(number_value) if key in _INTEGERS else number_value
        poi = one.get("poi")
        if isinstance(poi, dict) and all(isinstance(poi.get(k), int) for k in ("x", "y")):
            made["poi"] = {"x": poi["x"], "y": poi["y"]}
        out.append(made)
    return tuple(out)


_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?$")


def _number(value: object) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and _NUMBER.match(value.strip()):
        number = float(value)
        return int(number) if number.is_integer() else number
    return None
