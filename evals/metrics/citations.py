"""Citations held against evidence, sentence by sentence, and against the article, to the letter."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from evals.types import Evidence, Quote
from index.sentences import split_sentences
from index.types import Document, Span

Documents = Mapping[str, Document]


class Sentence(NamedTuple):
    """A sentence of a document, or a line of its header."""

    article: str
    start: int
    end: int


def cited_sentences(quotes: Sequence[Quote], documents: Documents) -> set[Sentence]:
    """Returns the sentences that quotes overlap. A quote from nowhere is a sentence of its own."""
    found: set[Sentence] = set()
    for number, quote in enumerate(quotes):
        found |= _quoted(quote, documents) or {Sentence(f"nowhere {number}", 0, 0)}
    return found


def evidence_sentences(evidence: Sequence[Evidence], documents: Documents) -> set[Sentence]:
    """Returns the sentences that evidence overlaps."""
    return {s for e in evidence for s in sentences_of(documents[e.article], e.start, e.end)}


def sentences_of(document: Document, start: int, end: int) -> set[Sentence]:
    """Returns the document's sentences that a stretch of it overlaps."""
    return {
        Sentence(document.key, s.start, s.end)
        for s in _sentence_spans(
            document.text, document.paragraphs, tuple(document.header.values())
        )
        if start < s.end and s.start < end
    }


def _quoted(quote: Quote, documents: Documents) -> set[Sentence]:
    document = documents.get(quote.article or "")
    if document is None or quote.start is None or quote.end is None:
        return set()
    return sentences_of(document, quote.start, quote.end)


def precision(cited: set[Sentence], alternatives: Sequence[set[Sentence]]) -> float:
    """Returns the share of the cited sentences that are evidence in any of the alternatives."""
    return len(cited & set().union(*alternatives)) / len(cited)


def recall(cited: set[Sentence], alternatives: Sequence[set[Sentence]]) -> float:
    """Returns the largest share of an alternative's sentences that is cited."""
    return max((len(cited & each) / len(each) for each in alternatives if each), default=0.0)


def verbatim(quotes: Sequence[Quote], documents: Documents) -> float | None:
    """Returns the share of the quotes that are exact slices; None where there is no quote."""
    if not quotes:
        return None
    return sum(_is_slice(quote, documents) for quote in quotes) / len(quotes)


def _is_slice(quote: Quote, documents: Documents) -> bool:
    document = documents.get(quote.article or "")
    if document is None or quote.start is None:
        return False
    return document.text[quote.start : quote.end] == quote.text


@lru_cache(maxsize=64)
def _sentence_spans(
    text: str, paragraphs: tuple[Span, ...], header: tuple[Span, ...]
) -> tuple[Span, ...]:
    sentences = [s for paragraph in paragraphs for s in split_sentences(text, paragraph)]
    return tuple(dict.fromkeys([*sentences, *header]))
