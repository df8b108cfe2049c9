"""Events that can be stopped."""

import asyncio
import inspect
from collections.abc import Iterator
from threading import Event

import pytest

from ui.stopping import stoppable


@stoppable
def count(upto: int) -> Iterator[str]:
    """Counts."""
    for number in range(upto):
        yield str(number)


def test_its_steps_come_in_their_order() -> None:
    async def counted() -> list[str]:
        return [step async for step in count(3)]

    assert asyncio.run(counted()) == ["0", "1", "2"]


def test_gradio_sees_the_parameters_of_the_event() -> None:
    assert inspect.isasyncgenfunction(count)
    assert list(inspect.signature(count).parameters) == ["upto"]


def test_who_stops_does_not_wait_for_the_step_that_is_made() -> None:
    is_made, may_end = Event(), Event()

    @stoppable
    def hanging() -> Iterator[str]:
        is_made.set()
        may_end.wait(30)
        yield "too late"

    async def stopped() -> bool:
        step = asyncio.ensure_future(anext(hanging()))
        await asyncio.to_thread(is_made.wait, 30)
        step.cancel()
        with pytest.raises(asyncio.CancelledError):
            await step
        return may_end.is_set()

    assert not asyncio.run(stopped())
    may_end.set()
