"""A page as a list of blocks: paragraphs, headings, list entries, tables, and text that stands bare in containers.

Rule of the room: one walk over the tree, in which each element is seen once and nothing is removed. Pages nested
without end are refused before they are parsed: the parser's own time grows with the square of the depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from worker.story import DeadCode, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

DEPTH_MAX = 1_000  # open elements; real pages have fewer than 100
BLOCKS_MAX = 20_000  # blocks of one page that are looked at
ANCESTORS_MAX = 40  # levels above a block that are credited with it
GOOD_CHARS_MIN = 60  # a paragraph as stories have them
BARE_CHARS_MIN = 25  # text in a container that is worth a block
LINK_SHARE_MAX = 0.45
PRUNE_SHARE = 0.25  # an element with an unlikely name is believed in if it holds more of the good text

# Nothing of a story's text stands in these.
DROPPED = [
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
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LEAVES = frozenset({"p", "pre", *HEADINGS})
_ENTRIES = frozenset({"li", "dd", "dt", "blockquote"})
_INLINE = frozenset(
    "a abbr b big bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time"
    " tt u var wbr nobr acronym strike".split()
)
_INNER_BLOCKS = "p,div,section,ul,ol,table,h2,h3,h4,blockquote,pre,article,figure,li"
_IN_TABLE = "p,div,ul,table,section,article"
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
_PARTED = re.compile(r"\n\s*\n")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_UNNESTED = frozenset(  # void, or closed by their next of kin
    "area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option a thead tbody"
    " tfoot colgroup optgroup html body head".split()
)


class BlockText(NamedTuple):
    tag: str
    text: str
    links: float  # share of the characters that stand in links
    node: LexborNode
    chain: tuple[int, ...]  # ids of its ancestors, the nearest first
    whole: bool  # it is all that its element holds
    boilerplate: bool  # its words are those of a page, not of a story


def check_depth(text: str) -> None:
    """Refuse a page that is nested beyond reason.

    Raises:
        Rejected: TOO_DEEP.
    """
    depth = most = 0
    for piece in text.split("</"):  # a bound first: it counts what is never closed as open for good
        depth += piece.count("<")
        most = max(most, depth)
        depth = max(0, depth - 1)
    if most <= DEPTH_MAX:
        return
    depth = 0
    for found in _TAG.finditer(text):
        if found[2].lower() in _UNNESTED:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > DEPTH_MAX:
            raise Rejected(DeadCode.TOO_DEEP, f"a page of more than {DEPTH_MAX} nested elements")


class Page:
    """The blocks of a page, and of each element how much good text it holds."""

    def __init__(self, body: LexborNode) -> None:
        self.nodes: dict[int, LexborNode] = {}  # ancestors of blocks by id
        self.held: dict[int, int] = {}  # element -> characters of good text in it
        self.total = 0
        blocks = list(_blocks(body, self.nodes))
        self._weigh(blocks)
        few = PRUNE_SHARE * self.total
        aside = {one for one, node in self.nodes.items() if self.held.get(one, 0) < few and _unlikely(node)}
        self.blocks = [b for b in blocks if aside.isdisjoint(b.chain) and not (len(b.text) < few and _unlikely(b.node))]
        self._weigh(self.blocks)

    def _weigh(self, blocks: list[BlockText]) -> None:
        self.held, self.total = {}, 0
        for block in blocks:
            if is_good(block):
                self.total += len(block.text)
                for one in block.chain:
                    self.held[one] = self.held.get(one, 0) + len(block.text)


@dataclass(slots=True)
class _Frame:
    """An element whose children are being walked, and the run of text among them that is not yet a block."""

    node: LexborNode
    child: LexborNode | None
    run: list[str] = field(default_factory=list)
    linked: int = 0
    parted: bool = False  # it also holds blocks


def _blocks(body: LexborNode, nodes: dict[int, LexborNode]) -> Iterator[BlockText]:
    path = [body.mem_id]
    nodes[body.mem_id] = body
    stack = [_Frame(body, body.child)]
    count = 0
    while stack and count < BLOCKS_MAX:
        frame = stack[-1]
        child = frame.child
        if child is None:
            for block in _run(frame, path):
                count += 1
                yield block
            stack.pop()
            path.pop()
            continue
        frame.child = child.next
        tag = child.tag or ""
        if tag == "-text":
            frame.run.append(child.text_content or "")
        elif tag == "br":
            frame.run.append("\n")
        elif tag in _INLINE and child.css_first(_INNER_BLOCKS) is None:
            _inline(frame, child, tag)
        elif tag[:1] not in ("-", "!"):
            for block in _run(frame, path):
                count += 1
                yield block
            frame.parted = True
            if tag in _LEAVES or (tag == "table" and child.css_first(_IN_TABLE) is None):
                text = " ".join(child.text(deep=True).split())
                if text:
                    count += 1
                    linked = sum(len(a.text(deep=True).strip()) for a in child.css("a"))
                    share = min(1.0, linked / len(text))
                    yield BlockText(tag, text, share, child, _chain(path), whole=True, boilerplate=is_boilerplate(text))
            elif tag != "h1" and child.child is not None:
                nodes[child.mem_id] = child
                path.append(child.mem_id)
                stack.append(_Frame(child, child.child))


def _inline(frame: _Frame, child: LexborNode, tag: str) -> None:
    text = child.text(deep=True)
    frame.run.append(text)
    if tag == "a":
        frame.linked += len(text.strip())
    else:
        frame.linked += sum(len(a.text(deep=True).strip()) for a in child.css("a"))


def _run(frame: _Frame, path: list[int]) -> Iterator[BlockText]:
    """The run of text as blocks: two line breaks part paragraphs."""
    if not frame.run:
        return
    raw, linked = "".join(frame.run), frame.linked
    frame.run.clear()
    frame.linked = 0
    tag = frame.node.tag or ""
    entry = tag in _ENTRIES
    if len(raw) < BARE_CHARS_MIN and not (entry and raw.strip()):
        return
    parts = [text for part in _PARTED.split(raw.strip()) if (text := " ".join(part.split()))]
    whole = not frame.parted and frame.child is None and len(parts) == 1
    share = min(1.0, linked / max(1, sum(map(len, parts))))
    for text in parts:
        if entry or len(text) >= BARE_CHARS_MIN:
            kind = tag if entry else "div"
            yield BlockText(kind, text, share, frame.node, _chain(path[:-1]), whole, is_boilerplate(text))


def _chain(path: list[int]) -> tuple[int, ...]:
    return tuple(path[: -ANCESTORS_MAX - 1 : -1])


def _unlikely(node: LexborNode) -> bool:
    """Whether the element is named as something other than the story's text."""
    attributes = node.attributes
    if (attributes.get("role") or "") in ("navigation", "complementary", "banner", "contentinfo"):
        return True
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:300]
    return len(name) > 1 and bool(_UNLIKELY.search(name)) and not _LIKELY.search(name)


def is_good(block: BlockText) -> bool:
    """A paragraph as stories have them."""
    return len(block.text) >= GOOD_CHARS_MIN and block.links < LINK_SHARE_MAX and not block.boilerplate


def is_boilerplate(text: str) -> bool:
    if len(text) < _COOKIE_CHARS_MAX and "cookies" in text.casefold() and _COOKIES.search(text):
        return True
    return len(text) < _BOILERPLATE_CHARS_MAX and bool(_BOILERPLATE.match(text))
