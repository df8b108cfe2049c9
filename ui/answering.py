"""Which conversations an answer is being made for."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic

from qa.abandoning import ABANDONED

Known = tuple[str, str]
"""A browser and its conversation; "" where it has none yet."""

_UNDER_WAY = 30.0
"""Seconds that the name of a new conversation may take to the browser, and what it asks meanwhile
to this program."""


class Answering:
    """Knows the answers that are being made, in all threads."""

    def __init__(self) -> None:
        """Begins with none."""
        # A conversation stands here once for each of its answers.
        self._answers: list[tuple[Known, Event | None]] = []
        self._begun: dict[str, float] = {}
        """When the last answer of each browser was begun."""

    @contextmanager
    def of(self, conversation: Known) -> Iterator[None]:
        """Says that an answer is being made, until it is whole or nobody waits for it."""
        answer = (conversation, ABANDONED.get())
        self._begun[conversation[0]] = monotonic()
        self._answers.append(answer)
        try:
            yield
        finally:
            self._answers.remove(answer)

    def __contains__(self, conversation: Known) -> bool:
        """Tells whether an answer is being made for it.

        A page that has no conversation may not have heard yet what its first one is called, nor
        of its answer, which may be whole by now.
        """
        browser, chat = conversation
        if not chat:
            return monotonic() - self._begun.get(browser, -_UNDER_WAY) < _UNDER_WAY
        return any(
            conversation == other and not (abandoned and abandoned.is_set())
            for other, abandoned in tuple(self._answers)
        )
