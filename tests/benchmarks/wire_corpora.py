"""The corpora beside the repository as stories, for measuring. Their text never enters the repository."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re

from worker.story import Body, Headline, Story, Wire

START = 1_490_000_000
_MONTHS = {m: i for i, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_REUTER_END = re.compile(r"\s*reuter\s*$", re.IGNORECASE)


def lines(corpora, name):
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def story(uri, head, paragraphs, *, at=0, source="wire", slug="", signals=()):
    body = "\n\n".join(paragraphs)
    return Story(
        uri=uri,
        type="text",
        pub_status="usable",
        slugline=slug,
        version_created=dt.datetime.fromtimestamp(at, dt.UTC).isoformat() if at else "",
        headlines=(Headline(role="main", value=head),) if head else (),
        bodies=(Body(role="main", content_type="text/plain", value=body),) if body else (),
        wire=Wire(source=source, signals=tuple(signals)),
    )


def _paragraphs(text):
    return [p for p in re.split(r"\n\s*\n|\n {2,}", text.strip()) if p.strip()] or [""]


def reuters(corpora):
    out = {}
    for line in lines(corpora, "reuters21578_000_016"):
        at = 0
        found = re.search(r"(\d+)-([A-Z]{3})-(\d{4}) +(\d+):(\d+)", line["date"] or "")
        if found:
            day, month, year, hour, minute = found.groups()
            moment = dt.datetime(int(year), _MONTHS[month], int(day), int(hour) % 24, int(minute) % 60, tzinfo=dt.UTC)
            at = int(moment.timestamp())
        body = _REUTER_END.sub("", _CONTROL.sub("", line["body"] or ""))
        out[line["id"]] = story(
            f"urn:wire:text:{line['id']}", (line["title"] or "").strip(), _paragraphs(body), at=at, source="reuters"
        )
    return out


def ap(corpora):
    out = {}
    for line in lines(corpora, "ap89_jan01_05"):
        stamp = re.search(r"(\d\d)-(\d\d)-(\d\d) (\d\d)(\d\d)", line["fileid"])
        month, day, year, hour, minute = map(int, stamp.groups())
        at = int(dt.datetime(1900 + year, month, day, hour, minute, tzinfo=dt.UTC).timestamp()) + 5 * 3600
        head = line["head"] if isinstance(line["head"], list) else [line["head"]] if line["head"] else []
        slug = line["second"] or ""
        signals = ["update"] if re.search(r"writethru|\bLd\b", slug, re.IGNORECASE) else []
        out[line["id"]] = story(
            f"urn:wire:text:{line['id']}", head[0] if head else "", _paragraphs(line["text"] or ""), at=at, source="ap",
            slug=slug, signals=signals,
        )  # fmt: skip
    return out


def labelled(corpora):
    """Stories by id, and the pairs, the older first."""
    stories = {**reuters(corpora), **ap(corpora)}
    pairs = [p for p in lines(corpora, "pairs_rule_labelled") if p["a"] in stories and p["b"] in stories]
    for one in pairs:
        if stories[one["a"]].version_created > stories[one["b"]].version_created:
            one["a"], one["b"] = one["b"], one["a"]
    return stories, pairs


def streams(corpora):
    return {
        name: sorted(made.values(), key=lambda s: s.version_created)
        for name, made in (("Reuters 1987", reuters(corpora)), ("AP 1989", ap(corpora)))
    }


def other_text(corpora):
    """(headline, paragraphs) of text that no threshold was chosen on."""
    out = []
    for line in lines(corpora, "bulk_news"):
        title = line["title"] if line["title"] and line["title"] != "None" else ""
        paragraphs = _paragraphs(line["text"])
        out.append((title or derived(paragraphs[0]), paragraphs))
    for line in lines(corpora, "worldwide_newswire_half"):
        head, *rest = _paragraphs(line["text"].replace("\n", "\n\n"))
        out.append((derived(head), [head, *rest]))
    return out


def derived(paragraph):
    """A headline as normalise derives it: the first sentence, at most 100 characters at a word."""
    sentence = re.split(r"(?<=[.!?])\s", " ".join(paragraph.split()))[0]
    return sentence if len(sentence) <= 100 else sentence[:100].rsplit(" ", 1)[0]
