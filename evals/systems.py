"""What is evaluated: this project, or any query engine of LlamaIndex, behind one seam."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from evals.types import Collection, Quote, Response, Sample
from index.article_index import ArticleIndex
from index.types import Filters, Hit
from qa.conversation.standing_alone import stand_alone
from qa.question import check_question
from qa.reading.readers import reader_maker
from qa.service import ArticleQA
from qa.types import Answer, Citation, Turn

RETRIEVED = 30
"""How many passages are found, so that among them are ten documents, too."""

Respond = Callable[[Sample], Response]


class System(Protocol):
    """Something that can be asked about documents."""

    @property
    def name(self) -> str:
        """As it is called in reports."""
        ...

    def opened(self, collection: Collection) -> AbstractContextManager[Respond]:
        """Indexes the documents of a collection, and gives what answers its samples."""
        ...


class ArticleQASystem:
    """This project as it is, over an index of its own."""

    def __init__(
        self, reader: str | None = None, *, history: bool = True, name: str = "article-qa"
    ) -> None:
        """Makes one.

        Args:
            reader: Its name; see ``qa.open``.
            history: Whether a question is understood by those before it.
            name: As it is called in reports.
        """
        self.name = name
        self._reader = reader
        self._has_history = history

    @contextmanager
    def opened(self, collection: Collection) -> Iterator[Respond]:
        """Indexes the documents in a folder that goes away."""
        with (
            tempfile.TemporaryDirectory() as folder,
            ArticleIndex.open(Path(folder), create=True) as index,
        ):
            for document in collection.documents:
                index.add(document)
            reader = reader_maker(self._reader)(index.term_weights)
            articles = ArticleQA(index, reader=reader)
            yield _Responder(articles, collection, self._has_history).respond


class _Responder:
    """Asks this project, and tells what came of it by the documents' keys."""

    def __init__(self, articles: ArticleQA, collection: Collection, has_history: bool) -> None:
        self._articles = articles
        self._has_history = has_history
        self._turns: dict[tuple[str | None, tuple[str, ...]], tuple[Turn, ...]] = {}
        self._tasks = collection.tasks
        self._keys = {article.id: article.key for article in articles.articles()}
        self._ids = {key: article_id for article_id, key in self._keys.items()}

    def respond(self, sample: Sample) -> Response:
        turns = self._conversation(sample.within, sample.history) if self._has_history else ()
        standalone = stand_alone(check_question(sample.question), turns)
        retrieved: Sequence[Hit] = ()
        if "retrieval" in self._tasks:
            retrieved = self._articles.index.search(standalone, RETRIEVED)
        found = tuple(self._passage(hit) for hit in retrieved)
        if "answers" not in self._tasks:
            return Response(True, "", retrieved=found, standalone=standalone)
        return self._response(self._ask(sample.question, sample.within, turns), found)

    def _conversation(self, within: str | None, questions: tuple[str, ...]) -> tuple[Turn, ...]:
        """The turns of these questions; those of a conversation's beginning are asked once."""
        if not questions:
            return ()
        if (within, questions) not in self._turns:
            *_, question = questions
            before = self._conversation(within, questions[:-1])
            turn = Turn(question, self._ask(question, within, before))
            self._turns[within, questions] = (*before, turn)
        return self._turns[within, questions]

    def _ask(self, question: str, within: str | None, turns: Sequence[Turn]) -> Answer:
        """Without articles to ask, the answer is only how the question was understood."""
        if not self._keys:
            standalone = stand_alone(check_question(question), turns)
            return Answer(question, standalone, "", answered=False, confidence=0.0)
        filters = Filters([self._ids[within]]) if within is not None else None
        return self._articles.ask(question, filters=filters, history=turns)

    def _response(self, answer: Answer, retrieved: tuple[Quote, ...]) -> Response:
        statements = answer.statements or [left.statement for left in answer.left_out]
        cited = {c.number: c for statement in statements for c in statement.citations}
        return Response(
            answered=answer.answered,
            text=" ".join(statement.text for statement in statements),
            short=answer.short.quote if answer.short else None,
            cited=tuple(self._quote(citation) for citation in cited.values()),
            closest=tuple(self._quote(citation) for citation in answer.closest),
            retrieved=retrieved,
            confidence=answer.confidence,
            standalone=answer.standalone_question,
        )

    def _quote(self, citation: Citation) -> Quote:
        key = self._keys[citation.article_id]
        return Quote(key, citation.start, citation.end, citation.quote, citation.speaker)

    def _passage(self, hit: Hit) -> Quote:
        passage = hit.passage
        return Quote(self._keys[passage.article_id], passage.start, passage.end, passage.text)
