"""Bytes into text: by their mark, as UTF-8, as they are declared, or by what they look like."""

import codecs
import re
from collections.abc import Iterator

from index.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""In this order: UTF-32's little-endian mark begins with UTF-16's."""

_WINDOWS = "cp1252"
_MEANT = {
    "ascii": _WINDOWS,
    "iso8859-1": _WINDOWS,
    "iso-8859-8-i": "iso8859-8",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "shift_jis": "cp932",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
}
"""What browsers read where this is declared: the larger sets, with today's quotation marks.

By Python's names, and by those of the web that Python does not know.
"""

_MOSTLY_ASCII = 0.1
"""Up to this share of other bytes, text is taken for a Western language: guessing needs more."""

_GUESSED = (
    *("utf_16_le", "utf_16_be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255"),
    *("cp1256", "cp1257", "koi8_r", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
"""Those of today's texts. The older ones that are like them only make the guess worse."""

_NO_ENCODINGS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
"""Codecs of Python that no article is in; some take forever, or run escapes."""

_DAMAGED = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd]")
_MOST_DAMAGED = 0.01
"""The share of such characters up to which a text is one: files are cut, or joined badly."""

_ASCII_OR_LOST = re.compile(r"[\x00-\x7f\ufffd]+")
"""What is left without it are the characters beyond ASCII that could be read."""


def decode(content: bytes, source: str, declared: str | None = None) -> str:
    """Decodes a text.

    UTF-8 goes before the declared encoding: text in another one is hardly ever valid UTF-8 by
    chance, and wrong declarations are common.

    Args:
        content: The bytes.
        source: What they are from, for the error.
        declared: The encoding that they came with, where they came with one.

    Raises:
        SourceError: They are no text.
    """
    for encoding, errors in _candidates(content, declared):
        if (text := _decoded(content, encoding, errors)) is not None:
            return text
    raise SourceError(f"{source}: binary, not text; save it as text in UTF-8")


def _candidates(content: bytes, declared: str | None) -> Iterator[tuple[str, str]]:
    """The encodings to try, each with what to do about bytes that it has no character for."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            yield encoding, "replace"
            return
    if _is_nearly_utf8(content):  # Read as another one, it would be garbled, and be quoted so.
        yield "utf-8", "replace"
        return
    yield "utf-8", "strict"
    if known := _codec(declared):
        yield known, "replace" if _is_nearly(content, known) else "strict"
    if guessed := _guess(content):
        yield guessed, "replace"


def _is_nearly_utf8(content: bytes) -> bool:
    """Tells whether more bytes continue a character, as hardly any do by chance, than are of none.

    Not so UTF-16, which has U+0000. A character that the end cuts off says nothing.
    """
    text, _ = codecs.utf_8_decode(content, "replace", False)
    whole = _ASCII_OR_LOST.sub("", text)
    return b"\x00" not in content and len(whole.encode()) - len(whole) > text.count("\ufffd")


def _is_nearly(content: bytes, encoding: str) -> bool:
    """Tells whether hardly any of the characters beyond ASCII are none in this encoding."""
    try:
        text = content.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return False
    return text.count("\ufffd") <= _MOST_DAMAGED * len(_ASCII_OR_LOST.sub("", text))


def _decoded(content: bytes, encoding: str, errors: str) -> str | None:
    """The text, or None where it is none in this encoding. What is damaged becomes U+FFFD."""
    try:
        text = content.decode(encoding, errors)
    except (LookupError, UnicodeError):  # Python looks up codecs too that make no text of bytes.
        return None
    mended, damaged = _DAMAGED.subn("\ufffd", text)
    return mended if "\x00" not in text and damaged <= _MOST_DAMAGED * len(text) else None


def _codec(name: str | None) -> str | None:
    """Python's name of a declared encoding; None for one that it does not know."""
    name = (name or "").strip().lower()
    try:
        found = codecs.lookup(_MEANT.get(name, name)).name
    except (LookupError, ValueError):
        return None
    return None if found in _NO_ENCODINGS else _MEANT.get(found, found)


def _guess(content: bytes) -> str | None:
    others = sum(byte >= 0x80 for byte in content)
    if b"\x00" not in content and others <= _MOSTLY_ASCII * len(content):
        return _WINDOWS
    # Imported here: nearly every text is UTF-8 or says what it is.
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=list(_GUESSED)).best()
    return best.encoding if best else None
