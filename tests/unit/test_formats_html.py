"""HTML pages: metadata as stated, the story's text out of the tree. The pages are invented."""

import json

import pytest

from worker.formats import read, recognise
from worker.formats.view import View
from worker.story import DeadCode, Item, Limits, Rejected

LIMITS = Limits()
P = [
    "The harbour board said on Tuesday that the new ferry would begin its crossings before the spring tide.",
    "Tickets will cost four crowns, the board said, and children under six will travel without one.",
    "The ferry, which was built in the yard behind the church, holds forty people and their bicycles.",
]
LD = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferry to begin crossings",
    "datePublished": "2020-05-04T10:00:00Z",
    "dateModified": "2020-05-04T12:00:00Z",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "Jo Bloggs"}],
    "publisher": {"@type": "Organization", "name": "The Portvale Post"},
    "description": "A ferry begins.",
    "keywords": ["ferry", "harbour"],
    "mainEntityOfPage": {"@id": "https://post.example.org/2020/ferry"},
}


def page(body, head=""):
    title = "<title>Ferry to begin crossings | The Portvale Post</title>"
    return f'<!DOCTYPE html><html lang="en-GB"><head>{title}{head}</head><body>{body}</body></html>'.encode()


def article(*paragraphs):
    return "<article>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article>"


def one(data):
    found, items = read(View(data, LIMITS), LIMITS)
    assert (found.name, len(items)) == ("html", 1)
    assert isinstance(items[0], Item)
    return items[0]


def ld(value):
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


def test_json_ld_states_the_fields():
    item = one(page(article(*P), ld(LD)))
    assert item.headlines[0].value == "Ferry to begin crossings"
    assert item.byline == "Jane Doe and Jo Bloggs"
    assert (item.first_created.text, item.version_created.text) == ("2020-05-04T10:00:00Z", "2020-05-04T12:00:00Z")
    assert item.uri == "https://post.example.org/2020/ferry"
    assert item.sources[0].name == "The Portvale Post"
    assert (item.descriptions[0].value, item.keywords, item.language) == (
        "A ferry begins.",
        ("ferry", "harbour"),
        "en-GB",
    )


@pytest.mark.parametrize(
    "value",
    [
        {"@graph": [{"@type": "WebSite", "name": "x"}, LD]},
        [{"@type": "BreadcrumbList"}, LD],
        json.dumps(LD).replace("A ferry", "A\nferry"),  # a raw line break inside a string, as many sites print
        json.dumps(LD) + ";",
    ],
)
def test_json_ld_is_found_where_sites_put_it(value):
    assert one(page(article(*P), ld(value))).byline == "Jane Doe and Jo Bloggs"


def test_open_graph_serves_where_json_ld_is_absent_or_broken():
    head = (
        '<meta property="og:title" content="Ferry begins"><meta property="og:url" content="https://post.example.org/a/1#top">'
        '<meta property="article:published_time" content="2020-05-04T10:00:00Z"><meta name="author" content="Jane Doe">'
        + ld('{"@type": "NewsArticle", "headline": ')
    )
    item = one(page(article(*P), head))
    assert (item.headlines[0].value, item.uri, item.byline) == (
        "Ferry begins",
        "https://post.example.org/a/1",
        "Jane Doe",
    )
    assert item.first_created.text == "2020-05-04T10:00:00Z"


def test_the_address_of_the_site_is_no_identity():
    assert one(page(article(*P), '<link rel="canonical" href="https://post.example.org/">')).uri == ""


def test_the_title_serves_last_without_the_name_of_the_site():
    assert one(page(article(*P))).headlines[0].value == "Ferry to begin crossings"


def test_only_the_storys_text_is_taken():
    links = "".join(f'<li><a href="/{n}">Another story about boats number {n}</a></li>' for n in range(30))
    furniture = (
        f"<nav><ul>{links}</ul></nav>"
        '<div class="cookie-banner"><p>We use cookies to make this site work and to measure what you read.</p></div>'
    )
    tail = (
        f'<div class="related"><p>{P[0]} Related.</p><ul>{links}</ul></div>'
        "<p>Subscribe to our newsletter for more stories like this, every day.</p>"
        "<footer><p>Copyright The Portvale Post, all rights reserved, printed in Portvale on paper.</p></footer>"
    )
    item = one(
        page(
            f"{furniture}<main><h1>Ferry to begin crossings</h1>{article(*P)}</main>{tail}<script>var a = 'x';</script>"
        )
    )
    assert item.body == "\n".join(f"<p>{p}</p>" for p in P)


def test_an_unlikely_name_does_not_cost_the_story():
    """Classes lie: what holds the text is kept whatever it is called."""
    item = one(page(f'<div class="sidebar widget">{"".join(f"<p>{p}</p>" for p in P)}</div>'))
    assert all(p in item.body for p in P)


def test_text_in_bare_containers_is_found():
    assert all(p in one(page("".join(f"<div>{p}</div>" for p in P))).body for p in P)


def test_told_text_serves_where_the_tree_has_none():
    told = {**LD, "articleBody": "\n\n".join(P)}
    assert one(page('<div id="app"></div>', ld(told))).body == "".join(f"<p>{p}</p>" for p in P)


@pytest.mark.parametrize("start", ["<!doctype HTML>", "\ufeff<html>", "<!-- made by hand -->\n<html>", "<div>", "<p>"])
def test_pages_and_fragments_are_recognised(start):
    assert recognise(View(f"{start}<p>{P[0]}</p>".encode(), LIMITS)).name == "html"


def test_xhtml_is_a_page():
    data = f'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{P[0]}</p></body></html>'
    assert recognise(View(data.encode(), LIMITS)).name == "html"


@pytest.mark.parametrize("tag", ["<div>", "<p><b>", "<ul><li>", "<table><tr><td>", "<span>"])
def test_pages_without_end_are_refused_before_they_are_parsed(tag):
    """The parser's time grows with the square of the depth: 100,000 open elements would take minutes."""
    with pytest.raises(Rejected) as caught:
        read(View(("<!doctype html>" + tag * 100_000 + P[0]).encode(), LIMITS), LIMITS)
    assert caught.value.code is DeadCode.TOO_DEEP


def test_many_paragraphs_that_are_never_closed_are_no_depth():
    assert P[0] in one(page("".join(f"<p>{p}<br>" for p in P * 500))).body
