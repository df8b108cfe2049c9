"""Bytes into text: by their mark, as UTF-8, as they are declared, or by what they look like."""

import codecs
import re

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
_NAMED_WRONGLY = {"ascii", "iso8859-1"}
"""What is declared so is in truth Windows-1252, which differs in its quotation marks alone."""

_MOSTLY_ASCII = 0.1
"""Up to this share of other bytes, text is taken for a Western language: guessing needs more."""

_GUESSED = (
    *("utf_16_le", "utf_16_be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255"),
    *("cp1256", "cp1257", "koi8_r", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
"""Those of today's texts. The older ones that are like them only make the guess worse."""

_NO_ENCODINGS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
"""Codecs of Python that no article is in; some take forever, or run escapes."""

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


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
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", _codec(declared), _guess(content)]:
        if encoding and (text := _decoded(content, encoding)) is not None:
            return text
    raise SourceError(f"{source}: binary, not text; save it as text in UTF-8")


def _decoded(content: bytes, encoding: str) -> str | None:
    """The text, or None where it is none in this encoding."""
    try:
        text = content.decode(encoding)
    except (LookupError, UnicodeError):  # Python looks up codecs too that make no text of bytes.
        return None
    return None if _NO_TEXT.search(text) else text


def _codec(name: str | None) -> str | None:
    """Python's name of a declared encoding; None for one that it does not know."""
    try:
        found = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    if found in _NO_ENCODINGS:
        return None
    return _WINDOWS if found in _NAMED_WRONGLY else found


def _guess(content: bytes) -> str | None:
    others = sum(byte >= 0x80 for byte in content)
    if b"\x00" not in content and others <= _MOSTLY_ASCII * len(content):
        return _WINDOWS
    # Imported here: nearly every text is UTF-8 or says what it is.
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=list(_GUESSED)).best()
    return best.encoding if best else None
