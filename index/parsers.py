"""Text in its forms into documents: headline, date, URL and paragraphs, each as an exact span."""

import re
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import PurePath
from typing import Any

import yaml
from markdown_it import MarkdownIt

from index.sentences import split_paragraphs, trim
from index.types import Document, HeaderField, Span

_FEED_HEADER = re.compile(
    r"\s*(?P<title>\S[^\r\n]*)(?:\r\n|\r|\n)(?P<published>\d{8})[^\S\r\n]*(?:\r\n|\r|\n)"
    r"(?P<url>https?://\S+)[^\S\r\n]*(?=\r|\n|$)"
)
"""The form of feeds: headline, date as YYYYMMDD, URL, then a paragraph a line."""

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?=\S)(?:.*?\n)?---[^\S\n]*(?=\n|$)", re.DOTALL)
_FRONT_MATTER_NAMES: dict[HeaderField, str] = {"title": "title", "published": "date", "url": "url"}
_BLOCK_MARK = re.compile(r"(?:[\s>#]|[-*+](?=\s)|\d+[.)](?=\s))*")
_ENDS_LIKE_PROSE = re.compile(r"[.!?…,;:]['\"”’)]*$")
_WEB_ADDRESS = re.compile(r"https?://\S+")
_TITLE_WIDTH = 150


def parse_text(text: str, key: str, source: str) -> Document:
    """Parses plain text, and the form of feeds: headline, date, URL, a paragraph a line."""
    if (match := _FEED_HEADER.match(text)) and (published := _compact_date(match["published"])):
        title = trim(text, Span(*match.span("title")))
        return Document(
            key=key,
            source=source,
            text=text,
            title=text[title.start : title.end],
            paragraphs=(title, *split_paragraphs(text, Span(match.end(), len(text)))),
            published=published,
            url=match["url"],
            header={
                "title": title,
                "published": Span(*match.span("published")),
                "url": Span(*match.span("url")),
            },
        )
    paragraphs = tuple(split_paragraphs(text, Span(0, len(text))))
    return _document(text, key, source, paragraphs, _text_title(text, paragraphs), {})


def parse_markdown(text: str, key: str, source: str) -> Document:
    """Parses Markdown. Headline, date and URL come from YAML front matter where there is some."""
    front = _FRONT_MATTER.match(text)
    facts = _front_matter(front[0]) if front else None
    # Between two thematic breaks there is prose, not front matter.
    body = front.end() if front and facts is not None else 0
    facts = facts or {}
    header = {
        name: span for name, value in facts.items() if (span := _stated(text[:body], name, value))
    }
    paragraphs, heading = _markdown_blocks(text, body)
    if "title" in facts:
        paragraphs = (*([header["title"]] if "title" in header else []), *paragraphs)
        heading = None
    document = _document(text, key, source, paragraphs, heading, facts)
    return replace(document, header={**document.header, **header})


def _document(
    text: str,
    key: str,
    source: str,
    paragraphs: tuple[Span, ...],
    title: Span | None,
    facts: dict[HeaderField, str],
) -> Document:
    """A document whose title stands in its text, in ``facts``, or is the source's name."""
    name = text[title.start : title.end] if title else PurePath(source).stem
    return Document(
        key=key,
        source=source,
        text=text,
        title=facts.get("title", name),
        paragraphs=paragraphs,
        published=_iso_date(facts.get("published", "")),
        url=facts.get("url"),
        header={"title": title} if title else {},
    )


def _text_title(text: str, paragraphs: tuple[Span, ...]) -> Span | None:
    """The first paragraph, where it is short, does not end like prose, and others follow."""
    if len(paragraphs) < 2:
        return None
    first = text[paragraphs[0].start : paragraphs[0].end]
    is_title = len(first) <= _TITLE_WIDTH and not _ENDS_LIKE_PROSE.search(first)
    return paragraphs[0] if is_title else None


def _markdown_blocks(text: str, body: int) -> tuple[tuple[Span, ...], Span | None]:
    """The blocks of prose without the marks before them, and the first heading."""
    starts = [body, *(body + m.end() for m in re.finditer(r"\r\n|\r|\n", text[body:]))]
    starts.append(len(text))
    blocks: list[Span] = []
    heading = None
    tokens = MarkdownIt().parse(text[body:])
    for before, token in pairwise(tokens):
        if token.type != "inline" or token.map is None:
            continue
        lines = Span(starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)])
        block = _without_marks(text, lines, token.content)
        if block.start == block.end:
            continue
        blocks.append(block)
        if heading is None and before.type == "heading_open":
            heading = block
    return tuple(blocks), heading


def _without_marks(text: str, lines: Span, content: str) -> Span:
    """Where a block's content stands; where marks run through it, all of it but the first ones."""
    if (found := text.rfind(content, *lines)) >= 0:
        return trim(text, Span(found, found + len(content)))
    marked = _BLOCK_MARK.match(text, *lines)
    return trim(text, Span(marked.end() if marked else lines.start, lines.end))


def _front_matter(block: str) -> dict[HeaderField, str] | None:
    """Title, date and URL as they are written in the front matter; None where it is none."""
    try:
        # BaseLoader leaves a date as it is written, so that it can be cited.
        loaded: Any = yaml.load(block.strip().strip("-"), yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return {}
    if not isinstance(loaded, dict):
        return None
    facts = {
        field: loaded[name].strip()
        for field, name in _FRONT_MATTER_NAMES.items()
        if isinstance(loaded.get(name), str) and loaded[name].strip()
    }
    if not _WEB_ADDRESS.fullmatch(facts.get("url", "")):
        facts.pop("url", None)
    return facts


def _stated(front_matter: str, name: HeaderField, value: str) -> Span | None:
    """Where a value stands after its name, if it stands there as it reads."""
    key = _FRONT_MATTER_NAMES[name]
    match = re.search(rf"^{key}[^\S\n]*:.*?({re.escape(value)})", front_matter, re.MULTILINE)
    return Span(*match.span(1)) if match else None


def _compact_date(digits: str) -> date | None:
    try:
        return datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return None


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
