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

MAX_OPERATORS = 2_000_000
"""The most that is interpreted in all: a page has some thousand operators, but the forms that it
shows may show others in their turn, so that a file of 2 KB asks for minutes of work."""

_FORM = 200
"""How many operators it counts for to show a form: its fonts are read anew each time."""

_LINE = re.compile(r"[^\n]+")
# What pypdf gives for a glyph without a letter, and no index takes: not those that are white space.
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
# What it would print of a damaged file is for the application's log, if there is one.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_MAX_TITLE = 500
"""No headline is longer, in characters."""

_RAGGED = 0.9
"""The share of the width that a line fills at least, with the word that was wrapped after it."""


def parse_pdf(content: bytes, key: str, source: str) -> Document:
    """Extracts the text of a PDF, page after page.

    The headline is the one that the file names, if it stands on the first page in lines of its
    own.

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
    if title := _found(text, len(pages[0]), stated):
        facts["title"] = " ".join(stated.split())
        paragraphs = _with_title(text, paragraphs, title)
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
    work = _Work(source)
    pages: list[str] = []
    for page in reader.pages:
        text = page.extract_text(visitor_operand_before=work.add)
        work.check()
        pages.append(_UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text))
        if sum(map(len, pages)) > MAX_CHARACTERS:
            raise SourceError(f"{source}: too large, more than {MAX_CHARACTERS} characters")
    return pages, (reader.metadata.title if reader.metadata else None) or ""


class _Work:
    """Counts what is interpreted, over all pages and the forms that they show."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._operators = 0

    def add(self, operator: bytes, *_: object) -> None:
        """Counts an operator, before it is followed."""
        self._operators += _FORM if operator == b"Do" else 1
        self.check()

    def check(self) -> None:
        """Refuses what is over the limit, again after each page: pypdf catches errors in a form."""
        if self._operators > MAX_OPERATORS:
            raise SourceError(
                f"{self._source}: too large, it takes more than {MAX_OPERATORS} steps to draw"
            )


def _check_size(reader: PdfReader, source: str) -> None:
    """Refuses a small file whose pages' own contents unpack to very much, before they are parsed.

    Forms that pages show are not among them: see ``_Work``.
    """
    unpacked = 0
    for page in reader.pages:
        contents = page.get_contents()
        unpacked += 0 if contents is None else len(contents.get_data())
        if unpacked > MAX_UNPACKED_BYTES:
            raise SourceError(
                f"{source}: too large, it unpacks to more than {MAX_UNPACKED_BYTES // 1024**2} MiB"
            )


def _found(text: str, end: int, stated: str) -> Span | None:
    """Where a title stands before an end, in whole lines: its words may be words of prose."""
    words = r"\s+".join(map(re.escape, stated.split())) if len(stated) <= _MAX_TITLE else ""
    if not words:
        return None
    match = re.compile(rf"^[^\S\n]*({words})[^\S\n]*$", re.MULTILINE).search(text, 0, end)
    return Span(*match.span(1)) if match else None


def _with_title(text: str, paragraphs: tuple[Span, ...], title: Span) -> tuple[Span, ...]:
    """The paragraphs with the title in its place, cut out of those that it is a part of."""
    before = (Span(p.start, min(p.end, title.start)) for p in paragraphs)
    after = (Span(max(p.start, title.end), p.end) for p in paragraphs)
    pieces = (trim(text, piece) for piece in (*before, *after))
    return tuple(sorted([title, *(p for p in pieces if p.start < p.end)]))


def _paragraphs(text: str) -> list[Span]:
    """Runs of lines. A PDF does not say where a paragraph ends: its last line has room left."""
    found = (trim(text, Span(*match.span())) for match in _LINE.finditer(text))
    lines = [line for line in found if line.start < line.end]
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
