"""Quotations in a model's statement: their bytes are the article's."""

import re
from collections.abc import Iterable

from qa.checking.quotations import quotations

_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…")


def with_exact_quotations(statement: str, passages: Iterable[str]) -> str | None:
    """Returns a statement with each quotation as it stands in an article.

    A model may have put an apostrophe back, or changed a dash: so much the checking lets through.

    Args:
        statement: What the model wrote.
        passages: Where the quotations may stand.

    Returns:
        The statement; None where the words of a quotation stand nowhere.
    """
    places = list(passages)
    for quoted in quotations(statement):
        exact = quoted
        for piece in _ELLIPSIS.split(quoted):
            if core := re.search(r"\w(?:.*\w)?", piece, re.S):
                found = _find(core[0], places)
                if found is None:
                    return None
                exact = exact.replace(core[0], found, 1)
        statement = statement.replace(quoted, exact, 1)
    return statement


def _find(words: str, places: Iterable[str]) -> str | None:
    """The stretch that has the same letters and digits, on one line."""
    letters = [re.escape(character) for character in words if character.isalnum()]
    pattern = re.compile(r"[\W_]*".join(letters), re.I)
    found = next(filter(None, map(pattern.search, places)), None)
    return " ".join(found[0].split()) if found else None
