"""Word documents (DOCX), by python-docx."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from index.errors import SourceError, in_one_line
from index.formats.text import make_document, text_title
from index.sentences import trim
from index.types import Document, Span

MAX_UNPACKED_BYTES = 60 * 1024 * 1024
"""The most that a file may unpack to: pictures of 20 MiB, which do not shrink, and the text."""

_HEADLINE_STYLES = ("Title", "Heading 1")
_PARAGRAPH, _ROW, _CELL = qn("w:p"), qn("w:tr"), qn("w:tc")
_TEXT = {qn(f"w:{name}") for name in "t tab ptab br cr noBreakHyphen".split()}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), _FALLBACK}
"""What is struck out or now stands elsewhere, what a paragraph looks like (its tab stops have the
name of tabs), and what older programs show in place of the same thing."""


def parse_docx(content: bytes, key: str, source: str) -> Document:
    """Extracts the text of a Word document: a line for each paragraph and each row of a table.

    It is the text as it stands with all tracked changes accepted.

    Raises:
        SourceError: It is damaged or encrypted, unpacks to too much, or holds no text.
    """
    try:
        _check_size(content, source)
        blocks = list(_styled(docx.Document(io.BytesIO(content))))
    except SourceError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx raise whatever they stumble over.
        raise SourceError(
            f"{source}: this is no Word document (DOCX), or it is damaged or encrypted "
            f"({in_one_line(error)})"
        ) from error
    text = "".join(f"{line}\n" for _, line in blocks)
    if not text.strip():
        raise SourceError(f"{source}: there is no text in this document")
    spans = _spans(text, blocks)
    paragraphs = tuple(span for _, span in spans)
    first = dict(reversed(spans))
    title = next((first[s] for s in _HEADLINE_STYLES if s in first), text_title(text, paragraphs))
    return make_document(text, key, source, paragraphs, {}, {"title": title} if title else {})


def _check_size(content: bytes, source: str) -> None:
    """Refuses a small file that unpacks to a very large one, before it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise SourceError(
            f"{source}: too large, it unpacks to more than {MAX_UNPACKED_BYTES // 1024**2} MiB"
        )


def _styled(document: WordDocument) -> Iterator[tuple[str, str]]:
    """The name of its style and the text of each paragraph and each row, in order."""
    for block, text in _blocks(document.element.body):
        style = Paragraph(block, document).style if isinstance(block, CT_P) else None
        yield (style.name if style else None) or "", text


def _blocks(element: BaseOxmlElement) -> Iterator[tuple[BaseOxmlElement, str]]:
    """Each paragraph and each row in an element, with its text, in order.

    python-docx's own lists leave out what stands in content controls, in tracked changes and in
    text boxes, and repeat merged cells for each column and row they span, as often as the file
    likes.
    """
    for block in _outermost(element, {_PARAGRAPH, _ROW}):
        if block.tag == _ROW:
            yield block, "\t".join(map(_cell_text, _outermost(block, {_CELL})))
        else:
            yield block, _paragraph_text(block)
            yield from _blocks(block)  # Those in its text boxes.


def _outermost(element: BaseOxmlElement, tags: set[str]) -> Iterator[BaseOxmlElement]:
    """The elements of some names below one, without those that are left out or within others."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _outermost(child, tags)


def _cell_text(cell: BaseOxmlElement) -> str:
    """A cell's lines, those of tables within it among them."""
    return "\n".join(text for _, text in _blocks(cell) if text)


def _paragraph_text(paragraph: BaseOxmlElement) -> str:
    """A paragraph's own text, without the paragraphs and tables in its text boxes."""
    pieces = _outermost(paragraph, {_PARAGRAPH, _ROW} | _TEXT)
    return "".join(str(piece) for piece in pieces if piece.tag in _TEXT)


def _spans(text: str, blocks: list[tuple[str, str]]) -> list[tuple[str, Span]]:
    """The blocks' styles and places, without the empty ones."""
    spans: list[tuple[str, Span]] = []
    start = 0
    for style, line in blocks:
        span = trim(text, Span(start, start + len(line)))
        if span.start < span.end:
            spans.append((style, span))
        start += len(line) + 1
    return spans
