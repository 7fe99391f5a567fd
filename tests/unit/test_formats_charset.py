"""Charset by evidence: UTF-8 first, what is declared second, what the bytes look like third."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.formats.charset import decode, repair_mojibake
from worker.story import DeadCode, Rejected

GERMAN = "Die Fähre fährt täglich über die Förde, sagte ein Sprecher – “größere” Schiffe folgen im März. " * 4
RUSSIAN = "Паром начнёт ходить до весны, сообщили в совете гавани во вторник вечером после заседания. " * 4
KOREAN = "항만 위원회는 새로운 여객선이 다음 주부터 운항을 시작한다고 화요일에 밝혔다. 요금은 네 냥이다. " * 4
JAPANESE = "港の委員会は火曜日、新しい船が春までに運航を始めると発表した。料金は四円になるという。" * 4
CHINESE = "港口委员会星期二说，新的轮船将在春天以前开始航行，这是我们国家的第一条航线，他说大家都会来。" * 4
ARABIC = "قالت هيئة الميناء يوم الثلاثاء إن العبارة الجديدة ستبدأ رحلاتها قبل الربيع المقبل في المدينة " * 4
POLISH = "Rada portu ogłosiła we wtorek, że nowy prom zacznie kursować przed wiosną, powiedział przewodniczący. " * 4


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (GERMAN, "windows-1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (KOREAN, "cp949"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (ARABIC, "cp1256"),
        (POLISH, "cp1250"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
    ],
)
def test_the_charset_is_found_without_being_declared(text, charset):
    decoded = decode(text.encode(charset))
    assert decoded.text == text
    assert decoded.transformations == (f"charset:{charset}",)


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_not_text(charset):
    assert decode(GERMAN.encode(charset)).text == GERMAN


def test_utf8_goes_before_what_is_declared():
    """A header that lies does not spoil good bytes."""
    assert decode(GERMAN.encode(), declared="iso-8859-1") == (GERMAN, ())


def test_what_is_declared_goes_before_windows_1252():
    greek = "Το νέο πλοίο ξεκινά"
    assert decode(greek.encode("iso8859-7"), declared="ISO-8859-7").text == greek


def test_a_page_says_its_charset_itself():
    page = '<html><head><meta charset="windows-1251"></head><body>Паром</body></html>'
    assert decode(page.encode("cp1251")).text == page


def test_iso_8859_1_is_read_as_windows_1252():
    """The C1 range of ISO-8859-1 is never meant in news: those bytes are quotes and dashes."""
    assert decode(b"He said \x93no\x94.", declared="iso-8859-1").text == "He said “no”."


@pytest.mark.parametrize("declared", ["klingon", "hex", "", "\0", "utf-8", "x" * 500])
def test_an_impossible_declaration_is_passed_over(declared):
    assert decode(b"caf\xe9 au lait", declared=declared).text == "café au lait"


def test_a_few_stray_bytes_do_not_turn_utf8_into_mojibake():
    decoded = decode((GERMAN * 3).encode() + b"caf\xe9")
    assert decoded.text == GERMAN * 3 + "café"
    assert decoded.transformations == ("charset:utf-8-mixed",)


def test_mojibake_is_repaired_and_said():
    decoded = decode("Itâ€™s the cafÃ© of PortvalÃ©.".encode())
    assert decoded == ("It’s the café of Portvalé.", ("mojibake",))


@pytest.mark.parametrize("text", ["Às três, Ângela saiu.", "CHÂTEAU Â VENDRE", "naïve – “quoted”", "Ångström"])
def test_text_that_only_looks_odd_stays(text):
    assert repair_mojibake(text) == (text, False)


def test_nuls_and_surrogates_leave_readable_text():
    assert decode(b"Fer\0ry").text == "Ferry"
    assert decode(b"a \xed\xa0\xbd\xed\xb8\x80 b \xed\xa0\x80 c").text == "a 😀 b � c"


def test_binary_data_is_an_encoding_error():
    junk = bytes((i * 37 + 11) % 256 for i in range(3_000))
    with pytest.raises(Rejected) as caught:
        decode(junk)
    assert caught.value.code is DeadCode.ENCODING


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_give_text_or_the_code(data, declared):
    try:
        text = decode(data, declared).text
    except Rejected as why:
        assert why.code is DeadCode.ENCODING
    else:
        assert "\0" not in text
        text.encode()  # no lone surrogates


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_utf8_without_mojibake_is_given_back_as_it_is(text):
    data = text.encode()
    if "\0" not in text and not text.startswith("\ufeff") and not repair_mojibake(text)[1]:
        assert decode(data) == (text, ())
