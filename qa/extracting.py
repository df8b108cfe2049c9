"""Answers in the articles' own words: the sentences that a reader chooses, or a refusal."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from index.article_index import ArticleIndex
from index.types import Article, Filters, HeaderField, Hit
from qa import metadata
from qa.citing import cite
from qa.conversation.standing_alone import stand_alone
from qa.question import check_question
from qa.reading.choice import MAX_SENTENCES
from qa.refusals import refuse
from qa.retrieving import Retrieved, find_passages
from qa.short import short_answer
from qa.types import (
    Answer,
    Citation,
    Evidence,
    LeftOut,
    Reader,
    Reading,
    Statement,
    Turn,
    render,
)

ANSWERED_FROM = 0.5
"""The confidence from which an answer is shown: more likely right than not."""

_TOO_UNSURE = "the confidence that it answers is below one half"


class Extractor:
    """Answers with sentences of the articles."""

    model: str | None = None

    def __init__(self, index: ArticleIndex, reader: Reader) -> None:
        """Takes what is searched, and what chooses the sentences."""
        self.index = index
        self._reader = reader

    def answers(
        self, question: str, filters: Filters | None, history: Sequence[Turn]
    ) -> Iterator[Answer]:
        """Yields the answer to a question as it grows; see ``ArticleQA.stream``."""
        started = time.perf_counter()
        standalone = stand_alone(check_question(question), history)
        yield from self.extract(find_passages(self.index, question, standalone, filters, started))

    def extract(self, found: Retrieved) -> Iterator[Answer]:
        """Yields the answer as it grows, a statement at a time; the last one is whole."""
        told = _told(self._reader, found)
        if found.is_about_nobody_there:
            told = told._replace(confidence=0.0)
        timings = _timings(found)
        if told.confidence < ANSWERED_FROM or not told.statements:
            yield _refusal(self.index, found, told, timings)
            return
        for shown in range(1, len(told.statements) + 1):
            part = told.statements[:shown]
            yield Answer(
                found.question,
                found.standalone,
                render(part, told.short),
                True,
                told.confidence,
                short=told.short,
                statements=part,
                timings=timings,
                searched=found.searched,
            )


class _Told(NamedTuple):
    """What answers, the best first, and how sure that is."""

    statements: tuple[Statement, ...]
    confidence: float
    short: Citation | None = None


def _told(reader: Reader, found: Retrieved) -> _Told:
    if found.field and (told := _about_articles(found.field, found.hits)):
        return _Told(tuple(told), 1.0)
    reading = reader.read(found.standalone, found.hits)
    articles = {hit.article.id: hit.article for hit in found.hits}
    hits = {hit.passage.id: hit for hit in found.hits}
    statements = tuple(
        _quote(
            articles[evidence.passage.article_id],
            number,
            evidence,
            hits.get(evidence.passage.id),
        )
        for number, evidence in enumerate(reading.evidence, start=1)
    )
    return _Told(statements, reading.confidence, _short(found.standalone, reading, articles))


def _timings(found: Retrieved) -> dict[str, float]:
    finished = time.perf_counter()
    return {
        "retrieve": found.finished - found.started,
        "read": finished - found.finished,
        "total": finished - found.started,
    }


def _refusal(
    index: ArticleIndex, found: Retrieved, told: _Told, timings: Mapping[str, float]
) -> Answer:
    refusal = refuse(index, found)
    return Answer(
        found.question,
        found.standalone,
        refusal.text,
        False,
        told.confidence,
        left_out=tuple(LeftOut(statement, _TOO_UNSURE) for statement in told.statements),
        closest=refusal.closest,
        timings=timings,
        searched=found.searched,
    )


def _short(question: str, reading: Reading, articles: Mapping[int, Article]) -> Citation | None:
    """The short answer, as a part of the first statement's quotation, with its number."""
    if not reading.evidence:
        return None
    best = reading.evidence[0]
    span = short_answer(question, best)
    article = articles[best.passage.article_id]
    return cite(article, 1, span, best.support) if span else None


def _about_articles(asked: HeaderField, hits: Sequence[Hit]) -> list[Statement]:
    """Headline, date or address of the articles found, where they are few enough to name."""
    articles = {hit.article.id: hit.article for hit in hits}
    if len(articles) > MAX_SENTENCES:
        return []
    statements: list[Statement] = []
    for article in articles.values():
        if text := metadata.describe(article, asked, alone=len(articles) == 1):
            citation = cite(article, len(statements) + 1, article.header[asked], 1.0)
            statements.append(Statement(text, (citation,), 1.0))
    return statements


def _quote(article: Article, number: int, evidence: Evidence, hit: Hit | None) -> Statement:
    speaker = hit.speaker(evidence.span) if hit else None
    name = speaker.name if speaker else None
    citation = cite(article, number, evidence.span, evidence.support, name)
    return Statement(citation.quote, (citation,), evidence.support)
