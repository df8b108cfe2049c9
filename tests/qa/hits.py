"""Passages as a search finds them, with numbers that a test can work out by hand."""

from index.types import Article, Hit, Passage, Span


def make_hit(passage_id: int, *sentences: str, cosines: tuple[float, ...] = ()) -> Hit:
    """Returns a found passage of these sentences; the sentences' cosines are 0 unless told."""
    text = " ".join(sentences)
    spans: list[Span] = []
    for sentence in sentences:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(sentence)))
    passage = Passage(passage_id, 1, 0, len(text), text, tuple(spans))
    return Hit(
        passage,
        Article("key", "source", text, "title", id=1),
        dense=0.2,
        bm25=0.0,
        coverage=0.7,
        sentence_cosines=cosines or (0.0,) * len(sentences),
    )
