"""Cost of the text readers: µs a story of 500 words, and how the time grows from 1 KB to 10 MB.

Run as `python tests/benchmarks/text_formats.py`. Prints; asserts nothing.
"""

from __future__ import annotations

import pathlib
import statistics
import sys
import time
from typing import TYPE_CHECKING

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from worker.formats import READERS
from worker.formats.view import View
from worker.story import Limits, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SENTENCE = "The harbour board said on Tuesday that the new ferry would begin its crossings before the spring tide. "
ROOMY = Limits(message_bytes_max=50_000_000, body_chars_max=50_000_000, story_bytes_max=50_000_000)
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def wrapped(chars: int, columns: int = 69) -> list[str]:
    """About so many characters of prose in lines, a blank line after each fourth."""
    lines: list[str] = []
    line = ""
    words = SENTENCE.split()
    size = n = 0
    while size < chars:
        word = words[n % len(words)]
        n += 1
        if len(line) + 1 + len(word) > columns:
            lines.append(line)
            size += len(line) + 1
            if len(lines) % 5 == 4:
                lines.append("")
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def anpa1312(chars: int) -> bytes:
    lines = [("\t   " if i % 4 == 0 else "") + line for i, line in enumerate(wrapped(chars)) if line]
    head = (
        "\x16\x16\x01a0123\x1f-----", "r a\x13\x11 BC-XX--Ferry     05-04 0500", "\x02^BC-XX--Ferry,500<",
        "^Ferry to begin crossings<", "^By JANE DOE=",
    )  # fmt: skip
    return "\r\n".join([*head, *lines, "\x03AP-WF-05-04-20 1200GMT<", "\x04"]).encode("latin-1")


def iptc7901(chars: int) -> bytes:
    head = ("\x01xyz0042 4 i 500 dpa 0042", "", "Somewhere/ferry/", "\x02Ferry to begin crossings =", "")
    tail = ("", "dpa ab cd", "\x03041200 GMT May 20", "\x04")
    return "\r\n".join([*head, *wrapped(chars), *tail]).encode("latin-1")


def zczc(chars: int) -> bytes:
    head = ("ZCZC ABC", "#Ferry", "$Ferry to begin crossings", "*04000000")
    return "\r\n".join([*head, *wrapped(chars), "NNNN"]).encode()


def pressrelease(chars: int) -> bytes:
    head = ("Source: Harbour Board", "MEDIA RELEASE PR00001", "Ferry to begin crossings", "")
    return "\n".join([*head, *wrapped(chars)]).encode()


def plaintext(chars: int) -> bytes:
    return "\n".join(["Ferry to begin crossings", "", "May 4, 2020 - 12:00 By Jane Doe", "", *wrapped(chars)]).encode()


def email(chars: int) -> bytes:
    head = (
        "From: Desk <desk@example.org>", "To: all@example.org", "Subject: Ferry to begin crossings",
        "Date: Mon, 4 May 2020 12:00:00 +0000", "Message-ID: <1@example.org>", "MIME-Version: 1.0",
        "Content-Type: text/plain", "",
    )  # fmt: skip
    return "\r\n".join([*head, *wrapped(chars)]).encode()


def html(chars: int) -> bytes:
    paragraphs = "".join(f"<p>{SENTENCE * 3}</p>\n" for _ in range(max(1, chars // (len(SENTENCE) * 3))))
    title = "Ferry to begin crossings"
    head = f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    return f"{head}{paragraphs}</article></body></html>".encode()


MAKERS: dict[str, Callable[[int], bytes]] = {
    maker.__name__: maker for maker in (anpa1312, iptc7901, email, html, zczc, pressrelease, plaintext)
}


def seconds(name: str, data: bytes) -> float:
    """Seconds of sniffing and reading, decoding included."""
    start = time.perf_counter()
    view = View(data, ROOMY)
    try:
        READERS[name].sniff(view)
        READERS[name].read(view, ROOMY)
    except Rejected as why:
        print(f"  {name}: {why.code}", file=sys.stderr)
    return time.perf_counter() - start


def rows() -> Iterator[str]:
    yield (
        f"{'format':14} {'µs/500 words':>12}   "
        + " ".join(f"{size // 1000:>7} KB" for size in SIZES)
        + "   growth 1 → 10 MB"
    )
    for name, maker in MAKERS.items():
        if name not in READERS:
            continue
        story = maker(3_000)
        small = statistics.median(seconds(name, story) for _ in range(200)) * 1e6
        times = [min(seconds(name, maker(size)) for _ in range(3 if size <= 100_000 else 1)) for size in SIZES]
        yield (
            f"{name:14} {small:12.0f}   "
            + " ".join(f"{t * 1e3:7.2f} ms" for t in times)
            + f"   ×{times[-1] / times[-2]:.1f}"
        )


if __name__ == "__main__":
    for row in rows():
        print(row)
