import logging
import random
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from index.errors import SourceError
from index.formats import pdf
from index.formats.pdf import parse_pdf
from index.types import Document
from tests.index.formats.documents import (
    add_page,
    header,
    make_pdf,
    names,
    paragraphs,
    pdf_bytes,
    pdf_writer,
)

HEADLINE = ["Harbour bridge closes", "for long repairs"]
FIRST = [
    "The harbour bridge will close on Monday, Mayor Lena",
    "Ortiz said. Repairs cost sixty million dollars, and",
    "ferries run every ten minutes until June.",
]
SECOND = [
    "Drivers do not like the detour around the bay, and",
    "they have said so at every meeting of the council",
]
REST = ["since the plan was made.", "Nobody listened to them, and they went home again."]
SMALL = make_pdf([*HEADLINE, *FIRST], SECOND)
BEHIND = "/news/bridge.pdf: this PDF "


def read(content: bytes) -> Document:
    return parse_pdf(content, key="k", source="/news/bridge.pdf")


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as raised:
        read(content)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def packed(content: bytes) -> StreamObject:
    stream = StreamObject()
    stream.set_data(zlib.compress(content, 9))
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return stream


def test_every_line_is_a_line_of_the_text() -> None:
    document = read(make_pdf([*HEADLINE, *FIRST], SECOND))
    assert document.text.split("\n") == [*HEADLINE, *FIRST, *SECOND]


def test_paragraphs_go_on_over_lines_and_pages() -> None:
    document = read(make_pdf([*HEADLINE, *FIRST, *SECOND], REST))
    assert paragraphs(document) == [
        "\n".join(HEADLINE),
        "\n".join(FIRST),
        "\n".join([*SECOND, REST[0]]),
        REST[1],
    ]


def test_a_first_paragraph_that_is_short_is_the_headline() -> None:
    document = read(make_pdf([*HEADLINE, *FIRST]))
    assert document.title == "Harbour bridge closes for long repairs"
    assert header(document) == {"title": "\n".join(HEADLINE)}


def test_the_title_that_the_file_names_is_found_over_two_lines() -> None:
    title = "Harbour bridge closes for long repairs"
    document = read(make_pdf(["The Bay News", *HEADLINE, *FIRST], title=title))
    assert document.title == title
    assert header(document) == {"title": "\n".join(HEADLINE)}
    assert paragraphs(document) == ["The Bay News", "\n".join(HEADLINE), "\n".join(FIRST)]


def test_a_title_within_a_line_is_not_taken() -> None:
    for title in ["on", "bridge", "The harbour bridge will close"]:
        document = read(make_pdf(FIRST, title=title))
        assert (document.title, document.header) == ("bridge", {})
        assert paragraphs(document) == ["\n".join(FIRST)]


def test_a_title_that_only_stands_on_a_later_page_is_not_taken() -> None:
    document = read(make_pdf([*HEADLINE, *FIRST], [*SECOND, "The Bay News"], title="The Bay News"))
    assert header(document) == {"title": "\n".join(HEADLINE)}
    assert paragraphs(document)[:2] == ["\n".join(HEADLINE), "\n".join(FIRST)]


def test_a_title_that_stands_at_the_foot_of_the_page_drops_nothing() -> None:
    document = read(make_pdf([*FIRST, "The Bay News"], SECOND, title="The Bay News"))
    assert paragraphs(document) == ["\n".join(FIRST), "The Bay News", "\n".join(SECOND)]


