"""Files and folders into documents. A source that cannot be read raises one clear line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from index.errors import SourceError
from index.parsers import parse_markdown, parse_text
from index.types import Document

BUNDLED_ARTICLE = "us-russia-talks-2022-01-10"
MAX_BYTES = 20 * 1024 * 1024
"""The largest file that is read: some thousand pages of text."""

_MARKDOWN_SUFFIXES = {".md", ".markdown"}
_SUFFIXES = {".txt", ".text", *_MARKDOWN_SUFFIXES}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def bundled_document() -> Document:
    """Returns the article that is packaged, the default corpus."""
    content = files("index").joinpath("data", f"{BUNDLED_ARTICLE}.txt").read_bytes()
    key = f"bundled:{BUNDLED_ARTICLE}"
    return parse_text(content.decode("utf-8"), key, key)


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
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    text = _decode(path, content)
    key = str(path.resolve())
    if path.suffix.lower() in _MARKDOWN_SUFFIXES:
        return parse_markdown(text, key, source=key)
    return parse_text(text, key, source=key)


def _files(sources: Iterable[str | Path]) -> Iterator[Path | SourceError]:
    for source in sources:
        path = Path(source)
        # Path("") is the current folder, which nobody meant.
        if str(source) == "" or "\x00" in str(source):
            yield SourceError(f"{str(source)!r}: this is no name of a file or folder")
            continue
        try:
            found = _files_in(path) if path.is_dir() else [path]
        except OSError as error:
            yield SourceError(f"{path}: {error.strerror}")
            continue
        yield from found
        if not found:
            yield SourceError(f"{path}: there are no files in this folder")


def _files_in(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and not _hidden(p, folder)]


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _content(path: Path) -> bytes:
    if not path.exists():
        raise SourceError(f"{path}: there is no such file or folder")
    if path.suffix.lower() not in _SUFFIXES:
        raise SourceError(
            f"{path}: cannot read this type of file; what is read is {', '.join(sorted(_SUFFIXES))}"
        )
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
