"""What an answer is made of. All of it is a record: it stays as it was when articles change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from index.errors import ArticleQAError
from index.types import Hit, Passage, Span

EXTRACTIVE = "extractive"
"""The mode of an answer that no language model wrote: it quotes, or states the article's date."""


class QuestionError(ArticleQAError, ValueError):
    """The question cannot be asked: it is empty, too long, or no text."""


@dataclass(frozen=True)
class Citation:
    """An exact slice of an article: ``article.text[start:end] == quote``.

    Attributes:
        number: Its marker in the answer's text: [1], [2], ...; 0 where a language model's
            statement was left out.
        source: Where the article came from.
        speaker: Who says it, where that is known beyond doubt.
        score: How well it supports the statement, 0 to 1.
    """

    number: int
    article_id: int
    title: str
    url: str | None
    published: date | None
    source: str
    start: int
    end: int
    quote: str
    speaker: str | None = None
    score: float = 0.0


@dataclass(frozen=True)
class Statement:
    """One claim of an answer with what it rests on.

    Attributes:
        support: How well its citations support it, 0 to 1.
    """

    text: str
    citations: tuple[Citation, ...]
    support: float


@dataclass(frozen=True)
class Searched:
    """In how many articles an answer was looked for.

    Attributes:
        articles: How many.
        held: How many there were then.
    """

    articles: int
    held: int

    def __str__(self) -> str:
        """In words, for a line of its own."""
        if not self.held:
            return "Searched: nothing, since there are no articles yet."
        if not self.articles:
            return "Searched: no article. Choose others, or other dates."
        if self.articles < self.held:
            return f"Searched: {self.articles} of {self.held} articles."
        which = "the one article there is" if self.held == 1 else f"all {self.held} articles"
        return f"Searched: {which}."


@dataclass(frozen=True)
class LeftOut:
    """A statement that is not shown, and why.

    Attributes:
        mode: Who made it: ``extractive``, or the language model's name.
    """

    statement: Statement
    reason: str
    mode: str = EXTRACTIVE


@dataclass(frozen=True)
class Answer:
    """An answer, or the honest word that there is none.

    Attributes:
        question: As it was asked.
        standalone_question: As it was searched for: a follow-up is rewritten to stand alone, and
            a speaker's name has the articles' spelling.
        text: What is shown, with markers [1] for the citations.
        short: The shortest answer inside a cited sentence, where one was found.
        answered: False where the articles do not hold the answer.
        confidence: Calibrated probability that the articles answer it as shown, 0 to 1. Of a
            language model's answer, the lowest support of its statements.
        closest: Where not answered, the nearest passages.
        mode: ``extractive``, or the language model's name.
        timings: Seconds by step.
        searched: In how many articles it was looked for; None in a record that does not say.
        notice: Why this is not the language model's answer, where one was to write it.
    """

    question: str
    standalone_question: str
    text: str
    answered: bool
    confidence: float
    short: Citation | None = None
    statements: tuple[Statement, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    closest: tuple[Citation, ...] = ()
    mode: str = EXTRACTIVE
    timings: Mapping[str, float] = field(default_factory=dict)
    searched: Searched | None = None
    notice: str | None = None

    @property
    def is_rewritten(self) -> bool:
        """Whether it was searched for in other words than it was asked in."""
        return self.standalone_question != " ".join(self.question.split())

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of all statements, in the order of their numbers."""
        found = {c.number: c for statement in self.statements for c in statement.citations}
        return tuple(found[number] for number in sorted(found))

    @property
    def withheld(self) -> tuple[LeftOut, ...]:
        """What a language model wrote that is not shown."""
        return tuple(left for left in self.left_out if left.mode != EXTRACTIVE)

    @property
    def shown(self) -> tuple[Citation, ...]:
        """What of the articles is shown: the citations, or the closest passages without any."""
        return self.citations or self.closest


def render(statements: Sequence[Statement], short: Citation | None = None) -> str:
    """Returns the text of an answer: the short one, and its statements with their markers."""
    text = " ".join(
        f"{s.text} {''.join(f'[{citation.number}]' for citation in s.citations)}"
        for s in statements
    )
    return f"{short.quote} [{short.number}] – {text}" if short else text


@dataclass(frozen=True)
class Turn:
    """One exchange of a conversation."""

    question: str
    answer: Answer


@dataclass(frozen=True)
class Evidence:
    """A sentence that answers.

    Attributes:
        support: The probability that it does.
        answer: The short answer in it, in positions of the article, where one was looked for.
    """

    passage: Passage
    span: Span
    support: float
    answer: Span | None = None


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a question and passages.

    Attributes:
        evidence: The sentences that answer, the best first, at least one if there are any.
        confidence: Calibrated probability that they do, 0 to 1.
    """

    evidence: tuple[Evidence, ...]
    confidence: float


class Reader(Protocol):
    """Chooses the sentences that answer a question, and says how sure it is."""

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        """Reads the passages found for a question."""
        ...
