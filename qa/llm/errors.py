"""What goes wrong with a language model."""

from index.errors import ArticleQAError, printable

_SHOWN_CHARACTERS = 200


class LlmError(ArticleQAError):
    """A language model cannot be used, or gave no answer. The message never holds its key."""


class PassingError(LlmError):
    """A failure that may be over when it is tried again.

    Attributes:
        after: In how many seconds the server asks to be tried again; 0 where it does not say.
    """

    def __init__(self, message: str, after: float = 0.0) -> None:
        """Takes what is shown, and how long to wait."""
        super().__init__(message)
        self.after = after


def without_key(text: str, key: str | None) -> str:
    """Returns the first line of another's message, not too long and with the key blotted out."""
    line = printable(text.strip().partition("\n")[0])
    return (line.replace(key, "[key]") if key else line)[:_SHOWN_CHARACTERS]
