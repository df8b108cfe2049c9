"""Word documents (DOCX), by python-docx."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.table import Table, _Cell

from index.errors import SourceError, in_one_line
from index.formats.text import make_document, text_title
from index.sentences import trim
from index.types import Document, Span

MAX_UNPACKED_BYTES = 60 * 1024 * 1024
"""The most that a file may unpack to: pictures of 20 MiB, which do not shrink, and the text."""

_HEADLINE_STYLES = ("Title", "Heading 1")


def parse_docx(content: bytes, key: str, source: str) -> Document:
    """Extracts the text of a Word document: a line for each paragraph and each row of a table.

    Raises:
        SourceError: It is damaged or encrypted, unpacks to too much, or holds no text.
    """
    try:
        _check_size(content, source)
        blocks = list(_blocks(docx.Document(io.BytesIO(content))))
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


def _blocks(document: WordDocument) -> Iterator[tuple[str, str]]:
    """The name of its style and the text of each paragraph and each row, in order."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                # Not the row's cells as python-docx lists them: that repeats those that are
                # merged for each column and row they span, as often as the file likes.
                cells = (_Cell(tc, block) for tc in row._tr.tc_lst)
                yield "", "\t".join(cell.text for cell in cells)
        else:
            yield (block.style.name if block.style else None) or "", block.text


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
