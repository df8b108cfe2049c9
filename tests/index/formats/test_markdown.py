import time
from datetime import date

import pytest
from hypothesis import given, settings

from index.formats.markdown import parse_markdown
from index.types import Document
from tests.index.formats.documents import facts, header, paragraphs
from tests.index.samples import odd_texts

FRONT_MATTER = """\
---
title: Ferry breaks down
author: Maya Stone
date: 2023-05-06
url: https://news.example/ferry
tags: [harbour]
---
"""


def markdown(text: str) -> Document:
    return parse_markdown(text, key="k", source="/news/ferry.md")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_says_title_author_date_and_address(end: str) -> None:
    document = markdown((FRONT_MATTER + "\nThe ferry *stopped*.\n").replace("\n", end))
    url = "https://news.example/ferry"
    assert facts(document) == ("Ferry breaks down", date(2023, 5, 6), url)
    assert document.author == "Maya Stone"
    assert header(document) == {
        "title": document.title,
        "author": "Maya Stone",
        "published": "2023-05-06",
        "url": url,
    }
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
def test_spans_are_exact_in_any_markdown(text: str) -> None:
    document = markdown(text)
    position = 0
    for start, end in document.paragraphs:
        assert position <= start < end <= len(text)
        position = end
    assert all(part == part.strip() for part in paragraphs(document))
    found = header(document)
    assert " ".join(found.get("title", document.title).split()) == document.title
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


@pytest.mark.parametrize("author", ["[Maya Stone, Jo Bell]", "''", "{name: Maya}"])
def test_an_author_that_is_no_name_stays_unknown(author: str) -> None:
    assert markdown(f"---\nauthor: {author}\n---\n\nIt stopped.").author is None


@pytest.mark.parametrize(
    "hostile",
    ["[", "![", "*a", "[a](", "<a ", "&", "> ", "_", "`"],
)
def test_hostile_marks_take_no_time(hostile: str) -> None:
    started = time.perf_counter()
    markdown(hostile * (400_000 // len(hostile)))
    assert time.perf_counter() - started < 5


def test_front_matter_without_end_takes_no_time() -> None:
    started = time.perf_counter()
    markdown("---\n" + "title: a\n" * 100_000 + "---\n")
    assert time.perf_counter() - started < 5
