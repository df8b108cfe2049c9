"""Text that people or articles wrote, in HTML; and how dates are written."""

from datetime import date
from html import escape


def inline(text: str) -> str:
    """Returns text escaped, without blank lines: in the chat one would begin Markdown."""
    return "<br>".join(escape(line) for line in text.splitlines() if line.strip())


def attribute(text: str) -> str:
    """Returns text on one line, escaped for the value of an attribute."""
    return escape(" ".join(text.split()), quote=True)


def written_day(day: date) -> str:
    """Returns a date in words: "10 January 2022"."""
    return f"{day.day} {day:%B %Y}"
