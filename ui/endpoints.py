"""What programs may ask: the functions behind the typed endpoints and the MCP tools.

Their docstrings are what programs and language models are told of them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

# Pydantic, by which MCP describes them, takes the one of ``typing`` only from Python 3.12 on.
from typing_extensions import TypedDict

from index.types import Article, Hit, Span
from qa.citing import cite
from qa.question import check_question
from qa.service import ArticleQA
from qa.types import Answer, Citation, QuestionError, Searched

MAX_PASSAGES = 50

Endpoint = Callable[..., Awaitable[Any]]


class CitedQuote(TypedDict):
    """An exact slice of an article: its text from ``start`` to ``end`` is ``quote``."""

    number: int
    quote: str
    speaker: str | None
    article_id: int
    title: str
    url: str | None
    published: str | None
    source: str
    start: int
    end: int
    score: float


class SearchedArticles(TypedDict):
    """In how many articles an answer was looked for, and how many there were."""

    articles: int
    held: int


class GivenAnswer(TypedDict):
    """An answer; where ``answered`` is false, ``closest`` has the nearest passages.

    ``mode`` is "extractive", or the name of the language model that wrote the text; ``notice``
    says why it is not the model's, where one was to write it.
    """

    question: str
    standalone_question: str
    text: str
    answered: bool
    confidence: float
    short: CitedQuote | None
    citations: list[CitedQuote]
    closest: list[CitedQuote]
    searched: SearchedArticles | None
    mode: str
    notice: str | None


class ListedArticle(TypedDict):
    """An article that is searched."""

    id: int
    title: str
    author: str | None
    url: str | None
    published: str | None
    source: str


class Endpoints:
    """What programs may ask of articles. Each answers in a thread, so that others go on."""

    def __init__(self, articles: ArticleQA) -> None:
        """Takes the articles that are asked."""
        self._articles = articles

    @property
    def all(self) -> tuple[Endpoint, ...]:
        """Every one of them."""
        return self.ask_articles, self.search_passages, self.list_articles

    async def ask_articles(self, question: str) -> GivenAnswer:
        """Answer a question from the news articles, with exact quotations and their sources.

        The markers [1], [2] in the text are the numbers of the citations. Where the articles do
        not hold the answer, "answered" is false and "closest" has the nearest passages.

        Args:
            question: In natural language, at most 2,000 characters.
        """
        return _answer(await self._articles.aask(question))

    async def search_passages(self, query: str, limit: int = 5) -> list[CitedQuote]:
        """Find the passages of the news articles that are nearest to a query, best first.

        Args:
            query: A topic or question, at most 2,000 characters.
            limit: How many passages to return at most, 1 to 50.
        """
        if not 1 <= limit <= MAX_PASSAGES:
            raise QuestionError(f"limit is {limit}; ask for 1 to {MAX_PASSAGES} passages")
        hits = await asyncio.to_thread(self._articles.index.search, check_question(query), limit)
        return [
            _quote(cite(hit.article, number, _place(hit), min(1.0, max(0.0, hit.dense))))
            for number, hit in enumerate(hits, start=1)
        ]

    async def list_articles(self) -> list[ListedArticle]:
        """List the news articles that can be asked about, in the order they were added."""
        return [_listed(each) for each in await asyncio.to_thread(self._articles.articles)]


def _answer(answer: Answer) -> GivenAnswer:
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "text": answer.text,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "short": _quote(answer.short) if answer.short else None,
        "citations": [_quote(citation) for citation in answer.citations],
        "closest": [_quote(citation) for citation in answer.closest],
        "searched": _searched(answer.searched) if answer.searched else None,
        "mode": answer.mode,
        "notice": answer.notice,
    }


def _searched(searched: Searched) -> SearchedArticles:
    return {"articles": searched.articles, "held": searched.held}


def _quote(citation: Citation) -> CitedQuote:
    return {
        "number": citation.number,
        "quote": citation.quote,
        "speaker": citation.speaker,
        "article_id": citation.article_id,
        "title": citation.title,
        "url": citation.url,
        "published": _day(citation.published),
        "source": citation.source,
        "start": citation.start,
        "end": citation.end,
        "score": citation.score,
    }


def _listed(article: Article) -> ListedArticle:
    return {
        "id": article.id,
        "title": article.title,
        "author": article.author,
        "url": article.url,
        "published": _day(article.published),
        "source": article.source,
    }


def _day(published: date | None) -> str | None:
    return published.isoformat() if published else None


def _place(hit: Hit) -> Span:
    return Span(hit.passage.start, hit.passage.end)
