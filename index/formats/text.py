"""Plain text, and the form of feeds: headline, date, URL, then a paragraph a line."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePath

from index.sentences import split_paragraphs, trim
from index.types import Document, HeaderField, Span

_FEED_HEADER = re.compile(
    r"\s*(?P<title>\S[^\r\n]*)(?:\r\n|\r|\n)(?P<published>\d{8})[^\S\r\n]*(?:\r\n|\r|\n)"
    r"(?P<url>https?://\S+)[^\S\r\n]*(?=\r|\n|$)"
)
_ENDS_LIKE_PROSE = re.compile(r"[.!?…,;:]['\"”’)]*$")
_TITLE_WIDTH = 150


def parse_text(text: str, key: str, source: str) -> Document:
    """Parses plain text."""
    if (match := _FEED_HEADER.match(text)) and (published := _compact_date(match["published"])):
        title = trim(text, Span(*match.span("title")))
        header: dict[HeaderField, Span] = {
            "title": title,
            "published": Span(*match.span("published")),
            "url": Span(*match.span("url")),
        }
        facts: dict[HeaderField, str] = {"published": published, "url": match["url"]}
        paragraphs = (title, *split_paragraphs(text, Span(match.end(), len(text))))
        return make_document(text, key, source, paragraphs, facts, header)
    paragraphs = tuple(split_paragraphs(text, Span(0, len(text))))
    heading = text_title(text, paragraphs)
    return make_document(text, key, source, paragraphs, {}, {"title": heading} if heading else {})


def make_document(
    text: str,
    key: str,
    source: str,
    paragraphs: tuple[Span, ...],
    facts: Mapping[HeaderField, str],
    header: Mapping[HeaderField, Span],
) -> Document:
    """Returns a document of what a format's parser found.

    Args:
        text: The whole text.
        key: See ``Document``.
        source: See ``Document``.
        paragraphs: See ``Document``.
        facts: Title, author, date (ISO) and URL as they are written.
        header: Where they stand in the text. A title that only stands there is taken from there;
            without any, the source's name is the title.
    """
    title = header.get("title")
    # A headline may be wrapped.
    name = " ".join(text[title.start : title.end].split()) if title else PurePath(source).stem
    return Document(
        key=key,
        source=source,
        text=text,
        title=facts.get("title", name),
        paragraphs=paragraphs,
        author=facts.get("author"),
        published=_iso_date(facts.get("published", "")),
        url=facts.get("url"),
        header=header,
    )


def text_title(text: str, paragraphs: tuple[Span, ...]) -> Span | None:
    """Returns the first paragraph, where it is short, unlike prose, and others follow."""
    if len(paragraphs) < 2:
        return None
    first = text[paragraphs[0].start : paragraphs[0].end]
    is_title = len(first) <= _TITLE_WIDTH and not _ENDS_LIKE_PROSE.search(first)
    return paragraphs[0] if is_title else None


def _compact_date(digits: str) -> str | None:
    """A date as YYYYMMDD in ISO's form; None for digits that are none."""
    try:
        return datetime.strptime(digits, "%Y%m%d").date().isoformat()
    except ValueError:
        return None


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
