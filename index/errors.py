"""What can go wrong, in classes that a caller can tell apart.

Every message names the input and says what to do; the command line prints it as it is.
"""


class ArticleQAError(Exception):
    """The parent of every error that this project raises on purpose."""


class SourceError(ArticleQAError):
    """An article cannot be read. The message begins with its name."""


class ModelError(ArticleQAError):
    """An embedding model is missing, damaged or not what it says it is."""


class IndexStateError(ArticleQAError):
    """An index is missing, empty, damaged, locked, or of another format or model."""


class DamagedRowError(IndexStateError):
    """A row of an index is not what was written."""


def printable(text: str) -> str:
    """Returns a text as one line that does nothing to a terminal, whatever its words came from."""
    return "".join(character if character.isprintable() else "?" for character in text)


def in_one_line(error: Exception) -> str:
    """Returns what another library's error says: its class and the first line of its message."""
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
