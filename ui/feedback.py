"""What users say of answers: right, wrong, or wrongly cited."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from index.errors import ArticleQAError
from qa.records import dump_answer, load_answer
from qa.types import Answer
from ui.database import Database

Verdict = Literal["right", "wrong", "wrong citation"]


class FeedbackError(ArticleQAError):
    """An answer cannot be marked so, or marks cannot be written."""


@dataclass(frozen=True)
class Mark:
    """What a user said of an answer.

    Attributes:
        citation: The number of the wrong one; None for the other verdicts.
        history: The questions that were asked before it in its conversation.
        time: When it was said.
    """

    answer: Answer
    verdict: Verdict
    citation: int | None
    history: tuple[str, ...]
    time: datetime


class Feedback(Database):
    """Marks of answers. An answer has one of each browser at most.

    A mark is kept apart from the conversation, and stays when that is removed.
    """

    _TABLE = """
        CREATE TABLE IF NOT EXISTS marks (
            browser TEXT NOT NULL,
            answer TEXT NOT NULL,
            verdict TEXT NOT NULL,
            citation INTEGER,
            history TEXT NOT NULL,
            time REAL NOT NULL,
            PRIMARY KEY (browser, answer)
        )
    """

    def mark(
        self,
        browser: str,
        answer: Answer,
        verdict: Verdict,
        citation: int | None = None,
        history: Sequence[str] = (),
    ) -> None:
        """Marks an answer, in place of what the browser said of it before.

        Args:
            browser: Whose mark it is.
            answer: The whole of it.
            verdict: What is said.
            citation: The number of the wrong citation, for that verdict alone.
            history: The questions that were asked before it in its conversation.

        Raises:
            FeedbackError: The answer has no citation of this number, or the verdict takes none.
        """
        _check_citation(answer, verdict, citation)
        values = [
            browser,
            dump_answer(answer),
            verdict,
            citation,
            json.dumps(list(history)),
            time.time(),
        ]
        with self._transaction() as db:
            db.execute("REPLACE INTO marks VALUES (?, ?, ?, ?, ?, ?)", values)

    def unmark(self, browser: str, answer: Answer) -> None:
        """Removes what a browser said of an answer, if it said anything."""
        with self._transaction() as db:
            db.execute(
                "DELETE FROM marks WHERE browser = ? AND answer = ?", [browser, dump_answer(answer)]
            )

    def mark_of(self, browser: str, answer: Answer) -> Mark | None:
        """Returns what a browser said of an answer; None where it said nothing."""
        found = self._marks("WHERE browser = ? AND answer = ?", [browser, dump_answer(answer)])
        return found[0] if found else None

    def marks(self) -> list[Mark]:
        """Returns all marks of all browsers, oldest first."""
        return self._marks("ORDER BY time")

    def _marks(self, condition: str, values: Sequence[str] = ()) -> list[Mark]:
        query = f"SELECT answer, verdict, citation, history, time FROM marks {condition}"  # noqa: S608 - ours
        with self._transaction() as db:
            return [_mark(*row) for row in db.execute(query, values)]


def _mark(
    answer: str, verdict: Verdict, citation: int | None, history: str, seconds: float
) -> Mark:
    earlier: list[str] = json.loads(history)
    return Mark(
        load_answer(answer), verdict, citation, tuple(earlier), datetime.fromtimestamp(seconds, UTC)
    )


def _check_citation(answer: Answer, verdict: Verdict, citation: int | None) -> None:
    if verdict != "wrong citation":
        if citation is not None:
            raise FeedbackError(f"[{citation}]: {verdict!r} is said of a whole answer; name none")
    elif citation not in {c.number for c in answer.citations}:
        raise FeedbackError(f"[{citation}]: the answer has no such citation; name one that it has")
