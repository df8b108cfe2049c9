"""Events that can be stopped at once, whatever they are at."""

from collections.abc import AsyncIterator, Callable, Iterator
from functools import wraps
from typing import ParamSpec, TypeVar

from anyio.to_thread import run_sync

_P = ParamSpec("_P")
_T = TypeVar("_T")


def stoppable(event: Callable[_P, Iterator[_T]]) -> Callable[_P, AsyncIterator[_T]]:
    """Returns an event that makes each step in a thread.

    Who stops it does not wait for the step that is being made: nothing comes of that one. Gradio
    itself would wait, and meanwhile take no other question.
    """

    @wraps(event)
    async def made(*args: _P.args, **kwargs: _P.kwargs) -> AsyncIterator[_T]:
        steps = event(*args, **kwargs)
        while step := await run_sync(next, steps, None, abandon_on_cancel=True):
            yield step

    return made
