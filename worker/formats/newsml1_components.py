"""The NewsComponent tree of a NewsML 1 NewsItem, sorted into tellings: one a language, each with its texts and media.

Senders nest differently: the text in the outermost component, or three levels down beside its title, lead and style
sheet; pictures beside it, each a component with caption and renditions. What matters is what a ContentItem is and the
role of the component around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.formats.xmltree import attr, child, kids, lang

if TYPE_CHECKING:
    from worker.formats.xmltree import Element

_MEDIA = {
    "photo": "picture",
    "image": "picture",
    "picture": "picture",
    "graphic": "graphic",
    "animation": "graphic",
    "video": "video",
    "audio": "audio",
    "sound": "audio",
    "complexdata": "",
}
_BY_FORMAT = {
    "jpeg": "picture",
    "jpg": "picture",
    "gif": "picture",
    "png": "picture",
    "mp3": "audio",
    "mp4": "video",
    "mpeg": "video",
}
# Texts that are not the story itself, by the role of their component
BESIDE = frozenset(
    "caption title headline subheadline lead abstract summary contact tweettext stylesheet".split(),
)


class Telling:
    """One language's telling. `scopes`: the components around it, outermost first; `texts`: (role, ContentItem)."""

    def __init__(self, language: str, scopes: list[Element]) -> None:
        self.language = language
        self.scopes = scopes
        self._known = set(scopes)
        self.texts: list[tuple[str, Element]] = []
        self.media: list[Element] = []  # components that show one thing, with its caption and renditions
        self.attached: list[Element] = []  # ContentItems that are neither text nor media: PDFs
        self.references: list[Element] = []  # NewsItemRef

    def add_scopes(self, scopes: list[Element]) -> None:
        new = [one for one in scopes if one not in self._known]
        self.scopes += new
        self._known.update(new)


def media_kind(item: Element) -> str:
    """picture, graphic, video or audio for a ContentItem that is one; "" for text and documents."""
    for name in ("MediaType", "MimeType", "Format"):
        told = attr(child(item, name), "FormalName").lower()
        kind = _MEDIA.get(told.partition("/")[0], "")
        if kind:
            return kind
        if name == "Format":
            kind = next((k for word, k in _BY_FORMAT.items() if told.startswith(word)), "")
            return kind if attr(item, "Href") else ""
        if told.startswith("text"):
            return ""
    return ""


def role_of(component: Element) -> str:
    return attr(child(component, "Role"), "FormalName").lower()


def tellings(item: Element, *, empty: bool = False) -> list[Telling]:
    """The tellings of a NewsItem, the main language first; with `empty`, one even if nothing is told."""
    out: dict[str, Telling] = {}
    walk = _Walk(out)
    for name, component in kids(item):
        if name == "NewsComponent":
            walk.component(component, "", [], None)
    found = [one for one in out.values() if one.texts or one.media or one.references or one.attached]
    if not found and empty:
        return list(out.values())[:1] or [Telling("", [])]
    with_text = [one for one in found if any(role not in BESIDE for role, _ in one.texts)]
    if not with_text:
        return found[:1]
    for other in found:  # pictures and titles without a text of their own belong to the first telling
        if other not in with_text:
            with_text[0].media += other.media
            with_text[0].references += other.references
    return with_text


class _Walk:
    def __init__(self, out: dict[str, Telling]) -> None:
        self._out = out
        self._kinds: dict[Element, tuple[bool, bool]] = {}

    def component(self, node: Element, language: str, scopes: list[Element], current: Telling | None) -> None:
        own = lang(node) or _stated_language(node)
        scopes = [*scopes, node]
        if own and own[:2].lower() != language[:2].lower():
            language = own
            current = None
        if current is None:
            current = self._out.get(language[:2].lower())
            if current is None:
                current = self._out[language[:2].lower()] = Telling(language, [*scopes])
        has_text, has_media = self._contents(node)
        if has_media and not has_text:
            current.media.append(node)
            return
        current.add_scopes(scopes)
        self._own_content(node, current)
        for name, inner in kids(node):
            if name == "NewsComponent":
                self.component(inner, language, scopes, current)

    def _own_content(self, node: Element, current: Telling) -> None:
        role = role_of(node)
        texts: list[tuple[str, Element]] = []
        for name, one in kids(node):
            if name == "NewsItemRef":
                current.references.append(one)
            elif name != "ContentItem":
                continue
            elif media_kind(one):
                current.media.append(one)
            elif child(one, "DataContent") is not None:
                texts.append((role, one))
            elif attr(one, "Href"):
                current.attached.append(one)
        if attr(node, "EquivalentsList") == "yes":
            texts = texts[:1]
        current.texts += texts

    def _contents(self, node: Element) -> tuple[bool, bool]:
        """(is there a text that is the story, is there media), in the whole component."""
        known = self._kinds.get(node)
        if known is not None:
            return known
        role, has_text, has_media = role_of(node), False, False
        for name, one in kids(node):
            if name == "NewsComponent":
                text, media = self._contents(one)
                has_text, has_media = has_text or text, has_media or media
            elif name == "ContentItem":
                if media_kind(one):
                    has_media = True
                elif child(one, "DataContent") is not None and role not in BESIDE:
                    has_text = True
            elif name == "NewsItemRef":
                has_text = True
        self._kinds[node] = (has_text, has_media)
        return has_text, has_media


def _stated_language(component: Element) -> str:
    return attr(child(child(component, "DescriptiveMetadata"), "Language"), "FormalName")
