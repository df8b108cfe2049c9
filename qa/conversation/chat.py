"""A conversation: its questions may build on those before them."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from index.types import Filters
from qa.types import Answer, Turn

REMEMBERED = 10
"""By how many turns a question is understood; whoever asks goes back no further."""


class Asked(Protocol):
    """What answers, such as ``ArticleQA``."""

    def stream(
        self, question: str, *, filters: Filters | None, history: Sequence[Turn]
    ) -> Iterator[Answer]:
        """Yields the answer as it grows, the question understood by the turns before it."""
        ...


class Chat:
    """Questions and answers in their order. One person's: two questions at once mix them up."""

    def __init__(self, asked: Asked) -> None:
        """Begins a conversation with what answers in it."""
        self._asked = asked
        self._turns: tuple[Turn, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns so far, oldest first."""
        return self._turns

    def ask(self, question: str, *, filters: Filters | None = None) -> Answer:
        """Answers a question by what was said before it; see ``ArticleQA.ask``."""
        *_, answer = self.stream(question, filters=filters)
        return answer

    def stream(self, question: str, *, filters: Filters | None = None) -> Iterator[Answer]:
        """Yields the answer as it grows. The turn is kept once the last one was taken.

        A question that raises, or whose answer is not taken to its end, leaves no turn.
        """
        answer = None
        history = self._turns[-REMEMBERED:]
        for answer in self._asked.stream(question, filters=filters, history=history):
            yield answer
        if answer is not None:
            # One assignment, so that who reads the turns meanwhile sees them before or after it.
            self._turns = (*self._turns, Turn(question, answer))

    def clear(self) -> None:
        """Forgets all turns."""
        self._turns = ()
