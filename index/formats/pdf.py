"""PDF, by pypdf: the text of its pages, as far as it holds text."""

import io
import logging
import re
from itertools import pairwise
from statistics import quantiles

from pypdf import PdfReader

from index.errors import SourceError, in_one_line
from index.formats.text import make_document, text_title
from index.sentences import ENDS_SENTENCE, trim
from index.types import Document, HeaderField, Span

MAX_CHARACTERS = 20 * 1024 * 1024
"""The longest text that is taken out: a small file can unpack to a very large one."""

MAX_UNPACKED_BYTES = 60 * 1024 * 1024
"""The most that all pages' contents may unpack to, the same again for each page that shows it."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
# What it would print of a damaged file is for the application's log, if there is one.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_MAX_TITLE = 500
"""No headline is longer, in characters."""

_RAGGED = 0.9
"""The share of the width that a line fills at least, with the word that was wrapped after it."""


def parse_pdf(content: bytes, key: str, source: str) -> Document:
    """Extracts the text of a PDF, page after page.

    The headline is the one that the file names, if it stands in the text.

    Raises:
        SourceError: It is damaged, needs a password, or holds no text.
    """
    try:
        pages, stated = _read(content, source)
    except SourceError:
        raise
    except Exception as error:  # pypdf raises whatever it stumbles over.
        raise SourceError(f"{source}: this PDF is damaged ({in_one_line(error)})") from error
    text = "\n".join(pages)
    if not text.strip():
        raise SourceError(
            f"{source}: this PDF holds no text, perhaps pictures of it; run it through text "
            "recognition (OCR) first"
        )
    paragraphs = tuple(_paragraphs(text))
    facts: dict[HeaderField, str] = {}
    if title := _found(text, stated):
        facts["title"] = " ".join(stated.split())
        paragraphs = (title, *(p for p in paragraphs if p.start >= title.end))
    else:
        title = text_title(text, paragraphs)
    return make_document(text, key, source, paragraphs, facts, {"title": title} if title else {})


def _read(content: bytes, source: str) -> tuple[list[str], str]:
    """The pages' texts, and the title that the file names."""
    reader = PdfReader(io.BytesIO(content))
    # Many that are encrypted open without a password: they only forbid printing or copying.
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError(f"{source}: this PDF is encrypted; save it without a password")
    _check_size(reader, source)
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > MAX_CHARACTERS:
            raise SourceError(f"{source}: too large, more than {MAX_CHARACTERS} characters")
    return pages, (reader.metadata.title if reader.metadata else None) or ""


def _check_size(reader: PdfReader, source: str) -> None:
    """Refuses a small file that unpacks to a very large one, before that is interpreted."""
    unpacked = 0
    for page in reader.pages:
        contents = page.get_contents()
        unpacked += 0 if contents is None else len(contents.get_data())
        if unpacked > MAX_UNPACKED_BYTES:
            raise SourceError(
                f"{source}: too large, it unpacks to more than {MAX_UNPACKED_BYTES // 1024**2} MiB"
            )


def _found(text: str, stated: str) -> Span | None:
    """Where a title stands, its words perhaps on several lines."""
    words = [re.escape(word) for word in stated.split()] if len(stated) <= _MAX_TITLE else []
    match = re.search(r"\s+".join(words), text) if words else None
    return Span(*match.span()) if match else None


def _paragraphs(text: str) -> list[Span]:
    """Runs of lines. A PDF does not say where a paragraph ends: its last line has room left."""
    lines = [trim(text, Span(*match.span())) for match in _LINE.finditer(text)]
    widths = [line.end - line.start for line in lines]
    # Not the widest: a table or a footer may be far wider than the prose.
    width = quantiles(widths, n=10)[-1] if len(widths) > 1 else 0
    paragraphs = lines[:1]
    for line, following in pairwise(lines):
        word = text[following.start : following.end].split()[0]
        filled = line.end - line.start + 1 + len(word)
        ends = ENDS_SENTENCE.search(text[line.start : line.end])
        if filled > width * (1 if ends else _RAGGED) or word[0].islower():
            paragraphs[-1] = Span(paragraphs[-1].start, following.end)
        else:
            paragraphs.append(following)
    return paragraphs
