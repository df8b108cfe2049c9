"""Whether anybody still waits for what is being made."""

from contextvars import ContextVar
from threading import Event

ABANDONED: ContextVar[Event | None] = ContextVar("ABANDONED", default=None)
"""Set by who may stop waiting; looked at by what takes long."""


def is_abandoned() -> bool:
    """Tells whether nobody waits any more."""
    abandoned = ABANDONED.get()
    return abandoned is not None and abandoned.is_set()
