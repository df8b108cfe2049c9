import time
from dataclasses import replace

import pytest

from index.errors import SourceError
from index.formats import SUFFIXES, digest, extract, sniff
from index.types import MediaType, Original
from tests.index.formats.documents import make_pdf, make_word, paragraphs

LINE = "The harbour bridge will close on Monday, Mayor Lena Ortiz said."
PAGE = f"<html><body><article><p>{LINE}</p></article></body></html>".encode()
CONTENTS: dict[str, bytes] = {
    ".txt": LINE.encode(),
    ".md": f"> {LINE}".encode(),
    ".html": PAGE,
    ".pdf": make_pdf([LINE]),
    ".docx": make_word(("", LINE)),
}


def original(suffix: str) -> Original:
    return Original("k", f"/news/bridge{suffix}", CONTENTS[suffix], SUFFIXES[suffix])


@pytest.mark.parametrize("suffix", CONTENTS)
def test_an_article_is_extracted_from_every_format(suffix: str) -> None:
    document = extract(original(suffix))
    assert paragraphs(document) == [LINE]
    assert (document.key, document.source) == ("k", f"/news/bridge{suffix}")
    assert document.title == "bridge"


def test_every_type_of_file_has_a_parser() -> None:
    assert {SUFFIXES[suffix] for suffix in CONTENTS} == set(SUFFIXES.values())


@pytest.mark.parametrize("suffix", CONTENTS)
def test_a_document_knows_its_original(suffix: str) -> None:
    assert extract(original(suffix)).original == digest(original(suffix))


def test_the_digest_is_of_all_that_the_text_depends_on() -> None:
    first = original(".txt")
    others = [
        replace(first, content=first.content + b"\n"),
        replace(first, media_type="text/markdown"),
        replace(first, charset="latin-1"),
        replace(first, url="https://news.example/a"),
    ]
    assert len({digest(one) for one in [first, *others]}) == 5


def test_the_digest_is_not_of_where_it_lies() -> None:
    first = original(".txt")
    assert digest(replace(first, key="another", source="another")) == digest(first)


@pytest.mark.parametrize("suffix", CONTENTS)
def test_where_it_was_found_is_its_address(suffix: str) -> None:
    found = replace(original(suffix), url="https://news.example/found")
    assert extract(found).url == "https://news.example/found"


def test_the_address_that_it_states_goes_first() -> None:
    stated = b"---\nurl: https://news.example/stated\n---\n\nIt stopped."
    found = Original("k", "a.md", stated, "text/markdown", url="https://news.example/found")
    assert extract(found).url == "https://news.example/stated"


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe \x00"])
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_empty_text_is_refused(content: bytes, media_type: MediaType) -> None:
    with pytest.raises(SourceError, match=r"^a: it is empty$"):
        extract(Original("k", "a", content, media_type))


@pytest.mark.parametrize("media_type", sorted(set(SUFFIXES.values())))
def test_nothing_is_refused_as_every_type(media_type: MediaType) -> None:
    with pytest.raises(SourceError, match=r"^a: it is empty$"):
        extract(Original("k", "a", b"", media_type))


@pytest.mark.parametrize("media_type", sorted(set(SUFFIXES.values())))
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00", b"\x00" * 100, b"\xff\xfe\x00\xd8"])
def test_no_type_takes_what_is_none(media_type: MediaType, content: bytes) -> None:
    with pytest.raises(SourceError) as raised:
        extract(Original("k", "a", content, media_type))
    assert str(raised.value).startswith("a: ")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CONTENTS[".pdf"], ".pdf"),
        (CONTENTS[".docx"], ".docx"),
        (PAGE, ".html"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html>\n<title>A</title>", ".html"),
        (b'<?xml version="1.0"?>\n<!-- a --> <!-- b -->\n<HTML lang="en">', ".html"),
        (b"<!doctype HTML>", ".html"),
        (b"<head><title>A</title></head>", ".html"),
        (b"\r\n<BODY class='a'>", ".html"),
        ("\ufeff<body>“A”".encode("utf-16-le"), ".html"),
        ("\ufeff<!doctype html>".encode("utf-16-be"), ".html"),
        ("\ufeffA ferry".encode("utf-16-le"), ".txt"),
        (b"\xff\xfe<\x00b", ".txt"),
        (b"<header>", ".txt"),
        (b"\n%PDF-1.7", ".pdf"),
        (b"<htmlx>", ".txt"),
        (b"How <html> is written", ".txt"),
        (b"<!-- a", ".txt"),
        (b"# Ferry stops", ".txt"),
        (b"", ".txt"),
    ],
)
def test_bytes_without_a_type_are_known_by_how_they_begin(content: bytes, expected: str) -> None:
    assert sniff(content) == SUFFIXES[expected]


@pytest.mark.parametrize("hostile", [b"<!---->", b"<!-- ", b"<?xml?>", b" ", b"<!-- --> \n"])
def test_hostile_beginnings_take_no_time(hostile: bytes) -> None:
    started = time.perf_counter()
    assert sniff(hostile * 100_000 + b"x") == "text/plain"
    assert time.perf_counter() - started < 2
