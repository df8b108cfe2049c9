"""What ``qa.open`` returns: the articles, what answers from them, and what is said in them."""

from collections.abc import Iterator, Sequence
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Protocol, Self

from index.article_index import ArticleIndex
from index.closing import ClosedAfterUse
from index.errors import SourceError
from index.types import Article, Filters
from qa.conversation.chat import Chat
from qa.extracting import Extractor
from qa.question import check_question
from qa.quotes import LIMIT, Quotation, SpeakerFound, all_speakers, find_quotes
from qa.reading.readers import reader_maker
from qa.retrieving import RETRIEVED, searched_articles
from qa.speakers import find_speakers
from qa.types import Answer, Reader, Searched, Turn

if TYPE_CHECKING:
    from index.llama_index import ArticleRetriever
    from qa.llama_index import ArticleQueryEngine
    from qa.llm.model import LanguageModel


class Answerer(Protocol):
    """Answers questions, a statement at a time."""

    @property
    def model(self) -> str | None:
        """The language model by which it does; None without one."""
        ...

    def answers(
        self, question: str, filters: Filters | None, history: Sequence[Turn]
    ) -> Iterator[Answer]:
        """Yields the answer as it grows; see ``ArticleQA.stream``."""
        ...


class ArticleQA(ClosedAfterUse):
    """Answers questions from the articles of an index, and from nothing else.

    Threads may share one. Close it when done, or use it as a context manager.
    """

    def __init__(
        self,
        index: ArticleIndex,
        *,
        reader: Reader | None = None,
        llm: "LanguageModel | None" = None,
        skipped: Sequence[SourceError] = (),
    ) -> None:
        """Use ``qa.open``, or bring an index (and a reader) of your own.

        Args:
            index: What is searched. It is closed with this object.
            reader: Chooses the sentences; the trained one if None.
            llm: The language model that writes the answers, as ``open_model`` gives it.
            skipped: The sources that could not be read when the index was opened.

        Raises:
            ModelError: The trained reader is damaged, or cannot be prepared.
        """
        self.index = index
        self.skipped = tuple(skipped)
        self._extractor = Extractor(index, reader or reader_maker(None)(index.term_weights))
        self._answerer = _writer(self._extractor, llm) if llm else self._extractor

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

    def ask(
        self, question: str, *, filters: Filters | None = None, history: Sequence[Turn] = ()
    ) -> Answer:
        """Answers a question.

        Args:
            question: In natural language, at most 2,000 characters.
            filters: Which articles to search; all if None.
            history: The turns before it, oldest first, by which a follow-up is understood. ``chat``
                keeps them.

        Raises:
            QuestionError: The question is empty, only punctuation, too long or no text.
            IndexStateError: The index holds no article, or cannot be read.
        """
        *_, answer = self.stream(question, filters=filters, history=history)
        return answer

    async def aask(
        self, question: str, *, filters: Filters | None = None, history: Sequence[Turn] = ()
    ) -> Answer:
        """Answers a question in a thread, so that an event loop goes on. See ``ask``."""
        from anyio import to_thread

        # Not by asyncio, which has few threads: who waits for a model would hold up all else.
        asked = partial(self.ask, question, filters=filters, history=history)
        return await to_thread.run_sync(asked)

    def searched(self, filters: Filters | None = None) -> Searched:
        """Returns in how many articles an answer is looked for under these filters."""
        return searched_articles(self.index, filters)

    def stream(
        self, question: str, *, filters: Filters | None = None, history: Sequence[Turn] = ()
    ) -> Iterator[Answer]:
        """Yields the answer as it grows, a statement at a time; the last one is whole."""
        yield from self._answerer.answers(question, filters, history)

    def chat(self) -> Chat:
        """Returns a conversation, in which a question may build on those before it."""
        return Chat(self)

    @property
    def model(self) -> str | None:
        """The name of the language model that writes the answers; None without one."""
        return self._answerer.model

    def without_model(self) -> Self:
        """Returns the same articles asked without a language model; they are closed together."""
        asked = copy(self)
        asked._answerer = self._extractor
        return asked

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


def _writer(extractor: Extractor, llm: "LanguageModel") -> Answerer:
    """What asks the model; only who has one waits for the imports."""
    from qa.llm.answers import Writer

    return Writer(extractor, llm)
