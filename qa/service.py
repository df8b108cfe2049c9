"""The pipeline: question -> passages -> sentences -> an answer in exact quotations."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from index.article_index import ArticleIndex
from index.closing import ClosedAfterUse
from index.errors import IndexStateError, SourceError
from index.types import Article, Filters, HeaderField, Hit
from qa import metadata
from qa.citing import cite
from qa.question import check_question
from qa.quotes import LIMIT, Quotation, SpeakerFound, all_speakers, find_quotes
from qa.reading.choice import MAX_SENTENCES
from qa.reading.readers import reader_maker
from qa.refusals import refuse
from qa.short import short_answer
from qa.speakers import Asked, find_speakers
from qa.speech import asked_phrase
from qa.types import Answer, Citation, Evidence, LeftOut, Reader, Reading, Searched, Statement

if TYPE_CHECKING:
    from index.llama_index import ArticleRetriever
    from qa.llama_index import ArticleQueryEngine

RETRIEVED = 12
"""How many passages are found for the reader, which reads as many as its budget allows."""

ANSWERED_FROM = 0.5
"""The confidence from which an answer is shown: more likely right than not."""

_TOO_UNSURE = "the confidence that it answers is below one half"


class ArticleQA(ClosedAfterUse):
    """Answers questions from the articles of an index, and from nothing else.

    Threads may share one. Close it when done, or use it as a context manager.
    """

    def __init__(
        self,
        index: ArticleIndex,
        *,
        reader: Reader | None = None,
        skipped: Sequence[SourceError] = (),
    ) -> None:
        """Use ``qa.open``, or bring an index (and a reader) of your own.

        Args:
            index: What is searched. It is closed with this object.
            reader: Chooses the sentences; the trained one if None.
            skipped: The sources that could not be read when the index was opened.

        Raises:
            ModelError: The trained reader is damaged, or cannot be prepared.
        """
        self.index = index
        self.skipped = tuple(skipped)
        self._reader = reader or reader_maker(None)(index.term_weights)

    def close(self) -> None:
        """Closes the index."""
        self.index.close()

    def articles(self) -> list[Article]:
        """Returns all articles."""
        return self.index.articles()

    def article(self, article_id: int) -> Article:
        """Returns one article: title, url, published, source, text.

        Raises:
            KeyError: There is none of this id (any more).
        """
        return self.index.article(article_id)

    def ask(self, question: str, *, filters: Filters | None = None) -> Answer:
        """Answers a question.

        Args:
            question: In natural language, at most 2,000 characters.
            filters: Which articles to search; all if None.

        Raises:
            QuestionError: The question is empty, only punctuation, too long or no text.
            IndexStateError: The index holds no article, or cannot be read.
        """
        *_, answer = self.stream(question, filters=filters)
        return answer

    async def aask(self, question: str, *, filters: Filters | None = None) -> Answer:
        """Answers a question in a thread, so that an event loop goes on. See ``ask``."""
        return await asyncio.to_thread(self.ask, question, filters=filters)

    def searched(self, filters: Filters | None = None) -> Searched:
        """Returns in how many articles an answer is looked for under these filters."""
        return Searched(self.index.count(filters), self.index.count())

    def stream(self, question: str, *, filters: Filters | None = None) -> Iterator[Answer]:
        """Yields the answer as it grows, a statement at a time; the last one is whole."""
        started = time.perf_counter()
        checked = check_question(question)
        asked = self._asked(checked)
        checked = asked.spelt_right(checked) if asked else checked
        searched = self.searched(filters)
        self._check_not_empty(searched)
        hits = self.index.search(checked, RETRIEVED, filters=filters)
        retrieved = time.perf_counter()
        found = self._found(checked, hits)
        if asked and asked.is_absent(hit.passage.text for hit in hits):
            found = found._replace(confidence=0.0)
        finished = time.perf_counter()
        timings = {
            "retrieve": retrieved - started,
            "read": finished - retrieved,
            "total": finished - started,
        }
        if found.confidence < ANSWERED_FROM or not found.statements:
            refusal = refuse(self.index, checked, asked, hits, filters)
            yield Answer(
                question,
                checked,
                refusal.text,
                False,
                found.confidence,
                left_out=tuple(LeftOut(s, _TOO_UNSURE) for s in found.statements),
                closest=refusal.closest,
                timings=timings,
                searched=searched,
            )
            return
        for shown in range(1, len(found.statements) + 1):
            part = found.statements[:shown]
            yield Answer(
                question,
                checked,
                render(part, found.short),
                True,
                found.confidence,
                short=found.short,
                statements=part,
                timings=timings,
                searched=searched,
            )

    def quotes(
        self, speaker: str | None = None, about: str | None = None, limit: int = LIMIT
    ) -> list[Quotation]:
        """Returns what is said in the articles.

        Args:
            speaker: By name, office or country ("Ryabkov", "the deputy minister", "Moscow");
                all if None.
            about: A topic in a few words: the statements that are nearest to it come first. None
                for the order of the articles.
            limit: The most that are returned.

        Raises:
            QuestionError: The speaker or the topic is empty, too long or no text.
            ValueError: The limit is below 1.
        """
        if limit < 1:
            raise ValueError(f"limit is {limit}; ask for at least one statement")
        meant = None
        if speaker is not None:
            phrase = check_question(speaker)
            meant = find_speakers(phrase, self.index.speakers(), self.index.has_word).speakers
        topic = None if about is None else check_question(about)
        return find_quotes(self.index, meant, topic, limit)

    def speakers(self) -> list[SpeakerFound]:
        """Returns all who say something in the articles, those first who say most."""
        return all_speakers(self.index)

    def as_retriever(self, k: int = RETRIEVED) -> "ArticleRetriever":
        """Returns a LlamaIndex retriever over these articles (imports LlamaIndex)."""
        from index.llama_index import ArticleRetriever

        return ArticleRetriever(self.index, k=k)

    def as_query_engine(self) -> "ArticleQueryEngine":
        """Returns a LlamaIndex query engine that answers as ``ask`` does (imports LlamaIndex)."""
        from qa.llama_index import ArticleQueryEngine

        return ArticleQueryEngine(self)

    def _asked(self, question: str) -> Asked | None:
        """Whose words a question asks for; nobody's where it asks for the article's own facts."""
        phrase = None if metadata.asked_field(question) else asked_phrase(question)
        if phrase is None:
            return None
        return find_speakers(phrase, self.index.speakers(), self.index.has_word)

    def _check_not_empty(self, searched: Searched) -> None:
        if not searched.held:
            raise IndexStateError(
                f"{self.index.directory}: there are no articles in the index; add some with "
                "'article-qa index add'"
            )

    def _found(self, question: str, hits: Sequence[Hit]) -> "_Found":
        if (asked := metadata.asked_field(question)) and (told := _about_articles(asked, hits)):
            return _Found(tuple(told), 1.0)
        reading = self._reader.read(question, hits)
        articles = {hit.article.id: hit.article for hit in hits}
        found = {hit.passage.id: hit for hit in hits}
        statements = tuple(
            _quote(
                articles[evidence.passage.article_id],
                number,
                evidence,
                found.get(evidence.passage.id),
            )
            for number, evidence in enumerate(reading.evidence, start=1)
        )
        return _Found(statements, reading.confidence, _short(question, reading, articles))


class _Found(NamedTuple):
    """What answers, the best first, and how sure that is."""

    statements: tuple[Statement, ...]
    confidence: float
    short: Citation | None = None


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


def render(statements: Sequence[Statement], short: Citation | None = None) -> str:
    """Returns the text of an answer: the short one, and its statements with their markers."""
    text = " ".join(
        f"{s.text} {''.join(f'[{citation.number}]' for citation in s.citations)}"
        for s in statements
    )
    return f"{short.quote} [{short.number}] – {text}" if short else text


def _quote(article: Article, number: int, evidence: Evidence, hit: Hit | None) -> Statement:
    speaker = hit.speaker(evidence.span) if hit else None
    name = speaker.name if speaker else None
    citation = cite(article, number, evidence.span, evidence.support, name)
    return Statement(citation.quote, (citation,), evidence.support)
