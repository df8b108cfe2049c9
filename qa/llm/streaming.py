"""A language model's answer, piece by piece, and never later than it may be."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from qa.abandoning import is_abandoned
from qa.llm.errors import LlmError
from qa.llm.messages import Limits

_CHARACTERS_A_TOKEN = 16
"""Far more than a token has in any language: who writes more than that does not stop."""

_LOOKED_UP = 0.25
"""Seconds after which it is looked whether anybody still waits."""


@dataclass(frozen=True)
class Clock:
    """How long is waited for an answer that has begun.

    Attributes:
        limits: What the answer may take.
        end: When it has to be there, in seconds of ``time.monotonic``.
    """

    limits: Limits
    end: float

    @classmethod
    def started(cls, limits: Limits) -> "Clock":
        """Returns one that runs from now."""
        return cls(limits, time.monotonic() + limits.seconds)

    @property
    def left(self) -> float:
        """The seconds until the end; 0 after it."""
        return max(0.0, self.end - time.monotonic())


def read_in_time(
    who: str, pieces: Iterable[str], clock: Clock, hang_up: Callable[[], None]
) -> Iterator[str]:
    """Yields pieces of text that a thread of its own reads, for as long as there is time.

    A thread, since no library lets go of a server in time that sends something now and then.

    Args:
        who: The language model, as errors name it.
        pieces: What the thread reads; an empty one is a sign of life.
        clock: How long is waited.
        hang_up: Ends what the thread waits for, as far as that can be done. It is called when
            this iterator ends, for whatever reason.

    Raises:
        LlmError: Nothing came for too long, the time is up, or it does not stop.
    """
    read: SimpleQueue[str | Exception | None] = SimpleQueue()
    stopped = threading.Event()

    def run() -> None:
        try:
            for piece in _bounded(who, pieces, clock.limits):
                read.put(piece)
                if stopped.is_set() or not clock.left:
                    return
            read.put(None)
        except Exception as error:  # It is raised again where it is waited for.
            read.put(error)

    threading.Thread(target=run, name="language model", daemon=True).start()
    try:
        while (piece := _next(who, read, clock)) is not None:
            if isinstance(piece, Exception):
                raise piece
            if piece:
                yield piece
    finally:
        stopped.set()
        hang_up()


def not_empty(who: str, pieces: Iterable[str]) -> Iterator[str]:
    """Yields the pieces of an answer.

    Raises:
        LlmError: There was nothing in them but white space.
    """
    has_text = False
    for piece in pieces:
        has_text = has_text or not piece.isspace()
        yield piece
    if not has_text:
        raise LlmError(f"{who} gave an empty answer; ask again, or take another model")


def _bounded(who: str, pieces: Iterable[str], limits: Limits) -> Iterator[str]:
    """An empty piece counts as well: a model that thinks does not go on for ever either."""
    left = limits.output_tokens * _CHARACTERS_A_TOKEN
    for piece in pieces:
        left -= max(1, len(piece))
        if left < 0:
            raise LlmError(
                f"{who} does not stop: it was to write {limits.output_tokens} tokens at most; "
                "take another model"
            )
        yield piece


def _next(
    who: str, read: "SimpleQueue[str | Exception | None]", clock: Clock
) -> str | Exception | None:
    """The next thing that was read; what was read in time is had also by who asks late."""
    silent_until = min(clock.end, time.monotonic() + clock.limits.silence)
    while True:
        left = max(0.0, silent_until - time.monotonic())
        try:
            return read.get(timeout=min(left, _LOOKED_UP))
        except Empty:
            if is_abandoned():
                raise LlmError(f"{who} is not waited for any more; ask again") from None
            if not left:
                raise _late(who, clock) from None


def _late(who: str, clock: Clock) -> LlmError:
    if clock.left:
        return LlmError(
            f"{who} said nothing for {clock.limits.silence:g} seconds; look whether its server is "
            "overloaded, or take a faster model"
        )
    return LlmError(
        f"{who} did not finish within {clock.limits.seconds:g} seconds; take a faster model"
    )
