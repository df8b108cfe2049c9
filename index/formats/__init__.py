"""Originals into documents, a module for each format. One that is not used is not imported."""

import codecs
import re
from dataclasses import replace
from hashlib import blake2b

from index.decoding import decode
from index.errors import SourceError
from index.types import Document, MediaType, Original

SUFFIXES: dict[str, MediaType] = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".htm": "text/html",
    ".html": "text/html",
    ".markdown": "text/markdown",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".text": "text/plain",
    ".txt": "text/plain",
    ".xhtml": "text/html",
}
"""The types of file that are read."""

_EXTRACTION_VERSION = 1
"""Part of every original's digest: raise it when another text is extracted from the same bytes."""

_BEFORE_HTML = rb"\s*+(?:(?><\?xml[^>]*>|<!--.*?-->)\s*+)*+"
"""Without going back: a run of comments would take forever."""

_HTML = re.compile(
    _BEFORE_HTML + rb"<(?:!doctype\s+)?(?:html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def extract(original: Original) -> Document:
    """Returns the article that an original holds.

    Raises:
        SourceError: It holds none, is damaged, encrypted or no text.
    """
    document = _parsed(original)
    return replace(document, url=document.url or original.url, original=digest(original))


def digest(original: Original) -> str:
    """Returns what an original is known by: another digest means that it is extracted again."""
    how = f"{_EXTRACTION_VERSION} {original.media_type} {original.charset} {original.url}\n"
    return blake2b(how.encode() + original.content, digest_size=16).hexdigest()


def sniff(content: bytes) -> MediaType:
    """Returns the type of bytes that came without one."""
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return SUFFIXES[".docx"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode()
    return "text/html" if _HTML.match(content.removeprefix(codecs.BOM_UTF8)) else "text/plain"


def _parsed(original: Original) -> Document:
    content, key, source = original.content, original.key, original.source
    if not content.strip():
        raise SourceError(f"{source}: it is empty")
    if original.media_type == "application/pdf":
        from index.formats.pdf import parse_pdf

        return parse_pdf(content, key, source)
    if original.media_type == SUFFIXES[".docx"]:
        from index.formats.docx import parse_docx

        return parse_docx(content, key, source)
    if original.media_type == "text/html":
        from index.formats.html import declared_charset, parse_html

        page = decode(content, source, original.charset or declared_charset(content))
        return parse_html(page, key, source, original.url)
    text = decode(content, source, original.charset)
    if not text.strip():
        raise SourceError(f"{source}: it is empty")
    if original.media_type == "text/markdown":
        from index.formats.markdown import parse_markdown

        return parse_markdown(text, key, source)
    from index.formats.text import parse_text

    return parse_text(text, key, source)
