"""Follow-ups that a language model makes to stand alone."""

import pytest

from qa.types import EXTRACTIVE
from tests.qa.llm.conftest import Opened
from tests.qa.llm.scripted import refuses, says, scripted
from tests.qa.llm.writing import NATO, SUPPORTED, prompt, writes

FOLLOW_UP = "and about military action?"
ALONE = "What did Ryabkov say about military action?"


def test_a_follow_up_is_made_to_stand_alone_by_the_model(
    opened: Opened,
) -> None:
    alone = "What did Ryabkov say about military action?"
    with scripted(writes(SUPPORTED), says(alone), writes(SUPPORTED)) as server:
        chat = opened(server).chat()
        chat.ask(NATO)
        answer = chat.ask("and about military action?")
        rewriting = prompt(server.exchanges[1].body)
    assert (answer.standalone_question, answer.mode) == (alone, "small")
    assert answer.is_rewritten
    assert NATO in rewriting
    assert rewriting.endswith("Last question: and about military action?")


def test_where_the_model_cannot_rewrite_it_is_not_asked_to_answer(
    opened: Opened,
) -> None:
    with scripted(writes(SUPPORTED), refuses(401)) as server:
        chat = opened(server).chat()
        chat.ask(NATO)
        answer = chat.ask("and about military action?")
        assert len(server.exchanges) == 2
    assert answer.mode == EXTRACTIVE
    assert answer.notice


@pytest.mark.parametrize(
    "reply",
    [
        "I cannot say.",
        FOLLOW_UP,
        "Moscow does want a war with NATO. Why is that?",
        "What did the Emperor say about his invasion?",
        "",
    ],
)
def test_where_the_model_rewrites_nothing_or_brings_in_what_nobody_said_the_rules_do_it(
    opened: Opened, reply: str
) -> None:
    rewriting = says(reply or " ", "\n.")
    with scripted(writes(SUPPORTED), rewriting, writes(SUPPORTED)) as server:
        chat = opened(server).chat()
        chat.ask(NATO)
        assert chat.ask(FOLLOW_UP).standalone_question == ALONE


def test_a_question_too_long_to_be_a_follow_up_is_left_alone(opened: Opened) -> None:
    with scripted(writes(SUPPORTED)) as server:
        chat = opened(server).chat()
        chat.ask(NATO)
        chat.ask(f"What did Ryabkov say about {'very ' * 80}military action?")
        assert len(server.exchanges) == 2
