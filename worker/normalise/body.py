"""The item's body becomes blocks; pictures that stand in it become photos, anchors become links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.normalise import blocks as b
from worker.normalise import text as t
from worker.normalise.captions import caption
from worker.normalise.draft import Photo
from worker.normalise.html import read_html
from worker.story import Body, Description, Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.normalise.draft import Draft

LINKS_MAX = 200
_CAPTION_STARTS = ("FILE", "(FILE", "Photo", "PHOTO", "(Photo", "Image", "Picture", "Logo", "Foto", "사진")
_CAPTION_ENDS = (")", ").", ") ")


def read(draft: Draft) -> None:
    """Fill `draft.blocks` from the item's body."""
    item = draft.item
    for url, words in item.links[:LINKS_MAX]:
        if url.strip():
            draft.links.append(Link(url=url.strip(), text=t.line(words, draft.done)))
    if not item.body:
        return
    if item.body_kind == "html":
        page = read_html(t.repair(item.body, draft.done, entities=False))
        draft.blocks = page.blocks
        _mend(draft)
        for figure in page.figures:
            draft.photos.append(Photo(t.line(figure.caption or figure.alt, draft.done), url=figure.src))
        known = {link.url for link in draft.links}
        draft.links += [Link(url=url, text=words) for url, words in page.links[:LINKS_MAX] if url not in known]
    elif item.body_kind == "preformatted":
        draft.blocks = b.from_preformatted(t.repair(item.body, draft.done))
    else:
        draft.blocks, wrapped = b.from_text(t.repair(item.body, draft.done))
        if wrapped:
            draft.did("unwrapped")


LEADS_APART = frozenset({"dpa_digitalwires"})  # formats whose teaser is the story's first paragraph, kept apart


def add_lead(draft: Draft) -> None:
    """A lead that the format gives apart stands in the body too, once."""
    if not draft.descriptions:
        return
    lead = next((d.value for d in draft.descriptions if d.role == "lead"), "")
    if not lead and draft.item.format in LEADS_APART:
        lead = next((d.value for d in draft.descriptions if d.role == "abstract"), "")
    if lead and draft.blocks and not any(block.text == lead for block in draft.blocks[:3]):
        draft.blocks.insert(0, b.Block(lead))
    draft.descriptions = [
        Description(role="abstract", value=d.value) if d.role == "lead" else d for d in draft.descriptions
    ]


def _mend(draft: Draft) -> None:
    """Characters that only show once entities are read: `&nbsp;`, `&shy;`, doubly escaped entities."""
    for block in draft.blocks:
        if block.inline is None or "&" not in block.inline:
            continue
        mended = t.repair(block.text, draft.done)
        if mended == block.text:
            continue
        if block.plain and "&nbsp;" in block.inline:  # beside a space it is none of its own
            mended = "\n".join(" ".join(filter(None, one.split(" "))) for one in mended.split("\n")) or mended
        if block.inline is not None:
            inline = t.repair(block.inline.replace("&nbsp;", " "), draft.done, entities=False)
            agree = len(b.Block(mended, inline=inline).text) and _plain_length(inline) == len(mended)
            block.inline = inline if agree or not block.plain else None
        block.text = mended


def _plain_length(inline: str) -> int:
    probe = read_html(f"<p>{inline}</p>").blocks
    return len(probe[0].text) if probe else 0


def take_captions(draft: Draft) -> None:
    """Captions that stand as paragraphs become photos."""
    kept: list[b.Block] = []
    for block in draft.blocks:
        text = block.text
        found = None
        if text.endswith(_CAPTION_ENDS) or text.startswith(_CAPTION_STARTS) or "REUTERS/" in text:
            found = caption(text) if block.plain else None
        if found is None:
            kept.append(block)
        else:
            draft.photos.append(Photo(found.text, found.credit, found.url, found.taken))
            draft.did("captions")
    if len(kept) < len(draft.blocks) and (kept or not draft.headline):
        draft.blocks = kept


def bodies_of(draft: Draft) -> tuple[Body, ...]:
    """The main body as plain text and as HTML, then the infoboxes."""
    out = _bodies("main", draft.blocks)
    for box in draft.item.infoboxes:
        value = t.repair(box.value, draft.done, entities=not box.html)
        out += _bodies("infobox", read_html(value).blocks if box.html else b.from_text(value)[0])
    return out


def _bodies(role: str, blocks: Sequence[b.Block]) -> tuple[Body, ...]:
    value = b.plain_text(blocks)
    if not value:
        return ()
    return (
        Body(role=role, content_type="text/plain", value=value, word_count=t.words(value), char_count=len(value)),
        Body(role=role, content_type="text/html", value=b.to_html(blocks)),
    )
