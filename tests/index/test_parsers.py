import time
from datetime import date

import pytest
from hypothesis import given, settings

from index.parsers import parse_markdown, parse_text
from index.types import Document, HeaderField, Span
from tests.index.samples import BRIDGE, assert_divides, odd_texts

FRONT_MATTER = """\
---
title: Ferry breaks down
date: 2023-05-06
url: https://news.example/ferry
tags: [harbour]
---
"""


def text_of(text: str) -> Document:
    return parse_text(text, key="k", source="/news/ferry.txt")


def markdown(text: str) -> Document:
    return parse_markdown(text, key="k", source="/news/ferry.md")


def paragraphs(document: Document) -> list[str]:
    return [document.text[start:end] for start, end in document.paragraphs]


def header(document: Document) -> dict[HeaderField, str]:
    return {name: document.text[start:end] for name, (start, end) in document.header.items()}


def facts(document: Document) -> tuple[str, date | None, str | None]:
    return document.title, document.published, document.url


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


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_says_title_date_and_address(end: str) -> None:
    document = markdown((FRONT_MATTER + "\nThe ferry *stopped*.\n").replace("\n", end))
    url = "https://news.example/ferry"
    assert facts(document) == ("Ferry breaks down", date(2023, 5, 6), url)
    assert header(document) == {"title": document.title, "published": "2023-05-06", "url": url}
    assert paragraphs(document) == ["Ferry breaks down", "The ferry *stopped*."]


def test_a_title_of_the_front_matter_goes_before_a_heading() -> None:
    document = markdown(f"{FRONT_MATTER}# At noon\n\nIt stopped.")
    assert document.title == "Ferry breaks down"
    assert paragraphs(document) == ["Ferry breaks down", "At noon", "It stopped."]


def test_a_title_that_stands_nowhere_as_it_reads_has_no_span() -> None:
    document = markdown("---\ntitle: >\n  Ferry breaks\n  down\n---\n\nIt stopped.")
    assert document.title == "Ferry breaks down"
    assert document.header == {}
    assert paragraphs(document) == ["It stopped."]


@pytest.mark.parametrize(
    "front",
    [
        "title: [unclosed",
        "- a list",
        "title: [not, a, string]",
        'title: "\\UFFFFFFFF"',
        "title: " + "[" * 800,
        "? [a]\n: b",
        "title: ''",
        "",
    ],
    ids=["no YAML", "list", "no string", "no character", "deep", "odd key", "empty", "nothing"],
)
def test_front_matter_without_facts_leaves_the_heading(front: str) -> None:
    document = markdown(f"---\n{front}\n---\n\n# At noon\n\nIt stopped.")
    assert document.title == "At noon"
    assert paragraphs(document)[-2:] == ["At noon", "It stopped."]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b"])
def test_only_web_addresses_are_addresses(url: str) -> None:
    document = markdown(f"---\ntitle: Ferry\nurl: {url}\n---\n\nIt stopped.")
    assert document.url is None
    assert "url" not in document.header


def test_a_date_that_is_none_stays_unknown() -> None:
    assert markdown("---\ndate: last week\n---\n\nIt stopped.").published is None


def test_front_matter_that_does_not_end_is_text() -> None:
    assert markdown("---\ntitle: Ferry\n\nIt stopped.").title == "ferry"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("# At noon", ["At noon"]),
        ("## At noon ##", ["At noon"]),
        ("At noon\n=======", ["At noon"]),
        ("- one\n- two", ["one", "two"]),
        ("1. one\n2) two", ["one", "two"]),
        ("* one\n  - two\n", ["one", "two"]),
        ("> It stopped.", ["It stopped."]),
        ("> It stopped.\n> Nobody knew.", ["It stopped.\n> Nobody knew."]),
        ("#noon is a tag", ["#noon is a tag"]),
        ("It stopped\nat noon.", ["It stopped\nat noon."]),
        ("See [the ferry](https://news.example).", ["See [the ferry](https://news.example)."]),
        ("```\ncode\n```", []),
        ("<div>markup</div>", []),
        ("***", []),
        ("##", []),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_markdown_blocks_lose_the_marks_before_them(
    block: str, expected: list[str], end: str
) -> None:
    document = markdown(f"{block}\n\nThe end.\n".replace("\n", end))
    assert paragraphs(document) == [p.replace("\n", end) for p in [*expected, "The end."]]


def test_the_first_heading_is_the_title() -> None:
    document = markdown("Before.\n\n## At noon\n\n# Later\n")
    assert header(document) == {"title": "At noon"}
    assert document.title == "At noon"


@settings(deadline=None)
@given(odd_texts)
def test_text_loses_nothing_but_white_space(text: str) -> None:
    document = text_of(text)
    body = document.header["url"].end if "url" in document.header else 0
    spans = [span for span in document.paragraphs if span.start >= body]
    assert_divides(text, Span(body, len(text)), spans)


@settings(deadline=None)
@given(odd_texts)
def test_spans_are_exact_in_any_markdown(text: str) -> None:
    document = markdown(text)
    position = 0
    for start, end in document.paragraphs:
        assert position <= start < end <= len(text)
        position = end
    assert all(part == part.strip() for part in paragraphs(document))
    found = header(document)
    assert found.get("title", document.title) == document.title
    assert found.get("url") == document.url


def test_prose_between_two_thematic_breaks_is_no_front_matter() -> None:
    text = "---\n\nThe mayor resigned on Monday.\n\n---\n\nMore followed."
    document = parse_markdown(text, "k", "s.md")
    quotes = [text[start:end] for start, end in document.paragraphs]
    assert quotes == ["The mayor resigned on Monday.", "More followed."]


def test_a_fact_is_cited_where_it_is_stated() -> None:
    text = "---\nauthor: May Stone\ntitle: May\n---\nShe spoke."
    span = parse_markdown(text, "k", "s.md").header["title"]
    assert text[: span.start].endswith("title: ")


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
