"""A server's answer: refused by its head where it can be, and read within a limit of size."""

import zlib
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath

import httpx

from index.errors import SourceError
from index.formats import SUFFIXES, sniff
from index.types import MAX_ORIGINAL_BYTES, MediaType

_GZIP = {"gzip", "x-gzip"}
_WHOLE = {200, 203}
"""The statuses of a page: the other successes bring nothing, or a part."""

_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_UNNAMED_TYPES = {"", "application/octet-stream", "binary/octet-stream"}
"""What servers say that do not know what they serve."""


@dataclass(frozen=True)
class Fetched:
    """What a web address led to.

    Attributes:
        url: After redirects.
        charset: As the server declares it.
    """

    url: str
    content: bytes
    media_type: MediaType
    charset: str | None


async def read_response(response: httpx.Response, url: httpx.URL, source: str) -> Fetched:
    """Reads an answer whose body was not read yet.

    Args:
        response: The answer.
        url: What it is the answer of.
        source: What was asked for first, for the errors.

    Raises:
        SourceError: It is an error, too large, or of a type that is not read.
    """
    if response.status_code not in _WHOLE:
        status = f"{response.status_code} {response.reason_phrase}".strip()
        raise SourceError(f"{source}: the server answers with HTTP status {status}")
    declared, charset = _content_type(response)
    if declared not in {*_UNNAMED_TYPES, *_HTML_TYPES, *SUFFIXES.values()}:
        raise SourceError(
            f"{source}: cannot read this type of content ({declared}); what is read is "
            f"{', '.join(sorted(set(SUFFIXES.values())))}"
        )
    content = await _content(response, source)
    return Fetched(str(url), content, _media_type(declared, url, content), charset)


def _content_type(response: httpx.Response) -> tuple[str, str | None]:
    """The declared type, empty where there is none, and encoding."""
    header = Message()
    # Where there are several, the last one counts.
    header["Content-Type"] = (response.headers.get_list("Content-Type") or [""])[-1]
    return header["Content-Type"].partition(";")[0].strip().lower(), header.get_content_charset()


def _media_type(declared: str, url: httpx.URL, content: bytes) -> MediaType:
    """The type that is declared, or, where none is, the one that it looks like."""
    if declared in _HTML_TYPES:
        return "text/html"
    for media_type in SUFFIXES.values():
        if declared == media_type:
            return media_type
    return SUFFIXES.get(PurePosixPath(url.path).suffix.lower()) or sniff(content)


async def _content(response: httpx.Response, source: str) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"identity", *_GZIP}:
        raise SourceError(f"{source}: it is packed in a way that is not read ({encoding})")
    too_large = SourceError(f"{source}: too large, more than {MAX_ORIGINAL_BYTES // 1024**2} MiB")
    if int(response.headers.get("Content-Length", 0)) > MAX_ORIGINAL_BYTES:
        raise too_large
    content = bytearray()
    async for piece in response.aiter_raw():
        content += piece
        if len(content) > MAX_ORIGINAL_BYTES:
            raise too_large
    return _unpacked(bytes(content), source, too_large) if encoding in _GZIP else bytes(content)


def _unpacked(packed: bytes, source: str, too_large: SourceError) -> bytes:
    """What gzip packed, all its parts. No more is unpacked than may be read."""
    content = b""
    while packed:
        part = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            content += part.decompress(packed, MAX_ORIGINAL_BYTES + 1 - len(content))
        except zlib.error as error:
            raise SourceError(f"{source}: it is not packed as it says ({error})") from error
        if len(content) > MAX_ORIGINAL_BYTES:
            raise too_large
        if not part.eof:
            raise SourceError(f"{source}: it was cut off on the way; try again")
        packed = part.unused_data
    return content
