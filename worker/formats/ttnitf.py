"""TT's own markup of a text (application/ttnitf+xml), inside NewsML-G2, and the same text as HTML in ninjs.

BODY/TEXT: RUBRIK is the headline, DAT the vignette with place and source, INGRESS the lead, BRODTEXT the text (CITAT
a paragraph of speech, MELLIS a heading), BYLINE and BILD stand behind it. Any further TEXT is a fact box.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from worker.formats.xmlmarkup import fragment
from worker.formats.xmltree import child, kids, text
from worker.story import Part, Text

if TYPE_CHECKING:
    from worker.formats.xmltree import Element

# ninjs: `<div class="dat">` holds the vignette, a byline stands behind the text; the byline of a photo is its own
_DAT = re.compile(r'<div class="dat">\s*(?P<spans>(?:<span class="\w{1,20}">[^<]{0,200}</span>\s*){1,4})</div>')
_BYLINE = re.compile(r'<div class="byline">(?P<who>[^<]{1,200})</div>(?!\s*<figcaption)')


def tt_html(html: str, byline: str) -> tuple[str, str, tuple[str, ...]]:
    """(HTML, byline, furniture): vignette and byline taken off the text, where the text is TT's."""
    dat = _DAT.search(html)
    if dat is None:
        return html, byline, ()
    words = " / ".join(filter(None, (one.strip() for one in re.findall(r">([^<>]+)</span>", dat["spans"]))))
    html = html[: dat.start()] + html[dat.end() :]
    behind = _BYLINE.search(html)
    if behind and (not byline or _name(behind["who"]) == _name(byline)):
        html = html[: behind.start()] + html[behind.end() :]
        byline = byline or behind["who"].strip()
    return html, byline, (words,) if words else ()


def _name(byline: str) -> str:
    return byline.partition("/")[0].strip()


def tt_fields(body: Element) -> dict[str, Any]:
    """Fields of an Item that the document states; absent ones are left out."""
    story, *boxes = [one for name, one in kids(body) if name == "TEXT"]
    told = dict(kids(story))
    vignette = [words for _, one in kids(told.get("DAT")) if (words := text(one))]
    fields = {
        "headlines": (Text(text(told["RUBRIK"])),) if "RUBRIK" in told else (),
        "body": _html(story, "INGRESS", "BRODTEXT"),
        "body_kind": "html",
        "byline": text(told.get("BYLINE")),
        "furniture": (" / ".join(vignette),) if vignette else (),
        "infoboxes": tuple(
            Text(box, "infobox", html=True) for one in boxes if (box := _html(one, "RUBRIK", "INGRESS", "BRODTEXT"))
        ),
        "parts": tuple(_picture(one) for name, one in kids(story) if name == "BILD"),
    }
    return {name: value for name, value in fields.items() if value not in ("", ())}


def _html(story: Element, *names: str) -> str:
    found = [
        f"<h2>{html}</h2>" if name == "RUBRIK" else html
        for name, one in kids(story)
        if name in names and (html := fragment(one).html)
    ]
    return "\n".join(found)


def _picture(node: Element) -> Part:
    href = text(child(node, "BILDFIL"))
    return Part(
        type="picture",
        rel="picture",
        uri=href,
        by=text(child(node, "BILDSKAPARE")),
        caption=text(child(node, "BILDTEXT")),
        renditions=({"name": "main", "href": href},) if "://" in href else (),
    )
