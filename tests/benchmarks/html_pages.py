"""How much of the true article text the page reader gives: token F1 against pages with known bodies, and its cost.

Run as `python tests/benchmarks/html_pages.py`. The pages lie beside the repository; trafilatura is compared where it
is installed. Prints; asserts nothing.
"""

from __future__ import annotations

import collections
import gzip
import html
import importlib.util
import json
import pathlib
import re
import sys
import time
from typing import TYPE_CHECKING, Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from worker.formats import htmlpage  # noqa: E402
from worker.formats.view import View  # noqa: E402
from worker.story import Item, Limits, Rejected  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPORA = ROOT.parent / "shared" / "corpora"
SETS = ("pages_scrapinghub_half", "pages_fundus_third")


def pages(name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(page, true text, what else is known)."""
    with gzip.open(CORPORA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "gold_body" in row:
                yield row["html"], row["gold_body"], {}
                continue
            gold = row["gold"]
            body = gold.get("body") or {}
            text = list(body.get("summary") or [])
            for section in body.get("sections") or []:
                text += [*(section.get("headline") or []), *(section.get("paragraphs") or [])]
            yield row["html"], "\n".join(text), gold


def score(found: str, wanted: str) -> tuple[float, float, float]:
    """(F1, precision, recall) over words."""
    have, want = (collections.Counter(re.findall(r"\w+", text.lower())) for text in (found, wanted))
    shared = sum((have & want).values())
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / sum(have.values()), shared / sum(want.values())
    return 2 * precision * recall / (precision + recall), precision, recall


def ours(page: str) -> Item | None:
    try:
        item = htmlpage.read(View(page.encode(), Limits()), Limits())[0]
    except Rejected:
        return None
    return item if isinstance(item, Item) else None


def text_of(item: Item | None) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", item.body)) if item else ""


def mean(scores: list[tuple[float, float, float]]) -> str:
    return " ".join(f"{name} {sum(s[i] for s in scores) / len(scores):.3f}" for i, name in enumerate(("F1", "P", "R")))


def main() -> None:
    other = importlib.util.find_spec("trafilatura") and importlib.import_module("trafilatura")
    for name in SETS:
        mine: list[tuple[float, float, float]] = []
        theirs: list[tuple[float, float, float]] = []
        titles = dates = known = 0
        seconds = 0.0
        for page, wanted, gold in pages(name):
            start = time.perf_counter()
            item = ours(page)
            seconds += time.perf_counter() - start
            mine.append(score(text_of(item), wanted))
            if other:
                theirs.append(score(other.extract(page, include_comments=False) or "", wanted))
            if gold and item:
                known += 1
                titles += bool(item.headlines) and score(item.headlines[0].value, gold.get("title") or "")[0] > 0.8
                day = str(gold.get("publishing_date") or "")[:10]
                dates += bool(day) and any(m and m.text[:10] == day for m in (item.first_created, item.version_created))
        print(f"{name:24} {len(mine):4} pages   {mean(mine)}   {1000 * seconds / len(mine):.1f} ms a page")
        if theirs:
            print(f"{'  trafilatura':24} {'':10}   {mean(theirs)}")
        if known:
            print(f"{'  headline, day':24} {titles}/{known} {dates}/{known}")


if __name__ == "__main__":
    main() if CORPORA.exists() else print("the pages are not beside the repository")
