"""What the page keeps: conversations and marks, in one file beside the index."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from index.closing import ClosedAfterUse
from ui.chats import ChatStore
from ui.database import CHATS_FILE, ChatFileError
from ui.feedback import Feedback


@dataclass(frozen=True)
class Records(ClosedAfterUse):
    """Conversations and marks.

    Attributes:
        problem: Why they are kept in memory only, until the page is stopped; None where they
            are in the file.
    """

    chats: ChatStore
    feedback: Feedback
    problem: str | None = None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Opens the file in the folder of an index; where it cannot be used, keeps in memory."""
        path = folder / CHATS_FILE
        try:
            with ExitStack() as until_both:
                chats = until_both.enter_context(ChatStore.open(path))
                feedback = Feedback.open(path)
                until_both.pop_all()
            return cls(chats, feedback)
        except ChatFileError as error:
            return cls(ChatStore.in_memory(), Feedback.in_memory(), str(error))

    def close(self) -> None:
        """Closes them."""
        self.chats.close()
        self.feedback.close()
