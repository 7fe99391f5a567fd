"""The story's text in a page: which part of the tree holds it, and which of its blocks are the story's.

The blocks themselves come from `pageblocks`; here the story's are chosen among them, each looked at a few times.
How well it does is printed by the page benchmark against pages whose true text is known.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from worker.formats.pageblocks import (
    DROPPED,
    HEADINGS,
    LINK_SHARE_MAX,
    BlockText,
    Page,
    is_good,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborHTMLParser, LexborNode

TOLD_SHARE = 0.6  # the metadata's text is believed to be whole from this share of the page's on
TRUNK_SHARE = 0.62  # of the page's good text that the story's element holds at least
CLIMB_SHARE = 0.04  # of the trunk's text that must stand directly in an element above it
NAMED_SHARE = 0.35  # of it that an element named as the article's body must hold to be believed

_NAMED = (
    '[itemprop="articleBody"]', '[property="articleBody"]', '[class*="article-body"]', '[class*="articleBody"]',
    '[class*="article__body"]', '[class*="article-content"]', '[class*="story-body"]', '[class*="entry-content"]',
    '[class*="post-content"]', '[class*="article-text"]', '[class*="story-content"]', "article", "main",
)  # fmt: skip
_WORD = re.compile(r"\w+")


def main_text(tree: LexborHTMLParser, *, told: str = "", headline: str = "") -> str:
    """The story as HTML paragraphs; "" when there is none. Takes scripts and the like out of `tree`.

    Args:
        tree: the page.
        told: the text that the page's metadata states (JSON-LD `articleBody`); guides the choice of blocks.
        headline: left out where the text repeats it.
    """
    body = tree.body
    if body is None:
        return ""
    tree.strip_tags(DROPPED, recursive=True)
    page = Page(body)
    if not page.total:
        return _written([b for b in page.blocks if len(b.text) > 20 and b.links < LINK_SHARE_MAX], headline)
    trunk = _trunk(page, body)
    if len(told) > TOLD_SHARE * page.held.get(trunk, page.total):  # else it is a teaser
        guided = _guided(page.blocks, told)
        if guided:
            return _written(guided, headline)
    return _written(_of_story(trunk, page.blocks), headline)


def _trunk(page: Page, body: LexborNode) -> int:
    """Id of the deepest element that holds most of the good text; one named as the article's body goes first."""
    root, total = body.mem_id, page.total
    for selector in _NAMED:
        held = [(page.held.get(node.mem_id, 0), node.mem_id) for node in body.css(selector)[:50]]
        most, named = max(held, default=(0, root))
        if most >= NAMED_SHARE * total:
            root, total = named, most
            break
    inside = {one for block in page.blocks if root in block.chain for one in block.chain[: block.chain.index(root) + 1]}
    enough = [
        (held, -n, one)
        for n, (one, held) in enumerate(page.held.items())
        if held >= TRUNK_SHARE * total and one in inside
    ]
    return _climbed(page, min(enough)[2], root) if enough else root


def _climbed(page: Page, trunk: int, root: int) -> int:
    """Up to the element in which paragraphs stand directly beside the trunk: a lead, or a part before an ad."""
    chain = next((block.chain for block in page.blocks if trunk in block.chain), ())
    above = chain[chain.index(trunk) + 1 :] if chain else ()
    for one in above[:3] if trunk != root else ():
        direct = sum(len(b.text) for b in page.blocks if b.tag == "p" and b.chain[:1] == (one,) and is_good(b))
        if direct >= CLIMB_SHARE * page.held[trunk]:
            trunk = one
        if one == root:
            break
    return trunk


def _of_story(trunk: int, blocks: list[BlockText]) -> list[BlockText]:
    """The trunk's blocks that are the story's: lists of links, calls to subscribe and lone headings at the end go."""
    kept = [b for b in blocks if trunk in b.chain or b.node.mem_id == trunk]
    kept = [b for b in kept if not b.boilerplate and (b.links < LINK_SHARE_MAX or (b.tag == "p" and len(b.text) > 120))]
    kept = [b for b in kept if b.tag != "li" or len(b.text) > 25 or b.links == 0]
    while kept and kept[-1].tag in HEADINGS:
        kept.pop()
    return kept


def _guided(blocks: list[BlockText], told: str) -> list[BlockText]:
    """The blocks whose words stand in the told text; [] when they do not make up most of it."""
    whole = _key(told)
    kept = [
        b
        for b in blocks
        if len(b.text) > 3 and (key := _key(b.text)) and (key in whole or (len(key) > 60 and key[:50] in whole))
    ]
    seen: set[str] = set()
    unique = [b for b in kept if not (b.text in seen or seen.add(b.text))]  # type: ignore[func-returns-value]
    return unique if sum(len(_key(b.text)) for b in unique) >= 0.6 * len(whole) else []


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _written(blocks: Iterable[BlockText], headline: str) -> str:
    out: list[str] = []
    key = _key(headline)
    last = ""
    for block in blocks:
        if block.text == last or (key and key.startswith(_key(block.text[:24])) and _key(block.text) == key):
            continue
        last = block.text
        tag = block.tag if block.tag in (*HEADINGS, "li", "pre", "blockquote", "table") else "p"
        inner = _inner(block)
        out.append(f"<ul><li>{inner}</li></ul>" if tag == "li" else f"<{tag}>{inner}</{tag}>")
    return "\n".join(out)


def _inner(block: BlockText) -> str:
    """The block's own markup where it is short on markup, else its text."""
    node = block.node
    if block.whole and (block.tag == "table" or node.css_first("a,b,i,em,strong,br") is not None):
        inner = node.inner_html or ""
        if len(inner) < 20 * len(block.text) + 200:
            return inner
    return html.escape(block.text, quote=False)
