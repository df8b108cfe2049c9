"""Citations: exact slices of articles."""

from index.types import Article, Span
from qa.types import Citation


def cite(
    article: Article, number: int, span: Span, score: float, speaker: str | None = None
) -> Citation:
    """Returns the citation of a stretch of an article; see ``Citation`` for the rest."""
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        url=article.url,
        published=article.published,
        source=article.source,
        start=span.start,
        end=span.end,
        quote=article.text[span.start : span.end],
        speaker=speaker,
        score=score,
    )
