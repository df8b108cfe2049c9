"""What sort of question it is, by its first word."""

import re

_FIRST_WORD = re.compile(r"[^\W_]+")
_ASKING = frozenset({"what", "who", "when", "where", "which", "why", "how"})


def question_kind(question: str) -> str:
    """Returns the question's first word in lower case if it is one that asks, or else ``other``."""
    match = _FIRST_WORD.search(question)
    word = match[0].lower() if match else ""
    return word if word in _ASKING else "other"
