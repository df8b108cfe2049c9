"""Sources into originals. A source that cannot be read raises one clear line."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TypeGuard

from index.errors import SourceError
from index.formats import SUFFIXES, extract, sniff
from index.types import MAX_ORIGINAL_BYTES, Document, MediaType, Original

Source = str | Path | Original
"""A file, a folder, a web address, or what was read already, as by ``pasted``."""

BUNDLED_ARTICLE = "us-russia-talks-2022-01-10"
BUNDLED_KEY = f"bundled:{BUNDLED_ARTICLE}"

_WEB_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def bundled_document() -> Document:
    """Returns the article that is packaged, the default corpus."""
    content = files("index").joinpath("data", f"{BUNDLED_ARTICLE}.txt").read_bytes()
    return extract(Original(BUNDLED_KEY, BUNDLED_KEY, content, "text/plain"))


def pasted(content: str | bytes) -> Original:
    """Returns what someone pasted or piped in, to be asked or added like a file.

    Its key is a hash: pasted again, it is the same article. A ``str`` is plain text; bytes are of
    the type that they look like.

    Raises:
        SourceError: It holds half of a character.
    """
    try:
        data = content.encode() if isinstance(content, str) else content
    except UnicodeEncodeError as error:
        raise SourceError(
            f"pasted text: character {error.start} is half of one; paste it without that"
        ) from error
    key = f"pasted:{hashlib.sha256(data).hexdigest()[:16]}"
    return Original(key, key, data, "text/plain" if isinstance(content, str) else sniff(data))


def read_sources(sources: Sequence[Source]) -> Iterator[Original | SourceError]:
    """Reads files, folders with all that is in them, and web addresses.

    Yields:
        For each file or address what it holds, or the error that says why it cannot be read; the
        others go on.
    """
    for source in _expanded(sources):
        try:
            yield source if isinstance(source, SourceError) else _read(source)
        except SourceError as error:
            yield error


def _read(source: Path | str | Original) -> Original:
    if isinstance(source, Original):
        _check_size(source.content, source.source)
        return source
    return read_file(source) if isinstance(source, Path) else _read_url(source)


def read_file(path: Path) -> Original:
    """Reads one file.

    Raises:
        SourceError: It is missing, too large, or of a type that is not read.
    """
    try:
        media_type = _type_of_file(path)
        content = _content(path)
        key = source_key(path)
    except (FileNotFoundError, ValueError) as error:
        raise SourceError(f"{path}: there is no such file or folder") from error
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    return Original(key, key, content, media_type)


def source_key(source: str | Path) -> str:
    """Returns the key of the article that a file or a web address holds.

    Raises:
        SourceError: It is the name of nothing that could be read.
    """
    if not _is_web_address(source):
        try:
            return str(Path(source).resolve())
        except RuntimeError as error:
            raise SourceError(f"{source}: this link leads to itself") from error
        except ValueError as error:
            raise SourceError(f"{str(source)!r}: this is no name of a file or folder") from error
    # Imported here: few ask the web, and all the others need not wait for an HTTP client.
    from index.web.fetching import normalise_url

    return normalise_url(source)


def source_name(source: Source) -> str:
    """Returns what names a source, wherever the program is started."""
    if isinstance(source, Original):
        return source.key
    return source if _is_web_address(source) else str(Path(source).absolute())


def _expanded(sources: Iterable[Source]) -> Iterator[Path | str | Original | SourceError]:
    """Web addresses as they are, and files, those of folders one by one."""
    for source in sources:
        if isinstance(source, Original) or _is_web_address(source):
            yield source
        elif not _is_name(str(source)):
            yield SourceError(f"{str(source)!r}: this is no name of a file or folder")
        elif _is_folder(Path(source)):
            yield from _files_in(Path(source))
        else:
            yield Path(source)


def _is_web_address(source: str | Path) -> TypeGuard[str]:
    """Tells whether a source is written like a web address, of whatever scheme."""
    return isinstance(source, str) and bool(_WEB_ADDRESS.match(source))


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


def _type_of_file(path: Path) -> MediaType:
    media_type = SUFFIXES.get(path.suffix.lower())
    if media_type is None:
        path.stat()  # One that is missing is not of a wrong type.
        raise SourceError(
            f"{path}: cannot read this type of file; what is read is {', '.join(sorted(SUFFIXES))}"
        )
    return media_type


def _content(path: Path) -> bytes:
    if path.is_fifo() or path.is_char_device():
        raise SourceError(f"{path}: this is no file that ends")
    with path.open("rb") as file:
        content = file.read(MAX_ORIGINAL_BYTES + 1)
    _check_size(content, str(path))
    return content


def _check_size(content: bytes, source: str) -> None:
    if len(content) > MAX_ORIGINAL_BYTES:
        raise SourceError(f"{source}: too large, more than {MAX_ORIGINAL_BYTES // 1024**2} MiB")


def _read_url(url: str) -> Original:
    from index.web.fetching import fetch

    key = source_key(url)
    fetched = fetch(key)
    return Original(key, key, fetched.content, fetched.media_type, fetched.charset, fetched.url)
