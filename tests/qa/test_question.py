import re

import pytest

from qa.question import check_question
from qa.service import ArticleQA
from qa.types import QuestionError


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("?! …", "only punctuation"),
        ("why " * 501, "2,003 characters"),
        ("what\x00now", "U+0000"),
        ("\x1b[31mwhat now", "U+001B"),
        ("what now\x85", "U+0085"),
        ("caf\udce9", "U+DCE9"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(question: str, reason: str) -> None:
    with pytest.raises(QuestionError, match=re.escape(reason)):
        check_question(question)


def test_a_question_error_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        check_question("")


def test_white_space_is_one_space_between_words() -> None:
    assert check_question(" who\nsaid  \tit? \r\n") == "who said it?"


def test_the_longest_question_has_2000_characters_without_white_space_around() -> None:
    assert len(check_question("w" * 2000 + "\n")) == 2000


@pytest.mark.parametrize(
    "question",
    [
        "AND",
        "NATO OR NOT Ukraine",
        "NEAR(NATO Ukraine, 3)",
        "NATO* ^talks",
        'what is "open-door policy"?',
        "de-escalate -Ukraine +NATO",
        "title: NATO",
        "words : {talks}",
        "__ NATO",
        "what did * say about NATO?",
    ],
)
def test_query_operators_are_words(bundled_qa: ArticleQA, question: str) -> None:
    assert bundled_qa.ask(question).standalone_question == question
