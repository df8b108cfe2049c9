import time
from datetime import date

import pytest
from hypothesis import given, settings

from index.formats.text import parse_text
from index.types import Document, Span
from tests.index.formats.documents import facts, header, paragraphs
from tests.index.samples import BRIDGE, assert_divides, odd_texts


def text_of(text: str) -> Document:
    return parse_text(text, key="k", source="/news/ferry.txt")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_form_of_feeds(end: str) -> None:
    document = text_of(BRIDGE.replace("\n", end))
    url = "https://news.example/2023/04/harbour-bridge/"
    assert facts(document) == ("Harbour bridge closes for repairs", date(2023, 4, 5), url)
    assert header(document) == {"title": document.title, "published": "20230405", "url": url}
    assert paragraphs(document) == [document.title, *BRIDGE.splitlines()[3:]]


def test_a_feed_may_end_after_its_header() -> None:
    document = text_of("Bridge closes\n20230405 \nhttps://news.example/a")
    assert paragraphs(document) == ["Bridge closes"]
    assert document.url == "https://news.example/a"


@pytest.mark.parametrize(
    "text",
    [
        "Bridge closes\n20231305\nhttps://news.example/a\nIt is old.",
        "Bridge closes\n2023-04-05\nhttps://news.example/a\nIt is old.",
        "Bridge closes\n20230405\nnews.example/a\nIt is old.",
        "Bridge closes\n\n20230405\nhttps://news.example/a\nIt is old.",
        "  \n20230405\nhttps://news.example/a\nIt is old.",
    ],
)
def test_what_is_nearly_a_feed_is_plain_text(text: str) -> None:
    document = text_of(text)
    assert (document.published, document.url) == (None, None)
    assert_divides(text, Span(0, len(text)), document.paragraphs)


def test_a_short_first_line_is_the_title() -> None:
    document = text_of("Ferry breaks down\n\nThe ferry stopped at noon.\nNobody was hurt.")
    assert header(document) == {"title": "Ferry breaks down"}
    assert document.title == "Ferry breaks down"
    assert paragraphs(document)[0] == "Ferry breaks down"


@pytest.mark.parametrize(
    "text",
    [
        "The ferry stopped at noon.\nNobody was hurt.",
        "“The ferry stopped.”\nNobody was hurt.",
        "The ferry stopped " * 10 + "\nNobody was hurt.",
        "One line only",
    ],
)
def test_without_a_title_line_the_source_names_it(text: str) -> None:
    document = text_of(text)
    assert document.title == "ferry"
    assert document.header == {}


def test_wrapped_lines_are_one_paragraph() -> None:
    body = "The ferry stopped at\nnoon, and nobody knew\nwhy it did."
    assert paragraphs(text_of(f"Ferry breaks down\n\n{body}\n")) == ["Ferry breaks down", body]


@settings(deadline=None)
@given(odd_texts)
def test_text_loses_nothing_but_white_space(text: str) -> None:
    document = text_of(text)
    body = document.header["url"].end if "url" in document.header else 0
    spans = [span for span in document.paragraphs if span.start >= body]
    assert_divides(text, Span(body, len(text)), spans)


def test_a_very_long_line_takes_no_time() -> None:
    started = time.perf_counter()
    parse_text("word " * 100_000, "k", "s.txt")
    assert time.perf_counter() - started < 5


def test_a_headline_above_short_lines_is_a_headline() -> None:
    document = parse_text("Cats win\nThe cats won the match on Sunday.", "k", "mine.txt")
    assert document.title == "Cats win"


def test_the_form_of_feeds_may_begin_with_blank_lines() -> None:
    document = parse_text("\n \nRain\n20240102\nhttps://example.com/a\nIt rained.", "k", "s.txt")
    assert (document.title, document.url) == ("Rain", "https://example.com/a")


def test_a_title_over_two_lines_is_read_as_one() -> None:
    wrapped = "Ferry breaks down at noon\nwithout anybody knowing"
    document = text_of(f"{wrapped}\n\nThe ferry stopped at noon\nand nobody was hurt.\n")
    assert document.title == "Ferry breaks down at noon without anybody knowing"
    assert header(document) == {"title": wrapped}