def test_a_title_is_cut_out_of_the_paragraph_that_goes_on() -> None:
    wide = "The harbour bridge closes on Monday for long repair"
    document = read(make_pdf(["from our reporter", wide, "ferries run.", *FIRST], title=wide))
    assert header(document) == {"title": wide}
    assert paragraphs(document)[:3] == ["from our reporter", wide, "ferries run."]
    assert paragraphs(document)[-1] == "\n".join(FIRST)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text("aB .", max_size=6), max_size=5), min_size=1, max_size=3),
    st.text("aB .", max_size=4),
)
def test_every_letter_stands_in_one_paragraph(pages: list[list[str]], title: str) -> None:
    document = read(
        make_pdf(["Noon."], *pages) if not title else make_pdf(*pages, ["a"], title=title)
    )
    covered = [place for span in document.paragraphs for place in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert covered == sorted(covered)
    assert not [p for p in set(range(len(document.text))) - set(covered) if document.text[p] > " "]


def test_a_long_line_of_spaces_is_no_work() -> None:
    started = time.perf_counter()
    spaces = " " * 100_000
    assert pdf._paragraphs(f"One.\n{spaces}\nTwo.") != []
    assert pdf._found(f"{spaces}\n{spaces}", 200_001, "One two") is None
    assert time.perf_counter() - started < 2


def test_what_is_no_character_is_replaced() -> None:
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 72 720 Td (The \\000ferry\\001 stopped\\177.) Tj ET")
    writer = pdf_writer([])
    add_page(writer, content)
    text = read(pdf_bytes(writer)).text
    assert "ferry" in text
    assert not [c for c in text if c < " " or c == "\x7f"]
    assert pdf._UNREADABLE.sub("?", "a\0\x08\t\n\r\x0e\x1f\x7f\ud800é\N{GRINNING FACE}") == (
        "a??\t\n\r????é\N{GRINNING FACE}"
    )


@pytest.mark.parametrize("title", ["Microsoft Word - draft 7", "", "  ", "(?:["])
def test_a_title_that_is_not_in_the_text_is_not_taken(title: str) -> None:
    assert read(make_pdf(FIRST, title=title)).title == "bridge"


def test_characters_beyond_ascii_are_read() -> None:
    assert read(make_pdf(["“Café” – naïve…"])).text == "“Café” – naïve…"


def test_a_damaged_file_is_refused_or_read_wherever_it_ends() -> None:
    for end in range(0, len(SMALL) - 40, 25):
        assert refusal(SMALL[:end]).startswith(BEHIND + "is damaged (")


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF\n", b"\x00" * 5000, b"<html>"])
def test_what_is_no_pdf_is_damaged(content: bytes) -> None:
    assert refusal(content).startswith(BEHIND + "is damaged (")


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_password_is_needed(algorithm: str) -> None:
    writer = pdf_writer([FIRST])
    writer.encrypt("secret", algorithm=algorithm)
    assert refusal(pdf_bytes(writer)) == BEHIND + "is encrypted; save it without a password"


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_what_opens_without_a_password_is_read(algorithm: str) -> None:
    writer = pdf_writer([FIRST])
    writer.encrypt("", "owner", algorithm=algorithm)
    assert paragraphs(read(pdf_bytes(writer))) == ["\n".join(FIRST)]


def only_a_picture() -> bytes:
    writer = pdf_writer([])
    drawing = DecodedStreamObject()
    drawing.set_data(b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    add_page(writer, drawing)
    return pdf_bytes(writer)


@pytest.mark.parametrize(
    "content",
    [make_pdf(), make_pdf([]), make_pdf(["  "]), only_a_picture()],
    ids=["no page", "blank", "spaces", "picture"],
)
def test_pages_without_text_are_refused(content: bytes) -> None:
    assert refusal(content).startswith(BEHIND + "holds no text")


def test_a_stream_that_unpacks_to_very_much_is_refused() -> None:
    writer = pdf_writer([])
    add_page(writer, packed(b" " * 300_000_000))
    started = time.perf_counter()
    assert refusal(pdf_bytes(writer)).startswith("/news/bridge.pdf: ")
    assert time.perf_counter() - started < 10


def with_blank_pages(count: int) -> bytes:
    """A page of text, and others whose contents unpack to much."""
    writer = pdf_writer([FIRST])
    content = packed(b" " * 500_000)
    for _ in range(count):
        add_page(writer, content)
    return pdf_bytes(writer)


def test_a_stream_that_many_pages_show_counts_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_UNPACKED_BYTES", 2 * 1024 * 1024)
    assert paragraphs(read(with_blank_pages(4))) == ["\n".join(FIRST)]
    expected = "/news/bridge.pdf: too large, it unpacks to more than 2 MiB"
    assert refusal(with_blank_pages(5)) == expected


def with_forms(pages: int, depth: int, width: int) -> bytes:
    """Pages that show a form so many times, which shows another so many times, and so on."""
    writer = pdf_writer([FIRST])
    resources = writer.pages[0]["/Resources"]
    assert isinstance(resources, DictionaryObject)
    shown = "BT /F1 12 Tf (Ferries run.) Tj ET"
    form: IndirectObject | None = None
    for level in range(depth + 1):
        if form is not None:
            shown = "/X Do " * width
            resources = DictionaryObject(resources)
            resources[NameObject("/XObject")] = DictionaryObject({NameObject("/X"): form})
        content = DecodedStreamObject()
        content.set_data(shown.encode())
        if level < depth:
            content.update(names(Type="XObject", Subtype="Form"))
            content[NameObject("/Resources")] = resources
            form = writer._add_object(content)
    for _ in range(pages):
        add_page(writer, content)
        writer.pages[-1][NameObject("/Resources")] = resources
    return pdf_bytes(writer)


def test_what_a_form_shows_is_read() -> None:
    assert read(with_forms(2, 2, 2)).text.count("Ferries run.") == 8


@pytest.mark.parametrize(("pages", "depth", "width"), [(200, 5, 8), (200, 12, 1), (1, 12, 2)])
def test_nested_forms_are_not_multiplied(
    monkeypatch: pytest.MonkeyPatch, pages: int, depth: int, width: int
) -> None:
    monkeypatch.setattr(pdf, "MAX_OPERATORS", 100_000)  # In place of seconds of work.
    content = with_forms(pages, depth, width)
    started = time.perf_counter()
    expected = "/news/bridge.pdf: too large, it takes more than 100000 steps to draw"
    assert refusal(content) == expected
    assert time.perf_counter() - started < 10


def test_a_long_title_is_not_searched_for() -> None:
    started = time.perf_counter()
    assert read(make_pdf(["a " * 2000] * 50, title="a " * 50_000 + "b")).title == "bridge"
    assert time.perf_counter() - started < 5


def test_a_text_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    length = len("\n".join(FIRST))
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", length)
    assert len(read(make_pdf(FIRST)).text) == length
    expected = f"/news/bridge.pdf: too large, more than {length} characters"
    assert refusal(make_pdf([*FIRST, "More."])) == expected
    assert refusal(make_pdf(FIRST, ["More."])) == expected


@pytest.mark.parametrize("flips", [1, 3, 20])
def test_no_flipped_byte_raises_anything_else(flips: int) -> None:
    chance = random.Random(flips)
    for _ in range(150):
        content = bytearray(SMALL)
        for _ in range(flips):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            read(bytes(content))
        except SourceError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either is right


def test_the_parser_prints_nothing() -> None:
    """Without a handler, Python prints warnings of a library to the terminal."""
    assert any(isinstance(h, logging.NullHandler) for h in logging.getLogger("pypdf").handlers)
