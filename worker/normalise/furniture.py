"""Furniture: words of a page or a transport, no part of the story. Removed, and kept verbatim in `wire.stripped`."""

from __future__ import annotations

# Lines that are furniture wherever they stand.
ANYWHERE = frozenset(
    {
        "send to", "share this", "share this article", "share this story", "share on facebook", "share on twitter",
        "kakaotalk",
        "font size", "font size -/+", "related stories", "related articles", "related news", "advertisement",
        "- advertisement -",
        "read more", "read more:", "read also", "read also:", "sign up", "copy link", "skip to content",
        "skip to main content",
        "go to contents go to navigation", "go search go contents go to bottom site map", "article view option",
        "all headlines",
        "이 기사를 공유합니다", "기자 구독", "most read", "click to share", "print this article", "email this article",
        "attention editors - this image was provided by a third party", "continue reading below",
        "story continues below advertisement",
        "subscribe to our newsletter", "follow us on twitter", "follow us on facebook", "like us on facebook",
    }
)  # fmt: skip
# Lines that are furniture only before the text begins or after it has ended: in between they may be headings.
AT_THE_EDGES = frozenset(
    {
        "from", "print", "email", "e-mail", "share", "facebook", "twitter", "linkedin", "whatsapp", "telegram",
        "list", "related",
        "subscribe", "recommended", "comments", "comment", "log in", "login", "register", "home", "back", "top",
        "translated by",
        "댓글", "승인", "인쇄", "공유", "목록", "tweet", "pin it", "save", "close", "menu", "search",
        "next", "previous", "more",
    }
)  # fmt: skip
LINE_CHARS_MAX = 80
# How a filing's attachment is opened: exchange notices on Reuters' wire end with it.
_ATTACHED = ("Double click on the URL above to view the article", "Latest version of Adobe Acrobat reader is")


def is_furniture(text: str, *, edge: bool) -> bool:
    """Is this whole line furniture? `edge`: it stands before the text's first or after its last sentence."""
    if len(text) > LINE_CHARS_MAX:
        return text[0] in "DL" and text.startswith(_ATTACHED)
    line = text.strip().casefold()
    return line in ANYWHERE or (edge and line in AT_THE_EDGES)
