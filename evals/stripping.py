"""Articles without their apostrophes and quotation marks, as some feeds deliver them."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from index.types import Attribution, Document, Span

_MARKS = re.compile(r"[’'‘“”\"`]")


def without_marks(
    document: Document, attributions: Sequence[Attribution]
) -> tuple[Document, list[Attribution]]:
    """Returns both without apostrophes and quotation marks."""
    text = document.text
    kept = [not _MARKS.match(character) for character in text]
    places = list(accumulate(kept, initial=0))

    def moved(spans: Iterable[Span]) -> tuple[Span, ...]:
        found = (Span(places[start], places[end]) for start, end in spans)
        return tuple(span for span in found if span.start < span.end)

    bare = Document(
        document.key,
        document.source,
        _MARKS.sub("", text),
        document.title,
        moved(document.paragraphs),
    )
    return bare, [
        Attribution(moved(a.source), moved(a.cue), moved(a.content)) for a in attributions
    ]
