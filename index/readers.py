"""Files and folders into documents. A source that cannot be read raises one clear line."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from index.errors import SourceError
from index.parsers import parse_markdown, parse_text
from index.types import Document

BUNDLED_ARTICLE = "us-russia-talks-2022-01-10"
BUNDLED_KEY = f"bundled:{BUNDLED_ARTICLE}"
MAX_BYTES = 20 * 1024 * 1024
"""The largest file that is read: some thousand pages of text."""

_MARKDOWN_SUFFIXES = {".md", ".markdown"}
_SUFFIXES = {".txt", ".text", *_MARKDOWN_SUFFIXES}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def bundled_document() -> Document:
    """Returns the article that is packaged, the default corpus."""
    content = files("index").joinpath("data", f"{BUNDLED_ARTICLE}.txt").read_bytes()
    return parse_text(content.decode("utf-8"), BUNDLED_KEY, BUNDLED_KEY)


def read_sources(sources: Sequence[str | Path]) -> Iterator[Document | SourceError]:
    """Reads files and folders, the latter with all that is in them.

    Yields:
        For each file its document, or the error that says why it has none; the others go on.
    """
    for path in _files(sources):
        if isinstance(path, SourceError):
            yield path
            continue
        try:
            yield read_document(path)
        except SourceError as error:
            yield error


def read_document(path: Path) -> Document:
    """Reads one file of text or Markdown.

    Raises:
        SourceError: It is missing, empty, binary, too large, no UTF-8, or of another type.
    """
    try:
        content = _content(path)
        key = str(path.resolve())
    except (FileNotFoundError, ValueError) as error:
        raise SourceError(f"{path}: there is no such file or folder") from error
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    except RuntimeError as error:
        raise SourceError(f"{path}: this link leads to itself") from error
    text = _decode(path, content)
    if path.suffix.lower() in _MARKDOWN_SUFFIXES:
        return parse_markdown(text, key, source=key)
    return parse_text(text, key, source=key)


def _files(sources: Iterable[str | Path]) -> Iterator[Path | SourceError]:
    for source in sources:
        path = Path(source)
        if not _is_name(str(source)):
            yield SourceError(f"{str(source)!r}: this is no name of a file or folder")
        elif _is_folder(path):
            yield from _files_in(path)
        else:
            yield path


def _is_name(source: str) -> bool:
    """Tells whether the system could take it. The empty name would be the current folder."""
    try:
        return bool(os.fsencode(source)) and "\x00" not in source
    except ValueError:
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # Reading it says what is wrong.
        return False


def _files_in(folder: Path) -> Iterator[Path | SourceError]:
    """Every file below a folder but the hidden ones, and each folder that cannot be looked into."""
    errors: list[OSError] = []
    found = [
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=errors.append)
        for name in names
    ]
    yield from (path for path in sorted(found) if not _hidden(path, folder))
    yield from (SourceError(f"{error.filename}: {error.strerror}") for error in errors)
    if not found and not errors:
        yield SourceError(f"{folder}: there are no files in this folder")


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _content(path: Path) -> bytes:
    if path.exists() and path.suffix.lower() not in _SUFFIXES:
        raise SourceError(
            f"{path}: cannot read this type of file; what is read is {', '.join(sorted(_SUFFIXES))}"
        )
    if path.is_fifo() or path.is_char_device():
        raise SourceError(f"{path}: this is no file that ends")
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise SourceError(f"{path}: too large, more than {MAX_BYTES // 1024**2} MiB")
    return content


def _decode(path: Path, content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        what = "binary, not text" if b"\x00" in content else "not text in UTF-8"
        raise SourceError(
            f"{path}: {what} (byte {error.start} cannot be read); save it as UTF-8"
        ) from error
    if control := _CONTROL.search(text):
        raise SourceError(
            f"{path}: binary, not text (character {control.start()} is U+{ord(control[0]):04X})"
        )
    if not text.strip():
        raise SourceError(f"{path}: it is empty")
    return text
