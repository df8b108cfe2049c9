"""Turns of a conversation as messages of Gradio's chat."""

import re
from collections.abc import Sequence
from typing import Any

from qa.types import Answer
from ui.html.answers import answer_html, problem_html

Message = dict[str, Any]

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&=+!-]|(?<=\d)[.)])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~$&=+!.)-])")


def question_message(question: str) -> Message:
    """Returns a question as it was typed: what would be markup is escaped."""
    return {"role": "user", "content": _MARKUP.sub(r"\\\1", question)}


def edited_question(content: str) -> str:
    """Returns the question that a message has in which somebody may have changed words."""
    return _ESCAPED.sub(r"\1", content)


def answer_message(
    answer: Answer, turn: int, searched: str = "", next_: Sequence[str] = ()
) -> Message:
    """Returns an answer with the questions that are offered to be asked next."""
    message: Message = {"role": "assistant", "content": answer_html(answer, turn, searched)}
    return message | {"options": [{"value": question} for question in next_]} if next_ else message


def problem_message(problem: str) -> Message:
    """Returns an error."""
    return {"role": "assistant", "content": problem_html(problem)}


def turns_messages(turns: Sequence[Answer]) -> list[Message]:
    """Returns a whole conversation, its oldest turn first."""
    return [
        message
        for turn, answer in enumerate(turns, start=1)
        for message in (question_message(answer.question), answer_message(answer, turn))
    ]
