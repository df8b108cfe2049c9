"""A conversation keeps its turns, and understands a question by them."""

import pytest

import qa
from qa.conversation.chat import Chat
from qa.types import QuestionError


def test_a_follow_up_is_understood_by_the_turns_before(bundled_qa: qa.ArticleQA) -> None:
    chat = bundled_qa.chat()
    first = chat.ask("What did Ryabkov say about military action?")
    second = chat.ask("What else did he say?")
    assert second.question == "What else did he say?"
    assert second.standalone_question == "What else did Ryabkov say?"
    assert [turn.answer for turn in chat.turns] == [first, second]
    assert [turn.question for turn in chat.turns] == [first.question, second.question]


def test_a_turn_is_kept_when_its_answer_was_taken_to_the_end(bundled_qa: qa.ArticleQA) -> None:
    chat = Chat(bundled_qa)
    answers = chat.stream("What did Ryabkov say about military action?")
    shown = [next(answers)]
    before = chat.turns
    shown += answers
    assert before == ()
    assert [turn.answer for turn in chat.turns] == shown[-1:]
    chat.clear()
    assert chat.turns == ()


def test_what_cannot_be_asked_leaves_no_turn(bundled_qa: qa.ArticleQA) -> None:
    chat = bundled_qa.chat()
    with pytest.raises(QuestionError):
        chat.ask("?!")
    assert chat.turns == ()
