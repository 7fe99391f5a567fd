"""The story's text in a page: which part of the tree holds it, and which of its blocks are the story's.

Every element of the page is looked at a fixed number of times (ancestors up to a bound), so the cost is linear.
How well it does is printed by the page benchmark against pages whose true text is known.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCKS_MAX = 20_000  # blocks of one page that are looked at
ANCESTORS_MAX = 40  # levels above a block that are credited with it
GOOD_CHARS_MIN = 60  # a paragraph as stories have them
LINK_SHARE_MAX = 0.45
TOLD_SHARE = 0.6  # the metadata's text is believed to be whole from this share of the page's on
PRUNE_SHARE = 0.25  # an element with an unlikely name is believed in if it holds more of the good text
TRUNK_SHARE = 0.62  # of the page's good text that the story's element holds at least
CLIMB_SHARE = 0.04  # of the trunk's text that must stand directly in an element above it
NAMED_SHARE = 0.35  # of it that an element named as the article's body must hold to be believed

# Nothing of a story's text stands in these.
_DROPPED = [
    "script", "style", "noscript", "template", "svg", "iframe", "button", "nav", "footer", "select",
    "input", "textarea", "object", "embed", "canvas", "dialog", "menu", "figcaption", "video", "audio", "map",
]  # fmt: skip
_UNLIKELY = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|share|sharing|social|related|recommend(?:ed|ations)?|promo|newsletter|subscri(?:be|ption)"
    r"|advert(?:isement|s)?|ads?|sponsor(?:ed)?|sidebar|side-?bar|footer|nav|navigation|menu|breadcrumbs?|cookies?|consent"
    r"|most-?(?:read|viewed|popular)|popular|trending|outbrain|taboola|popup|modal|banner|sign-?up|login|tags?|tag-?list"
    r"|author-?(?:bio|box|info|card)|bio|byline|dateline|timestamp|meta|caption|gallery|slideshow|carousel|widget|toolbar"
    r"|print|skip|hidden|visually-?hidden|sr-?only|teaser|more-?(?:on|stories|news)|read-?(?:more|next)|up-?next|inline-?links"
    r"|correction-?form|feedback|copyright|legal|disclaimer|credits?|topics?|keywords|rating|poll|quiz|player)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"article-?(?:body|content|text)|story-?(?:body|content|text)|entry-?content|post-?(?:body|content)|body-?(?:text|copy)",
    re.IGNORECASE,
)
_NAMED = (
    '[itemprop="articleBody"]', '[property="articleBody"]', '[class*="article-body"]', '[class*="articleBody"]',
    '[class*="article__body"]', '[class*="article-content"]', '[class*="story-body"]', '[class*="entry-content"]',
    '[class*="post-content"]', '[class*="article-text"]', '[class*="story-content"]', "article", "main",
)  # fmt: skip
_BLOCK = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "pre", "blockquote", "dd", "dt", "table"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_HOLDERS = frozenset(
    {"div", "section", "article", "main", "td", "blockquote", "span", "center", "font", "body", "header"}
)
_INNER_BLOCKS = "p,div,section,ul,ol,table,h1,h2,h3,h4,h5,h6,blockquote,pre,article,figure,main,dl,header"
_BOILERPLATE = re.compile(
    r"(?:sign up|subscribe|log ?in|register|follow us|share (?:this|on)|click here|read (?:more|also|next)|also read"
    r"|related(?: \w+)?:|advertisement|continue reading|story continues|copyright|©|all rights reserved|image:"
    r"|photo(?:graph)?s?(?: by|:)|download (?:the|our)|get (?:the|our) |our standards|this article was|most read"
    r"|see also|lire aussi|lesen sie auch|mehr zum thema|leer también|leggi anche|comments?$|tags?:|topics?:|share$"
    r"|print$|save$|view comments|newsletter|have you got a story|contact us|join (?:us|our)|watch:|listen:"
    r"|terms of (?:use|service)|privacy policy)",
    re.IGNORECASE,
)
_BOILERPLATE_CHARS_MAX = 220
_COOKIE_CHARS_MAX = 700
_COOKIES = re.compile(
    r"\b(?:use|uses|using|accept|necessary|these|any|of) (?:of )?(?:the )?cookies|cookies (?:to|that|are|on) ",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


class BlockText(NamedTuple):
    tag: str
    text: str
    links: float  # share of the characters that stand in links
    node: LexborNode
    chain: tuple[int, ...]  # ids of its ancestors, the nearest first


class Page:
    """The blocks of a page, and of each element how much good text it holds. Nothing is removed from the tree."""

    def __init__(self, body: LexborNode) -> None:
        self.nodes: dict[int, LexborNode] = {}
        self.held: dict[int, int] = {}  # element -> characters of good text in it
        self.total = 0
        blocks = list(self._blocks(body))
        self._weigh(blocks)
        few = PRUNE_SHARE * self.total
        aside = {one for one, node in self.nodes.items() if self.held.get(one, 0) < few and _unlikely(node)}
        self.blocks = [b for b in blocks if aside.isdisjoint(b.chain) and not (len(b.text) < few and _unlikely(b.node))]
        self._weigh(self.blocks)

    def _weigh(self, blocks: list[BlockText]) -> None:
        self.held, self.total = {}, 0
        for block in blocks:
            if _good(block):
                self.total += len(block.text)
                for one in block.chain:
                    self.held[one] = self.held.get(one, 0) + len(block.text)

    def _blocks(self, body: LexborNode) -> Iterator[BlockText]:
        """Leaf blocks in their order: paragraphs, headings, list entries, tables, text that stands in containers."""
        emitted: set[int] = set()
        for node in body.traverse(include_text=False):
            tag = node.tag or ""
            if tag in _BLOCK:
                if tag in ("li", "blockquote", "dd", "table") and node.css_first("p,li li,table p") is not None:
                    continue
            elif tag not in _HOLDERS or not _bare_text(node):
                continue
            text = _SPACE.sub(" ", node.text(deep=True)).strip()
            chain = self._chain(node) if text else ()
            if text and emitted.isdisjoint(chain):
                linked = sum(len(a.text(deep=True).strip()) for a in node.css("a"))
                yield BlockText(tag, text, min(1.0, linked / len(text)), node, chain)
                emitted.add(node.mem_id)
                if len(emitted) >= BLOCKS_MAX:
                    return

    def _chain(self, node: LexborNode) -> tuple[int, ...]:
        out: list[int] = []
        at = node.parent
        while at is not None and len(out) < ANCESTORS_MAX:
            out.append(at.mem_id)
            self.nodes.setdefault(at.mem_id, at)
            at = at.parent
        return tuple(out)


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
    tree.strip_tags(_DROPPED, recursive=True)
    page = Page(body)
    if not page.total:
        return _written([b for b in page.blocks if len(b.text) > 20 and b.links < LINK_SHARE_MAX], headline)
    trunk = _trunk(page, body)
    if len(told) > TOLD_SHARE * page.held.get(trunk, page.total):  # else it is a teaser
        guided = _guided(page.blocks, told)
        if guided:
            return _written(guided, headline)
    return _written(_of_story(trunk, page.blocks), headline)


def _unlikely(node: LexborNode) -> bool:
    """Whether the element is named as something other than the story's text."""
    attributes = node.attributes
    if (attributes.get("role") or "") in ("navigation", "complementary", "banner", "contentinfo"):
        return True
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:300]
    return len(name) > 1 and bool(_UNLIKELY.search(name)) and not _LIKELY.search(name)


