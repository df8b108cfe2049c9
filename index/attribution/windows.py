"""What the network reads: an article's paragraphs, as tokens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from tokenizers import Encoding, Tokenizer

from index.types import Document, Span

CLS, SEP = 101, 102
"""The special tokens of the packaged encoder: before the whole, and behind it."""

_OPENING_MARKS = ('"', "“", "‘", "«", "„", "``", "''")

SPECIAL = 2
MAX_TOKENS = 256
"""The most that a window has, special ones included; the network was trained on these."""


@dataclass(frozen=True)
class Tokens:
    """An article's tokens.

    Attributes:
        offsets: Where each stands in the article.
        words: The number of the word that each is of.
        paragraphs: The numbers of the tokens of each.
        breaks: The numbers of those tokens over which no statement goes on: the first ones of
            paragraphs, but of those that open with a quotation mark, as each does of a quotation
            that runs over several.
    """

    ids: tuple[int, ...]
    offsets: tuple[Span, ...]
    words: tuple[int, ...]
    paragraphs: tuple[range, ...]
    breaks: frozenset[int]


@dataclass(frozen=True)
class Window:
    """A stretch of an article's tokens.

    Attributes:
        read: The numbers of the tokens that the network sees, in ``[CLS]`` and ``[SEP]``.
        decided: Of those about which it is believed; the others are there for what they tell.
    """

    read: range
    decided: range


def tokens_of(document: Document, tokenizer: Tokenizer) -> Tokens:
    """Returns a document's paragraphs as tokens."""
    texts = [document.text[start:end] for start, end in document.paragraphs]
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    starts = list(accumulate((len(e.ids) for e in encodings), initial=0))
    paragraphs = tuple(range(start, end) for start, end in pairwise(starts))
    return Tokens(
        tuple(i for e in encodings for i in e.ids),
        tuple(
            Span(paragraph.start + start, paragraph.start + end)
            for paragraph, encoding in zip(document.paragraphs, encodings, strict=True)
            for start, end in encoding.offsets
        ),
        tuple(_words(encodings)),
        paragraphs,
        frozenset(
            paragraph.start
            for paragraph, text in zip(paragraphs, texts, strict=True)
            if not text.startswith(_OPENING_MARKS)
        ),
    )


def _words(encodings: Sequence[Encoding]) -> Iterator[int]:
    """The number of each token's word among all of the article."""
    number = -1
    for encoding in encodings:
        last = None
        for word in encoding.word_ids:
            number += word != last
            last = word
            yield number


def windows_of(paragraphs: Sequence[range]) -> Iterator[Window]:
    """Yields windows of whole paragraphs, as many as fit, each from the last one of the one before.

    A paragraph that is longer than a window is cut.
    """
    room = MAX_TOKENS - SPECIAL
    first, decided, last = 0, 0, range(0)
    for paragraph in paragraphs:
        if paragraph.stop - first > room and last.stop > decided:
            yield Window(range(first, last.stop), range(decided, last.stop))
            decided = last.stop
            first = last.start if paragraph.stop - last.start <= room else decided
        while paragraph.stop - first > room:
            yield Window(range(first, first + room), range(first, first + room))
            first = decided = first + room
        last = paragraph
    if last.stop > decided:
        yield Window(range(first, last.stop), range(decided, last.stop))
