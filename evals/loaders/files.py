"""Files of JSON, of JSON lines and of tab-separated columns, and documents made of what they hold.

A loader writes down the shape of its file as dataclasses, and pydantic holds the file against it.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from index.errors import SourceError
from index.types import Document, Span

Shape = TypeVar("Shape")


@contextmanager
def located(place: str) -> Iterator[None]:
    """Turns what is found wrong inside into a ``SourceError`` that begins with the place.

    Args:
        place: The file, and where lines are read one by one, the line.

    Raises:
        SourceError: There was an ``OSError``, or a ``ValueError``, as checks of the data raise.
    """
    try:
        yield
    except OSError as error:
        raise SourceError(f"{place}: {error.strerror}") from error
    except ValidationError as error:
        raise SourceError(f"{place}: {_first_fault(error)}") from error
    except ValueError as error:
        raise SourceError(f"{place}: {error}") from error


def read_json(path: Path, shape: type[Shape]) -> Shape:
    """Reads a file of JSON. Fields that the shape does not have are passed over.

    Raises:
        SourceError: It cannot be read, is no JSON, or is not of this shape.
    """
    with located(str(path)):
        return TypeAdapter(shape).validate_json(path.read_bytes(), strict=True)


def read_json_lines(path: Path, shape: type[Shape]) -> Iterator[tuple[str, Shape]]:
    """Reads a file with JSON in each line, empty ones apart.

    Yields:
        What a line holds, after its place for ``located``.

    Raises:
        SourceError: The file cannot be read, or a line is no JSON or not of this shape.
    """
    adapter = TypeAdapter(shape)
    for place, line in _lines(path):
        with located(place):
            row = adapter.validate_json(line, strict=True)
        yield place, row


def read_table(
    path: Path, shape: type[Shape], columns: Sequence[str] = ()
) -> Iterator[tuple[str, Shape]]:
    """Reads a tab-separated file.

    Args:
        path: The file.
        shape: Of a line, a field a column.
        columns: Their names where the first line does not say them.

    Yields:
        What a line holds, after its place for ``located``.

    Raises:
        SourceError: The file cannot be read, or a line is no UTF-8 or not of this shape.
    """
    adapter = TypeAdapter(shape)
    for place, line in _lines(path):
        with located(place):
            cells = line.decode().rstrip("\r\n").split("\t")
            if not columns:
                columns = cells
                continue
            row = adapter.validate_python(dict(zip(columns, cells, strict=False)))
        yield place, row


def folder_of(path: Path) -> Path:
    """Returns the folder of a data set that is named by it or by one of its files."""
    return path.parent if path.is_file() else path


def make_document(key: str, paragraphs: Sequence[str], title: str = "") -> Document:
    """Makes a document whose text is these paragraphs, with a line break between them.

    The empty ones count too: ``document.paragraphs[i]`` is where ``paragraphs[i]`` stands.

    Args:
        key: What it is called in its collection, and its title where there is no other.
        paragraphs: Their texts.
        title: The headline.
    """
    starts = accumulate((len(each) + 1 for each in paragraphs), initial=0)
    return Document(
        key=key,
        source=key,
        text="\n".join(paragraphs),
        title=title or key,
        paragraphs=tuple(
            Span(start, start + len(each)) for start, each in zip(starts, paragraphs, strict=False)
        ),
    )


def add_text(documents: dict[str, Document], text: str, title: str) -> Document:
    """Returns the document of a text, which is added where there is none.

    Args:
        documents: Those that there are, by their texts; the key of each is its position.
        text: The whole of it, as one paragraph.
        title: The headline, if it is added.
    """
    key = str(len(documents))
    return documents.setdefault(text, make_document(key, [text], title))


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """The lines that are not empty, each after its place."""
    with located(str(path)), path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            content = line.removeprefix(BOM_UTF8) if number == 1 else line
            if content.strip():
                yield f"{path}: line {number}", content


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    return ": ".join(filter(None, (".".join(map(str, fault["loc"])), fault["msg"])))
