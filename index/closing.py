"""What is closed at the end of its ``with`` block."""

from abc import ABC, abstractmethod
from typing import Self


class ClosedAfterUse(ABC):
    """A context manager that closes itself."""

    @abstractmethod
    def close(self) -> None:
        """Gives back what it holds."""

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes it."""
        self.close()
