"""Conversations, kept by browser."""

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from textwrap import shorten

from qa.records import dump_answer, load_answer
from qa.types import Answer
from ui.database import Database

_TITLE_LENGTH = 60
_CUT = "…"
_ID_BYTES = 16
"""Nobody guesses so many."""


@dataclass(frozen=True)
class Chat:
    """A conversation, as it is listed.

    Attributes:
        title: Its first question, shortened.
        updated: When its last answer was kept.
    """

    id: str
    title: str
    updated: datetime


def random_id() -> str:
    """Returns an id for a browser or a conversation that nobody guesses."""
    return secrets.token_urlsafe(_ID_BYTES)


class ChatStore(Database):
    """Conversations, each of a browser. Who does not know a browser's id gets none of its own."""

    _TABLE = """
        CREATE TABLE IF NOT EXISTS turns (
            browser TEXT NOT NULL,
            chat TEXT NOT NULL,
            number INTEGER NOT NULL,
            answer TEXT NOT NULL,
            time REAL NOT NULL,
            PRIMARY KEY (browser, chat, number)
        )
    """

    def chats(self, browser: str) -> list[Chat]:
        """Returns the conversations of a browser, the one that was continued last first."""
        with self._transaction() as db:
            found = db.execute(
                "SELECT chat, max(iif(number = 1, json_extract(answer, '$.question'), NULL)), "
                "max(time) FROM turns WHERE browser = ? GROUP BY chat ORDER BY max(time) DESC",
                [browser],
            ).fetchall()
        return [
            Chat(chat, _title(question), datetime.fromtimestamp(updated, UTC))
            for chat, question, updated in found
        ]

    def turns(self, browser: str, chat_id: str) -> list[Answer]:
        """Returns the answers of a conversation, oldest first; none where there is no such one."""
        with self._transaction() as db:
            found = db.execute(
                "SELECT answer FROM turns WHERE browser = ? AND chat = ? ORDER BY number",
                [browser, chat_id],
            )
            return [load_answer(answer) for (answer,) in found]

    def append(self, browser: str, chat_id: str | None, answer: Answer) -> str:
        """Adds an answer to a conversation.

        Args:
            browser: Whose.
            chat_id: Which; None begins one. One that was removed meanwhile begins again.
            answer: What was answered, whole.

        Returns:
            The conversation's id.
        """
        chat = chat_id or random_id()
        with self._transaction() as db:
            db.execute(
                "INSERT INTO turns SELECT ?1, ?2, coalesce(max(number), 0) + 1, ?3, ?4 FROM turns "
                "WHERE browser = ?1 AND chat = ?2",
                [browser, chat, dump_answer(answer), time.time()],
            )
        return chat

    def keep(self, browser: str, chat_id: str, count: int) -> None:
        """Removes all answers of a conversation but the first ``count``."""
        with self._transaction() as db:
            db.execute(
                "DELETE FROM turns WHERE browser = ? AND chat = ? AND number > ?",
                [browser, chat_id, count],
            )

    def remove(self, browser: str, chat_id: str) -> None:
        """Removes a conversation, if there is one."""
        self.keep(browser, chat_id, 0)


def _title(question: str) -> str:
    title = shorten(question, _TITLE_LENGTH, placeholder=_CUT)
    if title == _CUT:  # Its first word alone is too long.
        return question.strip()[: _TITLE_LENGTH - len(_CUT)] + _CUT
    return title
