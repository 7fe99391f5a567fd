"""The text readers against anything: items or a bounded code, whatever the bytes, whatever the sniffing said."""

import contextlib
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.formats import READERS, read
from worker.formats.view import View
from worker.story import Item, Limits, Rejected

LIMITS = Limits(body_chars_max=50_000, items_max=20)
FIXTURES = pathlib.Path(__file__).resolve().parents[3] / "shared" / "wire" / "fixtures"
NAMES = ("anpa1312", "iptc7901", "email", "html", "zczc", "pressrelease", "plaintext")
FOLDERS = {
    "anpa1312": "anpa1312",
    "iptc7901": "iptc7901",
    "email": "email",
    "plaintext_zczc": "zczc",
    "plaintext_asianet": "pressrelease",
    "scraped_text": "plaintext",
}
PIECES = (
    b"\x16\x16\x01a0123\x1f-----\r\n", b"r a\x13\x11 BC-XX--Ferry     05-04 0120\r\n",
    b"\x02^BC-XX--Ferry,1st Ld,120<\r\n", b"^By JANE DOE=\r\n", b"\x08a;b;c;d\x10\r\n",
    b"\t   The ferry starts, the board said.\r\n", b"\x03AP-WF-05-04-20 1200GMT<\r\n", b"\x03AP-WF-99-99-99 9999GMT",
    b"\x01xyz0042 2 i 100 dpa 0042\r\n\r\n", b"Somewhere/ferry/\r\n\x02", b"Ferry =\r\n\r\n",
    b"\x03041200 GMT Mai 20\r\n", b"\x7f\x04", b"ZCZC ABC\r\n", b"#Ferry\r\n$Ferry at sea\r\n", b"TX#\r\n",
    b"NNNN\r\n", b"MEDIA RELEASE PR1\r\n", b"SOURCE X\r\n",
    b"From: a <a@b.c>\r\nSubject: =?utf-8?B?zz?=\r\nMessage-ID: <1>\r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n", b"--x\r\n", b"--x--\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"<!doctype html><html>", b"<p>The ferry starts, the board said.</p>",
    b'<script type="application/ld+json">{"@type":', b"</", b"<div class='ad'>", b"EMBARGOED UNTIL 99:99\r\n",
    b"https://a.b/2020/13/45/c\r\n", b"By Desk\r\n", b"\r\n\r\n", b"\x00", b"\xed\xa0\x80", b"\xff\xfe",
    b"   a    b    c\r\n", b'{"Headline": ["a"], "Body": [1]}', b"=?", b"(ATTN: ", b"\xc3\xa9",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=14).map(b"".join))
def test_any_bytes_give_items_or_a_code(data):
    for name in NAMES:
        try:
            view = View(data, LIMITS)
            assert isinstance(READERS[name].sniff(view), str)
            out = READERS[name].read(view, LIMITS)
        except Rejected:
            continue
        assert all(isinstance(item, Item | Rejected) for item in out)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), min_size=1, max_size=6).map(b"".join))
def test_a_reader_that_is_not_asked_would_have_said_no(data):
    view = View(data, LIMITS)
    for reader in READERS.values():
        if view.head and view.head[0] not in getattr(reader, "FIRST", view.head):
            assert not reader.sniff(view)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(b"".join))
def test_the_same_bytes_give_the_same_items(data):
    def outcome():
        try:
            found, items = read(View(data, LIMITS), LIMITS)
        except Rejected as why:
            return why.code
        return found.name, [item if isinstance(item, Item) else item.code for item in items]

    assert outcome() == outcome()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "filler",
    [
        b" ",
        b"\n",
        b"=",
        b"(",
        b"<",
        b"a ",
        b"--x\n",
        b"ZCZC\n",
        b";",
        b"\t",
        b"=?utf-8?q?a?= ",
        b"\xc3",
        b"EMBARGO ",
        b"By ",
        b"1 ",
    ],
)
def test_repetition_costs_no_more_than_its_length(name, filler):
    """Patterns that would backtrack show here as a test that never ends."""
    heads = {
        "anpa1312": b"\x01a0123\x1f-\n",
        "iptc7901": b"\x01xyz0042 2 i 100 dpa\n",
        "email": b"From: a\nSubject: b\nDate: c\n\n",
    }
    data = heads.get(name, b"") + filler * (200_000 // len(filler))
    with contextlib.suppress(Rejected):
        READERS[name].read(View(data, LIMITS), LIMITS)


@pytest.mark.parametrize("line", ["A" * 78 + "!", "A(" * 39 + "!", "A1 " * 26 + "!", "(A)" * 26 + "!", "- " * 39 + "!"])
@pytest.mark.parametrize("head", ["ZCZC ABC\n", "", "\x01xyz0042 2 i 100 dpa\n\n", "\x01a0123\x1f-\n", "By "])
def test_no_short_line_is_read_for_ever(head, line):
    """A pattern that tries every way to cut a line needs but eighty characters to stop a partition."""
    data = (head + f"{line}\n" * 20).encode()
    for name in NAMES:
        with contextlib.suppress(Rejected):
            READERS[name].read(View(data, LIMITS), LIMITS)


@pytest.mark.skipif(not FIXTURES.exists(), reason="the real files are not beside the repository")
@pytest.mark.parametrize("folder", FOLDERS)
def test_real_files_are_recognised_as_their_folder(folder):
    for path in sorted((FIXTURES / folder).iterdir()):
        found, items = read(View(path.read_bytes(), Limits()), Limits())
        assert found.name == FOLDERS[folder], path.name
        assert items, path.name
        assert all(isinstance(item, Item) for item in items), path.name
