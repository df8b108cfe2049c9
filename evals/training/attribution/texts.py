"""Articles as tokens, with the attributions in them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from tokenizers import Tokenizer

from index.attribution.labels import CONTENT, CUE, OUTSIDE, SOURCE, begins, goes_on
from index.types import Attribution, Document, Span


@dataclass(frozen=True)
class Link:
    """The numbers of the tokens of an attribution, by its parts."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True)
class Article:
    """An article to learn from.

    Attributes:
        ids: Of its tokens, without special ones.
        labels: One a token; see ``index.attribution.labels``.
        links: One an attribution.
        paragraphs: The numbers of the tokens of each.
    """

    ids: tuple[int, ...]
    labels: tuple[int, ...]
    links: tuple[Link, ...]
    paragraphs: tuple[range, ...]


def article_of(
    document: Document, attributions: Sequence[Attribution], tokenizer: Tokenizer
) -> Article:
    """Returns a document with what was annotated in it as tokens."""
    encodings = tokenizer.encode_batch(
        [document.text[start:end] for start, end in document.paragraphs], add_special_tokens=False
    )
    sizes = [len(e.ids) for e in encodings]
    starts = list(accumulate(sizes, initial=0))
    offsets = [
        Span(paragraph.start + start, paragraph.start + end)
        for paragraph, encoding in zip(document.paragraphs, encodings, strict=True)
        for start, end in encoding.offsets
    ]
    labels = [OUTSIDE] * len(offsets)
    links = []
    for each in attributions:
        parts = {SOURCE: each.source, CUE: each.cue, CONTENT: each.content}
        tokens = {part: _label(labels, part, spans, offsets) for part, spans in parts.items()}
        links.append(Link(tokens[SOURCE], tokens[CUE], tokens[CONTENT]))
    return Article(
        tuple(i for e in encodings for i in e.ids),
        tuple(labels),
        tuple(links),
        tuple(range(start, end) for start, end in pairwise(starts)),
    )


def _label(
    labels: list[int], part: int, spans: Iterable[Span], offsets: Sequence[Span]
) -> tuple[int, ...]:
    """Labels the tokens of a part, and returns their numbers."""
    found: list[int] = []
    for start, end in spans:
        first = bisect_right(offsets, start, key=lambda token: token.end)
        own = range(first, bisect_left(offsets, end, lo=first, key=lambda token: token.start))
        for n, i in enumerate(own):
            labels[i] = goes_on(part) if n else begins(part)
        found += own
    return tuple(found)
