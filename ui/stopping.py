"""Events that can be stopped at once, whatever they are at."""

from collections.abc import AsyncIterator, Callable, Iterator
from functools import wraps
from threading import Event
from typing import ParamSpec, TypeVar

from anyio.to_thread import run_sync

from qa.abandoning import ABANDONED

_P = ParamSpec("_P")
_T = TypeVar("_T")


def stoppable(event: Callable[_P, Iterator[_T]]) -> Callable[_P, AsyncIterator[_T]]:
    """Returns an event that makes each step in a thread.

    Who stops it does not wait for the step that is being made: nothing comes of that one. Gradio
    itself would wait, and meanwhile take no other question.
    """

    @wraps(event)
    async def made(*args: _P.args, **kwargs: _P.kwargs) -> AsyncIterator[_T]:
        steps, abandoned = event(*args, **kwargs), Event()
        try:
            while step := await run_sync(_next, steps, abandoned, abandon_on_cancel=True):
                yield step
        finally:
            abandoned.set()

    return made


def _next(steps: Iterator[_T], abandoned: Event) -> _T | None:
    """The next step, which learns when nobody waits for it any more; None after the last."""
    ABANDONED.set(abandoned)
    return next(steps, None)
