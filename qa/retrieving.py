"""From a question to the passages that may answer it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from index.article_index import ArticleIndex
from index.errors import IndexStateError
from index.types import Filters, HeaderField, Hit
from qa import metadata
from qa.speakers import Asked, find_speakers
from qa.speech import asked_phrase
from qa.types import Searched

RETRIEVED = 12
"""How many passages are found for the reader, which reads as many as its budget allows."""


@dataclass(frozen=True)
class Retrieved:
    """What was found for a question.

    Attributes:
        question: As it was asked.
        standalone: As it was searched for.
        field: The fact about the article itself that it asks for, if it asks for one.
        asked: Whose words it asks for, if it asks for any.
        hits: The best first.
        started: When the question came, in seconds of ``time.perf_counter``.
        finished: When its passages were found.
    """

    question: str
    standalone: str
    field: HeaderField | None
    asked: Asked | None
    hits: Sequence[Hit]
    filters: Filters | None
    searched: Searched
    started: float
    finished: float

    @property
    def is_about_nobody_there(self) -> bool:
        """Whether it asks for the words of somebody whom the passages do not even name."""
        return self.asked is not None and self.asked.is_absent(h.passage.text for h in self.hits)


def searched_articles(index: ArticleIndex, filters: Filters | None) -> Searched:
    """Returns in how many articles an answer is looked for under these filters."""
    return Searched(index.count(filters), index.count())


def find_passages(
    index: ArticleIndex, question: str, standalone: str, filters: Filters | None, started: float
) -> Retrieved:
    """Finds the passages for a question; see ``Retrieved`` for what it takes.

    Raises:
        IndexStateError: The index holds no article, or cannot be read.
    """
    field = metadata.asked_field(standalone)
    asked = None if field else _asked(index, standalone)
    standalone = asked.spelt_right(standalone) if asked else standalone
    searched = searched_articles(index, filters)
    if not searched.held:
        raise IndexStateError(
            f"{index.directory}: there are no articles in the index; add some with "
            "'article-qa index add'"
        )
    hits = index.search(standalone, RETRIEVED, filters=filters)
    finished = time.perf_counter()
    return Retrieved(question, standalone, field, asked, hits, filters, searched, started, finished)


def _asked(index: ArticleIndex, question: str) -> Asked | None:
    phrase = asked_phrase(question)
    return find_speakers(phrase, index.speakers(), index.has_word) if phrase else None
