"""What reading and normalising a story costs, by format, and how it grows with the text.

    python tests/benchmarks/formats_cost.py [--words 500] [--rounds 40] [--no-growth]

Prints the median of process time (µs, one story, no enrichment) over the rounds: of one invented story in each wire
format, of the real files beside the repository where they are, and of one plain text and one XML story from 1 KB to
10 MB, as a ratio to linear growth.
"""

from __future__ import annotations

import argparse
import html
import json
import pathlib
import statistics
import time
from typing import TYPE_CHECKING

from worker.formats import read
from worker.formats.view import View
from worker.normalise import Origin, normalise
from worker.story import Limits, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "../shared/wire/fixtures"
LIMITS = Limits(message_bytes_max=50_000_000, body_chars_max=50_000_000)
ORIGIN = Origin(sha256="0" * 64, timestamp_ms=1_714_636_800_000)
SENTENCE = (
    "The dam at Port Acme, which Mayor Ann Example had called “safe as a mill”, held on Monday although the river rose by 3.4 "
    "metres, and none of the 12,400 people in the town below it had to leave the house, the fire brigade said. "
)
HEAD = "Dam at Port Acme holds after night of rain"


def paragraphs(words: int) -> list[str]:
    """Invented text of about so many words."""
    each = len(SENTENCE.split())
    return [SENTENCE * 1 + f"That was report {n}." for n in range(max(1, round(words / (each + 4))))]


def _wrapped(text: str, width: int = 69) -> str:
    out, line = [], ""
    for word in text.split():
        if len(line) + 1 + len(word) > width:
            out.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\r\n".join([*out, line])


def _markup(paras: list[str]) -> str:
    return "".join(f"<p>{html.escape(p)}</p>" for p in paras)


def plaintext(paras: list[str]) -> bytes:
    return (
        f"{HEAD}\n\nMay 2, 2024 - 08:00 By Ann Example\n\n{chr(10).join(p + chr(10) for p in paras)}(Yonhap)\n".encode()
    )


def zczc(paras: list[str]) -> bytes:
    return (
        "ZCZC AAP\r\n#Dam_BC1\r\n$"
        + HEAD
        + "\r\n:(SYDNEY)\r\n*07000000\r\n"
        + "\r\n\r\n   ".join(paras)
        + "\r\nAAP\r\nNNNN"
    ).encode()


def anpa(paras: list[str]) -> bytes:
    ascii_only = [p.encode("ascii", "ignore").decode() for p in paras]
    body = "".join(f"\t   {p}\r\n" for p in ascii_only)
    head = f"\x16\x16\x01a0105\x1f_-----\r\nr a\x13\x11 BC-Dam     05-02 0500\r\n\x02^BC-Dam,500<\r\n^{HEAD}<\r\n^By ANN EXAMPLE=\r\n"
    return f"{head}\t   PORT ACME (AP) _ {body.lstrip()}\r\n\t   \x03AP-WF-05-02-24 0800GMT<\r\n\x0c\r\n\x04".encode()


def iptc7901(paras: list[str]) -> bytes:
    ascii_only = [_wrapped(p.encode("ascii", "ignore").decode()) for p in paras]
    body = "\r\n\r\n".join(ascii_only)
    return f"\x01eca0100 3 i 500  dpa 0099\r\n\r\nDam/Acme/\r\n\x02{HEAD} =\r\n\r\nAcmehafen (dpa) - {body}\r\n\r\ndpa abc xyz\r\n\x03020800 GMT Mai 24\r\n\x04".encode()