def _bare_text(node: LexborNode) -> bool:
    """A container that holds running text itself and no blocks."""
    if len(node.text(deep=False).strip()) < 25:
        return False
    parent = node.parent
    if node.tag in ("span", "font") and parent is not None and parent.tag in (*_BLOCK, "span", "font", "a"):
        return False
    return node.css_first(_INNER_BLOCKS) is None or (node.tag == "div" and node.css_first("p") is None)


def _good(block: BlockText) -> bool:
    return len(block.text) >= GOOD_CHARS_MIN and block.links < LINK_SHARE_MAX and not _boilerplate(block.text)


def _boilerplate(text: str) -> bool:
    if len(text) < _COOKIE_CHARS_MAX and "cookies" in text.casefold() and _COOKIES.search(text):
        return True
    return len(text) < _BOILERPLATE_CHARS_MAX and bool(_BOILERPLATE.match(text))


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
        direct = sum(len(b.text) for b in page.blocks if b.tag == "p" and b.chain[:1] == (one,) and _good(b))
        if direct >= CLIMB_SHARE * page.held[trunk]:
            trunk = one
        if one == root:
            break
    return trunk


def _of_story(trunk: int, blocks: list[BlockText]) -> list[BlockText]:
    """The trunk's blocks that are the story's: lists of links, calls to subscribe and lone headings at the end go."""
    kept = [b for b in blocks if trunk in b.chain or b.node.mem_id == trunk]
    kept = [
        b
        for b in kept
        if not _boilerplate(b.text) and (b.links < LINK_SHARE_MAX or (b.tag == "p" and len(b.text) > 120))
    ]
    kept = [b for b in kept if b.tag != "li" or len(b.text) > 25 or b.links == 0]
    while kept and kept[-1].tag in _HEADINGS:
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
        if block.text == last or (key and _key(block.text) == key):
            continue
        last = block.text
        tag = block.tag if block.tag in (*_HEADINGS, "li", "pre", "blockquote", "table") else "p"
        inner = _inner(block)
        out.append(f"<ul><li>{inner}</li></ul>" if tag == "li" else f"<{tag}>{inner}</{tag}>")
    return "\n".join(out)


def _inner(block: BlockText) -> str:
    """The block's own markup where it is short on markup, else its text."""
    node = block.node
    if block.tag == "table" or node.css_first("a,b,i,em,strong,br") is not None:
        inner = node.inner_html or ""
        if len(inner) < 20 * len(block.text) + 200:
            return inner
    return html.escape(block.text, quote=False)
