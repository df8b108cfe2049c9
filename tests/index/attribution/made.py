"""Documents and attributions that are written as words."""

from evals.loaders.files import make_document
from index.types import Attribution, Document, Span


def document_of(*paragraphs: str) -> Document:
    return make_document("made", paragraphs)


def said(document: Document, source: str, cue: str, *content: str, nth: int = 1) -> Attribution:
    """An attribution by its words; the source is the nth of its kind in the text."""
    start = -1
    for _ in range(nth):
        start = document.text.index(source, start + 1) if source else 0
    return Attribution(
        (Span(start, start + len(source)),) if source else (),
        (_span(document, cue, start),) if cue else (),
        tuple(_span(document, words) for words in content),
    )


def _span(document: Document, words: str, start: int = 0) -> Span:
    start = document.text.index(words, start)
    return Span(start, start + len(words))
