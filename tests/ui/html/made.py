"""One article, and answers that cite it or others of the same text."""

from index.types import Article
from qa.types import Answer, Citation, Statement

TEXT = "Rain fell. <b>Snow</b> & hail followed.\nThe mayor slept."


def article(article_id: int = 1, text: str = TEXT, title: str = "Weather") -> Article:
    return Article(key="k", source="news.txt", text=text, title=title, id=article_id)


def answer_about(*spans: tuple[int, int], article_id: int = 1, text: str = TEXT) -> Answer:
    citations = [
        Citation(i, article_id, "Weather", None, None, "news.txt", start, end, text[start:end])
        for i, (start, end) in enumerate(spans, start=1)
    ]
    statements = tuple(Statement(c.quote, (c,), 1.0) for c in citations)
    return Answer("q", "q", "text", True, 0.9, statements=statements)
