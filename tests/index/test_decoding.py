import codecs
import random
import time

import pytest

from index.decoding import decode
from index.errors import SourceError

ENGLISH = "The mayor said “no” – and left the café. "
RUSSIAN = "Мост закрыт на ремонт, сообщил мэр города в понедельник. "
JAPANESE = "橋は月曜日に閉鎖されると市長が述べた。フェリーは十分ごとに運航する。"


def refusal(content: bytes, declared: str | None = None) -> str:
    with pytest.raises(SourceError) as raised:
        decode(content, "bridge.txt", declared)
    return str(raised.value)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("declared", [None, "cp1252"])
def test_a_mark_says_the_encoding(mark: bytes, encoding: str, declared: str | None) -> None:
    text = ENGLISH + RUSSIAN + "😀"
    assert decode(mark + text.encode(encoding), "s", declared) == text


@pytest.mark.parametrize("declared", [None, "utf-8", "latin-1", "cp1251", "nonsense", ""])
def test_utf8_goes_before_what_is_declared(declared: str | None) -> None:
    assert decode(RUSSIAN.encode(), "s", declared) == RUSSIAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "KOI8-R"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "EUC-JP"),
        ("Žluťoučký kůň", "iso-8859-2"),
        ("Mост", "utf-16-le"),
    ],
)
def test_what_is_declared_rightly_is_believed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "s", encoding) == text


@pytest.mark.parametrize("declared", ["latin-1", "ISO-8859-1", "iso8859-1", "us-ascii", "cp1252"])
def test_latin_1_is_in_truth_windows(declared: str) -> None:
    assert decode(ENGLISH.encode("cp1252"), "s", declared) == ENGLISH


@pytest.mark.parametrize(
    "declared",
    ["utf-8", "nonsense", "a\0b", "é", "shift_jis", "base64", "hex", "zlib", "undefined", "idna"],
)
def test_what_is_declared_wrongly_is_not(declared: str) -> None:
    assert decode(ENGLISH.encode("cp1252"), "s", declared) == ENGLISH


@pytest.mark.parametrize("declared", ["unicode_escape", "raw_unicode_escape", "utf-7"])
def test_no_encoding_runs_escapes(declared: str) -> None:
    text = r"The caf\u00e9 +AOk- closed." + "é"
    assert decode(text.encode("cp1252"), "s", declared) == text


def test_a_declared_encoding_takes_no_time() -> None:
    started = time.perf_counter()
    decode(b"\xe9" + b"a9" * 100_000, "s", "punycode")
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("repeated", [1, 200])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        ("I don’t know.", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (RUSSIAN, "utf-16-le"),
    ],
)
def test_without_any_word_it_is_guessed(text: str, encoding: str, repeated: int) -> None:
    assert decode((text * repeated).encode(encoding), "s") == text * repeated


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        random.Random(1).randbytes(1000),
        b"A ferry.\x00Two.",
        b"\x1b[31mA ferry.",
        b"A\x08 ferry.",
        b"The caf\xe9 closed on \x81 Monday.",
        b"\xff\xfeA",
        b"\xff\xfe\x00\xd8A\x00",
        b"\xef\xbb\xbfcaf\xe9",
        b"\xff\xfe\x00\x00abc",
        b"\x00\x00\xfe\xff\xff\xff\xff\xff",
        "A ferry.\x00".encode("utf-32"),
    ],
)
@pytest.mark.parametrize("declared", [None, "latin-1"])
def test_what_is_no_text_is_refused(content: bytes, declared: str | None) -> None:
    expected = "bridge.txt: binary, not text; save it as text in UTF-8"
    assert refusal(content, declared) == expected


def test_half_a_character_is_no_text() -> None:
    assert "\ud800" not in decode(b"\xe9 \\ud800", "s", "unicode_escape")


def test_line_ends_stay_as_they_are() -> None:
    text = "One.\r\nTwo.\rThree.\n\x85\u2028\t\x0b\x0c"
    assert decode(text.encode(), "s") == text


def test_a_long_binary_is_refused_soon() -> None:
    started = time.perf_counter()
    refusal(random.Random(2).randbytes(5_000_000))
    assert time.perf_counter() - started < 10


