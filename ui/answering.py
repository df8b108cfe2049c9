"""Which conversations an answer is being made for."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from qa.abandoning import ABANDONED

Known = tuple[str, str]
"""A browser and its conversation; "" where it has none yet."""


class Answering:
    """Knows the answers that are being made, in all threads."""

    def __init__(self) -> None:
        """Begins with none."""
        # A conversation stands here once for each of its answers.
        self._answers: list[tuple[Known, Event | None]] = []

    @contextmanager
    def of(self, conversation: Known) -> Iterator[None]:
        """Says that an answer is being made, until it is whole or nobody waits for it."""
        answer = (conversation, ABANDONED.get())
        self._answers.append(answer)
        try:
            yield
        finally:
            self._answers.remove(answer)

    def __contains__(self, conversation: Known) -> bool:
        """A page that has no conversation yet may not have heard how its first one is called."""
        browser, chat = conversation
        return any(
            browser == its_browser and chat in ("", its_chat)
            for (its_browser, its_chat), abandoned in tuple(self._answers)
            if abandoned is None or not abandoned.is_set()
        )
