"""An article's text with what is cited marked in it."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from index.types import Article, Span
from qa.types import Answer

Mark = tuple[Span, str]
"""A stretch of an article, and the name of the citation that covers it."""


def marks_in(article: Article, turns: Sequence[Answer]) -> list[Mark]:
    """Returns where the citations of a conversation stand in an article, with their names."""
    return [
        (Span(c.start, c.end), f"{turn}-{c.number}")
        for turn, answer in enumerate(turns, start=1)
        for c in answer.shown
        if c.article_id == article.id
    ]


def marked_paragraphs(
    text: str, paragraphs: Sequence[Span], marks: Sequence[Mark], latest: int
) -> str:
    """Returns paragraphs with their cited stretches marked; citations may overlap.

    Args:
        text: Of the article.
        paragraphs: Where they stand in it.
        marks: What is cited.
        latest: The number of the turn whose marks are shown.
    """
    return "".join(
        f'<p dir="auto" data-start="{paragraph.start}">'
        f"{_marked(text, paragraph, marks, latest)}</p>"
        for paragraph in paragraphs
    )


def mark_html(piece: str, names: Sequence[str], latest: int) -> str:
    """Returns escaped text as a mark that leads back to the claims which cite it."""
    own = next((name for name in names if name.startswith(f"{latest}-")), None)
    number = own.split("-")[1] if own else ""
    shown = f' class="active" role="link" tabindex="0" data-number="{number}"' if own else ""
    return f'<mark{shown} data-citations="{" ".join(names)}">{piece}</mark>'


def _marked(text: str, paragraph: Span, marks: Sequence[Mark], latest: int) -> str:
    inside = [
        mark for mark in marks if mark[0].start < paragraph.end and paragraph.start < mark[0].end
    ]
    edges = {edge for span, _ in inside for edge in span}
    cuts = sorted({*paragraph, *(e for e in edges if paragraph.start < e < paragraph.end)})
    pieces = []
    for start, end in pairwise(cuts):
        names = [name for span, name in inside if span.start <= start and end <= span.end]
        piece = escape(text[start:end])
        pieces.append(mark_html(piece, names, latest) if names else piece)
    return "".join(pieces)