ENGLISH = "“It doesn’t work,” the mayor said about the bridge — again. " * 9
RUSSIAN = "Министр заявил, что переговоры были откровенными. " * 9


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, "会谈坦率，部长说。" * 30])
@pytest.mark.parametrize("declared", [None, "utf-8", "latin-1"])
def test_utf8_with_a_foreign_byte_or_cut_off_stays_utf8(text: str, declared: str | None) -> None:
    half = len(text) // 2
    joined = text[:half].encode() + b"\xe9 \xff" + text[half:].encode()
    assert decode(joined, "a", declared) == f"{text[:half]}\ufffd \ufffd{text[half:]}"
    last = f"{text}—".encode()
    assert decode(last[:-1], "a", declared) == f"{text}\ufffd"


@pytest.mark.parametrize("control", ["\x02", "\x1b", "\x7f", "\x93"])
def test_a_control_character_among_many_others_is_replaced(control: str) -> None:
    text = ENGLISH + control + ENGLISH
    assert decode(text.encode(), "a") == f"{ENGLISH}\ufffd{ENGLISH}"


@pytest.mark.parametrize(
    "content", [b"\x1b[1mA\x1b[0m ferry. " * 99, b"A ferry.\x00" * 2 + b"x" * 999]
)
def test_more_of_them_are_no_text(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a: binary, not text"):
        decode(content, "a")


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("shift_jis", "cp932", "① 会議は終わった。"),
        ("iso-8859-9", "cp1254", "Başkan “hayır” dedi."),
        ("tis-620", "cp874", "“ไม่” เขากล่าว"),
        ("gb2312", "gb18030", "镕基说。"),
        ("GBK", "gb18030", "镕基说。"),
        ("euc-kr", "cp949", "똠방각하"),
        ("ISO-8859-8-I", "iso8859-8", "הגשר נסגר"),
        ("x-sjis", "cp932", "① 会議は終わった。"),
    ],
)
def test_a_declared_encoding_is_the_one_that_browsers_read(
    declared: str, encoding: str, text: str
) -> None:
    assert decode(text.encode(encoding), "a", declared) == text


@pytest.mark.parametrize("declared", [None, "utf-8", "latin-1"])
def test_one_foreign_letter_does_not_garble_the_quotation_marks(declared: str | None) -> None:
    text = "It doesn’t work, the mayor said about the bridge on Monday. " + "It closed. " * 9
    assert decode(text.encode() + b"Caf\xe9.", "a", declared) == f"{text}Caf\ufffd."


@pytest.mark.parametrize("declared", [None, "utf-8", "cp1252"])
@pytest.mark.parametrize("text", ["The café closed.", "The “CAFÉ” closed.", "Élan, naïveté: été"])
def test_a_few_accents_are_no_damaged_utf8(text: str, declared: str | None) -> None:
    text += " It closed on Monday, he said." * 20
    assert decode(text.encode("cp1252"), "a", declared) == text


def test_a_short_text_that_is_cut_off_is_not_garbled() -> None:
    assert refusal("Мост закрыт".encode()[:-1]).startswith("bridge.txt: binary")


@pytest.mark.parametrize(
    ("text", "encoding", "foreign"),
    [
        (RUSSIAN, "cp1251", b"\x98"),
        (JAPANESE * 9, "cp932", b"\x81"),
        ("会谈坦率，部长说。" * 30, "gb18030", b"\xff"),
        ("It closed on Monday. " * 9 + "Café", "cp1252", b"\x81"),
    ],
)
def test_another_encoding_may_hold_a_foreign_byte_too(
    text: str, encoding: str, foreign: bytes
) -> None:
    assert decode(text.encode(encoding) + foreign, "a", encoding) == f"{text}\ufffd"


@pytest.mark.parametrize("content", [b"PK\x03\x04" + random.Random(3).randbytes(999), b"\x00" * 9])
def test_an_archive_or_zeros_are_no_text(content: bytes) -> None:
    assert refusal(content).startswith("bridge.txt: binary")