def ninjs(paras: list[str]) -> bytes:
    return json.dumps({
        "uri": "urn:newsml:acme.example:1", "type": "text", "version": "1", "versionCreated": "2024-05-02T08:00:00Z", "language": "en",
        "headlines": [{"role": "main", "value": HEAD}], "bodies": [{"contentType": "text/html", "value": _markup(paras)}],
        "subjects": [{"name": "flood", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000150"}],
    }).encode()  # fmt: skip


def dpa(paras: list[str]) -> bytes:
    return json.dumps({
        "format": "digitalwires@1.0", "type": "composite", "urn": "urn:newsml:dpa.example:1", "version": 1, "version_created": "2024-05-02T08:00:00+02:00",
        "pubstatus": "usable", "language": "de", "urgency": 3, "headline": HEAD, "byline": "Von Ann Example, dpa", "dateline": "Acmehafen (dpa) - ",
        "article_html": f'<section class="main">{_markup(paras)}</section>', "creditline": "dpa", "ednotes": [], "categories": [], "associations": [],
    }).encode()  # fmt: skip


def nitf(paras: list[str]) -> bytes:
    return (
        '<?xml version="1.0"?><nitf><head><docdata><doc-id id-string="acme1"/><urgency ed-urg="4"/><date.issue norm="20240502T080000Z"/></docdata></head>'
        f"<body><body.head><hedline><hl1>{HEAD}</hl1></hedline><byline>By Ann Example</byline></body.head><body.content>{_markup(paras)}</body.content></body></nitf>"
    ).encode()


def newsmlg2(paras: list[str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:acme.example:1" version="1" xml:lang="en">'
        '<itemMeta><itemClass qcode="ninat:text"/><provider literal="acme"/><versionCreated>2024-05-02T08:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>'
        f'<contentMeta><urgency>4</urgency><headline>{HEAD}</headline><by>Ann Example</by></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{_markup(paras)}</body></html></inlineXML></contentSet></newsItem>'
    ).encode()


def newsml1(paras: list[str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><NewsML Version="1.2"><NewsItem><Identification><NewsIdentifier><ProviderId>acme.example</ProviderId><DateId>20240502</DateId>'
        '<NewsItemId>1</NewsItemId><RevisionId PreviousRevision="0" Update="N">1</RevisionId><PublicIdentifier>urn:newsml:acme.example:20240502:1:1</PublicIdentifier></NewsIdentifier></Identification>'
        '<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20240502T080000Z</FirstCreated><ThisRevisionCreated>20240502T080000Z</ThisRevisionCreated><Status FormalName="Usable"/></NewsManagement>'
        f"<NewsComponent><NewsLines><HeadLine>{HEAD}</HeadLine><ByLine>Ann Example</ByLine></NewsLines><ContentItem><DataContent>{_markup(paras)}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    ).encode()


def rss(paras: list[str]) -> bytes:
    body = html.escape(_markup(paras))
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Acme</title><item><title>{HEAD}</title><guid>https://acme.example/1</guid>'
        f"<pubDate>Thu, 02 May 2024 08:00:00 GMT</pubDate><description>{body}</description></item></channel></rss>"
    ).encode()


def email(paras: list[str]) -> bytes:
    body = "\r\n\r\n".join(_wrapped(p) for p in paras)
    return (
        f"From: desk@acme.example\r\nTo: wire@acme.example\r\nSubject: {HEAD}\r\nMessage-ID: <1@acme.example>\r\nDate: Thu, 02 May 2024 08:00:00 +0000\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


def page(paras: list[str]) -> bytes:
    data = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": HEAD,
            "datePublished": "2024-05-02T08:00:00Z",
            "author": {"name": "Ann Example"},
        }
    )
    return (
        f'<!doctype html><html lang="en"><head><title>{HEAD}</title><script type="application/ld+json">{data}</script></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{HEAD}</h1>{_markup(paras)}</article><footer>Acme</footer></body></html>"
    ).encode()


MADE: dict[str, Callable[[list[str]], bytes]] = {
    "plaintext": plaintext, "zczc": zczc, "anpa1312": anpa, "iptc7901": iptc7901, "email": email, "ninjs": ninjs, "dpa_digitalwires": dpa,
    "nitf": nitf, "newsmlg2": newsmlg2, "newsml1": newsml1, "rss_atom": rss, "html": page,
}  # fmt: skip


def cost(value: bytes, rounds: int) -> tuple[str, float, float, int]:
    """(format, median µs of reading, median µs of normalising, stories) of one message."""
    reads, norms, name, stories = [], [], "", 0
    for number in range(2 * rounds):  # the first half warms up: a worker's first stories are few among its many
        begin = time.process_time_ns()
        found, items = read(View(value, LIMITS), LIMITS)
        middle = time.process_time_ns()
        stories = 0
        for item in items:
            if not isinstance(item, Rejected):
                try:
                    normalise(item, ORIGIN)
                except Rejected:
                    continue
                stories += 1
        end = time.process_time_ns()
        name = found.name
        if number >= rounds:
            reads.append((middle - begin) / 1_000)
            norms.append((end - middle) / 1_000)
    return name, statistics.median(reads), statistics.median(norms), stories


def made(words: int, rounds: int) -> None:
    print(f"one invented story of {words} words, µs")
    print(f"{'format':20} {'read':>9} {'normalise':>10} {'both':>9}   bytes")
    for name, make in MADE.items():
        value = make(paragraphs(words))
        found, reading, normalising, stories = cost(value, rounds)
        note = "" if found == name and stories == 1 else f"  read as {found}, {stories} stories"
        print(f"{name:20} {reading:9.0f} {normalising:10.0f} {reading + normalising:9.0f}   {len(value)}{note}")


def real(rounds: int) -> None:
    """Per story of the real files, the median over the files of a folder."""
    if not FIXTURES.exists():
        return
    print("\nreal files, µs a story (median file of each folder)")
    for folder in sorted(p for p in FIXTURES.iterdir() if p.is_dir() and p.name != "ninjs_iptc"):
        each = []
        for path in sorted(p for p in folder.iterdir() if p.is_file()):
            try:
                _, reading, normalising, stories = cost(path.read_bytes(), max(3, rounds // 8))
            except Rejected:
                continue
            if stories:
                each.append((reading / stories, normalising / stories))
        if each:
            reading, normalising = (statistics.median(e[n] for e in each) for n in (0, 1))
            print(
                f"{folder.name:24} {reading:9.0f} {normalising:10.0f} {reading + normalising:9.0f}   {len(each)} files"
            )


def growth() -> None:
    """Cost a KB at each size over the cost a KB at 100 KB: 1.0 is linear."""
    print("\ngrowth: ms and, in brackets, cost a byte over the cost a byte at 100 KB (1.0 = linear)")
    for name in ("plaintext", "iptc7901", "ninjs", "nitf", "newsmlg2"):
        row, base = [], 0.0
        for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000):
            value = MADE[name](paragraphs(size // 6))
            _, reading, normalising, _ = cost(value, max(1, min(20, 2_000_000 // size)))
            a_byte = (reading + normalising) / len(value)
            base = a_byte if size == 100_000 else base
            row.append((size, (reading + normalising) / 1_000, a_byte))
        print(f"{name:12}", "  ".join(f"{size // 1000} KB {ms:.1f} ({a_byte / base:.2f})" for size, ms, a_byte in row))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--no-growth", action="store_true")
    args = parser.parse_args()
    made(args.words, args.rounds)
    real(args.rounds)
    if not args.no_growth:
        growth()


if __name__ == "__main__":
    main()
