"""Web pages: the article without what surrounds it, by trafilatura."""

import re
from collections.abc import Mapping

import trafilatura

from index.errors import SourceError, in_one_line
from index.formats.text import make_document
from index.sentences import split_paragraphs
from index.types import Document, HeaderField, Span

_STATED: dict[HeaderField, str] = {
    "title": "title",
    "author": "author",
    "published": "date",
    "url": "url",
}
"""What is taken of the page's metadata, with trafilatura's names, in the order of the text."""

_CONTROL = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]))(?![\da-f]);?", re.IGNORECASE
)
"""A reference to a control character. With a single one, trafilatura finds no article."""

_PROSE = re.compile(r".{30}[.!?…。！？]")
"""What every article has, and the labels of a menu or a form do not."""

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 1024
"""The bytes that the HTML standard searches for it."""


def declared_charset(page: bytes) -> str | None:
    """Returns the encoding that a page declares itself."""
    match = _CHARSET.search(page[:_CHARSET_WITHIN])
    return match[1].decode("ascii") if match else None


def parse_html(page: str, key: str, source: str, url: str | None = None) -> Document:
    """Extracts the article of a page.

    Its text begins with headline, author, date and canonical URL, a line each, of those that the
    page states, so that they can be cited; then comes the body as trafilatura extracts it.

    Args:
        page: The page.
        key: See ``Document``.
        source: See ``Document``.
        url: Where it was found. The canonical URL is this one where the page states none.

    Raises:
        SourceError: There is no article on the page.
    """
    extracted = _extracted(page, source, url)
    facts = {
        field: " ".join(value.split())
        for field, name in _STATED.items()
        if (value := getattr(extracted, name))
    }
    if not facts.get("url", "").startswith(("http://", "https://")):
        facts.pop("url", None)
    lines, header = _header(facts)
    text = lines + _body(extracted.text or "", facts.get("title", ""))
    paragraphs = split_paragraphs(text, Span(len(lines), len(text)))
    if "title" in header:
        paragraphs.insert(0, header["title"])
    return make_document(text, key, source, tuple(paragraphs), facts, header)


def _extracted(page: str, source: str, url: str | None) -> trafilatura.settings.Document:
    try:
        extracted = trafilatura.bare_extraction(
            _CONTROL.sub("", page),
            url=url,
            include_comments=False,
            with_metadata=True,
            # Only a date that the page states: a search through its text finds any.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # It and lxml raise what they like.
        raise SourceError(f"{source}: this page cannot be parsed ({in_one_line(error)})") from error
    if isinstance(extracted, trafilatura.settings.Document) and _PROSE.search(extracted.text or ""):
        return extracted
    raise SourceError(f"{source}: there is no article on this page")


def _header(facts: Mapping[HeaderField, str]) -> tuple[str, dict[HeaderField, Span]]:
    """The facts, a line each, and where each stands."""
    lines, header = "", {}
    for field, value in facts.items():
        header[field] = Span(len(lines), len(lines) + len(value))
        lines += f"{value}\n"
    return f"{lines}\n" if lines else "", header


def _body(extracted: str, headline: str) -> str:
    """The extracted text without the headline, where it begins with it."""
    first, _, rest = extracted.strip().partition("\n")
    return rest.lstrip() if headline and first.strip() == headline else extracted.strip()
