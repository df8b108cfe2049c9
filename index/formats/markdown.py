"""Markdown, with headline, author, date and URL from YAML front matter where there is some."""

import re
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt

from index.formats.text import make_document
from index.sentences import trim
from index.types import Document, HeaderField, Span

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?=\S)(?:.*?\n)?---[^\S\n]*(?=\n|$)", re.DOTALL)
_MAX_FRONT_MATTER = 50_000
"""How far it is looked for, in characters: YAML takes long."""

_FRONT_MATTER_NAMES: dict[HeaderField, str] = {
    "title": "title",
    "author": "author",
    "published": "date",
    "url": "url",
}
_BLOCK_MARK = re.compile(r"(?:[\s>#]|[-*+](?=\s)|\d+[.)](?=\s))*")
_WEB_ADDRESS = re.compile(r"https?://\S+")


def parse_markdown(text: str, key: str, source: str) -> Document:
    """Parses Markdown. Its paragraphs are the blocks of prose, without code."""
    front = _FRONT_MATTER.match(text, 0, _MAX_FRONT_MATTER)
    facts = _front_matter(front[0]) if front else None
    # Between two thematic breaks there is prose, not front matter.
    body = front.end() if front and facts is not None else 0
    facts = facts or {}
    header = {
        name: span for name, value in facts.items() if (span := _stated(text[:body], name, value))
    }
    paragraphs, heading = _blocks(text, body)
    if "title" in facts:
        paragraphs = (*([header["title"]] if "title" in header else []), *paragraphs)
    elif heading:
        header["title"] = heading
    return make_document(text, key, source, paragraphs, facts, header)


def _blocks(text: str, body: int) -> tuple[tuple[Span, ...], Span | None]:
    """The blocks of prose without the marks before them, and the first heading."""
    starts = [body, *(body + m.end() for m in re.finditer(r"\r\n|\r|\n", text[body:]))]
    starts.append(len(text))
    blocks: list[Span] = []
    heading = None
    # What is inside a block stays as it is written: parsing it could take minutes.
    tokens = MarkdownIt().disable("inline").parse(text[body:])
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
    """The facts as they are written in the front matter; None where it is none."""
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
