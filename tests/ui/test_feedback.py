"""Marks of answers."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.records import dump_answer, load_answer
from tests.ui.answers import answered, citation, refused
from ui.database import CHATS_FILE, ChatFileError
from ui.feedback import Feedback, FeedbackError, Verdict

RAIN = answered("Did it rain?", citation("Rain fell."), citation("It fell twice.", 2))
SNOW = refused("Did it snow?", citation("Rain fell."))
ANA, BEN = "browser of Ana", "browser of Ben"


@pytest.fixture
def feedback(tmp_path: Path) -> Iterator[Feedback]:
    with Feedback.open(tmp_path / CHATS_FILE) as feedback:
        yield feedback


def test_a_mark_holds_the_whole_answer_with_its_time(feedback: Feedback) -> None:
    before = datetime.now(UTC)
    feedback.mark(ANA, RAIN, "wrong citation", 2, history=["Was it cold?", "Why?"])
    (mark,) = feedback.marks()
    assert (mark.answer, mark.verdict, mark.citation) == (RAIN, "wrong citation", 2)
    assert mark.history == ("Was it cold?", "Why?")
    assert before <= mark.time <= datetime.now(UTC)


def test_marking_again_replaces_the_mark(feedback: Feedback) -> None:
    feedback.mark(ANA, RAIN, "wrong citation", 2)
    feedback.mark(ANA, RAIN, "right")
    (mark,) = feedback.marks()
    assert (mark.verdict, mark.citation) == ("right", None)


def test_an_answer_is_marked_by_its_record(feedback: Feedback) -> None:
    feedback.mark(ANA, load_answer(dump_answer(RAIN)), "right")
    mark = feedback.mark_of(ANA, RAIN)
    assert mark is not None
    assert mark.verdict == "right"


def test_unmarking_removes_the_mark_of_this_browser_alone(feedback: Feedback) -> None:
    feedback.mark(ANA, RAIN, "right")
    feedback.mark(BEN, RAIN, "wrong")
    feedback.unmark(ANA, RAIN)
    assert feedback.mark_of(ANA, RAIN) is None
    assert [mark.verdict for mark in feedback.marks()] == ["wrong"]


def test_what_was_not_marked_has_no_mark(feedback: Feedback) -> None:
    feedback.mark(ANA, RAIN, "right")
    feedback.unmark(ANA, SNOW)
    assert feedback.mark_of(ANA, SNOW) is None
    assert feedback.mark_of(BEN, RAIN) is None


def test_marks_are_listed_oldest_first(feedback: Feedback) -> None:
    feedback.mark(BEN, SNOW, "wrong")
    feedback.mark(ANA, RAIN, "right")
    assert [mark.answer for mark in feedback.marks()] == [SNOW, RAIN]


def test_marks_survive_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        with Feedback.open(tmp_path / "kept.sqlite") as feedback:
            feedback.mark(ANA, RAIN, "right")
            feedback.mark(ANA, SNOW, "right")
    with Feedback.open(tmp_path / "kept.sqlite") as feedback:
        assert len(feedback.marks()) == 2


def test_a_damaged_mark_is_told_with_the_file(feedback: Feedback, tmp_path: Path) -> None:
    feedback.mark(ANA, RAIN, "right")
    with sqlite3.connect(tmp_path / CHATS_FILE) as db:
        db.execute("UPDATE marks SET history = '['")
    with pytest.raises(ChatFileError, match="it is damaged") as raised:
        feedback.marks()
    assert str(raised.value).startswith(f"{tmp_path / CHATS_FILE}: ")


@pytest.mark.parametrize("number", [None, 0, 3])
def test_a_wrong_citation_is_one_that_the_answer_has(
    feedback: Feedback, number: int | None
) -> None:
    with pytest.raises(FeedbackError, match="no such citation"):
        feedback.mark(ANA, RAIN, "wrong citation", number)
    assert feedback.marks() == []


def test_a_refusal_has_no_citation_to_be_wrong(feedback: Feedback) -> None:
    with pytest.raises(FeedbackError, match="no such citation"):
        feedback.mark(ANA, SNOW, "wrong citation", 1)


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_a_whole_answer_is_marked_without_a_citation(feedback: Feedback, verdict: Verdict) -> None:
    with pytest.raises(FeedbackError, match="said of a whole answer"):
        feedback.mark(ANA, RAIN, verdict, 1)
